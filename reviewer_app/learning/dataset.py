"""Clips to learn from: an endless stream that depends on seeds alone, however many processes make it.

Free of torch, so that the processes that draw clips start quickly and stay small.
"""

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.window import FRAMES_PER_WINDOW

TASK_CLIPS = 16
"""Clips that a process makes at a time: enough to hide the way between processes, few enough to start soon."""


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """One clip and what is known of it."""

    frames: NDArray[np.uint8]  # (16, S, S, 3) RGB
    label: float  # 1 with a spasm, 0 without
    activity: NDArray[np.float32]  # (16,) 0-1, how far into a spasm each frame is; NaN where nobody knows

    def __post_init__(self) -> None:
        if self.frames.ndim != 4 or len(self.frames) != FRAMES_PER_WINDOW or self.frames.dtype != np.uint8:
            raise ValueError(f"a clip is 16 pictures of bytes, not {self.frames.dtype} {self.frames.shape}")
        if self.activity.shape != (FRAMES_PER_WINDOW,):
            raise ValueError(f"activity is told for 16 frames, not {self.activity.shape}")
        if not 0 <= self.label <= 1:
            raise ValueError(f"a label lies between 0 and 1, not at {self.label}")


class ClipMaker(Protocol):
    """Anything that makes the clip of a seed; it must be picklable, and the same seed gives the same clip."""

    def __call__(self, seed: int) -> LabelledClip:
        """The one clip that belongs to ``seed``."""
        ...


@dataclass(frozen=True, slots=True)
class ClipBatch:
    """Clips side by side, as a training step takes them."""

    frames: NDArray[np.uint8]  # (n, 16, S, S, 3)
    labels: NDArray[np.float32]  # (n,)
    activity: NDArray[np.float32]  # (n, 16)
    sides: tuple[Side | None, ...] = ()  # of the infant, as the pictures show it; none where nobody keeps them
    share: float = 1.0  # what its mean loss counts in the step, where several devices share a batch unevenly

    def __len__(self) -> int:
        return len(self.labels)


def first_clips(batch: ClipBatch, count: int) -> ClipBatch:
    """A batch of the first few clips of another."""
    return ClipBatch(batch.frames[:count], batch.labels[:count], batch.activity[:count])


def batch_of(clips: Sequence[LabelledClip]) -> ClipBatch:
    """The clips as one batch."""
    return ClipBatch(
        np.stack([clip.frames for clip in clips]),
        np.array([clip.label for clip in clips], np.float32),
        np.stack([clip.activity for clip in clips]).astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class ClipStream:
    """An endless stream: its ``n``-th clip is that of seed ``first_seed + n``, whoever makes it and when.

    A training that was stopped goes on with the clip it would have seen next.

    Attributes:
        make: Makes a clip from its seed.
        first_seed: The seed of clip 0.
        processes: How many processes make clips beside the training; 0 makes them where they are used.
    """

    make: ClipMaker = field(repr=False)
    first_seed: int
    processes: int = 0

    def batches(self, size: int, *, start: int = 0) -> Generator[ClipBatch, None, None]:
        """Batches of ``size`` clips from batch ``start`` on; closing the iterator ends the processes."""
        with closing(self._clips(start * size)) as clips:
            while True:
                yield batch_of([next(clips) for _ in range(size)])

    def take(self, clips: int) -> ClipBatch:
        """The first clips of the stream as one batch."""
        with closing(self.batches(clips)) as batches:
            return next(batches)

    def _clips(self, start: int) -> Generator[LabelledClip, None, None]:
        if self.processes:
            yield from self._clips_of_processes(start)
        else:
            yield from (self.make(self.first_seed + index) for index in count(start))

    def _clips_of_processes(self, start: int) -> Generator[LabelledClip, None, None]:
        # Spawned, not forked: a fork copies whatever state the threads of torch were in.
        pool = ProcessPoolExecutor(self.processes, mp_context=get_context("spawn"))
        try:
            tasks = (range(first, first + TASK_CLIPS) for first in count(self.first_seed + start, TASK_CLIPS))
            waiting: deque[Future[list[LabelledClip]]] = deque()
            for seeds in tasks:
                waiting.append(pool.submit(make_clips, self.make, seeds))
                # A few tasks ahead for each process; taken in order, whichever process is done first.
                if len(waiting) > 4 * self.processes:
                    yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def make_clips(make: ClipMaker, seeds: range) -> list[LabelledClip]:
    """The clips of consecutive seeds: one task of a process."""
    return [make(seed) for seed in seeds]
