"""Traces: what is not scanned never looks scanned, and every second is of exactly one kind."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.trace import Trace, TraceChunk, WindowState
from reviewer_app.domain.window import Interval, WindowGrid, total_seconds

SCORED, GAP, UNDECODABLE, NOT_SCANNED = (
    WindowState.SCORED,
    WindowState.GAP,
    WindowState.UNDECODABLE,
    WindowState.NOT_SCANNED,
)
all_states = st.lists(st.sampled_from(list(WindowState)), min_size=1, max_size=40)
strides = st.integers(1, 16)


def chunk(first: int, states: list[WindowState], *, bins: int = 0) -> TraceChunk:
    n = len(states)
    scores = np.array([0.5 if state is SCORED else np.nan for state in states], np.float32)
    return TraceChunk(
        first,
        scores,
        np.array(states, np.uint8),
        np.zeros((n, bins), np.float32),
        np.zeros((n, len(MEASURES)), np.float32),
        np.zeros((n, 4), np.float16),
    )


def trace(states: list[WindowState], stride: int = 3) -> Trace:
    return Trace.empty(WindowGrid(len(states), stride)).filled(chunk(0, states))


def whole(of: Trace) -> Interval:
    return Interval(0, of.grid.interval(of.grid.count - 1).stop)


# Chunks


@pytest.mark.parametrize(("score", "state"), [(np.nan, SCORED), (0.5, GAP), (0.5, NOT_SCANNED), (0.5, UNDECODABLE)])
def test_a_window_has_a_score_exactly_when_it_was_scored(score: float, state: WindowState) -> None:
    good = chunk(0, [SCORED])
    with pytest.raises(ValueError, match="exactly when its state is SCORED"):
        replace(good, scores=np.array([score], np.float32), states=np.array([state], np.uint8))


@pytest.mark.parametrize("field", ["states", "activity", "quality", "embeddings"])
def test_a_chunk_whose_arrays_differ_in_length_is_refused(field: str) -> None:
    good = chunk(0, [SCORED, GAP])
    with pytest.raises(ValueError, match="differ in length"):
        replace(good, **{field: getattr(good, field)[:1]})


def test_a_chunk_without_all_quality_measures_is_refused() -> None:
    with pytest.raises(ValueError, match="quality must be"):
        replace(chunk(0, [SCORED]), quality=np.zeros((1, 2), np.float32))


def test_shared_arrays_cannot_be_written_to() -> None:
    shared: list[Callable[[], NDArray[np.generic]]] = [
        lambda: chunk(0, [SCORED]).scores,
        lambda: Trace.empty(WindowGrid(3)).scores,
        lambda: trace([SCORED]).states,
    ]
    for array in shared:
        with pytest.raises(ValueError, match="read-only"):
            array()[0] = 1
    with pytest.raises(FrozenInstanceError):
        trace([SCORED]).grid = WindowGrid(1)  # type: ignore[misc]


# Filling


def test_an_empty_trace_has_no_score_at_all() -> None:
    empty = Trace.empty(WindowGrid(4), bins=8)
    assert np.isnan(empty.scores).all()
    assert np.isnan(empty.activity).all()
    assert empty.bins == 8
    assert not empty.finished
    assert list(empty.missing()) == [range(4)]


def test_filling_leaves_the_trace_before_as_it_was() -> None:
    before = Trace.empty(WindowGrid(4))
    after = before.filled(chunk(1, [SCORED, GAP]))
    assert after.states.tolist() == [NOT_SCANNED, SCORED, GAP, NOT_SCANNED]
    assert before.states.tolist() == [NOT_SCANNED] * 4


@pytest.mark.parametrize("first", [-1, 3])
def test_a_chunk_outside_the_grid_is_refused(first: int) -> None:
    with pytest.raises(ValueError, match="is outside 4 windows"):
        Trace.empty(WindowGrid(4)).filled(chunk(first, [SCORED, SCORED]))


@pytest.mark.parametrize("bins", [0, 1, 16])
def test_a_chunk_with_other_bins_is_refused(bins: int) -> None:
    """One bin would otherwise be spread silently over all eight."""
    with pytest.raises(ValueError, match=f"{bins} activity bins"):
        Trace.empty(WindowGrid(4), bins=8).filled(chunk(0, [SCORED], bins=bins))


@given(all_states, st.randoms())
def test_the_order_in_which_chunks_come_makes_no_difference(states: list[WindowState], random: "object") -> None:
    order = list(range(len(states)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = Trace.empty(WindowGrid(len(states)))
    for window in order:
        shuffled = shuffled.filled(chunk(window, [states[window]]))
    assert np.array_equal(shuffled.scores, trace(states).scores, equal_nan=True)
    assert np.array_equal(shuffled.states, trace(states).states)


@given(all_states)
def test_what_is_missing_is_exactly_what_is_not_scanned(states: list[WindowState]) -> None:
    missing = list(trace(states).missing())
    assert [w for run in missing for w in run] == [w for w, state in enumerate(states) if state is NOT_SCANNED]
    assert all(a.stop < b.start for a, b in pairwise(missing))


@given(all_states)
def test_a_scan_is_complete_only_without_anything_missing_or_undecodable(states: list[WindowState]) -> None:
    assert trace(states).finished == (NOT_SCANNED not in states)
    assert trace(states).complete == (not {NOT_SCANNED, UNDECODABLE} & set(states))


# Time


@given(all_states, strides)
def test_every_second_is_of_exactly_one_kind(states: list[WindowState], stride: int) -> None:
    of = trace(states, stride)
    parts = [part for state in WindowState for part in of.time_in(state, within=whole(of))]
    assert sum(part.seconds for part in parts) == pytest.approx(whole(of).seconds)
    assert total_seconds(parts) == pytest.approx(whole(of).seconds)


def test_a_second_that_any_scored_window_sees_counts_as_scored() -> None:
    of = trace([SCORED, UNDECODABLE, UNDECODABLE], stride=8)  # 0-5, 2.5-7.5, 5-10
    assert of.time_in(SCORED, within=whole(of)) == (Interval(0, 5),)
    assert of.time_in(UNDECODABLE, within=whole(of)) == (Interval(5, 10),)


def test_what_is_missing_is_never_made_to_look_smaller_by_a_gap_beside_it() -> None:
    of = trace([NOT_SCANNED, GAP], stride=8)
    assert of.time_in(NOT_SCANNED, within=whole(of)) == (Interval(0, 5),)
    of = trace([UNDECODABLE, NOT_SCANNED], stride=8)
    assert of.time_in(UNDECODABLE, within=whole(of)) == (Interval(0, 5),)


def test_time_is_cut_to_what_was_asked_for() -> None:
    of = trace([SCORED] * 4, stride=16)
    assert of.time_in(SCORED, within=Interval(3, 12)) == (Interval(3, 12),)
    assert of.time_in(GAP, within=Interval(3, 12)) == ()
    half = trace([SCORED, GAP], stride=16)
    assert half.time_in(GAP, within=Interval(0, 5)) == ()
