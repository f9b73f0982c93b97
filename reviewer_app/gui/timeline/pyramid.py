"""The lowest and highest value of a curve per pixel, however many values there are."""

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import Curve

FACTOR = 4
"""Values of one level that are one value of the next."""

FINENESS = 4
"""A column is made of at least so many values of its level, so a peak strays by a quarter of a column at most."""

Values = NDArray[np.float64]


class Pyramid:
    """Lowest and highest values of an evenly spaced curve, at ever coarser levels; where all is NaN stays NaN."""

    def __init__(self, curve: Curve) -> None:
        self._curve = curve
        self._lows: list[Values] = [curve.values]
        self._highs: list[Values] = [curve.values]
        while len(self._lows[-1]) > FACTOR:
            self._lows.append(_pooled(self._lows[-1], np.fmin))
            self._highs.append(_pooled(self._highs[-1], np.fmax))

    @property
    def curve(self) -> Curve:
        """What it was built from."""
        return self._curve

    def follow(self, curve: Curve) -> "Pyramid":
        """The pyramid of a curve that may differ from the last one in a part: only that part is computed anew."""
        before = self._curve
        if (curve.start, curve.step, len(curve.values)) != (before.start, before.step, len(before.values)):
            return Pyramid(curve)
        # Bit by bit, as NaN differs from itself.
        changed = np.flatnonzero(curve.values.view(np.int64) != before.values.view(np.int64))
        self._curve = curve
        self._lows[0] = self._highs[0] = curve.values
        if len(changed):
            self._repair(int(changed[0]), int(changed[-1]) + 1)
        return self

    def columns(self, start: float, stop: float, count: int) -> tuple[Values, Values]:
        """Lowest and highest value in each of ``count`` equal columns between two recording seconds.

        Values lying on a column's edge count in both; a column without a known value is NaN. The first and last value
        speak for the stretch before and after them that the curve reaches to.
        """
        edges = (np.linspace(start, stop, count + 1) - self._curve.start) / self._curve.step + 0.5  # value i: [i, i+1)
        reach = self._curve.half_width / self._curve.step - 0.5
        total = len(self._curve.values)
        edges[(edges >= -reach) & (edges < 0)] = 0
        edges[(edges <= total + reach) & (edges > total)] = total
        level = self._level((edges[-1] - edges[0]) / count)
        size = FACTOR**level
        firsts = np.floor(np.maximum(edges[:-1], 0) / size).astype(np.int64)
        stops = np.ceil(np.minimum(edges[1:], total) / size).astype(np.int64)
        # What the first and last value reach to is a column without width by now.
        stops = np.where((edges[1:] == 0) & (edges[:-1] == 0), 1, stops)
        firsts = np.where((edges[:-1] == total) & (edges[1:] == total), len(self._lows[level]) - 1, firsts)
        return _reduced(self._lows[level], firsts, stops, np.fmin), _reduced(self._highs[level], firsts, stops, np.fmax)

    def _level(self, width: float) -> int:
        level = 0
        while level + 1 < len(self._lows) and FACTOR ** (level + 1) * FINENESS <= width:
            level += 1
        return level

    def _repair(self, first: int, stop: int) -> None:
        for level in range(1, len(self._lows)):
            first, stop = first // FACTOR, -(-stop // FACTOR)
            part = slice(first * FACTOR, stop * FACTOR)
            self._lows[level][first:stop] = _pooled(self._lows[level - 1][part], np.fmin)
            self._highs[level][first:stop] = _pooled(self._highs[level - 1][part], np.fmax)


def _pooled(values: Values, choose: np.ufunc) -> Values:
    lacking = -len(values) % FACTOR
    padded = np.concatenate([values, np.full(lacking, np.nan)]) if lacking else values
    pooled: Values = choose.reduce(padded.reshape(-1, FACTOR), axis=1)
    return pooled


def _reduced(values: Values, firsts: NDArray[np.int64], stops: NDArray[np.int64], choose: np.ufunc) -> Values:
    """One value for each ``[first, stop)``; NaN where that is empty."""
    result = np.full(len(firsts), np.nan)
    used = stops > firsts
    if used.any():
        pairs = np.column_stack([firsts[used], stops[used]]).ravel()
        first, stop = int(pairs[0]), int(pairs[-1])
        # A value behind the last lets ``reduceat`` end there; between the pairs it reduces what nobody asked for.
        result[used] = choose.reduceat(np.append(values[first:stop], np.nan), pairs - first)[::2]
    return result
