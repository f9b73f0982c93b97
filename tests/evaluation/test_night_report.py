"""The report for the file: what was seen, how far that reaches, no names unasked, and nothing like an all-clear."""

import re
from dataclasses import replace
from math import pi
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Annotation, Arousal, Form, Label, Rater, Semiology, Side, Statement
from reviewer_app.domain.night import NightReport
from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.domain.report import Findings
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.triage import candidates_of
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.clock_plot import angle, clock_plot_png, compose_clock_plot, hour_counts
from reviewer_app.evaluation.night_report import write_night_report
from tests.evaluation.nights import recording, timeline

ANNA, BERT = Rater(1, "Anna Muster"), Rater(2, "Bert Beispiel")
FLEXOR = Semiology(Form.FLEXOR, Side.LEFT, Arousal.ON_WAKING, cry=True)


def annotation(start: float, label: Label, *, semiology: Semiology = FLEXOR, note: str = "") -> Annotation:
    statement = Statement(Interval(start, start + 2), label, semiology, note)
    return Annotation(f"{start}", ANNA, statement, "2026-11-14T22:00:00Z")


def night(
    *annotations: Annotation, peaks: tuple[float, ...] = (), state: WindowState = WindowState.SCORED
) -> NightReport:
    scan = timeline(peaks=peaks, state=state)
    found = candidates_of(scan.findings.clusters, annotations, rater_id=1)
    return NightReport(4, scan.recording, scan, ANNA, (BERT,), found, (Interval(0, 60),), ())


def page(report: NightReport, folder: Path, *, with_names: bool = False, with_notes: bool = False) -> str:
    write_night_report(folder / "report.html", report, with_names=with_names, with_notes=with_notes)
    return (folder / "report.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_clusters_stand_with_number_duration_and_spacing(tmp_path: Path) -> None:
    spasms = [annotation(start, Label.SPASM) for start in (100, 107, 127, 500)]
    written = page(night(*spasms), tmp_path)
    assert "<h2>Spasms: 4</h2>" in written
    assert "Clusters of two or more: 1. Lone spasms: 1." in written
    assert "<td>14 Nov 22:04:40</td><td>14 Nov 22:05:09</td><td>0 h 00 min 29 s</td><td>3</td>" in written
    assert "<td>13.5, 7.0, 20.0</td>" in written


def test_recorded_analysable_and_reviewed_time_stand_side_by_side(tmp_path: Path) -> None:
    written = page(night(), tmp_path)
    assert "<td>Recorded</td><td>0 h 12 min 00 s of video" in written
    assert "<td>Analysable</td><td>0 h 12 min 00 s</td>" in written
    assert "<td>Looked at by the rater</td><td>0 h 01 min 00 s of" in written
    assert "0 h 11 min 00 s of the analysable time was not looked at by the rater" in written


def test_semiology_is_counted_with_what_was_not_said(tmp_path: Path) -> None:
    spasms = (annotation(100, Label.SPASM), annotation(200, Label.SPASM, semiology=Semiology(side=Side.SYMMETRIC)))
    written = page(night(*spasms), tmp_path)
    assert "<td>form</td><td>flexor: 1</td><td>1</td>" in written
    assert "<td>side</td><td>symmetric: 1; more on the infant&#x27;s left: 1</td><td>0</td>" in written
    assert "<td>arousal</td><td>on waking: 1</td>" in written
    assert "<td>cry</td><td>cry afterwards: 1</td><td>1</td>" in written


def test_bundle_point_and_expected_false_alarms_are_named(tmp_path: Path) -> None:
    report = night(annotation(99, Label.ARTEFACT), peaks=(100, 400))
    assert report.scan is not None
    written = page(replace(report, scan=replace(report.scan, notice=STARTER_NOTICE)), tmp_path)
    assert f"starter ({'b' * 12})" in written
    assert "enter 0.500, leave 0.300" in written
    assert "<td>Predicted false alarms</td><td>1 an hour</td>" in written
    assert "<td>2, of which without a verdict of the rater: 1</td>" in written
    assert "Flags without a verdict: 1." in written
    assert STARTER_NOTICE in written
    assert RESEARCH_NOTICE in written


@pytest.mark.parametrize("state", list(WindowState))
def test_a_night_without_spasms_is_never_called_so(state: WindowState, tmp_path: Path) -> None:
    written = page(night(state=state), tmp_path)
    assert "That does not tell whether there were spasms." in written
    assert not re.search(r"no spasms?\b|\bnormal\b", re.sub("base64,[^']*", "", written), re.IGNORECASE)


def test_time_that_was_not_scanned_is_listed(tmp_path: Path) -> None:
    written = page(night(state=WindowState.NOT_SCANNED), tmp_path)
    assert "<td>Not scanned yet</td><td>14 Nov 22:03:00 to 14 Nov 22:15:00 (720.0 s)</td>" in written
    assert "Not all video was scored by the model." in written
    assert "Not all video" not in page(night(), tmp_path)


def test_without_a_scan_or_a_point_the_report_says_so(tmp_path: Path) -> None:
    report = night(annotation(100, Label.SPASM))
    assert "No model has looked at this recording." in page(replace(report, scan=None), tmp_path)
    assert report.scan is not None
    without = replace(report, scan=replace(report.scan, findings=Findings(None, (), ())))
    assert "so nothing was flagged" in page(without, tmp_path)


def test_names_and_notes_stand_only_where_they_are_wanted(tmp_path: Path) -> None:
    report = night(annotation(100, Label.SPASM, note="fists <up>"))
    report = replace(report, recording=replace(report.recording, patient="P-0815"))
    secrets = ("Anna Muster", "Bert Beispiel", "P-0815", "fists", ".mp4")
    written = page(report, tmp_path)
    assert not [secret for secret in secrets if secret in written]
    assert "rater 1" in written
    assert "rater 2" in written
    written = page(report, tmp_path, with_names=True, with_notes=True)
    assert "fists &lt;up&gt;" in written
    assert [secret for secret in secrets if secret in written] == ["Anna Muster", "Bert Beispiel", "P-0815", "fists"]
    assert "<h2>Notes</h2>" not in page(night(), tmp_path, with_notes=True)


def test_the_page_can_be_filed_alone_and_reaches_for_nothing(tmp_path: Path) -> None:
    written = page(night(annotation(100, Label.SPASM)), tmp_path)
    assert set(re.findall(r"src='([^,']*)", written)) == {"data:image/png;base64"}
    assert "default-src 'none'" in written
    assert "http:" not in written
    assert "https:" not in written
    assert len(written) < 2_000_000


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        write_night_report(tmp_path / "missing" / "report.html", night())


def test_the_dial_goes_by_the_local_clock_clockwise_from_midnight() -> None:
    one = recording((0, 86_400))
    assert angle(one, 2 * 3600 - 180) == pytest.approx(0)
    assert angle(one, 8 * 3600 - 180) == pytest.approx(pi / 2)


def test_spasms_are_counted_into_the_hours_of_the_clock() -> None:
    counts = hour_counts(
        night(annotation(100, Label.SPASM), annotation(200, Label.SPASM), annotation(300, Label.UNSURE))
    )
    assert counts[22] == 2
    assert sum(counts) == 2


def test_the_dial_is_a_picture_with_the_notice_and_a_legend() -> None:
    report = night(annotation(100, Label.SPASM))
    assert clock_plot_png(report).startswith(b"\x89PNG")
    texts = [each.get_text() for each in compose_clock_plot(report).texts]
    assert RESEARCH_NOTICE in texts
    legend = [each.get_text() for each in compose_clock_plot(report).legends[0].get_texts()]
    assert legend == ["a spasm", "spasms in the hour", "analysable", "looked at"]
