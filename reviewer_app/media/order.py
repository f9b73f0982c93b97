"""Places a recording's files on one clock: by their dates where they have some, else one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

from reviewer_app.domain.recording import ClockSource, Fingerprint
from reviewer_app.media.clock import Reading, choose, read_container
from reviewer_app.media.names import natural_key, read_name
from reviewer_app.media.probe import Probe

LEAST_ROUNDING = 0.05
"""Seconds; no recorder's clock and no file's length are told more exactly than about a picture."""

MOST_ROUNDING = 1.0
"""Seconds; a gap or overlap up to this between files whose dates are whole seconds is rounding, and closed."""

GUESSED = "The time of day is a guess from when the files were last modified."
ONLY_A_DAY = "Only the day is known; the clock is shown as if the recording began at midnight."


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was looked into and found usable."""

    path: Path
    fingerprint: Fingerprint
    probe: Probe

    @property
    def modified_start(self) -> datetime:
        """When it began, if it was written until its last picture was taken."""
        return datetime.fromtimestamp(self.probe.modified - self.probe.seconds, UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """A file with the moment of its first picture."""

    file: Found
    start: datetime  # UTC
    source: ClockSource
    resolution: float  # seconds

    @property
    def stop(self) -> datetime:
        """The end of its last picture."""
        return self.start + timedelta(seconds=self.file.probe.seconds)


@dataclass(frozen=True, slots=True)
class Order:
    """Files in the order of the clock, with what had to be guessed."""

    placed: tuple[Placed, ...]
    remarks: tuple[str, ...]


def arrange(files: Sequence[Found], *, zone: tzinfo) -> Order:
    """Gives each file its place on the wall clock.

    Dates inside the files or in their names count; a file without one follows the file before it by name. Only where no
    file has a date, modification times are tried; where these contradict the names or each other (as they do after
    copying), the files follow each other by name.
    """
    ordered = sorted(files, key=lambda file: natural_key(file.path.name))
    readings = [
        choose(
            file.path.name,
            read_name(file.path.stem),
            read_container(file.probe.tags),
            seconds=file.probe.seconds,
            zone=zone,
        )
        for file in ordered
    ]
    remarks = [reading.remark for reading in readings if reading and reading.remark]
    if any(readings):
        placed, more = _by_readings(ordered, readings, zone)
    else:
        placed, more = _without_readings(ordered, zone)
    return Order(tuple(_close_rounding(sorted(placed, key=lambda one: one.start))), (*remarks, *more))


def _by_readings(
    files: Sequence[Found], readings: Sequence[Reading | None], zone: tzinfo
) -> tuple[list[Placed], list[str]]:
    """Dated files at their dates; each other file right after the file before it by name."""
    known: dict[Path, Placed] = {}
    remarks = []
    pairs = [(file, reading) for file, reading in zip(files, readings, strict=True) if reading is not None]
    # Readings that are clear go first, so that twofold ones can be told apart by what is taken already.
    for file, reading in sorted(pairs, key=lambda pair: (pair[1].is_twofold(zone), pair[1].at(zone))):
        here = _settle(file, reading, zone, list(known.values()))
        known[file.path] = here
        if reading.is_twofold(zone):
            which = "first" if here.start == reading.at(zone) else "second"
            remarks.append(f"The clock showed the time of {file.path.name} twice that night; the {which} is taken.")
    before: Placed | None = None
    first = known[pairs[0][0].path]
    lead = sum(file.probe.seconds for file in files[: files.index(first.file)])
    for file in files:
        if file.path not in known:
            start = before.stop if before else first.start - timedelta(seconds=lead)
            known[file.path] = Placed(file, start, ClockSource.SEQUENCE, MOST_ROUNDING)
            remarks.append(f"{file.path.name} carries no date; it is placed after the file before it by name.")
        before = known[file.path]
    return list(known.values()), remarks


def _settle(file: Found, reading: Reading, zone: tzinfo, taken: Sequence[Placed]) -> Placed:
    """The moment of a reading; of two that fit, the first at which no other file was being recorded."""
    first = Placed(file, reading.at(zone), reading.source, reading.resolution)
    if not reading.is_twofold(zone):
        return first
    second = replace(first, start=reading.at(zone, fold=1))
    rounding = timedelta(seconds=MOST_ROUNDING)
    free = [
        one
        for one in (first, second)
        if not any(one.start < other.stop - rounding and other.start + rounding < one.stop for other in taken)
    ]
    return free[0] if free else first


def _without_readings(files: Sequence[Found], zone: tzinfo) -> tuple[list[Placed], list[str]]:
    """By modification times where they make sense, else one after the other."""
    placed = [Placed(file, file.modified_start, ClockSource.MODIFIED, MOST_ROUNDING) for file in files]
    days = [name.moment for file in files if (name := read_name(file.path.stem))]
    fits = not days or placed[0].start.astimezone(zone).date() == days[0].date()
    rounding = timedelta(seconds=MOST_ROUNDING)
    orderly = all(one.stop <= other.start + rounding for one, other in pairwise(placed))
    if fits and orderly:
        return placed, [GUESSED]
    remarks = ["The files carry no time of day; they are placed one after the other in the order of their names."]
    start = min(one.start for one in placed)
    if not fits:
        start = days[0].replace(tzinfo=zone).astimezone(UTC)
        remarks = [*remarks, ONLY_A_DAY]
    else:
        remarks = [*remarks, GUESSED]
    chain = []
    for file in files:
        chain.append(Placed(file, start, ClockSource.SEQUENCE, MOST_ROUNDING))
        start = chain[-1].stop
    return chain, remarks if len(files) > 1 else remarks[1:]


def _close_rounding(placed: Sequence[Placed]) -> list[Placed]:
    """Closes gaps and overlaps that are no longer than the dates are exact.

    Each file is compared with where the file before it was put, so that rounding never adds up to more than a second
    over a night of many files.
    """
    closed: list[Placed] = []
    for one in placed:
        if closed:
            exact = max(LEAST_ROUNDING, min(MOST_ROUNDING, max(one.resolution, closed[-1].resolution)))
            off = (one.start - closed[-1].stop).total_seconds()
            closed.append(replace(one, start=closed[-1].stop) if abs(off) <= exact else one)
        else:
            closed.append(one)
    return closed
