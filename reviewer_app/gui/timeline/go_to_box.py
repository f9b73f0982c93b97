"""The box in which a person types where to go."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget

from reviewer_app.errors import RequestError
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.go_to import parse

COMPLAINT = 8000
"""Milliseconds for which the sentence on why it went nowhere stays at the box."""


class GoToBox(QLineEdit):
    """Takes the review to the time that is typed; Return goes there, Escape leaves all as it was.

    Either gives the keyboard back to where it was, so that the next key is a verdict again.
    """

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._before: QWidget | None = None  # had the keyboard
        self.setAccessibleName(self.tr("Go to a time"))
        self.setClearButtonEnabled(False)
        self.setMaxLength(40)
        self.returnPressed.connect(self._go)
        self.textEdited.connect(self._withdraw_complaint)
        review.recording_changed.connect(self._show_state)
        review.clock_changed.connect(self._show_state)
        self._show_state()

    def begin(self) -> None:
        """Takes the keyboard for a time to be typed."""
        before = QApplication.focusWidget()
        if before is not self:
            self._before = before
            if before is not None:
                before.destroyed.connect(self._forget)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape leaves without going anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._withdraw_complaint()
            self._give_back()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keeps room for a time with seconds and a day, whatever the size of letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_room()

    def _go(self) -> None:
        recording = self._review.recording
        if recording is None:
            return
        try:
            time = parse(self.text(), recording, clock=self._review.clock_times, position=self._review.position)
        except RequestError as error:
            self._complain(str(error))
            return
        self._withdraw_complaint()
        self._review.go_to(time)
        self._give_back()

    def _complain(self, sentence: str) -> None:
        self.setAccessibleDescription(sentence)
        self.selectAll()
        self._review.said.emit(sentence)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self, self.rect(), COMPLAINT)

    def _withdraw_complaint(self) -> None:
        self.setAccessibleDescription(self.toolTip())
        QToolTip.hideText()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            before.destroyed.disconnect(self._forget)
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def _forget(self) -> None:
        self._before = None

    def _show_state(self) -> None:
        self.setEnabled(self._review.recording is not None)
        if self._review.clock_times:
            self.setPlaceholderText(self.tr("Go to 02:14:07"))
            self.setToolTip(
                self.tr("Go to a time: 02:14:07, 2:14 pm, 02:14 Sun, +90 (seconds on), 1h20m (from the start)")
            )
        else:
            self.setPlaceholderText(self.tr("Go to 1:20:00"))
            self.setToolTip(self.tr("Go to a time: 1:20:00, 3600s, 1h20m, +90 (seconds on), -5m (back)"))
        self.setAccessibleDescription(self.toolTip())
        self._keep_room()

    def _keep_room(self) -> None:
        widest = max((self.placeholderText(), "00:00:00 Wed"), key=self.fontMetrics().horizontalAdvance)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(widest) + self.fontMetrics().averageCharWidth() * 4)
