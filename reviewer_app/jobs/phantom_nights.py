"""Phantom nights with known truth, scanned as any recording is: real files, decoded, cropped, scored."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app.domain.clip import WHOLE_PICTURE, CropPolicy
from reviewer_app.domain.event import Event, OperatingPoint, event_curve, pick_events
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.trace import Trace, TraceChunk, WindowState
from reviewer_app.domain.window import WindowGrid
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.feed import WindowFrames, windows_of
from reviewer_app.jobs.message import Message, StepsDone
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.crop import automatic_crop
from reviewer_app.media.open import open_recording
from reviewer_app.media.video import RecordingFrames
from reviewer_app.phantom.record import PhantomNight, write_phantom
from reviewer_app.phantom.scene import SceneKind
from reviewer_app.phantom.script import LONGEST_DISTINCT, PhantomPlan
from reviewer_app.phantom.truth import CUT, TruthEvent

NIGHT_SECONDS: Final = 600.0
"""Short, because an hour of one infant before one camera tells little of the next."""

TOLERANCE: Final = 2.5
"""Seconds between a spasm's onset and the peak of the event that finds it."""

FLOOR: Final = OperatingPoint(enter=0.02, leave=0.01, false_alarms_per_hour=0.0)
"""So low that every candidate is picked; where to set the bar is what is to be found out."""

_BATCH: Final = 16
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
    crop = WHOLE_PICTURE
    if bundle.description.clip.crop is not CropPolicy.WHOLE:
        crop = yield from beating("Looking for where movement is", lambda: automatic_crop(recording))
    predictor = Predictor(bundle)
    source = RecordingFrames(recording, bundle.description.clip, crop=crop)
    trace = Trace.empty(WindowGrid.over(recording.seconds), bins=predictor.bins)
    with closing(_windows(source, trace.grid)) as windows:
        batch: list[WindowFrames] = []
        for window in windows:
            batch.append(window)
            if len(batch) == _BATCH or window.window == trace.grid.count - 1:
                trace = trace.filled(_scored(batch, predictor))
                yield StepsDone(window.window + 1, trace.grid.count, "scanning a phantom night")
                batch = []
    return trace


def _windows(source: RecordingFrames, grid: WindowGrid) -> Generator[WindowFrames, None, None]:
    frames: Iterator[WindowFrames | None] = windows_of(source.frames(0, grid.frame_count), grid, seen_by=lambda _: None)
    yield from (window for window in frames if window is not None)


def _scored(windows: Sequence[WindowFrames], predictor: Predictor) -> TraceChunk:
    states = np.array([window.state for window in windows], np.uint8)
    seen = states == WindowState.SCORED
    count = len(windows)
    scores = np.full(count, np.nan, np.float32)
    activity = np.full((count, predictor.bins), np.nan, np.float32)
    embeddings = np.zeros((count, predictor.features), np.float16)
    if seen.any():
        clips = [window.clip() for window in windows if window.state is WindowState.SCORED]
        found = predictor.score(np.stack(clips))
        scores[seen], activity[seen], embeddings[seen] = found.probability, found.activity, found.embeddings
    quality = np.full((count, len(MEASURES)), np.nan, np.float32)
    return TraceChunk(windows[0].window, scores, states, activity, quality, embeddings)


def compare(scene: SceneKind, trace: Trace, night: PhantomNight) -> NightOutcome:
    """Pairs events with spasms, one to one, the highest event first.

    A cut, where the picture jumps from one shot to the next, happens in no real recording: what is found beside one
    counts neither for nor against.
    """
    spasms = [event for event in night.events if event.is_spasm]
    cuts = [event.onset for event in night.events if event.trial_type == CUT]
    free = dict(enumerate(spasms))
    peaks = [0.0] * len(spasms)
    false: list[Event] = []
    for event in sorted(pick_events(event_curve(trace), FLOOR), key=lambda event: -event.score):
        near = [i for i, spasm in free.items() if abs(event.peak - spasm.onset) <= TOLERANCE]
        if near:
            nearest = min(near, key=lambda i: abs(event.peak - free[i].onset))
            peaks[nearest] = event.score
            del free[nearest]
        elif not _beside_cut(event, cuts):
            false.append(event)
    hours = float((trace.states == WindowState.SCORED).sum()) * trace.grid.stride_seconds / 3600
    return NightOutcome(
        scene,
        hours,
        false_peaks=tuple(event.score for event in false),
        spasm_peaks=tuple(peaks),
        false_clusters=tuple(_cluster_around(event, spasms) for event in false),
        spasm_clusters=tuple(spasm.cluster for spasm in spasms),
    )


def _cluster_around(event: Event, spasms: Sequence[TruthEvent]) -> int:
    """The cluster whose spasms an event lies between; 0 where it lies in none."""
    before = [spasm for spasm in spasms if spasm.onset <= event.peak]
    after = [spasm for spasm in spasms if spasm.onset > event.peak]
    return before[-1].cluster if before and after and before[-1].cluster == after[0].cluster else 0


def _beside_cut(event: Event, cuts: Sequence[float]) -> bool:
    return any(abs(event.peak - cut) <= TOLERANCE for cut in cuts)
