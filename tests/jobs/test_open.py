import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pytest

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import MediaError, RequestError, StoreError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.library_request import FindFiles, ForgetRecordings, OpenRequest, SurveyRequest
from reviewer_app.jobs.request import Asks, Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.store import raters, recordings
from reviewer_app.store.overview import overview
from tests.bundles_maker import POINTS
from tests.conftest import FilmMaker

Answer = TypeVar("Answer")
Opener = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


def answer(request: Asks[Answer]) -> Answer:
    job = run_job(request, Control(get_context("spawn")))
    while True:
        try:
            next(job)
        except StopIteration as stop:
            found: Answer = stop.value
            return found


def test_opened_files_are_in_the_library_once(film: FilmMaker, place: LibraryPlace) -> None:
    path = film(frames=100)
    first = answer(OpenRequest((path,), place, patient="P7"))
    again = answer(OpenRequest((path,), place))
    assert (first.is_new, again.is_new) == (True, False)
    assert first.number == again.number
    assert again.recording.patient == "P7"
    with open_library(place) as library:
        assert [each.paths for each in overview(library)] == [(path,)]


def test_a_file_with_other_content_under_the_same_name_is_another_recording_and_said_so(
    film: FilmMaker, place: LibraryPlace
) -> None:
    first = answer(OpenRequest((film("night.mp4", frames=100),), place))
    second = answer(OpenRequest((film("night.mp4", frames=100, first_number=500),), place))
    assert second.number != first.number
    assert "night.mp4 is not the file" in second.remarks[0]


def test_a_broken_file_among_good_ones_is_named_and_alone_refused(film: FilmMaker, place: LibraryPlace) -> None:
    broken = film("good.mp4", frames=100).with_name("broken.mp4")
    broken.write_bytes(b"\0" * 5000)
    opened = answer(OpenRequest((broken, broken.with_name("good.mp4")), place))
    assert any("broken.mp4" in remark for remark in opened.remarks)
    with pytest.raises(MediaError, match=r"broken\.mp4"):
        answer(OpenRequest((broken,), place))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a POSIX file")
def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path, place: LibraryPlace) -> None:
    fifo = tmp_path / "pipe.mp4"
    os.mkfifo(fifo)
    with pytest.raises(MediaError, match=r"pipe\.mp4"):
        answer(OpenRequest((fifo,), place))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(MediaError, match="holds no video"):
        answer(OpenRequest((empty,), place))


def test_nothing_to_open_is_refused() -> None:
    with pytest.raises(RequestError, match="nothing to open"):
        OpenRequest((), LibraryPlace(Path("x"), Path("y")))


def test_moved_files_are_found_again(film: FilmMaker, place: LibraryPlace, tmp_path: Path) -> None:
    path = film("night.mp4", frames=100)
    number = answer(OpenRequest((path,), place)).number
    moved = tmp_path / "archive" / "year" / "renamed.mp4"
    moved.parent.mkdir(parents=True)
    path.rename(moved)
    (seen,) = answer(SurveyRequest(place, 1, {}))
    assert seen.missing == (path,)
    found = answer(FindFiles(place, number, (tmp_path / "archive",)))
    assert (found.found, found.missing) == ((moved,), ())
    assert answer(SurveyRequest(place, 1, {}))[0].missing == ()


def test_the_survey_counts_what_is_left_at_the_wanted_operating_point(
    film: FilmMaker, place: LibraryPlace, bundles: Path
) -> None:
    path = film(frames=400)
    scan = ScanRequest((path,), place, "tiny", (bundles,), compute=Compute(threads=1))
    report = answer(scan)
    unscanned = answer(OpenRequest((film("other.mp4", frames=50),), place)).number
    points = {report.identity.bundle: POINTS}
    scanned, other = answer(SurveyRequest(place, 1, points, scan.rules))
    assert (scanned.flags, scanned.left) == (len(report.findings.events),) * 2
    assert scanned.clusters == len(report.findings.clusters)
    assert (other.number, other.flags, other.left) == (unscanned, None, None)
    (alone,) = answer(SurveyRequest(place, 1, {}, recordings=(report.recording_number,)))
    assert alone.flags is None, "a bundle that is away says nothing"


def test_a_forgotten_recording_leaves_its_file_alone(film: FilmMaker, place: LibraryPlace) -> None:
    path = film(frames=100)
    number = answer(OpenRequest((path,), place)).number
    with open_library(place) as library:
        anna: Rater = raters.add(library, "Anna")
    before = path.read_bytes()
    assert answer(ForgetRecordings(place, (number,), anna)) == 1
    assert path.read_bytes() == before
    with open_library(place) as library:
        assert recordings.summaries(library) == ()
    with pytest.raises(StoreError, match="no recording"):
        answer(ForgetRecordings(place, (number,), None))
