"""From a trained network to a bundle: calibrated, with operating points, figures and all that is known of its origin.

Everything here follows from clips and recordings that no weight was fitted to.
"""

import math
import shutil
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import OperatingPoint, choose_operating_point
from reviewer_app.domain.recipe import Recipe
from reviewer_app.domain.roles import patient_key
from reviewer_app.domain.snapshot import LabelledWindow
from reviewer_app.domain.window import WINDOW_SECONDS, Interval, total_seconds
from reviewer_app.errors import BundleError
from reviewer_app.evaluation.confidence import bootstrap
from reviewer_app.evaluation.patients import window_measures
from reviewer_app.evaluation.study import PatientWindows, StudyRules
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.calibration import calibrated_on, rescored, soft_calibration
from reviewer_app.jobs.clips import Clips
from reviewer_app.jobs.figure import figure_of
from reviewer_app.jobs.message import Figure, Message, Remark
from reviewer_app.jobs.nights import FLOOR, Night, ReferenceOutcome, Trial
from reviewer_app.jobs.sides import Sides, sure
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.learning.bundle import Bundle, write_bundle
from reviewer_app.learning.calibrate import fit_temperature, operating_points
from reviewer_app.learning.manifest import Calibration, Description, Json
from reviewer_app.learning.measure import logits_of
from reviewer_app.learning.network import SpasmNetwork
from reviewer_app.learning.provenance import TrainingData, inherited_licence, training_facts
from reviewer_app.learning.recipe_clips import StoredFrames
from reviewer_app.store import recordings
from reviewer_app.store.library import Library

RATE: Final = 1.0
"""False alarms per hour at which the validation is told."""

LONG: Final = 24 * 3600.0
"""Seconds that scoring the windows of a snapshot may take: a large network without a graphics card needs one each."""

OF_THE_MIX: Final = (
    "No whole night of a validation recording tells how often spasms are: scores are calibrated on the snapshot's "
    "windows alone, which hold more spasms than a night does, so on whole nights they run high."
)

FIGURES: Final = ("auc", "sensitivity", "specificity", "accuracy")
"""Of windows, as the published cross-validation tells them."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A trained network and what it was trained on."""

    network: SpasmNetwork
    base: Bundle
    recipe: Recipe
    snapshot: str  # identity
    clips: Clips
    sides: Sides
    epochs: int  # that it went through
    devices: int = 1  # that learned together

    @property
    def _of_all(self) -> tuple[int, ...]:
        return *self.sides.learned, *self.sides.judged

    @property
    def patients(self) -> int:
        """How many people's labels it saw."""
        return len({self.clips.patient(place) for place in self._of_all})

    def facts(self, figures: Sequence[Figure], request: str) -> dict[str, Json]:
        """What the manifest says of the training; ``request`` is the digest of all that decided it."""
        clips, sides = self.clips, self.sides
        windows = [clips.windows[place] for place in sides.learned]
        data = TrainingData(
            snapshot=self.snapshot,
            patients=len({clips.patient(place) for place in sides.learned}),
            validation_patients=0 if sides.by_time else len({clips.patient(place) for place in sides.judged}),
            recordings=len({clips.windows[place].source for place in self._of_all}),
            windows=len(windows),
            windows_with_spasms=sum(window.target > 0.5 for window in windows),
            hours=_hours([clips.windows[place] for place in self._of_all]),
        )
        facts = training_facts(
            data,
            base=self.base,
            recipe=self.recipe,
            validation={figure.what: figure.value for figure in figures},
            epochs=self.epochs,
            date=datetime.now(UTC).date().isoformat(),
        )
        facts["validated_on"] = "later time of the same patients" if sides.by_time else "other patients"
        facts["validated_since"] = {clips.sources[source].told.identity: since for source, since in sides.since.items()}
        facts["devices"] = self.devices
        facts["clips_in_a_step"] = self.devices * self.recipe.batch * self.recipe.accumulate
        facts["request"] = request
        return facts


def pack(
    learned: Learned, folder: Path, *, library: Library, scratch: Path, request: str
) -> Generator[Message, None, tuple[Bundle, tuple[Figure, ...]]]:
    """Calibrates a network and packs it, whole or not at all.

    Args:
        learned: The network and its clips.
        folder: The bundle to be.
        library: Of the recordings that judge.
        scratch: A folder for a draft.
        request: Digest of all that decided the training.

    Raises:
        BundleError: The training has taught nothing, or the bundle cannot be written.
    """
    clips, sides = learned.clips, learned.sides
    places = tuple(np.array(sides.judged)[sure(clips, sides.judged)].tolist())
    frames = StoredFrames(clips.store, places)
    logits = yield from beating(
        "Scoring the validation windows", partial(logits_of, learned.network, frames), limit=LONG
    )
    positive = np.array([clips.store.labels[place].target > 0.5 for place in places])
    mixed = _calibration(logits, positive)
    soft = soft_calibration(logits)
    draft = _draft(learned, folder.name, calibration=soft)
    nights = yield from _nights(learned, draft, library, scratch)
    honest = calibrated_on(nights, soft)
    calibration = honest.calibration if honest else mixed
    outcomes = [rescored(night, soft, calibration).outcome() for night in nights]
    points = _points(outcomes)
    if honest is None:
        yield Remark(OF_THE_MIX)
    if not points:
        yield Remark(
            "There is too little finalised time of validation recordings to choose operating points by: the bundle "
            "scores, but picks no events."
        )
    # At 0.5 of the snapshot's own mix, as the published figures are of clips.
    scores = probabilities(logits, mixed)
    whose = [clips.patient(place) for place in places]
    windows = window_figures(by_patient(whose, scores, positive))
    figures = (*windows, *_event_figures(outcomes, points, seed=learned.recipe.seed))
    facts = learned.facts(figures, request)
    facts["calibrated_on"] = honest.facts() if honest else OF_THE_MIX
    told = replace(draft, calibration=calibration, operating_points=points, training=facts)
    return write_bundle(folder, learned.network, told), figures


def _calibration(logits: NDArray[np.float32], positive: NDArray[np.bool_]) -> Calibration:
    """Under which scores come true on the snapshot's own windows."""
    try:
        return fit_temperature(logits, positive)
    except BundleError as error:
        raise BundleError(f"The training has taught nothing that could be used. {error}") from error


def _draft(learned: Learned, name: str, *, calibration: Calibration) -> Description:
    base, licence, patients = learned.base.description, inherited_licence(learned.base), learned.patients
    whose = "one patient, for recordings of that patient" if patients == 1 else f"{patients} patients"
    bound = f" Its weights are not for commercial use ({licence.spdx})." if "-NC-" in licence.spdx else ""
    return Description(
        name=name,
        network=base.network,
        clip=base.clip,
        licence=licence,
        calibration=calibration,
        notice=f"Fine-tuned from {base.name} on labels of {whose}; how it does elsewhere has to be seen.{bound}",
    )


def _nights(
    learned: Learned, draft: Description, library: Library, scratch: Path
) -> Generator[Message, None, tuple[Night, ...]]:
    """The recordings that judge the network, scanned from end to end as any recording is; the time that judges."""
    clips, sides = learned.clips, learned.sides
    numbers = {
        source: number
        for source in sorted({clips.windows[place].source for place in sides.judged})
        if (number := recordings.find(library, clips.sources[source].told.identity)) is not None
    }
    if not numbers:
        return ()  # clip files, which nobody reviewed from end to end
    folder = scratch / "draft"
    shutil.rmtree(folder, ignore_errors=True)
    bundle = yield from beating("Packing a draft", partial(write_bundle, folder, learned.network, draft))
    since = {number: sides.since.get(source, 0.0) for source, number in numbers.items()}
    nights = yield from Trial(TrialScanner(bundle), library, scratch).nights(tuple(numbers.values()))
    return tuple(night.since(since[night.number]) for night in nights)


def _points(outcomes: Sequence[ReferenceOutcome]) -> tuple[OperatingPoint, ...]:
    hours = sum(each.hours for each in outcomes)
    if hours == 0:
        return ()
    return operating_points(
        [peak for each in outcomes for peak in each.false_peaks],
        hours=hours,
        spasm_peaks=[peak for each in outcomes for peak in each.spasm_peaks],
        floor=FLOOR.enter,
    )


def probabilities(logits: NDArray[np.float32], calibration: Calibration | None = None) -> NDArray[np.float64]:
    """Scores from logits, (n,)."""
    told = calibration or Calibration()
    return 1 / (1 + np.exp(-(logits.astype(np.float64) / told.temperature + told.bias)))


def by_patient(
    whose: Sequence[str], scores: NDArray[np.float64], positive: NDArray[np.bool_]
) -> tuple[PatientWindows, ...]:
    """Windows grouped by patient, for the measures of the evaluation."""
    patients = np.array(whose)
    return tuple(
        PatientWindows(str(patient), scores[patients == patient], positive[patients == patient])
        for patient in np.unique(patients)
    )


def window_figures(patients: Sequence[PatientWindows]) -> tuple[Figure, ...]:
    """AUC, sensitivity, specificity and accuracy at 0.5 of windows: means over the patients that allow each of them."""
    measures = {each.key: each for each in window_measures(patients, StudyRules())}
    return tuple(figure_of(measures[key].what, measures[key].mean) for key in FIGURES)


def _event_figures(
    outcomes: Sequence[ReferenceOutcome], points: Sequence[OperatingPoint], *, seed: int
) -> tuple[Figure, ...]:
    """Spasms found where the bar was set for a rate of false alarms: counted where it was set, so a little rosy."""
    if not points or not any(each.spasm_peaks for each in outcomes):
        return ()
    point = choose_operating_point(points, RATE)

    def found(drawn: Sequence[ReferenceOutcome]) -> float:
        peaks = np.array([peak for each in drawn for peak in each.spasm_peaks])
        return float((peaks >= point.enter).mean()) if len(peaks) else math.nan

    # Spasms of one patient resemble one another: counted one by one they would seem to prove more than they do.
    patients = [patient_key(each.patient) for each in outcomes]
    what = f"spasms found at {point.false_alarms_per_hour:.2g} false alarms an hour"
    return (figure_of(what, bootstrap(outcomes, patients, found, unit="recordings", seed=seed)),)


def _hours(windows: Sequence[LabelledWindow]) -> float:
    """Recorded time that the windows show."""
    spans: dict[int, list[Interval]] = {}
    for window in windows:
        spans.setdefault(window.source, []).append(Interval(window.start, window.start + WINDOW_SECONDS))
    return sum(total_seconds(each) for each in spans.values()) / 3600
