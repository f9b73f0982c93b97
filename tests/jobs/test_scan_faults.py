"""What happens to the files, or to the decoder, in the middle of a scan of real media."""

import os
import time
from collections.abc import Generator, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reviewer_app.domain.clip import CropPolicy
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.trace import WindowState
from reviewer_app.errors import MediaError
from reviewer_app.jobs import process, scan
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.crop import crop_by
from reviewer_app.jobs.library_request import OpenRequest
from reviewer_app.jobs.message import Heartbeat, Message, Remark
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.media import sample
from reviewer_app.media.probe import probe
from reviewer_app.media.video import RecordingFrames
from tests.conftest import FilmMaker

FATAL = 130
"""The grid frame that brings the stand-in for a faulty decoder down: 40.6 s."""


def request_in(folder: Path, bundles: Path, *paths: Path) -> ScanRequest:
    place = LibraryPlace(folder / "library", folder / "keys")
    return ScanRequest(paths, place, "tiny", (bundles,), compute=Compute(threads=1))


def drained(job: Generator[Message, None, TraceReport]) -> tuple[list[Message], TraceReport]:
    messages = []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return messages, stop.value


def scan_with_faulty_decoder(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The real scan, whose decoder has one frame that it cannot survive."""
    frames = RecordingFrames.frames

    def faulty(self: RecordingFrames, first: int, stop: int) -> Iterator[GridFrame]:
        for frame in frames(self, first, stop):
            if frame.number == FATAL and frame.pixels is not None:
                os.abort()
            yield frame

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingFrames, "frames", faulty)
        return (yield from run_job(request, control))


def never(*_: object, **__: object) -> Any:
    time.sleep(3600)


def scan_that_never_opens(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The real job, whose second file can be found but not looked into."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "reviewer_app.media.open.probe", lambda path, tell: never() if path.stem == "b" else probe(path, tell=tell)
        )
        return (yield from run_job(request, control))


def scan_that_never_finds_a_crop(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The real scan, whose decoder hangs where the crop search looks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "crop_by", lambda policy, recording: crop_by(CropPolicy.MOVEMENT, recording))
        patch.setattr(sample, "_burst", never)
        return (yield from run_job(request, control))


def test_a_decoder_that_hangs_while_a_file_is_opened_is_named(
    film: FilmMaker, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 2.0)
    paths = (film("a.mp4", frames=100), film("b.mp4", frames=100, first_number=500))
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    with pytest.raises(MediaError, match=r"b\.mp4 got no further"):
        list(supervise(OpenRequest(paths, place), run=scan_that_never_opens))


def test_a_decoder_that_hangs_in_the_search_for_the_crop_costs_the_crop_alone(
    film: FilmMaker, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 2.0)
    request = request_in(tmp_path, bundles, film(frames=100))
    messages, report = drained(supervise(request, run=scan_that_never_finds_a_crop))
    assert any(isinstance(message, Remark) and "whole picture" in message.text for message in messages)
    assert report.coverage.complete


def test_a_decoder_that_aborts_costs_its_second_and_nothing_else(
    film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    path = film(frames=900, fps=15, keyframe_every=15)
    messages, report = drained(supervise(request_in(tmp_path, bundles, path), run=scan_with_faulty_decoder))
    assert any(isinstance(message, Remark) and "undecodable" in message.text for message in messages)
    (lost,) = report.coverage.undecodable
    assert lost.start <= FATAL * 0.3125 <= lost.stop
    assert lost.seconds < 10
    assert report.coverage.finished
    assert not report.coverage.complete
    assert np.sum(report.trace.states == WindowState.SCORED) > 40


def test_a_drive_unplugged_in_the_middle_is_waited_for_and_changes_no_score(
    film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    drive, unplugged = tmp_path / "drive", tmp_path / "unplugged"
    first = film("drive/A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=300, fps=15)
    second = film("drive/A_14-MAR-2026_22h00m20.0000s_Video.mp4", frames=300, fps=15, first_number=500)
    request = request_in(tmp_path / "plugged", bundles, first, second)
    _, expected = drained(run_job(request, Control(get_context("spawn"))))
    request = request_in(tmp_path / "pulled", bundles, first, second)
    frames = RecordingFrames.frames
    pulls: list[int] = []

    def pulled(self: RecordingFrames, first: int, stop: int) -> Iterator[GridFrame]:
        for frame in frames(self, first, stop):
            if frame.number == 30 and not pulls:
                drive.rename(unplugged)
                pulls.append(frame.number)
            yield frame

    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingFrames, "frames", pulled)
        job = run_job(request, Control(get_context("spawn")))
        while True:
            try:
                message = next(job)
            except StopIteration as stop:
                report = stop.value
                break
            said.append(message)
            if isinstance(message, Heartbeat) and message.paused and unplugged.exists():
                unplugged.rename(drive)
    assert any(isinstance(message, Remark) and "the scan waits" in message.text for message in said)
    assert report.coverage.complete
    np.testing.assert_array_equal(report.trace.scores, expected.trace.scores)
    np.testing.assert_array_equal(report.trace.quality, expected.trace.quality)
