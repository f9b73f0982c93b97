import threading
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.source import FrameSource, GridFrame, Scorer
from reviewer_app.domain.trace import Trace, TraceIdentity, WindowState
from reviewer_app.domain.window import FRAME_STEP, Interval, WindowGrid
from reviewer_app.errors import MediaError
from reviewer_app.jobs import sweep as sweeping
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import ChunkStored, Heartbeat, Message, Remark, ScanProgress
from reviewer_app.jobs.sweep import Shape, StoredTrace, Sweep, sweep_patiently
from reviewer_app.store import recordings, traces
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.jobs.fakes import FakeScorer, FakeSource
from tests.store.examples import night


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", keys=KeyFile(tmp_path / "key")) as opened:
        yield opened


def stored_trace(library: Library, *, windows: int = 100) -> StoredTrace:
    recording = night()
    number = recordings.add(library, recording)
    shape = Shape(WindowGrid(windows), 8, 4)
    identity = TraceIdentity(recording.identity, "bundle", "spec", 3, WHOLE_PICTURE)
    trace_id = traces.begin(library, number, identity, shape.grid, bins=8, features=4, bundle_name="b")
    return StoredTrace(library, trace_id, shape)


def swept(stored: StoredTrace, source: FrameSource, scorer: Scorer | None = None) -> Sweep:
    return Sweep(stored, source, scorer or FakeScorer(), Control(get_context("spawn")), 0)


def load(stored: StoredTrace) -> Trace:
    return traces.load(stored.library, stored.trace_id)


def test_every_window_is_stored_with_the_score_of_its_own_frames(library: Library) -> None:
    stored = stored_trace(library)
    messages = list(swept(stored, FakeSource()).messages())
    trace = load(stored)
    assert trace.complete
    expected = np.arange(100) * 3 % 251 / 256
    np.testing.assert_array_equal(trace.scores, expected.astype(np.float32))
    np.testing.assert_array_equal(trace.activity[:, 7], expected.astype(np.float32))
    embeddings = traces.embeddings(library, stored.trace_id, range(100))
    np.testing.assert_array_equal(embeddings[:, 0], np.arange(100) * 3 % 251)
    assert [m for m in messages if isinstance(m, ScanProgress)][-1].done == 100


def test_chunks_are_stored_as_they_come_each_at_most_30_seconds_long(library: Library) -> None:
    stored = stored_trace(library)
    sizes = []
    for message in swept(stored, FakeSource()).messages():
        if isinstance(message, ChunkStored):
            sizes.append(len(message.chunk.scores))
            assert int(np.sum(load(stored).states == WindowState.SCORED)) == sum(sizes)
    assert sum(sizes) == 100
    assert len(sizes) > 1
    # Up to one batch may be waiting when a chunk is closed.
    assert max(sizes) <= sweeping.CHUNK_SECONDS / (3 * FRAME_STEP) + sweeping.LARGEST_BATCH


def test_a_sweep_stopped_anywhere_goes_on_to_bit_equal_scores(library: Library) -> None:
    whole = stored_trace(library)
    list(swept(whole, FakeSource()).messages())
    expected = load(whole)
    traces.delete(library, whole.trace_id)
    stored = stored_trace(library)
    rng = np.random.default_rng(1)
    while not load(stored).finished:
        messages = swept(stored, FakeSource()).messages()
        for _ in range(int(rng.integers(1, 30))):
            if next(messages, None) is None:
                break
        messages.close()
    trace = load(stored)
    for name in ("scores", "states", "activity", "quality"):
        np.testing.assert_array_equal(getattr(trace, name), getattr(expected, name))


def test_only_missing_windows_are_computed_again(library: Library) -> None:
    stored = stored_trace(library)
    messages = swept(stored, FakeSource()).messages()
    while not isinstance(next(messages), ChunkStored):
        pass
    messages.close()
    done = int(np.sum(load(stored).states != WindowState.NOT_SCANNED))
    scorer, source = FakeScorer(), FakeSource()
    list(swept(stored, source, scorer).messages())
    assert sum(scorer.batches) == 100 - done
    assert min(source.given) == done * 3


def test_a_hole_is_remembered_to_the_grid_frame_and_its_windows_are_not_scored(library: Library) -> None:
    stored = stored_trace(library)
    list(swept(stored, FakeSource(undecodable=range(60, 90), gaps=range(150, 170))).messages())
    trace = load(stored)
    states = set(trace.states.tolist())
    assert states == {WindowState.SCORED, WindowState.UNDECODABLE, WindowState.GAP}
    assert trace.states[20] == WindowState.UNDECODABLE
    assert np.isnan(trace.scores[20])
    holes = list(traces.skips(library, stored.trace_id))
    assert holes == [(Interval(60 * FRAME_STEP, 90 * FRAME_STEP), "undecodable")]


def test_cancelling_ends_the_decoder_thread(library: Library) -> None:
    messages = swept(stored_trace(library, windows=5000), FakeSource()).messages()
    next(messages)
    messages.close()
    assert not any(thread.name == "decoder" for thread in threading.enumerate())


def test_a_paused_sweep_beats_and_scores_nothing(library: Library) -> None:
    stored = stored_trace(library)
    sweep = swept(stored, FakeSource())
    sweep.control.pause()
    messages = sweep.messages()
    assert [next(messages) for _ in range(3)] == [Heartbeat(paused=True)] * 3
    sweep.control.resume()
    list(messages)
    assert load(stored).complete


def test_the_position_tells_which_second_is_being_decoded(library: Library) -> None:
    stored = stored_trace(library, windows=10)

    class Dies(FakeSource):
        def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
            for frame in FakeSource.frames(self, first, stop):
                if frame.number == 20:
                    raise MediaError("film.mp4 is gone.")
                yield frame

    sweep = swept(stored, Dies())
    with pytest.raises(MediaError):
        list(sweep.messages())
    assert sweep.control.position == 20.5 * FRAME_STEP


def test_a_file_that_comes_back_is_waited_for(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, elsewhere = tmp_path / "film.mp4", tmp_path / "unplugged.mp4"
    film.touch()
    stored = stored_trace(library)
    source = FakeSource(fails_at=130)
    said: list[Message] = []
    film.rename(elsewhere)
    for message in sweep_patiently(swept(stored, source), [film]):
        said.append(message)
        if isinstance(message, Heartbeat) and message.paused:
            elsewhere.rename(film)
            source.fails_at = None
    remarks = [message.text for message in said if isinstance(message, Remark)]
    assert "the scan waits" in remarks[0]
    assert "goes on" in remarks[1]
    assert load(stored).complete


def test_a_file_that_stays_away_ends_the_scan_with_what_was_stored(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AWAY_SECONDS", 0.0)
    stored = stored_trace(library)
    with pytest.raises(MediaError, match="start the same scan to go on"):
        list(sweep_patiently(swept(stored, FakeSource(fails_at=200)), [tmp_path / "film.mp4"]))
    assert np.any(load(stored).states == WindowState.SCORED)


def test_an_error_of_a_file_that_is_there_is_told_at_once(library: Library, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").touch()
    with pytest.raises(MediaError, match="is gone"):
        list(sweep_patiently(swept(stored_trace(library), FakeSource(fails_at=20)), [tmp_path / "film.mp4"]))
