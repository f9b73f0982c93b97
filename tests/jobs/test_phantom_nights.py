from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, WindowGrid
from reviewer_app.jobs.phantom_nights import NightPlan, compare
from reviewer_app.phantom.record import PhantomNight
from reviewer_app.phantom.scene import SceneKind
from reviewer_app.phantom.truth import CUT, TruthEvent

SECONDS = 120.0


def trace_with_peaks(peaks: dict[float, float]) -> Trace:
    """A trace whose windows and bins see an activity of the given height at the given seconds."""
    grid = WindowGrid.over(SECONDS, stride=1)
    course = np.full(grid.frame_count, 0.001)
    for second, height in peaks.items():
        frame = int(second / FRAME_STEP)
        course[frame : frame + 2] = height
    windows = np.lib.stride_tricks.sliding_window_view(course, FRAMES_PER_WINDOW)
    return replace(
        Trace.empty(grid, bins=16),
        scores=windows.max(axis=1).astype(np.float32),
        states=np.full(grid.count, WindowState.SCORED, np.uint8),
        activity=windows.astype(np.float32),
    )


def night_with(*events: TruthEvent) -> PhantomNight:
    return PhantomNight("P", datetime(2026, 1, 1), SECONDS, (), None, Path("truth.tsv"), events)


def spasm(onset: float, *, cluster: int = 0) -> TruthEvent:
    return TruthEvent(onset, 1.2, "spasm", cluster=cluster)


def test_each_spasm_gets_the_event_that_found_it() -> None:
    trace = trace_with_peaks({20.0: 0.9, 40.0: 0.5, 80.0: 0.7})
    outcome = compare(SceneKind.WARD, trace, night_with(spasm(19.5, cluster=1), spasm(60.0), spasm(79.0)))
    assert outcome.spasm_peaks == pytest.approx((0.9, 0.0, 0.7), abs=0.05)
    assert outcome.false_peaks == pytest.approx((0.5,), abs=0.05)
    assert outcome.spasm_clusters == (1, 0, 0)


def test_what_is_counted_in_a_cluster_includes_false_events_between_its_spasms() -> None:
    trace = trace_with_peaks({20.0: 0.9, 30.0: 0.9, 40.0: 0.5, 60.0: 0.9, 90.0: 0.9})
    truth = [spasm(onset - 0.5, cluster=1) for onset in (20.0, 40.0, 50.0, 60.0)]
    outcome = compare(SceneKind.WARD, trace, night_with(*truth))
    assert outcome.cluster_counts(0.3) == ((4, 4),)
    assert outcome.cluster_counts(0.7) == ((3, 4),)
    assert outcome.false_clusters.count(0) == 1


def test_one_event_finds_one_spasm_only() -> None:
    outcome = compare(SceneKind.WARD, trace_with_peaks({20.0: 0.9}), night_with(spasm(19.0), spasm(21.5)))
    assert sorted(outcome.spasm_peaks) == pytest.approx([0.0, 0.9], abs=0.05)


def test_an_event_beside_a_cut_counts_neither_for_nor_against() -> None:
    trace = trace_with_peaks({20.0: 0.9, 60.0: 0.8})
    outcome = compare(SceneKind.HOME, trace, night_with(TruthEvent(60.5, 0.0, CUT)))
    assert outcome.false_peaks == pytest.approx((0.9,), abs=0.05)


def test_only_time_that_was_scored_is_counted() -> None:
    trace = trace_with_peaks({})
    states = trace.states.copy()
    states[: len(states) // 2] = WindowState.GAP
    scores = np.where(states == WindowState.GAP, np.nan, trace.scores).astype(np.float32)
    whole = compare(SceneKind.WARD, trace, night_with()).hours
    assert compare(SceneKind.WARD, replace(trace, states=states, scores=scores), night_with()).hours < 0.55 * whole
    assert whole == pytest.approx(SECONDS / 3600, rel=0.1)


def test_a_night_in_which_shots_would_repeat_is_refused() -> None:
    with pytest.raises(ValueError, match="seen twice"):
        NightPlan(SceneKind.WARD, 1, clusters=1, seconds=5000)
