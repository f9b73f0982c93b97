"""Trainings on several devices, as jobs: two processes on the processor."""

import json
import multiprocessing
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.domain.recipe import Optimiser, Recipe
from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.jobs import tuning
from reviewer_app.jobs.learn_request import CrossvalRequest, FinetuneRequest, PrepareTraining
from reviewer_app.jobs.message import Heartbeat, Learning
from reviewer_app.learning.bundle import load_bundle
from reviewer_app.learning.fit import fit
from reviewer_app.learning.recipe_clips import RecipeClips
from reviewer_app.learning.tune import recipe_plan, tuning_identity
from reviewer_app.learning.tuning_folder import STATE, read_order, start_network
from tests.jobs.studies import Infant, Study, make_study
from tests.jobs.trials import done, job_of

RECIPE = Recipe(epochs=20, batch=2, learning_rate=3e-3, optimiser=Optimiser.ADAMW, changes=())
TWO = (8.0, 20.0)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    infants = (Infant("a", seconds=30, onsets=TWO), Infant("b", Role.VALIDATE, 30, (10.0, 22.0)))
    return make_study(tmp_path_factory.mktemp("study"), infants)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def request_of(study: Study, bundles: Path, to: Path, **options: Any) -> FinetuneRequest:
    told = {"snapshot": study.identity, "name": "tuned", "base": "tiny", "recipe": RECIPE, "device": "cpu"}
    return FinetuneRequest(study.place, bundle_folders=(bundles,), to=to, **{"devices": 2, **told, **options})


def ranks() -> list[int]:
    return [each.pid for each in multiprocessing.active_children() if each.name.startswith("rank") and each.pid]


def test_a_rank_that_is_killed_is_told_and_the_same_request_goes_on(
    study: Study, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "SAVE_EVERY", 0.0)
    request = request_of(study, bundles, tmp_path)
    job, beats = job_of(request), 0
    while not isinstance(message := next(job), Learning):
        beats += isinstance(message, Heartbeat)
    assert beats, "starting takes seconds"
    assert len(ranks()) == 2
    if sys.platform == "linux":
        assert [path for each in ranks() for path in opened(each) if is_beyond(path, study)] == []
    for each in ranks():
        os.kill(each, signal.SIGINT)  # as Ctrl-C does with all processes of a terminal: it is the door's to handle
    assert isinstance(next(job), Learning | Heartbeat)
    os.kill(ranks()[1], signal.SIGKILL)
    with pytest.raises(SpasmReviewerError, match=r"^Training process . of 2 was ended from outside \(code -9\)"):
        for _ in job:
            pass
    assert ranks() == []
    with pytest.raises(RequestError, match="begun with another snapshot, base, recipe or number of devices"):
        done(replace(request, devices=1))
    messages, trained = done(request)
    learned = [each for each in messages if isinstance(each, Learning)]
    assert learned[0].step > 1, "it began anew"
    assert (learned[-1].epoch, trained.epochs) == (20, 20)
    assert ranks() == []
    training: dict[str, Any] = dict(load_bundle(trained.bundle.folder).description.training)
    assert (training["devices"], training["clips_in_a_step"], training["epochs"]) == (2, 4, 20)
    assert {each.what: each.value for each in trained.validation}["window AUC"] is not None
    assert not (study.place.folder / "trainings" / "tuned").exists()


def opened(process: int) -> set[Path]:
    """Files that a process has open or mapped."""
    links = {link.resolve() for link in Path(f"/proc/{process}/fd").iterdir()}
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    return links | {Path(words[5]) for line in maps if len(words := line.split(maxsplit=5)) == 6}


def is_beyond(path: Path, study: Study) -> bool:
    """Whether it belongs to the study - its library, key or films - and to no training."""
    root = study.place.folder.parent
    return path.is_relative_to(root) and not path.is_relative_to(study.place.folder / "trainings")


def test_devices_that_are_not_there_are_told_before_anything_is_made(
    study: Study, bundles: Path, tmp_path: Path
) -> None:
    before = sorted(study.place.folder.rglob("trainings/*"))
    with pytest.raises(RequestError, match="room for 2 at once, not 3"):
        done(request_of(study, bundles, tmp_path, devices=3))
    with pytest.raises(RequestError, match="at least one device, not 0"):
        done(CrossvalRequest(study.place, study.identity, "tiny", (bundles,), tmp_path / "to", folds=2, devices=0))
    assert sorted(study.place.folder.rglob("trainings/*")) == before
    assert not (tmp_path / "to").exists()


def test_what_other_machines_have_learned_is_packed_here(study: Study, bundles: Path, tmp_path: Path) -> None:
    request = request_of(study, bundles, tmp_path, name="afar", devices=4)  # more than there are here
    _, prepared = done(PrepareTraining(request))
    assert (prepared.devices, prepared.folder.name) == (4, "afar")
    assert (prepared.clips / "clips.uint8").is_file()
    with pytest.raises(RequestError, match="room for 2 at once, not 4"):
        done(request)
    learn_afar(prepared.folder)
    messages, trained = done(request)
    assert not any(isinstance(each, Learning) for each in messages)
    assert trained.epochs == 20
    assert load_bundle(trained.bundle.folder).description.training["devices"] == 4
    assert not prepared.folder.exists()
    assert not prepared.clips.exists()
    with pytest.raises(RequestError, match="afar is trained and packed already"):
        done(PrepareTraining(request))


def learn_afar(folder: Path) -> None:
    """Stands in for ``torchrun``: what four devices do together, one does with the batch of all."""
    order = read_order(folder)
    network, clips = start_network(folder, order).requires_grad_(True), order.clips
    plan = recipe_plan(order.recipe, len(clips.learned), ranks=order.ranks)
    shown = RecipeClips(clips.store, clips.learned, order.recipe)
    identity = tuning_identity(network, clips, order.recipe, ranks=order.ranks)
    for _ in fit(network, shown, plan, validation={}, state=folder / STATE, identity=identity):
        pass


def test_each_fold_of_a_cross_validation_is_trained_on_as_many(bundles: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path, [Infant(each, seconds=30, onsets=TWO) for each in "ab"])
    request = CrossvalRequest(
        study.place, study.identity, "tiny", (bundles,), tmp_path / "to", RECIPE, folds=2, device="cpu", devices=2
    )
    job = job_of(request)
    while not isinstance(next(job), Learning):
        pass
    [order] = study.place.folder.glob("trainings/crossval-*/fold-1/order.json")
    assert json.loads(order.read_text())["ranks"] == 2
    assert len(ranks()) == 2
    job.close()
    assert ranks() == []
