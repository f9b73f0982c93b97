"""Every number of a study as tables for further work: full precision, an empty cell where nothing is known."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields

import numpy as np

from reviewer_app.evaluation.agreement import Agreement
from reviewer_app.evaluation.by_the_clock import by_the_clock
from reviewer_app.evaluation.confidence import Estimate
from reviewer_app.evaluation.results import StudyResults
from reviewer_app.evaluation.scoring import POSITIVE, match_onsets
from reviewer_app.evaluation.study import StudyRecording
from reviewer_app.evaluation.technical import TechnicalComparison

MOST_THRESHOLDS = 2000
"""Points of a ROC curve in its table; evenly by rank where there are more scores."""

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file."""

    name: str  # of the file, without its ending
    head: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]  # to be read once: there may be millions


def study_tables(results: StudyResults) -> Iterator[Table]:
    """All tables, the longest last."""
    yield Table(
        "measures",
        ("measure", "what", "mean", "mean_low", "mean_high", "patients", "pooled", "pooled_low", "pooled_high"),
        _cells(
            (each.key, each.what, *_interval(each.mean), each.mean.count, *_interval(each.pooled))
            for each in (*results.windows, *results.events)
        ),
    )
    yield Table(
        "patients",
        ("patient", "measure", "value"),
        _cells(
            (patient, each.key, value)
            for each in (*results.windows, *results.events)
            for patient, value in each.by_patient
        ),
    )
    yield Table(
        "recordings",
        ("recording", "patient", "recorded_hours", "analysable_hours", "spasms", "found", "events", "false_clusters"),
        _cells(map(_recording, results.study.recordings)),
    )
    yield from _curves(results)
    yield from _comparisons(results)
    onsets = ("recording", "patient", "outcome", "onset_s", "event_start_s", "event_peak_s", "event_score")
    yield Table("onsets", onsets, _cells(_onsets(results)))
    windows = ("recording", "patient", "start_s", "score", "spasm")
    yield Table("windows", windows, _cells(_windows(results)))


def _cells(rows: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield tuple(_text(cell) for cell in row)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return "" if math.isnan(cell) else repr(float(cell))
    return str(cell)


def _interval(estimate: Estimate) -> tuple[float, float, float]:
    return estimate.value, estimate.low, estimate.high


def _recording(each: StudyRecording) -> tuple[Cell, ...]:
    spasms = each.scores.spasms
    return (
        each.number,
        each.patient,
        each.recorded_hours,
        each.hours,
        spasms.reference,
        spasms.found,
        spasms.events,
        each.scores.clusters.false_clusters,
    )


def _curves(results: StudyResults) -> Iterator[Table]:
    froc = ("threshold", "spasms", "found", "false_alarms", "hours", "minutes_to_watch")
    yield Table("froc", froc, _cells(astuple(each) for each in results.froc.points))
    curve = results.curve
    count = len(curve.thresholds)
    places = np.unique(np.linspace(0, count - 1, min(count, MOST_THRESHOLDS)).astype(np.int64))
    yield Table(
        "roc",
        ("threshold", "true_positives", "false_positives"),
        _cells(
            (float(curve.thresholds[i]), int(curve.true_positives[i]), int(curve.false_positives[i])) for i in places
        ),
    )
    yield Table(
        "calibration",
        ("low", "high", "windows", "mean_score", "share_with_spasm"),
        _cells(astuple(each) for each in results.calibration.bins),
    )
    clock = by_the_clock(results.study)
    hours = zip(range(len(clock.hours)), clock.found, clock.missed, clock.false_alarms, clock.hours, strict=True)
    yield Table("clock", ("hour", "found", "missed", "false_alarms", "analysable_hours"), _cells(hours))


def _comparisons(results: StudyResults) -> Iterator[Table]:
    yield Table(
        "workload",
        ("spasms_to_be_met", "threshold", "minutes_an_hour", "time_saved"),
        _cells(
            (each.target, each.point.threshold if each.point else math.nan, each.minutes_per_hour, each.time_saved)
            for each in results.costs
        ),
    )
    delays = (("start", results.latency.start), ("peak", results.latency.peak))
    yield Table(
        "latency",
        ("from_onset_to", "spasms", "median_s", "lower_quartile_s", "upper_quartile_s"),
        _cells((name, *astuple(found)) for name, found in delays),
    )
    yield Table(
        "technical",
        tuple(each.name for each in fields(TechnicalComparison)),
        _cells(astuple(each) for each in results.technical),
    )
    yield from _agreements(results.agreement)
    generic = results.generic
    shares = generic.sensitivity, generic.precision, generic.f1, generic.false_alarms_per_day
    yield Table(
        "generic",
        ("seizures", "found", "false_alarms", "hours", "sensitivity", "precision", "f1", "false_alarms_a_day"),
        _cells([(*astuple(generic), *shares)]),
    )


def _agreements(found: Agreement) -> Iterator[Table]:
    yield Table(
        "agreement",
        (
            "first",
            "second",
            "hours",
            "windows",
            *("kappa", "kappa_low", "kappa_high"),
            *("first_spasms", "second_spasms", "in_common"),
            *("positive_agreement", "positive_agreement_low", "positive_agreement_high"),
        ),
        _cells(
            (
                each.first,
                each.second,
                each.hours,
                each.windows,
                *_interval(each.kappa),
                each.first_spasms,
                each.second_spasms,
                each.matched,
                *_interval(each.positive_agreement),
            )
            for each in (*found.pairs, *found.model)
        ),
    )
    yield Table(
        "agreement_of_all",
        ("coefficient", "value", "windows"),
        _cells((("fleiss_kappa", found.fleiss, found.fleiss_windows), ("alpha", found.alpha, found.alpha_windows))),
    )


def _onsets(results: StudyResults) -> Iterator[tuple[Cell, ...]]:
    """Every spasm of the reference in analysable time, and every event there that found none."""
    tolerance = results.study.rules.scoring.tolerance
    for each in results.study.recordings:
        pairs = match_onsets([s.start for s in each.spasms], [e.peak for e in each.events], tolerance=tolerance)
        event_of = dict(pairs)
        whose = each.number, each.patient
        for place, spasm in enumerate(each.spasms):
            if not _counts(each, spasm.start):
                continue
            if place in event_of:
                event = each.events[event_of[place]]
                yield *whose, "found", spasm.start, event.interval.start, event.peak, event.score
            else:
                yield *whose, "missed", spasm.start, math.nan, math.nan, math.nan
        for place, event in enumerate(each.events):
            if place not in event_of.values() and _counts(each, event.peak):
                yield *whose, "false alarm", math.nan, event.interval.start, event.peak, event.score


def _counts(each: StudyRecording, time: float) -> bool:
    return any(span.contains(time) for span in each.analysable)


def _windows(results: StudyResults) -> Iterator[tuple[Cell, ...]]:
    for each in results.study.recordings:
        for window in np.flatnonzero(~np.isnan(each.window_scores)):
            start = float(window * each.trace.grid.stride_seconds)
            shown = int(each.labels[window] == POSITIVE)
            yield each.number, each.patient, start, float(each.window_scores[window]), shown
