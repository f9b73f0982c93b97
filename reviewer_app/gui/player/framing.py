"""Where on a widget the picture lies: fitted, zoomed, panned and turned by the person; all plain numbers."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

MOST_ZOOM = 16.0


@dataclass(frozen=True, slots=True)
class Framing:
    """How a person wants to look at pictures."""

    zoom: float = 1.0  # 1 fits the whole picture
    centre: tuple[float, float] = (0.5, 0.5)  # of the turned picture, in fractions, that lies in the widget's middle
    turns: int = 0  # quarter turns clockwise

    def turned(self) -> "Framing":
        """A quarter turn further, the same place in the middle."""
        x, y = self.centre
        return replace(self, centre=(1 - y, x), turns=(self.turns + 1) % 4)

    def zoomed(self, factor: float, *, at: QPointF, picture: QSizeF, widget: QSizeF) -> "Framing":
        """Nearer or further; what lies under ``at`` stays there."""
        zoom = min(max(self.zoom * factor, 1.0), MOST_ZOOM)
        before = self.area(picture, widget)
        if before.isEmpty():
            return self
        x, y = (at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height()
        size = replace(self, zoom=zoom).area(picture, widget).size()
        centre = (
            x + (widget.width() / 2 - at.x()) / size.width(),
            y + (widget.height() / 2 - at.y()) / size.height(),
        )
        return replace(self, zoom=zoom, centre=centre).within(picture, widget)

    def moved(self, by: QPointF, *, picture: QSizeF, widget: QSizeF) -> "Framing":
        """Dragged by so many pixels."""
        size = self.area(picture, widget).size()
        if size.isEmpty():
            return self
        centre = (self.centre[0] - by.x() / size.width(), self.centre[1] - by.y() / size.height())
        return replace(self, centre=centre).within(picture, widget)

    def within(self, picture: QSizeF, widget: QSizeF) -> "Framing":
        """The same, but with no more emptiness on the widget than there must be."""
        size = self.area(picture, widget).size()
        bounds = zip(self.centre, (size.width(), size.height()), (widget.width(), widget.height()), strict=True)
        x, y = (0.5 if of <= on else min(max(at, on / of / 2), 1 - on / of / 2) for at, of, on in bounds)
        return replace(self, centre=(x, y))

    def area(self, picture: QSizeF, widget: QSizeF) -> QRectF:
        """The rectangle that the turned picture takes up."""
        size = picture.transposed() if self.turns % 2 else picture
        if size.isEmpty() or widget.isEmpty():
            return QRectF()
        scale = min(widget.width() / size.width(), widget.height() / size.height()) * self.zoom
        width, height = size.width() * scale, size.height() * scale
        return QRectF(
            widget.width() / 2 - self.centre[0] * width, widget.height() / 2 - self.centre[1] * height, width, height
        )

    def transform(self, picture: QSizeF, widget: QSizeF) -> QTransform:
        """From the upright picture, in fractions of its width and height, to the widget."""
        area = self.area(picture, widget)
        return QTransform(*_TURNS[self.turns]) * QTransform(area.width(), 0, 0, area.height(), area.x(), area.y())


# The unit square onto itself, turned clockwise.
_TURNS = ((1, 0, 0, 1, 0, 0), (0, 1, -1, 0, 1, 0), (-1, 0, 0, -1, 1, 1), (0, -1, 1, 0, 0, 1))
