"""Recordings in the library: known by what is in their files, not by what the files are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from reviewer_app.domain.recording import ClockSource, EegFile, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import eeg_files, recordings, remarks, segments, traces


@dataclass(frozen=True, slots=True)
class RecordingSummary:
    """What a list of recordings shows of each."""

    recording_id: int
    identity: str
    start: datetime  # wall clock at 0 s
    seconds: float
    patient: str
    paths: tuple[Path, ...]  # of the segments, in order
    traces: int


def add(library: Library, recording: Recording) -> int:
    """Keeps a recording; one that is known already keeps its id and its clock.

    What was first kept of the segments' places on the clock stays: the windows of its traces lie on it. Paths follow
    the files when they were renamed or moved, the EEG files are those found last, and a patient given now counts. So
    does a beginning that a person states now: it moves the whole recording on the wall clock, and nothing within it.
    Scan what ``load`` returns, not what was added.

    Returns:
        The recording's id in this library.
    """
    with library.atomic() as connection:
        known = connection.execute(select(recordings).where(recordings.c.identity == recording.identity)).one_or_none()
        if known is None:
            return _insert(connection, recording)
        if recording.patient:
            connection.execute(update(recordings).where(recordings.c.id == known.id).values(patient=recording.patient))
        for position, segment in enumerate(recording.segments):
            place = and_(segments.c.recording == known.id, segments.c.position == position)
            connection.execute(update(segments).where(place).values(path=segment.path))
        shift = (recording.start - datetime.fromisoformat(known.start)).total_seconds()
        if recording.segments[0].clock_source is ClockSource.GIVEN:
            _move(connection, known.id, recording.start)
            shift = 0.0
        connection.execute(delete(eeg_files).where(eeg_files.c.recording == known.id))
        _insert_eeg(connection, known.id, recording.eeg, shift)
        return int(known.id)


def find(library: Library, identity: str) -> int | None:
    """The id of the recording with this identity; None where the library does not know it."""
    with library.reading() as connection:
        return connection.execute(select(recordings.c.id).where(recordings.c.identity == identity)).scalar()


def load(library: Library, recording_id: int) -> Recording:
    """The recording as it was added, with the paths where its files were last seen.

    Raises:
        StoreError: the library has no such recording.
    """
    with library.reading() as connection:
        row = connection.execute(select(recordings).where(recordings.c.id == recording_id)).one_or_none()
        if row is None:
            raise StoreError(f"The library holds no recording {recording_id}.")
        return Recording(
            segments=tuple(_segment(part) for part in connection.execute(_parts(segments, recording_id))),
            start=_start(row),
            patient=row.patient,
            remarks=tuple(part.text for part in connection.execute(_parts(remarks, recording_id))),
            eeg=tuple(_eeg_file(part) for part in connection.execute(_parts(eeg_files, recording_id))),
        )


def set_patient(library: Library, recording_id: int, patient: str) -> None:
    """Says whose recording it is.

    Args:
        library: Whose recording it is.
        recording_id: Which.
        patient: A pseudonymous id; empty where it is not known.

    Raises:
        StoreError: NOT SAVED; among others because the library has no such recording.
    """
    with library.atomic() as connection:
        changed = update(recordings).where(recordings.c.id == recording_id).values(patient=patient)
        if not connection.execute(changed).rowcount:
            raise StoreError(f"NOT SAVED. The library holds no recording {recording_id}.")


def summaries(library: Library) -> tuple[RecordingSummary, ...]:
    """All recordings in the order in which they were added."""
    counts = select(func.count()).where(traces.c.recording == recordings.c.id).scalar_subquery()
    with library.reading() as connection:
        rows = connection.execute(select(recordings, counts.label("traces")).order_by(recordings.c.id)).all()
        found = connection.execute(
            select(segments.c.recording, segments.c.path).order_by(segments.c.recording, segments.c.position)
        )
        paths: dict[int, list[Path]] = {}
        for part in found:
            paths.setdefault(part.recording, []).append(part.path)
    return tuple(
        RecordingSummary(row.id, row.identity, _start(row), row.seconds, row.patient, tuple(paths[row.id]), row.traces)
        for row in rows
    )


def replaced(library: Library, recording: Recording) -> tuple[Path, ...]:
    """Paths under which the library knows other content than the files have now; ask before going on.

    Nothing is mixed in any case: other content is another recording, with its own traces. A recording that the library
    knows already was asked about before.
    """
    if find(library, recording.identity) is not None:
        return ()
    with library.reading() as connection:
        return tuple(
            segment.path
            for segment in recording.segments
            if connection.execute(
                select(segments.c.position)
                .where(segments.c.path == segment.path, segments.c.digest != segment.fingerprint.digest)
                .limit(1)
            ).first()
        )


def _move(connection: Connection, recording_id: int, start: datetime) -> None:
    values = {"start": start.isoformat(), "zone": _zone_name(start)}
    connection.execute(update(recordings).where(recordings.c.id == recording_id).values(values))
    first = and_(segments.c.recording == recording_id, segments.c.position == 0)
    connection.execute(update(segments).where(first).values(clock_source=ClockSource.GIVEN.value))


def _zone_name(moment: datetime) -> str:
    zone = moment.tzinfo
    return zone.key if isinstance(zone, ZoneInfo) and zone.key else ""


def _insert(connection: Connection, recording: Recording) -> int:
    inserted = connection.execute(
        insert(recordings).values(
            identity=recording.identity,
            start=recording.start.isoformat(),
            zone=_zone_name(recording.start),
            seconds=recording.seconds,
            patient=recording.patient,
            added_at=datetime.now(UTC).isoformat(),
        )
    ).inserted_primary_key
    assert inserted is not None
    recording_id = int(inserted[0])
    rows = [_segment_row(recording_id, position, segment) for position, segment in enumerate(recording.segments)]
    connection.execute(insert(segments), rows)
    for position, text in enumerate(recording.remarks):
        connection.execute(insert(remarks).values(recording=recording_id, position=position, text=text))
    _insert_eeg(connection, recording_id, recording.eeg, 0)
    return recording_id


def _segment_row(recording_id: int, position: int, segment: Segment) -> dict[str, Any]:
    picture = segment.picture
    return {
        "recording": recording_id,
        "position": position,
        "path": segment.path,
        "size": segment.fingerprint.size,
        "digest": segment.fingerprint.digest,
        "start": segment.interval.start,
        "stop": segment.interval.stop,
        "first_pts": segment.first_pts,
        "clock_source": segment.clock_source.value,
        "readable": [[part.start, part.stop] for part in segment.readable],
        "has_sound": segment.has_sound,
        "width": picture.width,
        "height": picture.height,
        "rotation": picture.rotation,
        "mirrored": picture.mirrored,
        "codec": picture.codec,
        "pixel_format": picture.pixel_format,
        "frame_rate": picture.frame_rate,
        "bit_rate": picture.bit_rate,
    }


def _insert_eeg(connection: Connection, recording_id: int, files: Sequence[EegFile], shift: float) -> None:
    for position, file in enumerate(files):
        connection.execute(
            insert(eeg_files).values(
                recording=recording_id,
                position=position,
                path=file.path,
                size=file.fingerprint.size,
                digest=file.fingerprint.digest,
                start=file.start + shift,
                seconds=file.seconds,
                channels=list(file.channels),
                sampling_rate=file.sampling_rate,
            )
        )


def _parts(table: Any, recording_id: int) -> Any:
    return select(table).where(table.c.recording == recording_id).order_by(table.c.position)


def _start(row: Row[Any]) -> datetime:
    start = datetime.fromisoformat(row.start)
    if row.zone:
        try:
            return start.astimezone(ZoneInfo(row.zone))
        except ZoneInfoNotFoundError:
            return start  # this computer does not know the zone; the offset is right all the same
    return start


def _segment(row: Row[Any]) -> Segment:
    return Segment(
        path=row.path,
        fingerprint=Fingerprint(row.size, row.digest),
        interval=Interval(row.start, row.stop),
        first_pts=row.first_pts,
        picture=Picture(
            width=row.width,
            height=row.height,
            rotation=row.rotation,
            mirrored=row.mirrored,
            codec=row.codec,
            pixel_format=row.pixel_format,
            frame_rate=row.frame_rate,
            bit_rate=row.bit_rate,
        ),
        clock_source=ClockSource(row.clock_source),
        readable=tuple(Interval(start, stop) for start, stop in row.readable),
        has_sound=row.has_sound,
    )


def _eeg_file(row: Row[Any]) -> EegFile:
    return EegFile(
        path=row.path,
        fingerprint=Fingerprint(row.size, row.digest),
        start=row.start,
        seconds=row.seconds,
        channels=tuple(row.channels),
        sampling_rate=row.sampling_rate,
    )
