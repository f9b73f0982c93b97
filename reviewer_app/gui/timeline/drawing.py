"""The strokes of the detail: kinds of time, curve, operating point, marks. Everything in pixels of one picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen, QTransform

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.gui import colours
from reviewer_app.gui.timeline.bands import MISSING, Bands, Kind, least_of, look_of
from reviewer_app.gui.timeline.frame import Frame, Spans, Times
from reviewer_app.gui.timeline.heat import curve_image
from reviewer_app.gui.timeline.marks import JUDGED_FLAG, Marks, Row, mark_of
from reviewer_app.gui.timeline.pyramid import Pyramid

HEADROOM: Final = 0.06
"""Share of the curve's height above a score of 1, so that its line stays in sight."""

BODY: Final = 0.28
"""Opacity of the area under the curve."""

APART_UP_TO: Final = 150
"""Marks in view up to which each is drawn with its own edges; more of them run together on any screen."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a picture of the detail is drawn on: its frame, its rows and its colours."""

    frame: Frame
    height: float  # pixels
    letter: float  # height of a letter, from which all sizes follow
    palette: QPalette
    has_others: bool = True  # else the curve has their room

    @property
    def row_height(self) -> float:
        """Of a row of marks."""
        return self.letter * 1.35

    @property
    def rows(self) -> tuple[Row, ...]:
        """Rows that there are, from top to bottom."""
        return (Row.OWN, Row.FLAGS, Row.OTHERS) if self.has_others else (Row.OWN, Row.FLAGS)

    def row(self, row: Row) -> QRectF:
        """Where a row of marks stands."""
        lowest = self.height - self.row_height if self.has_others else self.height
        top = {Row.OWN: 0.0, Row.FLAGS: self.row_height, Row.OTHERS: lowest}[row]
        return QRectF(self.frame.left, top, self.frame.width, self.row_height if row in self.rows else 0.0)

    @property
    def curve(self) -> QRectF:
        """Where the curve stands, between the rows."""
        top = 2 * self.row_height + 1
        bottom = self.row(Row.OTHERS).top() - 1
        return QRectF(self.frame.left, top, self.frame.width, max(1.0, bottom - top))

    def y(self, score: float) -> float:
        """The pixel of a score."""
        return self.curve.bottom() - score / (1 + HEADROOM) * self.curve.height()

    def ys(self, scores: Times) -> Times:
        """The pixels of many scores."""
        return self.curve.bottom() - scores * (self.curve.height() / (1 + HEADROOM))

    def score(self, y: float) -> float:
        """The score at a pixel."""
        return (self.curve.bottom() - y) / max(1.0, self.curve.height()) * (1 + HEADROOM)

    def colour(self, role: QPalette.ColorRole, opacity: int = 255) -> QColor:
        """A colour of the theme."""
        colour = QColor(self.palette.color(role))
        colour.setAlpha(opacity)
        return colour


def draw_rows(painter: QPainter, sheet: Sheet) -> None:
    """The ground on which rows and curve stand."""
    painter.fillRect(QRectF(0, 0, sheet.frame.width, sheet.height), sheet.colour(QPalette.ColorRole.Base))
    for row in sheet.rows:
        painter.fillRect(sheet.row(row), sheet.colour(QPalette.ColorRole.AlternateBase))
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Mid, 120), 1, Qt.PenStyle.DotLine))
    for score in (0.0, 0.5, 1.0):
        y = round(sheet.y(score)) - 0.5
        painter.drawLine(QPointF(sheet.frame.left, y), QPointF(sheet.frame.left + sheet.frame.width, y))


def draw_bands(painter: QPainter, sheet: Sheet, bands: Bands) -> None:
    """Kinds of time: what is missing over the curve's whole height, the others as strips at its foot."""
    curve, strip = sheet.curve, max(4.0, sheet.letter * 0.32)
    painter.setPen(Qt.PenStyle.NoPen)
    places = {
        Kind.NIGHT: QRectF(0, curve.top(), 1, strip),
        Kind.OVERLAP: QRectF(0, curve.top() + strip, 1, 2 * strip),
        Kind.REVIEWED: QRectF(0, curve.bottom() - strip, 1, strip),
        Kind.FINALISED: QRectF(0, curve.bottom() - strip / 2, 1, strip / 2),
    }
    for kind, spans in bands.spans.items():
        place = places.get(kind, curve)
        draw_band(painter, sheet.frame, sheet.palette, kind, spans, place)


def draw_band(painter: QPainter, frame: Frame, palette: QPalette, kind: Kind, spans: Spans, place: QRectF) -> None:
    """One kind of time with its pattern, and in words where they fit, if nothing can have been found there.

    Args:
        painter: Draws.
        frame: Where seconds lie.
        palette: The theme.
        kind: Of time.
        spans: Where there is such time.
        place: From its top to its bottom.
    """
    look, is_missing = look_of(kind, palette), kind in MISSING
    metrics = QFontMetricsF(painter.font())
    room = metrics.horizontalAdvance(kind.text) + metrics.averageCharWidth() * 3
    for box in frame.boxes(spans, top=place.top(), height=place.height(), least=least_of(kind)):
        if is_missing:  # nothing may show through
            painter.fillRect(box, palette.color(QPalette.ColorRole.Base))
        if look.ground:
            painter.fillRect(box, look.fill)
        painter.fillRect(box, look.brush)
        if is_missing and box.width() > room:
            words = QRectF(0, 0, room, metrics.height())
            words.moveCenter(box.center())
            painter.fillRect(words, palette.color(QPalette.ColorRole.Base))
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, kind.text)
            painter.setPen(Qt.PenStyle.NoPen)


def draw_curve(painter: QPainter, sheet: Sheet, pyramid: Pyramid) -> None:
    """Lowest to highest value per pixel, or the values themselves where they lie farther apart than pixels."""
    if sheet.frame.per_pixel * 2 > pyramid.curve.step:
        _draw_dense(painter, sheet, pyramid)
    else:
        _draw_sparse(painter, sheet, pyramid)


def _draw_dense(painter: QPainter, sheet: Sheet, pyramid: Pyramid) -> None:
    ratio = painter.device().devicePixelRatio()
    frame, curve = sheet.frame, sheet.curve
    lows, highs = pyramid.columns(frame.start, frame.start + frame.seconds, round(frame.columns * ratio))
    uppers, lowers = ((sheet.ys(each) - curve.top()) * ratio for each in (highs, lows))
    floor, height = (sheet.y(0) - curve.top()) * ratio, max(1, round(curve.height() * ratio))
    image = curve_image(uppers, lowers, floor, height, colour=QColor(colours.TRACE_COLOUR), body=BODY)
    painter.drawImage(curve, image)


def _draw_sparse(painter: QPainter, sheet: Sheet, pyramid: Pyramid) -> None:
    frame, curve = sheet.frame, pyramid.curve
    first = max(0, int((frame.start - curve.start) / curve.step) - 1)
    stop = max(first, int((frame.start + frame.seconds - curve.start) / curve.step) + 3)
    values = curve.values[first:stop]
    xs = frame.xs(curve.start + np.arange(first, first + len(values), dtype=np.float64) * curve.step)
    line = QColor(colours.TRACE_COLOUR)
    body = QColor(line)
    body.setAlphaF(BODY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in _known_runs(values):
        across, ys = xs[part], sheet.ys(values[part])
        if len(across) == 1:  # alone between holes: as wide as what it stands for
            half = curve.step / frame.per_pixel / 2
            across, ys = across[0] + np.array([-half, half]), np.repeat(ys, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(body)
        floor = np.full(2, sheet.y(0))
        painter.drawPath(pg.arrayToQPath(np.r_[across, across[[-1, 0]]], np.r_[ys, floor]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 1.4))
        painter.drawPath(pg.arrayToQPath(across, ys))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_adapted(painter: QPainter, sheet: Sheet, pyramid: Pyramid, text: str) -> None:
    """The second curve as a bare line over the first one, at its highest value per pixel, and its name."""
    frame, curve = sheet.frame, pyramid.curve
    if frame.per_pixel * 2 > curve.step:
        values = pyramid.columns(frame.start, frame.start + frame.seconds, frame.columns)[1]
        xs = frame.left + np.arange(len(values)) + 0.5
    else:
        first = max(0, int((frame.start - curve.start) / curve.step) - 1)
        values = curve.values[first : int((frame.start + frame.seconds - curve.start) / curve.step) + 3]
        xs = frame.xs(curve.start + np.arange(first, first + len(values), dtype=np.float64) * curve.step)
    colour = QColor(colours.ADAPTED_COLOUR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.4))
    for part in _known_runs(values):
        painter.drawPath(pg.arrayToQPath(xs[part], sheet.ys(values[part])))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    _draw_legend(painter, sheet, text, colour)


def _draw_legend(painter: QPainter, sheet: Sheet, text: str, colour: QColor) -> None:
    metrics, line = QFontMetricsF(painter.font()), sheet.letter * 1.4
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + line + sheet.letter * 1.2, sheet.letter * 1.1)
    box.moveTopLeft(QPointF(sheet.frame.left + sheet.letter * 0.4, sheet.curve.top() + 1))
    painter.fillRect(box, sheet.colour(QPalette.ColorRole.Base, 210))
    painter.setPen(QPen(colour, 2))
    left, middle = box.left() + sheet.letter * 0.3, box.center().y()
    painter.drawLine(QPointF(left, middle), QPointF(left + line, middle))
    painter.setPen(sheet.colour(QPalette.ColorRole.Text))
    painter.drawText(box.adjusted(line + sheet.letter * 0.6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _known_runs(values: Times) -> list[slice]:
    edges = np.flatnonzero(np.diff(np.r_[0, (~np.isnan(values)).astype(np.int8), 0])).reshape(-1, 2)
    return [slice(first, stop) for first, stop in edges.tolist()]


def draw_point(painter: QPainter, sheet: Sheet, point: OperatingPoint, *, held: bool) -> None:
    """The operating point: the line that a flag must reach, with its handle, and the one where it ends."""
    frame, colour = sheet.frame, QColor(colours.POINT_COLOUR)
    right = frame.left + frame.width
    enter, leave = sheet.y(point.enter), sheet.y(point.leave)
    painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(frame.left, leave), QPointF(right, leave))
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Text, 150), 4 if held else 3))
    painter.drawLine(QPointF(frame.left, enter), QPointF(right, enter))
    painter.setPen(QPen(colour, 2 if held else 1.5))
    painter.drawLine(QPointF(frame.left, enter), QPointF(right, enter))
    text = QLocale().toString(point.enter, "f", 2)
    metrics = QFontMetricsF(painter.font())
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + sheet.letter * 0.8, sheet.letter * 1.15)
    box.moveRight(right - 1)
    box.moveTop(min(max(enter - box.height() / 2, sheet.curve.top()), sheet.curve.bottom() - box.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Text), 1))
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor("black"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_marks(painter: QPainter, sheet: Sheet, row: Row, marks: Marks) -> None:
    """All marks of a row: bars for where they lie, symbols for what they say where there is room for them."""
    frame, place = sheet.frame, sheet.row(row)
    part = marks.seen(frame)
    styles = marks.styles[part]
    starts, stops = marks.spans.starts[part], marks.spans.stops[part]
    height = sheet.row_height * 0.36
    top = place.bottom() - height - 1 if row is not Row.OTHERS else place.top() + 1
    present = np.unique(styles).tolist()
    apart = len(styles) <= APART_UP_TO
    # Where marks run together each kind gets a lane of its own, or the commonest would hide all others.
    lane = height if apart else height / max(1, len(present))
    for number, style in enumerate(present):
        chosen = styles == style
        spans = Spans(starts[chosen], stops[chosen])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(sheet.colour(QPalette.ColorRole.Mid) if style == JUDGED_FLAG else mark_of(style).qcolor)
        y = top if apart else top + number * lane
        painter.drawRects(frame.boxes(spans, top=y, height=lane, least=2))
        if apart:
            _draw_edges(painter, sheet, spans, top=top, height=height)
    size = sheet.letter * 0.62
    middle = place.top() + size * 0.62 if row is not Row.OTHERS else place.bottom() - size * 0.62
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, style in marks.symbols(frame, room=size * 1.5):
        draw_symbol(painter, QPointF(x, middle), style, size=size, text=sheet.colour(QPalette.ColorRole.Text))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _draw_edges(painter: QPainter, sheet: Sheet, spans: Spans, *, top: float, height: float) -> None:
    xs = np.round(sheet.frame.xs(np.r_[spans.starts, spans.stops])) + 0.5
    inside = (xs >= sheet.frame.left) & (xs <= sheet.frame.left + sheet.frame.width)
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Text, 170), 1))
    painter.drawLines([QLineF(x, top, x, top + height) for x in xs[inside].tolist()])


def draw_symbol(painter: QPainter, middle: QPointF, style: int, *, size: float, text: QColor) -> None:
    """One symbol, outlined so that it stands on any ground; hollow for a flag that has its verdict."""
    mark = mark_of(style)
    path: QPainterPath = Symbols[mark.symbol]
    painter.setBrush(Qt.BrushStyle.NoBrush if style == JUDGED_FLAG else mark.qcolor)
    outline = QColor(text)
    outline.setAlpha(200)
    painter.setPen(QPen(outline, 0.8))
    painter.drawPath(QTransform(size, 0, 0, size, middle.x(), middle.y()).map(path))


def draw_selection(painter: QPainter, sheet: Sheet, spans: Spans) -> None:
    """What is selected, through all rows."""
    colour = sheet.colour(QPalette.ColorRole.Highlight, 50)
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Highlight), 1.5))
    painter.setBrush(colour)
    for box in sheet.frame.boxes(spans, top=1, height=sheet.height - 2, least=3):
        painter.drawRect(box)


def draw_draft(painter: QPainter, sheet: Sheet, spans: Spans, text: str) -> None:
    """An interval that is being made or moved, with what it will be."""
    colour = sheet.colour(QPalette.ColorRole.Highlight, 90)
    painter.setPen(QPen(sheet.colour(QPalette.ColorRole.Text), 1, Qt.PenStyle.DashLine))
    painter.setBrush(colour)
    for box in sheet.frame.boxes(spans, top=1, height=sheet.height - 2, least=2):
        painter.drawRect(box)
        painter.setPen(sheet.colour(QPalette.ColorRole.Text))
        painter.drawText(QPointF(box.right() + sheet.letter * 0.3, sheet.curve.top() + sheet.letter), text)
