"""The strokes of the overview: what a whole recording looks like on one line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.window import Interval
from reviewer_app.gui import colours
from reviewer_app.gui.timeline.bands import Bands, Kind
from reviewer_app.gui.timeline.drawing import draw_band
from reviewer_app.gui.timeline.frame import Frame, Spans, Times
from reviewer_app.gui.timeline.heat import heat_image
from reviewer_app.gui.timeline.pyramid import Pyramid
from reviewer_app.gui.timeline.ticks import Tick

_ACCENT = QPalette.ColorRole.Highlight

SMALL = 0.85
"""Size of the letters that name the rows."""


@dataclass(frozen=True, slots=True)
class Strip:
    """How the overview lies on the screen: rows for clusters, scores, night and reviewed time, and the axis."""

    frame: Frame
    letter: float
    palette: QPalette

    @property
    def clusters(self) -> QRectF:
        """Brackets with numbers, and strokes for the flags under them."""
        return self._row(0.0, 1.75)

    @property
    def scores(self) -> QRectF:
        """The heat strip."""
        return self._row(1.85, 1.35)

    @property
    def night(self) -> QRectF:
        """Where the picture was infrared."""
        return self._row(3.3, 0.7)

    @property
    def reviewed(self) -> QRectF:
        """What was looked at and finalised."""
        return self._row(4.1, 0.75)

    @property
    def axis(self) -> QRectF:
        """Times."""
        return self._row(4.95, 1.2)

    @property
    def body(self) -> QRectF:
        """All rows without the axis."""
        return self._row(0.0, 4.85)

    @property
    def height(self) -> float:
        """Of everything."""
        return self.letter * 6.2

    def _row(self, top: float, height: float) -> QRectF:
        return QRectF(self.frame.left, top * self.letter, self.frame.width, height * self.letter)

    def colour(self, role: QPalette.ColorRole, opacity: int = 255) -> QColor:
        """A colour of the theme."""
        colour = QColor(self.palette.color(role))
        colour.setAlpha(opacity)
        return colour


def draw_ground(painter: QPainter, strip: Strip) -> None:
    """The ground under each row."""
    for row in (strip.scores, strip.night, strip.reviewed):
        painter.fillRect(row, strip.colour(QPalette.ColorRole.Base))


def draw_heat(painter: QPainter, strip: Strip, pyramid: Pyramid) -> None:
    """The highest score per pixel."""
    frame = strip.frame
    _, highest = pyramid.columns(frame.start, frame.start + frame.seconds, frame.columns)
    painter.drawImage(strip.scores, heat_image(highest))


def draw_bands(painter: QPainter, strip: Strip, bands: Bands) -> None:
    """Kinds of time: over the scores what is missing or doubtful, night and reviewed time in rows of their own."""
    painter.setPen(Qt.PenStyle.NoPen)
    lower = QRectF(strip.reviewed)
    lower.setTop(strip.reviewed.center().y())
    doubtful = QRectF(strip.scores)
    doubtful.setTop(strip.scores.bottom() - strip.letter * 0.5)
    doubled = QRectF(strip.scores.left(), strip.scores.top(), strip.scores.width(), strip.letter * 0.5)
    places = {
        Kind.NIGHT: strip.night,
        Kind.REVIEWED: strip.reviewed,
        Kind.FINALISED: lower,
        Kind.DOUBTFUL: doubtful,
        Kind.OVERLAP: doubled,
    }
    for kind, spans in bands.spans.items():
        place = places.get(kind, strip.scores)
        if kind in (Kind.DOUBTFUL, Kind.OVERLAP):
            for box in strip.frame.boxes(spans, top=place.top(), height=place.height(), least=2):
                painter.fillRect(box, strip.colour(QPalette.ColorRole.Base))
        draw_band(painter, strip.frame, strip.palette, kind, spans, place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(strip.colour(QPalette.ColorRole.Mid), 1))
    painter.drawRect(strip.scores)


def draw_flags(painter: QPainter, strip: Strip, peaks: Times) -> None:
    """A stroke of two pixels per place, taller where several flags fall together."""
    row, frame = strip.clusters, strip.frame
    count = max(1, frame.columns // 2)
    heights, edges = np.histogram(peaks, bins=count, range=(frame.start, frame.start + frame.seconds))
    used = np.flatnonzero(heights)
    if not len(used):
        return
    tallest = max(2, int(heights.max()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.FLAG_MARK.colour))
    shares = 0.45 + 0.55 * (heights[used] - 1) / (tallest - 1)
    tops = row.bottom() - shares * strip.letter * 0.6
    painter.drawRects(
        [
            QRectF(x, top, 2, row.bottom() - top)
            for x, top in zip(frame.xs(edges[used]).tolist(), tops.tolist(), strict=True)
        ]
    )


@dataclass(frozen=True, slots=True)
class Bracket:
    """A cluster of two or more flags."""

    number: int  # of the cluster
    interval: Interval
    flags: int


def brackets_of(clusters: Sequence[Cluster]) -> tuple[Bracket, ...]:
    """Clusters that are worth a bracket."""
    numbered = enumerate(clusters, start=1)
    return tuple(Bracket(number, each.interval, len(each.events)) for number, each in numbered if len(each.events) > 1)


def draw_clusters(painter: QPainter, strip: Strip, brackets: Sequence[Bracket], left: dict[int, int]) -> None:
    """A bracket with the number of its flags for each cluster; dim, with a tick, once all of them have a verdict.

    A number that would lie over another cluster, too, is left out: of a crowd nobody could tell whose it is.
    """
    y = strip.clusters.bottom() - strip.letter * 0.68
    for done in (True, False):
        spans = Spans.of([each.interval for each in brackets if (each.number not in left) is done])
        role = QPalette.ColorRole.Mid if done else QPalette.ColorRole.Text
        painter.setPen(QPen(strip.colour(role), 1.4))
        for start, stop in strip.frame.runs(spans, least=4):
            painter.drawLine(QPointF(start, y), QPointF(stop, y))
    metrics = QFontMetricsF(painter.font())
    middles = [strip.frame.x(each.interval.middle) for each in brackets]  # in order of time
    nearest = np.diff([-np.inf, *middles, np.inf])
    for each, x, free in zip(brackets, middles, np.minimum(nearest[:-1], nearest[1:]).tolist(), strict=True):
        text = str(each.flags) if each.number in left else "✓"
        room = metrics.horizontalAdvance(text + "00")
        if free < room:
            continue
        dim = QPalette.ColorRole.PlaceholderText
        painter.setPen(strip.colour(QPalette.ColorRole.Text if each.number in left else dim))
        box = QRectF(x - room, y - metrics.height(), 2 * room, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_axis(painter: QPainter, strip: Strip, marks: Sequence[Tick]) -> None:
    """Times under the rows; a text that would be cut is left out."""
    metrics, row = QFontMetricsF(painter.font()), strip.axis
    behind = row.left() - metrics.averageCharWidth()
    for mark in marks:
        x, width = strip.frame.x(mark.time), metrics.horizontalAdvance(mark.text)
        painter.setPen(strip.colour(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(x, row.top()), QPointF(x, row.top() + 3))
        start = min(max(x - width / 2, row.left()), row.right() - width)
        if start < behind + metrics.averageCharWidth() or abs(start + width / 2 - x) > width / 2 + 1:
            continue
        behind = start + width
        painter.setPen(strip.colour(QPalette.ColorRole.Text))
        painter.drawText(
            QRectF(start, row.top() + 2, width + 2, row.height() - 2), Qt.AlignmentFlag.AlignLeft, mark.text
        )


def draw_names(painter: QPainter, strip: Strip, names: Sequence[tuple[QRectF, str]]) -> None:
    """What the rows are, left of them."""
    painter.setPen(strip.colour(QPalette.ColorRole.Text))
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * SMALL)  # the lower rows are thinner than a line of text
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for row, name in names:
        box = QRectF(0, row.center().y() - metrics.height() / 2, row.left() - strip.letter * 0.3, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def draw_region(painter: QPainter, strip: Strip, start: float, stop: float) -> None:
    """What the detail shows: a frame through all rows, with handles by which it is seen even when it is thin."""
    frame, body = strip.frame, strip.body
    left, right = frame.x(start), max(frame.x(stop), frame.x(start) + 3)
    box = QRectF(left, body.top() + 0.5, right - left, body.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Beside the scores only: a veil over them would change their colours.
    for row in (strip.clusters, strip.night, strip.reviewed):
        painter.fillRect(QRectF(left, row.top(), right - left, row.height()), strip.colour(_ACCENT, 35))
    painter.setPen(QPen(strip.colour(_ACCENT), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    grip = strip.letter * 0.3
    painter.setBrush(strip.colour(QPalette.ColorRole.Highlight))
    for x in (left, right):
        middle = body.center().y()
        painter.drawRect(QRectF(x - grip / 3, middle - grip, grip / 1.5, 2 * grip))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_selected(painter: QPainter, strip: Strip, spans: Spans) -> None:
    """Small triangles over what is selected."""
    size = strip.letter * 0.3
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(strip.colour(QPalette.ColorRole.Highlight))
    top = strip.scores.top()
    for left, right in strip.frame.runs(spans, least=1):
        x = (left + right) / 2
        painter.drawPolygon(
            QPolygonF([QPointF(x - size, top - size), QPointF(x + size, top - size), QPointF(x, top + size / 2)])
        )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
