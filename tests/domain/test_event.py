"""Events: spasms of a cluster are told apart, one spasm stays one event, an operating point is chosen by its price."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.event import (
    LEAST_DISTANCE,
    Cluster,
    Curve,
    Event,
    OperatingPoint,
    choose_operating_point,
    event_curve,
    find_clusters,
    pick_events,
    point_at,
)
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS, Interval, WindowGrid

POINT = OperatingPoint(enter=0.5, leave=0.3, false_alarms_per_hour=1.0)
BINS = 8
TOLERANCE = 2.5


def scanned(seconds: float, onsets: Sequence[float], *, lasting: float = 1.2, bins: int = 0, stride: int = 3) -> Trace:
    """A perfect network: a window scores the share of a spasm that it sees, a bin is active while one lasts."""
    grid = WindowGrid.over(seconds, stride=stride)
    spasms = [Interval(onset, onset + lasting) for onset in onsets]
    windows = [grid.interval(window) for window in range(grid.count)]
    seen = [max((w.overlap(spasm) / lasting for spasm in spasms), default=0.0) for w in windows]
    width = WINDOW_SECONDS / bins if bins else 0
    active = [
        [
            any(Interval(w.start + b * width, w.start + (b + 1) * width).overlap(s) > width / 3 for s in spasms)
            for b in range(bins)
        ]
        for w in windows
    ]
    return replace(
        Trace.empty(grid, bins=bins),
        scores=0.02 + 0.96 * np.array(seen, np.float32),
        states=np.full(grid.count, WindowState.SCORED, np.uint8),
        activity=0.02 + 0.96 * np.array(active, np.float32).reshape(grid.count, bins),
    )


def curve(*values: float, step: float = FRAME_STEP) -> Curve:
    return Curve(0.0, step, np.array(values), step / 2)


def picked(values: Sequence[float], *, step: float = FRAME_STEP, point: OperatingPoint = POINT) -> tuple[Event, ...]:
    return pick_events(curve(*values, step=step), point)


# The curve


def test_without_activity_a_window_s_score_stands_at_its_middle() -> None:
    trace = scanned(20, [10])
    drawn = event_curve(trace)
    assert drawn.time(0) == trace.grid.interval(0).middle
    assert drawn.time(4) == trace.grid.interval(4).middle
    assert np.array_equal(drawn.values, trace.scores.astype(np.float64))


def test_with_activity_the_curve_tells_the_second() -> None:
    drawn = event_curve(scanned(30, [12], bins=BINS))
    top = drawn.time(int(np.argmax(drawn.values)))
    assert 12 <= top <= 13.2
    assert drawn.values[int(5 / FRAME_STEP)] < 0.1


def test_the_score_decides_whether_although_activity_says_when() -> None:
    trace = scanned(30, [12], bins=BINS)
    doubted = replace(trace, scores=np.full_like(trace.scores, 0.01))
    assert event_curve(doubted).values.max() < 0.2 < event_curve(trace).values.max()


def test_where_no_window_was_scored_the_curve_is_unknown() -> None:
    trace = scanned(60, [12], bins=BINS)
    scores = trace.scores.copy()
    scores[20:40] = np.nan
    drawn = event_curve(replace(trace, scores=scores))
    unseen = [k for k in range(trace.grid.frame_count) if 19 * 3 + 16 <= k < 40 * 3]
    assert np.isnan(drawn.values[unseen]).all()
    assert not np.isnan(np.delete(drawn.values, unseen)).any()


# Picking


@given(
    first=st.floats(10, 20),
    gap=st.floats(5, 10),
    lasting=st.floats(0.5, 1.8),
    stride=st.integers(1, 4),
)
def test_two_spasms_five_to_ten_seconds_apart_are_two_events(
    first: float, gap: float, lasting: float, stride: int
) -> None:
    onsets = [first, first + gap]
    events = pick_events(event_curve(scanned(45, onsets, lasting=lasting, bins=BINS, stride=stride)), POINT)
    assert len(events) == 2
    assert all(abs(event.peak - onset) <= TOLERANCE for event, onset in zip(events, onsets, strict=True))


@given(first=st.floats(10, 20), gap=st.floats(7, 10), lasting=st.floats(0.5, 1.8))
def test_so_they_are_on_the_curve_of_window_scores_once_no_window_sees_both(
    first: float, gap: float, lasting: float
) -> None:
    """Nearer than that the network must tell when in the window a spasm goes on."""
    onsets = [first, first + gap]
    events = pick_events(event_curve(scanned(45, onsets, lasting=lasting)), POINT)
    assert len(events) == 2
    assert all(abs(event.peak - onset) <= TOLERANCE for event, onset in zip(events, onsets, strict=True))


@given(onset=st.floats(6, 25), lasting=st.floats(0.5, 3), bins=st.sampled_from([0, 4, 8, 16]))
def test_one_spasm_is_one_event(onset: float, lasting: float, bins: int) -> None:
    (event,) = pick_events(event_curve(scanned(40, [onset], lasting=lasting, bins=bins)), POINT)
    assert abs(event.peak - onset) <= TOLERANCE
    assert event.interval.start <= event.peak < event.interval.stop
    assert event.score > POINT.enter


def test_an_excursion_must_reach_the_upper_threshold_and_lasts_to_the_lower() -> None:
    assert picked([0.1, 0.4, 0.45, 0.4, 0.1]) == ()
    (event,) = picked([0.1, 0.35, 0.6, 0.35, 0.29, 0.1], step=1.0)
    assert event.interval == Interval(0.5, 3.5)
    assert (event.peak, event.score) == (2.0, 0.6)


def test_the_thresholds_themselves_count_as_reached() -> None:
    (event,) = picked([0.1, 0.3, 0.5, 0.3, 0.1], step=1.0)
    assert event.interval == Interval(0.5, 3.5)


def test_a_flickering_curve_stays_one_event() -> None:
    assert len(picked([0.1, 0.6, 0.45, 0.62, 0.4, 0.58, 0.44, 0.6, 0.1])) == 1


def test_a_dip_shorter_than_any_pause_between_spasms_does_not_make_two_of_one() -> None:
    for heights in ((0.9, 0.8), (0.8, 0.9)):
        (event,) = picked([0.1, 0.7, heights[0], 0.1, heights[1], 0.7, 0.1], step=0.5)
        assert event.score == 0.9
        assert event.peak == (1.0 if heights[0] == 0.9 else 2.0)
        assert event.interval == Interval(0.25, 2.75)


def test_a_deep_valley_divides_what_does_not_fall_below_the_lower_threshold() -> None:
    values = [0.1, *[0.9] * 5, *[0.4] * 8, *[0.8] * 5, 0.1]
    assert len(picked(values)) == 2
    shallow = [0.1, *[0.9] * 5, *[0.7] * 8, *[0.8] * 5, 0.1]
    assert len(picked(shallow)) == 1


def test_three_peaks_are_three_events_whatever_their_heights() -> None:
    valley, peak = [0.35] * 12, [0.95] * 4
    for heights in ((0.7, 0.8, 0.95), (0.95, 0.8, 0.7), (0.8, 0.95, 0.7), (0.95, 0.65, 0.95)):
        values = [0.1]
        for height in heights:
            values += [*(height for _ in peak), *valley]
        assert len(picked(values)) == 3


def test_a_part_that_stays_under_the_upper_threshold_is_no_event_of_its_own() -> None:
    values = [0.1, *[0.95] * 4, *[0.31] * 12, *[0.45] * 4, 0.1]
    assert [event.score for event in picked(values)] == [0.95]


@given(st.lists(st.sampled_from([0.05, 0.25, 0.35, 0.45, 0.55, 0.75, 0.95, float("nan")]), min_size=1, max_size=80))
def test_events_of_any_curve_are_ordered_apart_and_over_the_threshold(values: list[float]) -> None:
    events = picked(values)
    assert all(event.score >= POINT.enter for event in events)
    assert all(b.peak - a.peak >= LEAST_DISTANCE for a, b in pairwise(events))
    assert all(event.interval.contains(event.peak) for event in events)
    highest = max((value for value in values if value >= POINT.enter), default=None)
    assert (max(event.score for event in events) if events else None) == highest


@given(st.lists(st.sampled_from([0.05, 0.35, 0.55, 0.75, 0.95]), min_size=1, max_size=60))
def test_what_is_unknown_makes_no_event(values: list[float]) -> None:
    assert picked([float("nan")] * len(values)) == ()


# Operating points

PRICES = [OperatingPoint(enter, enter / 2, rate) for enter, rate in ((0.3, 8.0), (0.5, 2.0), (0.7, 0.9), (0.9, 0.1))]


@pytest.mark.parametrize(("rate", "enter"), [(100.0, 0.3), (2.0, 0.5), (1.0, 0.7), (0.5, 0.9), (0.01, 0.9)])
def test_the_most_sensitive_point_within_the_allowed_false_alarms_is_chosen(rate: float, enter: float) -> None:
    assert choose_operating_point(PRICES, rate).enter == enter
    assert choose_operating_point(PRICES[::-1], rate).enter == enter


def test_without_points_there_is_no_choice() -> None:
    with pytest.raises(ValueError, match="no operating points"):
        choose_operating_point([], 1.0)


@pytest.mark.parametrize(("enter", "leave", "rate"), [(0.5, 0.6, 1), (1.1, 0.5, 1), (0.5, 0.0, 1), (0.5, 0.3, -1)])
def test_what_is_no_operating_point_is_refused(enter: float, leave: float, rate: float) -> None:
    with pytest.raises(ValueError, match="not an operating point"):
        OperatingPoint(enter, leave, rate)


# Clusters


def event(peak: float) -> Event:
    return Event(Interval(max(0.0, peak - 1), peak + 1), peak, 0.9)


@given(st.lists(st.integers(1, 2000), unique=True, max_size=30), st.integers(1, 120))
def test_clusters_divide_the_events_at_every_gap_that_is_longer(peaks: list[int], gap: int) -> None:
    clusters = find_clusters([event(peak) for peak in peaks], gap=gap)
    assert [e.peak for cluster in clusters for e in cluster.events] == sorted(peaks)
    assert all(spacing <= gap for cluster in clusters for spacing in cluster.spacings)
    assert all(b.events[0].peak - a.events[-1].peak > gap for a, b in pairwise(clusters))


def test_a_cluster_reaches_from_its_first_to_its_last_event() -> None:
    long = Event(Interval(10, 40), 12, 0.9)
    (cluster,) = find_clusters([event(20), long])
    assert cluster.interval == Interval(10, 40)
    assert cluster.spacings == (8,)


def test_a_lone_event_is_a_cluster_of_one() -> None:
    assert find_clusters([event(100), event(500)]) == (Cluster((event(100),)), Cluster((event(500),)))
    assert find_clusters([]) == ()


def test_between_calibrated_points_predictions_are_interpolated_and_beyond_them_the_nearest_stands() -> None:
    points = (OperatingPoint(0.8, 0.4, 1.0, 0.6), OperatingPoint(0.6, 0.36, 4.0, 0.8))
    between = point_at(points, 0.7)
    assert between.false_alarms_per_hour == pytest.approx(2.0)  # half way on a logarithmic scale
    assert between.sensitivity == pytest.approx(0.7)
    assert between.leave == pytest.approx(0.7 * 0.55)
    assert point_at(points, 0.9).false_alarms_per_hour == pytest.approx(1.0)
    assert point_at(points, 0.1).false_alarms_per_hour == pytest.approx(4.0)
    assert point_at(points, 0.6) == points[1]
    with pytest.raises(ValueError, match="no operating points"):
        point_at((), 0.5)


def test_of_two_parts_of_an_excursion_only_the_one_that_reaches_the_threshold_is_an_event() -> None:
    strict = OperatingPoint(enter=0.9, leave=0.3, false_alarms_per_hour=1.0)
    found = picked([0.0, 0.95, 0.95, *[0.3] * 10, 0.6, 0.6, 0.0], point=strict)
    assert [event.score for event in found] == [0.95]
