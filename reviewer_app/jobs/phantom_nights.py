"""Phantom nights with known truth, scanned as any recording is: real files, decoded, cropped, scored."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app.domain.event import Event, event_curve, pick_events
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.graded import grade
from reviewer_app.evaluation.scoring import DEFAULT_RULES
from reviewer_app.jobs.crop import crop_by
from reviewer_app.jobs.message import Message, StepsDone
from reviewer_app.jobs.nights import FLOOR
from reviewer_app.jobs.sweep import Shape
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.jobs.trial_trace import TrialTrace
from reviewer_app.learning.bundle import Bundle
from reviewer_app.media.open import open_recording
from reviewer_app.phantom.record import PhantomNight, write_phantom
from reviewer_app.phantom.scene import SceneKind
from reviewer_app.phantom.script import LONGEST_DISTINCT, PhantomPlan
from reviewer_app.phantom.truth import CUT, TruthEvent

NIGHT_SECONDS: Final = 600.0
"""Short, because an hour of one infant before one camera tells little of the next."""

_HAND_HELD: Final = (SceneKind.PHONE, SceneKind.HOME)
_PICTURE: Final = {False: (256, 192), True: (192, 256)}  # in a room, in the hand
"""Small, so that a night is drawn in minutes; a network of 64 to 128 pixels sees little more of any size."""


@dataclass(frozen=True, slots=True)
class NightPlan:
    """One short night in which no shot is seen twice; another seed is another infant before another camera."""

    scene: SceneKind
    seed: int
    clusters: int
    seconds: float = NIGHT_SECONDS

    def __post_init__(self) -> None:
        if self.seconds > LONGEST_DISTINCT:
            raise ValueError(f"in a night of {self.seconds:g} s shots would be seen twice")


@dataclass(frozen=True, slots=True)
class NightOutcome:
    """What a bundle made of one night.

    Attributes:
        scene: Where it plays.
        hours: Analysable time.
        false_peaks: Heights of candidate events that are no spasm.
        spasm_peaks: The height of the event that found each spasm, in order of onset; 0 where none did.
        false_clusters: The cluster that each of the false peaks lies in; 0 outside clusters.
        spasm_clusters: The cluster of each spasm; 0 outside clusters.
    """

    scene: SceneKind
    hours: float
    false_peaks: tuple[float, ...]
    spasm_peaks: tuple[float, ...]
    false_clusters: tuple[int, ...]
    spasm_clusters: tuple[int, ...]

    def cluster_counts(self, threshold: float) -> tuple[tuple[int, int], ...]:
        """For each cluster: events counted in it at a threshold, and spasms that it holds."""
        found = np.array(self.spasm_clusters)[np.array(self.spasm_peaks) >= threshold]
        beside = np.array(self.false_clusters)[np.array(self.false_peaks) >= threshold]
        return tuple(
            (int((found == number).sum() + (beside == number).sum()), self.spasm_clusters.count(number))
            for number in sorted(set(self.spasm_clusters) - {0})
        )


def night_outcome(night: NightPlan, *, folder: Path, bundle: Bundle) -> Generator[Message, None, NightOutcome]:
    """Draws one night as files, scans it with a bundle, which need not be calibrated, and compares with the truth."""
    drawn = yield from _drawn(night, folder)
    trace = yield from scan_files(drawn.files, bundle)
    return compare(night.scene, trace, drawn)


def _drawn(night: NightPlan, folder: Path) -> Generator[Message, None, PhantomNight]:
    plan = PhantomPlan(
        folder,
        seconds=night.seconds,
        seed=night.seed,
        scene=night.scene,
        files=1,
        clusters=night.clusters,
        eeg=False,
        sound=False,
        size=_PICTURE[night.scene in _HAND_HELD],
        workers=1,
    )
    for step in write_phantom(plan):
        if isinstance(step, PhantomNight):
            return step
        yield StepsDone(step.done, step.total, f"drawing a phantom night ({night.scene})")
    raise RuntimeError("the phantom ended without a night")


def scan_files(files: Sequence[Path], bundle: Bundle) -> Generator[Message, None, Trace]:
    """A trace of the files that no library keeps."""
    recording = open_recording(files)
    crop = yield from crop_by(bundle.description.clip.crop, recording)
    kept = TrialTrace.begun(Shape(WindowGrid.over(recording.seconds), bundle.description.network.bins, features=0))
    yield from TrialScanner(bundle).scanned(recording, kept, crop=crop)
    return kept.trace


def compare(scene: SceneKind, trace: Trace, night: PhantomNight) -> NightOutcome:
    """Pairs events with spasms, one to one, the highest event first.

    A cut, where the picture jumps from one shot to the next, happens in no real recording: what is found beside one
    counts neither for nor against.
    """
    spasms = sorted((event for event in night.events if event.is_spasm), key=lambda event: event.onset)
    cuts = [event.onset for event in night.events if event.trial_type == CUT]
    graded = grade(
        [Interval(each.onset, each.onset + each.duration) for each in spasms],
        pick_events(event_curve(trace), FLOOR),
        analysable=(Interval(0, night.seconds),),
    )
    false = [event for event in graded.false if not _beside_cut(event, cuts)]
    hours = float((trace.states == WindowState.SCORED).sum()) * trace.grid.stride_seconds / 3600
    return NightOutcome(
        scene,
        hours,
        false_peaks=tuple(event.score for event in false),
        spasm_peaks=graded.spasm_peaks,
        false_clusters=tuple(_cluster_around(event, spasms) for event in false),
        spasm_clusters=tuple(spasm.cluster for spasm in spasms),
    )


def _cluster_around(event: Event, spasms: Sequence[TruthEvent]) -> int:
    """The cluster whose spasms an event lies between; 0 where it lies in none."""
    before = [spasm for spasm in spasms if spasm.onset <= event.peak]
    after = [spasm for spasm in spasms if spasm.onset > event.peak]
    return before[-1].cluster if before and after and before[-1].cluster == after[0].cluster else 0


def _beside_cut(event: Event, cuts: Sequence[float]) -> bool:
    return any(abs(event.peak - cut) <= DEFAULT_RULES.tolerance for cut in cuts)
