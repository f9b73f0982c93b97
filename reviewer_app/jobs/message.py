"""What a job says while it runs, and what it leaves: plain values that can be pickled."""

from dataclasses import dataclass
from pathlib import Path

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import TraceChunk, TraceIdentity


@dataclass(frozen=True, slots=True)
class Stage:
    """The job has begun a part of its work that does not count windows: opening, looking for the crop, loading."""

    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that the person should see; the job goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The job is alive and has nothing else to say; sent at least once a second while it waits or is paused."""

    paused: bool = False
    at: str = ""  # the file whose reading is waited for; empty where work just takes its time
    steps: int = 0  # that this reading got on so far


@dataclass(frozen=True, slots=True)
class ScanStarted:
    """Everything is open and checked; scoring begins."""

    recording: Recording
    identity: TraceIdentity
    windows: int
    stored: int  # windows that an earlier scan has finished
    bundle_name: str
    device: str  # in words, for the screen


@dataclass(frozen=True, slots=True)
class ChunkStored:
    """These windows are in the library now."""

    chunk: TraceChunk


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far the scan is."""

    done: int  # windows stored or waiting to be stored, of all in the grid
    total: int
    position: float  # recording second


@dataclass(frozen=True, slots=True)
class StepsDone:
    """How far work is that counts steps of its own: shots drawn, training steps, measurements."""

    done: float
    total: float
    what: str


WINDOW_AUC = "window AUC"
"""What a training calls the measure that is drawn from epoch to epoch."""


@dataclass(frozen=True, slots=True)
class Learning:
    """How far a training is; the door draws its curves from these."""

    epoch: int  # begun, from 1
    epochs: int
    step: int  # done, of all epochs
    steps: int
    loss: float  # mean since the last message
    learning_rate: float
    clips_per_second: float
    seconds_left: float | None  # None until the pace is known
    validation: tuple[tuple[str, float], ...] = ()  # name of a measure, its value; at the end of an epoch


@dataclass(frozen=True, slots=True)
class PhantomMade:
    """The files of a phantom, and what it holds."""

    files: tuple[Path, ...]
    spasms: int
    seconds: float


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """A bundle as a door shows it; one that cannot be read has a problem and little else."""

    name: str
    folder: Path
    identity: str = ""
    network: str = ""
    size: int = 0  # bytes
    licence: str = ""
    operating_points: tuple[OperatingPoint, ...] = ()
    notice: str = ""
    card: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the doctor looked at."""

    what: str
    fine: bool
    found: str
    remedy: str = ""  # what to do where it is not fine


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a benchmark."""

    what: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval, where one can be told; None where there was nothing to count."""

    what: str
    value: float | None
    low: float | None
    high: float | None
    count: int  # of what was resampled
    unit: str  # what that is


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How a bundle did on phantoms whose truth is known."""

    rules: str  # what counts as right, in words
    recordings: int
    hours: float  # scored
    figures: tuple[Figure, ...]


Message = Stage | Remark | Heartbeat | ScanStarted | ChunkStored | ScanProgress | StepsDone | Learning
