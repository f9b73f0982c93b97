"""What a job is asked about the library's recordings, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.recording import ClockSource, Picture, Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.said import Said
from reviewer_app.errors import RequestError
from reviewer_app.jobs.request import Asks, EventRules, LibraryPlace


@dataclass(frozen=True, slots=True)
class Opened:
    """A recording that is in the library now."""

    number: int
    recording: Recording  # as the library keeps it
    is_new: bool  # the library did not know it before
    remarks: tuple[str, ...]  # guesses made, files left out, files that are not what they were


@dataclass(frozen=True, slots=True)
class OpenRequest(Asks[Opened]):
    """Open files or a folder as one recording and keep it in the library; nothing is scanned."""

    paths: tuple[Path, ...]
    library: LibraryPlace
    patient: str = ""
    start: datetime | None = None  # wall clock at 0 s, where the person states it

    def __post_init__(self) -> None:
        if not self.paths:
            raise RequestError("nothing to open: name at least one video file or folder.")


@dataclass(frozen=True, slots=True)
class FilesFound:
    """What a search for missing files brought."""

    found: tuple[Path, ...]  # where they lie now
    missing: tuple[Path, ...]  # where the others were last seen


@dataclass(frozen=True, slots=True)
class FindFiles(Asks[FilesFound]):
    """Search files and folders for the missing files of a recording, known by what is in them."""

    library: LibraryPlace
    recording: int
    places: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ForgetRecordings(Asks[int]):
    """Delete recordings from the library, and from nowhere else; the answer is how many."""

    library: LibraryPlace
    recordings: tuple[int, ...]
    rater: Rater | None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is known of a recording only after looking at its files, its trace and its labels."""

    number: int
    missing: tuple[Path, ...]  # files that are not where they were last seen
    flags: int | None = None  # None where no calibrated bundle tells: not scanned, or the bundle is away
    clusters: int | None = None
    left: int | None = None  # flags without a verdict of the rater
    problem: str = ""  # why its trace or labels cannot be read
    replaced: tuple[Path, ...] = ()  # files that are there under their names and have other content
    unread: float = 0.0  # seconds of video that the newest scan could not read
    picture: Picture | None = None  # of its first file
    clock: ClockSource | None = None  # where its start was read


@dataclass(frozen=True, slots=True)
class SurveyRequest(Asks[tuple[Surveyed, ...]]):
    """Look at every recording of the library."""

    library: LibraryPlace
    rater_id: int
    points: Mapping[str, tuple[OperatingPoint, ...]]  # of the bundles on this machine, by their identity
    rules: EventRules = field(default_factory=EventRules)
    recordings: tuple[int, ...] = ()  # only these; empty means all


@dataclass(frozen=True, slots=True)
class Told:
    """All that a library tells of one recording."""

    said: Said
    report: TraceReport | None  # of the newest scan; None before the first


@dataclass(frozen=True, slots=True)
class ToldRequest(Asks[Told]):
    """Read what raters said of a recording, and what its newest scan found."""

    library: LibraryPlace
    recording: int
    bundle_folders: tuple[Path, ...]
    rules: EventRules = field(default_factory=EventRules)
    with_names: bool = False  # whether raters' names may go out
    with_notes: bool = False  # whether free notes may go out
