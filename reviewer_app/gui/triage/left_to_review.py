"""How much is left to review, in words that never say that there is nothing."""

from PySide6.QtCore import QCoreApplication

from reviewer_app.gui.review import Review

_TOLD = 6
"""Clusters told one by one; of a night with very many, the rest is told as a number."""


def left_text(review: Review) -> str:
    """What is left of the flags, in all and by cluster, and what is not in that number."""
    sentence = _why_nothing(review) or _left(review)
    coverage = review.coverage
    if coverage is not None and not coverage.finished and not review.blind:
        unfinished = QCoreApplication.translate("LeftToReview", "Part of the recording is not scanned yet.")
        return f"{sentence} {unfinished}"
    return sentence


def _why_nothing(review: Review) -> str:
    if review.recording is None:
        return ""
    if review.blind:
        return QCoreApplication.translate("LeftToReview", "Blind: what the model and others say is hidden.")
    if review.picking is None:
        return QCoreApplication.translate("LeftToReview", "Not scanned yet: nothing can be flagged.")
    if review.point is None:
        return QCoreApplication.translate(
            "LeftToReview", "The model has no operating point: it gives scores, but flags nothing."
        )
    return ""


def _left(review: Review) -> str:
    load = review.workload
    if review.recording is None:
        return ""
    if load.flags == 0:
        return QCoreApplication.translate(
            "LeftToReview",
            "Nothing is flagged at this operating point. What was not flagged may still hold spasms.",
        )
    if load.left == 0:
        return QCoreApplication.translate(
            "LeftToReview", "Your verdict stands on all flags ({flags}). What was not flagged may still hold spasms."
        ).format(flags=load.flags)
    return QCoreApplication.translate(
        "LeftToReview", "Left to review: {left} of {flags} flags, about {minutes} min. {clusters}"
    ).format(left=load.left, flags=load.flags, minutes=max(1, round(load.minutes)), clusters=_clusters(review))


def _clusters(review: Review) -> str:
    left = sorted(review.workload.left_in_cluster.items())
    told = [
        QCoreApplication.translate("LeftToReview", "cluster {cluster}: {left}").format(cluster=number, left=count)
        for number, count in left[:_TOLD]
    ]
    text = " · ".join(told)
    if len(left) <= _TOLD:
        return text
    return QCoreApplication.translate("LeftToReview", "{clusters} · and {more} more clusters").format(
        clusters=text, more=len(left) - _TOLD
    )
