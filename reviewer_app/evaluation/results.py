"""All figures of a study at once: what reports, figures and tables show."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.evaluation.agreement import Agreement, agreement
from reviewer_app.evaluation.curves import Calibration, Froc, ThresholdCurve, calibration, froc, threshold_curve
from reviewer_app.evaluation.generic import GenericScores, generic_scores
from reviewer_app.evaluation.patients import Measure, event_measures, window_measures
from reviewer_app.evaluation.study import Study
from reviewer_app.evaluation.technical import TechnicalComparison, compare_technical
from reviewer_app.evaluation.workload import Latency, ReviewCost, latency, review_costs


@dataclass(frozen=True, slots=True)
class StudyResults:
    """A study with everything that was computed from it."""

    study: Study
    windows: tuple[Measure, ...]  # comparable with published work
    events: tuple[Measure, ...]  # spasms and clusters at the operating point
    curve: ThresholdCurve  # of all windows together
    calibration: Calibration  # likewise
    froc: Froc
    costs: tuple[ReviewCost, ...]
    latency: Latency
    generic: GenericScores
    technical: tuple[TechnicalComparison, ...]
    agreement: Agreement


def evaluate_study(study: Study) -> StudyResults:
    """Computes all figures; a minute for a lab's nights, most of it the sweep of the threshold."""
    windows = study.windows()
    scores = np.concatenate([each.scores for each in windows])
    positive = np.concatenate([each.positive for each in windows])
    swept = froc(study)
    return StudyResults(
        study=study,
        windows=window_measures(windows, study.rules),
        events=event_measures(study),
        curve=threshold_curve(scores, positive),
        calibration=calibration(scores, positive),
        froc=swept,
        costs=review_costs(swept),
        latency=latency(study),
        generic=generic_scores(study),
        technical=compare_technical(study),
        agreement=agreement(study),
    )
