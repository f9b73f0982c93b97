"""What the doctor says of the graphics card, and of a library beside whether it is whole."""

from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app.jobs import doctor
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Finding
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
    assert before["graphics card"]
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


def card_found(
    monkeypatch: pytest.MonkeyPatch, *, cards: tuple[str, ...] = (), driver: bool, cuda_build: bool = True
) -> Finding:
    """What the doctor says of a machine with these cards for PyTorch, this driver and this build of PyTorch."""
    monkeypatch.setattr(doctor, "graphics_cards", lambda: cards)
    monkeypatch.setattr(doctor, "nvidia_seen", lambda: driver)
    monkeypatch.setattr(doctor, "pytorch_knows_nvidia", lambda: cuda_build)
    (finding,) = doctor._graphics_card()
    assert finding.what == "graphics card"
    return finding


@pytest.mark.parametrize("cards", [("NVIDIA H200",), ("NVIDIA L4", "NVIDIA L4"), ("Apple graphics",)])
def test_cards_that_can_be_used_are_named(monkeypatch: pytest.MonkeyPatch, cards: tuple[str, ...]) -> None:
    finding = card_found(monkeypatch, cards=cards, driver=cards[0].startswith("NVIDIA"))
    assert finding.fine
    assert finding.found.startswith(", ".join(cards))


def test_a_machine_without_a_graphics_card_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = card_found(monkeypatch, driver=False, cuda_build=False)
    assert finding.fine
    assert finding.found == "no graphics card: OpenVINO on the processor"
    monkeypatch.setattr(doctor, "openvino_is_here", lambda: False)
    assert card_found(monkeypatch, driver=False).found == "no graphics card: PyTorch on the processor"


def test_a_card_that_lies_idle_is_not_fine_and_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    build = card_found(monkeypatch, driver=True, cuda_build=False)
    assert not build.fine
    assert "delete the folder .venv" in build.remedy
    assert "python3 installer/bootstrap.py doctor" in build.remedy
    driver = card_found(monkeypatch, driver=True)
    assert not driver.fine
    assert ".venv" not in driver.remedy
    assert "install NVIDIA's newest driver" in driver.remedy


def test_a_driver_is_known_by_its_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doctor.nvidia_seen()
