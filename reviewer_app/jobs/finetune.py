"""Fine-tuning: from a snapshot to a bundle that is calibrated on patients that no weight was fitted to."""

import shutil
import time
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import RequestError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.bundles import facts_of
from reviewer_app.jobs.clips import ClipOrder, Clips, clips_folder, make_clips
from reviewer_app.jobs.learn_request import FinetuneRequest, Prepared, PrepareTraining, Trained
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Figure, Message, Remark
from reviewer_app.jobs.packing import Learned, pack
from reviewer_app.jobs.sides import Sides, sides_of
from reviewer_app.jobs.trainings import TRAININGS, begin, digest_of, held, is_reserved, remove_unless_held
from reviewer_app.jobs.tuning import Lesson, check_base, wants_fresh_head
from reviewer_app.learning.bundle import MANIFEST, Bundle, read_bundle
from reviewer_app.learning.devices import require_devices
from reviewer_app.learning.manifest import NAME
from reviewer_app.learning.tune import TuningClips
from reviewer_app.learning.tuning_folder import is_learned
from reviewer_app.store import snapshots
from reviewer_app.store.library import Library
from reviewer_app.store.snapshots import KeptSnapshot


@dataclass(frozen=True, slots=True)
class _Task:
    """A fine-tuning with everything found that its request names."""

    request: FinetuneRequest
    library: Library
    base: Bundle
    kept: KeptSnapshot
    fresh_head: bool
    digest: str  # of all that decides it

    @property
    def folder(self) -> Path:
        """Of all trainings."""
        return self.library.folder / TRAININGS

    @property
    def own_folder(self) -> Path:
        """What it goes on from after a stop."""
        return self.folder / self.request.name

    @property
    def order(self) -> ClipOrder:
        """Held-out patients' windows are not even decoded."""
        return ClipOrder(
            self.kept.snapshot,
            self.kept.identity,
            self.base.description.clip,
            frozenset((Role.TRAIN, Role.VALIDATE)),
            self.request.recipe.jitter,
            self.request.without_missing,
        )


@dataclass(frozen=True, slots=True)
class _Ready:
    """A fine-tuning whose clips are made."""

    clips: Clips
    sides: Sides
    lesson: Lesson


def finetune(request: FinetuneRequest) -> Generator[Message, None, Trained]:
    """Trains, calibrates and packs a bundle; the same request goes on where a stopped one was.

    Raises:
        RequestError: The request makes no sense, the machine lacks devices, or the snapshot holds too little.
        BundleError: The base cannot be used, the new bundle cannot be written, or the training has taught nothing.
        MediaError: Files of the snapshot are missing or were replaced.
        StoreError: The library or the snapshot cannot be read.
        SpasmReviewerError: One of the processes of several devices was lost.
    """
    began = time.monotonic()
    _check_name(request)
    with open_library(request.library, hold=False) as library, ExitStack() as holds:
        task = yield from _task(request, library)
        if (before := _packed_before(task)) is not None:
            remove_unless_held(task.own_folder)
            return before
        if not is_learned(task.own_folder):
            require_devices(request.device, request.devices)
        ready = yield from _ready(task, holds)
        network, epochs = yield from ready.lesson.run()
        learned = Learned(
            network, task.base, request.recipe, task.kept.identity, ready.clips, ready.sides, epochs, request.devices
        )
        bundle, figures = yield from pack(
            learned, request.to / request.name, library=library, scratch=task.own_folder, request=task.digest
        )
        shutil.rmtree(task.own_folder, ignore_errors=True)
        ready.clips.leave(keep=request.keep_clips)
        return Trained(facts_of(bundle), figures, epochs, time.monotonic() - began)


def prepare(request: PrepareTraining) -> Generator[Message, None, Prepared]:
    """Makes all that the devices of several machines need; this machine need not have a single one of them.

    Raises:
        RequestError: The request makes no sense, the snapshot holds too little, or its bundle is packed already.
        BundleError: The base cannot be used.
        MediaError: Files of the snapshot are missing or were replaced.
        StoreError: The library or the snapshot cannot be read.
    """
    training = request.training
    _check_name(training)
    with open_library(training.library, hold=False) as library, ExitStack() as holds:
        task = yield from _task(training, library)
        if _packed_before(task) is not None:
            raise RequestError(f"{training.name} is trained and packed already; there is nothing to prepare.")
        ready = yield from _ready(task, holds)
        yield from beating("Writing the order", ready.lesson.prepare)
        return Prepared(task.own_folder, ready.clips.store.folder, training.devices)


def _task(request: FinetuneRequest, library: Library) -> Generator[Message, None, _Task]:
    base = yield from check_base(request, library)
    kept = snapshots.find(library, request.snapshot)
    fresh = wants_fresh_head(base, request.fresh_head)
    told = {"snapshot": kept.identity, "base": base.identity, "fresh_head": fresh}
    told |= {"recipe": asdict(request.recipe), "devices": request.devices}
    return _Task(request, library, base, kept, fresh, digest_of(told))


def _ready(task: _Task, holds: ExitStack) -> Generator[Message, None, _Ready]:
    """Makes the clips, with the training's folders held until ``holds`` lets go of them."""
    request = task.request
    holds.enter_context(held(task.own_folder))
    pixels = clips_folder(task.folder, task.order)
    begin(task.own_folder, task.digest, clips=pixels)
    holds.enter_context(held(pixels))
    clips = yield from make_clips(task.library, task.order, folder=task.folder)
    sides = sides_of(clips, task.kept.snapshot)
    if sides.by_time:
        yield Remark(
            "No patient is kept for validation: the later part of the labelled time judges what the earlier part "
            "has taught. That says nothing about other patients."
        )
    lesson = Lesson(
        base=task.base,
        recipe=request.recipe,
        fresh_head=task.fresh_head,
        device=request.device,
        devices=request.devices,
        # Who is learned from cannot tell when to stop.
        clips=TuningClips(clips.store, sides.learned, () if sides.by_time else sides.judged),
        folder=task.own_folder,
    )
    return _Ready(clips, sides, lesson)


def _check_name(request: FinetuneRequest) -> None:
    if not NAME.fullmatch(request.name) or is_reserved(request.name):
        raise RequestError(
            f"A bundle cannot be called {request.name!r}: use small letters, digits, dots and dashes, at most 80."
        )


def _packed_before(task: _Task) -> Trained | None:
    """The answer where a killed job had packed its bundle already."""
    target = task.request.to / task.request.name
    if not target.exists():
        return None
    bundle = read_bundle(target) if (target / MANIFEST).exists() else None
    training = bundle.description.training if bundle else {}
    if bundle is None or training.get("request") != task.digest:
        raise RequestError(f"There is already something called {task.request.name} in {task.request.to}; name another.")
    figures, epochs = training["validation"], training["epochs"]
    assert isinstance(figures, dict)
    assert isinstance(epochs, int)
    told = [(what, value) for what, value in figures.items() if not isinstance(value, list | dict | str)]
    return Trained(facts_of(bundle), tuple(Figure(what, value, None, None, 0, "") for what, value in told), epochs, 0.0)
