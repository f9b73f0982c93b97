"""All that a library tells of one recording, read beside whoever holds it."""

import pickle
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Label
from reviewer_app.errors import StoreError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library_request import Told, ToldRequest
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.store import ledger, raters
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.conftest import FilmMaker
from tests.jobs.test_process import drain
from tests.store import sayings


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


def told(place: LibraryPlace, number: int, *folders: Path, names: bool = False) -> Told:
    request = ToldRequest(place, number, folders, with_names=names)
    assert pickle.loads(pickle.dumps(request)) == request
    answer: Told = drain(run_job(request, Control(get_context("spawn"))))[1]
    return answer


def test_what_people_said_is_read_while_the_window_holds_the_library(place: LibraryPlace) -> None:
    with Library.open(place.folder, keys=choose_keys(place.key_folder)) as library:
        number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
        nothing = told(place, number).said
        assert (nothing.head, nothing.labels.annotations) == ("", ())
        sayings.told(library, number, anna, sayings.made(sayings.statement(5, label=Label.UNSURE)))
        sayings.told(library, number, ben, sayings.covered(0, 20))
        answer = told(place, number, names=True)
        assert answer.report is None
        assert answer.said.head == ledger.head(library, number)
        assert answer.said.raters == raters.all_raters(library)
        assert [each.label for each in answer.said.labels.annotations] == [Label.UNSURE]
        assert len(list(answer.said.spans())) == 1
        assert (answer.said.with_names, answer.said.with_notes) == (True, False)


def test_the_newest_scan_is_told_with_its_events_where_its_bundle_is_here(
    place: LibraryPlace, film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    path = film(frames=150)
    for stride in (16, 3):
        request = ScanRequest((path,), place, "tiny", (bundles,), stride=stride, compute=Compute(threads=1))
        drain(run_job(request, Control(get_context("spawn"))))
    here, away = told(place, 1, bundles).report, told(place, 1, tmp_path).report
    assert here is not None
    assert away is not None
    assert here.identity.stride == away.identity.stride == 3
    assert here.findings.point is not None
    assert away.findings.point is None


def test_a_recording_that_the_library_does_not_know_is_said(place: LibraryPlace) -> None:
    with pytest.raises(StoreError, match="no library"):
        told(place, 1)
    Library.open(place.folder, keys=choose_keys(place.key_folder)).close()
    with pytest.raises(StoreError, match="no recording 5"):
        told(place, 5)
