"""What the detail's strokes look like: read from the pixels they leave, in every theme."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from reviewer_app.domain.event import Curve, OperatingPoint
from reviewer_app.domain.window import Interval
from reviewer_app.gui.colours import POINT_COLOUR
from reviewer_app.gui.shell.shades import CONTRAST, DARK, LIGHT, palette
from reviewer_app.gui.timeline import drawing
from reviewer_app.gui.timeline.bands import MISSING, Bands, Kind
from reviewer_app.gui.timeline.drawing import Sheet
from reviewer_app.gui.timeline.frame import Frame, Spans
from reviewer_app.gui.timeline.marks import JUDGED_FLAG, OPEN_FLAG, STYLES, Marks, Row
from reviewer_app.gui.timeline.pyramid import Pyramid

WIDTH, HEIGHT, LETTER = 400, 200, 14.0
THEMES = {"light": palette(LIGHT), "dark": palette(DARK), "contrast": palette(CONTRAST)}

pytestmark = pytest.mark.usefixtures("qapp")


def sheet(*, seconds: float = 400.0, start: float = 0.0, theme: str = "light") -> Sheet:
    return Sheet(Frame(0.0, float(WIDTH), start, seconds), float(HEIGHT), LETTER, THEMES[theme])


def drawn(draw: Callable[[QPainter], object], on: Sheet) -> NDArray[np.int64]:
    """(height, width, 3) of the theme's ground with strokes on it."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(on.colour(QPalette.ColorRole.Base))
    painter = QPainter(image)
    draw(painter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)
    return pixels[..., 2::-1].astype(np.int64)


def touched(pixels: NDArray[np.int64], on: Sheet) -> NDArray[np.bool_]:
    """(height, width): whatever is not ground any more."""
    ground = on.colour(QPalette.ColorRole.Base)
    changed: NDArray[np.bool_] = np.any(pixels != [ground.red(), ground.green(), ground.blue()], axis=-1)
    return changed


def columns(changed: NDArray[np.bool_]) -> list[int]:
    return np.flatnonzero(changed.any(axis=0)).tolist()


def in_rows(box: QRectF) -> slice:
    return slice(int(box.top()), int(np.ceil(box.bottom())))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", MISSING)
def test_what_is_missing_is_hatched_over_the_curves_whole_height(kind: Kind, theme: str) -> None:
    on = sheet(theme=theme)
    bands = Bands({kind: Spans.of([Interval(100, 140)])})
    changed = touched(drawn(lambda painter: drawing.draw_bands(painter, on, bands), on), on)
    assert min(columns(changed)) in range(100, 110)
    assert max(columns(changed)) in range(130, 140)
    down = np.flatnonzero(changed.any(axis=1))
    assert down[0] - on.curve.top() < 10
    assert on.curve.bottom() - down[-1] < 10


def test_a_hole_of_an_instant_is_seen_in_three_days() -> None:
    on = sheet(seconds=72 * 3600.0)
    bands = Bands({Kind.UNDECODABLE: Spans.of([Interval(100_000, 100_000.3)])})
    assert 1 <= len(columns(touched(drawn(lambda painter: drawing.draw_bands(painter, on, bands), on), on))) <= 3


def test_nothing_shows_through_what_is_missing() -> None:
    on = sheet()
    bands = Bands({Kind.GAP: Spans.of([Interval(100, 104)])})

    def over_red(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor("red"))
        drawing.draw_bands(painter, on, bands)

    part = drawn(over_red, on)[in_rows(on.curve), 100:104][1:-1]  # its edges lie within pixels
    assert not np.any(np.all(part == [255, 0, 0], axis=-1))


def test_words_stand_where_there_is_room_for_them() -> None:
    on = sheet()

    def words(stop: float) -> NDArray[np.int64]:
        bands = Bands({Kind.UNSCANNED: Spans.of([Interval(0, stop)])})
        return drawn(lambda painter: drawing.draw_bands(painter, on, bands), on)

    dark = on.colour(QPalette.ColorRole.Text).lightness() + 40
    assert np.any(words(400).max(axis=-1) < dark)
    assert not np.any(words(20).max(axis=-1) < dark)


def curve(values: NDArray[np.float64], step: float) -> Pyramid:
    return Pyramid(Curve(step / 2, step, values, step / 2))


@pytest.mark.parametrize("step", [0.05, 25.0])  # many values a pixel, many pixels a value
def test_the_curve_stands_at_its_score_and_holes_stay_empty(step: float) -> None:
    on = sheet()
    count = round(400 / step)
    values = np.full(count, 0.5)
    values[count // 4 : count // 2] = np.nan
    pyramid = curve(values, step)
    changed = touched(drawn(lambda painter: drawing.draw_curve(painter, on, pyramid), on), on)
    for x in (50, 300):
        assert np.flatnonzero(changed[:, x])[0] == pytest.approx(on.y(0.5), abs=2)
    assert not changed[:, 115:185].any()


@pytest.mark.parametrize("step", [0.05, 25.0])
def test_a_single_high_value_reaches_its_height(step: float) -> None:
    on = sheet()
    values = np.zeros(round(400 / step))
    values[len(values) // 2] = 1.0
    pyramid = curve(values, step)
    changed = touched(drawn(lambda painter: drawing.draw_curve(painter, on, pyramid), on), on)
    assert np.flatnonzero(changed.any(axis=1))[0] == pytest.approx(on.y(1.0), abs=2)


def test_a_value_alone_between_holes_is_seen() -> None:
    on = sheet()
    values = np.full(16, np.nan)
    values[8] = 0.8
    pyramid = curve(values, 25.0)
    found = columns(touched(drawn(lambda painter: drawing.draw_curve(painter, on, pyramid), on), on))
    assert 20 <= len(found) <= 30


def row_of(style: int, *edges: tuple[float, float]) -> Marks:
    spans = Spans.of([Interval(*each) for each in edges])
    return Marks(spans, (spans.starts + spans.stops) / 2, np.full(len(edges), style, np.uint8), ("",) * len(edges))


@pytest.mark.parametrize("row", list(Row))
def test_marks_stay_in_their_row(row: Row) -> None:
    on = sheet()
    marks = row_of(0, (100, 130))
    changed = touched(drawn(lambda painter: drawing.draw_marks(painter, on, row, marks), on), on)
    down = np.flatnonzero(changed.any(axis=1))
    assert on.row(row).top() - 1 <= down[0]
    assert down[-1] <= on.row(row).bottom() + 1
    assert columns(changed)[0] == pytest.approx(100, abs=1)
    assert columns(changed)[-1] == pytest.approx(130, abs=1)


def test_own_statements_stand_above_the_curve_and_others_below() -> None:
    on = sheet()
    assert on.row(Row.OWN).bottom() <= on.curve.top()
    assert on.row(Row.FLAGS).bottom() <= on.curve.top()
    assert on.row(Row.OTHERS).top() >= on.curve.bottom()


def test_symbols_differ_in_shape_and_a_judged_flag_is_hollow() -> None:
    on = sheet()

    def outline(style: int) -> bytes:
        def draw(painter: QPainter) -> None:
            drawing.draw_symbol(painter, QPointF(200, 100), style, size=24, text=QColor("black"))

        # Without colour: what a person sees who cannot tell any.
        return np.packbits(touched(drawn(draw, on), on)).tobytes()

    shapes = {outline(style) for style in range(len(STYLES))}
    assert len(shapes) == len(STYLES)

    def inside(style: int) -> bool:
        def draw(painter: QPainter) -> None:
            drawing.draw_symbol(painter, QPointF(200, 100), style, size=24, text=QColor("black"))

        return bool(touched(drawn(draw, on), on)[100, 200])

    assert inside(OPEN_FLAG)
    assert not inside(JUDGED_FLAG)


def test_rare_marks_are_not_hidden_by_a_crowd_of_others() -> None:
    on = sheet(seconds=72 * 3600.0)
    crowd = np.arange(0, 72 * 3600, 13.0)
    styles = np.zeros(len(crowd), np.uint8)
    styles[5000] = 3
    marks = Marks(Spans(crowd, crowd + 2), crowd + 1, styles, ("",) * len(crowd))
    pixels = drawn(lambda painter: drawing.draw_marks(painter, on, Row.OWN, marks), on)
    colour = STYLES[3].qcolor
    assert np.any(np.all(pixels == [colour.red(), colour.green(), colour.blue()], axis=-1))


@pytest.mark.parametrize("enter", [0.01, 0.5, 1.0])
def test_the_operating_point_lies_at_its_score_and_its_number_stays_in_sight(enter: float) -> None:
    on = sheet()
    point = OperatingPoint(enter, enter / 2, 1.0)
    pixels = drawn(lambda painter: drawing.draw_point(painter, on, point, held=False), on)
    colour = QColor(POINT_COLOUR)
    painted = np.abs(pixels - [colour.red(), colour.green(), colour.blue()]).max(axis=-1) == 0
    assert np.flatnonzero(painted[:, 50])[0] == pytest.approx(on.y(enter), abs=2) or enter == 0.01
    down = np.flatnonzero(painted[:, WIDTH - 40 :].any(axis=1))
    assert on.curve.top() - 2 <= down[0]
    assert down[-1] <= on.curve.bottom() + 2


def test_pixel_and_score_lead_to_each_other() -> None:
    on = sheet()
    for score in (0.0, 0.3, 1.0):
        assert on.score(on.y(score)) == pytest.approx(score)
    assert on.ys(np.array([0.3]))[0] == pytest.approx(on.y(0.3))


def test_an_interval_in_the_making_shows_its_length() -> None:
    on = sheet()
    spans = Spans.of([Interval(100, 150)])
    changed = touched(drawn(lambda painter: drawing.draw_draft(painter, on, spans, "50.0 s"), on), on)
    assert changed[20:180, 100:150].all()
    assert changed[:, 153:].any()
