"""Zoom, pan and turn are plain geometry: what is under the cursor stays there, and no place gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from reviewer_app.gui.player.framing import MOST_ZOOM, Framing

PICTURE = QSizeF(1920, 1080)
WIDGET = QSizeF(800, 600)
places = st.tuples(st.floats(0, 800), st.floats(0, 600)).map(lambda xy: QPointF(*xy))


def fraction(framing: Framing, at: QPointF) -> tuple[float, float]:
    place = framing.transform(PICTURE, WIDGET).inverted()[0].map(at)
    return place.x(), place.y()


def test_at_first_the_whole_picture_fills_the_widget_in_its_middle() -> None:
    area = Framing().area(PICTURE, WIDGET)
    assert (area.x(), area.width(), area.height()) == (0, 800, 450)
    assert area.center().y() == 300


@given(at=places, turns=st.integers(0, 3), steps=st.integers(1, 8))
def test_what_is_under_the_cursor_stays_there_while_zooming_in(at: QPointF, turns: int, steps: int) -> None:
    framing = Framing(turns=turns)
    area = framing.area(PICTURE, WIDGET)
    for _ in range(steps):
        before = fraction(framing, at)
        zoomed = framing.zoomed(1.25, at=at, picture=PICTURE, widget=WIDGET)
        area = zoomed.area(PICTURE, WIDGET)
        if area.width() > 800 and area.height() > 600 and framing.area(PICTURE, WIDGET).contains(at):
            # Where borders hold the picture back, it may move.
            inside = area.left() < -1 and area.top() < -1 and area.right() > 801 and area.bottom() > 601
            if inside:
                assert fraction(zoomed, at) == pytest.approx(before, abs=1e-6)
        framing = zoomed


@given(turns=st.integers(0, 3), moves=st.lists(places, max_size=6), zoom=st.floats(1, MOST_ZOOM))
def test_no_drag_leaves_more_emptiness_than_there_must_be(turns: int, moves: list[QPointF], zoom: float) -> None:
    framing = Framing(turns=turns).zoomed(zoom, at=QPointF(10, 10), picture=PICTURE, widget=WIDGET)
    for move in moves:
        framing = framing.moved(move, picture=PICTURE, widget=WIDGET)
        area = framing.area(PICTURE, WIDGET)
        for low, high, room in ((area.left(), area.right(), 800), (area.top(), area.bottom(), 600)):
            if high - low >= room:
                assert low <= 1e-6
                assert high >= room - 1e-6
            else:
                assert low == pytest.approx(room - high)


@given(at=places)
def test_four_turns_are_none_and_one_is_clockwise(at: QPointF) -> None:
    framing = Framing().zoomed(3.0, at=at, picture=PICTURE, widget=WIDGET)
    turned = framing
    for _ in range(4):
        turned = turned.turned()
    assert turned.turns == 0
    assert turned.centre == pytest.approx(framing.centre)
    right = Framing().turned().transform(PICTURE, WIDGET)
    assert right.map(QPointF(0, 0)).x() > right.map(QPointF(0, 1)).x()  # the upper edge lies on the right
    assert right.map(QPointF(0, 0)).y() < right.map(QPointF(1, 0)).y()
    assert turned.centre == pytest.approx(framing.centre)
    # What was in the middle stays there.
    one = framing.turned()
    middle = QPointF(400, 300)
    assert fraction(one, middle) == pytest.approx(fraction(framing, middle), abs=1e-6)


def test_zoom_ends_at_the_whole_picture_and_at_single_pixels() -> None:
    framing = Framing().zoomed(1e6, at=QPointF(1, 1), picture=PICTURE, widget=WIDGET)
    assert framing.zoom == MOST_ZOOM
    assert framing.zoomed(1e-6, at=QPointF(1, 1), picture=PICTURE, widget=WIDGET) == Framing()


def test_without_a_picture_nothing_happens() -> None:
    nothing = QSizeF()
    assert Framing().zoomed(2.0, at=QPointF(1, 1), picture=nothing, widget=WIDGET) == Framing()
    assert Framing().moved(QPointF(5, 5), picture=nothing, widget=WIDGET) == Framing()
