"""The report on a study: what was evaluated, on whom, how it did at three levels, and what that does not tell."""

import math
from collections.abc import Iterator

from reviewer_app.domain.quality import is_night
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.evaluation.background import Background
from reviewer_app.evaluation.checklist import (
    AGREEMENT,
    CALIBRATION,
    CLUSTERS,
    DATA,
    FALSE,
    GENERIC,
    LIMITS,
    PHASE,
    RULES,
    SPASMS,
    STARD,
    TECHNICAL,
    TRIPOD,
    WHAT,
    WINDOWS,
    WORK,
    Item,
)
from reviewer_app.evaluation.document import Block, Document, Paragraph, Rows, Section, facts
from reviewer_app.evaluation.ilae import phase_of
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.results import StudyResults
from reviewer_app.evaluation.study_figures import (
    calibration_figure,
    clock_figure,
    false_alarms_figure,
    froc_figure,
    patient_sets,
    patients_figure,
    sets_figure,
)
from reviewer_app.evaluation.study_parts import agreement_blocks, generic_blocks, technical_blocks, work_blocks
from reviewer_app.evaluation.study_words import (
    MEASURE_HEAD,
    estimated,
    hours,
    measure_row,
    measured,
    number,
    percent,
)

_WIDE = (2.4, 2, 0.8, 2)
_OF_CLUSTERS = frozenset({"cluster_sensitivity", "false_clusters_per_hour", "cluster_count_error"})
_OF_FALSE_ALARMS = ("false_share", "false_per_hour", "false_alarms_per_hour", "false_clusters_per_hour")


def study_document(results: StudyResults, background: Background) -> Document:
    """The whole report; equal results give an equal one."""
    title = f"Evaluation of the bundle {results.study.bundle_name}"
    sections = (
        Section("In short", tuple(_in_short(results, background))),
        Section(WHAT, tuple(_what(results, background))),
        Section(DATA, tuple(_data(results, background))),
        Section(WINDOWS, tuple(_windows(results, background))),
        Section(SPASMS, tuple(_spasms(results))),
        Section(CLUSTERS, tuple(_clusters(results))),
        Section(FALSE, tuple(_false_alarms(results))),
        Section(CALIBRATION, tuple(_calibration(results))),
        Section(WORK, tuple(work_blocks(results))),
        Section(TECHNICAL, tuple(technical_blocks(results))),
        Section(AGREEMENT, tuple(agreement_blocks(results))),
        Section(GENERIC, tuple(generic_blocks(results))),
        Section(RULES, tuple(_rules(results, background))),
        Section(PHASE, tuple(_phase(results, background))),
        Section(LIMITS, tuple(_limits(results, background))),
        Section("Check-lists", tuple(_checklists())),
    )
    return Document(title, background.notice, sections)


def _of(results: StudyResults, key: str) -> Measure:
    return next(each for each in (*results.windows, *results.events) if each.key == key)


def _in_short(results: StudyResults, background: Background) -> Iterator[Block]:
    study, spasms = results.study, _of(results, "spasm_sensitivity")
    reference = sum(each.scores.spasms.reference for each in study.recordings)
    found = sum(each.scores.spasms.found for each in study.recordings)
    rate = _of(results, "false_alarms_per_hour").pooled
    yield Paragraph(
        f"The bundle was compared with what raters called spasms in {hours(study.analysable_hours)} of video of "
        f"{len(study.patients)} patient(s). At its operating point it flagged {found} of {reference} spasms"
        + (f", {estimated('spasm_sensitivity', spasms.pooled)} of them" if reference else "")
        + f", with {estimated('', rate)} false alarms an hour.",
    )
    if not reference:
        yield Paragraph("Nobody called anything a spasm here, so how many the bundle finds cannot be told from this.")
    yield Paragraph(
        "What is not flagged may still be a spasm, and what is flagged need not be one. Nothing here says how the "
        "bundle does on other infants, cameras and rooms.",
        strong=True,
    )
    yield Paragraph(f"{phase_of(results, background)} See section \u201c{PHASE}\u201d.")


def _what(results: StudyResults, background: Background) -> Iterator[Block]:
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


def _data(results: StudyResults, background: Background) -> Iterator[Block]:
    study = results.study
    recordings = study.recordings
    windows = study.windows()
    with_spasms = {each.patient for each in recordings if each.scores.spasms.reference}
    clusters = sum(len(each.scores.clusters.outcomes) for each in recordings)
    positive = sum(int(each.positive.sum()) for each in windows)
    counted = sum(len(each.scores) for each in windows)
    yield facts(
        [
            ("Patients", f"{len(study.patients)}, of whom {len(with_spasms)} with spasms in the reference"),
            ("Recordings", str(len(recordings))),
            ("Recorded", f"{hours(study.recorded_hours)} of video"),
            ("Reviewed and finalised", hours(study.finalised_hours)),
            ("Analysable", f"{hours(study.analysable_hours)} that were scored, finalised, and can be judged"),
            ("Spasms in the reference", str(sum(each.scores.spasms.reference for each in recordings))),
            ("Clusters in the reference", f"{clusters}; a lone spasm is a cluster of one"),
            (
                "Windows",
                f"{counted:,} that count, {positive:,} of them with a spasm's onset; they overlap where the scan's do",
            ),
            ("At night (infrared)", percent(_night(results))),
            ("Pictures", _pictures(results)),
            ("Raters", str(len({words.rater for each in recordings for words in each.raters}))),
            ("Onsets on which raters were divided", str(background.divided)),
        ]
    )
    if background.without_patient:
        yield Paragraph(
            f"{background.without_patient} recording(s) name no patient and count as patients of their own. Where "
            "several are of one infant, intervals are too narrow."
        )
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
        used = ~(each.window_scores != each.window_scores)
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


def _windows(results: StudyResults, background: Background) -> Iterator[Block]:
    study = results.study
    yield Paragraph(
        f"Every scored {WINDOW_SECONDS:g}-s window against the reference, for comparison with published work. A night "
        "holds few spasms and many windows, so even a high specificity means many false windows."
    )
    yield Rows(MEASURE_HEAD, tuple(measure_row(each) for each in results.windows), widths=_WIDE)
    yield _counts(results)
    yield patients_figure(results)
    if background.origins:
        for each in patient_sets(results, background):
            rows = tuple(measure_row(measure) for measure in each.measures)
            yield Rows(MEASURE_HEAD, rows, each.name, widths=_WIDE)
        yield sets_figure(results, background)
    else:
        yield Paragraph(
            "What the patients were to the bundle's training is not known here, so they are not shown in sets."
        )
    yield _by_patient(results, ("auc", "average_precision", "sensitivity", "specificity", "accuracy", "brier"))
    yield Paragraph(
        f"A figure of a patient whose windows are of one kind only is unknown. Threshold: {study.rules.threshold:g}."
    )


def _counts(results: StudyResults) -> Rows:
    windows, threshold = results.study.windows(), results.study.rules.threshold
    called = [each.scores >= threshold for each in windows]
    true = sum(int((each.positive & over).sum()) for each, over in zip(windows, called, strict=True))
    false = sum(int((~each.positive & over).sum()) for each, over in zip(windows, called, strict=True))
    positive = sum(int(each.positive.sum()) for each in windows)
    negative = sum(len(each.scores) for each in windows) - positive
    return Rows(
        ("", "with a spasm's onset", "without"),
        (
            (f"score of {threshold:g} or more", f"{true:,}", f"{false:,}"),
            ("lower score", f"{positive - true:,}", f"{negative - false:,}"),
        ),
        "Windows, counted",
    )


def _by_patient(results: StudyResults, keys: tuple[str, ...]) -> Rows:
    measures = [_of(results, key) for key in keys]
    rows = tuple(
        (patient, *(measured(each.key, each.by_patient[place][1]) for each in measures))
        for place, patient in enumerate(results.study.patients)
    )
    return Rows(("patient", *(each.what for each in measures)), rows, "Patient by patient")


def _spasms(results: StudyResults) -> Iterator[Block]:
    yield Paragraph(
        "Each spasm against each event, one to one: what a reviewer will meet. A second event for the same spasm is a "
        "false alarm."
    )
    rows = tuple(measure_row(each) for each in results.events if each.key not in _OF_CLUSTERS)
    yield Rows(MEASURE_HEAD, rows, widths=_WIDE)
    yield froc_figure(results)
    chosen = tuple((number(rate, 1), percent(results.froc.sensitivity_at(rate))) for rate in (0.5, 1.0, 2.0, 5.0, 10.0))
    yield Rows(("at most so many false alarms an hour", "spasms found, pooled"), chosen)
    yield _by_patient(results, ("spasm_sensitivity", "spasm_precision", "false_alarms_per_hour", "count_error"))


def _clusters(results: StudyResults) -> Iterator[Block]:
    yield Paragraph(
        "Whether a burst of spasms was found at all, and how well its spasms were counted. One hit in a cluster of "
        "twenty finds the cluster and misses nineteen spasms, so these figures never stand alone."
    )
    rows = tuple(measure_row(each) for each in results.events if each.key in _OF_CLUSTERS)
    yield Rows(MEASURE_HEAD, rows, widths=_WIDE)
    yield _by_patient(results, ("cluster_sensitivity", "false_clusters_per_hour", "cluster_count_error"))


def _false_alarms(results: StudyResults) -> Iterator[Block]:
    rows = tuple(measure_row(_of(results, key)) for key in _OF_FALSE_ALARMS)
    yield Rows(MEASURE_HEAD, rows, widths=_WIDE)
    point = results.study.point
    yield Paragraph(
        f"The operating point was predicted to give {point.false_alarms_per_hour:.2g} false alarms an hour; here it "
        f"gave {number(results.froc.chosen.false_alarms_per_hour)}. Published work counts false windows; a reviewer "
        "meets events."
    )
    yield false_alarms_figure(results)


def _calibration(results: StudyResults) -> Iterator[Block]:
    found = results.calibration
    yield Paragraph(
        f"Brier's score of all windows is {number(found.brier, 4)}, the expected calibration error "
        f"{number(found.expected_error, 4)}; 0 is best. Where spasms are rare, both are small for any model that "
        "gives low scores, so look at the curve."
    )
    rows = tuple(
        (
            f"{each.low:.1f} to {each.high:.1f}",
            f"{each.count:,}",
            number(each.mean_score, 3),
            percent(each.share_positive),
        )
        for each in found.bins
    )
    yield Rows(("score", "windows", "mean score", "with a spasm's onset"), rows)
    yield calibration_figure(results)


def _rules(results: StudyResults, background: Background) -> Iterator[Block]:
    study = results.study
    scoring, point = study.rules.scoring, study.point
    yield Paragraph(str(study.rules))
    yield facts(
        [
            ("Tolerance between onset and peak", f"{scoring.tolerance:g} s"),
            ("Cluster gap", f"{scoring.cluster_gap:g} s"),
            ("Windows that see only the rest of a spasm", "left out" if scoring.skip_partial else "count as other"),
            ("Threshold of windows", f"{study.rules.threshold:g}"),
            ("Operating point", f"enter {point.enter:.4f}, leave {point.leave:.4f}"),
            ("Chosen for false alarms an hour", f"{background.wanted_rate:g}"),
            ("Predicted false alarms an hour", f"{point.false_alarms_per_hour:.3g}"),
            ("Predicted share of spasms found", percent(background.predicted_sensitivity)),
            ("Watched before each event", f"{study.rules.pre_roll:g} s"),
            ("Resampling of patients", f"{study.rules.draws} draws, seed {study.rules.seed}"),
            (
                "Reference",
                "what most of the raters who finalised a second called a spasm there; time on which they are divided, "
                "or where one is unsure, saw another seizure, or could not judge, is left out",
            ),
        ]
    )


def _phase(results: StudyResults, background: Background) -> Iterator[Block]:
    phase = phase_of(results, background)
    yield Paragraph(str(phase), strong=True)
    for reason in phase.reasons:
        yield Paragraph(reason)


def _limits(results: StudyResults, background: Background) -> Iterator[Block]:
    yield Paragraph(
        "Research use only: not for diagnosis, and not an alarm. A video shows no EEG, and raters of video disagree: "
        "the reference is their opinion. Subtle spasms, above all under treatment, may be in neither the reference nor "
        "the events."
    )
    if len(results.study.patients) < 2:
        yield Paragraph(
            "With one patient nothing can be said about the next one; there are no intervals over patients."
        )
    yield Paragraph(
        "Windows that overlap, and those of one patient, resemble each other; only intervals over patients take this "
        "into account. Time that nobody finalised was not evaluated, and may be different."
    )
    if not background.origins:
        yield Paragraph(
            "Whether the bundle's training saw these patients is not known here; if it did, the figures are too good."
        )


def _checklists() -> Iterator[Block]:
    yield Paragraph("What the program knows is filled in; the rest is for those who publish.")
    for title, items in (("TRIPOD+AI (BMJ 2024;385:e078378)", TRIPOD), ("STARD-AI, on top of STARD 2015", STARD)):
        yield Rows(("item", "topic", "reported where"), tuple(map(_item_row, items)), title, widths=(0.5, 2.5, 3.2))


def _item_row(item: Item) -> tuple[str, str, str]:
    return item.number, item.topic, item.answer
