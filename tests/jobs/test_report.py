"""The report's job answers through the one entry, in another process's shape, and overwrites nothing."""

import multiprocessing
import pickle
from collections.abc import Generator
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.ledger import EMPTY_LABELS
from reviewer_app.domain.night import night_report
from reviewer_app.errors import RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import ReportRequest
from reviewer_app.jobs.run import run_job
from tests.evaluation.nights import timeline

CONTROL = Control(multiprocessing.get_context("spawn"))


def request(folder: Path) -> ReportRequest:
    scan = timeline(peaks=(100,))
    night = night_report(7, scan.recording, EMPTY_LABELS, Rater(1, "Anna"), scan=scan)
    whole: ReportRequest = pickle.loads(pickle.dumps(ReportRequest(night, folder)))
    return whole


def answer(job: Generator[Message, None, tuple[Path, ...]]) -> tuple[list[Message], tuple[Path, ...]]:
    said = []
    while True:
        try:
            said.append(next(job))
        except StopIteration as end:
            return said, end.value


def test_the_page_is_written_and_an_earlier_one_kept(tmp_path: Path) -> None:
    said, first = answer(run_job(request(tmp_path / "out"), CONTROL))
    assert said == [Stage("Writing the report")]
    assert [path.name for path in first] == ["recording-7-report.html"]
    before = first[0].read_bytes()
    _, second = answer(run_job(request(tmp_path / "out"), CONTROL))
    assert [path.name for path in second] == ["recording-7-report-2.html"]
    assert first[0].read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot be written"):
        answer(run_job(request(tmp_path / "file"), CONTROL))
