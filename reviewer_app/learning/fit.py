"""One training loop, from the first step to the last: the starter is trained by it, and so is every later network.

Read it from top to bottom. A step looks at a batch, compares the logit with the label and the course of activity with
the truth where somebody knows it, and moves the weights. Nothing else is hidden anywhere; Fabric only says on which
devices the same lines run.
"""

import math
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from lightning_fabric import Fabric
from lightning_fabric.wrappers import _FabricModule
from torch import Tensor, nn
from torch.nn import functional

from reviewer_app.domain.recipe import Optimiser
from reviewer_app.errors import RequestError
from reviewer_app.learning.blend import Weights, blend, update_average, weights_of
from reviewer_app.learning.dataset import ClipBatch
from reviewer_app.learning.devices import device_words, is_out_of_memory, mean_over_devices, one_processor
from reviewer_app.learning.fit_state import AVERAGE, BEST, FitState, Standing, load_state, save_state
from reviewer_app.learning.groups import freeze_trunk, make_optimizer, set_rate
from reviewer_app.learning.measure import Examples, Validation, validate
from reviewer_app.learning.network import SpasmNetwork
from reviewer_app.learning.pace import Pace


class Batches(Protocol):
    """Where clips come from: batch ``n`` is always the same."""

    def batches(self, size: int, *, start: int = 0) -> Generator[ClipBatch, None, None]:
        """Batches of ``size`` clips from batch ``start`` on, without end."""
        ...


@dataclass(frozen=True, slots=True)
class FitPlan:
    """Everything that decides a training, apart from the network and its clips.

    Attributes:
        pace: Its steps, and the learning rate of each.
        batch: Clips in a step, on all devices together.
        parts: Into how many a step's clips are divided, one after the other through the network; their gradients are
            added, so that a small card can take a large batch.
        optimiser: What moves the weights.
        weight_decay: ADAMW's, on matrices only; norms and biases have nothing to forget.
        layer_decay: Each block's rate is this times that of the block above.
        frozen_trunk: Whether only the heads learn; the trunk is then left as it is to the last bit.
        activity_weight: What the course of activity counts beside the window's label. It tells the network *when*,
            which is what gets a network off the ground that starts from nothing; and as events are picked where score
            and activity are both high, both heads must follow a trunk that moves.
        activity_share: Active frames count this much more than still ones, of which there are many more.
        clip_norm: Longer gradients are cut to this, so that one odd batch cannot undo a hundred; 0 cuts none.
        average: Weight of the past in the running average of the weights, which is what is scored and kept; 0 keeps the
            weights themselves.
        blend: How much of what was learned is scored and kept, the rest being the weights at the start; 1 keeps all.
        validate: Steps between two looks at clips that are never learned from.
        patience: Looks without a lower loss on them after which it ends, with the weights of the best look; 0 goes
            through to the end and keeps the last. The loss, as the area under the curve moves in leaps where few
            patients are looked at, and no longer moves at all where it is 1.
        report: Seconds between two messages, at least; 0 for one after each step.
        save: Seconds between two saved states, at least.
        threads: Of the processor, beside those that make clips; 0 leaves torch's own choice.
        half: Whether matrices are multiplied in bfloat16; the weights stay in float32.
        seed: Of dropout and whatever else is random in a step.
    """

    pace: Pace
    batch: int = 32
    parts: int = 1
    optimiser: Optimiser = Optimiser.ADAMW
    weight_decay: float = 0.02
    layer_decay: float = 1.0
    frozen_trunk: bool = False
    activity_weight: float = 1.0
    activity_share: float = 3.0
    clip_norm: float = 1.0
    average: float = 0.0
    blend: float = 1.0
    validate: int = 250
    patience: int = 0
    report: float = 0.5
    save: float = 30.0
    threads: int = 0
    half: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.batch, self.parts, self.validate) < 1 or min(self.report, self.save, self.patience) < 0:
            raise ValueError(f"batch, parts and validate are at least 1, nothing is below 0: {self}")
        if not 0 <= self.average < 1 or not 0 < self.layer_decay <= 1 or self.clip_norm < 0:
            raise ValueError(f"not a training: {self}")
        if not 0 < self.blend <= 1 or (self.average and self.blend < 1):
            raise ValueError(f"weights are averaged or blended, not both: {self}")


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Where a training stands.

    Attributes:
        step: Steps done.
        steps: All there are.
        loss: Mean since the last message.
        rate: Learning rate of the last step.
        seconds: Since the last message, looking at other clips and saving left out.
        waited: How many of them were spent waiting for clips.
        learned: Clips learned from in them.
        validation: Empty between two looks at clips that are never learned from.
        remark: A sentence for the person, where something did not go as it should.
        ended: Whether nothing was gained any more, so that this was the last step before its time.
    """

    step: int
    steps: int
    loss: float
    rate: float
    seconds: float
    waited: float
    learned: int
    validation: tuple[Validation, ...] = ()
    remark: str = ""
    ended: bool = False


@dataclass(slots=True)
class _Training:
    """A training under way."""

    fabric: Fabric
    network: SpasmNetwork
    module: _FabricModule  # the same network, as the devices run it
    optimizer: torch.optim.Optimizer
    plan: FitPlan
    start: Weights  # before the first step, where they are blended
    copies: dict[str, Weights]
    parts: int


@dataclass(slots=True)
class _Tally:
    """What has come together since the last message."""

    losses: list[Tensor] = field(default_factory=list)
    learned: int = 0  # clips
    seconds: float = 0.0
    waited: float = 0.0
    remarks: list[str] = field(default_factory=list)


def fit(
    network: SpasmNetwork,
    clips: Batches,
    plan: FitPlan,
    *,
    validation: Mapping[str, Examples],
    state: Path | None = None,
    identity: str = "",
    fabric: Fabric | None = None,
) -> Generator[TrainingProgress, None, None]:
    """Trains a network in place; when it ends, the network holds the weights that the plan keeps.

    Args:
        network: Fresh, or filled with weights to start from.
        clips: Where clips come from; step ``n`` always sees the same ones.
        plan: How to train.
        validation: Clips that are never learned from, by name; the first ones decide about ``plan.patience``.
        state: A file that holds the state of the training. If it is there, the training goes on from it; a killed
            training loses what it did since it was last written, and does that again, to the same end.
        identity: What is trained, on what and how; the state of another training is refused.
        fabric: The devices; this processor if none are given.

    Raises:
        RequestError: The state is that of another training, or not the same on all machines; it cannot be written,
            memory is too small for one clip, or the loss is no number any more.
    """
    if plan.threads:
        torch.set_num_threads(plan.threads)
    training = _begun(network, plan, fabric or one_processor(half=plan.half))
    saved = FitState(network, training.optimizer, training.copies)
    standing = load_state(state, saved, identity=identity) if state else Standing()
    _agree(training.fabric, standing)
    # A training ends with the weights that it would have had, to the last bit, only on as many threads as it began on.
    torch.set_num_threads(standing.threads or torch.get_num_threads())
    standing = replace(standing, threads=torch.get_num_threads())
    tally, kept_at = _Tally(), time.monotonic()
    with closing(clips.batches(plan.batch, start=standing.step)) as batches:
        while not _is_over(plan, standing):
            _learn(training, batches, standing.step, tally)
            standing = replace(standing, step=standing.step + 1)
            seen: tuple[Validation, ...] = ()
            if standing.step % plan.validate == 0 or standing.step == plan.pace.steps:
                standing, seen = _look(training, standing, validation)
            is_due = _is_over(plan, standing) or time.monotonic() - kept_at >= plan.save
            if state and is_due and training.fabric.is_global_zero:
                save_state(state, saved, standing, identity=identity)
                kept_at = time.monotonic()
            if seen or _is_over(plan, standing) or tally.seconds >= plan.report:
                yield _progress(plan, standing, tally, seen)
                tally = _Tally()
    network.load_state_dict(training.copies.get(standing.kept, network.state_dict()))
    network.eval()


def _agree(fabric: Fabric, standing: Standing) -> None:
    """Makes sure that all devices go on from the same step; where they do not, each machine has a folder of its own."""
    if fabric.broadcast(standing.step) != standing.step:
        raise RequestError(
            "The devices have not found the same state of the training: copy the folder from the machine of the first "
            "one to all others, or start anew without a state."
        )


def _is_over(plan: FitPlan, standing: Standing) -> bool:
    return standing.ended or standing.step >= plan.pace.steps


def _begun(network: SpasmNetwork, plan: FitPlan, fabric: Fabric) -> _Training:
    network.to(memory_format=torch.channels_last_3d)
    if plan.frozen_trunk:
        freeze_trunk(network)
    optimizer = make_optimizer(
        network,
        plan.optimiser,
        rate=plan.pace.highest,
        weight_decay=plan.weight_decay,
        layer_decay=plan.layer_decay,
    )
    module, _ = fabric.setup(network, optimizer)
    kinds = ((AVERAGE, plan.average or plan.blend < 1), (BEST, plan.patience))
    copies = {kind: weights_of(network) for kind, wanted in kinds if wanted}
    start = weights_of(network) if plan.blend < 1 else {}
    return _Training(fabric, network, module, optimizer, plan, start, copies, plan.parts)


def _learn(training: _Training, batches: Iterator[ClipBatch], step: int, tally: _Tally) -> None:
    """One step, with its time."""
    began = time.perf_counter()
    batch = next(batches)
    tally.waited += time.perf_counter() - began
    tally.losses.append(_step(training, batch, step, tally))
    tally.learned += len(batch)
    if training.plan.average:
        update_average(training.copies[AVERAGE], training.network, min(training.plan.average, (step + 1) / (step + 10)))
    tally.seconds += time.perf_counter() - began


def _step(training: _Training, batch: ClipBatch, step: int, tally: _Tally) -> Tensor:
    """Moves the weights by one batch and gives its loss; where memory is too small, fewer clips go through at once."""
    plan = training.plan
    while True:
        try:
            loss = _gradients(training, batch, step)
            break
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            tally.remarks.append(_with_less(training, batch))
        if training.fabric.device.type == "cuda":
            torch.cuda.empty_cache()
    if plan.clip_norm:
        nn.utils.clip_grad_norm_(training.network.parameters(), plan.clip_norm)
    set_rate(training.optimizer, plan.pace.rate(step))
    training.optimizer.step()
    return loss


def _gradients(training: _Training, batch: ClipBatch, step: int) -> Tensor:
    """Fills the weights' gradients from one batch, part by part, and gives its loss."""
    fabric, plan = training.fabric, training.plan
    # A training that goes on after a stop draws the same dropout; no two steps and no two devices share theirs.
    torch.manual_seed(
        int(np.random.SeedSequence((plan.seed, step, fabric.global_rank)).generate_state(1, np.uint64)[0])
    )
    training.network.train()
    if plan.frozen_trunk:
        training.network.trunk.eval()  # its BatchNorm must not go on counting
    training.optimizer.zero_grad(set_to_none=True)
    total = torch.zeros((), device=fabric.device)
    places = np.array_split(np.arange(len(batch)), min(training.parts, len(batch)))
    for own in places:
        is_last = own is places[-1]
        with fabric.no_backward_sync(training.module, enabled=not is_last):
            part = ClipBatch(batch.frames[own], batch.labels[own], batch.activity[own])
            loss = batch_loss(training.module, part, plan) * (batch.share * len(own) / len(batch))
            fabric.backward(loss)
        total += loss.detach()
    return mean_over_devices(fabric, total)


def _with_less(training: _Training, batch: ClipBatch) -> str:
    """Divides a step into twice as many parts, and says so."""
    where, at_once = device_words(training.fabric), -(-len(batch) // training.parts)
    if at_once == 1 or training.fabric.world_size > 1:
        clips = "one clip" if at_once == 1 else f"{at_once} clips at once"
        raise RequestError(
            f"The memory of {where} is too small for {clips}; take a smaller batch or network, or train only its head."
        )
    training.parts *= 2
    return (
        f"The memory of {where} is too small for {at_once} clips at once; going on with "
        f"{-(-len(batch) // training.parts)} at once, which gives the same batches more slowly."
    )


def batch_loss(network: nn.Module, batch: ClipBatch, plan: FitPlan) -> Tensor:
    """Cross-entropy of the window's label, plus that of the activity in each part of the window where it is known."""
    device = next(network.parameters()).device
    frames, labels, activity = (
        torch.from_numpy(each).to(device) for each in (batch.frames, batch.labels, batch.activity)
    )
    logit, course, _ = network(frames)
    loss: Tensor = functional.binary_cross_entropy_with_logits(logit.float(), labels)
    bins = course.shape[1]
    if bins == 0 or plan.activity_weight == 0:
        return loss
    truth = activity.view(len(batch), bins, -1).amax(dim=2)  # (B, 16) -> (B, bins)
    known = ~truth.isnan()
    truth = truth.nan_to_num()
    weight = known * (1 + (plan.activity_share - 1) * truth)
    errors = functional.binary_cross_entropy_with_logits(course.float(), truth, weight=weight, reduction="sum")
    return loss + plan.activity_weight * errors / weight.sum().clamp(min=1.0)


@torch.no_grad()
def _look(
    training: _Training, standing: Standing, validation: Mapping[str, Examples]
) -> tuple[Standing, tuple[Validation, ...]]:
    """Looks at clips that are never learned from, and ends a training that gains nothing any more."""
    seen: tuple[Validation, ...] = ()
    if training.start:
        blend(training.copies[AVERAGE], training.start, training.network, training.plan.blend)
    with _weights(training.network, training.copies.get(AVERAGE)):
        if training.fabric.is_global_zero:
            seen = tuple(
                validate(training.network, name, examples, half=training.plan.half)
                for name, examples in validation.items()
            )
        # What one device has seen, all must know: they begin and end together.
        seen = training.fabric.broadcast(seen)
        if training.plan.patience and seen:
            standing = _weighed(training, standing, seen[0].loss)
    return standing, seen


def _weighed(training: _Training, standing: Standing, loss: float) -> Standing:
    """Keeps the weights of the lowest loss."""
    if standing.best is None or loss < standing.best:
        for name, value in training.network.state_dict().items():
            training.copies[BEST][name].copy_(value)
        return replace(standing, best=loss, best_step=standing.step, looks_without_gain=0)
    without = standing.looks_without_gain + 1
    return replace(standing, looks_without_gain=without, ended=without >= training.plan.patience)


@contextmanager
def _weights(network: nn.Module, weights: Weights | None) -> Iterator[None]:
    """Lends the network other weights for a while, where there are any."""
    if weights is None:
        yield
        return
    own = weights_of(network)
    network.load_state_dict(weights)
    try:
        yield
    finally:
        network.load_state_dict(own)


def _progress(plan: FitPlan, standing: Standing, tally: _Tally, seen: tuple[Validation, ...]) -> TrainingProgress:
    began = time.perf_counter()
    # .item() waits for the device, so the losses are read once a message, not once a step; that wait is work.
    loss = torch.stack(tally.losses).mean().item()
    if not math.isfinite(loss):
        raise RequestError(
            "The training has lost its way: its loss is no number any more. Start anew with a lower learning rate, or "
            "cut long gradients (clip_norm 1)."
        )
    return TrainingProgress(
        step=standing.step,
        steps=plan.pace.steps,
        loss=loss,
        rate=plan.pace.rate(standing.step - 1),
        learned=tally.learned,
        seconds=tally.seconds + time.perf_counter() - began,
        waited=tally.waited,
        validation=seen,
        remark=" ".join(tally.remarks),
        ended=standing.ended,
    )
