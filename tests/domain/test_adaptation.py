import numpy as np
import pytest

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.event import OperatingPoint, event_curve, pick_events
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS, WindowGrid

GRID = WindowGrid(300)


def adaptation(scores: "np.ndarray[tuple[int], np.dtype[np.float32]]", *, deviation: float = 0.5) -> Adaptation:
    return Adaptation(
        np.zeros(5),
        scores,
        np.full(len(scores), deviation, np.float32),
        rater_id=1,
        verdicts=7,
        sureness=0.95,
        ledger_head="h",
    )


def trace_with(onset: float) -> Trace:
    """A low score everywhere, and activity in the bins that see an onset."""
    starts = np.arange(GRID.count) * GRID.stride_seconds
    centres = starts[:, None] + (np.arange(8) + 0.5) * WINDOW_SECONDS / 8
    activity = np.where(np.abs(centres - onset) <= 2 * FRAME_STEP, 0.9, 0.02).astype(np.float32)
    empty = Trace.empty(GRID)
    states = np.full(GRID.count, WindowState.SCORED, np.uint8)
    return Trace(GRID, np.full(GRID.count, 0.1, np.float32), states, activity, empty.quality)


def test_adapted_scores_say_whether_and_activity_still_says_when() -> None:
    onset, point = 100.0, OperatingPoint(0.6, 0.3, 1.0)
    trace = trace_with(onset)
    assert pick_events(event_curve(trace), point) == ()
    middles = np.arange(GRID.count) * GRID.stride_seconds + WINDOW_SECONDS / 2
    scores = np.where(np.abs(middles - onset) < WINDOW_SECONDS / 2, 0.95, 0.1).astype(np.float32)
    (event,) = pick_events(event_curve(adaptation(scores).applied(trace)), point)
    assert abs(event.peak - onset) < FRAME_STEP


def test_what_was_scored_since_keeps_the_bundles_own_score() -> None:
    scores = np.full(GRID.count, 0.7, np.float32)
    scores[100:] = np.nan
    trace = trace_with(50.0)
    applied = adaptation(scores).applied(trace)
    assert np.all(applied.scores[:100] == np.float32(0.7))
    assert np.all(applied.scores[100:] == trace.scores[100:])
    assert applied.activity is trace.activity
    assert not applied.scores.flags.writeable


def test_an_adaptation_of_another_trace_is_refused() -> None:
    with pytest.raises(ValueError, match="10 windows"):
        adaptation(np.zeros(10, np.float32)).applied(trace_with(50.0))
    with pytest.raises(ValueError, match="deviations"):
        Adaptation(np.zeros(5), np.zeros(3, np.float32), np.zeros(4, np.float32), 1, 7, 0.9, "")


def test_how_sure_a_score_is_follows_from_its_deviation() -> None:
    scores = np.array([0.5, 1.0, np.nan], np.float32)
    sure, unsure = adaptation(scores, deviation=0.1), adaptation(scores, deviation=1.0)
    low, high = unsure.interval(0)
    assert (low, high) == pytest.approx((1 / (1 + np.exp(1.96)), 1 / (1 + np.exp(-1.96))))
    assert low < sure.interval(0)[0] < 0.5 < sure.interval(0)[1] < high
    assert 0 < unsure.interval(1)[0] < unsure.interval(1)[1] <= 1
    assert all(np.isnan(edge) for edge in unsure.interval(2))
