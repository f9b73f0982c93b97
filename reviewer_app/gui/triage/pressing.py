"""Buttons on a page where the space bar plays: pressed by it only while the keyboard has gone to them on purpose."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


class SpacePresses(QObject):
    """Gives a button the space bar while it has the focus, and the focus by Tab alone.

    A click would else take the focus from the list, and the next space bar would give the same verdict again instead of
    playing; and without the space bar nobody could press the button from the keyboard.
    """

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Says that the key is the button's before it becomes the page's."""
        taken = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        )
        if taken:
            event.accept()
        return taken
