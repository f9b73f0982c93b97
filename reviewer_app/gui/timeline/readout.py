"""The operating point in words: what is flagged, how long it takes to review, how many false alarms to expect."""

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.window import total_seconds
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.words import watching_text


def readout(review: Review) -> str:
    """One line; it never says that there is nothing, only what was not looked for."""
    said, coverage, recording = _said(review), review.coverage, review.recording
    if recording is None or coverage is None or review.blind or not coverage.unscanned:
        return said
    # Of the video: gaps in the denominator would make what is left look smaller.
    video = recording.seconds - total_seconds(recording.gaps)
    waiting = 100 * total_seconds(coverage.unscanned) / max(1.0, video)
    # It comes first: the end of a line is what is cut off where letters are large.
    return QCoreApplication.translate("Timeline", "{share} % not scanned yet · {said}").format(
        said=said, share=_share(min(waiting, 100.0))
    )


def _said(review: Review) -> str:
    if review.recording is None:
        return ""
    if review.blind:
        return QCoreApplication.translate("Timeline", "Blind: what the model and other raters say is hidden.")
    if review.trace is None:
        return QCoreApplication.translate("Timeline", "Not scanned yet: nothing has been looked for.")
    if review.point is None:
        return QCoreApplication.translate(
            "Timeline", "The bundle has no calibrated operating point, so nothing is flagged."
        )
    rate = _rate(review.point.false_alarms_per_hour)
    if not review.workload.flags:
        return QCoreApplication.translate(
            "Timeline", "Nothing is flagged at this operating point; what was not flagged may still hold spasms."
        )
    sentence = QCoreApplication.translate(
        "Timeline",
        "Flags: {flags} · {left} left, {time} to review · about {rate} false alarms an hour predicted",
    )
    if review.follows_adapted:
        # The prediction holds for the bundle's own scores; for these nobody has counted.
        sentence = QCoreApplication.translate("Timeline", "Adapted flags: {flags} · {left} left, {time} to review")
    return sentence.format(
        flags=QLocale().toString(review.workload.flags),
        left=QLocale().toString(review.workload.left),
        time=watching_text(review.workload.minutes),
        rate=rate,
    )


def _rate(rate: float) -> str:
    return QLocale().toString(rate, "f", 2 if rate < 0.1 else 1)


def _share(percent: float) -> str:
    """Never 0 while something waits."""
    return QLocale().toString(max(0.1, percent), "f", 0 if percent >= 10 else 1)
