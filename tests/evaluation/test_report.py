"""The report: all that was looked at, all that was flagged, and nothing that sounds like an all-clear."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.report import Findings, TraceReport
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.report import write_report
from tests.evaluation.nights import recording, timeline


def page(report: TraceReport, folder: Path) -> str:
    write_report(folder / "report.html", report, picture=folder / "timeline.png")
    return (folder / "report.html").read_text(encoding="utf-8")


def test_every_report_carries_the_notices(tmp_path: Path) -> None:
    written = page(replace(timeline(), notice=STARTER_NOTICE), tmp_path)
    assert RESEARCH_NOTICE in written
    assert STARTER_NOTICE in written
    assert "not a stretch without spasms" in written


def test_events_and_clusters_stand_in_clock_and_recording_time(tmp_path: Path) -> None:
    written = page(timeline(peaks=(100, 107, 400)), tmp_path)
    assert "14 Nov 22:04:40" in written
    assert "100.0" in written
    assert "7.0, 7.0, 7.0" in written
    assert "one event" in written


@pytest.mark.parametrize("state", list(WindowState))
def test_a_report_without_events_never_says_that_there_were_no_spasms(state: WindowState, tmp_path: Path) -> None:
    written = page(timeline(state=state), tmp_path)
    assert "does not tell whether there were spasms" in written
    assert "no spasm" not in written.lower()


def test_without_an_operating_point_it_says_so(tmp_path: Path) -> None:
    written = page(replace(timeline(), findings=Findings(None, (), ())), tmp_path)
    assert "no calibrated operating point" in written
    assert "false alarms an hour" not in written


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (WindowState.GAP, "Too short for a window"),
        (WindowState.UNDECODABLE, "Undecodable"),
        (WindowState.NOT_SCANNED, "Not scanned yet"),
    ],
)
def test_time_that_was_not_scored_is_listed(state: WindowState, heading: str, tmp_path: Path) -> None:
    written = page(timeline(state=state), tmp_path)
    assert f"<td>{heading}</td><td>14 Nov 22:03:00 to 14 Nov 22:15:00 (720.0 s)</td>" in written


def test_time_that_is_perhaps_not_analysable_is_listed_with_its_reason(tmp_path: Path) -> None:
    dark = NotAnalysable(Interval(60, 120), Hindrance.DARK)
    assert "22:04:00 to 14 Nov 22:05:00 (60.0 s) (dark)" in page(replace(timeline(), not_analysable=(dark,)), tmp_path)


def test_names_are_shown_as_text_never_as_markup(tmp_path: Path) -> None:
    written = page(replace(timeline(), bundle_name="<script>alert(1)</script>"), tmp_path)
    assert "<script>" not in written
    assert "&lt;script&gt;" in written


def test_neither_patient_nor_file_is_named(tmp_path: Path) -> None:
    written = page(replace(timeline(), recording=replace(recording((0, 720)), patient="P-0815")), tmp_path)
    assert "P-0815" not in written
    assert "mp4" not in written


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        write_report(tmp_path / "missing" / "report.html", timeline(), picture=tmp_path / "timeline.png")
