"""Windows: half-open intervals, and a grid that leaves no second of a recording out."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.window import (
    DEFAULT_STRIDE,
    FRAME_STEP,
    FRAMES_PER_WINDOW,
    WINDOW_SECONDS,
    Interval,
    WindowGrid,
    frame_time,
    subtract,
    total_seconds,
    union,
)

seconds = st.integers(0, 60).map(float)
intervals = st.lists(st.tuples(seconds, seconds).map(lambda pair: Interval(min(pair), max(pair))), max_size=8)
MOMENTS = [each / 2 for each in range(121)]  # every bound and every point between two bounds


def covered(parts: "list[Interval] | tuple[Interval, ...]", time: float) -> bool:
    return any(part.contains(time) for part in parts)


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (3, 2), (0, math.inf), (math.nan, 1), (0, math.nan)])
def test_what_is_no_interval_is_refused(start: float, stop: float) -> None:
    with pytest.raises(ValueError, match="not an interval"):
        Interval(start, stop)


def test_an_interval_holds_its_start_but_not_its_stop() -> None:
    interval = Interval(2, 5)
    assert interval.contains(2)
    assert not interval.contains(5)
    assert (interval.seconds, interval.middle) == (3, 3.5)


def test_touching_intervals_do_not_overlap() -> None:
    other = Interval(5, 8)
    assert Interval(0, 5).overlap(other) == 0
    assert Interval(0, 6).overlap(other) == other.overlap(Interval(0, 6)) == 1


@given(intervals)
def test_a_union_is_the_same_time_in_order_and_disjoint(parts: list[Interval]) -> None:
    merged = union(parts)
    assert all(covered(parts, time) == covered(merged, time) for time in MOMENTS)
    assert all(a.stop < b.start for a, b in pairwise(merged))
    assert all(part.seconds > 0 for part in merged)
    assert union(merged) == merged


@given(intervals, intervals)
def test_subtracting_leaves_exactly_what_is_not_in_a_hole(parts: list[Interval], holes: list[Interval]) -> None:
    left = subtract(parts, holes)
    assert all(covered(left, time) == (covered(parts, time) and not covered(holes, time)) for time in MOMENTS)


@given(intervals, intervals)
def test_time_is_neither_lost_nor_counted_twice(parts: list[Interval], holes: list[Interval]) -> None:
    cut_out = subtract(parts, subtract(parts, holes))
    assert total_seconds(subtract(parts, holes)) + total_seconds(cut_out) == total_seconds(parts)


def test_joining_bridges_a_gap_up_to_its_width() -> None:
    parts = [Interval(0, 1), Interval(2, 3), Interval(4.5, 5)]
    assert union(parts, join=1) == (Interval(0, 3), Interval(4.5, 5))
    assert union(parts, join=1.5) == (Interval(0, 5),)


@given(st.floats(0, 200_000), st.integers(1, FRAMES_PER_WINDOW))
def test_the_windows_leave_no_second_out_and_none_lies_wholly_beyond_the_end(length: float, stride: int) -> None:
    grid = WindowGrid.over(length, stride=stride)
    last = grid.interval(grid.count - 1)
    assert grid.interval(0).start == 0
    assert last.stop >= length - 1e-6
    assert grid.count == 1 or last.stop - length < grid.stride_seconds
    assert grid.stride_seconds <= WINDOW_SECONDS  # so that each window begins before the one before it ends


@given(st.integers(1, 10_000), st.integers(1, FRAMES_PER_WINDOW))
def test_a_window_is_made_of_sixteen_frames_of_the_shared_grid(count: int, stride: int) -> None:
    grid = WindowGrid(count, stride)
    last = count - 1
    assert grid.first_frame(last) * FRAME_STEP == grid.interval(last).start
    assert grid.frame_count == grid.first_frame(last) + FRAMES_PER_WINDOW
    assert grid.interval(last).seconds == WINDOW_SECONDS


def test_five_seconds_are_one_window_and_a_hair_more_are_two() -> None:
    assert WindowGrid.over(WINDOW_SECONDS).count == 1
    assert WindowGrid.over(WINDOW_SECONDS + 0.01).count == 2
    assert WindowGrid.over(0.2).count == 1
    assert WindowGrid.over(60).stride == DEFAULT_STRIDE


@pytest.mark.parametrize(("count", "stride"), [(0, 3), (5, 0), (5, -3), (5, FRAMES_PER_WINDOW + 1)])
def test_a_grid_without_windows_or_with_seconds_between_them_is_refused(count: int, stride: int) -> None:
    with pytest.raises(ValueError, match="not a window grid"):
        WindowGrid(count, stride)


@pytest.mark.parametrize("window", [-1, 5])
def test_a_window_outside_the_grid_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match=f"no window {window}"):
        WindowGrid(5).interval(window)


def test_a_frame_stands_for_the_middle_of_its_cell() -> None:
    assert frame_time(0) == FRAME_STEP / 2
    assert frame_time(16) - frame_time(0) == WINDOW_SECONDS
