"""N, P, U and the way on after a verdict follow the list where a person has sorted it otherwise."""

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.triage import Seek
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.event_list import EventList
from reviewer_app.gui.triage.event_rows import Kind, Order
from tests.gui.subjects import review_of
from tests.gui.triage.nights import flag_often


@pytest.fixture
def review(qtbot: QtBot) -> Review:
    """A hundred flags whose scores rise and fall many times."""
    review, _ = review_of()
    flag_often(review, 100)
    return review


@pytest.fixture
def events(review: Review, qtbot: QtBot) -> EventList:
    events = EventList(review)
    qtbot.addWidget(events)
    return events


def keys_met(review: Review, seek: Seek, steps: int) -> list[str]:
    met = []
    for _ in range(steps):
        assert review.next_flag(seek)
        assert review.current is not None
        met.append(review.current.key)
    return met


def test_in_order_of_time_the_keys_go_from_the_playhead(review: Review, events: EventList) -> None:
    review.set_position(review.candidates[50].peak - 5)
    assert keys_met(review, Seek.NEXT, 2) == [each.key for each in review.candidates[50:52]]


def test_sorted_by_score_the_keys_go_down_the_list_and_up_again(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    rows = [each.key for each in events.model.rows]
    review.set_position(900.0)  # the playhead plays no part
    assert keys_met(review, Seek.NEXT, 5) == rows[:5]
    assert keys_met(review, Seek.PREVIOUS, 2) == [rows[3], rows[2]]
    for _ in range(2):
        review.next_flag(Seek.PREVIOUS)
    assert not review.next_flag(Seek.PREVIOUS), "above the first row is nothing"
    events.filter.sort(Order.TIME, descending=True)
    review.select([])
    assert keys_met(review, Seek.NEXT, 2) == [each.key for each in reversed(review.candidates[-2:])]


def test_after_a_verdict_the_next_open_row_comes(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    rows = [each.key for each in events.model.rows]
    review.select([rows[1]])
    review.judge(Label.NOT_SPASM)
    assert review.current is not None
    assert review.current.key == rows[2]
    review.select([rows[0]])
    review.judge(Label.SPASM)
    assert review.current.key == rows[2], "the second row has its verdict"


def test_a_row_that_leaves_the_filtered_list_does_not_lose_the_place(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    events.filter.kind_box.setCurrentIndex(events.filter.kind_box.findText("Without my verdict"))
    assert events.filter.wanted.kind is Kind.OPEN
    rows = [each.key for each in events.model.rows]
    review.select([rows[3]])
    review.judge(Label.ARTEFACT)
    assert review.current is not None
    assert review.current.key == rows[4]


def test_a_forgotten_filter_hides_no_flag_from_the_keys(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    rows = [each.key for each in events.model.rows]
    events.filter.kind_box.setCurrentIndex(events.filter.kind_box.findText("◆ Unsure"))
    assert events.model.rows == []
    assert keys_met(review, Seek.NEXT, 3) == rows[:3]


def test_the_next_cluster_is_always_the_next_in_time(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    review.select([review.candidates[0].key])
    review.next_flag(Seek.CLUSTER)
    assert review.current is not None
    assert review.current.cluster == 2


def test_back_in_order_of_time_the_keys_follow_time_again(review: Review, events: EventList) -> None:
    events.filter.sort(Order.SCORE, descending=False)
    events.filter.sort(Order.TIME, descending=False)
    review.select([review.candidates[10].key])
    assert keys_met(review, Seek.NEXT, 1) == [review.candidates[11].key]
