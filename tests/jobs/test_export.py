import pickle
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.domain.said import Said
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.request import ExportRequest
from reviewer_app.jobs.run import run_job
from tests.evaluation.nights import timeline
from tests.jobs.test_process import drain
from tests.store import sayings
from tests.store.reading_back import annotation_rows, bids_rows


def exported(request: ExportRequest) -> list[str]:
    messages, paths = drain(run_job(request, Control(get_context("spawn"))))
    assert messages
    assert all(path.exists() for path in paths)
    return [path.name for path in paths]


def test_a_scan_and_what_people_said_of_it_go_into_one_folder(tmp_path: Path) -> None:
    said = sayings.said_of_all_kinds()
    report = replace(timeline(130, peaks=(20.0, 30.0)), recording=said.recording)
    names = exported(ExportRequest(report, tmp_path, said))
    assert names == [
        "report.html",
        "timeline.png",
        "trace.csv",
        "events.csv",
        "annotations.csv",
        "events.tsv",
        "events.json",
    ]
    kinds = {row["trial_type"] for row in bids_rows(tmp_path / "events.tsv")}
    assert {"event", "annotation", "reviewed"} <= kinds


def test_a_scan_alone_says_nothing_of_people(tmp_path: Path) -> None:
    assert "annotations.csv" not in exported(ExportRequest(timeline(), tmp_path))
    assert "annotation" not in {row["trial_type"] for row in bids_rows(tmp_path / "events.tsv")}


def test_what_people_said_goes_out_without_a_scan_and_all_time_counts_as_not_scanned(tmp_path: Path) -> None:
    said = sayings.said_of_all_kinds()
    assert exported(ExportRequest(None, tmp_path, said)) == ["annotations.csv", "events.tsv", "events.json"]
    assert len(annotation_rows(tmp_path / "annotations.csv")) >= len(said.labels.annotations)
    rows = bids_rows(tmp_path / "events.tsv")
    # A gap from 60 s to 70 s, and the last second of each file cannot be read.
    told = {kind: [row["onset"] for row in rows if row["trial_type"] == kind] for kind in ("not_scanned", "gap")}
    assert told == {"not_scanned": ["0.000", "70.000"], "gap": ["60.000"]}
    assert [row["onset"] for row in rows if row["trial_type"] == "undecodable"] == ["59.000", "129.000"]


def test_a_request_with_what_people_said_reaches_a_process_of_its_own_unchanged(tmp_path: Path) -> None:
    request = ExportRequest(None, tmp_path, sayings.said_of_all_kinds())
    assert pickle.loads(pickle.dumps(request)) == request


def test_only_the_tables_that_are_wanted_are_written(tmp_path: Path) -> None:
    said = sayings.said_of_all_kinds()
    assert exported(ExportRequest(None, tmp_path / "1", said, bids=False)) == ["annotations.csv"]
    assert exported(ExportRequest(None, tmp_path / "2", said, csv=False)) == ["events.tsv", "events.json"]
    bare = ExportRequest(timeline(), tmp_path / "3", csv=False, bids=False)
    assert exported(bare) == ["report.html", "timeline.png"]


@pytest.mark.parametrize("said", [None, sayings.said_of_all_kinds()])
def test_an_export_of_nothing_is_none(tmp_path: Path, said: Said | None) -> None:
    with pytest.raises(ValueError, match="nothing to export"):
        ExportRequest(None, tmp_path, said, csv=False, bids=False)
