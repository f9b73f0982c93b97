"""The report on a study: what was evaluated, on whom, how it did at three levels, and what that does not tell."""

from collections.abc import Iterator

from reviewer_app.domain.phrases import counted
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
    Known,
)
from reviewer_app.evaluation.document import Block, Document, Paragraph, Rows, Section, facts
from reviewer_app.evaluation.ilae import phase_of
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.results import StudyResults
from reviewer_app.evaluation.study_data import data_blocks, what_blocks
from reviewer_app.evaluation.study_figures import (
    calibration_figure,
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
        Section(WHAT, tuple(what_blocks(results, background))),
        Section(DATA, tuple(data_blocks(results, background))),
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
        Section("Check-lists", tuple(_checklists(results, background))),
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
        f"{counted(len(study.patients), 'patients')}. At its operating point it flagged {found} of {reference} spasms"
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


def _checklists(results: StudyResults, background: Background) -> Iterator[Block]:
    known = Known(results, background)
    yield Paragraph("What the program knows is filled in; the rest is for those who publish.")
    for title, items in (("TRIPOD+AI (BMJ 2024;385:e078378)", TRIPOD), ("STARD-AI, on top of STARD 2015", STARD)):
        rows = tuple((each.number, each.topic, each.answered(known)) for each in items)
        yield Rows(("item", "topic", "reported where"), rows, title, widths=(0.5, 2.5, 3.2))
