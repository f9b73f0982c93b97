"""What trainings leave: what nobody can use goes at the next start, what somebody may want is told, and removed."""

from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import LeftoverKind, ListLeftovers, RemoveLeftover
from reviewer_app.jobs.left_behind import leftovers
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import Asks, LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.trainings import KEPT, TRACES, TRAININGS, begin, held, sweep
from tests.jobs.test_process import drain


@pytest.fixture
def trainings(tmp_path: Path) -> Path:
    folder = tmp_path / "library" / TRAININGS
    folder.mkdir(parents=True)
    return folder


def answer(request: Asks[Any]) -> Any:
    return drain(run_job(request, Control(get_context("spawn"))))[1]


def clips(trainings: Path, name: str) -> Path:
    folder = trainings / name
    folder.mkdir()
    (folder / "clips.uint8").write_bytes(bytes(100_000))
    return folder


def stopped(trainings: Path, name: str, pixels: Path) -> Path:
    folder = trainings / name
    with held(folder):
        begin(folder, "0" * 64, clips=pixels)
    (folder / "state.safetensors").write_bytes(bytes(50_000))
    return folder


def test_clips_of_a_training_that_is_gone_go_at_the_next_start_and_those_of_a_stopped_one_stay(
    trainings: Path, tmp_path: Path
) -> None:
    orphan, wanted, kept = (clips(trainings, f"clips-{mark}") for mark in "abc")
    (kept / KEPT).touch()
    training = stopped(trainings, "lab-3", wanted)
    place = LibraryPlace(trainings.parent, tmp_path / "keys")
    open_library(place).close()
    assert not orphan.exists()
    assert wanted.exists()
    assert kept.exists()
    assert training.exists()
    assert not list(trainings.glob("*.lock"))


def test_nothing_is_swept_from_under_a_training_that_works(trainings: Path) -> None:
    pixels = clips(trainings, "clips-a")
    with held(pixels):
        sweep(trainings.parent)
        assert pixels.exists()
        with pytest.raises(RequestError, match="works in clips-a"), held(pixels):
            pass
    sweep(trainings.parent)
    assert not pixels.exists()


def test_a_lock_that_a_killed_training_left_goes(trainings: Path) -> None:
    (trainings / "lab-3.lock").write_text('{"process": 1, "since": "2026-03-01T22:00:00+00:00"}')
    sweep(trainings.parent)
    assert not list(trainings.iterdir())


def test_a_stopped_training_that_does_not_say_which_clips_are_its_own_keeps_all_of_them(trainings: Path) -> None:
    pixels = clips(trainings, "clips-a")
    training = stopped(trainings, "lab-3", pixels)
    (training / "clips").write_text("../../elsewhere")
    sweep(trainings.parent)
    assert pixels.exists()


def test_what_lies_there_is_told_with_the_room_it_takes(trainings: Path, tmp_path: Path) -> None:
    kept = clips(trainings, "clips-b")
    (kept / KEPT).touch()
    stopped(trainings, "lab-3", clips(trainings, "clips-a"))
    stopped(trainings, "crossval-77", trainings / "clips-never-made")
    (trainings / TRACES).mkdir()
    request = ListLeftovers(LibraryPlace(trainings.parent, tmp_path / "keys"))
    with held(trainings / "crossval-77"):
        found = {each.name: each for each in answer(request)}
    assert {name: each.kind for name, each in found.items()} == {
        "clips-b": LeftoverKind.CLIPS,
        "crossval-77": LeftoverKind.CROSSVAL,
        "lab-3": LeftoverKind.TRAINING,
        TRACES: LeftoverKind.SCORES,
    }
    assert [name for name, each in found.items() if each.in_use] == ["crossval-77"]
    assert 150_000 <= found["lab-3"].size < 250_000, "with its clips"
    assert 100_000 <= found["clips-b"].size < 150_000
    assert found[TRACES].size == 0


def test_removing_a_stopped_training_takes_its_clips_along(trainings: Path, tmp_path: Path) -> None:
    stopped(trainings, "lab-3", clips(trainings, "clips-a"))
    stopped(trainings, "lab-4", clips(trainings, "clips-b"))
    gone = answer(RemoveLeftover(LibraryPlace(trainings.parent, tmp_path / "keys"), "lab-3"))
    assert gone.name == "lab-3"
    assert sorted(each.name for each in trainings.iterdir()) == ["clips-b", "lab-4"]


@pytest.mark.parametrize("name", ["lab-9", "../library", ".", "clips-a"])
def test_only_what_is_listed_can_be_removed(trainings: Path, tmp_path: Path, name: str) -> None:
    stopped(trainings, "lab-3", clips(trainings, "clips-a"))
    with pytest.raises(RequestError, match="No training left anything called"):
        answer(RemoveLeftover(LibraryPlace(trainings.parent, tmp_path / "keys"), name))
    assert len(leftovers(trainings.parent)) == 1


def test_a_training_that_works_is_not_removed(trainings: Path, tmp_path: Path) -> None:
    training = stopped(trainings, "lab-3", clips(trainings, "clips-a"))
    request = RemoveLeftover(LibraryPlace(trainings.parent, tmp_path / "keys"), "lab-3")
    with held(training), pytest.raises(RequestError, match="works in lab-3"):
        answer(request)
    assert training.exists()
