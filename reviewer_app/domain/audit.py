"""What was not flagged: where to look for missed spasms first, and how many were missed by a random sample."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import LEAST_DISTANCE, Curve
from reviewer_app.domain.window import Interval, subtract, total_seconds

STRETCH = 10.0
"""Seconds of a sampled stretch: long enough to see how a spasm begins and ends."""

SAMPLE = 30
"""Stretches of a sample: five minutes of video."""

SHORTEST = 1.0
"""Seconds; in less nobody could tell a spasm."""

UNSEEN = 0.5
"""Seconds of a stretch that may lack for it to count as watched: a player never ends on its very edge."""

_REACH = 4.0
"""Seconds watched to either side of an unflagged peak."""


def unflagged(time: Iterable[Interval], flags: Iterable[Interval]) -> tuple[Interval, ...]:
    """What of some time belongs to no flag; a spasm nearer to a flag than two flags can be belongs to that one."""
    around = [Interval(max(0.0, each.start - LEAST_DISTANCE), each.stop + LEAST_DISTANCE) for each in flags]
    return subtract(time, around)


def is_watched(stretch: Interval, reviewed: Sequence[Interval]) -> bool:
    """Whether a stretch was watched from end to end."""
    return total_seconds(subtract((stretch,), reviewed)) <= UNSEEN


# Highest scores first.


@dataclass(frozen=True, slots=True)
class Peak:
    """A stretch around the highest value of the curve that nobody has looked at yet."""

    interval: Interval
    peak: float  # recording second of the highest value
    score: float


def highest_first(curve: Curve, time: Sequence[Interval]) -> Iterator[Peak]:
    """Stretches of some time by their highest value, the highest first; they do not overlap.

    Args:
        curve: on which flags are picked.
        time: disjoint, in order: what was neither flagged nor watched.
    """
    values = _within(curve, time)
    while True:
        place = int(values.argmax()) if len(values) else 0
        if not len(values) or values[place] < 0:
            return
        second = curve.time(place)
        free = next(each for each in time if each.start <= second <= each.stop)
        interval = Interval(max(free.start, second - _REACH), min(free.stop, second + _REACH))
        first, stop = _places(curve, interval)
        score = float(values[place])
        values[min(first, place) : max(stop, place + 1)] = -1
        if interval.seconds >= SHORTEST:
            yield Peak(interval, second, score)


def _within(curve: Curve, time: Sequence[Interval]) -> NDArray[np.float64]:
    """The curve's values in some time; -1 outside it and where nothing is known."""
    values = np.full(len(curve.values), -1.0)
    for each in time:
        first, stop = _places(curve, each)
        values[first:stop] = curve.values[first:stop]
    return np.nan_to_num(values, copy=False, nan=-1.0)


def _places(curve: Curve, interval: Interval) -> tuple[int, int]:
    """The values whose times lie in an interval, as first and stop."""
    first = math.ceil((interval.start - curve.start) / curve.step - 1e-9)
    stop = math.floor((interval.stop - curve.start) / curve.step + 1e-9) + 1
    return max(0, first), max(0, stop)


# The random sample.


def sample_seed(recording: str, rater_id: int) -> int:
    """The seed of a rater's sample of a recording: always the same, so that nothing needs to be kept.

    Args:
        recording: its identity.
        rater_id: who watches.
    """
    return int.from_bytes(sha256(f"{recording}/{rater_id}".encode()).digest()[:8], "big")


def sampled(time: Sequence[Interval], *, seed: int) -> Iterator[Interval]:
    """Stretches of some time in a random order that a growing scan or another operating point does not change.

    The recording is cut into cells of ``STRETCH`` seconds whose order follows from the seed and their number alone; of
    each cell comes what lies in ``time``. The first stretches, however many, are so a random sample of it.

    Args:
        time: disjoint, in order: what was not flagged.
        seed: see ``sample_seed``.
    """
    parts = _parts_by_cell(time)
    cells = np.fromiter(parts, np.uint64, len(parts))
    for cell in cells[np.argsort(_mixed(cells, seed), kind="stable")]:
        yield from parts[int(cell)]


def _parts_by_cell(time: Sequence[Interval]) -> dict[int, list[Interval]]:
    parts: dict[int, list[Interval]] = {}
    for each in time:
        for cell in range(int(each.start // STRETCH), math.ceil(each.stop / STRETCH)):
            part = Interval(max(each.start, cell * STRETCH), min(each.stop, (cell + 1) * STRETCH))
            if part.seconds >= SHORTEST:
                parts.setdefault(cell, []).append(part)
    return parts


def _mixed(numbers: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """A random number for each number: SplitMix64 (Steele, Lea and Flood 2014), the same on every machine for ever."""
    with np.errstate(over="ignore"):
        mixed = np.uint64(seed) + (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


# What the sample tells.


@dataclass(frozen=True, slots=True)
class Misses:
    """How many spasms there are in time that was not flagged, by a sample of it."""

    stretches: int  # watched
    seconds: float  # watched
    spasms: int  # found in them
    per_hour: float  # the most likely rate
    low: float  # 95 % interval of the rate
    high: float

    @classmethod
    def of(cls, stretches: Sequence[Interval], spasms: Iterable[float]) -> "Misses":
        """What watched stretches tell.

        Args:
            stretches: of the sample, in its order, without any left out: leaving out would choose.
            spasms: the seconds of all spasms that were found and not flagged, in whichever time.
        """
        seconds = sum(each.seconds for each in stretches)
        found = sum(any(each.contains(second) for each in stretches) for second in spasms)
        if seconds == 0:
            return cls(0, 0.0, 0, math.nan, 0.0, math.inf)
        low, high = poisson_interval(found)
        hours = seconds / 3600
        return cls(len(stretches), seconds, found, found / hours, low / hours, high / hours)


def watched_sample(
    stretches: Iterable[Interval], reviewed: Sequence[Interval]
) -> tuple[list[Interval], Interval | None]:
    """The sample as far as it was watched without a stretch left out, and the stretch to watch next.

    What was watched further on does not count yet: it may have been watched because it looked suspicious.
    """
    watched: list[Interval] = []
    for stretch in stretches:
        if not is_watched(stretch, reviewed):
            return watched, stretch
        watched.append(stretch)
    return watched, None


def poisson_interval(count: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a Poisson mean from one count (Garwood 1936, Biometrika 28:437)."""
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _root(lambda mean: 1 - _at_most(count - 1, mean) - tail, count)
    return low, _root(lambda mean: tail - _at_most(count, mean), count)


def _at_most(count: int, mean: float) -> float:
    """The probability of at most so many when so many are expected."""
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def _root(rising: Callable[[float], float], near: int) -> float:
    """Where a rising function of a positive number is 0, by halving."""
    low, high = 1e-12, near + 10 * math.sqrt(near + 1) + 10
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
