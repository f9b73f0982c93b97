"""Sections of a study's report that need no figure: work and delay, technical measures, agreement, generic scores."""

from collections.abc import Iterator

from reviewer_app.domain.phrases import counted
from reviewer_app.evaluation.agreement import PairAgreement
from reviewer_app.evaluation.document import Block, Paragraph, Rows, facts
from reviewer_app.evaluation.generic import RULES, WHY_MISLEADING
from reviewer_app.evaluation.results import StudyResults
from reviewer_app.evaluation.study_words import UNKNOWN, estimated, hours, number, p_value, percent, quartiles
from reviewer_app.evaluation.technical import CAVEAT, UNSEEN, VISIBILITY


def work_blocks(results: StudyResults) -> Iterator[Block]:
    """Minutes to watch for a wanted share of spasms, and how late events come."""
    yield Paragraph(
        "How many minutes of each recorded hour must be watched to meet a share of all spasms, at the threshold that "
        "meets it; and how long after a spasm's onset its event begins and peaks (median and quartiles)."
    )
    rows = tuple(
        (
            f"{each.target:.0%}",
            number(each.point.threshold, 3) if each.point else "no threshold meets it",
            number(each.point.false_alarms_per_hour) if each.point else UNKNOWN,
            number(each.minutes_per_hour),
            percent(each.time_saved),
        )
        for each in results.costs
    )
    head = ("spasms to be met", "threshold", "false alarms an hour", "minutes to watch an hour", "time saved")
    yield Rows(head, rows)
    chosen = results.froc.chosen
    yield facts(
        [
            ("Minutes to watch an hour at the operating point", number(chosen.minutes_per_hour)),
            ("From onset to the event's start", quartiles(results.latency.start)),
            ("From onset to the event's peak", quartiles(results.latency.peak)),
        ]
    )


def technical_blocks(results: StudyResults) -> Iterator[Block]:
    """False positive windows against true negative ones."""
    yield Paragraph(
        f"Which pictures mislead: windows without a spasm that were called one, against the others. {CAVEAT}"
    )
    rows = tuple(
        (
            each.what,
            f"{number(each.false_positive_middle)} ({each.false_positives:,})",
            f"{number(each.true_negative_middle)} ({each.true_negatives:,})",
            number(each.u, 0),
            p_value(each.p),
            number(each.effect),
        )
        for each in results.technical
    )
    head = ("measure", "false positive: median (n)", "true negative: median (n)", "Mann-Whitney U", "p", "effect")
    yield Rows(head, rows, widths=(2.6, 1.6, 1.6, 1.2, 0.8, 0.8))
    if any(each.key == VISIBILITY and not each.false_positives + each.true_negatives for each in results.technical):
        yield Paragraph(UNSEEN)


def agreement_blocks(results: StudyResults) -> Iterator[Block]:
    """Raters with each other, and the model with each of them."""
    found = results.agreement
    yield Paragraph(
        f"{counted(len(found.raters), 'raters')}. Kappa and alpha take 5-s windows side by side, in the time that "
        "those compared judged; where spasms are rare they fall although raters agree on nearly every second, so "
        "agreement on the spasms themselves stands beside them (positive agreement: twice the spasms in common as a "
        "share of both counts, the same as F1). Time that a rater called unsure, another seizure or not analysable is "
        "no judgement of that rater; the model is compared wherever it has scores, also where raters are divided."
    )
    if len(found.raters) > 1:
        yield facts(
            [
                ("Fleiss' kappa, all raters", f"{number(found.fleiss)} over {found.fleiss_windows:,} windows"),
                ("Krippendorff's alpha (nominal)", f"{number(found.alpha)} over {found.alpha_windows:,} windows"),
            ]
        )
    else:
        yield Paragraph("With one rater, agreement between raters is unknown; two or more are needed.")
    yield _pairs("Raters with each other", found.pairs)
    yield _pairs("The model with each rater", found.model)


def _pairs(title: str, pairs: tuple[PairAgreement, ...]) -> Block:
    if not pairs:
        return Paragraph(f"{title}: nobody to compare.")
    rows = tuple(
        (
            f"{each.first}, {each.second}",
            hours(each.hours),
            estimated("", each.kappa),
            f"{each.first_spasms}, {each.second_spasms}",
            str(each.matched),
            estimated("", each.positive_agreement),
        )
        for each in pairs
    )
    head = ("who", "both judged", "Cohen's kappa (95 % CI)", "spasms of each", "in common", "positive agreement")
    return Rows(head, rows, title, widths=(1.6, 1, 1.8, 1, 0.9, 1.8))


def generic_blocks(results: StudyResults) -> Iterator[Block]:
    """Scores that readers know, beside ours, and why they mislead."""
    generic, ours = results.generic, {each.key: each for each in results.events}
    yield Paragraph(WHY_MISLEADING, strong=True)
    yield Paragraph(RULES)
    rows = (
        ("seizures in the reference", str(generic.reference), "spasms, each one", str(results.froc.chosen.reference)),
        (
            "found",
            percent(generic.sensitivity),
            "spasms found",
            percent(ours["spasm_sensitivity"].pooled.value),
        ),
        (
            "precision",
            percent(generic.precision),
            "events that are spasms",
            percent(ours["spasm_precision"].pooled.value),
        ),
        ("F1", number(generic.f1), "", ""),
        (
            "false alarms a day",
            number(generic.false_alarms_per_day),
            "false alarms a day",
            number(ours["false_alarms_per_hour"].pooled.value * 24),
        ),
    )
    yield Rows(("generic", "", "ours", ""), rows)
