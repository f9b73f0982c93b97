import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from reviewer_app.domain.recipe import PAPER, SMALL, Recipe
from reviewer_app.errors import RequestError
from reviewer_app.learning.clip_store import ClipStore
from reviewer_app.learning.fit import fit
from reviewer_app.learning.network import SpasmNetwork, seeded_network
from reviewer_app.learning.recipe_clips import RecipeClips
from reviewer_app.learning.tune import TuningClips, recipe_plan, take_learned, tuning_identity
from reviewer_app.learning.tuning_folder import (
    ORDER,
    START,
    STATE,
    TuningOrder,
    is_learned,
    read_order,
    start_network,
    write_order,
)
from tests.learning.squares import CLIP, SPEC, square_store

pytestmark = pytest.mark.usefixtures("one_thread")

RECIPE = replace(SMALL, epochs=2, batch=2, learning_rate=3e-3, jitter=0)


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return square_store(tmp_path / "clips", 12)


def order_of(store: ClipStore, *, recipe: Recipe = RECIPE, ranks: int = 2) -> TuningOrder:
    return TuningOrder(SPEC, CLIP, TuningClips(store, tuple(range(8)), (8, 9)), recipe, "cpu", ranks)


def started() -> SpasmNetwork:
    return seeded_network(SPEC, CLIP, seed=4)


def learned(folder: Path, order: TuningOrder, *, steps: int | None = None) -> SpasmNetwork:
    """What the devices would do, on one of them with the batch of all."""
    network, clips = start_network(folder, order), order.clips
    plan = recipe_plan(order.recipe, len(clips.learned), ranks=order.ranks, save=0.0, report=0.0)
    identity = tuning_identity(network, clips, order.recipe, ranks=order.ranks)
    shown = RecipeClips(clips.store, clips.learned, order.recipe)
    for each in fit(network, shown, plan, validation={}, state=folder / STATE, identity=identity):
        if each.step == steps:
            break
    return network


@pytest.mark.parametrize("recipe", [PAPER, RECIPE, replace(PAPER, changes=(), half=True)])
def test_an_order_is_read_as_it_was_written(store: ClipStore, tmp_path: Path, recipe: Recipe) -> None:
    order, start = order_of(store, recipe=recipe), started()
    write_order(tmp_path / "training", order, start)
    read = read_order(tmp_path / "training")
    assert replace(read, clips=order.clips) == order
    assert (read.clips.learned, read.clips.looked_at) == (order.clips.learned, order.clips.looked_at)
    assert read.clips.store.labels == store.labels
    again = start_network(tmp_path / "training", read)
    # What a state belongs to is told from the order alone, to the last bit of the weights.
    assert tuning_identity(again, read.clips, read.recipe, ranks=2) == tuning_identity(
        start, order.clips, order.recipe, ranks=2
    )


def test_both_folders_can_be_carried_to_another_machine(store: ClipStore, tmp_path: Path) -> None:
    write_order(tmp_path / "trainings" / "mine", order_of(store), started())
    shutil.move(tmp_path / "clips", tmp_path / "elsewhere" / "clips")
    shutil.move(tmp_path / "trainings", tmp_path / "elsewhere" / "trainings")
    read = read_order(tmp_path / "elsewhere" / "trainings" / "mine")
    assert read.clips.store.folder == tmp_path / "elsewhere" / "clips"


def test_a_training_is_learned_when_it_has_reached_its_end(store: ClipStore, tmp_path: Path) -> None:
    folder, order = tmp_path / "training", order_of(store)
    assert not is_learned(folder)
    write_order(folder, order, started())
    assert not is_learned(folder)
    learned(folder, order, steps=2)
    assert not is_learned(folder)
    learned(folder, order)
    shutil.rmtree(store.folder)  # they may show a patient who was forgotten
    assert is_learned(folder)


@pytest.mark.parametrize("patience", [0, 1])
def test_the_kept_weights_are_those_that_the_training_ended_with(
    store: ClipStore, tmp_path: Path, patience: int
) -> None:
    folder, order = tmp_path / "training", order_of(store, recipe=replace(RECIPE, patience=patience))
    write_order(folder, order, started())
    ended, taken = learned(folder, order), started()
    take_learned(taken, order.clips, order.recipe, ranks=2, state=folder / STATE)
    for name, value in ended.state_dict().items():
        assert torch.equal(value, taken.state_dict()[name]), name


def test_what_another_number_of_devices_has_learned_is_refused(store: ClipStore, tmp_path: Path) -> None:
    folder, order = tmp_path / "training", order_of(store)
    write_order(folder, order, started())
    learned(folder, order)
    with pytest.raises(RequestError, match="not the state of this training"):
        take_learned(started(), order.clips, order.recipe, ranks=3, state=folder / STATE)


def test_a_folder_without_a_training_is_told(store: ClipStore, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="holds no training for several devices"):
        read_order(tmp_path)
    folder, order = tmp_path / "training", order_of(store)
    write_order(folder, order, started())
    learned(folder, order)
    (folder / START).unlink()
    with pytest.raises(RequestError, match=r"start\.safetensors cannot be read"):
        start_network(folder, order)
    for damage in ("", "[]", (folder / ORDER).read_text().replace('"learned"', '"taught"')):
        (folder / ORDER).write_text(damage)
        for reads in (read_order, is_learned):
            with pytest.raises(RequestError, match="holds no training for several devices"):
                reads(folder)


def test_a_folder_that_cannot_be_written_is_told(store: ClipStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(RequestError, match="cannot be prepared in"):
        write_order(tmp_path / "file", order_of(store), started())
