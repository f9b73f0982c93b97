import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.learning.teach import APART, BEYOND, MOST, most_telling

GRID = WindowGrid(400)


def trace(bins: int = 0) -> Trace:
    empty = Trace.empty(GRID, bins=bins)
    activity = np.full((GRID.count, bins), 0.1, np.float32)
    if bins:
        activity[:, 5] = 0.81
    states = np.full(GRID.count, WindowState.SCORED, np.uint8)
    return Trace(GRID, np.full(GRID.count, 0.1, np.float32), states, activity, empty.quality)


def all_of(value: float) -> NDArray[np.float32]:
    return np.full(GRID.count, value, np.float32)


def test_the_least_sure_window_near_the_operating_point_comes_first() -> None:
    scores, deviations = all_of(0.01).astype(np.float64), all_of(1.0)
    scores[[50, 100, 150]] = 0.6, 0.6, 0.99
    deviations[[50, 100, 150]] = 0.5, 1.5, 1.5
    first, second, *_ = most_telling(trace(), scores, deviations, enter=0.6, judged=())
    assert first == GRID.interval(100).middle
    assert second == GRID.interval(50).middle


def test_moments_are_spread_in_time_and_not_more_than_one_sitting() -> None:
    found = most_telling(trace(), all_of(0.5).astype(np.float64), all_of(1.0), enter=0.5, judged=())
    assert 2 < len(found) <= MOST
    assert np.diff(np.sort(found)).min() >= APART


def test_what_was_judged_and_what_was_not_scored_is_not_asked_about() -> None:
    scores = all_of(0.5).astype(np.float64)
    scores[200:] = np.nan
    judged = [Interval(0.0, 60.0), Interval(90.0, 91.0)]
    found = most_telling(trace(), scores, all_of(1.0), enter=0.5, judged=judged)
    assert found
    assert max(found) < GRID.interval(200).middle
    for moment in found:
        assert all(moment <= each.start - BEYOND or moment >= each.stop + BEYOND for each in judged)
    assert most_telling(trace(), np.full(GRID.count, np.nan), all_of(1.0), enter=0.5, judged=()) == ()


def test_the_moment_is_where_most_goes_on() -> None:
    scores = all_of(0.001).astype(np.float64)
    scores[80] = 0.49
    first, *_ = most_telling(trace(bins=8), scores, all_of(1.0), enter=0.63, judged=())
    assert first == GRID.interval(80).start + 5.5 * 5.0 / 8
