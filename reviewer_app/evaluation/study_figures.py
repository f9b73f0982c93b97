"""The figures of a study's report, each with the name of its files and a sentence that stands for it."""

from collections.abc import Iterator

from reviewer_app.evaluation.background import Background, Origin
from reviewer_app.evaluation.by_the_clock import by_the_clock
from reviewer_app.evaluation.curve_figures import compose_by_the_clock, compose_calibration, compose_froc
from reviewer_app.evaluation.document import Illustration, illustration
from reviewer_app.evaluation.paper_figures import PatientSet, compose_patients, compose_sets
from reviewer_app.evaluation.patients import window_measures
from reviewer_app.evaluation.results import StudyResults

BY_PATIENT = ("auc", "sensitivity", "specificity", "accuracy")
"""The measures of figures 2 and 3, in the paper's order."""

FALSE_ALARMS = ("false_share", "false_alarms_per_hour")
"""The measures of figure 4: of windows, as in the paper, and of events, which a reviewer meets."""


def patients_figure(results: StudyResults) -> Illustration:
    """Figure 2 of the paper."""
    text = (
        "AUC, sensitivity, specificity and accuracy of 5-s windows for each patient, their mean and pooled, and all "
        "predictions with the threshold (layout of figure 2 of Miron et al. 2025)."
    )
    title = "Windows by patient"
    return illustration("figure-2-patients", text, compose_patients(title, _whole(results, BY_PATIENT)))


def sets_figure(results: StudyResults, background: Background) -> Illustration:
    """Figure 3 of the paper; only where it is known what the patients were to the bundle's training."""
    text = (
        "The same for sets of patients by what they were to the bundle's training (layout of figure 3 of Miron et al. "
        "2025)."
    )
    figure = compose_sets("Windows by what patients were to the training", tuple(patient_sets(results, background)))
    return illustration("figure-3-sets", text, figure)


def false_alarms_figure(results: StudyResults) -> Illustration:
    """Figure 4 of the paper."""
    text = (
        "False alarms of each patient, by window and by hour, their mean and pooled, and all predictions (layout of "
        "figure 4 of Miron et al. 2025)."
    )
    title = "False alarms by patient"
    return illustration("figure-4-false-alarms", text, compose_patients(title, _whole(results, FALSE_ALARMS)))


def froc_figure(results: StudyResults) -> Illustration:
    """Spasms found against false alarms an hour."""
    text = "Share of spasms found against false alarms an hour, all patients together, over all thresholds."
    return illustration("froc", text, compose_froc(results.froc, results.study.point))


def calibration_figure(results: StudyResults) -> Illustration:
    """Whether scores are chances."""
    text = "Share of windows with a spasm against their score, and how many windows each point stands for."
    return illustration("calibration", text, compose_calibration(results.calibration))


def clock_figure(results: StudyResults) -> Illustration:
    """When it all happened."""
    text = "Spasms found and missed, false alarms and analysed time by the hour of the local clock."
    return illustration("clock", text, compose_by_the_clock(by_the_clock(results.study)))


def patient_sets(results: StudyResults, background: Background) -> Iterator[PatientSet]:
    """The patients by what they were to the bundle's training, each set with figures of its own."""
    study = results.study
    for origin in Origin:
        windows = tuple(each for each in study.windows() if background.origins.get(each.patient) is origin)
        if windows:
            measures = {each.key: each for each in window_measures(windows, study.rules)}
            wanted = tuple(measures[key] for key in BY_PATIENT)
            yield PatientSet(origin.value, windows, wanted, study.rules.threshold)


def _whole(results: StudyResults, keys: tuple[str, ...]) -> PatientSet:
    measures = {each.key: each for each in (*results.windows, *results.events)}
    threshold = results.study.rules.threshold
    return PatientSet("all", results.study.windows(), tuple(measures[key] for key in keys), threshold)
