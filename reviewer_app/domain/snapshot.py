"""What a training reads: an immutable list of labelled windows, whose hash names it."""

import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.window import FRAMES_PER_WINDOW, Interval


class Consensus(StrEnum):
    """How several raters' words about one window become one target."""

    MAJORITY = "majority"  # what most of them say; windows on which they are divided are left out
    ADJUDICATED = "adjudicated"  # what the adjudicator says where there are several, else what the one rater says
    SOFT = "soft"  # the share of them that says spasm


class Role(StrEnum):
    """What a patient's windows are for; a patient never has two roles.

    Who is held out stays so, unless they turn out to be one person with somebody who trained.
    """

    TRAIN = "train"  # weights are fitted to them
    VALIDATE = "validate"  # when to stop, temperature and operating points follow from them
    HELD_OUT = "held_out"  # only for comparing bundles before one is promoted


@dataclass(frozen=True, slots=True)
class SnapshotRules:
    """What decides which windows a snapshot holds; the same rules on the same ledgers give the same snapshot."""

    consensus: Consensus = Consensus.MAJORITY
    adjudicator: int | None = None  # rater's id; of no account but for ADJUDICATED
    stride: int = 8  # grid frames between two windows without a spasm
    shifts: int = 3  # windows taken for each spasm, its onset at different places in them
    negatives: float = 4.0  # windows without a spasm for each one with, at most, from each patient; 0 takes all
    seed: int = 0  # of the draw among them

    def __post_init__(self) -> None:
        if not (1 <= self.stride <= FRAMES_PER_WINDOW and self.shifts >= 1 and 0 <= self.negatives < math.inf):
            raise ValueError(
                f"no rules for a snapshot: a stride of {self.stride} grid frames (1 to {FRAMES_PER_WINDOW}), "
                f"{self.shifts} windows a spasm (1 or more), {self.negatives:g} without a spasm for each (0 or more)"
            )
        if self.consensus is Consensus.ADJUDICATED and self.adjudicator is None:
            raise ValueError("an adjudicated consensus needs an adjudicator")


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """A recording of the library, or a single clip file, from which windows are taken."""

    patient: str
    identity: str  # Recording.identity
    head: str  # digest of the recording's ledger when the snapshot was made; empty for a clip file
    crop: Crop | None = None  # of the newest trace; None leaves it to the bundle's clip spec
    healthy: bool = False  # an infant without epilepsy: always on the training side
    file: Path | None = None  # a clip file that no library knows; None for a recording of the library
    left_out: tuple[Interval, ...] = ()  # recording seconds without usable video, whatever raters said: gaps, dark
    camera: str = ""  # what its picture is like, such as 1920x1080 h264


@dataclass(frozen=True, slots=True)
class LabelledWindow:
    """One window of 5 s and what was agreed about it."""

    source: int  # place in the snapshot's sources
    start: float  # recording seconds, on the frame grid
    target: float  # 0 without a spasm, 1 with the onset of one, between them where raters are unsure or divided
    onsets: tuple[float, ...] = ()  # recording seconds, of the spasms that begin in it
    side: Side | None = None  # swaps with a mirrored picture
    annotations: tuple[str, ...] = ()  # ids of what it follows from; none where reviewed time holds nothing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Windows with their targets, whose they are, and the rules and ledgers that they follow from."""

    rules: SnapshotRules
    sources: tuple[SnapshotSource, ...]
    windows: tuple[LabelledWindow, ...]
    roles: tuple[tuple[str, Role], ...]  # patient and role, by patient
    warnings: tuple[str, ...] = ()  # in plain words: too few patients, one class only, one camera only

    def windows_of(self, role: Role) -> tuple[LabelledWindow, ...]:
        """The windows of all patients with a role."""
        patients = {patient for patient, each in self.roles if each is role}
        return tuple(window for window in self.windows if self.sources[window.source].patient in patients)
