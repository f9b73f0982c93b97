"""What happens in a phantom night: sleep and waking, clusters and mimics, as shots in files on one clock."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.phantom.behaviour import patient_habit
from reviewer_app.phantom.pool import Stretch, as_it_happens, from_pool, without_repeats
from reviewer_app.phantom.scene import SceneKind, ShotPlan

GRID_SECONDS: Final = 8
"""Shots and files end on this grid: 125 AAC frames at 16 kHz, a whole number of pictures at 25 and 30 a second."""

LONGEST_DISTINCT: Final = 20 * 60.0
"""Seconds up to which every shot is drawn for itself; longer nights are stitched from a pool of shots that repeat."""

_LONGEST: Final = 7 * 86400.0
_SIZES: Final = {SceneKind.PHONE: (720, 1280), SceneKind.HOME: (720, 1280)}


@dataclass(frozen=True, slots=True)
class PhantomPlan:
    """A request for a synthetic recording; the same plan always gives the same night.

    Attributes:
        to: Folder for all files.
        seconds: Length of video; the gaps between files come on top.
        seed: Decides everything that chance decides.
        scene: Where the camera stands.
        files: Number of video files; none means two for a short phantom and one an hour for a long one.
        gap: Whole seconds between two files.
        clusters: Number of clusters; none means as many as the length suggests.
        eeg: Whether an EDF+ file is made beside the video.
        sound: Whether the video has a sound track.
        size: Width and height on show; none means what suits the scene.
        container: ``mp4`` or ``mkv``.
        repeats: Whether a long night shows its shots again and again. Without, all of it is drawn for itself, which is
            many times the work, but one false alarm is then not one at every showing.
        frame_rate: Pictures a second of a camera on a stand; none means 25. A phone has its own.
        workers: Processes that draw and encode; the result does not depend on it.
    """

    to: Path
    seconds: float
    seed: int = 7
    scene: SceneKind = SceneKind.WARD
    files: int | None = None
    gap: int = 40
    clusters: int | None = None
    eeg: bool = True
    sound: bool = True
    size: tuple[int, int] | None = None
    container: str = "mp4"
    repeats: bool = True
    frame_rate: float | None = None
    workers: int = 2

    def __post_init__(self) -> None:
        if not GRID_SECONDS <= self.seconds <= _LONGEST:
            raise RequestError(f"A phantom lasts {GRID_SECONDS} seconds to 7 days, not {self.seconds:g} s.")
        if not 1 <= self.file_count <= self.seconds / GRID_SECONDS:
            raise RequestError(f"{self.seconds:g} s of video cannot be divided into {self.files} files.")
        if self.gap < 0 or self.seed < 0 or self.workers < 1 or (self.clusters or 0) < 0:
            raise RequestError("A phantom's gap, seed and number of clusters are 0 or more, its workers 1 or more.")
        if self.container not in ("mp4", "mkv"):
            raise RequestError(f"A phantom is written as mp4 or mkv, not as {self.container}.")
        if self.frame_rate is not None and self.hand_held:
            raise RequestError(f"A camera in the hand, as in the scene {self.scene}, has its own frame rate.")
        if not 1 <= self.pictures_a_second <= 60 or self.pictures_a_second * GRID_SECONDS % 1:
            raise RequestError(
                f"A phantom has 1 to 60 pictures a second in steps of 1/8, not {self.pictures_a_second:g}."
            )
        if any(side % 2 or not 32 <= side <= 4096 for side in self.picture_size):
            raise RequestError("A phantom's picture is 32 to 4096 pixels wide and high, in even numbers.")

    @property
    def file_count(self) -> int:
        """How many video files there will be."""
        if self.files is not None:
            return self.files
        if self.seconds <= LONGEST_DISTINCT:
            return 2 if self.seconds >= 2 * GRID_SECONDS else 1
        return max(2, round(self.seconds / 3600))

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height on show."""
        return self.size or _SIZES.get(self.scene, (640, 480))

    @property
    def hand_held(self) -> bool:
        """Whether a phone films: upright, at a variable frame rate, and shaken."""
        return self.scene in _SIZES

    @property
    def pictures_a_second(self) -> float:
        """How many pictures the camera aims at in good light."""
        if self.frame_rate is not None:
            return self.frame_rate
        return 30.0 if self.hand_held else 25.0

    @property
    def distinct(self) -> bool:
        """Whether the night is so short that it is played through, each sleep and each waking in one shot."""
        return self.seconds <= LONGEST_DISTINCT


@dataclass(frozen=True, slots=True)
class Take:
    """One showing of a shot, from its beginning."""

    shot: ShotPlan
    start: float  # recording seconds
    seconds: float  # at most those of the shot


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """The takes that fill one video file without a break."""

    takes: tuple[Take, ...]

    @property
    def start(self) -> float:
        """Recording seconds of its first picture."""
        return self.takes[0].start

    @property
    def stop(self) -> float:
        """Recording seconds at which its last picture ends."""
        return self.takes[-1].start + self.takes[-1].seconds


@dataclass(frozen=True, slots=True)
class NightScript:
    """Everything that will be seen, where and when."""

    patient: str
    start: datetime  # wall clock at 0 s, without a zone: a recorder knows only its own
    files: tuple[ScriptFile, ...]

    @property
    def seconds(self) -> float:
        """Length of the recording, gaps included."""
        return self.files[-1].stop

    @property
    def takes(self) -> Iterator[Take]:
        """All takes in order."""
        return (take for file in self.files for take in file.takes)


def write_script(plan: PhantomPlan) -> NightScript:
    """Decides everything about a night before a single picture is drawn."""
    chance = np.random.default_rng((plan.seed, 0x51))
    day = datetime(2026, 1, 5) + timedelta(days=int(chance.integers(350)))
    clock = timedelta(minutes=int(chance.integers(19 * 60, 21 * 60)), seconds=int(chance.integers(60)))
    if plan.hand_held:
        clock = timedelta(minutes=int(chance.integers(6 * 60, 9 * 60)), seconds=int(chance.integers(60)))
    stretches = _stretches(plan, chance)
    blank = ShotPlan(plan.scene, 0, 0.0, patient_seed=plan.seed, camera_seed=plan.seed)
    fill = as_it_happens if plan.distinct else from_pool if plan.repeats else without_repeats
    shown = fill(_divide(stretches, _file_edges(plan)), blank, habit=patient_habit(plan.seed), seed=plan.seed)
    return NightScript(f"PHANTOM-{plan.seed:04d}", day + clock, _place(plan, shown))


def _stretches(plan: PhantomPlan, chance: np.random.Generator) -> list[Stretch]:
    """Sleep and waking by turns, over video time; a cluster comes soon after most wakings."""
    clusters = plan.clusters if plan.clusters is not None else max(1, round(plan.seconds / _usual_cycle(plan)))
    cycles = max(1, clusters)
    found: list[Stretch] = []
    edges = [_on_grid(plan.seconds * i / cycles) for i in range(cycles)] + [plan.seconds]
    for first, last in pairwise(edges):
        length = last - first
        share = float(chance.uniform(0.2, 0.35) if plan.distinct else chance.uniform(0.6, 0.8))
        waking = first + _on_grid(share * length)
        found.append(Stretch(Interval(first, waking), asleep=True, dark=_dark(plan, chance, asleep=True)))
        onset = waking + float(chance.uniform(0.04, 0.1)) * min(last - waking, 600.0)
        longest = min(float(chance.uniform(300, 600)), 0.55 * (last - waking))
        span = Interval(onset, onset + longest) if clusters else None
        found.append(Stretch(Interval(waking, last), False, _dark(plan, chance, asleep=False), cluster=span))
    return [stretch for stretch in found if stretch.span.seconds > 0]


def _usual_cycle(plan: PhantomPlan) -> float:
    return 360.0 if plan.distinct else 4800.0


def _dark(plan: PhantomPlan, chance: np.random.Generator, *, asleep: bool) -> bool:
    """Whether the ward's infrared lamp is on: in sleep, and through some wakings."""
    share = 0.4 if not asleep else 0.85 if plan.distinct else 1.0  # a pool has no sleep by daylight
    return plan.scene is SceneKind.WARD and float(chance.random()) < share


def _on_grid(seconds: float) -> float:
    return float(GRID_SECONDS * round(seconds / GRID_SECONDS))


def _file_edges(plan: PhantomPlan) -> list[float]:
    count = plan.file_count
    per_file = GRID_SECONDS * math.floor(plan.seconds / count / GRID_SECONDS)
    return [per_file * i for i in range(1, count)]


def _divide(stretches: list[Stretch], edges: list[float]) -> list[Stretch]:
    """Cuts stretches where one file ends and the next begins."""
    for edge in edges:
        stretches = [part for stretch in stretches for part in stretch.split(edge)]
    return stretches


def _place(plan: PhantomPlan, shown: list[tuple[ShotPlan, float]]) -> tuple[ScriptFile, ...]:
    """Puts shots one after the other into files, with the gaps between them."""
    edges = [*_file_edges(plan), math.inf]
    files: list[list[Take]] = [[]]
    video = 0.0
    for shot, seconds in shown:
        if video >= edges[len(files) - 1]:
            files.append([])
        files[-1].append(Take(shot, video + plan.gap * (len(files) - 1), seconds))
        video += seconds
    return tuple(ScriptFile(tuple(takes)) for takes in files)
