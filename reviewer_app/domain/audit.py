"""What was not flagged: its stretches by score, a random sample of them, and what the sample says of misses."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import LEAST_DISTANCE, Curve
from reviewer_app.domain.trace import frozen
from reviewer_app.domain.window import Interval

STRETCH = 10.0
"""Seconds looked at in one go: long enough to see a spasm with what came before, short enough to stay attentive."""

_LEAST = 1.0
"""Seconds; a rest shorter than this is not worth playing, and a player may stop so much short of an edge."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Ten seconds at most of scored time of which some or all was not flagged."""

    interval: Interval
    score: float  # the curve's highest value where nothing is flagged; NaN where it is not known
    unseen: float  # unflagged seconds that the reviewer has not looked at

    @property
    def is_seen(self) -> bool:
        """Whether the reviewer has looked at it."""
        return self.unseen < _LEAST


@dataclass(frozen=True, slots=True)
class Unflagged:
    """Scored and unflagged time on one grid of stretches that begins with the recording, whatever is flagged.

    As arrays, since a long recording has 26,000 stretches and changes with each verdict.
    """

    starts: Numbers  # (n,) recording seconds, rising
    free: Numbers  # (n,) seconds of the stretch that were scored and not flagged, at least 1
    unseen: Numbers  # (n,) seconds of those that the reviewer has not looked at
    scores: Numbers  # (n,) the curve's highest value in those; NaN where it is not known
    stop: float = 0.0  # where scored time ends

    def __post_init__(self) -> None:
        for values in (self.starts, self.free, self.unseen, self.scores):
            frozen(values)

    @property
    def seconds(self) -> float:
        """Scored and unflagged time in all."""
        return float(self.free.sum())

    @property
    def unseen_seconds(self) -> float:
        """How much of it the reviewer has not looked at."""
        return float(self.unseen.sum())

    def by_score(self) -> Iterator[Stretch]:
        """Those not looked at, in the order in which a missed spasm is likeliest."""
        unseen = np.flatnonzero(self.unseen >= _LEAST)
        scores = np.nan_to_num(self.scores[unseen], nan=-1.0)
        return self._stretches(unseen[np.argsort(-scores, kind="stable")])

    def sample(self, seed: str) -> Iterator[Stretch]:
        """All stretches that are free from end to end, in a random order that follows from the seed.

        Each stretch has its own random place, so that moving the operating point takes stretches out of the order or
        puts them in, but shuffles nothing anew: what was audited stays audited.
        """
        whole = np.flatnonzero(self.free > STRETCH - 0.1)
        lots = _lots(np.round(self.starts[whole] / STRETCH).astype(np.uint64), seed)
        return self._stretches(whole[np.argsort(lots, kind="stable")])

    def _stretches(self, places: NDArray[np.intp]) -> Iterator[Stretch]:
        for place in places:
            start = float(self.starts[place])
            interval = Interval(start, min(start + STRETCH, self.stop))
            yield Stretch(interval, float(self.scores[place]), float(self.unseen[place]))


_NONE: Numbers = np.empty(0)

NOTHING_SCORED = Unflagged(_NONE, _NONE, _NONE, _NONE)
"""Before the first scan."""


def _lots(numbers: NDArray[np.uint64], seed: str) -> NDArray[np.uint64]:
    """A random number for each number: SplitMix64 (Steele, Lea and Flood 2014), the same for ever on every machine.

    NumPy's own generators may give other numbers in another version (NEP 19).
    """
    key = np.uint64(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))
    with np.errstate(over="ignore"):
        mixed = key + (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        lots: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(31))
    return lots


def unflagged(
    scored: Iterable[Interval], *, flagged: Iterable[Interval], reviewed: Iterable[Interval], curve: Curve | None
) -> Unflagged:
    """Cuts what was scored and not flagged into stretches.

    What is nearer to a flag than two flags can be belongs to the flag: its own slope would else be the highest score of
    all that is not flagged.

    Args:
        scored: time that the network looked at; all else can be neither flagged nor missed.
        flagged: the flags' intervals.
        reviewed: what the reviewer has looked at.
        curve: on which flags are picked; None where it may not be seen.
    """
    known = _bounds(scored)
    if not len(known):
        return NOTHING_SCORED
    flags, seen = _bounds(flagged, margin=LEAST_DISTANCE), _bounds(reviewed)
    edges = np.arange(math.ceil(known[-1, 1] / STRETCH - 1e-9) + 1) * STRETCH
    # Seconds in one and not in the other are those in both together less those in the other.
    free = _covered((known, flags), edges) - _covered((flags,), edges)
    unseen = _covered((known, flags, seen), edges) - _covered((flags, seen), edges)
    kept = free >= _LEAST
    return Unflagged(
        edges[:-1][kept],
        free[kept],
        np.maximum(0.0, unseen)[kept],
        _highest(curve, flags, edges)[kept],
        float(known[-1, 1]),
    )


def _bounds(intervals: Iterable[Interval], *, margin: float = 0.0) -> Numbers:
    """Starts and stops (n, 2), in order; wider by a margin on either side."""
    pairs = np.array([(each.start - margin, each.stop + margin) for each in intervals]).reshape(-1, 2)
    return _disjoint(np.maximum(0.0, pairs))


def _disjoint(pairs: Numbers) -> Numbers:
    """The same time as bounds that neither overlap nor touch, in order."""
    ordered = pairs[np.argsort(pairs[:, 0], kind="stable")]
    ordered = ordered[ordered[:, 1] > ordered[:, 0]]
    if not len(ordered):
        return ordered
    furthest = np.maximum.accumulate(ordered[:, 1])
    begins = np.r_[True, ordered[1:, 0] > furthest[:-1]]
    return np.stack((ordered[begins, 0], furthest[np.r_[begins[1:], True]]), axis=1)


def _covered(parts: Iterable[Numbers], edges: Numbers) -> Numbers:
    """Seconds of each stretch between two edges that lie in at least one of the parts."""
    bounds = _disjoint(np.concatenate(tuple(parts)))
    if not len(bounds):
        return np.zeros(len(edges) - 1)
    until = np.cumsum(bounds[:, 1] - bounds[:, 0])
    before = np.r_[0.0, until[:-1]]
    # Seconds covered up to each bound, and straight lines between them.
    covered: Numbers = np.diff(np.interp(edges, bounds.ravel(), np.stack((before, until), axis=1).ravel()))
    return covered


def _highest(curve: Curve | None, flags: Numbers, edges: Numbers) -> Numbers:
    """The curve's highest known value outside flags in each stretch; NaN where there is none."""
    highest = np.full(len(edges) - 1, -np.inf)
    if curve is not None:
        times = curve.start + np.arange(len(curve.values)) * curve.step
        # An odd place among the flags' bounds is inside one.
        free = np.searchsorted(flags.ravel(), times, side="right") % 2 == 0
        cells = (times // STRETCH).astype(np.int64)
        usable = free & ~np.isnan(curve.values) & (cells < len(highest))
        np.maximum.at(highest, cells[usable], curve.values[usable])
    return np.where(np.isinf(highest), np.nan, highest)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What a random sample of unflagged time says of spasms that were not flagged."""

    stretches: int
    seconds: float  # looked at
    spasms: int  # that the reviewer named there
    per_hour: float  # of unflagged time; NaN before the first stretch
    low: float  # 95 % interval of the rate
    high: float


def audit(sample: Iterable[Stretch], spasms: Iterable[float]) -> AuditResult:
    """The estimate from the stretches that were looked at, in the sample's order up to the first that was not.

    Stretches behind that one do not count even where they were seen: a reviewer who goes through the highest scores
    first sees stretches that are no random sample.

    Args:
        sample: stretches in their random order.
        spasms: the seconds at which the reviewer named spasms that were not flagged.
    """
    looked_at = tuple(takewhile(lambda each: each.is_seen, sample))
    if not looked_at:
        return AuditResult(0, 0.0, 0, math.nan, math.nan, math.nan)
    times = np.sort(np.fromiter(spasms, np.float64))
    found = sum(
        int(np.searchsorted(times, each.interval.stop) - np.searchsorted(times, each.interval.start))
        for each in looked_at
    )
    seconds = sum(each.interval.seconds for each in looked_at)
    low, high = poisson_interval(found)
    hours = seconds / 3600
    return AuditResult(len(looked_at), seconds, found, found / hours, low / hours, high / hours)


def poisson_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count (Garwood, Biometrika 1936; 28: 437-442).

    Its lower limit is the mean at which so many or more have the probability ``(1 - level) / 2``, its upper limit that
    at which so many or fewer have it. Spasms that come in clusters scatter more than this supposes.

    Args:
        count: what was counted.
        level: how often the interval holds the true mean, at least.
    """
    if count < 0 or not 0 < level < 1:
        raise ValueError(f"no interval for a count of {count} at a level of {level}")
    tail = (1 - level) / 2
    reach = count + 10 * math.sqrt(count + 1) + 20  # beyond any limit at a usable level
    low = 0.0 if count == 0 else _mean_at(count - 1, 1 - tail, reach)
    return low, _mean_at(count, tail, reach)


def _mean_at(count: int, probability: float, reach: float) -> float:
    """The mean at which ``count`` or fewer have this probability, which falls as the mean rises: by bisection."""
    low, high = 0.0, reach
    while high - low > 1e-10 * reach:
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(count, middle) > probability else (low, middle)
    return (low + high) / 2


def _at_most(count: int, mean: float) -> float:
    """The probability of ``count`` or fewer where ``mean`` are expected."""
    # By logarithms, so that neither a large mean nor a large factorial overflows.
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))
