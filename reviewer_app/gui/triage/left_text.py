"""How much is left to review, in words that never sound like an all-clear."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.words import watching_text

NAMED_CLUSTERS = 6
"""So many clusters fit beside each other; the list tells the others."""


def left_in_all(review: Review) -> str:
    """What is left of the flags, and how long it takes to see it."""
    work = review.workload
    if work.flags == 0:
        return _nothing_flagged(review)
    if work.left == 0:
        return QCoreApplication.translate(
            "Left", "Left to review: 0 of {flags} flags. What was not flagged may still hold spasms."
        ).format(flags=_number(work.flags))
    return QCoreApplication.translate("Left", "Left to review: {left} of {flags} flags, about {time}").format(
        left=_number(work.left), flags=_number(work.flags), time=watching_text(work.minutes)
    )


def left_by_cluster(review: Review) -> str:
    """What is left in each cluster; empty where there is none."""
    left = sorted(review.workload.left_in_cluster.items())
    words = [
        QCoreApplication.translate("Left", "cluster {number}: {left}").format(number=number, left=_number(count))
        for number, count in left[:NAMED_CLUSTERS]
    ]
    if len(left) > NAMED_CLUSTERS:
        words.append(
            QCoreApplication.translate("Left", "in {others} more clusters: {left}").format(
                others=_number(len(left) - NAMED_CLUSTERS),
                left=_number(sum(count for _, count in left[NAMED_CLUSTERS:])),
            )
        )
    return " · ".join(words)


def _number(count: int) -> str:
    return QLocale().toString(count)


def _nothing_flagged(review: Review) -> str:
    if review.recording is None:
        return ""
    if review.blind:
        return QCoreApplication.translate("Left", "Blind: what the model flagged and others said is hidden.")
    if review.picking is None:
        return QCoreApplication.translate("Left", "Not scanned yet: nothing could be flagged so far.")
    if review.point is None:
        return QCoreApplication.translate("Left", "This bundle has no operating points, so it flags nothing.")
    if review.coverage is None or not review.coverage.finished:
        return QCoreApplication.translate(
            "Left", "Nothing is flagged so far; part of the recording is not scanned yet."
        )
    return QCoreApplication.translate(
        "Left", "Nothing is flagged at this operating point. What was not flagged may still hold spasms."
    )
