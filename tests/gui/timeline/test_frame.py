"""Seconds become pixels and back; what is short is still seen, and what lies outside is not."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from reviewer_app.domain.window import Interval
from reviewer_app.gui.timeline.frame import Frame, Spans, most_ticks

FRAME = Frame(10.0, 100.0, 1000.0, 200.0)  # a pixel is two seconds


def spans(*edges: tuple[float, float]) -> Spans:
    return Spans.of([Interval(*each) for each in edges])


@given(st.floats(0, 3e5), st.floats(0.5, 3e5), st.floats(1, 4000), st.floats(0, 1))
def test_a_second_comes_back_from_its_pixel(start: float, seconds: float, width: float, share: float) -> None:
    frame = Frame(7.0, width, start, seconds)
    time = start + share * seconds
    assert frame.time(frame.x(time)) == pytest.approx(time, abs=seconds * 1e-6)
    assert frame.xs(np.array([time]))[0] == pytest.approx(frame.x(time))


def test_spans_are_rounded_outwards_to_pixels() -> None:
    assert FRAME.runs(spans((1003, 1007))) == [(11.0, 14.0)]


def test_spans_that_touch_on_the_screen_are_one() -> None:
    assert FRAME.runs(spans((1000, 1011), (1011.5, 1020), (1100, 1102))) == [(10.0, 20.0), (60.0, 61.0)]


def test_spans_may_come_in_any_order_and_overlap() -> None:
    assert FRAME.runs(spans((1100, 1110), (1000, 1020), (1010, 1030))) == [(10.0, 25.0), (60.0, 65.0)]


def test_what_lies_outside_is_cut_off_or_left_out() -> None:
    assert FRAME.runs(spans((0, 1004), (1190, 5000), (0, 1000), (1200, 1300))) == [(10.0, 12.0), (105.0, 110.0)]
    assert FRAME.runs(spans((0, 900))) == []
    assert FRAME.runs(spans()) == []


def test_a_frame_of_a_second_shows_in_three_days() -> None:
    whole = Frame(0.0, 1280.0, 0.0, 72 * 3600.0)
    (run,) = whole.runs(spans((100_000.0, 100_001.0)), least=2)
    assert run[1] - run[0] == 2
    assert run[0] <= whole.x(100_000.5) <= run[1]


@given(st.lists(st.tuples(st.floats(900, 1300), st.floats(0, 50)), max_size=30))
def test_every_span_that_is_in_sight_is_covered(pairs: list[tuple[float, float]]) -> None:
    given_spans = spans(*[(start, start + length) for start, length in pairs])
    runs = FRAME.runs(given_spans)
    assert all(10 <= left < right <= 110 for left, right in runs)
    assert all(one[1] < other[0] for one, other in pairwise(runs))
    for start, length in pairs:
        x = FRAME.x(start + length / 2)
        if 10.01 < x < 109.99 and length > 0:
            assert any(left - 1e-6 <= x <= right + 1e-6 for left, right in runs)


def test_boxes_are_the_runs_as_rectangles() -> None:
    assert FRAME.boxes(spans((1000, 1020)), top=5, height=7) == [QRectF(10, 5, 10, 7)]


def test_times_on_an_axis_have_room_whatever_the_size_of_letters(qtbot: QtBot) -> None:  # metrics need the application
    font = QFont()
    for size in (8, 12, 24):
        font.setPointSize(size)
        metrics = QFontMetricsF(font)
        assert most_ticks(1280, metrics) * metrics.horizontalAdvance("22:00:00 Sat") < 1280 * 1.1
    assert most_ticks(10, metrics) == 2
