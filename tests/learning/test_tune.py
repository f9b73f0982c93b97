import multiprocessing
import os
import signal
import time
from dataclasses import replace
from multiprocessing.queues import Queue
from pathlib import Path

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from reviewer_app.domain.recipe import PAPER, SMALL, Optimiser, Recipe
from reviewer_app.errors import RequestError
from reviewer_app.learning.clip_store import open_store
from reviewer_app.learning.measure import StoredExamples, validate
from reviewer_app.learning.network import SpasmNetwork, give_fresh_head, seeded_network
from reviewer_app.learning.recipe_clips import StoredFrames
from reviewer_app.learning.tune import TuningClips, TuningProgress, recipe_plan, tune
from tests.learning.squares import CLIP, SPEC, square_store

pytestmark = pytest.mark.usefixtures("one_thread")

FAST = replace(PAPER, learning_rate=3e-3, changes=())
"""The paper's recipe for a network that starts from nothing, on pictures that are not worth turning."""


def started() -> SpasmNetwork:
    network = seeded_network(SPEC, CLIP, seed=0)
    give_fresh_head(network, seed=0)
    return network


def clips_in(folder: Path, *, looked_at: int = 0) -> TuningClips:
    store = open_store(folder)
    learned = len(store.labels) - looked_at
    return TuningClips(store, tuple(range(learned)), tuple(range(learned, len(store.labels))))


def auc_on(network: SpasmNetwork, folder: Path) -> float:
    store = open_store(folder)
    targets = np.array([label.target for label in store.labels], np.float32)
    return validate(network, "", StoredExamples(StoredFrames(store, store.present), targets)).auc


def test_the_paper_s_recipe_in_steps() -> None:
    plan = recipe_plan(PAPER, 1588 + 1385)  # derivation data: 991 + 597 segments, and the healthy infants' 1,385
    assert (plan.batch, plan.parts, plan.validate) == (4, 1, 744)
    assert plan.pace.steps == 15 * 744
    assert [plan.pace.rate(epoch * 744) for epoch in (0, 9, 10, 14)] == pytest.approx([1e-4, 1e-4, 0.75e-4, 0.75e-4])
    assert (plan.optimiser, plan.weight_decay, plan.clip_norm, plan.patience) == (Optimiser.ADAM, 0.0, 0.0, 0)
    assert (plan.average, plan.layer_decay, plan.frozen_trunk, plan.half) == (0.0, 1.0, False, False)


def test_the_weights_move_once_for_the_clips_of_all_parts_and_devices() -> None:
    plan = recipe_plan(replace(PAPER, accumulate=2), 100, ranks=3)
    assert (plan.batch, plan.parts, plan.validate) == (24, 2, 5)


def test_a_small_set_is_learned_by_heart(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 24)
    network = started()
    list(tune(network, clips_in(tmp_path / "clips"), FAST, device="cpu"))
    assert auc_on(network, tmp_path / "clips") == 1.0


def test_what_was_learned_holds_for_patients_who_were_never_seen(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 32)
    *_, last = tune(started(), clips_in(tmp_path / "clips", looked_at=8), FAST, device="cpu")
    assert last.validation is not None
    assert last.validation.auc > 0.9


def test_shuffled_labels_teach_nothing_about_other_clips(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 32, shuffled=True)
    square_store(tmp_path / "others", 40)
    aucs = []
    for seed in range(3):
        network = started()
        list(tune(network, clips_in(tmp_path / "clips"), replace(FAST, epochs=4, seed=seed), device="cpu"))
        aucs.append(auc_on(network, tmp_path / "others"))
    assert 0.2 < np.mean(aucs) < 0.8


def test_progress_is_told_in_epochs(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 16)
    clips = clips_in(tmp_path / "clips", looked_at=4)
    messages = list(tune(started(), clips, replace(FAST, epochs=2, batch=8), device="cpu", report=0.0))
    assert [(each.epoch, each.step, each.validation is not None) for each in messages] == [
        (1, 1, False),
        (1, 2, True),
        (2, 3, False),
        (2, 4, True),
    ]
    assert {(each.epochs, each.steps) for each in messages} == {(2, 4)}
    assert messages[0].seconds_left is None
    assert all(each.seconds_left is not None and each.seconds_left >= 0 for each in messages[1:])
    assert all(each.clips_per_second > 0 and 0 <= each.waiting <= 1 for each in messages)


def test_every_option_of_a_recipe_is_taken(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 20, jitter=2)
    recipe = replace(SMALL, epochs=2, batch=4, accumulate=2, half=True, frozen_trunk=True, jitter=2)
    network = started()
    before = {name: value.clone() for name, value in network.trunk.state_dict().items()}
    *_, last = tune(network, clips_in(tmp_path / "clips", looked_at=4), recipe, device="cpu")
    assert last.step == 4
    assert all(torch.equal(value, before[name]) for name, value in network.trunk.state_dict().items())


def test_nobody_is_learned_from_and_looked_at(tmp_path: Path) -> None:
    store = square_store(tmp_path / "clips", 8, of_a_patient=4)
    with pytest.raises(ValueError, match="1 patients are learned from and looked at"):
        TuningClips(store, (0, 1, 4), (5, 6))
    with pytest.raises(RequestError, match="all of one kind"):
        TuningClips(store, (0, 2))
    torn = replace(store, labels=tuple(replace(each, target=0.5 * each.target) for each in store.labels))
    with pytest.raises(RequestError, match="all of one kind"):
        TuningClips(torn, (0, 1, 2))


def test_a_device_that_is_not_there_is_told(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 4)
    with pytest.raises(RequestError, match="abacus"):
        next(tune(started(), clips_in(tmp_path / "clips"), FAST, device="abacus"))


KILLED = replace(FAST, epochs=3, batch=3, balance=True, patience=3, changes=PAPER.changes)


def learn_aloud(folder: Path, state: Path, threads: int, steps: "Queue[int]") -> None:
    """What the killed process runs: it often writes its state, and says a word after each step."""
    torch.set_num_threads(threads)
    for each in tune(
        started(), clips_in(folder, looked_at=4), KILLED, device="cpu", state=state, save=0.05, report=0.0
    ):
        steps.put(each.step)


def test_a_training_killed_at_random_steps_ends_with_equal_weights(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 28)
    whole = started()
    list(tune(whole, clips_in(tmp_path / "clips", looked_at=4), KILLED, device="cpu"))

    state, context = tmp_path / "state.safetensors", multiprocessing.get_context("spawn")
    chance = np.random.default_rng(os.getpid())
    done = 0
    for threads in (1, 2):  # the second time as a process does that is not told; the state knows better
        steps = context.Queue()
        process = context.Process(target=learn_aloud, args=(tmp_path / "clips", state, threads, steps))
        process.start()
        for _ in range(int(chance.integers(3, 8))):
            done = steps.get(timeout=60)
        time.sleep(float(chance.uniform(0, 0.05)))  # in the middle of a step, or of writing the state
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    resumed = seeded_network(SPEC, CLIP, seed=0)
    give_fresh_head(resumed, seed=0)
    messages: list[TuningProgress] = list(
        tune(resumed, clips_in(tmp_path / "clips", looked_at=4), KILLED, device="cpu", state=state, report=0.0)
    )
    assert messages[0].step > 1
    assert done < messages[-1].steps
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_a_state_of_another_recipe_or_base_is_refused(tmp_path: Path) -> None:
    square_store(tmp_path / "clips", 8)
    clips, state = clips_in(tmp_path / "clips"), tmp_path / "state.safetensors"
    recipe: Recipe = replace(FAST, epochs=1)
    list(tune(started(), clips, recipe, device="cpu", state=state))
    with pytest.raises(RequestError, match="not the state of this training"):
        next(tune(started(), clips, replace(recipe, seed=1), device="cpu", state=state))
    other = started()
    give_fresh_head(other, seed=5)
    with pytest.raises(RequestError, match="not the state of this training"):
        next(tune(other, clips, recipe, device="cpu", state=state))


def test_a_lack_of_memory_before_the_first_step_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the network alone, or what several devices exchange, is too much."""

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    square_store(tmp_path / "clips", 4)
    monkeypatch.setattr(Fabric, "setup", full)
    with pytest.raises(RequestError, match="memory of this machine is too small to train this network"):
        next(tune(started(), clips_in(tmp_path / "clips"), FAST, device="cpu"))
