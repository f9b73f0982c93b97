"""A note on a statement: kept while it is typed, and never given to another statement than it was begun for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from reviewer_app.domain.annotation import Annotation
from reviewer_app.gui.review import Review

PAUSE = 1000
"""Milliseconds without a key after which a note is kept."""


class NoteLine(QLineEdit):
    """One line of plain text; saved on Enter, when the focus leaves, and after a pause of typing."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._on: tuple[str, ...] = ()  # ids of the annotations that it is shown for
        self._before: QWidget | None = None  # had the focus before the note was begun
        self.setAccessibleName(self.tr("Note"))
        self.setMaxLength(2000)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep)
        self.textEdited.connect(self._wait)
        review.leaving.connect(self.keep)
        self.show_for(())

    def begin(self) -> None:
        """Takes the focus; Enter or Escape gives it back."""
        focused = QApplication.focusWidget()
        self._before = focused if focused is not self else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Qt selects all, so that the first letter would take the place of the whole note.
        self.end(False)

    def show_for(self, annotations: Sequence[Annotation]) -> None:
        """Shows the note of these; what is typed for others goes to those first."""
        on = tuple(each.annotation_id for each in annotations)
        if on == self._on and self._pause.isActive():
            return  # in the middle of a word
        self.keep()
        self._on = on
        self.setEnabled(bool(on))
        note = annotations[0].statement.note if annotations else ""
        if note != self.text():
            self.setText(note)
        self.setPlaceholderText(self.tr("Note (free text)") if on else self.tr("Give a verdict first, then a note."))

    def keep(self) -> None:
        """Hands on what is not kept yet."""
        if self._pause.isActive() or self.isModified():
            self._pause.stop()
            self.setModified(False)
            self._review.note(self.text(), on=self._on)

    def _wait(self) -> None:
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Escape end the note; both keep it, since nothing typed may be lost."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.keep()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.clearFocus()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Keeps the note."""
        super().focusOutEvent(event)
        self.keep()
