"""What the doctor says of a library beside whether it is whole."""

from multiprocessing import get_context
from pathlib import Path

from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import DoctorRequest, LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.trainings import TRAININGS, begin, held
from reviewer_app.store import raters, recordings
from reviewer_app.store.forget import forget
from tests.jobs.test_process import drain
from tests.store import examples, sayings


def found(place: LibraryPlace) -> dict[str, str]:
    findings = drain(run_job(DoctorRequest(place, ()), Control(get_context("spawn"))))[1]
    return {each.what: each.found for each in findings}


def test_deleted_recordings_and_what_trainings_left_are_told(tmp_path: Path) -> None:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    with open_library(place) as library:
        kept = recordings.add(library, examples.night())
        gone = recordings.add(library, examples.night(mark="z"))
        anna = raters.add(library, "Anna")
        sayings.told(library, gone, anna, sayings.made(sayings.statement(5)))
    before = found(place)
    assert "deleted" not in before["library"]
    assert "trainings" not in before
    with open_library(place) as library:
        forget(library, gone, rater=anna)
    training = place.folder / TRAININGS / "lab-3"
    with held(training):
        begin(training, "0" * 64, clips=training.with_name("clips-a"))
    after = found(place)
    assert kept == 1
    assert "1 recording; 1 recording with 1 label deleted, the last on" in after["library"]
    assert "unencrypted: lab-3 (0 MB)" in after["trainings"]
    assert "Anna" not in " ".join(after.values())
