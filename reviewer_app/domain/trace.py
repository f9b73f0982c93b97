"""The probability trace of a scan: one score per window, and what is known where there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, Interval, WindowGrid, union

Kind = TypeVar("Kind", bound=np.generic)


class WindowState(IntEnum):
    """Why a window has a score, or why it has none."""

    NOT_SCANNED = 0
    SCORED = 1
    GAP = 2  # no video there
    UNDECODABLE = 3  # video that cannot be decoded


def frozen(values: NDArray[Kind]) -> NDArray[Kind]:
    """The same array, made read-only, as all arrays that are shared are."""
    values.flags.writeable = False
    return values


@dataclass(frozen=True, slots=True)
class TraceIdentity:
    """What a trace is of; scores of different identities are never mixed."""

    recording: str  # Recording.identity
    bundle: str  # the bundle's identity: hex sha256 over its manifest
    clip_spec: str  # digest of the bundle's clip spec
    stride: int  # grid frames
    crop: Crop


@dataclass(frozen=True, slots=True)
class TraceChunk:
    """Consecutive windows as they come out of the network, stored at once.

    Scores are NaN where the state is not SCORED. ``activity`` has one value per bin of the window where the network
    tells when in the window a spasm goes on, and no columns where it does not.
    """

    first: int  # window
    scores: NDArray[np.float32]  # (n,) probability 0-1
    states: NDArray[np.uint8]  # (n,) WindowState
    activity: NDArray[np.float32]  # (n, bins) probability 0-1 of spasm activity per bin; bins may be 0
    quality: NDArray[np.float32]  # (n, len(MEASURES))
    embeddings: NDArray[np.float16]  # (n, features)

    def __post_init__(self) -> None:
        n = len(self.scores)
        if {len(self.states), len(self.activity), len(self.quality), len(self.embeddings)} != {n}:
            raise ValueError("a trace chunk's arrays differ in length")
        if self.quality.shape[1:] != (len(MEASURES),):
            raise ValueError(f"quality must be (n, {len(MEASURES)}), not {self.quality.shape}")
        if np.any(np.isnan(self.scores) == (self.states == WindowState.SCORED)):
            raise ValueError("a window has a score exactly when its state is SCORED")
        for values in (self.scores, self.states, self.activity, self.quality, self.embeddings):
            frozen(values)

    @property
    def stop(self) -> int:
        """The window after the last."""
        return self.first + len(self.scores)


@dataclass(frozen=True, slots=True)
class Trace:
    """Scores of all windows of a grid; NaN where a window is not, or cannot be, scored."""

    grid: WindowGrid
    scores: NDArray[np.float32]  # (count,)
    states: NDArray[np.uint8]  # (count,) WindowState
    activity: NDArray[np.float32]  # (count, bins)
    quality: NDArray[np.float32]  # (count, len(MEASURES))

    @classmethod
    def empty(cls, grid: WindowGrid, *, bins: int = 0) -> "Trace":
        """A trace of which nothing is scanned yet."""
        nan = np.float32(np.nan)
        return cls(
            grid,
            frozen(np.full(grid.count, nan)),
            frozen(np.zeros(grid.count, np.uint8)),
            frozen(np.full((grid.count, bins), nan)),
            frozen(np.full((grid.count, len(MEASURES)), nan)),
        )

    @property
    def bins(self) -> int:
        """Parts of a window for which the network tells spasm activity; 0 where it does not."""
        return int(self.activity.shape[1])

    def filled(self, chunk: TraceChunk) -> "Trace":
        """This trace with one more chunk in it."""
        if not 0 <= chunk.first <= chunk.stop <= self.grid.count:
            raise ValueError(f"chunk {chunk.first}..{chunk.stop} is outside {self.grid.count} windows")
        if chunk.activity.shape[1] != self.bins:
            raise ValueError(f"a chunk with {chunk.activity.shape[1]} activity bins in a trace with {self.bins}")
        part = slice(chunk.first, chunk.stop)
        return Trace(
            self.grid,
            _with(self.scores, part, chunk.scores),
            _with(self.states, part, chunk.states),
            _with(self.activity, part, chunk.activity),
            _with(self.quality, part, chunk.quality),
        )

    def time_in(self, state: WindowState, *, within: Interval) -> tuple[Interval, ...]:
        """Recording time that only windows of this state look at.

        A second counts as scored if any scored window sees it. Otherwise undecodable goes before not scanned, and that
        before gap: what is missing is never made to look smaller than it is.
        """
        rank = {WindowState.SCORED: 3, WindowState.UNDECODABLE: 2, WindowState.NOT_SCANNED: 1, WindowState.GAP: 0}
        ranks = np.full(self.grid.frame_count, -1)
        for each, position in rank.items():
            firsts = np.flatnonzero(self.states == each) * self.grid.stride
            for offset in range(FRAMES_PER_WINDOW):
                np.maximum.at(ranks, firsts + offset, position)
        clipped = (
            Interval(max(run.start, within.start), min(run.stop, within.stop))
            for run in _runs(ranks == rank[state])
            if run.overlap(within) > 0
        )
        return union(clipped)

    @property
    def finished(self) -> bool:
        """Whether every window is scored, a gap, or undecodable."""
        return bool(np.all(self.states != WindowState.NOT_SCANNED))

    @property
    def complete(self) -> bool:
        """Whether, on top of that, nothing was undecodable."""
        return self.finished and not bool(np.any(self.states == WindowState.UNDECODABLE))

    def missing(self) -> Iterator[range]:
        """Runs of windows that are not scanned yet, in order."""
        waiting = np.flatnonzero(np.diff(np.r_[0, self.states == WindowState.NOT_SCANNED, 0]))
        for first, stop in waiting.reshape(-1, 2):
            yield range(int(first), int(stop))


def _with(values: NDArray[Kind], part: slice, new: NDArray[Kind]) -> NDArray[Kind]:
    changed = values.copy()
    changed[part] = new
    return frozen(changed)


def _runs(true: NDArray[np.bool_]) -> Iterator[Interval]:
    """Recording time of each run of true grid frames."""
    edges = np.flatnonzero(np.diff(np.r_[0, true.astype(np.int8), 0])).reshape(-1, 2)
    for first, stop in edges:
        yield Interval(float(first * FRAME_STEP), float(stop * FRAME_STEP))
