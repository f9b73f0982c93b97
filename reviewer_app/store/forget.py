"""Deletes a recording from the library, and from nowhere else; what is left says that it was there."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from reviewer_app.domain.annotation import Matter, Rater
from reviewer_app.store.chain import identity_of, last_entry
from reviewer_app.store.library import Library
from reviewer_app.store.overview import standing_annotations
from reviewer_app.store.schema import (
    adaptations,
    eeg_files,
    forgotten,
    ledger,
    recordings,
    remarks,
    segments,
    trace_chunks,
    trace_skips,
    traces,
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is left of a recording that was deleted from the library."""

    recording_id: int
    forgotten_at: datetime
    rater_id: int | None  # who deleted it; None where nobody was named
    annotations: int  # that stood, of all raters
    entries: int  # of its ledger
    head: str  # digest of the last of them; empty where there was none


def forget(library: Library, recording_id: int, *, rater: Rater | None) -> Forgotten:
    """Deletes all that the library holds of a recording; its files stay where they are.

    A verified backup is made first, and keeps what was said until it has served.

    Args:
        library: Where to delete.
        recording_id: What to delete.
        rater: Who does it.

    Returns:
        What is left of it.

    Raises:
        StoreError: the library has no such recording, could not be backed up, or nothing was deleted.
    """
    with library.reading() as connection:
        identity_of(connection, recording_id)
    library.back_up()
    with library.atomic() as connection:
        identity_of(connection, recording_id)
        left = _what_is_left(connection, recording_id, rater)
        # First, as the ledger's trigger asks for it.
        connection.execute(
            insert(forgotten).values(
                recording=left.recording_id,
                forgotten_at=left.forgotten_at.isoformat(),
                rater=left.rater_id,
                annotations=left.annotations,
                entries=left.entries,
                head=left.head,
            )
        )
        _delete(connection, recording_id)
        return left


def forgotten_recordings(library: Library) -> tuple[Forgotten, ...]:
    """What is left of all that was deleted, by their ids."""
    with library.reading() as connection:
        return tuple(
            Forgotten(
                row.recording,
                datetime.fromisoformat(row.forgotten_at),
                row.rater,
                row.annotations,
                row.entries,
                row.head,
            )
            for row in connection.execute(select(forgotten).order_by(forgotten.c.recording))
        )


def _what_is_left(connection: Connection, recording_id: int, rater: Rater | None) -> Forgotten:
    annotations = connection.execute(
        select(standing_annotations()).where(
            ledger.c.recording == recording_id, ledger.c.matter == Matter.ANNOTATION.value
        )
    ).scalar_one()
    entries = select(func.count()).select_from(ledger).where(ledger.c.recording == recording_id)
    return Forgotten(
        recording_id,
        datetime.now(UTC),
        rater.rater_id if rater else None,
        annotations,
        connection.execute(entries).scalar_one(),
        last_entry(connection, recording_id)[1],
    )


def _delete(connection: Connection, recording_id: int) -> None:
    own = select(traces.c.id).where(traces.c.recording == recording_id)
    for table in (adaptations, trace_skips, trace_chunks):
        connection.execute(delete(table).where(table.c.trace.in_(own)))
    for table in (traces, ledger, remarks, eeg_files, segments):
        connection.execute(delete(table).where(table.c.recording == recording_id))
    connection.execute(delete(recordings).where(recordings.c.id == recording_id))
