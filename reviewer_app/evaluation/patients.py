"""Figures by patient, as clinical work reports them: the mean over patients with its interval, and pooled beside it.

Pooled figures answer "of all windows, how many", and are ruled by the patients with the longest recordings. Means over
patients answer "how does it do on the next patient".
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.evaluation.confidence import Estimate, bootstrap, mean_over_patients
from reviewer_app.evaluation.curves import ThresholdCurve, threshold_curve
from reviewer_app.evaluation.scoring import LEAST_CLUSTER, NAN, RecordingScores, share
from reviewer_app.evaluation.study import PatientWindows, Study, StudyRules

WINDOWS_PER_HOUR = 3600 / WINDOW_SECONDS
"""Windows side by side in an hour: what a share of false windows is multiplied with, however much windows overlap."""

GRID = 512
"""Thresholds at which a patient's windows are counted for the intervals of pooled areas."""

Value = TypeVar("Value")
SHARE = (0.0, 1.0)
RATE = (0.0, math.inf)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a study: patient by patient, their mean, and all patients as one.

    Attributes:
        key: Its stable name in tables.
        what: Its name in words.
        by_patient: Patient and value; NaN where the patient's windows or recordings do not allow it.
        mean: Over the patients that allow it.
        pooled: From everything together, with an interval by resampling patients.
        higher_is_better: None where neither end is good.
    """

    key: str
    what: str
    by_patient: tuple[tuple[str, float], ...]
    mean: Estimate
    pooled: Estimate
    higher_is_better: bool | None


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Value]):
    """What to compute from one patient's value, or from those of any number of patients."""

    key: str
    what: str
    limits: tuple[float, float]  # that the measure itself has
    higher_is_better: bool | None
    statistic: Callable[[Sequence[Value]], float]

    def measured(self, values: Sequence[Value], patients: Sequence[str], rules: StudyRules) -> Measure:
        """The measure of some patients, one value for each."""
        each = [self.statistic([value]) for value in values]
        return self.composed(each, patients, self.pooled(values, patients, rules))

    def pooled(self, values: Sequence[Value], patients: Sequence[str], rules: StudyRules) -> Estimate:
        """All patients as one."""
        return bootstrap(values, patients, self.statistic, unit="patients", seed=rules.seed, draws=rules.draws)

    def composed(self, each: Sequence[float], patients: Sequence[str], pooled: Estimate) -> Measure:
        """The measure from its parts."""
        return Measure(
            self.key,
            self.what,
            tuple(zip(patients, each, strict=True)),
            mean_over_patients(each, limits=self.limits),
            pooled,
            self.higher_is_better,
        )


# Windows


@dataclass(frozen=True, slots=True)
class WindowCounts:
    """Windows called right and wrong."""

    true_positives: int
    positives: int
    true_negatives: int
    negatives: int
    squared_error: float  # sum over windows of the squared distance of score and truth

    @property
    def sensitivity(self) -> float:
        """Share of positive windows called."""
        return share(self.true_positives, self.positives)

    @property
    def specificity(self) -> float:
        """Share of negative windows not called."""
        return share(self.true_negatives, self.negatives)

    @property
    def accuracy(self) -> float:
        """Share of windows called right."""
        return share(self.true_positives + self.true_negatives, self.positives + self.negatives)

    @property
    def false_share(self) -> float:
        """False alarms per negative window, the false-alarm rate of Miron et al. 2025."""
        return share(self.negatives - self.true_negatives, self.negatives)

    @property
    def false_per_hour(self) -> float:
        """The same share of an hour's windows side by side."""
        return self.false_share * WINDOWS_PER_HOUR

    @property
    def brier(self) -> float:
        """Mean squared distance of score and truth."""
        windows = self.positives + self.negatives
        return self.squared_error / windows if windows else NAN


def count_windows(windows: PatientWindows, *, threshold: float) -> WindowCounts:
    """A patient's windows at a threshold; a score at the threshold is called."""
    called, positive = windows.scores >= threshold, windows.positive
    return WindowCounts(
        true_positives=int((called & positive).sum()),
        positives=int(positive.sum()),
        true_negatives=int((~called & ~positive).sum()),
        negatives=int((~positive).sum()),
        squared_error=float(np.sum((windows.scores - positive) ** 2)),
    )


def _together(counts: Sequence[WindowCounts]) -> WindowCounts:
    return WindowCounts(
        sum(each.true_positives for each in counts),
        sum(each.positives for each in counts),
        sum(each.true_negatives for each in counts),
        sum(each.negatives for each in counts),
        sum(each.squared_error for each in counts),
    )


def window_measures(patients: Sequence[PatientWindows], rules: StudyRules) -> tuple[Measure, ...]:
    """AUC, PR-AUC, sensitivity, specificity, accuracy, false alarms, Brier: by patient and pooled.

    Args:
        patients: All windows of each patient, one entry per patient.
        rules: For the threshold of all but the areas and Brier's score, and the resampling.
    """
    at = f"at {rules.threshold:g}"
    asked: tuple[_Asked[WindowCounts], ...] = (
        _Asked("sensitivity", f"window sensitivity {at}", SHARE, True, lambda drawn: _together(drawn).sensitivity),
        _Asked("specificity", f"window specificity {at}", SHARE, True, lambda drawn: _together(drawn).specificity),
        _Asked("accuracy", f"window accuracy {at}", SHARE, True, lambda drawn: _together(drawn).accuracy),
        _Asked(
            "false_share", f"false alarms per window {at}", SHARE, False, lambda drawn: _together(drawn).false_share
        ),
        _Asked(
            "false_per_hour", f"false windows per hour {at}", RATE, False, lambda drawn: _together(drawn).false_per_hour
        ),
        _Asked("brier", "Brier score of windows", SHARE, False, lambda drawn: _together(drawn).brier),
    )
    names = [each.patient for each in patients]
    counts = [count_windows(each, threshold=rules.threshold) for each in patients]
    return (*_areas(patients, rules), *(each.measured(counts, names, rules) for each in asked))


def _areas(patients: Sequence[PatientWindows], rules: StudyRules) -> tuple[Measure, Measure]:
    """Areas of patients and of all windows are exact; only the interval of the latter goes by a grid of thresholds.

    Sorting all windows of a lab anew for 2000 draws would take minutes; counts on a common grid only add up.
    """
    names = [each.patient for each in patients]
    curves = [threshold_curve(each.scores, each.positive) for each in patients]
    whole = threshold_curve(
        np.concatenate([each.scores for each in patients]), np.concatenate([each.positive for each in patients])
    )
    grid = _grid(whole.thresholds)
    counts = [_counts_at(each, grid) for each in curves]
    auc: _Asked[NDArray[np.int64]] = _Asked("auc", "window AUC", SHARE, True, lambda drawn: _summed(grid, drawn).area)
    precision: _Asked[NDArray[np.int64]] = _Asked(
        "average_precision", "window PR-AUC", SHARE, True, lambda drawn: _precision(_summed(grid, drawn))
    )
    return (
        auc.composed(
            [each.area for each in curves], names, replace(auc.pooled(counts, names, rules), value=whole.area)
        ),
        precision.composed(
            [_precision(each) for each in curves],
            names,
            replace(precision.pooled(counts, names, rules), value=_precision(whole)),
        ),
    )


def _precision(curve: ThresholdCurve) -> float:
    """Average precision; NaN without negative windows, among which it is 1 whatever the scores."""
    return curve.average_precision if curve.false_positives[-1] else NAN


def _grid(thresholds: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most ``GRID`` of the thresholds, evenly by rank, both ends among them."""
    places = np.unique(np.linspace(0, len(thresholds) - 1, GRID).round().astype(np.int64))
    return thresholds[places]


def _counts_at(curve: ThresholdCurve, thresholds: NDArray[np.float64]) -> NDArray[np.int64]:
    """True and false positives (2, n) at other thresholds than the curve's own."""
    places = np.searchsorted(-curve.thresholds, -thresholds, side="right") - 1
    return np.stack([curve.true_positives[places], curve.false_positives[places]])


def _summed(thresholds: NDArray[np.float64], counts: Sequence[NDArray[np.int64]]) -> ThresholdCurve:
    true_positives, false_positives = np.sum(counts, axis=0)
    return ThresholdCurve(thresholds, true_positives, false_positives)


# Spasms and clusters

Recordings = Sequence[RecordingScores]  # of one patient


def event_measures(study: Study) -> tuple[Measure, ...]:
    """Spasms found, false alarms an hour, count errors, clusters found: by patient and pooled."""
    asked: tuple[_Asked[Recordings], ...] = (
        _Asked("spasm_sensitivity", "spasms found", SHARE, True, _spasm_sensitivity),
        _Asked("spasm_precision", "events that are spasms", SHARE, True, _spasm_precision),
        _Asked("false_alarms_per_hour", "false alarms per hour", RATE, False, _false_alarms_per_hour),
        _Asked("count_error", "events less spasms, as a share of spasms", (-1.0, math.inf), None, _count_error),
        _Asked("cluster_sensitivity", "clusters found", SHARE, True, _cluster_sensitivity),
        _Asked("false_clusters_per_hour", "false clusters per hour", RATE, False, _false_clusters_per_hour),
        _Asked(
            "cluster_count_error",
            f"error of spasms counted, per cluster of {LEAST_CLUSTER} or more",
            RATE,
            False,
            _cluster_count_error,
        ),
    )
    grouped = study.by_patient()
    names = [patient for patient, _ in grouped]
    scores = [[each.scores for each in recordings] for _, recordings in grouped]
    return tuple(each.measured(scores, names, study.rules) for each in asked)


def _all(patients: Sequence[Recordings]) -> list[RecordingScores]:
    return [scores for recordings in patients for scores in recordings]


def _hours(patients: Sequence[Recordings]) -> float:
    return sum(each.spasms.hours for each in _all(patients))


def _spasm_sensitivity(patients: Sequence[Recordings]) -> float:
    scores = _all(patients)
    return share(sum(each.spasms.found for each in scores), sum(each.spasms.reference for each in scores))


def _spasm_precision(patients: Sequence[Recordings]) -> float:
    scores = _all(patients)
    return share(sum(each.spasms.found for each in scores), sum(each.spasms.events for each in scores))


def _false_alarms_per_hour(patients: Sequence[Recordings]) -> float:
    return _per(sum(each.spasms.false_alarms for each in _all(patients)), _hours(patients))


def _count_error(patients: Sequence[Recordings]) -> float:
    scores = _all(patients)
    return share(sum(each.spasms.count_error for each in scores), sum(each.spasms.reference for each in scores))


def _cluster_sensitivity(patients: Sequence[Recordings]) -> float:
    outcomes = [outcome.found for each in _all(patients) for outcome in each.clusters.outcomes]
    return share(sum(outcomes), len(outcomes))


def _false_clusters_per_hour(patients: Sequence[Recordings]) -> float:
    return _per(sum(each.clusters.false_clusters for each in _all(patients)), _hours(patients))


def _cluster_count_error(patients: Sequence[Recordings]) -> float:
    outcomes = [outcome for each in _all(patients) for outcome in each.clusters.outcomes]
    errors = [abs(outcome.relative_error) for outcome in outcomes if outcome.spasms >= LEAST_CLUSTER]
    return _per(sum(errors), len(errors))


def _per(part: float, whole: float) -> float:
    return part / whole if whole else NAN
