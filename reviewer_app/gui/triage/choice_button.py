"""A button that stays chosen, and shows it in every theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer_app.gui.triage.pressing import SpacePresses


class ChoiceButton(QPushButton):
    """Framed while it is chosen: in a dark theme a button that is down looks nearly like one that is up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        SpacePresses(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draws the button, and the frame."""
        super().paintEvent(event)
        if self.isChecked():
            width = max(2, self.fontMetrics().height() // 6)
            pen = QPen(self.palette().color(QPalette.ColorRole.Highlight))
            pen.setWidth(width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter = QPainter(self)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(width // 2, width // 2, -(width + 1) // 2, -(width + 1) // 2))
            painter.end()
