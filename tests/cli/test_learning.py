import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reviewer_app.cli import learning
from reviewer_app.cli.app import app
from reviewer_app.cli.show import Watch
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import RequestError
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.request import LibraryPlace
from tests.cli.conftest import Command, refused
from tests.jobs.studies import Infant, Study, make_study

QUICK = (
    *("--recipe", "small", "--epochs", 10, "--batch", 4, "--learning-rate", 3e-3),
    *("--set", "changes=none", "--set", "patience=0", "--device", "cpu", "--fresh-head"),
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    roles = {"a": Role.TRAIN, "b": Role.VALIDATE}
    infants = [Infant(patient, role, 30, (8.0, 20.0)) for patient, role in roles.items()]
    return make_study(tmp_path, infants, keys=tmp_path / "home" / "xdg_config_home" / "spasm-reviewer" / "keys")


def test_a_bundle_is_tuned_and_how_to_go_on_is_said(command: Command, study: Study, bundles: Path) -> None:
    where = ("--library", study.place.folder, "--base", bundles / "tiny")
    done = command("finetune", study.identity[:10], "--name", "mine", *QUICK, *where)
    assert done.returncode == 0, done.stderr
    assert RESEARCH_NOTICE in done.stdout
    assert "bundle compare mine" in done.stdout
    assert "After epoch 10, on validation patients: loss" in done.stderr


@pytest.mark.parametrize(
    ("words", "fresh"),
    [
        ((), None),
        (("--own-head",), False),
        (("--fresh-head",), True),
    ],
)
def test_whether_the_head_is_fresh_is_left_to_the_base_unless_somebody_says_so(
    words: tuple[str, ...], fresh: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(learning, "supervise", asked.append)
    monkeypatch.setattr(Watch, "drive", lambda *_: (_ for _ in ()).throw(RequestError("no more of this.")))
    CliRunner().invoke(app, ["finetune", "abc", "--name", "mine", *words])
    CliRunner().invoke(app, ["crossval", "abc", "--to", "there", *words])
    assert [each.fresh_head for each in asked] == [fresh, fresh]


def test_a_recipe_is_cross_validated(command: Command, study: Study, bundles: Path, tmp_path: Path) -> None:
    where = ("--library", study.place.folder, "--base", bundles / "tiny", "--to", tmp_path / "to", "--folds", 2)
    done = command("crossval", study.identity, *QUICK, *where, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["notice"] == RESEARCH_NOTICE
    assert told["figures"][0]["what"] == "window AUC"
    assert Path(told["predictions"]).is_file()


def test_a_training_is_prepared_for_several_machines(command: Command, study: Study, bundles: Path) -> None:
    where = ("--library", study.place.folder, "--base", bundles / "tiny", "--devices", 16)
    words = ("finetune", study.identity[:10], "--name", "mine", *QUICK, *where, "--prepare-only")
    done = command(*words)
    assert done.returncode == 0, done.stderr
    folder = study.place.folder / "trainings" / "mine"
    assert f"Prepared {folder} for 16 devices in all" in done.stdout
    assert f"-m reviewer_app.learning.rank {folder}" in done.stdout
    assert "a network that you trust" in done.stdout
    assert (folder / "order.json").is_file()
    told = json.loads(command(*words, "--json").stdout)
    assert (told["devices"], Path(told["folder"])) == (16, folder)


def test_more_devices_than_there_are_are_refused(command: Command, study: Study, bundles: Path) -> None:
    where = ("--library", study.place.folder, "--base", bundles / "tiny", "--devices", 1000)
    sentence = refused(command("finetune", study.identity[:10], "--name", "mine", *QUICK, *where), 2)
    assert "not 1000" in sentence
    help_text = command("crossval", "--help").stdout
    assert "--devices" in help_text
    assert "N times the batch" in " ".join(help_text.replace("│", " ").split())


def test_without_a_base_a_training_starts_from_what_scans_and_says_so(command: Command, tmp_path: Path) -> None:
    keys = tmp_path / "home" / "xdg_config_home" / "spasm-reviewer" / "keys"
    with open_library(LibraryPlace(tmp_path / "library", keys)):
        pass
    done = command("finetune", "0000", "--name", "mine", "--library", tmp_path / "library")
    assert "no snapshot" in refused(done, 4)
    assert "The training starts from starter, which is the current bundle." in done.stderr
