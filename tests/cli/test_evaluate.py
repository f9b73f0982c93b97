"""``evaluate`` as a person runs it: figures on the screen or as JSON, a report in a folder, refusals in a sentence."""

import json
from multiprocessing import get_context
from pathlib import Path

import pytest

from reviewer_app import paths
from reviewer_app.domain.annotation import Matter
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.store import raters
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.cli.conftest import Command, refused
from tests.conftest import FilmMaker
from tests.jobs.test_process import drain
from tests.store import sayings


@pytest.fixture
def place(
    film: FilmMaker, bundles: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> LibraryPlace:
    """A library, where the command line finds its key, with a scan in which somebody finalised a spasm's time."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "xdg_config_home"))
    found = LibraryPlace(tmp_path / "library", paths.key_folder())
    scan = ScanRequest((film("night.mp4", frames=300),), found, "tiny", (bundles,), compute=Compute("torch", "f32", 1))
    drain(run_job(scan, Control(get_context("spawn"))))
    with Library.open(found.folder, keys=choose_keys(found.key_folder)) as library:
        spasm = sayings.made(sayings.statement(5))
        whole = sayings.covered(0, 20, matter=Matter.FINALISED)
        sayings.told(library, 1, raters.add(library, "Anna Muster"), spasm, whole)
    return found


def test_an_evaluation_is_printed_and_written(
    command: Command, bundles: Path, place: LibraryPlace, tmp_path: Path
) -> None:
    words = ("evaluate", "--bundle", bundles / "tiny", "--library", place.folder, "--to", tmp_path / "out", "--seed", 5)
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert "spasms found, pooled" in done.stdout
    assert "seed 5" in done.stdout
    assert RESEARCH_NOTICE in done.stdout
    assert str(tmp_path / "out" / "report.html") in done.stderr
    told = json.loads(command(*words, "--json").stdout)
    assert Path(told["folder"]) == tmp_path / "out-2"
    assert {"window AUC, pooled", "false alarms per hour, pooled"} <= {each["what"] for each in told["figures"]}


def test_nothing_to_evaluate_is_said_in_one_sentence(
    command: Command, bundles: Path, place: LibraryPlace, tmp_path: Path
) -> None:
    words = ("--bundle", bundles / "tiny", "--library", place.folder, "--to", tmp_path / "out")
    assert "no recording 7" in refused(command("evaluate", *words, "--recording", 7), 2)
