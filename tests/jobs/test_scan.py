import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.trace import TraceChunk, WindowState
from reviewer_app.domain.window import FRAME_STEP, Interval, WindowGrid
from reviewer_app.errors import BundleError, MediaError, RequestError
from reviewer_app.jobs import scan
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import ChunkStored, Message, Remark, ScanStarted
from reviewer_app.jobs.request import Compute, EventRules, EventsRequest, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.sweep import CHUNK_SECONDS, Shape, begin_trace
from reviewer_app.store import recordings
from tests.conftest import FilmMaker
from tests.jobs import stand_ins
from tests.media.test_crop import answers, detector_that_answers
from tests.store import examples

Requests = Callable[..., ScanRequest]


@pytest.fixture
def request_for(tmp_path: Path, bundles: Path) -> Requests:
    def make(*paths: Path, **options: Any) -> ScanRequest:
        place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
        options.setdefault("compute", Compute(threads=1))
        return ScanRequest(paths, place, options.pop("bundle", "tiny"), (bundles,), **options)

    return make


def finished(request: ScanRequest) -> tuple[list[Message], TraceReport]:
    job = run_job(request, Control(get_context("spawn")))
    messages = []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return messages, stop.value


def same(one: TraceReport, other: TraceReport) -> None:
    for name in ("scores", "states", "activity", "quality"):
        np.testing.assert_array_equal(getattr(one.trace, name), getattr(other.trace, name))


def test_a_scan_scores_every_second_of_two_files_and_tells_the_gap(film: FilmMaker, request_for: Requests) -> None:
    first = film("A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=300, fps=15)
    second = film("A_14-MAR-2026_22h00m40.0000s_Video.mp4", frames=300, fps=15, first_number=500)
    _, report = finished(request_for(second, first))
    assert [segment.path for segment in report.recording.segments] == [first, second]
    assert report.coverage.complete
    assert report.coverage.gaps == (Interval(20.0, 40.0),)
    assert np.any(report.trace.states == WindowState.GAP)
    scored = report.trace.scores[report.trace.states == WindowState.SCORED]
    assert np.all((scored >= 0) & (scored <= 1))
    assert np.std(scored) > 0


def test_a_second_scan_computes_nothing_again(film: FilmMaker, request_for: Requests) -> None:
    path = film(frames=300)
    _, first = finished(request_for(path))
    messages, second = finished(request_for(path))
    started = next(message for message in messages if isinstance(message, ScanStarted))
    assert started.stored == started.windows
    assert not any(isinstance(message, ChunkStored) for message in messages)
    same(first, second)


def test_a_fresh_scan_computes_everything_again_to_equal_scores(film: FilmMaker, request_for: Requests) -> None:
    path = film(frames=300)
    _, first = finished(request_for(path))
    messages, second = finished(request_for(path, fresh=True))
    assert any(isinstance(message, ChunkStored) for message in messages)
    same(first, second)


def test_another_stride_or_crop_is_another_trace(film: FilmMaker, request_for: Requests) -> None:
    path = film(frames=300)
    reports = [
        finished(request)[1]
        for request in (
            request_for(path),
            request_for(path, stride=8),
            request_for(path, crop=Crop(0.1, 0.1, 0.6, 0.7)),
        )
    ]
    assert len({(report.identity.stride, report.identity.crop) for report in reports}) == 3
    assert len({report.recording_number for report in reports}) == 1


def test_how_visible_the_infant_is_is_known_where_a_detector_was_named(
    film: FilmMaker, request_for: Requests, tmp_path: Path
) -> None:
    path = film(frames=300)
    column = MEASURES.index("visibility")
    _, blind = finished(request_for(path, crop=Crop(0.2, 0.1, 0.6, 0.8)))
    assert np.isnan(blind.trace.quality[:, column]).all()
    detector = detector_that_answers(tmp_path / "yolo.onnx", answers()[0])
    _, seeing = finished(request_for(path, crop=Crop(0.2, 0.1, 0.6, 0.8), person_detector=detector, fresh=True))
    np.testing.assert_allclose(seeing.trace.quality[:, column], 0.9, rtol=1e-6)
    np.testing.assert_array_equal(seeing.trace.scores, blind.trace.scores)


def test_a_renamed_file_is_known_again(film: FilmMaker, request_for: Requests) -> None:
    path = film(frames=200)
    _, first = finished(request_for(path))
    renamed = path.rename(path.with_name("other.mp4"))
    messages, second = finished(request_for(renamed))
    assert second.recording_number == first.recording_number
    assert not any(isinstance(message, ChunkStored) for message in messages)


def test_a_replaced_file_is_noticed_and_its_scores_are_kept_apart(film: FilmMaker, request_for: Requests) -> None:
    path = film("night.mp4", frames=200)
    _, first = finished(request_for(path))
    film("night.mp4", frames=200, first_number=500)
    messages, second = finished(request_for(path))
    assert second.recording_number != first.recording_number
    assert any(isinstance(m, Remark) and "not the file that was scanned" in m.text for m in messages)


def test_scores_of_a_file_that_changes_while_it_is_scanned_are_thrown_away(
    film: FilmMaker, request_for: Requests, tmp_path: Path
) -> None:
    path = film(frames=400)
    with closing(run_job(request_for(path), Control(get_context("spawn")))) as job:
        while not isinstance(next(job), ScanStarted):
            pass
        with path.open("ab") as file:
            file.write(b"still recording")
        with pytest.raises(MediaError, match="changed while it was scanned"):
            list(job)
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    with pytest.raises(RequestError, match="no scanned recording"):
        list(run_job(EventsRequest(place, ()), Control(get_context("spawn"))))


def test_a_truncated_file_is_scanned_as_far_as_it_goes_and_not_called_complete(
    film: FilmMaker, request_for: Requests
) -> None:
    path = film("night.mkv", frames=600, fps=15)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    _, report = finished(request_for(path))
    whole = sum(span.seconds for span in report.coverage.scored)
    assert 10 < whole < 30
    path = film("night.mp4", frames=600, fps=15, muxer={"movflags": "faststart"})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    _, report = finished(request_for(path))
    assert not report.coverage.complete
    assert report.coverage.finished
    assert report.coverage.undecodable[-1].stop == pytest.approx(40, abs=0.5)


def test_a_recording_too_short_for_a_window_is_held_not_invented(film: FilmMaker, request_for: Requests) -> None:
    _, report = finished(request_for(film(frames=75)))
    assert report.trace.grid.count == 1
    assert report.trace.states[0] == WindowState.SCORED


def test_a_recording_of_which_more_than_half_a_window_would_be_invented_is_refused(
    film: FilmMaker, request_for: Requests
) -> None:
    with pytest.raises(MediaError, match=r"lasts 2\.0 s; a window needs at least 2\.5 s"):
        finished(request_for(film(frames=50)))


def test_an_uncalibrated_bundle_gives_a_trace_and_no_events(film: FilmMaker, request_for: Requests) -> None:
    _, report = finished(request_for(film(frames=200), bundle="uncalibrated"))
    assert report.findings.point is None
    assert report.findings.events == ()
    assert report.coverage.complete


def test_events_are_listed_again_at_another_operating_point(
    film: FilmMaker, request_for: Requests, bundles: Path
) -> None:
    request = request_for(film(frames=300))
    finished(request)
    counts = []
    for rate in (1.0, 60.0):
        asked = EventsRequest(request.library, (bundles,), EventRules(rate), 1)
        job = run_job(asked, Control(get_context("spawn")))
        while True:
            try:
                next(job)
            except StopIteration as stop:
                (report,) = stop.value
                break
        counts.append(report.findings.point.enter)
    assert counts == [0.6, 0.05]


def test_nonsense_is_refused_before_any_work(film: FilmMaker, request_for: Requests, tmp_path: Path) -> None:
    path = film(frames=100)
    for options in ({"stride": 0}, {"stride": -3}, {"stride": 17}):
        with pytest.raises(RequestError, match="stride"):
            request_for(path, **options)
    with pytest.raises(RequestError, match="nothing to scan"):
        request_for()
    with pytest.raises(BundleError, match="no bundle called unknown"):
        finished(request_for(path, bundle="unknown"))
    with pytest.raises(RequestError, match="false alarms"):
        EventRules(false_alarms_per_hour=0)
    with pytest.raises(RequestError, match="device"):
        Compute.chosen("abacus", "auto", 0)
    assert not (tmp_path / "library").exists()


def test_a_disk_without_room_is_told_before_the_scan(
    film: FilmMaker, request_for: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(Path.cwd())
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1_000_000))
    with pytest.raises(RequestError, match="Not enough space"):
        finished(request_for(film(frames=100)))


def test_the_room_for_a_scan_is_told_by_its_network(
    film: FilmMaker, request_for: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(scan, "require_space", lambda folder, needed: asked.append(needed))
    _, report = finished(request_for(film(frames=300)))
    grid = report.trace.grid
    # The tiny bundle's network: 8 channels, doubled three times, as means and maxima side by side.
    assert asked == [grid.count * scan.bytes_per_window(Shape(grid, bins=8, features=128))]


@pytest.mark.parametrize(("features", "bins", "stride"), [(512, 8, 3), (1536, 0, 3), (64, 16, 16), (512, 8, 16)])
def test_a_trace_takes_no_more_room_than_was_asked_for(tmp_path: Path, features: int, bins: int, stride: int) -> None:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    grid = WindowGrid.over(2000.0, stride=stride)
    shape, length = Shape(grid, bins, features), int(CHUNK_SECONDS / (stride * FRAME_STEP))
    with open_library(place) as library:
        number = recordings.add(library, examples.night())
        before = place_size(place)
        identity = examples.identity(recordings.load(library, number), stride=stride)
        stored = begin_trace(library, number, identity, shape, bundle_name="tiny")
        for first in range(0, grid.count, length):
            n = min(length, grid.count - first)
            scores, states = np.full(n, 0.3, np.float32), np.full(n, WindowState.SCORED, np.uint8)
            activity, quality = (np.full((n, width), 0.3, np.float32) for width in (bins, len(MEASURES)))
            embeddings = np.ones((n, features), np.float16)
            stored.keep(TraceChunk(first, scores, states, activity, quality, embeddings), ())
    taken = place_size(place) - before
    assert grid.count * 2 * features <= taken <= grid.count * scan.bytes_per_window(shape)


def place_size(place: LibraryPlace) -> int:
    return sum(path.stat().st_size for path in place.folder.rglob("*") if path.is_file())


def test_a_moment_that_crashed_the_decoder_is_undecodable_and_the_rest_is_scored(
    film: FilmMaker, request_for: Requests
) -> None:
    path = film(frames=900, fps=15)
    _, report = finished(replace(request_for(path), skips=(Interval(20, 30),)))
    (lost,) = report.coverage.undecodable
    assert lost.start == 20
    assert 30 <= lost.stop < 31  # the decoder starts again at the next keyframe
    assert not report.coverage.complete
    assert np.sum(report.trace.states == WindowState.SCORED) > 30


@pytest.mark.skipif(sys.platform == "win32", reason="timers of computing time are POSIX")
def test_kills_at_random_moments_change_no_bit(film: FilmMaker, request_for: Requests, tmp_path: Path) -> None:
    path = film(frames=4800, fps=12, width=64, height=48)
    _, expected = finished(request_for(path))
    request = replace(request_for(path), library=LibraryPlace(tmp_path / "killed", tmp_path / "keys"))
    for seconds in np.random.default_rng(5).uniform(0.001, 0.1, 4):
        child = get_context("spawn").Process(target=stand_ins.scan_until_struck, args=(request, float(seconds)))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGPROF, "the scan ended before it could be killed"
    messages, report = finished(request)
    same(report, expected)
    started = next(message for message in messages if isinstance(message, ScanStarted))
    computed = sum(len(message.chunk.scores) for message in messages if isinstance(message, ChunkStored))
    assert 0 < started.stored < started.windows
    assert computed == started.windows - started.stored, "what was stored before a kill was computed again"
