"""What a job is asked to do, as plain values that can be pickled into another process."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, Literal, TypeVar, cast, get_args

from reviewer_app.domain.backup import Backup
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.event import CLUSTER_GAP
from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.night import NightReport
from reviewer_app.domain.phrases import ENGLISH, Phrases
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.said import Said
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import DEFAULT_STRIDE, FRAMES_PER_WINDOW, Interval
from reviewer_app.errors import RequestError
from reviewer_app.jobs.message import Acceptance, BundleFacts, Finding, Measure, PhantomMade

Answer_co = TypeVar("Answer_co", covariant=True)


class Asks(Generic[Answer_co]):
    """A request; the type in brackets is what its job ends with."""

    __slots__ = ()


Device = Literal["auto", "cuda", "mps", "openvino", "torch"]
Precision = Literal["auto", "bf16", "f32"]


@dataclass(frozen=True, slots=True)
class LibraryPlace:
    """Where the library lies and where its key may be kept if the system has no key ring."""

    folder: Path
    key_folder: Path
    held: bool = False  # by the program that starts the job, which would otherwise be kept out by its own starter


@dataclass(frozen=True, slots=True)
class Compute:
    """What to compute with; the words are the predictor's."""

    device: Device = "auto"
    precision: Precision = "auto"
    threads: int = 0  # 0 = all cores

    @classmethod
    def chosen(cls, device: str, precision: str, threads: int) -> "Compute":
        """From a person's words.

        Raises:
            RequestError: there is no such device or precision, or the number of threads makes no sense.
        """
        if device not in get_args(Device):
            raise RequestError(f"unknown device {device!r}: choose {', '.join(get_args(Device))}.")
        if precision not in get_args(Precision):
            raise RequestError(f"unknown precision {precision!r}: choose {', '.join(get_args(Precision))}.")
        return cls(cast("Device", device), cast("Precision", precision), threads)

    def __post_init__(self) -> None:
        if not 0 <= self.threads <= 1024:
            raise RequestError(f"{self.threads} threads make no sense: give 0 for all cores, or their number.")


@dataclass(frozen=True, slots=True)
class EventRules:
    """How events and clusters are made of a trace."""

    false_alarms_per_hour: float = 1.0
    cluster_gap: float = CLUSTER_GAP  # seconds

    def __post_init__(self) -> None:
        if not 0 < self.false_alarms_per_hour <= 1000:
            raise RequestError(
                f"{self.false_alarms_per_hour:g} false alarms an hour make no operating point: give more than 0, up to "
                "1000."
            )
        if not 0 < self.cluster_gap <= 3600:
            raise RequestError(f"a cluster gap of {self.cluster_gap:g} s makes no sense: give 1 to 3600 seconds.")


@dataclass(frozen=True, slots=True)
class ScanRequest(Asks[TraceReport]):
    """Score a recording's windows and keep the trace in the library; what is stored already is not computed again."""

    paths: tuple[Path, ...]
    library: LibraryPlace
    bundle: str  # its name, or its folder
    bundle_folders: tuple[Path, ...]
    stride: int = DEFAULT_STRIDE  # grid frames of 0.3125 s
    crop: Crop | None = None  # None: as the bundle's clip spec says
    person_detector: Path | None = None  # ONNX file, for the crop where none is given, and for visibility
    compute: Compute = Compute()
    rules: EventRules = EventRules()
    patient: str = ""
    start: datetime | None = None  # wall clock at 0 s, where the person states it
    fresh: bool = False  # forget the stored trace of the same identity first
    skips: tuple[Interval, ...] = field(default=())  # stretches that brought the decoder down before
    by_default: bool = False  # whether nobody named the bundle, so that the one promoted in the library goes before it

    def __post_init__(self) -> None:
        if not self.paths:
            raise RequestError("nothing to scan: name at least one video file or folder.")
        if not 1 <= self.stride <= FRAMES_PER_WINDOW:
            raise RequestError(
                f"a stride of {self.stride} frames would leave time unseen or stand still: give 1 to "
                f"{FRAMES_PER_WINDOW} (1 is 0.3125 s, 3 the default, 16 a window)."
            )


@dataclass(frozen=True, slots=True)
class EventsRequest(Asks[tuple[TraceReport, ...]]):
    """List events and clusters of stored traces, at an operating point that may differ from the scan's."""

    library: LibraryPlace
    bundle_folders: tuple[Path, ...]
    rules: EventRules = EventRules()
    recording: int | None = None  # its number in the library; None: every recording


@dataclass(frozen=True, slots=True)
class ExportRequest(Asks[tuple[Path, ...]]):
    """Write what a scan found, what people said, or both, into a folder."""

    report: TraceReport | None  # None where no model has looked
    to: Path
    said: Said | None = None  # None where nothing that people said goes out
    csv: bool = True  # whether tables for spreadsheets are among it
    bids: bool = True  # whether a table of BIDS events is among it

    def __post_init__(self) -> None:
        if self.report is None and not (self.said and (self.csv or self.bids)):
            raise ValueError("nothing to export")


@dataclass(frozen=True, slots=True)
class ExplainRequest(Asks[Explanation]):
    """Tell what the score of one window depends on."""

    recording: Recording
    identity: TraceIdentity  # of the trace: which bundle, stride and crop
    window: int
    bundle_folders: tuple[Path, ...]
    compute: Compute = Compute()

    def __post_init__(self) -> None:
        if self.window < 0:
            raise ValueError(f"not a window: {self.window}")


@dataclass(frozen=True, slots=True)
class ReportRequest(Asks[tuple[Path, ...]]):
    """Write what a rater saw in a recording as a page for the file."""

    night: NightReport
    to: Path
    with_names: bool = False  # whether raters and the patient's pseudonym stand in it
    with_notes: bool = False  # whether free notes stand in it
    say: Phrases = ENGLISH  # the reader's language


@dataclass(frozen=True, slots=True)
class PhantomRequest(Asks[PhantomMade]):
    """Make a synthetic recording with known truth."""

    to: Path
    seconds: float
    seed: int
    scene: str = "ward"
    files: int | None = None  # None: two for a short phantom, one an hour for a long one
    eeg: bool = True
    size: tuple[int, int] | None = None  # width and height of the picture; None: what suits the scene
    repeats: bool = True  # whether a long night shows its shots again and again


DEMO_SEED = 7
"""Of the demo's recording; its folder in the cache is named by it."""


def demo_phantom(to: Path) -> PhantomRequest:
    """The demo's recording: twelve minutes on a ward in two files, with an EEG."""
    return PhantomRequest(to, 12 * 60.0, DEMO_SEED, scene="ward", files=2)


@dataclass(frozen=True, slots=True)
class StarterRequest(Asks[BundleFacts]):
    """Train the starter bundle on phantoms, calibrate it on phantom nights, and pack it."""

    to: Path  # folder of the new bundle
    clips: int
    seed: int
    family: str = "motion_conv"
    calibration_hours: float = 1.0  # per scene
    start: Path | None = None  # folder of an earlier starter whose weights it goes on from; None begins from nothing


@dataclass(frozen=True, slots=True)
class AcceptRequest(Asks[Acceptance]):
    """Scan phantoms and compare what was found with their truth."""

    folders: tuple[Path, ...]
    scan: ScanRequest  # how; its paths are replaced by each folder


@dataclass(frozen=True, slots=True)
class ListBundles(Asks[tuple[BundleFacts, ...]]):
    """Name the bundles in some folders."""

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CheckBundle(Asks[BundleFacts]):
    """Tell all about one bundle; ``verify`` also loads its network and scores the golden clip."""

    name: str
    folders: tuple[Path, ...]
    verify: bool = False


@dataclass(frozen=True, slots=True)
class FetchBundle(Asks[BundleFacts]):
    """Download a named checkpoint, whose licence the person accepted, and make a bundle of it."""

    name: str
    to: Path  # folder of bundles
    checkpoints: Path  # the file that lists the known ones
    sha256: str | None = None  # what the person knows the file must hash to
    accepted_licence: str | None = None  # its SPDX name; without it only the offer is looked up


@dataclass(frozen=True, slots=True)
class ImportBundle(Asks[BundleFacts]):
    """Make a bundle of a checkpoint file on disk."""

    file: Path
    name: str
    to: Path  # folder of bundles
    checkpoints: Path  # the file that lists the known ones


@dataclass(frozen=True, slots=True)
class ShowKey(Asks[str]):
    """Tell a library's recovery key."""

    library: LibraryPlace


@dataclass(frozen=True, slots=True)
class RecoverLibrary(Asks[str]):
    """Give a library its lost key back, from the recovery key that a person wrote down."""

    library: LibraryPlace
    recovery_key: str


@dataclass(frozen=True, slots=True)
class ListBackups(Asks[tuple[Backup, ...]]):
    """Name a library's backups, newest first; the library may be damaged, or in use."""

    library: LibraryPlace


@dataclass(frozen=True, slots=True)
class BackUpLibrary(Asks[Path]):
    """Make a verified backup of a library, which may be in use."""

    library: LibraryPlace


@dataclass(frozen=True, slots=True)
class RestoreLibrary(Asks[Path]):
    """Make a library what it was when a backup was made; answers where the database is that it was before."""

    library: LibraryPlace
    backup: Path


@dataclass(frozen=True, slots=True)
class DoctorRequest(Asks[tuple[Finding, ...]]):
    """See whether this machine has what the program needs."""

    library: LibraryPlace
    bundle_folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BenchRequest(Asks[tuple[Measure, ...]]):
    """Measure decoding, the network and the whole scan of a file in one run."""

    path: Path
    bundle: str
    bundle_folders: tuple[Path, ...]
    compute: Compute = Compute()
    seconds: float = 300.0  # video to measure at most

    def __post_init__(self) -> None:
        if not 0 < self.seconds < math.inf:
            raise RequestError(f"{self.seconds:g} s of video cannot be measured: give more than 0 seconds.")
