"""The acceptance test on site: phantoms are scanned like any recording and compared with their exact truth."""

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.evaluation.confidence import bootstrap, proportion
from reviewer_app.evaluation.scoring import LEAST_CLUSTER, RecordingScores, ScoringRules, score_recording
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.figure import figure_of
from reviewer_app.jobs.message import Acceptance, Figure, Message, Remark
from reviewer_app.jobs.request import AcceptRequest
from reviewer_app.jobs.scan import scan
from reviewer_app.phantom.truth import read_truth

TRUTH = "sub-*_events.tsv"
"""How a phantom names its truth."""

RULES = ScoringRules(skip_partial=True)
"""Whether a window that sees the release of a spasm alone shows a spasm is a matter of taste, so it is left out."""

SEED = 0
"""Of the bootstrap, so that the same scans give the same intervals."""


def accept(request: AcceptRequest, control: Control) -> Generator[Message, None, Acceptance]:
    """Scans phantom folders and scores them at three levels; each folder is one infant.

    Raises:
        RequestError: a folder holds no truth.
        BundleError: the bundle has no operating point to test.
        SpasmReviewerError: whatever a scan raises.
    """
    truths = [find_truth(folder) for folder in request.folders]
    scores: list[RecordingScores] = []
    for folder, truth in zip(request.folders, truths, strict=True):
        yield Remark(f"Phantom {len(scores) + 1} of {len(truths)}")
        report = yield from scan(replace(request.scan, paths=(folder,)), control)
        scores.append(_scored(report, truth, name=f"{len(scores)}"))
    hours = sum(each.spasms.hours for each in scores)
    return Acceptance(str(RULES), len(scores), hours, tuple(_figures(scores)))


def find_truth(folder: Path) -> Path:
    """The truth that lies in a phantom's folder.

    Raises:
        RequestError: there is none, or more than one.
    """
    found = sorted(folder.glob(TRUTH)) if folder.is_dir() else []
    if len(found) != 1:
        raise RequestError(f"{folder} is not a phantom's folder: it holds {len(found)} files named {TRUTH}.")
    return found[0]


def _scored(report: TraceReport, truth: Path, *, name: str) -> RecordingScores:
    point = report.findings.point
    if point is None:
        raise BundleError(f"The bundle {report.bundle_name} has no operating point to test; calibrate it first.")
    spasms = [Interval(each.onset, each.onset + each.duration) for each in read_truth(truth) if each.is_spasm]
    return score_recording(
        name,
        report.trace,
        report.findings.events,
        spasms=spasms,
        analysable=report.coverage.scored,
        threshold=point.enter,
        rules=RULES,
    )


def _figures(scores: Sequence[RecordingScores]) -> Generator[Figure]:
    patients = [each.patient for each in scores]
    wanted: tuple[tuple[str, Callable[[Sequence[RecordingScores]], float]], ...] = (
        ("window AUC, mean over infants", _auc),
        ("window specificity at the operating point", _specificity),
        ("spasms found", _sensitivity),
        ("false alarms per hour", _false_alarms),
        ("clusters found", _clusters),
        (f"error of spasms counted, per cluster of {LEAST_CLUSTER} or more", _count_error),
    )
    for what, statistic in wanted:
        yield figure_of(what, bootstrap(scores, patients, statistic, unit="recordings", seed=SEED))
    found, reference = sum(s.spasms.found for s in scores), sum(s.spasms.reference for s in scores)
    yield figure_of("spasms found, as if all were independent", proportion(found, reference, unit="spasms"))


def _auc(scores: Sequence[RecordingScores]) -> float:
    known = [each.windows.auc for each in scores if not math.isnan(each.windows.auc)]
    return float(np.mean(known)) if known else math.nan


def _specificity(scores: Sequence[RecordingScores]) -> float:
    return float(np.mean([each.windows.specificity for each in scores]))


def _sensitivity(scores: Sequence[RecordingScores]) -> float:
    reference = sum(each.spasms.reference for each in scores)
    return sum(each.spasms.found for each in scores) / reference if reference else math.nan


def _false_alarms(scores: Sequence[RecordingScores]) -> float:
    return sum(each.spasms.false_alarms for each in scores) / sum(each.spasms.hours for each in scores)


def _clusters(scores: Sequence[RecordingScores]) -> float:
    outcomes = [outcome.found for each in scores for outcome in each.clusters.outcomes]
    return float(np.mean(outcomes)) if outcomes else math.nan


def _count_error(scores: Sequence[RecordingScores]) -> float:
    clusters = [outcome for each in scores for outcome in each.clusters.outcomes if outcome.spasms >= LEAST_CLUSTER]
    return float(np.mean([abs(outcome.relative_error) for outcome in clusters])) if clusters else math.nan
