"""A recording: one patient's continuous stretch on one clock, made of media files with explicit gaps."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from reviewer_app.domain.window import Interval, subtract, total_seconds, union


class ClockSource(StrEnum):
    """Where a segment's wall-clock start was read, best first."""

    CONTAINER = "container"  # creation time inside the file
    FILE_NAME = "file_name"  # a date and time in the file's name
    MODIFIED = "modified"  # modification time less the duration: a guess, and said so
    GIVEN = "given"  # stated by the person
    SEQUENCE = "sequence"  # no usable clock: placed right after the file before it


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file is known by when its name changes: its size and a hash of its head, middle and tail."""

    size: int  # bytes
    digest: str  # hex sha256 over 3 x 64 KiB

    def __str__(self) -> str:
        return f"{self.size}-{self.digest[:16]}"


@dataclass(frozen=True, slots=True)
class Picture:
    """How a segment's picture looks to a person, after rotation and pixel aspect are applied."""

    width: int  # displayed pixels
    height: int
    rotation: int = 0  # clockwise degrees applied to the stored picture: 0, 90, 180, 270
    mirrored: bool = False  # flipped left to right, before the rotation
    codec: str = ""
    pixel_format: str = ""
    frame_rate: float = 0.0  # mean frames/s; the file itself may be variable-rate
    bit_rate: float = 0.0  # bits/s of the video stream, or of the file where the stream does not say


@dataclass(frozen=True, slots=True)
class Segment:
    """One media file with its place on the recording's clock.

    ``first_pts`` is the presentation time, in the file's own seconds, that lies at ``interval.start``:
    media time = recording time - interval.start + first_pts.
    """

    path: Path
    fingerprint: Fingerprint
    interval: Interval  # recording seconds
    first_pts: float
    picture: Picture
    clock_source: ClockSource
    readable: tuple[Interval, ...] = ()  # recording seconds that can be decoded; empty means all
    has_sound: bool = False

    def media_time(self, time: float) -> float:
        """The file's own PTS second for a recording second."""
        return time - self.interval.start + self.first_pts

    @property
    def undecodable(self) -> tuple[Interval, ...]:
        """Stretches of the segment that are known to hold no picture that can be decoded."""
        return subtract((self.interval,), self.readable) if self.readable else ()


@dataclass(frozen=True, slots=True)
class EegFile:
    """An EEG file that lies beside the video, placed on the recording's clock by its own start time."""

    path: Path
    fingerprint: Fingerprint
    start: float  # recording seconds; negative where the EEG began before the video
    seconds: float
    channels: tuple[str, ...]
    sampling_rate: float  # Hz, of the fastest channel


@dataclass(frozen=True, slots=True)
class Recording:
    """Segments in order on one clock that starts at 0 s, with what lies between and over them."""

    segments: tuple[Segment, ...]
    start: datetime  # wall clock at 0 s, with its time zone
    patient: str = ""  # pseudonymous id; empty when unknown
    remarks: tuple[str, ...] = field(default=())  # sentences about guesses made while opening
    eeg: tuple[EegFile, ...] = ()

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError("a recording needs at least one segment")
        if self.start.tzinfo is None:
            raise ValueError("a recording's start needs a time zone")
        starts = [segment.interval.start for segment in self.segments]
        if starts != sorted(starts) or starts[0] != 0:
            raise ValueError(f"segments must be in order and start at 0 s: {starts}")

    @property
    def seconds(self) -> float:
        """Length on the recording's clock, gaps included."""
        return max(segment.interval.stop for segment in self.segments)

    @property
    def identity(self) -> str:
        """A name that follows the content: the fingerprints of all segments, in order."""
        return "+".join(str(segment.fingerprint) for segment in self.segments)

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """Time between segments for which there is no video."""
        return subtract((Interval(0, self.seconds),), (segment.interval for segment in self.segments))

    @property
    def overlaps(self) -> tuple[Interval, ...]:
        """Time that two segments both claim; the earlier segment is shown and scored there."""
        doubled = []
        for i, one in enumerate(self.segments):
            for other in self.segments[i + 1 :]:
                start, stop = max(one.interval.start, other.interval.start), min(one.interval.stop, other.interval.stop)
                if start < stop:
                    doubled.append(Interval(start, stop))
        return union(doubled)

    @property
    def undecodable(self) -> tuple[Interval, ...]:
        """Time inside segments that was found to be unreadable when they were opened."""
        return union(interval for segment in self.segments for interval in segment.undecodable)

    @property
    def video_seconds(self) -> float:
        """Seconds for which a file claims to hold video."""
        return total_seconds(segment.interval for segment in self.segments)

    def segment_at(self, time: float) -> Segment | None:
        """The segment shown at ``time``: the earliest that covers it; None in a gap."""
        return next((segment for segment in self.segments if segment.interval.contains(time)), None)

    def clock(self, time: float) -> datetime:
        """The wall clock at a recording second, right across changes to and from summer time.

        The addition is done in UTC: adding seconds to a local time would ignore the hour that a 23- or 25-hour day
        loses or gains.
        """
        moment = self.start.astimezone(UTC) + timedelta(seconds=time)
        return moment.astimezone(self.start.tzinfo)
