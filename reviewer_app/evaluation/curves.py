"""What happens as the threshold moves: ROC, precision and recall, calibration, and false alarms an hour (FROC)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import Event, OperatingPoint, event_curve, find_clusters, pick_events
from reviewer_app.domain.trace import frozen
from reviewer_app.domain.triage import candidates_of, workload
from reviewer_app.evaluation.scoring import NAN, SpasmScores, match_onsets, score_spasms, share, within
from reviewer_app.evaluation.study import Study, StudyRecording

BINS = 10
"""Of a calibration curve, equally wide."""

SWEEP = 32
"""Thresholds of each of two kinds at which events are picked again for FROC."""

LOWEST = 0.02
"""Threshold of the events among whose scores the sweep's are chosen; nobody would look at what lies under it."""

MOST_FALSE = 60
"""False alarms an hour, about, up to which the sweep goes; beyond it goes only where a spasm is found there."""


# Windows


@dataclass(frozen=True, slots=True)
class ThresholdCurve:
    """Counts of windows at or over each threshold; ROC and precision-recall are two views of it.

    The first threshold is infinite and calls nothing; then come all distinct scores from high to low, the last of
    which calls everything.
    """

    thresholds: NDArray[np.float64]  # (n,) descending, the first one infinite
    true_positives: NDArray[np.int64]  # (n,)
    false_positives: NDArray[np.int64]  # (n,)

    @property
    def sensitivity(self) -> NDArray[np.float64]:
        """Share of positive windows called, per threshold; NaN without any."""
        return _shares(self.true_positives, self.true_positives[-1])

    @property
    def false_positive_rate(self) -> NDArray[np.float64]:
        """Share of negative windows called, per threshold; NaN without any."""
        return _shares(self.false_positives, self.false_positives[-1])

    @property
    def precision(self) -> NDArray[np.float64]:
        """Share of called windows that are positive, per threshold; 1 where nothing is called."""
        called = self.true_positives + self.false_positives
        return np.where(called > 0, self.true_positives / np.maximum(called, 1), 1.0)

    @property
    def area(self) -> float:
        """Area under the ROC curve; NaN where the windows are all of one kind."""
        if not self.true_positives[-1] or not self.false_positives[-1]:
            return NAN
        return float(np.trapezoid(self.sensitivity, self.false_positive_rate))

    @property
    def average_precision(self) -> float:
        """Mean precision, weighted by the sensitivity that each threshold adds; NaN without positive windows."""
        if not self.true_positives[-1]:
            return NAN
        return float(np.sum(np.diff(self.sensitivity) * self.precision[1:]))


def _shares(counts: NDArray[np.int64], whole: np.int64) -> NDArray[np.float64]:
    return counts / whole if whole else np.full(len(counts), NAN)


def threshold_curve(scores: NDArray[np.floating], positive: NDArray[np.bool_]) -> ThresholdCurve:
    """Counts at every distinct score.

    Args:
        scores: One per window, no NaN.
        positive: Which windows hold a spasm's onset.
    """
    if scores.shape != positive.shape:
        raise ValueError(f"{scores.shape} scores for {positive.shape} labels")
    order = np.argsort(-scores, kind="stable")
    ordered, hits = scores[order], np.cumsum(positive[order])
    lasts = np.flatnonzero(np.diff(ordered, append=-np.inf))  # of each run of equal scores
    return ThresholdCurve(
        frozen(np.r_[np.inf, ordered[lasts]].astype(np.float64)),
        frozen(np.r_[0, hits[lasts]].astype(np.int64)),
        frozen(np.r_[0, lasts + 1 - hits[lasts]].astype(np.int64)),
    )


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Windows whose scores lie close together, and how many of them were really positive."""

    low: float
    high: float
    count: int
    mean_score: float
    share_positive: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether a score of 0.7 means 7 windows in 10."""

    bins: tuple[CalibrationBin, ...]  # empty bins are not in it
    brier: float  # mean squared distance of score and truth; 0 is perfect, NaN without windows
    expected_error: float  # mean distance of score and share over bins, weighted by count


def calibration(scores: NDArray[np.floating], positive: NDArray[np.bool_], *, bins: int = BINS) -> Calibration:
    """The calibration curve over equally wide bins of the score, and Brier's score."""
    if not len(scores):
        return Calibration((), NAN, NAN)
    edges = np.linspace(0, 1, bins + 1)
    place = np.searchsorted(edges[1:-1], scores)  # a score on an edge belongs to the bin below it
    found = tuple(
        CalibrationBin(
            float(edges[i]),
            float(edges[i + 1]),
            int(inside.sum()),
            float(scores[inside].mean()),
            float(positive[inside].mean()),
        )
        for i in range(bins)
        if (inside := place == i).any()
    )
    error = sum(each.count * abs(each.mean_score - each.share_positive) for each in found) / len(scores)
    return Calibration(found, float(np.mean((scores - positive) ** 2)), error)


# Spasms


@dataclass(frozen=True, slots=True)
class FrocPoint:
    """What all recordings together give at one threshold."""

    threshold: float  # at which an event is entered
    reference: int  # spasms in analysable time
    found: int
    false_alarms: int
    hours: float  # analysable
    minutes: float  # of video to watch for the events in analysable time

    @property
    def sensitivity(self) -> float:
        """Share of spasms found."""
        return share(self.found, self.reference)

    @property
    def false_alarms_per_hour(self) -> float:
        """False alarms per analysable hour."""
        return self.false_alarms / self.hours if self.hours else NAN

    @property
    def minutes_per_hour(self) -> float:
        """Minutes to watch per analysable hour."""
        return self.minutes / self.hours if self.hours else NAN


@dataclass(frozen=True, slots=True)
class Froc:
    """Sensitivity against false alarms an hour, from the strictest threshold to the most lenient one.

    Events are picked anew at every threshold with the operating point's ratio of leave to enter, so the curve runs
    through what the program shows at that threshold; it need not rise everywhere, since a lower threshold may join what
    a higher one told apart.
    """

    points: tuple[FrocPoint, ...]
    chosen: FrocPoint  # at the study's operating point

    def sensitivity_at(self, false_alarms_per_hour: float) -> float:
        """The highest sensitivity at no more false alarms an hour than this; 0 where every threshold gives more."""
        allowed = [each.sensitivity for each in self.points if each.false_alarms_per_hour <= false_alarms_per_hour]
        return max(allowed, default=0.0)


def froc(study: Study, *, steps: int = SWEEP) -> Froc:
    """Sweeps the threshold over all recordings of a study.

    Thresholds are the operating point's own and scores of the events that the lowest one picks: of those that find a
    spasm, evenly by rank, so that every step of sensitivity is seen; and of the others, evenly by the logarithm of
    their rank and up to ``MOST_FALSE`` an hour, so that few false alarms an hour are told apart as well as many.
    """
    point, curves = study.point, [event_curve(each.trace) for each in study.recordings]
    lowest = _point_at(point, min(LOWEST, point.enter))
    finding: list[float] = []
    false: list[float] = []
    for recording, curve in zip(study.recordings, curves, strict=True):
        right, wrong = _told_apart(recording, pick_events(curve, lowest), study)
        finding += right
        false += wrong
    chosen = {point.enter, 1.0, *_evenly(finding, steps), *_by_rank(false, steps, study.analysable_hours)}
    swept = []
    for threshold in sorted(chosen, reverse=True):
        events = [pick_events(curve, _point_at(point, threshold)) for curve in curves]
        swept.append(_froc_point(threshold, study, events))
    return Froc(tuple(swept), next(each for each in swept if each.threshold == point.enter))


def _told_apart(recording: StudyRecording, events: Sequence[Event], study: Study) -> tuple[list[float], list[float]]:
    """Scores of the events that find a spasm, and of the others."""
    onsets, peaks = [spasm.start for spasm in recording.spasms], [event.peak for event in events]
    right = {i for _, i in match_onsets(onsets, peaks, tolerance=study.rules.scoring.tolerance)}
    return (
        [event.score for i, event in enumerate(events) if i in right],
        [event.score for i, event in enumerate(events) if i not in right and within(event.peak, recording.analysable)],
    )


def _by_rank(scores: Sequence[float], steps: int, hours: float) -> set[float]:
    """At most so many of the highest scores, most of them near the highest."""
    ordered = np.sort(scores)[::-1][: int(MOST_FALSE * hours)]
    if not len(ordered):
        return set()
    places = np.geomspace(1, len(ordered), steps).astype(np.int64) - 1
    return {float(score) for score in ordered[places]}


def _evenly(scores: Sequence[float], steps: int) -> set[float]:
    """At most so many of the scores, evenly by rank, the lowest and the highest among them."""
    if not scores:
        return set()
    return {float(score) for score in np.quantile(scores, np.linspace(0, 1, steps), method="lower")}


def _point_at(point: OperatingPoint, enter: float) -> OperatingPoint:
    return replace(point, enter=enter, leave=min(enter, point.leave / point.enter * enter))


def _froc_point(threshold: float, study: Study, events: Sequence[Sequence[Event]]) -> FrocPoint:
    pairs = list(zip(study.recordings, events, strict=True))
    scored = [_scored(recording, picked, study) for recording, picked in pairs]
    return FrocPoint(
        threshold,
        reference=sum(each.reference for each in scored),
        found=sum(each.found for each in scored),
        false_alarms=sum(each.false_alarms for each in scored),
        hours=sum(each.hours for each in scored),
        minutes=sum(minutes_to_watch(recording, picked, study.rules.pre_roll) for recording, picked in pairs),
    )


def _scored(recording: StudyRecording, events: Sequence[Event], study: Study) -> SpasmScores:
    return score_spasms(recording.spasms, events, analysable=recording.analysable, rules=study.rules.scoring)


def minutes_to_watch(recording: StudyRecording, events: Sequence[Event], pre_roll: float) -> float:
    """Minutes of video that the events in analysable time ask for, each second once."""
    counted = [each for each in events if within(each.peak, recording.analysable)]
    return workload(candidates_of(find_clusters(counted), (), rater_id=0), pre_roll=pre_roll).minutes
