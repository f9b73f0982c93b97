"""Whether an adapted head is better, told by verdicts that it was not fitted to: earlier ones teach, later ones test.

Held out in time, since neighbouring windows resemble each other: a split by lot would put the same movement on both
sides. The strength of the prior is chosen the same way, and for each block of verdicts from the blocks before it alone,
so that no verdict has a say in how it is itself predicted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.verdict import Verdict
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.learning.adapt import Floats, Lesson, Posterior, fit

STRENGTHS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Prior deviations of a typical window's logit that are tried."""

USUAL = 2.0
"""The strength where verdicts are too few to choose one."""

LEAST_TO_FIT = 2
"""Verdicts of each kind before the first cut."""

LEAST_TO_TEST = 3
"""Verdicts of each kind behind it."""

LEAST_TO_CHOOSE = 4
"""Predicted verdicts of each kind from which a strength is chosen."""

BLOCKS = 8
"""Parts in which held-out verdicts are predicted, each from all verdicts before it."""

DRAWS = 2000
LEVEL = 0.95
SURE = 0.9
"""Share of draws in which the adapted head must do better before it is offered."""

STEPS = (0.25, 0.5, 1.0)
"""Shares of the earlier verdicts after which the growth is told, beside none of them."""

QUIET_WEIGHT = 0.1
"""What a window of silent finalised time counts, compared with a verdict: nobody named it."""


class Taught:
    """What verdicts and silence say of a recording's windows, as arrays, cut by time as often as is wanted."""

    def __init__(
        self,
        verdicts: Sequence[Verdict],
        features: NDArray[np.float32],
        offsets: Floats,
        *,
        quiet: NDArray[np.float32],
        quiet_offsets: Floats,
        quiet_times: Floats,
    ) -> None:
        """Puts together what belongs together.

        Args:
            verdicts: In order of time.
            features: Scaled windows of the verdicts (rows, kept + 1), verdict after verdict.
            offsets: Logits of the bundle's own head for them (rows,).
            quiet: Scaled windows that show nothing (n, kept + 1).
            quiet_offsets: The same for them (n,).
            quiet_times: Their recording seconds (n,).
        """
        self.times = np.array([each.time for each in verdicts])
        self.is_spasm = np.array([each.is_spasm for each in verdicts], np.bool_)
        self._sizes = np.array([len(each.windows) for each in verdicts], np.int64)
        self._of = np.repeat(np.arange(len(verdicts)), self._sizes)  # (rows,) the verdict of each row
        self._features, self._offsets = features, offsets
        self._quiet, self._quiet_offsets, self._quiet_times = quiet, quiet_offsets, quiet_times

    def __len__(self) -> int:
        return len(self.times)

    def lesson(self, first: int = 0, *, before: float = np.inf) -> Lesson:
        """What was said of the time before a second, from the verdict ``first`` on."""
        rows = (self.times[self._of] < before) & (self._of >= first)
        silent = self._quiet_times < before
        return Lesson(
            np.concatenate([self._features[rows], self._quiet[silent]]),
            np.r_[self._offsets[rows], self._quiet_offsets[silent]],
            np.r_[self.is_spasm[self._of[rows]].astype(np.float64), np.zeros(int(silent.sum()))],
            np.r_[1 / self._sizes[self._of[rows]], np.full(int(silent.sum()), QUIET_WEIGHT)],
        )

    def logits(self, posterior: Posterior | None) -> Floats:
        """The mean logit of each verdict's windows, (verdicts,); of the bundle's own head without a posterior."""
        logits = self._offsets + (posterior.correction(self._features) if posterior else 0.0)
        return np.add.reduceat(logits, np.r_[0, np.cumsum(self._sizes)[:-1]]) / self._sizes


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Held:
    """How base and adapted head do on verdicts held out in time: average precision, verdicts drawn anew."""

    verdicts: int
    base: Estimate
    adapted: Estimate
    sureness: float  # share of draws in which the adapted head does better, equal ones counting half

    @property
    def is_better(self) -> bool:
        """Whether the adapted head is to be offered."""
        return self.adapted.value > self.base.value and self.sureness >= SURE


@dataclass(frozen=True, slots=True)
class Growth:
    """Average precision on the same later verdicts, after so many earlier ones."""

    verdicts: int
    precision: float


@dataclass(frozen=True, slots=True)
class Examination:
    """What can be told before all verdicts teach."""

    strength: float  # of the prior, for the fit to all verdicts
    is_chosen: bool  # by verdicts held out in time; otherwise they were too few, and it is the usual one
    held: Held | None = None  # None where verdicts of both kinds are lacking before or behind every cut
    growth: tuple[Growth, ...] = ()

    @property
    def gain_per_verdict(self) -> float:
        """By how much average precision grew with each verdict; 0 where that is not known."""
        if not self.growth:
            return 0.0
        first, last = self.growth[0], self.growth[-1]
        return (last.precision - first.precision) / (last.verdicts - first.verdicts)


def lacking(is_spasm: Sequence[bool] | NDArray[np.bool_]) -> tuple[int, int]:
    """How many more verdicts of each kind (spasm, none) are needed at least before an adaptation can be tested."""
    spasms = int(np.count_nonzero(is_spasm))
    needed = LEAST_TO_FIT + LEAST_TO_TEST
    return max(0, needed - spasms), max(0, needed - (len(is_spasm) - spasms))


def examine(taught: Taught, *, seed: int) -> Examination:
    """Tests by verdicts held out in time, and chooses the strength of the prior."""
    blocks = _blocks(taught.is_spasm)
    if not blocks:
        return Examination(USUAL, is_chosen=False)
    begin = blocks[0].start
    predicted = np.empty((len(STRENGTHS), len(taught) - begin))  # logits
    adapted = np.empty(len(taught) - begin)
    for block in blocks:
        here = slice(block.start - begin, block.stop - begin)
        # Windows of the last verdict before the cut must not see what is tested behind it.
        lesson = taught.lesson(before=float(taught.times[block.start]) - WINDOW_SECONDS)
        for row, strength in enumerate(STRENGTHS):
            predicted[row, here] = taught.logits(fit(lesson, strength=strength))[block.start : block.stop]
        best = _best(predicted[:, : here.start], taught.is_spasm[begin : block.start])
        adapted[here] = predicted[STRENGTHS.index(best or USUAL), here]
    truth = taught.is_spasm[begin:]
    best = _best(predicted, truth)
    strength = best or USUAL
    held = _held(taught.logits(None)[begin:], adapted, truth, seed=seed)
    return Examination(strength, best is not None, held, _growth(taught, begin, strength))


def _blocks(is_spasm: NDArray[np.bool_]) -> list[range]:
    """Where later verdicts are parted; none where one kind is lacking before or behind the first cut."""
    both = np.minimum(np.cumsum(is_spasm), np.cumsum(~is_spasm)) >= LEAST_TO_FIT
    first = int(np.argmax(both)) + 1 if both.any() else len(is_spasm)
    if not _has_both(is_spasm[first:], LEAST_TO_TEST):
        return []
    edges = np.unique(np.linspace(first, len(is_spasm), BLOCKS + 1).round().astype(int)).tolist()
    return [range(start, stop) for start, stop in pairwise(edges)]


def _has_both(is_spasm: NDArray[np.bool_], least: int) -> bool:
    spasms = int(np.count_nonzero(is_spasm))
    return min(spasms, len(is_spasm) - spasms) >= least


def _best(predicted: Floats, is_spasm: NDArray[np.bool_]) -> float | None:
    """The strength whose predictions (strengths, n) missed least; None where that would be guessing."""
    if not _has_both(is_spasm, LEAST_TO_CHOOSE):
        return None
    misses = np.sum(np.logaddexp(0.0, predicted) - is_spasm * predicted, axis=1)
    return STRENGTHS[int(np.argmin(misses))]


def _growth(taught: Taught, begin: int, strength: float) -> tuple[Growth, ...]:
    """After none and ever more of the verdicts before the last third, or before as much as holds both kinds."""
    cut = next(
        first
        for first in range(max(begin, 2 * len(taught) // 3), begin - 1, -1)
        if _has_both(taught.is_spasm[first:], LEAST_TO_TEST)
    )
    truth, before = taught.is_spasm[cut:], float(taught.times[cut]) - WINDOW_SECONDS
    growth = [Growth(0, _precision(taught.logits(None)[cut:], truth))]
    for share in STEPS:
        count = round(share * cut)
        posterior = fit(taught.lesson(cut - count, before=before), strength=strength)
        growth.append(Growth(count, _precision(taught.logits(posterior)[cut:], truth)))
    return tuple(growth)


def _precision(logits: Floats, is_spasm: NDArray[np.bool_]) -> float:
    return float(average_precision(logits, is_spasm, np.ones((1, len(logits))))[0])


def _held(base: Floats, adapted: Floats, is_spasm: NDArray[np.bool_], *, seed: int) -> Held:
    random = np.random.default_rng(seed)
    counts = np.zeros((DRAWS, len(is_spasm)))
    for kind in (True, False):  # so that no draw lacks one
        places = np.flatnonzero(is_spasm == kind)
        counts[:, places] = random.multinomial(len(places), np.full(len(places), 1 / len(places)), size=DRAWS)
    drawn = [average_precision(each, is_spasm, counts) for each in (base, adapted)]
    gained = drawn[1] - drawn[0]
    edges = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    base_figure, adapted_figure = (
        Estimate(_precision(logits, is_spasm), *(float(each) for each in np.quantile(draws, edges)))
        for logits, draws in zip((base, adapted), drawn, strict=True)
    )
    sureness = float(np.mean(gained > 0) + np.mean(gained == 0) / 2)
    return Held(len(is_spasm), base_figure, adapted_figure, sureness)


def average_precision(scores: Floats, positive: NDArray[np.bool_], counts: Floats) -> Floats:
    """The mean over all positives of the precision at their score, ties counting together.

    Args:
        scores: (n,).
        positive: (n,).
        counts: How often each of them is there, (draws, n).

    Returns:
        (draws,); NaN where a draw holds no positive.
    """
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(scores[order]) != 0, True])
    found = np.cumsum(counts[:, order] * positive[order], axis=1)[:, ends]
    called = np.cumsum(counts[:, order], axis=1)[:, ends]
    gained = np.diff(found, axis=1, prepend=0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision: Floats = np.sum(gained * np.nan_to_num(found / called), axis=1) / found[:, -1]
    return precision
