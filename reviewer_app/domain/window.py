"""Stretches of recording time and the grid of windows that a scan scores."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

FRAME_STEP = 0.3125
"""Seconds between two samples of the frame grid: 5 s / 16, so windows of 16 frames last 5 s."""

FRAMES_PER_WINDOW = 16
WINDOW_SECONDS = FRAME_STEP * FRAMES_PER_WINDOW
DEFAULT_STRIDE = 3
LEAST_FRAMES = FRAMES_PER_WINDOW // 2
"""A window with fewer real frames than this is not scored: more than half of it would be invented."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open stretch ``[start, stop)`` of recording time, in seconds."""

    start: float
    stop: float

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop < math.inf:
            raise ValueError(f"not an interval: [{self.start}, {self.stop})")

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.stop - self.start

    @property
    def middle(self) -> float:
        """The second half way between start and stop."""
        return (self.start + self.stop) / 2

    def contains(self, time: float) -> bool:
        """Whether ``time`` lies inside; the stop itself does not."""
        return self.start <= time < self.stop

    def overlap(self, other: "Interval") -> float:
        """Seconds that both have in common; 0 where they only touch."""
        return max(0.0, min(self.stop, other.stop) - max(self.start, other.start))


def union(intervals: Iterable[Interval], *, join: float = 0.0) -> tuple[Interval, ...]:
    """The same time as disjoint, ordered intervals; those at most ``join`` seconds apart become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if interval.seconds == 0:
            continue
        if merged and interval.start <= merged[-1].stop + join:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].stop, interval.stop))
        else:
            merged.append(interval)
    return tuple(merged)


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of ``intervals`` once the time in ``holes`` is cut out of them."""
    cut = union(holes)
    left: list[Interval] = []
    for interval in union(intervals):
        start = interval.start
        for hole in cut:
            if hole.stop <= start or hole.start >= interval.stop:
                continue
            if hole.start > start:
                left.append(Interval(start, hole.start))
            start = max(start, hole.stop)
        if start < interval.stop:
            left.append(Interval(start, interval.stop))
    return tuple(left)


def total_seconds(intervals: Iterable[Interval]) -> float:
    """Seconds covered by at least one of the intervals."""
    return sum(interval.seconds for interval in union(intervals))


@dataclass(frozen=True, slots=True)
class WindowGrid:
    """Where the windows of one scan lie: all share the recording's frame grid.

    Grid frame ``k`` stands for the cell ``[k, k + 1) * FRAME_STEP``; window ``w`` is made of grid frames
    ``[w * stride, w * stride + 16)``. The last window may run past the recording's end by less than one stride;
    the frames it lacks are counted as missing.
    """

    count: int  # windows
    stride: int = DEFAULT_STRIDE  # grid frames between window starts, 1 to 16

    def __post_init__(self) -> None:
        # A longer stride would leave seconds between windows that nothing ever looks at.
        if self.count < 1 or not 1 <= self.stride <= FRAMES_PER_WINDOW:
            raise ValueError(
                f"not a window grid: {self.count} windows, stride {self.stride} (1 to {FRAMES_PER_WINDOW})"
            )

    @classmethod
    def over(cls, seconds: float, *, stride: int = DEFAULT_STRIDE) -> "WindowGrid":
        """The grid that covers a recording of this length with windows as few as the stride allows."""
        beyond_first = max(0.0, seconds - WINDOW_SECONDS)
        return cls(1 + math.ceil(beyond_first / (stride * FRAME_STEP) - 1e-9), stride)

    @property
    def stride_seconds(self) -> float:
        """Seconds between window starts."""
        return self.stride * FRAME_STEP

    @property
    def frame_count(self) -> int:
        """Grid frames that the windows use together."""
        return (self.count - 1) * self.stride + FRAMES_PER_WINDOW

    def first_frame(self, window: int) -> int:
        """The grid frame that a window starts with."""
        return window * self.stride

    def interval(self, window: int) -> Interval:
        """The 5 s that a window looks at."""
        if not 0 <= window < self.count:
            raise ValueError(f"no window {window} in a grid of {self.count}")
        start = window * self.stride_seconds
        return Interval(start, start + WINDOW_SECONDS)


def frame_time(frame: int) -> float:
    """The recording second that stands for a grid frame: the middle of its cell."""
    return (frame + 0.5) * FRAME_STEP
