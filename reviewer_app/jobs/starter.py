"""The starter: fresh phantom clips, a training, phantom nights to calibrate on and to be examined by, a bundle."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app import __version__
from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.event import OperatingPoint, choose_operating_point
from reviewer_app.domain.notice import STARTER_NOTICE
from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.errors import RequestError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.bundles import facts_of
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.message import BundleFacts, Message, Remark, StepsDone
from reviewer_app.jobs.nights import FLOOR
from reviewer_app.jobs.phantom_clips import TRAINING_SEEDS, PhantomClips
from reviewer_app.jobs.phantom_nights import NIGHT_SECONDS, NightOutcome, NightPlan, night_outcome
from reviewer_app.jobs.request import StarterRequest
from reviewer_app.learning.bundle import Bundle, load_bundle, write_bundle
from reviewer_app.learning.calibrate import fit_temperature, operating_points
from reviewer_app.learning.dataset import ClipBatch, ClipStream, first_clips
from reviewer_app.learning.fit import FitPlan, fit
from reviewer_app.learning.manifest import Description, Json, Licence
from reviewer_app.learning.measure import logits_of
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, seeded_network
from reviewer_app.learning.pace import Pace
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES, SceneKind

RATE: Final = 2.0
"""False alarms per hour at which the exam is told."""

LEARNED_SCENES: Final = (*TRAINING_SCENES, SceneKind.PHONE)
"""Phones twice: a camera in the hand moves all of the picture, which is the hardest to look through."""

EXAM_CLIPS: Final = 1000
EXAM_HOURS: Final = 1 / 3
"""Of nights for each scene, at most: one night with a cluster and one without."""

_GLANCE: Final = 200
EXAM_SCENES: Final = tuple(SceneKind)
_CALIBRATION_NIGHTS: Final = 10_000
_EXAM_NIGHTS: Final = 20_000
_FOREIGN_CLIPS: Final = 500_000
_SEEDS_OF_A_TRAINING: Final = 100_000_000
"""First seeds; those of a training lie far above all of these (see ``TRAINING_SEEDS``)."""


@dataclass(frozen=True, slots=True)
class Family:
    """One of the two networks on trial, and how it is trained best."""

    network: NetworkSpec
    size: int  # pixels
    learning_rate: float


FAMILIES: Final = {
    "motion_conv": Family(
        NetworkSpec(architecture="motion_conv", embed_dim=32, stages=(1, 2, 2, 1), bins=8), size=64, learning_rate=1e-3
    ),
    # At 1e-3 Hiera stays at chance; at 3e-4, on motion channels and with the course of activity, it learns.
    "hiera": Family(
        NetworkSpec(architecture="hiera", embed_dim=48, heads=1, stages=(1, 2, 3, 1), bins=8),
        size=64,
        learning_rate=3e-4,
    ),
}

BATCH: Final = 32
VIEWS: Final = 3
"""How often each drawn clip is shown, augmented anew (see ``PhantomClips``)."""


def starter_clip(size: int) -> ClipSpec:
    """How the starter sees: motion, so that skin, clothes and wallpaper of phantoms do not matter."""
    return ClipSpec(size=size, channels=Channels.MOTION, mean=(0.03, 0.03, 0.45), deviation=(0.06, 0.06, 0.225))


def train_starter(request: StarterRequest) -> Generator[Message, None, BundleFacts]:
    """Trains, calibrates, examines and packs a starter; a stopped training goes on from its saved state.

    Raises:
        RequestError: The request makes no sense, or no bundle could be written where it is to go.
        BundleError: The bundle cannot be written, or the training was too short to be calibrated.
    """
    family = _family(request)
    network = _network_to_train(request, family)
    exam = yield from exam_clips(family.size)
    state = request.to.with_name(f"{request.to.name}.training.safetensors")
    yield from _train(network, request, exam, state=state)
    facts = yield from finish_starter(network, request, exam)
    state.unlink(missing_ok=True)
    return facts


def _family(request: StarterRequest) -> Family:
    if request.family not in FAMILIES:
        raise RequestError(f"Unknown family {request.family!r}: choose {' or '.join(FAMILIES)}.")
    if request.clips < BATCH or request.seed < 0 or not 0.01 <= request.calibration_hours <= 100:
        raise RequestError(f"A starter needs {BATCH} clips or more, a seed from 0 on, and 0.01 to 100 hours a scene.")
    # The bundle and the training's saved state will stand in it, hours from now.
    writable_folder(request.to.parent)
    if request.to.exists():
        raise RequestError(f"There is already something at {request.to}; name a folder that does not exist.")
    return FAMILIES[request.family]


def _network_to_train(request: StarterRequest, family: Family) -> SpasmNetwork:
    """A fresh network of the family, or an earlier starter's.

    Raises:
        RequestError: That one is of another kind.
        BundleError: It cannot be read.
    """
    clip = starter_clip(family.size)
    if request.start is None:
        return seeded_network(family.network, clip, seed=request.seed)
    earlier = load_bundle(request.start)
    if (earlier.description.network, earlier.description.clip) != (family.network, clip):
        raise RequestError(f"{request.start} is no starter of the family {request.family}: begin from nothing.")
    return earlier.network().requires_grad_(True)


def _highest_rate(request: StarterRequest) -> float:
    """What was learned before is to be refined, not lost."""
    return FAMILIES[request.family].learning_rate * (1.0 if request.start is None else 0.5)


@dataclass(frozen=True, slots=True)
class ExamClips:
    """Clips that no training sees: of the scenes that are trained on, and of those that never are."""

    known: ClipBatch
    foreign: ClipBatch


def exam_clips(size: int) -> Generator[Message, None, ExamClips]:
    """Draws the exam's clips; always the same ones."""
    known, foreign = ClipStream(PhantomClips(size), 0), ClipStream(PhantomClips(size, FOREIGN_SCENES), _FOREIGN_CLIPS)
    return ExamClips(
        known=(yield from beating("Drawing clips for the exam", lambda: known.take(EXAM_CLIPS), limit=3600)),
        foreign=(yield from beating("Drawing clips of foreign scenes", lambda: foreign.take(EXAM_CLIPS), limit=3600)),
    )


def _train(
    network: SpasmNetwork, request: StarterRequest, exam: ExamClips, *, state: Path
) -> Generator[Message, None, None]:
    family, cores = FAMILIES[request.family], os.cpu_count() or 1
    # Half of the cores draw, the other half learn: a clip takes about as long to draw as to learn from.
    drawing = max(1, cores // 2)
    first = TRAINING_SEEDS + request.seed * _SEEDS_OF_A_TRAINING
    stream = ClipStream(PhantomClips(family.size, LEARNED_SCENES, augment=True, views=VIEWS), first, drawing)
    plan = FitPlan(
        pace=Pace(steps=request.clips // BATCH, highest=_highest_rate(request), warm_up=100),
        batch=BATCH,
        average=0.998,
        threads=max(1, cores - drawing),
        half=True,
        report=0.0,  # a job that says nothing for half a minute counts as hung
        seed=request.seed,
    )
    # A few of the exam's clips tell where the training stands without keeping the job silent for long.
    validation = {
        "known scenes": first_clips(exam.known, _GLANCE),
        "foreign scenes": first_clips(exam.foreign, _GLANCE),
    }
    for progress in fit(network, stream, plan, validation=validation, state=state):
        yield StepsDone(progress.step, progress.steps, "training")
        if progress.remark:
            yield Remark(progress.remark)
        if progress.validation:
            found = ", ".join(f"{seen.name} {seen.auc:.3f}" for seen in progress.validation)
            yield Remark(f"After {progress.step * BATCH} clips: loss {progress.loss:.3f}, window AUC {found}.")


def finish_starter(
    network: SpasmNetwork, request: StarterRequest, exam: ExamClips
) -> Generator[Message, None, BundleFacts]:
    """Calibrates a trained network on phantom nights, examines it on others, and packs it.

    Raises:
        BundleError: The bundle cannot be written, or the network tells nothing that could be calibrated.
    """
    logits = yield from beating(
        "Scoring the exam's clips",
        lambda: {name: logits_of(network, batch.frames) for name, batch in _named(exam)},
        limit=3600,
    )
    description = Description(
        name="starter",
        network=FAMILIES[request.family].network,
        clip=starter_clip(FAMILIES[request.family].size),
        licence=Licence("Apache-2.0", "Trained from nothing on synthetic phantoms; no foreign weights are in it."),
        calibration=fit_temperature(logits["known"], exam.known.labels >= 0.5),
        notice=STARTER_NOTICE,
    )
    with tempfile.TemporaryDirectory(prefix="starter-") as scratch:
        draft = write_bundle(Path(scratch) / "draft", network, description)
        plans = night_plans(TRAINING_SCENES, hours=request.calibration_hours, first_seed=_CALIBRATION_NIGHTS)
        calibration = yield from _outcomes(draft, plans, Path(scratch) / "nights")
        points = _operating_points(calibration)
        plans = night_plans(EXAM_SCENES, hours=min(request.calibration_hours, EXAM_HOURS), first_seed=_EXAM_NIGHTS)
        examined = yield from _outcomes(draft, plans, Path(scratch) / "exam")
    aucs = {name: round(area_under_curve(logits[name], batch.labels >= 0.5), 4) for name, batch in _named(exam)}
    training = _training_facts(request, aucs, calibration, examined, points)
    return facts_of(write_bundle(request.to, network, replace(description, operating_points=points, training=training)))


def _named(exam: ExamClips) -> tuple[tuple[str, ClipBatch], ...]:
    return ("known", exam.known), ("foreign", exam.foreign)


def _outcomes(
    draft: Bundle, plans: Sequence[NightPlan], folder: Path
) -> Generator[Message, None, tuple[NightOutcome, ...]]:
    outcomes = []
    for plan in plans:
        night = folder / str(plan.seed)
        outcomes.append((yield from night_outcome(plan, folder=night, bundle=draft)))
        shutil.rmtree(night)
    return tuple(outcomes)


def night_plans(scenes: Sequence[SceneKind], *, hours: float, first_seed: int) -> tuple[NightPlan, ...]:
    """As many short nights of each scene as make up the hours; every second one is without a cluster.

    A long night is mostly without, and that is where false alarms come from.
    """
    seconds = min(NIGHT_SECONDS, hours * 3600 / 2)
    count = round(hours * 3600 / seconds)
    return tuple(
        NightPlan(scene, first_seed + index * len(SceneKind) + place, clusters=1 - index % 2, seconds=seconds)
        for index in range(count)
        for place, scene in enumerate(scenes)
    )


def _operating_points(nights: Iterable[NightOutcome]) -> tuple[OperatingPoint, ...]:
    nights = tuple(nights)
    return operating_points(
        [peak for night in nights for peak in night.false_peaks],
        hours=sum(night.hours for night in nights),
        spasm_peaks=[peak for night in nights for peak in night.spasm_peaks],
        floor=FLOOR.enter,
    )


def _training_facts(
    request: StarterRequest,
    aucs: dict[str, float],
    calibration: Sequence[NightOutcome],
    examined: Sequence[NightOutcome],
    points: tuple[OperatingPoint, ...],
) -> dict[str, Json]:
    """Where the bundle comes from and what it showed, for its card."""
    going_on = "" if request.start is None else f" --from {request.start.name}"
    facts: dict[str, Json] = {
        "data": f"synthetic phantoms only, each drawn clip shown {VIEWS} times, augmented anew; no real infant",
        "command": f"spasm-reviewer starter train --to {request.to.name} --clips {request.clips} "
        f"--seed {request.seed} --family {request.family} --calibration-hours {request.calibration_hours:g}{going_on}",
        "code": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "clips": request.clips,
        "seed": request.seed,
        "learning_rate": _highest_rate(request),
        "batch": BATCH,
        "scenes_trained_on": [str(scene) for scene in TRAINING_SCENES],
        "scenes_never_trained_on": [str(scene) for scene in FOREIGN_SCENES],
        "window_auc_on_unseen_clips": {"known scenes": aucs["known"], "foreign scenes": aucs["foreign"]},
        "calibration_hours": round(sum(night.hours for night in calibration), 2),
    }
    if request.start is not None:
        facts["goes_on_from"] = dict(load_bundle(request.start).description.training)
    if points:
        point = choose_operating_point(points, RATE)
        facts["exam_at_threshold"] = round(point.enter, 4)
        facts["exam_on_unseen_nights"] = {
            str(scene): _exam_facts([night for night in examined if night.scene is scene], point) for scene in SceneKind
        }
    return facts


def _exam_facts(nights: Sequence[NightOutcome], point: OperatingPoint) -> dict[str, Json]:
    spasms = np.array([peak for night in nights for peak in night.spasm_peaks])
    false = np.array([peak for night in nights for peak in night.false_peaks])
    hours = sum(night.hours for night in nights)
    errors = [abs(count - held) / held for night in nights for count, held in night.cluster_counts(point.enter)]
    return {
        "hours": round(hours, 2),
        "spasms": len(spasms),
        "sensitivity": round(float((spasms >= point.enter).mean()), 3) if len(spasms) else None,
        "mean_error_of_spasms_counted_per_cluster": round(float(np.mean(errors)), 3) if errors else None,
        "false_alarms_per_hour": round(float((false >= point.enter).sum()) / hours, 2) if hours else None,
    }
