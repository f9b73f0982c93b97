"""How far raters agree with one another, and the model with each of them: kappa, alpha, and event by event.

Kappa and alpha take 5-s windows side by side; where spasms are rare they fall although raters agree on nearly every
second, so agreement on the spasms themselves stands beside them. Seconds that raters dispute count for the model as
they do for raters: it is compared wherever it has scores.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import WINDOW_SECONDS, Interval, subtract, total_seconds
from reviewer_app.evaluation.confidence import Estimate, bootstrap
from reviewer_app.evaluation.scoring import NAN, all_within, match_onsets, share, within
from reviewer_app.evaluation.study import RaterWords, Study, StudyRecording

MODEL = "model"
"""How the bundle under test is named among raters."""


# Coefficients


def cohen_kappa(table: NDArray[np.float64]) -> float:
    """Agreement of two raters beyond chance (Cohen 1960); NaN where both used one and the same category throughout.

    Args:
        table: (categories, categories), how many items the first rater put here and the second there.
    """
    total = table.sum()
    if not total:
        return NAN
    seen = float(np.trace(table) / total)
    chance = float(table.sum(axis=0) @ table.sum(axis=1) / total**2)
    return _beyond(seen, chance)


def _beyond(seen: float, chance: float) -> float:
    return (seen - chance) / (1 - chance) if chance < 1 else NAN


def fleiss_kappa(counts: NDArray[np.integer]) -> float:
    """Agreement of several raters beyond chance (Fleiss 1971); NaN without items or with a single category used.

    Args:
        counts: (items, categories), how many raters put the item there; each item has the same number of at least 2.
    """
    raters = counts.sum(axis=1)
    if not len(counts):
        return NAN
    if raters[0] < 2 or np.any(raters != raters[0]):
        raise ValueError(f"each item needs the same number of raters, at least 2, not {sorted(set(raters.tolist()))}")
    pairs = float(raters[0] * (raters[0] - 1))
    seen = float(np.mean(np.sum(counts * (counts - 1), axis=1) / pairs))
    shares = counts.sum(axis=0) / counts.sum()
    return _beyond(seen, float(shares @ shares))


def krippendorff_alpha(ratings: NDArray[np.floating]) -> float:
    """Nominal alpha, which allows for missing ratings (Krippendorff 2011); NaN where nothing can be paired or differs.

    Args:
        ratings: (raters, items), NaN where a rater did not judge the item.
    """
    categories = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, np.newaxis] == categories).sum(axis=0)  # (items, categories)
    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= 2], raters[raters >= 2]
    used = counts.sum(axis=0)
    total = int(used.sum())
    if not total:
        return NAN
    seen = float(np.sum(counts * (counts - 1) / (raters - 1)[:, np.newaxis]) / total)
    chance = float(np.sum(used * (used - 1)) / (total * (total - 1)))
    return _beyond(seen, chance)


# A study's raters


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters, or the model and a rater, in the time that both judged."""

    first: str
    second: str
    hours: float  # that both judged
    windows: int  # of 5 s, side by side
    kappa: Estimate  # over these windows: does a spasm begin in them?
    first_spasms: int
    second_spasms: int
    matched: int  # one to one, onsets within the tolerance
    positive_agreement: Estimate  # twice the matched ones as a share of all spasms of both; the same as F1


@dataclass(frozen=True, slots=True)
class Agreement:
    """All raters of a study with one another, and the model with each of them."""

    raters: tuple[str, ...]
    pairs: tuple[PairAgreement, ...]  # that share any time
    model: tuple[PairAgreement, ...]  # the model first
    fleiss: float  # over windows that all raters judged; NaN with fewer than two raters or no such window
    fleiss_windows: int
    alpha: float  # over windows that at least two judged
    alpha_windows: int


def agreement(study: Study) -> Agreement:
    """Compares everybody who said something about a study's recordings."""
    raters = sorted({words.rater for each in study.recordings for words in each.raters})
    pairs = (_pair(study, first, second) for first, second in combinations(raters, 2))
    model = (_pair(study, MODEL, rater) for rater in raters)
    ratings = np.concatenate([_ratings(each, raters) for each in study.recordings], axis=1)
    judges = (~np.isnan(ratings)).sum(axis=0)
    by_all = ratings[:, judges == len(raters)]
    counts = np.stack([(by_all == 0).sum(axis=0), (by_all == 1).sum(axis=0)], axis=1)
    several = len(raters) > 1
    return Agreement(
        raters=tuple(raters),
        pairs=tuple(pair for pair in pairs if pair is not None),
        model=tuple(pair for pair in model if pair is not None),
        fleiss=fleiss_kappa(counts) if several else NAN,
        fleiss_windows=len(counts) if several else 0,
        alpha=krippendorff_alpha(ratings),
        alpha_windows=int((judges >= 2).sum()),
    )


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two raters in one recording: seconds shared, windows by both ratings, and onsets."""

    seconds: float
    table: NDArray[np.float64]  # (2, 2) windows: the first one's rating, the second one's
    spasms: tuple[int, int]
    matched: int


def _pair(study: Study, first: str, second: str) -> PairAgreement | None:
    """The two over all recordings; None where they share no time."""
    meetings: list[_Meeting] = []
    patients: list[str] = []
    for each in study.recordings:
        meeting = _meeting(_words(each, first), _words(each, second), tolerance=study.rules.scoring.tolerance)
        if meeting.seconds:
            meetings.append(meeting)
            patients.append(each.patient)
    if not meetings:
        return None
    estimate = partial(bootstrap, meetings, patients, unit="recordings", seed=study.rules.seed, draws=study.rules.draws)
    return PairAgreement(
        first,
        second,
        hours=sum(each.seconds for each in meetings) / 3600,
        windows=int(sum(each.table.sum() for each in meetings)),
        kappa=estimate(lambda drawn: cohen_kappa(sum((each.table for each in drawn), np.zeros((2, 2))))),
        first_spasms=sum(each.spasms[0] for each in meetings),
        second_spasms=sum(each.spasms[1] for each in meetings),
        matched=sum(each.matched for each in meetings),
        positive_agreement=estimate(_positive_agreement),
    )


def _positive_agreement(meetings: Sequence[_Meeting]) -> float:
    return share(2 * sum(each.matched for each in meetings), sum(sum(each.spasms) for each in meetings))


def _words(each: StudyRecording, rater: str) -> RaterWords:
    """What a rater said of a recording; nothing, about no time, where the rater never saw it."""
    if rater == MODEL:
        # An event's peak is what scoring takes for an onset.
        return RaterWords(
            MODEL, tuple(Interval(e.peak, max(e.peak, e.interval.stop)) for e in each.events), each.scored
        )
    return next((words for words in each.raters if words.rater == rater), RaterWords(rater, (), ()))


def _meeting(first: RaterWords, second: RaterWords, *, tolerance: float) -> _Meeting:
    shared = subtract(first.heard, subtract(first.heard, second.heard))
    count = int(max((span.stop for span in shared), default=0.0) // WINDOW_SECONDS)
    judged = _judged(first, count) & _judged(second, count)
    onsets = [[spasm.start for spasm in words.spasms if within(spasm.start, shared)] for words in (first, second)]
    table = np.zeros((2, 2))
    np.add.at(table, (_called(onsets[0], count)[judged], _called(onsets[1], count)[judged]), 1)
    matched = len(match_onsets(onsets[0], onsets[1], tolerance=tolerance))
    return _Meeting(total_seconds(shared), table, (len(onsets[0]), len(onsets[1])), matched)


def _ratings(each: StudyRecording, raters: Sequence[str]) -> NDArray[np.float64]:
    """For 5-s windows side by side, whether a spasm begins there; (raters, windows), NaN where the rater is silent."""
    count = int(each.recording.seconds // WINDOW_SECONDS)
    rows = np.full((len(raters), count), NAN)
    for row, rater in zip(rows, raters, strict=True):
        words = _words(each, rater)
        judged = _judged(words, count)
        row[judged] = _called([spasm.start for spasm in words.spasms], count)[judged]
    return rows


def _judged(words: RaterWords, count: int) -> NDArray[np.bool_]:
    """Windows whose middle the rater finalised, less all in which the rater was undecided for a moment."""
    judged = all_within((np.arange(count) + 0.5) * WINDOW_SECONDS, words.finalised)
    for span in words.undecided:
        judged[int(span.start // WINDOW_SECONDS) : math.ceil(span.stop / WINDOW_SECONDS)] = False
    return judged


def _called(onsets: Sequence[float], count: int) -> NDArray[np.intp]:
    """Windows, 0 or 1, in which an onset lies."""
    windows = (np.array(onsets) // WINDOW_SECONDS).astype(np.int64)
    called = np.zeros(count, np.intp)
    called[windows[windows < count]] = 1
    return called
