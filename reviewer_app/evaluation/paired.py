"""Two bundles on the same patients: differences with intervals, from drawing patients anew, the same for both.

What two bundles have in common on a patient - how clear the spasms are, how restless the nights - falls out of the
difference, which is why pairs tell more than two intervals side by side.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np

from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.evaluation.confidence import DRAWS, LEVEL
from reviewer_app.evaluation.curves import calibration
from reviewer_app.evaluation.graded import Graded
from reviewer_app.evaluation.scoring import LEAST_CLUSTER, NAN, POSITIVE, ScoringRules, share
from reviewer_app.evaluation.study import StudyRecording

LEAST_PATIENTS = 6
"""With fewer nothing is called better or worse: that all of five do better happens by chance one time in 16, counting
both directions; that all of six do, one time in 32."""

RULES = ScoringRules(skip_partial=True)
"""Whether a window that sees the rest of a spasm alone shows one is a matter of taste, so it is left out."""


@dataclass(frozen=True, slots=True)
class OnePatient:
    """What one bundle made of one patient."""

    patient: str
    hours: float
    spasm_peaks: tuple[float, ...]  # the height of the event that found each spasm; 0 where none did
    false_peaks: tuple[float, ...]
    reference: int  # spasms; this and the next four at the bundle's own operating point
    found: int
    false_alarms: int
    clusters: tuple[bool, ...]  # found or not
    count_errors: tuple[float, ...]  # relative, without sign, of the clusters that are large enough
    auc: float  # of windows; NaN where all are of one kind
    brier: float
    calibration_error: float
    is_calibrated: bool  # whether there is an operating point at all


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of two bundles and the interval of its difference; NaN where the patients do not allow it."""

    what: str
    one: float
    other: float
    low: float
    high: float
    patients: int
    higher_is_better: bool

    @property
    def value(self) -> float:
        """The other bundle's figure less the one's."""
        return self.other - self.one

    @property
    def verdict(self) -> int:
        """1 where the other is better beyond chance, -1 where it is worse, 0 where that cannot be told."""
        if self.patients < LEAST_PATIENTS or not (self.low > 0 or self.high < 0):
            return 0
        return 1 if (self.low > 0) == self.higher_is_better else -1


def patients_of(pairs: Sequence[tuple[StudyRecording, Graded]], *, is_calibrated: bool) -> tuple[OnePatient, ...]:
    """One value per patient, in order, from all of the patient's recordings.

    Args:
        pairs: Recordings scored at the bundle's operating point, and graded at all thresholds.
        is_calibrated: Whether the bundle has an operating point.
    """
    whose = sorted(pairs, key=lambda pair: pair[0].patient)
    groups = groupby(whose, key=lambda pair: pair[0].patient)
    return tuple(_patient(patient, tuple(group), is_calibrated=is_calibrated) for patient, group in groups)


def _patient(patient: str, pairs: Sequence[tuple[StudyRecording, Graded]], *, is_calibrated: bool) -> OnePatient:
    scores = np.concatenate([each.window_scores for each, _ in pairs]).astype(np.float64)
    positive = np.concatenate([each.labels for each, _ in pairs]) == POSITIVE
    used = ~np.isnan(scores)
    calibrated = calibration(scores[used], positive[used])
    outcomes = [outcome for each, _ in pairs for outcome in each.scores.clusters.outcomes]
    return OnePatient(
        patient=patient,
        hours=sum(graded.hours for _, graded in pairs),
        spasm_peaks=tuple(peak for _, graded in pairs for peak in graded.spasm_peaks),
        false_peaks=tuple(peak for _, graded in pairs for peak in graded.false_peaks),
        reference=sum(each.scores.spasms.reference for each, _ in pairs),
        found=sum(each.scores.spasms.found for each, _ in pairs),
        false_alarms=sum(each.scores.spasms.false_alarms for each, _ in pairs),
        clusters=tuple(outcome.found for outcome in outcomes),
        count_errors=tuple(abs(each.relative_error) for each in outcomes if each.spasms >= LEAST_CLUSTER),
        auc=area_under_curve(scores[used], positive[used]),
        brier=calibrated.brier,
        calibration_error=calibrated.expected_error,
        is_calibrated=is_calibrated,
    )


def differences(
    one: Sequence[OnePatient], other: Sequence[OnePatient], *, rate: float, seed: int, draws: int = DRAWS
) -> tuple[Difference, ...]:
    """All figures of two bundles on the same patients; the first one decides which is better.

    Args:
        one: What the one bundle made of each patient.
        other: What the other made of the same patients, in the same order.
        rate: False alarms an hour at which both are compared.
        seed: The same seed gives the same intervals.
        draws: How often patients are drawn anew.
    """
    if not one or [each.patient for each in one] != [each.patient for each in other]:
        raise ValueError("two bundles are compared on the same patients, at least one")
    an_hour = "1 false alarm an hour" if rate == 1 else f"{rate:g} false alarms an hour"
    asked = (
        _Asked(f"spasms found, both at {an_hour}", lambda each: sensitivity_at(each, rate), True),
        _Asked("spasms found, each at its own operating point", _sensitivity, True),
        _Asked("false alarms an hour, each at its own operating point", _false_alarms, False),
        _Asked("clusters found, each at its own operating point", _clusters, True),
        _Asked(f"error of spasms counted, per cluster of {LEAST_CLUSTER} or more", _count_error, False),
        _Asked("window AUC, mean over patients", lambda each: _mean(each, "auc"), True),
        _Asked("Brier score of windows, mean over patients", lambda each: _mean(each, "brier"), False),
        _Asked(
            "calibration error of windows, mean over patients", lambda each: _mean(each, "calibration_error"), False
        ),
    )
    places = np.random.default_rng(seed).integers(len(one), size=(draws, len(one))).tolist()
    return tuple(_difference(each, one, other, places) for each in asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure that both bundles are asked for."""

    what: str
    statistic: Callable[[Sequence[OnePatient]], float]
    higher_is_better: bool


def _difference(
    asked: _Asked, one: Sequence[OnePatient], other: Sequence[OnePatient], places: Sequence[Sequence[int]]
) -> Difference:
    """The figure with its interval; draws whose patients do not allow it are left out."""
    values = asked.statistic(one), asked.statistic(other)
    low = high = NAN
    if len(one) > 1 and not any(map(math.isnan, values)):
        drawn = [asked.statistic([other[i] for i in row]) - asked.statistic([one[i] for i in row]) for row in places]
        known = [each for each in drawn if not math.isnan(each)]
        edge = (1 - LEVEL) / 2
        low, high = map(float, np.quantile(known, [edge, 1 - edge]))
    return Difference(asked.what, *values, low, high, len(one), asked.higher_is_better)


def sensitivity_at(patients: Sequence[OnePatient], rate: float) -> float:
    """The share of spasms whose event stands over all false events but those that the rate allows."""
    peaks = np.array([peak for each in patients for peak in each.spasm_peaks])
    false = np.sort([peak for each in patients for peak in each.false_peaks])
    allowed = math.floor(rate * sum(each.hours for each in patients) + 1e-9)
    bar = float(false[-allowed - 1]) if allowed < len(false) else 0.0
    return float((peaks > bar).mean()) if len(peaks) else NAN


def _sensitivity(patients: Sequence[OnePatient]) -> float:
    found = sum(each.found for each in patients)
    return share(found, sum(each.reference for each in patients)) if _calibrated(patients) else NAN


def _false_alarms(patients: Sequence[OnePatient]) -> float:
    hours = sum(each.hours for each in patients)
    return sum(each.false_alarms for each in patients) / hours if hours and _calibrated(patients) else NAN


def _clusters(patients: Sequence[OnePatient]) -> float:
    found = [each for patient in patients for each in patient.clusters]
    return share(sum(found), len(found)) if _calibrated(patients) else NAN


def _count_error(patients: Sequence[OnePatient]) -> float:
    errors = [error for each in patients for error in each.count_errors]
    return float(np.mean(errors)) if errors and _calibrated(patients) else NAN


def _calibrated(patients: Sequence[OnePatient]) -> bool:
    return all(each.is_calibrated for each in patients)


def _mean(patients: Sequence[OnePatient], name: str) -> float:
    known = [value for value in map(attrgetter(name), patients) if not math.isnan(value)]
    return float(np.mean(known)) if known else NAN
