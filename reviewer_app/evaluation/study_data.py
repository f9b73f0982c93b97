"""Sections of a study's report on what was evaluated: the bundle, the patients, their time, and what was left out."""

import math
from collections.abc import Iterator

import numpy as np

from reviewer_app.domain.phrases import counted
from reviewer_app.domain.quality import is_night
from reviewer_app.evaluation.background import Background
from reviewer_app.evaluation.document import Block, Paragraph, Rows, facts
from reviewer_app.evaluation.results import StudyResults
from reviewer_app.evaluation.study_figures import clock_figure
from reviewer_app.evaluation.study_words import hours, percent


def what_blocks(results: StudyResults, background: Background) -> Iterator[Block]:
    """Program and bundle, and what the bundle says of its training."""
    study = results.study
    yield facts(
        [
            ("Program", background.program),
            ("Bundle", study.bundle_name),
            ("Identity of the bundle", study.bundle_identity),
            ("Network", background.network),
            ("What it looks at", background.clip),
            ("Licence of its weights", background.licence),
            ("Snapshot that it was trained on", background.snapshot or "none known"),
        ]
    )
    if background.training:
        told = tuple((name, value) for name, value in background.training)
        yield Rows(("of its training", "as the bundle says"), told, "Training of the bundle", widths=(1, 4))
    else:
        yield Paragraph("The bundle says nothing of its training.")


def data_blocks(results: StudyResults, background: Background) -> Iterator[Block]:
    """Patients, hours, spasms and windows; who was left out; when it all happened."""
    study = results.study
    recordings = study.recordings
    windows = study.windows()
    with_spasms = {each.patient for each in recordings if each.scores.spasms.reference}
    clusters = sum(len(each.scores.clusters.outcomes) for each in recordings)
    positive = sum(int(each.positive.sum()) for each in windows)
    total = sum(len(each.scores) for each in windows)
    yield facts(
        [
            ("Patients", f"{len(study.patients)}, of whom {len(with_spasms)} with spasms in the reference"),
            ("Recordings", str(len(recordings))),
            ("Recordings began", f"{study.months}, by their clocks"),
            ("Recorded", f"{hours(study.recorded_hours)} of video"),
            ("Reviewed and finalised", hours(study.finalised_hours)),
            ("Analysable", f"{hours(study.analysable_hours)} that were scored, finalised, and can be judged"),
            ("Spasms in the reference", str(sum(each.scores.spasms.reference for each in recordings))),
            ("Clusters in the reference", f"{clusters}; a lone spasm is a cluster of one"),
            (
                "Windows",
                f"{total:,} that count, {positive:,} of them with a spasm's onset; they overlap where the scan's do",
            ),
            ("At night (infrared)", percent(_night(results))),
            ("Pictures", _pictures(results)),
            ("Raters", str(len({words.rater for each in recordings for words in each.raters}))),
            ("Onsets on which raters were divided", str(background.divided)),
        ]
    )
    if background.without_patient:
        yield Paragraph(
            f"{counted(background.without_patient, 'recordings')} without a patient's name, taken for patients of "
            "their own. Where several are of one infant, intervals are too narrow."
        )
    if background.chosen_recordings:
        yield Paragraph(
            f"Recordings were chosen for this evaluation: {background.chosen_recordings} of the "
            f"{background.held_recordings} that the library holds."
        )
    if background.chosen_raters:
        yield Paragraph(f"Only the words of {counted(background.chosen_raters, 'chosen raters')} count here.")
    for sentence in study.left_out:
        yield Paragraph(sentence)
    yield Rows(
        ("patient", "recordings", "recorded", "analysable", "spasms", "what to the training"),
        tuple(_patient_rows(results, background)),
        "Patient by patient",
    )
    yield clock_figure(results)


def _patient_rows(results: StudyResults, background: Background) -> Iterator[tuple[str, ...]]:
    for patient, group in results.study.by_patient():
        origin = background.origins.get(patient)
        yield (
            patient,
            str(len(group)),
            hours(sum(each.recorded_hours for each in group)),
            hours(sum(each.hours for each in group)),
            str(sum(each.scores.spasms.reference for each in group)),
            "unknown" if origin is None else origin.name.lower().replace("_", " "),
        )


def _night(results: StudyResults) -> float:
    """Share of windows with a score that the camera saw by infrared."""
    night = scored = 0
    for each in results.study.recordings:
        used = ~np.isnan(each.window_scores)
        night += int(is_night(each.trace.quality[used]).sum())
        scored += int(used.sum())
    return night / scored if scored else math.nan


def _pictures(results: StudyResults) -> str:
    found = {
        f"{segment.picture.width} x {segment.picture.height}"
        for each in results.study.recordings
        for segment in each.recording.segments
    }
    return ", ".join(sorted(found))
