"""One pass over the windows that a trace still lacks: decode, score, store, and say so."""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.source import FrameSource, GridFrame, Scorer
from reviewer_app.domain.trace import TraceChunk, TraceIdentity, WindowState
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, Interval, WindowGrid, frame_time, union
from reviewer_app.errors import MediaError
from reviewer_app.jobs.beat import Headway
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.feed import FrameFeed, WindowFrames, windows_of
from reviewer_app.jobs.message import ChunkStored, Heartbeat, Message, Remark, ScanProgress
from reviewer_app.media.quality import window_quality
from reviewer_app.store import traces
from reviewer_app.store.library import Library

CHUNK_SECONDS = 30.0
"""Video in one stored chunk: with what waits between decoder and network, a crash costs less than the promised 60 s."""

BATCH_SECONDS = 0.3
"""A batch grows while it takes less than this, so that the job can speak at least once a second."""

LARGEST_BATCH = 16

AWAY_SECONDS = 600.0
"""How long a scan waits for files that went away (an unplugged drive, a network share) before it ends."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a trace and its rows are."""

    grid: WindowGrid
    bins: int  # of activity, per window
    features: int  # of an embedding; 0 where none is kept


class TraceKeeper(Protocol):
    """Where a sweep puts what it finds, and looks up what is left to do."""

    @property
    def shape(self) -> Shape:
        """How large the trace and its rows are."""
        ...

    def missing(self) -> tuple[range, ...]:
        """Runs of windows that are not kept yet."""
        ...

    def keep(self, chunk: TraceChunk, holes: Sequence[Interval]) -> None:
        """Keeps windows, with the undecodable stretches that were met since the last ones."""
        ...


@dataclass(frozen=True, slots=True)
class StoredTrace:
    """A trace in its library, as the sweep fills it."""

    library: Library
    trace_id: int
    shape: Shape

    def missing(self) -> tuple[range, ...]:
        """Runs of windows that are not stored yet."""
        return tuple(traces.load(self.library, self.trace_id).missing())

    def keep(self, chunk: TraceChunk, holes: Sequence[Interval]) -> None:
        """Stores windows and holes; see ``store.traces``.

        Raises:
            StoreError: NOT SAVED.
        """
        for hole in holes:
            traces.add_skip(self.library, self.trace_id, hole, reason="undecodable")
        traces.append(self.library, self.trace_id, chunk)


def begin_trace(
    library: Library, recording_number: int, identity: TraceIdentity, shape: Shape, *, bundle_name: str
) -> StoredTrace:
    """The library's trace of this identity, made where it is new.

    Raises:
        StoreError: the trace there has another shape, or the library cannot be written.
    """
    trace_id = traces.begin(
        library,
        recording_number,
        identity,
        shape.grid,
        bins=shape.bins,
        features=shape.features,
        bundle_name=bundle_name,
    )
    return StoredTrace(library, trace_id, shape)


class WatchedSource:
    """A frame source that tells the supervisor which second it is about to decode."""

    def __init__(self, source: FrameSource, control: Control) -> None:
        self._source = source
        self._control = control

    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        """The source's frames, each after the position was written down."""
        self._control.position = frame_time(first)
        for frame in self._source.frames(first, stop):
            self._control.position = frame_time(frame.number + 1)
            yield frame
        self._control.position = -1.0


@dataclass(slots=True)
class _Ready:
    """Windows with their results, in order, until they make a chunk."""

    first: int
    scores: list[float] = field(default_factory=list)
    states: list[WindowState] = field(default_factory=list)
    activity: list[NDArray[np.float32]] = field(default_factory=list)
    quality: list[NDArray[np.float32]] = field(default_factory=list)
    embeddings: list[NDArray[np.float16]] = field(default_factory=list)

    def chunk(self, shape: Shape) -> TraceChunk:
        n = len(self.scores)
        return TraceChunk(
            self.first,
            np.array(self.scores, np.float32),
            np.array(self.states, np.uint8),
            np.array(self.activity, np.float32).reshape(n, shape.bins),
            np.array(self.quality, np.float32).reshape(n, len(MEASURES)),
            np.array(self.embeddings, np.float16).reshape(n, shape.features),
        )


@dataclass(slots=True)
class Sweep:
    """Scores every missing window of a trace, in order, a chunk at a time."""

    stored: TraceKeeper
    source: FrameSource
    scorer: Scorer
    control: Control
    done: int  # windows finished before this sweep
    headway: Headway = field(default_factory=Headway)  # of the source, where it tells and no control is watched
    batch: int = 1
    holes: list[Interval] = field(default_factory=list)

    def messages(self) -> Generator[Message]:
        """Drives the sweep; closing the iterator ends the decoder thread.

        Raises:
            MediaError: a file cannot be read any more.
            StoreError: a chunk could not be stored.
        """
        for windows in self.stored.missing():
            yield from self._range(windows)

    def _range(self, windows: range) -> Iterator[Message]:
        grid = self.stored.shape.grid
        frames = range(grid.first_frame(windows.start), grid.first_frame(windows[-1]) + FRAMES_PER_WINDOW)
        chunk_windows = max(1, int(CHUNK_SECONDS / grid.stride_seconds))
        ready = _Ready(windows.start)
        waiting: list[WindowFrames] = []
        with FrameFeed(WatchedSource(self.source, self.control), frames) as feed:
            for window in windows_of(feed, grid, seen_by=self._note_hole):
                yield from self._pause()
                if window is None:
                    yield self.headway.beat()
                    continue
                waiting.append(window)
                last = window.window == windows[-1]
                if len(waiting) >= self.batch or last:
                    self._score(waiting, ready)
                    waiting = []
                    yield ScanProgress(self.done + len(ready.scores), grid.count, grid.interval(window.window).stop)
                if ready.scores and (len(ready.scores) >= chunk_windows or last):
                    yield self._store(ready)
                    ready = _Ready(window.window + 1)

    def _pause(self) -> Iterator[Message]:
        while self.control.paused:
            yield Heartbeat(paused=True)
            time.sleep(0.2)

    def _note_hole(self, frame: GridFrame) -> None:
        if frame.undecodable:
            self.holes.append(Interval(frame.number * FRAME_STEP, (frame.number + 1) * FRAME_STEP))

    def _score(self, waiting: Iterable[WindowFrames], ready: _Ready) -> None:
        scorable = [window.clip() for window in waiting if window.state is WindowState.SCORED]
        results = None
        if scorable:
            began = time.monotonic()
            results = self.scorer.score(np.stack(scorable))
            if time.monotonic() - began < BATCH_SECONDS / 2:
                self.batch = min(self.batch * 2, LARGEST_BATCH)
        used = 0
        for window in waiting:
            ready.states.append(window.state)
            ready.quality.append(window_quality(window.frames))
            if results is None or window.state is not WindowState.SCORED:
                ready.scores.append(float("nan"))
                ready.activity.append(np.full(self.stored.shape.bins, np.nan, np.float32))
                ready.embeddings.append(np.zeros(self.stored.shape.features, np.float16))
                continue
            ready.scores.append(float(results.probability[used]))
            ready.activity.append(results.activity[used])
            ready.embeddings.append(results.embeddings[used, : self.stored.shape.features])
            used += 1

    def _store(self, ready: _Ready) -> ChunkStored:
        chunk = ready.chunk(self.stored.shape)
        self.stored.keep(chunk, union(self.holes))
        self.holes.clear()
        self.done += len(chunk.scores)
        return ChunkStored(chunk)


def sweep_patiently(sweep: Sweep, files: Iterable[Path]) -> Generator[Message]:
    """The sweep's messages; where a file goes away in the middle, waits for it and then goes on.

    Raises:
        MediaError: a file stayed away for ten minutes, or is there and cannot be read all the same.
    """
    while True:
        try:
            yield from sweep.messages()
        except MediaError:
            away = [path for path in files if not path.exists()]
            if not away:
                raise
        else:
            return
        sweep.holes.clear()
        yield Remark(f"{away[0].name} cannot be reached any more; the scan waits. What was scanned is kept.")
        yield from _wait_for(away)
        yield Remark(f"{away[0].name} is back; the scan goes on.")


def _wait_for(away: list[Path]) -> Iterator[Message]:
    deadline = time.monotonic() + AWAY_SECONDS
    while not all(path.exists() for path in away):
        if time.monotonic() > deadline:
            raise MediaError(
                f"{away[0].name} cannot be reached any more. What was scanned is kept: make the file available again "
                "and start the same scan to go on."
            )
        yield Heartbeat(paused=True)
        time.sleep(0.5)
