"""A picture in a plot that is drawn when something changed, and only shown again while the playhead moves over it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from reviewer_app.gui.colours import PLAYHEAD_COLOUR


class Canvas(QGraphicsItem):
    """As large as its parent; keeps what was drawn until told that it is stale."""

    def __init__(self, parent: QGraphicsItem, draw: Callable[[QPainter], None]) -> None:
        super().__init__(parent)
        self._draw = draw
        self._picture = QPixmap()
        self._size = QRectF()
        self.drawn = 0  # how often; tests and measurements look at it

    def resize(self, size: QRectF) -> None:
        """Takes another size."""
        self.prepareGeometryChange()
        self._size = QRectF(size)
        self.spoil()

    def spoil(self) -> None:
        """Says that what is drawn is no longer so."""
        self._picture = QPixmap()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Where it draws."""
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Shows the picture, drawn anew if need be."""
        ratio = painter.device().devicePixelRatio()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(painter, ratio)
        painter.drawPixmap(self._size.topLeft(), self._picture)

    def _drawn(self, painter: QPainter, ratio: float) -> QPixmap:
        picture = QPixmap((self._size.size() * ratio).toSize().expandedTo(QRectF(0, 0, 1, 1).size().toSize()))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        # A painter left open by an error would take the program down.
        with QPainter(picture) as own:
            own.setFont(painter.font())
            self._draw(own)
        self.drawn += 1
        return picture


class Playhead(QGraphicsItem):
    """Where the player is: a bright line with a dark seam, so that it stands out on any ground."""

    WIDTH = 9.0

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._height = 0.0

    def resize(self, height: float) -> None:
        """Takes another height."""
        self.prepareGeometryChange()
        self._height = height

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Where it draws, around its own position."""
        return QRectF(-self.WIDTH / 2, 0, self.WIDTH, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Draws the line with a head on top."""
        draw_playhead(painter, QPointF(0, 0), self._height)


def draw_playhead(painter: QPainter, top: QPointF, height: float) -> None:
    """The playhead with its head at ``top``."""
    half = Playhead.WIDTH / 2 - 0.5
    foot = top + QPointF(0, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 200), 3))
    painter.drawLine(top, foot)
    painter.setPen(QPen(QColor(PLAYHEAD_COLOUR), 1.4))
    painter.drawLine(top, foot)
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
    painter.setBrush(QColor(PLAYHEAD_COLOUR))
    painter.drawPolygon(QPolygonF([top + QPointF(-half, 0), top + QPointF(half, 0), top + QPointF(0, half * 1.6)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
