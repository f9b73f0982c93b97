"""Fine-tuning by a recipe: what the one loop of ``fit`` is given, and how its steps are told as epochs."""

import hashlib
import json
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.recipe import Recipe
from reviewer_app.errors import RequestError
from reviewer_app.learning.clip_store import ClipStore
from reviewer_app.learning.devices import memory_explained, open_fabric
from reviewer_app.learning.fit import FitPlan, TrainingProgress, fit
from reviewer_app.learning.fit_state import load_kept
from reviewer_app.learning.measure import Examples, StoredExamples, Validation
from reviewer_app.learning.network import SpasmNetwork
from reviewer_app.learning.pace import recipe_pace
from reviewer_app.learning.recipe_clips import RecipeClips, StoredFrames
from reviewer_app.learning.seat import Seat

VALIDATION = "validation"


@dataclass(frozen=True, slots=True)
class TuningClips:
    """Which stored clips are learned from, and which are only looked at.

    Attributes:
        store: All of them.
        learned: Places of those that weights are fitted to.
        looked_at: Places of those that tell when to stop; of other patients.
    """

    store: ClipStore = field(repr=False)
    learned: tuple[int, ...]
    looked_at: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        patients = [{self.store.labels[place].patient for place in each} for each in (self.learned, self.looked_at)]
        if both := patients[0] & patients[1]:
            raise ValueError(f"{len(both)} patients are learned from and looked at; that would prove nothing")
        targets = [self.store.labels[place].target for place in self.learned]
        if not any(target > 0.5 for target in targets) or not any(target < 0.5 for target in targets):
            raise RequestError("There is nothing to learn: the training patients' clips are all of one kind.")


@dataclass(frozen=True, slots=True)
class TuningProgress:
    """How far a fine-tuning is.

    Attributes:
        epoch: Begun, from 1.
        epochs: All there are.
        step: Done, of all epochs.
        steps: All there are.
        loss: Mean since the last message.
        learning_rate: Of the last step.
        clips_per_second: Learned from since the last message.
        waiting: Share of that time in which the device waited for clips.
        seconds_left: None until the pace is known.
        validation: At the end of an epoch, where there are patients to look at.
        remark: A sentence for the person, where something did not go as it should.
        ended: Whether nothing was gained any more, so that it ends here.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    learning_rate: float
    clips_per_second: float
    waiting: float
    seconds_left: float | None
    validation: Validation | None = None
    remark: str = ""
    ended: bool = False


def tune(
    network: SpasmNetwork,
    clips: TuningClips,
    recipe: Recipe,
    *,
    device: str | Seat = "auto",
    state: Path | None = None,
    save: float = 30.0,
    report: float = 0.5,
) -> Generator[TuningProgress, None, None]:
    """Fine-tunes a network in place by a recipe; the same arguments give the same weights, killed in between or not.

    Args:
        network: The base, with a fresh head if one is wanted (``network.give_fresh_head``).
        clips: What to learn from, and what to look at after each epoch.
        recipe: How.
        device: A word of ``devices.DEVICES``, or the seat of a process among several.
        state: File from which a stopped training goes on; whoever asked for the training deletes it in the end.
        save: Seconds between two saved states, at least.
        report: Seconds between two messages, at least.

    Raises:
        RequestError: There is no such device, memory or disk are too small, or the state is of another training.
    """
    fabric = open_fabric(device, half=recipe.half)
    shown = RecipeClips(clips.store, clips.learned, recipe, rank=fabric.global_rank, ranks=fabric.world_size)
    plan = recipe_plan(recipe, len(clips.learned), ranks=fabric.world_size, save=save, report=report)
    identity = tuning_identity(network, clips, recipe, ranks=fabric.world_size)
    steps = fit(network, shown, plan, validation=_examples(clips), state=state, identity=identity, fabric=fabric)
    began, first = time.monotonic(), None
    with memory_explained(fabric), closing(steps):
        for each in steps:
            done, left = each.step - (first or 0), each.steps - each.step
            # The first message counts from; only the second can tell how long a step takes, looks and saving included.
            seconds_left = None if first is None else (time.monotonic() - began) / done * left
            if first is None:
                began, first = time.monotonic(), each.step
            # A batch's clips are shared out evenly, so that what one device does stands for all.
            everywhere = replace(each, learned=each.learned * fabric.world_size)
            yield _told(everywhere, plan, seconds_left=seconds_left)


def _told(progress: TrainingProgress, plan: FitPlan, *, seconds_left: float | None) -> TuningProgress:
    steps_of_epoch = plan.validate
    return TuningProgress(
        epoch=(progress.step - 1) // steps_of_epoch + 1,
        epochs=plan.pace.steps // steps_of_epoch,
        step=progress.step,
        steps=progress.steps,
        loss=progress.loss,
        learning_rate=progress.rate,
        clips_per_second=progress.learned / progress.seconds,
        waiting=progress.waited / progress.seconds,
        seconds_left=seconds_left,
        validation=progress.validation[0] if progress.validation else None,
        remark=progress.remark,
        ended=progress.ended,
    )


def take_learned(network: SpasmNetwork, clips: TuningClips, recipe: Recipe, *, ranks: int, state: Path) -> None:
    """Fills a network with what a training on several devices has kept, as ``tune`` does on one.

    Args:
        network: The base that it started from, with the same head.
        clips: As it was given.
        recipe: As it was given.
        ranks: How many devices it had.
        state: Its file.

    Raises:
        RequestError: The file is not the state of this training.
    """
    load_kept(state, network, identity=tuning_identity(network, clips, recipe, ranks=ranks))


def recipe_plan(recipe: Recipe, clips: int, *, ranks: int = 1, save: float = 30.0, report: float = 0.5) -> FitPlan:
    """A recipe in steps, for so many clips; the weights move once for all clips of all devices and parts."""
    batch = recipe.batch * recipe.accumulate * ranks
    steps = -(-clips // batch)
    return FitPlan(
        pace=recipe_pace(recipe, steps_of_epoch=steps),
        batch=batch,
        parts=recipe.accumulate,
        optimiser=recipe.optimiser,
        weight_decay=recipe.weight_decay,
        layer_decay=recipe.layer_decay,
        frozen_trunk=recipe.frozen_trunk,
        clip_norm=recipe.clip_norm,
        blend=recipe.blend,
        validate=steps,
        patience=recipe.patience,
        report=report,
        save=save,
        half=recipe.half,
        seed=recipe.seed,
    )


def tuning_identity(network: SpasmNetwork, clips: TuningClips, recipe: Recipe, *, ranks: int = 1) -> str:
    """All that decides a fine-tuning - weights to start from, clips, recipe, number of devices - as a hash."""
    told = (asdict(recipe), clips.store.identity, clips.store.jitter, clips.learned, clips.looked_at, ranks)
    digest = hashlib.sha256(json.dumps(told).encode())
    for name, value in network.state_dict().items():
        digest.update(name.encode())
        digest.update(value.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _examples(clips: TuningClips) -> Mapping[str, Examples]:
    if not clips.looked_at:
        return {}
    return {VALIDATION: StoredExamples(StoredFrames(clips.store, clips.looked_at), targets(clips))}


def targets(clips: TuningClips) -> NDArray[np.float32]:
    """The labels of the clips that are only looked at, (n,)."""
    return np.array([clips.store.labels[place].target for place in clips.looked_at], np.float32)
