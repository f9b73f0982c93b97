"""Fine-tuning: from a snapshot to a bundle that is calibrated on patients that no weight was fitted to."""

import shutil
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import OperatingPoint, choose_operating_point
from reviewer_app.domain.snapshot import LabelledWindow, Role
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.evaluation.confidence import proportion
from reviewer_app.evaluation.patients import window_measures
from reviewer_app.evaluation.study import PatientWindows, StudyRules
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.bundles import facts_of
from reviewer_app.jobs.clips import ClipOrder, Clips, clips_folder, make_clips
from reviewer_app.jobs.learn_request import FinetuneRequest, Trained
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Figure, Message, Remark
from reviewer_app.jobs.nights import ReferenceOutcome, Trial, reference_outcomes
from reviewer_app.jobs.sides import Sides, sides_of, sure
from reviewer_app.jobs.trainings import digest_of, held
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.jobs.tuning import Lesson, find_base
from reviewer_app.learning.bundle import MANIFEST, Bundle, read_bundle, write_bundle
from reviewer_app.learning.calibrate import fit_temperature, operating_points
from reviewer_app.learning.manifest import NAME, Calibration, Description, Json
from reviewer_app.learning.measure import logits_of
from reviewer_app.learning.network import SpasmNetwork
from reviewer_app.learning.provenance import TrainingData, inherited_licence, training_facts
from reviewer_app.learning.recipe_clips import StoredFrames
from reviewer_app.learning.tune import TuningClips
from reviewer_app.store import recordings, snapshots
from reviewer_app.store.library import Library
from reviewer_app.store.snapshots import KeptSnapshot

RATE: Final = 1.0
"""False alarms per hour at which the validation is told."""

_LONG: Final = 24 * 3600.0
"""Seconds that scoring the validation windows may take: a large network on a small processor needs a second each."""

FIGURES: Final = ("auc", "sensitivity", "specificity", "accuracy")
"""Of windows, as the published cross-validation tells them."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A fine-tuning with everything found that its request names."""

    request: FinetuneRequest
    library: Library
    base: Bundle
    kept: KeptSnapshot
    digest: str  # of all that decides it

    @property
    def folder(self) -> Path:
        """Of all trainings."""
        return self.library.folder / "trainings"

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


def finetune(request: FinetuneRequest) -> Generator[Message, None, Trained]:
    """Trains, calibrates and packs a bundle; the same request goes on where a stopped one was.

    Raises:
        RequestError: The request makes no sense, or the snapshot holds too little.
        BundleError: The base cannot be used, the new bundle cannot be written, or the training has taught nothing.
        MediaError: Files of the snapshot are missing or were replaced.
        StoreError: The library or the snapshot cannot be read.
    """
    began = time.monotonic()
    _check_name(request)
    base = yield from beating("Checking the bundle", partial(find_base, request.base, request.bundle_folders))
    with open_library(request.library, hold=False) as library, ExitStack() as holds:
        kept = snapshots.find(library, request.snapshot)
        told = {"snapshot": kept.identity, "base": base.identity, "fresh_head": request.fresh_head}
        task = _Task(request, library, base, kept, digest_of({**told, "recipe": asdict(request.recipe)}))
        if (before := _packed_before(task)) is not None:
            return before
        holds.enter_context(held(task.own_folder))
        holds.enter_context(held(clips_folder(task.folder, task.order)))
        clips = yield from make_clips(library, task.order, folder=task.folder)
        sides = sides_of(clips, kept.snapshot)
        if sides.by_time:
            yield Remark(
                "No patient is kept for validation: the later part of the labelled time judges what the earlier part "
                "has taught. That says nothing about other patients."
            )
        # Who is learned from cannot tell when to stop.
        looked_at = () if sides.by_time else sides.judged
        lesson = Lesson(
            base,
            request.recipe,
            request.fresh_head,
            request.device,
            TuningClips(clips.store, sides.learned, looked_at),
            task.own_folder / "state.safetensors",
        )
        network, epochs = yield from lesson.run()
        bundle, figures = yield from _packed(task, clips, sides, network, epochs)
        shutil.rmtree(task.own_folder, ignore_errors=True)
        if not request.keep_clips:
            clips.forget()
        return Trained(facts_of(bundle), figures, epochs, time.monotonic() - began)


def _check_name(request: FinetuneRequest) -> None:
    if not NAME.fullmatch(request.name) or request.name.startswith("clips-") or request.name == "traces":
        raise RequestError(
            f"A bundle cannot be called {request.name!r}: use small letters, digits, dots and dashes, at most 80."
        )
    if request.devices != 1:
        raise RequestError("A training runs on one device here; leave the number of devices at 1.")


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


# What came of it


def _packed(
    task: _Task, clips: Clips, sides: Sides, network: SpasmNetwork, epochs: int
) -> Generator[Message, None, tuple[Bundle, tuple[Figure, ...]]]:
    """Calibrates the network and packs it, whole or not at all."""
    known = sure(clips, sides.judged)
    places = tuple(np.array(sides.judged)[known].tolist())
    logits = yield from beating(
        "Scoring the validation windows",
        partial(logits_of, network, StoredFrames(clips.store, places)),
        limit=_LONG,
    )
    positive = np.array([clips.store.labels[place].target > 0.5 for place in places])
    try:
        calibration = fit_temperature(logits, positive)
    except BundleError as error:
        raise BundleError(f"The training has taught nothing that could be used. {error}") from error
    told = task.base.description
    licence = inherited_licence(task.base)
    draft = Description(
        name=task.request.name,
        network=told.network,
        clip=told.clip,
        licence=licence,
        calibration=calibration,
        notice=_notice(task, clips, sides, licence.spdx),
    )
    outcomes = yield from _outcomes(task, clips, sides, network, draft)
    points = _points(outcomes)
    if not points:
        yield Remark(
            "There is too little finalised time of validation recordings to choose operating points by: the bundle "
            "scores, but picks no events."
        )
    measured = window_figures(_by_patient(clips, places, _calibrated(logits, calibration), positive))
    figures = (*measured, *_event_figures(outcomes, points))
    facts = _facts(task, clips, sides, figures, epochs)
    bundle = write_bundle(
        task.request.to / task.request.name, network, replace(draft, operating_points=points, training=facts)
    )
    return bundle, figures


def _notice(task: _Task, clips: Clips, sides: Sides, spdx: str) -> str:
    patients = len({clips.patient(place) for place in (*sides.learned, *sides.judged)})
    whose = "one patient, for recordings of that patient" if patients == 1 else f"{patients} patients"
    bound = f" Its weights are not for commercial use ({spdx})." if "-NC-" in spdx else ""
    return f"Fine-tuned from {task.base.name} on labels of {whose}; how it does elsewhere has to be seen.{bound}"


def _outcomes(
    task: _Task, clips: Clips, sides: Sides, network: SpasmNetwork, draft: Description
) -> Generator[Message, None, tuple[ReferenceOutcome, ...]]:
    """How the network does on the recordings that judge it, scanned from end to end as any recording is."""
    numbers = {
        source: number
        for source in sorted({clips.windows[place].source for place in sides.judged})
        if (number := recordings.find(task.library, clips.sources[source].told.identity)) is not None
    }
    if not numbers:
        return ()
    folder = task.own_folder / "draft"
    shutil.rmtree(folder, ignore_errors=True)
    bundle = yield from beating("Packing a draft", partial(write_bundle, folder, network, draft))
    since = {number: sides.since.get(source, 0.0) for source, number in numbers.items()}
    return (
        yield from reference_outcomes(Trial(TrialScanner(bundle), task.library), tuple(numbers.values()), since=since)
    )


def _points(outcomes: Sequence[ReferenceOutcome]) -> tuple[OperatingPoint, ...]:
    hours = sum(each.hours for each in outcomes)
    if hours == 0:
        return ()
    return operating_points(
        [peak for each in outcomes for peak in each.false_peaks],
        hours=hours,
        spasm_peaks=[peak for each in outcomes for peak in each.spasm_peaks],
    )


def _calibrated(logits: NDArray[np.float32], calibration: Calibration) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-(logits.astype(np.float64) / calibration.temperature + calibration.bias)))


def _by_patient(
    clips: Clips, places: Sequence[int], scores: NDArray[np.float64], positive: NDArray[np.bool_]
) -> tuple[PatientWindows, ...]:
    whose = np.array([clips.patient(place) for place in places])
    return tuple(
        PatientWindows(str(patient), scores[whose == patient], positive[whose == patient])
        for patient in np.unique(whose)
    )


def window_figures(patients: Sequence[PatientWindows]) -> tuple[Figure, ...]:
    """AUC, sensitivity, specificity and accuracy at 0.5 of windows: means over the patients that allow each of them."""
    measures = {each.key: each for each in window_measures(patients, StudyRules())}
    found = []
    for key in FIGURES:
        mean = measures[key].mean
        value, low, high = (None if np.isnan(each) else float(each) for each in (mean.value, mean.low, mean.high))
        found.append(Figure(measures[key].what, value, low, high, mean.count, mean.unit))
    return tuple(found)


def _event_figures(outcomes: Sequence[ReferenceOutcome], points: Sequence[OperatingPoint]) -> tuple[Figure, ...]:
    """Spasms found where the bar was set for a rate of false alarms: counted where it was set, so a little rosy."""
    peaks = np.array([peak for each in outcomes for peak in each.spasm_peaks])
    if not points or not len(peaks):
        return ()
    point = choose_operating_point(points, RATE)
    found = proportion(int((peaks >= point.enter).sum()), len(peaks), unit="spasms")
    what = f"spasms found at {point.false_alarms_per_hour:.2g} false alarms an hour"
    return (Figure(what, found.value, found.low, found.high, found.count, found.unit),)


def _facts(task: _Task, clips: Clips, sides: Sides, figures: Sequence[Figure], epochs: int) -> dict[str, Json]:
    learned = [clips.windows[place] for place in sides.learned]
    data = TrainingData(
        snapshot=task.kept.identity,
        patients=len({clips.patient(place) for place in sides.learned}),
        validation_patients=0 if sides.by_time else len({clips.patient(place) for place in sides.judged}),
        recordings=len({clips.windows[place].source for place in (*sides.learned, *sides.judged)}),
        windows=len(learned),
        windows_with_spasms=sum(window.target > 0.5 for window in learned),
        hours=_hours([clips.windows[place] for place in (*sides.learned, *sides.judged)]),
    )
    facts = training_facts(
        data,
        base=task.base,
        recipe=task.request.recipe,
        validation={figure.what: figure.value for figure in figures},
        epochs=epochs,
        date=datetime.now(UTC).date().isoformat(),
    )
    facts["validated_on"] = "later time of the same patients" if sides.by_time else "other patients"
    facts["validated_since"] = {clips.sources[source].told.identity: since for source, since in sides.since.items()}
    facts["request"] = task.digest
    return facts


def _hours(windows: Sequence[LabelledWindow]) -> float:
    """Recorded time that the windows show."""
    spans: dict[int, list[Interval]] = {}
    for window in windows:
        spans.setdefault(window.source, []).append(Interval(window.start, window.start + 5.0))
    return sum(total_seconds(each) for each in spans.values()) / 3600
