"""One training loop, from the first step to the last: the starter is trained by it, and so is every later network.

Read it from top to bottom. A step looks at a batch of the stream, compares the logit with the label and the course of
activity with the truth, and moves the weights. Nothing else is hidden anywhere.
"""

import math
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.learning.dataset import ClipBatch, ClipStream
from reviewer_app.learning.fit_state import FitState, load_state, save_state
from reviewer_app.learning.network import SpasmNetwork

_VALIDATION_BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class FitPlan:
    """Everything that decides a training, apart from the network and its clips.

    Attributes:
        steps: Batches to learn from.
        batch: Clips in a batch.
        learning_rate: The highest there is; AdamW's.
        warm_up: Steps in which the rate climbs there: a fresh transformer diverges without.
        decline: Last share of the steps, in which the rate falls. Until then it is held, so that a training that proves
            too short can be given more steps without having been another one from the start.
        weight_decay: AdamW's, on matrices only; norms and biases have nothing to forget.
        activity_weight: What the course of activity counts beside the window's label. It tells the network *when*,
            which is what gets a network off the ground that starts from nothing.
        activity_share: Active frames count this much more than still ones, of which there are many more.
        clip_norm: Longer gradients are cut to this, so that one odd batch cannot undo a hundred.
        average: Weight of the past in the running average of the weights, which is what is scored and kept.
        report: Steps between two messages.
        validate: Steps between two looks at clips that are never trained on.
        save: Steps between two saved states.
        threads: Of the processor, beside those processes that make clips; 0 leaves torch's own choice.
        half: Whether matrices are multiplied in bfloat16; the weights stay in float32.
        seed: Of dropout and whatever else is random in a step.
    """

    steps: int
    batch: int = 32
    learning_rate: float = 1e-3
    warm_up: int = 100
    decline: float = 0.3
    weight_decay: float = 0.02
    activity_weight: float = 1.0
    activity_share: float = 3.0
    clip_norm: float = 1.0
    average: float = 0.998
    report: int = 20
    validate: int = 250
    save: int = 250
    threads: int = 0
    half: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.steps, self.batch, self.report, self.validate, self.save) < 1:
            raise ValueError(f"steps, batch, report, validate and save are at least 1: {self}")
        if self.learning_rate <= 0 or self.warm_up < 0 or not 0 <= self.decline <= 1 or not 0 <= self.average < 1:
            raise ValueError(f"not a training: {self}")

    def rate(self, step: int) -> float:
        """The learning rate of a step: a straight climb, a plain, then half a cosine down."""
        climb = min(1.0, (step + 1) / (self.warm_up + 1))
        left = (self.steps - step) / max(1.0, self.decline * self.steps)
        return self.learning_rate * climb * (1 - math.cos(math.pi * min(1.0, left))) / 2


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Where a training stands; ``aucs`` is empty between two looks at the validation clips."""

    step: int  # steps done
    steps: int
    clips: int  # clips learned from so far
    loss: float  # mean since the last message
    aucs: tuple[tuple[str, float], ...] = ()  # name of a validation set, window AUC


def fit(
    network: SpasmNetwork,
    stream: ClipStream,
    plan: FitPlan,
    *,
    validation: Mapping[str, ClipBatch],
    state: Path | None = None,
) -> Generator[TrainingProgress, None, None]:
    """Trains a network in place; when it ends, the network holds the averaged weights.

    Args:
        network: Fresh, or filled with weights to start from.
        stream: Where clips come from; step ``n`` always sees the same ones.
        plan: How to train.
        validation: Clips that the stream never gives, by name.
        state: A file that holds the state of the training. If it is there, the training goes on from it; it is written
            every ``plan.save`` steps, so that a killed training loses little.
    """
    if plan.threads:
        torch.set_num_threads(plan.threads)
    network.to(memory_format=torch.channels_last_3d)
    optimizer = torch.optim.AdamW(_parameter_groups(network, plan), lr=plan.learning_rate)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    first = load_state(state, FitState(network, optimizer, average)) if state else 0
    losses: list[Tensor] = []
    with closing(stream.batches(plan.batch, start=first * plan.batch)) as batches:
        for step in range(first, plan.steps):
            losses.append(_step(network, optimizer, next(batches), plan, step))
            _update_average(average, network, min(plan.average, (step + 1) / (step + 10)))
            done = step + 1
            if state and (done % plan.save == 0 or done == plan.steps):
                save_state(state, FitState(network, optimizer, average), step=done)
            if done % plan.validate == 0 or done == plan.steps:
                yield _progress(plan, done, losses, _aucs(network, average, validation, half=plan.half))
                losses.clear()
            elif done % plan.report == 0:
                yield _progress(plan, done, losses, ())
                losses.clear()
    network.load_state_dict(average)
    network.eval()


def _parameter_groups(network: nn.Module, plan: FitPlan) -> list[dict[str, object]]:
    matrices = [value for value in network.parameters() if value.ndim > 1]
    vectors = [value for value in network.parameters() if value.ndim <= 1]
    return [{"params": matrices, "weight_decay": plan.weight_decay}, {"params": vectors, "weight_decay": 0.0}]


def _step(
    network: SpasmNetwork, optimizer: torch.optim.Optimizer, batch: ClipBatch, plan: FitPlan, step: int
) -> Tensor:
    """Learns from one batch and gives its loss."""
    torch.manual_seed(plan.seed + step)  # a training that goes on after a stop draws the same dropout
    network.train()
    for group in optimizer.param_groups:
        group["lr"] = plan.rate(step)
    loss = batch_loss(network, batch, plan)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]  # torch's own signature is untyped
    nn.utils.clip_grad_norm_(network.parameters(), plan.clip_norm)
    optimizer.step()
    return loss.detach()


def batch_loss(network: SpasmNetwork, batch: ClipBatch, plan: FitPlan) -> Tensor:
    """Cross-entropy of the window's label, plus that of the activity in each part of the window where it is known."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.half):
        logit, course, _ = network(torch.from_numpy(batch.frames))
    loss: Tensor = functional.binary_cross_entropy_with_logits(logit.float(), torch.from_numpy(batch.labels))
    if network.bins == 0 or plan.activity_weight == 0:
        return loss
    truth = torch.from_numpy(batch.activity).view(len(batch), network.bins, -1).amax(dim=2)  # (B, 16) -> (B, bins)
    known = ~truth.isnan()
    truth = truth.nan_to_num()
    weight = known * (1 + (plan.activity_share - 1) * truth)
    errors = functional.binary_cross_entropy_with_logits(course.float(), truth, weight=weight, reduction="sum")
    return loss + plan.activity_weight * errors / weight.sum().clamp(min=1.0)


@torch.no_grad()
def _update_average(average: dict[str, Tensor], network: nn.Module, past: float) -> None:
    """Moves the average a little towards the weights; early on it follows closely, or it would stay near chance."""
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            average[name].lerp_(value, 1 - past)
        else:
            average[name].copy_(value)


def _progress(plan: FitPlan, done: int, losses: list[Tensor], aucs: tuple[tuple[str, float], ...]) -> TrainingProgress:
    # .item() waits for the device, so the losses are read once a report, not once a step.
    return TrainingProgress(done, plan.steps, done * plan.batch, torch.stack(losses).mean().item(), aucs)


def _aucs(
    network: SpasmNetwork, average: dict[str, Tensor], validation: Mapping[str, ClipBatch], *, half: bool
) -> tuple[tuple[str, float], ...]:
    with _weights(network, average):
        return tuple(
            (name, area_under_curve(logits_of(network, batch.frames, half=half), batch.labels >= 0.5))
            for name, batch in validation.items()
        )


@contextmanager
def _weights(network: nn.Module, weights: dict[str, Tensor]) -> Iterator[None]:
    """Lends the network other weights for a while."""
    own = {name: value.detach().clone() for name, value in network.state_dict().items()}
    network.load_state_dict(weights)
    try:
        yield
    finally:
        network.load_state_dict(own)


@torch.no_grad()
def logits_of(network: SpasmNetwork, frames: NDArray[np.uint8], *, half: bool = False) -> NDArray[np.float32]:
    """The window logits of clips (n, 16, S, S, 3), in batches, with the network as it scores."""
    network.eval()
    parts = []
    for first in range(0, len(frames), _VALIDATION_BATCH):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            parts.append(network(torch.from_numpy(frames[first : first + _VALIDATION_BATCH]))[0].float())
    return torch.cat(parts).numpy()
