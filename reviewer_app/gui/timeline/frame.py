"""Where a second lies on the screen: pixels of a drawing that shows a stretch of the recording."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from reviewer_app.domain.window import Interval

Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle whose width stands for a view."""

    left: float  # pixels
    width: float
    start: float  # recording second at the left edge; may lie before the recording
    seconds: float  # that the width stands for

    @property
    def per_pixel(self) -> float:
        """Seconds of a pixel."""
        return self.seconds / max(1.0, self.width)

    @property
    def columns(self) -> int:
        """Whole pixels across."""
        return max(1, round(self.width))

    def x(self, time: float) -> float:
        """The pixel of a second."""
        return self.left + (time - self.start) / self.seconds * self.width

    def xs(self, times: Times) -> Times:
        """The pixels of many seconds."""
        return self.left + (times - self.start) * (self.width / self.seconds)

    def time(self, x: float) -> float:
        """The second at a pixel."""
        return self.start + (x - self.left) / max(1.0, self.width) * self.seconds

    def runs(self, spans: "Spans", *, least: int = 1) -> list[tuple[float, float]]:
        """Spans as pixels, left and right; those that touch on the screen are one, and none is too thin to be seen.

        Args:
            spans: In any order; they may overlap.
            least: Pixels that the shortest one gets.
        """
        count = self.columns
        seen = (spans.stops > self.start) & (spans.starts < self.start + self.seconds)
        if not seen.any():
            return []
        firsts = np.floor(self.xs(spans.starts[seen]) - self.left).astype(np.int64)
        stops = np.ceil(self.xs(spans.stops[seen]) - self.left).astype(np.int64)
        stops = np.maximum(stops, firsts + least)
        cover = np.zeros(count + 1, np.int64)
        np.add.at(cover, np.clip(firsts, 0, count), 1)
        np.add.at(cover, np.clip(stops, 0, count), -1)
        edges = np.flatnonzero(np.diff(np.r_[0, np.cumsum(cover[:-1]) > 0, 0])).reshape(-1, 2)
        return [(self.left + first, self.left + stop) for first, stop in edges.tolist()]

    def boxes(self, spans: "Spans", *, top: float, height: float, least: int = 1) -> list[QRectF]:
        """The same as rectangles."""
        return [QRectF(left, top, right - left, height) for left, right in self.runs(spans, least=least)]


@dataclass(frozen=True, slots=True)
class Spans:
    """Many intervals, as arrays."""

    starts: Times  # (n,) recording seconds
    stops: Times  # (n,)

    @classmethod
    def of(cls, intervals: "tuple[Interval, ...] | list[Interval]") -> "Spans":
        """From intervals in whatever order."""
        edges = np.array([(each.start, each.stop) for each in intervals], np.float64).reshape(-1, 2)
        return cls(edges[:, 0].copy(), edges[:, 1].copy())

    def __len__(self) -> int:
        return len(self.starts)


def gutter_of(metrics: QFontMetricsF) -> float:
    """Pixels left of the timeline for the names of its rows; the same above and below, so that both begin alike."""
    return metrics.averageCharWidth() * 11


def most_ticks(width: float, metrics: QFontMetricsF) -> int:
    """How many times fit beside each other on an axis."""
    return max(2, int(width / (metrics.horizontalAdvance("00:00:00 Mo.") * 1.3)))
