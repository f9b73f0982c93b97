"""How fast training is on this machine, and how much of it is waiting for clips: two trainings taken in turns."""

import tempfile
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app.domain.window import FRAMES_PER_WINDOW
from reviewer_app.jobs.beat import beating, streamed
from reviewer_app.jobs.learn_request import BenchTrain
from reviewer_app.jobs.message import Heartbeat, Measure, Message, StepsDone
from reviewer_app.learning.bundle import Bundle, find_bundle, load_bundle
from reviewer_app.learning.clip_store import ClipLabel, ClipStore, ClipWriter, create_store
from reviewer_app.learning.dataset import ClipBatch
from reviewer_app.learning.devices import open_fabric
from reviewer_app.learning.fit import Batches, FitPlan, TrainingProgress, fit
from reviewer_app.learning.recipe_clips import RecipeClips
from reviewer_app.learning.tune import recipe_plan

TURN: Final = 2.0
"""Seconds that one training runs before it is the other's turn: what else the machine does then slows both alike."""

WITHOUT_END: Final = 10_000
"""Epochs, more than anybody measures; each training is closed when its time is up."""


@dataclass(frozen=True, slots=True)
class _Same:
    """One batch in memory, again and again: what a training could do if clips cost nothing."""

    batch: ClipBatch

    def batches(self, size: int, *, start: int = 0) -> Generator[ClipBatch, None, None]:
        """The batch; it has the size that is asked for, and none comes before another."""
        assert (size, start) == (len(self.batch), 0)
        while True:
            yield self.batch


@dataclass(slots=True)
class _Sum:
    """What a training has done in its turns."""

    clips: int = 0
    seconds: float = 0.0
    waited: float = 0.0

    def add(self, progress: TrainingProgress) -> None:
        self.clips += progress.learned
        self.seconds += progress.seconds
        self.waited += progress.waited


def bench_train(request: BenchTrain) -> Generator[Message, None, tuple[Measure, ...]]:
    """Trains a bundle's network on noise, from disk and from memory; the bundle stays as it is.

    Raises:
        BundleError: The bundle cannot be used.
        RequestError: There is no such device, or memory or disk are too small.
    """
    bundle = load_bundle(find_bundle(request.bundle, request.bundle_folders))
    recipe = replace(request.recipe, epochs=WITHOUT_END, patience=0)
    plan = recipe_plan(recipe, request.clips, report=0.0)
    with tempfile.TemporaryDirectory(prefix="bench-train-") as scratch:
        fill = partial(_noise, Path(scratch) / "clips", bundle, clips=request.clips, jitter=recipe.jitter)
        store = yield from beating("Writing clips of noise", fill, limit=3600)
        sources = RecipeClips(store, store.present, recipe), _Same(_batch(bundle, plan.batch))
        disk, memory = _Sum(), _Sum()
        turns = _in_turns(sources, (disk, memory), bundle, plan, request=request)
        with closing(streamed(turns)) as steps:
            for each in steps:
                yield each if isinstance(each, Heartbeat) else StepsDone(each, 2 * request.seconds, "learning")
    return (
        Measure(
            f"{bundle.description.network.architecture}, {store.size} pixels, clips in a step", plan.batch, "clips"
        ),
        Measure("learning from clips on disk", disk.clips / disk.seconds, "clips/s"),
        Measure("learning from clips in memory (the bare step)", memory.clips / memory.seconds, "clips/s"),
        Measure("disk / memory, speed", disk.clips / disk.seconds / (memory.clips / memory.seconds), "ratio"),
        Measure("waiting for clips, share of the step's time", 100 * disk.waited / disk.seconds, "%"),
    )


def _in_turns(
    sources: tuple[Batches, Batches], sums: tuple[_Sum, _Sum], bundle: Bundle, plan: FitPlan, *, request: BenchTrain
) -> Generator[float, None, None]:
    """Trains from either source in its turn; gives the seconds spent after each step."""
    with ExitStack() as stack:
        trainings = []
        for source in sources:
            network, fabric = bundle.network().requires_grad_(True), open_fabric(request.device, half=plan.half)
            trainings.append(stack.enter_context(closing(fit(network, source, plan, validation={}, fabric=fabric))))
        for training in trainings:
            next(training)  # the first step sets up what later ones find there
        while min(each.seconds for each in sums) < request.seconds:
            for training, total in zip(trainings, sums, strict=True):
                until = total.seconds + min(TURN, request.seconds)
                while total.seconds < until:
                    total.add(next(training))
                    yield sums[0].seconds + sums[1].seconds


def _noise(folder: Path, bundle: Bundle, *, clips: int, jitter: int) -> ClipStore:
    size, chance = bundle.description.clip.size, np.random.default_rng(0)
    labels = [
        ClipLabel(place % 2, f"patient {place % 8}", onsets=(), before=jitter, after=jitter) for place in range(clips)
    ]
    store = create_store(folder, labels, size=size, jitter=jitter, identity="noise")
    with ClipWriter(store) as writer:
        for place in range(clips):
            writer.put(place, chance.integers(0, 256, store.shape[1:], np.uint8))
    return store


def _batch(bundle: Bundle, count: int) -> ClipBatch:
    size = bundle.description.clip.size
    frames = np.random.default_rng(1).integers(0, 256, (count, FRAMES_PER_WINDOW, size, size, 3), np.uint8)
    labels = (np.arange(count) % 2).astype(np.float32)
    return ClipBatch(frames, labels, np.zeros((count, FRAMES_PER_WINDOW), np.float32))
