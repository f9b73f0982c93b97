from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.quality import EARLIER_MEASURES, MEASURES
from reviewer_app.domain.trace import Trace, TraceChunk, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.errors import StoreError
from reviewer_app.store import recordings, traces
from reviewer_app.store.library import Library
from reviewer_app.store.schema import trace_chunks
from tests.store import examples


def same(one: Trace, other: Trace) -> bool:
    """Equal to the last bit, NaN included."""
    names = ("scores", "states", "activity", "quality")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    return one.grid == other.grid and all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs)


def test_a_new_trace_is_all_not_scanned(library: Library) -> None:
    trace_id = examples.begin(library)
    assert same(traces.load(library, trace_id), Trace.empty(WindowGrid(1000), bins=examples.BINS))


def test_a_trace_equals_the_chunks_that_were_appended_bit_by_bit(library: Library) -> None:
    trace_id = examples.begin(library)
    expected = Trace.empty(WindowGrid(1000), bins=examples.BINS)
    for part in (examples.chunk(64, 64), examples.chunk(0, 64), examples.chunk(990, 10, state=WindowState.GAP)):
        traces.append(library, trace_id, part)
        expected = expected.filled(part)
    loaded = traces.load(library, trace_id)
    assert same(loaded, expected)
    assert list(loaded.missing()) == [range(128, 990)]
    assert not loaded.scores.flags.writeable


def test_visibility_is_kept_where_it_is_known_and_traces_without_it_stay_as_earlier_versions_wrote_them(
    library: Library,
) -> None:
    trace_id = examples.begin(library)
    seen, unseen = examples.chunk(0, 64), examples.chunk(64, 64)
    quality = unseen.quality.copy()
    quality[:, MEASURES.index("visibility")] = np.nan
    unseen = replace(unseen, quality=quality)
    traces.append(library, trace_id, seen)
    traces.append(library, trace_id, unseen)
    assert same(traces.load(library, trace_id), Trace.empty(WindowGrid(1000), bins=8).filled(seen).filled(unseen))
    with library.reading() as connection:
        sizes = connection.execute(select(func.length(trace_chunks.c.quality)).order_by(trace_chunks.c.first))
        assert [size for (size,) in sizes] == [64 * 4 * len(MEASURES), 64 * 4 * EARLIER_MEASURES]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, 199), max_size=8), order=st.randoms(use_true_random=False))
def test_chunks_of_any_size_in_any_order_give_the_same_trace(library: Library, cuts: set[int], order: Random) -> None:
    expected = Trace.empty(WindowGrid(200), bins=examples.BINS).filled(examples.chunk(0, 200))
    edges = [0, *sorted(cuts), 200]
    parts = list(pairwise(edges))
    order.shuffle(parts)
    trace_id = examples.begin(library, windows=200)
    for first, stop in parts:
        traces.append(library, trace_id, examples.chunk(first, stop - first))
    assert same(traces.load(library, trace_id), expected)
    traces.delete(library, trace_id)


@pytest.mark.parametrize(("first", "count"), [(10, 10), (0, 11), (19, 1), (5, 30), (12, 2), (19, 30)])
def test_a_window_that_is_stored_already_is_refused(library: Library, first: int, count: int) -> None:
    trace_id = examples.begin(library)
    traces.append(library, trace_id, examples.chunk(10, 10))
    with pytest.raises(StoreError, match=r"NOT SAVED.*stored already"):
        traces.append(library, trace_id, examples.chunk(first, count))
    traces.append(library, trace_id, examples.chunk(20, 10))
    assert np.count_nonzero(traces.load(library, trace_id).states) == 20


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: replace(c, first=-1),
        lambda c: replace(c, first=991),
        lambda _: examples.chunk(5, 0),
        lambda c: replace(c, activity=c.activity[:, 1:]),
        lambda c: replace(c, embeddings=c.embeddings[:, 1:]),
        lambda c: replace(c, states=np.zeros(10, np.uint8), scores=np.full(10, np.nan, np.float32)),
    ],
    ids=["before", "behind", "empty", "bins", "features", "without a state"],
)
def test_a_chunk_that_does_not_fit_is_refused(library: Library, wrong: Callable[[TraceChunk], TraceChunk]) -> None:
    trace_id = examples.begin(library)
    with pytest.raises(ValueError, match=r"does not fit|only windows with a state"):
        traces.append(library, trace_id, wrong(examples.chunk(0, 10)))
    assert not traces.load(library, trace_id).states.any()


def test_embeddings_come_back_for_any_windows_in_any_order(library: Library) -> None:
    trace_id = examples.begin(library)
    traces.append(library, trace_id, examples.chunk(0, 64))
    traces.append(library, trace_id, examples.chunk(128, 64))
    found = traces.embeddings(library, trace_id, [130, 3, 3, 100, 63])
    assert found.dtype == np.float16
    assert found.shape == (5, examples.FEATURES)
    np.testing.assert_array_equal(found[:, 0], [130, 3, 3, np.nan, 63])


def test_no_windows_have_no_embeddings(library: Library) -> None:
    assert traces.embeddings(library, examples.begin(library), []).shape == (0, examples.FEATURES)


def test_the_same_identity_is_the_same_trace(library: Library) -> None:
    assert examples.begin(library) == examples.begin(library)


def test_each_part_of_the_identity_makes_another_trace(library: Library) -> None:
    night, other = examples.night(), examples.night(mark="f")
    named = examples.identity(night)
    crop = Crop(0.1, 0.1, 0.9, 0.9)
    identities = [
        named,
        replace(named, bundle="d" * 64),
        replace(named, clip_spec="e" * 64),
        replace(named, stride=4),
        replace(named, crop=crop),
        replace(named, crop=replace(crop, left=0.1 + 1e-9)),
        examples.identity(other),
    ]
    numbers = {night.identity: recordings.add(library, night), other.identity: recordings.add(library, other)}
    made = []
    for each in identities:
        grid = WindowGrid(9, each.stride)
        number = numbers[each.recording]
        made.append(traces.begin(library, number, each, grid, bins=8, features=6, bundle_name="starter"))
    assert len(set(made)) == len(identities)
    assert [summary.identity for summary in traces.summaries(library)] == identities


def test_a_trace_of_another_shape_is_refused_rather_than_mixed(library: Library) -> None:
    examples.begin(library, windows=1000)
    with pytest.raises(StoreError, match="other windows"):
        examples.begin(library, windows=999)


def test_a_trace_is_kept_under_its_own_recording_only(library: Library) -> None:
    number = recordings.add(library, examples.night())
    foreign = examples.identity(examples.night(mark="f"))
    with pytest.raises(StoreError, match="not the one that was scanned"):
        traces.begin(library, number, foreign, WindowGrid(9), bins=8, features=6, bundle_name="starter")


def test_a_grid_of_another_stride_is_refused(library: Library) -> None:
    night = examples.night()
    number = recordings.add(library, night)
    with pytest.raises(ValueError, match="stride 5"):
        traces.begin(library, number, examples.identity(night), WindowGrid(9, 5), bins=8, features=6, bundle_name="x")


def test_skips_come_back_in_the_order_in_which_they_were_found(library: Library) -> None:
    trace_id = examples.begin(library)
    traces.add_skip(library, trace_id, Interval(50, 55), "crash")
    traces.add_skip(library, trace_id, Interval(10, 12.5), "undecodable")
    other = examples.begin(library, bundle="d")
    assert traces.skips(library, trace_id) == ((Interval(50, 55), "crash"), (Interval(10, 12.5), "undecodable"))
    assert traces.skips(library, other) == ()


def test_a_summary_names_the_bundle_and_says_how_much_is_stored(library: Library) -> None:
    trace_id = examples.begin(library)
    traces.append(library, trace_id, examples.chunk(0, 64))
    traces.append(library, trace_id, examples.chunk(64, 6, state=WindowState.GAP))
    summary = traces.summary(library, trace_id)
    assert (summary.trace_id, summary.recording_id) == (trace_id, 1)
    assert (summary.bundle_name, summary.stored) == ("starter 1", 70)
    assert (summary.grid, summary.bins, summary.features) == (WindowGrid(1000), examples.BINS, examples.FEATURES)
    assert summary.identity == examples.identity(examples.night())
    assert abs((datetime.now(UTC) - summary.created_at).total_seconds()) < 3600


def test_summaries_can_be_of_one_recording(library: Library) -> None:
    examples.begin(library)
    second = examples.begin(library, recording=examples.night(mark="f"))
    number = traces.summary(library, second).recording_id
    assert [each.trace_id for each in traces.summaries(library, recording_id=number)] == [second]
    assert len(traces.summaries(library)) == 2


def test_a_deleted_trace_is_gone_whole_and_its_id_is_not_given_again(library: Library) -> None:
    kept, trace_id = examples.begin(library, bundle="d"), examples.begin(library)
    for each in (kept, trace_id):
        traces.append(library, each, examples.chunk(0, 64))
        traces.add_skip(library, each, Interval(1, 2), "crash")
    traces.delete(library, trace_id)
    assert [summary.trace_id for summary in traces.summaries(library)] == [kept]
    assert np.count_nonzero(traces.load(library, kept).states) == 64
    anew = examples.begin(library)
    assert anew > trace_id
    assert traces.skips(library, anew) == ()
    assert not traces.load(library, anew).states.any()


def test_an_unknown_trace_is_refused(library: Library) -> None:
    for act in (
        lambda: traces.load(library, 5),
        lambda: traces.summary(library, 5),
        lambda: traces.embeddings(library, 5, [1]),
        lambda: traces.append(library, 5, examples.chunk(0, 1)),
        lambda: traces.add_skip(library, 5, Interval(0, 1), "crash"),
        lambda: traces.delete(library, 5),
    ):
        with pytest.raises(StoreError, match="no trace 5"):
            act()


def test_a_chunk_of_the_wrong_length_is_named_rather_than_shown(library: Library) -> None:
    trace_id = examples.begin(library)
    traces.append(library, trace_id, examples.chunk(0, 64))
    with library.atomic() as connection:
        connection.execute(update(trace_chunks).values(scores=b"1234"))
    with pytest.raises(StoreError, match="wrong length"):
        traces.load(library, trace_id)
