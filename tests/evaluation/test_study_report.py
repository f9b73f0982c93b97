"""The report on a study: all parameters and the notice in it, names only as text, and nothing like an all-clear."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.background import Background, Origin
from reviewer_app.evaluation.checklist import STARD, TRIPOD, UNKNOWN
from reviewer_app.evaluation.confidence import Estimate
from reviewer_app.evaluation.document import Document, Illustration, Paragraph, Rows, Section, facts, illustration
from reviewer_app.evaluation.document_html import write_html
from reviewer_app.evaluation.document_pdf import write_pdf
from reviewer_app.evaluation.ilae import phase_of
from reviewer_app.evaluation.picture import blank
from reviewer_app.evaluation.results import StudyResults, evaluate_study
from reviewer_app.evaluation.study import StudyRules
from reviewer_app.evaluation.study_report import study_document
from reviewer_app.evaluation.study_words import estimated, number, p_value, percent, quartiles
from reviewer_app.evaluation.technical import VISIBILITY
from reviewer_app.evaluation.workload import Spread
from tests.evaluation.examined import study

BACKGROUND = Background(
    program="Spasm Reviewer 9.9",
    notice=STARTER_NOTICE,
    licence="CC-BY-NC-4.0",
    network="hiera",
    clip="16 frames over 5 s",
    snapshot="a" * 64,
    training=(("epochs", "15"), ("seed", "4711")),
    divided=2,
    without_patient=1,
    wanted_rate=1.5,
    predicted_sensitivity=0.81,
)


@pytest.fixture(scope="module")
def results() -> StudyResults:
    return evaluate_study(study(3, raters=2, left_out=("Recording 9 is left out: it was not scanned.",)))


@pytest.fixture(scope="module")
def document(results: StudyResults) -> Document:
    return study_document(results, BACKGROUND)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are composed but not written, for tests of what stands beside them."""
    monkeypatch.setattr(
        "reviewer_app.evaluation.study_figures.illustration",
        lambda name, text, figure: Illustration(name, text, b"", b"", 1.0, 1.0),
    )


def text_of(document: Document) -> str:
    parts: list[str] = [document.title, document.notice]
    for section in document.sections:
        parts.append(section.title)
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    parts.append(text)
                case Rows(head, rows, title):
                    parts += [title, *head, *(cell for row in rows for cell in row)]
                case _:
                    parts.append(block.text)
    return "\n".join(parts)


def facts_of(document: Document, section: str) -> dict[str, str]:
    """A table of two columns."""
    return {row[0]: row[1] for row in rows_of(document, section)}


def rows_of(document: Document, section: str, title: str = "") -> Sequence[tuple[str, ...]]:
    (found,) = (each for each in document.sections if each.title == section)
    return next(b.rows for b in found.blocks if isinstance(b, Rows) and (not title or b.title == title))


def test_every_parameter_is_printed(document: Document, results: StudyResults) -> None:
    said = text_of(document)
    rules, point = results.study.rules, results.study.point
    assert str(rules) in said
    table = facts_of(document, "Parameters")
    assert table == {
        "Tolerance between onset and peak": f"{rules.scoring.tolerance:g} s",
        "Cluster gap": f"{rules.scoring.cluster_gap:g} s",
        "Windows that see only the rest of a spasm": "left out",
        "Threshold of windows": f"{rules.threshold:g}",
        "Operating point": f"enter {point.enter:.4f}, leave {point.leave:.4f}",
        "Chosen for false alarms an hour": "1.5",
        "Predicted false alarms an hour": "1",
        "Predicted share of spasms found": "81.0%",
        "Watched before each event": f"{rules.pre_roll:g} s",
        "Resampling of patients": f"{rules.draws} draws, seed {rules.seed}",
        "Reference": table["Reference"],
    }
    for told in ("Spasm Reviewer 9.9", "starter", "b" * 64, "hiera", "CC-BY-NC-4.0", "a" * 64, "4711"):
        assert told in said


def test_a_rule_that_counts_partial_windows_is_printed_as_that(results: StudyResults, undrawn: None) -> None:
    rules = StudyRules(replace(results.study.rules.scoring, skip_partial=False))
    other = replace(results, study=replace(results.study, rules=rules))
    assert facts_of(study_document(other, BACKGROUND), "Parameters")["Windows that see only the rest of a spasm"] == (
        "count as other"
    )


def test_what_was_left_out_and_what_is_not_known_is_said(document: Document) -> None:
    said = text_of(document)
    assert "Recording 9 is left out: it was not scanned." in said
    assert "1 recording without a patient's name" in said
    assert ("Onsets on which raters were divided", "2") in rows_of(document, "Data")
    assert "What the patients were to the bundle's training is not known here" in said


def test_where_no_detector_looked_it_is_said_why_visibility_is_unknown(
    document: Document, results: StudyResults, undrawn: None
) -> None:
    assert "no person detector was named" not in text_of(document)
    blind = tuple(
        replace(each, false_positives=0, true_negatives=0) if each.key == VISIBILITY else each
        for each in results.technical
    )
    assert "no person detector was named" in text_of(study_document(replace(results, technical=blind), BACKGROUND))


def test_three_levels_stand_with_means_and_pooled_figures(document: Document, results: StudyResults) -> None:
    for section, keys in (
        ("Windows of 5 s", [each.what for each in results.windows]),
        ("Spasms", ["spasms found", "false alarms per hour"]),
        ("Clusters", ["clusters found"]),
    ):
        rows = {row[0]: row for row in rows_of(document, section)}
        for key in keys:
            assert " to " in rows[key][3], "a pooled figure with its interval"
    counted = rows_of(document, "Windows of 5 s", "Windows, counted")
    windows = results.study.windows()
    assert sum(int(cell.replace(",", "")) for row in counted for cell in row[1:]) == sum(len(w.scores) for w in windows)


def test_the_figures_of_the_paper_and_the_curves_are_in_it(document: Document) -> None:
    names = [each.name for each in document.illustrations]
    assert names == ["clock", "figure-2-patients", "froc", "figure-4-false-alarms", "calibration"]


def test_patients_are_shown_in_sets_where_the_training_is_known(results: StudyResults, undrawn: None) -> None:
    origins = dict(zip(results.study.patients, (Origin.TRAINED, Origin.HELD_OUT, Origin.HELD_OUT), strict=True))
    document = study_document(results, replace(BACKGROUND, origins=origins))
    assert "figure-3-sets" in [each.name for each in document.illustrations]
    held_out = {row[0]: row[2] for row in rows_of(document, "Windows of 5 s", Origin.HELD_OUT.value)}
    assert held_out["window specificity at 0.5"] == "2"
    assert held_out["window sensitivity at 0.5"] == "1", "one of the two has no spasm"
    assert Origin.OUTSIDE.value not in text_of(document)
    assert "makes the figures too good" in text_of(document)
    assert [row[-1] for row in rows_of(document, "Data", "Patient by patient")] == ["trained", "held out", "held out"]


def test_without_spasms_it_says_what_that_cannot_tell_and_gives_no_all_clear(undrawn: None) -> None:
    results = evaluate_study(study(1, healthy=1))
    said = text_of(study_document(results, Background("Spasm Reviewer 9.9")))
    assert "Nobody called anything a spasm here" in said
    assert "One patient" in said or "one patient" in said
    assert "The bundle says nothing of its training." in said
    assert "agreement between raters is unknown" in said
    assert not re.search(r"\bno spasms?\b|\bnormal\b", said, re.IGNORECASE)


def test_no_text_sounds_like_an_all_clear(document: Document) -> None:
    assert not re.search(r"\bno spasms?\b|\bnormal\b", text_of(document), re.IGNORECASE)


def check_list(results: StudyResults, background: Background = BACKGROUND) -> dict[str, str]:
    """The answers by list and number, such as ``TRIPOD 10``."""
    (section,) = (each for each in study_document(results, background).sections if each.title == "Check-lists")
    return {f"{b.title[:6]} {row[0]}".strip(): row[2] for b in section.blocks if isinstance(b, Rows) for row in b.rows}


def test_chosen_recordings_are_told_and_not_passed_off_as_all(results: StudyResults, undrawn: None) -> None:
    answers = check_list(results)
    assert answers["TRIPOD 10"] == answers["STARD- 18"] == "not planned: all recordings that qualify"
    assert "were chosen" not in text_of(study_document(results, BACKGROUND))
    chosen = replace(BACKGROUND, chosen_recordings=3, held_recordings=8)
    answers = check_list(results, chosen)
    assert answers["TRIPOD 10"] == answers["STARD- 18"]
    assert answers["TRIPOD 10"].startswith("3 of the library's 8 recordings were chosen by hand")
    assert "Recordings were chosen for this evaluation: 3 of the 8 that the library holds." in text_of(
        study_document(results, chosen)
    )


def test_chosen_raters_are_counted(results: StudyResults, undrawn: None) -> None:
    assert "chosen" not in check_list(results)["TRIPOD 8b"]
    assert "chosen rater" not in text_of(study_document(results, BACKGROUND))
    chosen = replace(BACKGROUND, chosen_raters=1)
    answers = check_list(results, chosen)
    assert "number of raters, 1 rater chosen by hand;" in answers["TRIPOD 8b"]
    assert answers["TRIPOD 10"] == "not planned: all recordings that qualify by the words of chosen raters"
    assert "Only the words of 1 chosen rater count here." in text_of(study_document(results, chosen))


@pytest.mark.parametrize(
    ("skip_partial", "said"),
    [
        (True, "those that see only the rest of a spasm were left out, none was weighted"),
        (False, "none was left out for its kind, none was weighted"),
    ],
)
def test_windows_that_were_left_out_are_told(
    results: StudyResults, undrawn: None, skip_partial: bool, said: str
) -> None:
    rules = StudyRules(replace(results.study.rules.scoring, skip_partial=skip_partial))
    answers = check_list(replace(results, study=replace(results.study, rules=rules)))
    assert answers["TRIPOD 13"].endswith(said)


def test_both_lists_say_the_same_of_what_raters_saw_and_when_it_was(results: StudyResults, undrawn: None) -> None:
    answers = check_list(results)
    assert answers["TRIPOD 8c"] == answers["STARD- 13b"]
    assert answers["TRIPOD 8c"].startswith("not known to the program")
    assert answers["TRIPOD 5b"] == answers["STARD- 8"]
    assert "began in 2026-11;" in answers["TRIPOD 5b"]
    later = [
        replace(each, recording=replace(each.recording, start=each.recording.start + timedelta(30 * place)))
        for place, each in enumerate(results.study.recordings)
    ]
    spread = replace(results, study=replace(results.study, recordings=tuple(later)))
    assert "began in 2026-11 to 2027-01;" in check_list(spread)["TRIPOD 5b"]


def test_no_day_of_a_recording_is_told(results: StudyResults, undrawn: None) -> None:
    document = study_document(results, BACKGROUND)
    assert facts_of(document, "Data")["Recordings began"] == "2026-11, by their clocks"
    assert not re.search(r"\d{4}-\d\d-\d\d", text_of(document))


def test_the_check_lists_name_every_item_and_what_is_not_known(document: Document) -> None:
    tripod = rows_of(document, "Check-lists", "TRIPOD+AI (BMJ 2024;385:e078378)")
    stard = rows_of(document, "Check-lists", "STARD-AI, on top of STARD 2015")
    assert (len(tripod), len(stard)) == (len(TRIPOD), len(STARD))
    assert {int(re.match(r"\d+", row[0]).group()) for row in tripod} == set(range(1, 28))  # type: ignore[union-attr]
    assert {int(each.number.strip("ab")) for each in STARD if each.number != "AI"} == set(range(1, 31))
    assert UNKNOWN in {row[2] for row in tripod}
    sections = {each.title for each in document.sections}
    named = {name for row in (*tripod, *stard) for name in re.findall("\u201c([^\u201d]+)\u201d", row[2])}
    assert named <= sections


# The phase


def test_phase_two_needs_ten_patients_and_fifteen_spasms_and_is_the_most() -> None:
    few = phase_of(evaluate_study(study(3)), BACKGROUND)
    assert few.number == 1
    assert any(
        "at least 10 patients with spasms and 15 spasms; here there are 2 and 12" in each for each in few.reasons
    )
    enough = phase_of(evaluate_study(study(11)), BACKGROUND)
    assert (enough.number, str(enough)) == (2, "At most phase 2 of 4.")
    assert any("not in real time" in each for each in enough.reasons)


# Pages


def small(title: str = "Title", text: str = "Text.") -> Document:
    drawn = illustration("dot", "A dot.", blank(2, 1))
    head, rows = ("a", "b"), (("1", "2"), ("3", "4"))
    blocks = (Paragraph(text), Paragraph("Strong.", strong=True), Rows(head, rows, "Rows"), facts([("x", "y")]), drawn)
    return Document(title, "Bundle's notice.", (Section("First", blocks), Section("Second", (Paragraph(text),))))


def test_the_page_holds_its_pictures_and_carries_the_notice_on_every_sheet(tmp_path: Path) -> None:
    write_html(tmp_path / "report.html", small())
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count(RESEARCH_NOTICE) == 3, "above, below, and at the foot of each printed sheet"
    assert page.count("data:image/svg+xml;base64,") == 1
    assert "alt='A dot.'" in page
    assert "<h2 id='s2'>2. Second</h2>" in page
    assert not re.search(r"(src|href)='(?!data:|#)", page)


def test_names_are_shown_as_text_never_as_markup(tmp_path: Path) -> None:
    evil = "<script>alert('1')</script>"
    write_html(tmp_path / "report.html", small(evil, evil))
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert evil in unescape(page)
    write_pdf(tmp_path / "report.pdf", small(evil, f"{evil} **bold** \u2264 \u03ba \U0001f600"))


def test_a_name_of_a_bundle_is_escaped_throughout_the_report(
    results: StudyResults, tmp_path: Path, undrawn: None
) -> None:
    named = replace(results, study=replace(results.study, bundle_name="<b>x"))
    write_html(tmp_path / "report.html", study_document(named, replace(BACKGROUND, training=(("<i>", "<i>"),))))
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<b>x" not in page
    assert "<i>" not in page


def test_equal_documents_have_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_html(tmp_path / f"{name}.html", small())
        write_pdf(tmp_path / f"{name}.pdf", small())
    for ending in ("html", "pdf"):
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def pages_of(path: Path) -> list[str]:
    """The text of each page of a PDF, in one line."""
    paper = QPdfDocument()
    paper.load(str(path))
    return [" ".join(paper.getAllText(page).text().split()) for page in range(paper.pageCount())]


def test_every_sheet_of_paper_carries_the_notice_and_long_tables_break(tmp_path: Path) -> None:
    rows = tuple((f"row {i}", "x" * 30) for i in range(120))
    high = illustration("high", "High.", blank(4, 14))
    wide = Rows(tuple(f"column {i}" for i in range(9)), (("1",) * 9,), "Nine columns")
    # Each section ends at another height, so that headings, titles and figures meet the foot of a page.
    sections = tuple(
        Section(f"Part {i}", (Rows(("number", "text"), rows[: 35 + i], "Long"), high, wide, Paragraph("Words. " * 99)))
        for i in range(3)
    )
    write_pdf(tmp_path / "long.pdf", Document("Long", "Bundle's notice.", sections))
    pages = pages_of(tmp_path / "long.pdf")
    assert len(pages) > 6
    for place, page in enumerate(pages, start=1):
        assert RESEARCH_NOTICE in page
        assert f"page {place} of {len(pages)}" in page
    assert "Bundle's notice." in pages[0]
    whole = " ".join(pages)
    assert [whole.count(f"row {i} ") for i in (0, 34)] == [3, 3]
    assert b"/Author" not in (tmp_path / "long.pdf").read_bytes()


def test_the_paper_tells_what_the_page_tells(document: Document, results: StudyResults, tmp_path: Path) -> None:
    write_pdf(tmp_path / "report.pdf", document)
    whole = "".join("".join(pages_of(tmp_path / "report.pdf")).split())
    for told in (*text_of(document).splitlines(), str(results.study.rules)):
        if len(told) < 40:  # longer ones may be broken by the foot of a page
            assert "".join(told.split()) in whole, told


@pytest.mark.parametrize("write", [write_html, write_pdf])
def test_a_place_that_cannot_be_written_is_said_in_one_sentence(write: type, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        write(tmp_path / "missing" / "report", small())


def test_a_table_with_rows_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="not as long"):
        Rows(("a", "b"), (("1",),))


# Words


def test_small_shares_keep_a_place_more() -> None:
    assert [percent(each) for each in (0.5, 0.0034, 0.0, math.nan)] == ["50.0%", "0.34%", "0.0%", "unknown"]


def test_a_figure_of_one_patient_has_no_interval() -> None:
    alone = Estimate(0.82, math.nan, math.nan, 1, "patients")
    assert estimated("sensitivity", alone) == "82.0% (interval unknown)"
    assert estimated("auc", Estimate(0.96, 0.94, 0.98, 141, "patients")) == "0.96 (0.94 to 0.98)"
    assert estimated("auc", Estimate(math.nan, math.nan, math.nan, 0, "patients")) == "unknown"


def test_numbers_that_are_not_known_are_called_so() -> None:
    assert (number(math.nan), number(1234.5, 1)) == ("unknown", "1,234.5")
    assert [p_value(each) for each in (math.nan, 1e-9, 0.04)] == ["unknown", "< 0.001", "0.040"]
    assert quartiles(Spread(0, math.nan, math.nan, math.nan)) == "unknown"
    assert quartiles(Spread(3, 1.0, 0.5, 2.0)) == "1.00 s (0.50 to 2.00 s), 3 spasms"
