"""The one switch that lets flags follow scores adapted to the recording."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QWidget

from reviewer_app.gui.review import Review


class AdaptedSwitch(QCheckBox):
    """Off by default; greyed, with the reason as its tip, until adapted scores are offered."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.setText(self.tr("Adapted"))
        self.setAccessibleName(self.tr("Flags from scores adapted to this recording"))
        self.toggled.connect(review.follow_adapted)
        for signal in (
            review.adaptation_changed,
            review.recording_changed,
            review.trace_changed,
            review.mode_changed,
        ):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        review = self._review
        with QSignalBlocker(self):
            self.setChecked(review.follows_adapted)
        self.setEnabled(review.adapted is not None and not review.blind)
        told = review.offer.told or self.tr("Your verdicts on this recording can adapt its scores to it.")
        kept = self.tr("Exports and reports keep the bundle's own scores.")
        self.setToolTip(f"{told}\n{kept}")
        self.setAccessibleDescription(told)
