import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.event import Cluster, Event
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.quality import widened
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.errors import StoreError
from reviewer_app.store.exchange import write_events_csv, write_trace_csv
from tests.store.examples import BINS, chunk, night

CLUSTERS = (
    Cluster((Event(Interval(10, 12), 11.0, 0.9), Event(Interval(18, 20), 19.0, 0.75))),
    Cluster((Event(Interval(100, 101.5), 100.5, 0.8),)),
)


def scanned() -> Trace:
    grid = WindowGrid.over(night().seconds)
    trace = Trace.empty(grid, bins=BINS).filled(chunk(0, 40))
    return trace.filled(chunk(60, 10, state=WindowState.GAP)).filled(chunk(70, 5, state=WindowState.UNDECODABLE))


def rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {RESEARCH_NOTICE}"
    return list(csv.DictReader(lines[1:]))


def test_every_window_is_a_row_and_only_scored_ones_have_a_score(tmp_path: Path) -> None:
    trace = scanned()
    write_trace_csv(tmp_path / "trace.csv", night(), trace)
    told = rows(tmp_path / "trace.csv")
    assert len(told) == trace.grid.count
    for row, score, state in zip(told, trace.scores, trace.states, strict=True):
        assert (row["score"] == "") == bool(np.isnan(score))
        assert row["score"] == "" or float(row["score"]) == pytest.approx(score, abs=1e-6)
        assert (row["state"] == "scored") == (state == WindowState.SCORED)
    assert {row["state"] for row in told} == {"scored", "no video", "undecodable", "not scanned"}
    assert told[0]["clock"] == "2026-03-28T22:00:00.250+01:00"


def test_a_window_filmed_by_infrared_is_marked_as_night(tmp_path: Path) -> None:
    trace = Trace.empty(WindowGrid(3))
    quality = widened(np.array([[60, 3, 1, 300, 16], [90, 300, 1, 300, 16], [np.nan] * 4 + [0]], np.float32))
    write_trace_csv(tmp_path / "trace.csv", night(), replace(trace, quality=quality))
    assert [row["night"] for row in rows(tmp_path / "trace.csv")] == ["yes", "no", ""]


def test_an_event_is_told_in_recording_clock_and_file_time(tmp_path: Path) -> None:
    write_events_csv(tmp_path / "events.csv", night(), CLUSTERS)
    told = rows(tmp_path / "events.csv")
    assert [row["cluster"] for row in told] == ["1", "1", "2"]
    last = told[-1]
    assert last["peak_s"] == "100.500"
    assert last["clock_at_peak"] == "2026-03-28T22:01:40.750+01:00"
    # The second file begins at 70 s with PTS 0.5 s.
    assert (last["file"], last["file_time_at_peak_s"]) == ("2", "31.000")
    assert last["score"] == "0.800000"


def test_no_name_and_no_path_goes_out(tmp_path: Path) -> None:
    recording = night(folder="/nights/Mustermann", patient="Erika Mustermann")
    write_trace_csv(tmp_path / "trace.csv", recording, scanned())
    write_events_csv(tmp_path / "events.csv", recording, CLUSTERS)
    for path in tmp_path.iterdir():
        assert "Mustermann" not in path.read_text(encoding="utf-8")


def test_a_folder_that_is_gone_is_told_in_one_sentence(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone"
    with pytest.raises(StoreError, match="cannot be written"):
        write_events_csv(nowhere / "events.csv", night(), CLUSTERS)
