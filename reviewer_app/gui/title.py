"""What stands above the window: which recording is under review, and who reviews it; never a patient's name."""

from PySide6.QtCore import QCoreApplication

from reviewer_app.gui.review import Review


def window_title(review: Review | None) -> str:
    """The window's title; that of the program alone while nothing is under review."""
    if review is None or review.subject is None:
        return "Spasm Reviewer"
    subject = review.subject
    return QCoreApplication.translate("Title", "Recording {number} · {start} · {rater} – Spasm Reviewer").format(
        number=subject.number,
        start=f"{subject.recording.start:%Y-%m-%d %H:%M}",
        rater=review.rater.name,
    )
