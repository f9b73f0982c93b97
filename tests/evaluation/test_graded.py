"""One grading holds at every threshold: as many spasms as could be matched by the events that reach it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.event import Event
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.graded import grade
from reviewer_app.evaluation.scoring import match_onsets

EVERYWHERE = (Interval(0, 1000),)


def event(peak: float, score: float) -> Event:
    return Event(Interval(max(0.0, peak - 0.5), peak + 0.5), peak, score)


def spasms(*onsets: float) -> list[Interval]:
    return [Interval(onset, onset + 1) for onset in onsets]


def test_a_low_event_does_not_take_a_spasm_from_a_high_one_that_comes_later() -> None:
    graded = grade(spasms(20), [event(18, 0.1), event(20.5, 0.9)], analysable=EVERYWHERE)
    assert graded.spasm_peaks == (0.9,)
    assert graded.false_peaks == (0.1,)


def test_a_spasm_without_an_event_has_no_height() -> None:
    graded = grade(spasms(20, 60), [event(60, 0.7)], analysable=EVERYWHERE)
    assert graded.spasm_peaks == (0.0, 0.7)
    assert graded.found[0] is None


def test_what_begins_outside_analysable_time_counts_neither_way() -> None:
    graded = grade(spasms(20, 60), [event(20, 0.8), event(60, 0.7), event(40, 0.6)], analysable=(Interval(50, 86),))
    assert graded.spasm_peaks == (0.7,)
    assert graded.false_peaks == ()
    assert graded.hours == pytest.approx(0.01)


tenths = st.integers(0, 300).map(lambda value: value / 10)


@given(
    st.lists(tenths, unique=True, max_size=8).map(sorted),
    st.lists(st.tuples(tenths, st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9])), max_size=10),
    st.sampled_from([0.05, 0.2, 0.4, 0.6, 0.8]),
)
def test_at_every_threshold_the_counts_are_those_of_the_matching(
    onsets: list[float], candidates: list[tuple[float, float]], bar: float
) -> None:
    events = [event(*each) for each in candidates]
    graded = grade(spasms(*onsets), events, analysable=EVERYWHERE)
    over = [each.peak for each in events if each.score >= bar]
    matched = len(match_onsets(onsets, over, tolerance=2.5))
    assert sum(peak >= bar for peak in graded.spasm_peaks) == matched
    assert sum(peak >= bar for peak in graded.false_peaks) == len(over) - matched
