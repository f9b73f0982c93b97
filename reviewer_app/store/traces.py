"""Traces in the library: chunks are only added, in one commit each, so the stored trace is the scan's checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from sqlalchemy import Connection, Row, Select, func, insert, select
from sqlalchemy import delete as delete_from

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.quality import EARLIER_MEASURES, MEASURES, narrowed, widened
from reviewer_app.domain.trace import Trace, TraceChunk, TraceIdentity, WindowState, frozen
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import adaptations, recordings, trace_chunks, trace_skips, traces


@dataclass(frozen=True, slots=True)
class TraceSummary:
    """What a list of traces shows of each."""

    trace_id: int
    recording_id: int
    identity: TraceIdentity
    bundle_name: str
    grid: WindowGrid
    bins: int
    features: int
    stored: int  # windows that have a state; finished when all of the grid's have
    created_at: datetime


def begin(
    library: Library,
    recording_id: int,
    identity: TraceIdentity,
    grid: WindowGrid,
    *,
    bins: int,
    features: int,
    bundle_name: str,
) -> int:
    """The id of the trace with this identity, made where it is new.

    Raises:
        StoreError: a trace of this identity has another shape, or the recording is not the identity's.
    """
    shape = {"windows": grid.count, "bins": bins, "features": features}
    with library.atomic() as connection:
        known = connection.execute(select(recordings.c.identity).where(recordings.c.id == recording_id)).scalar()
        if known != identity.recording:
            raise StoreError(f"Recording {recording_id} of the library is not the one that was scanned.")
        if grid.stride != identity.stride:
            raise ValueError(f"the grid's stride {grid.stride} is not the identity's {identity.stride}")
        columns = {"recording": recording_id, **_identity_row(identity)}
        row = connection.execute(select(traces).filter_by(**columns)).one_or_none()
        if row is None:
            now = datetime.now(UTC).isoformat()
            made = insert(traces).values(**columns, **shape, bundle_name=bundle_name, created_at=now)
            inserted = connection.execute(made).inserted_primary_key
            assert inserted is not None
            return int(inserted[0])
        if any(getattr(row, name) != value for name, value in shape.items()):
            raise StoreError(
                f"Trace {row.id} was begun with other windows or by another network; delete it to scan anew."
            )
        return int(row.id)


def append(library: Library, trace_id: int, chunk: TraceChunk) -> None:
    """Keeps a chunk for good: when this returns, neither a crash nor a power cut takes it away.

    Raises:
        StoreError: NOT SAVED; among others because a window of it is stored already.
    """
    if np.any(chunk.states == WindowState.NOT_SCANNED):
        raise ValueError("only windows with a state are stored")
    with library.atomic() as connection:
        trace = _trace(connection, trace_id)
        shape = (chunk.activity.shape[1:], chunk.embeddings.shape[1:])
        if not 0 <= chunk.first < chunk.stop <= trace.windows or shape != ((trace.bins,), (trace.features,)):
            raise ValueError(f"chunk {chunk.first}..{chunk.stop} of shape {shape} does not fit trace {trace_id}")
        # Stored chunks do not overlap, so the last that begins before this one's end tells of all; one look-up in the
        # index, however long the trace.
        before = connection.execute(
            select(trace_chunks.c.stop)
            .where(trace_chunks.c.trace == trace_id, trace_chunks.c.first < chunk.stop)
            .order_by(trace_chunks.c.first.desc())
            .limit(1)
        ).scalar()
        if before is not None and before > chunk.first:
            raise StoreError(
                f"NOT SAVED. Windows {chunk.first} to {chunk.stop - 1} of trace {trace_id} are stored already."
            )
        connection.execute(
            insert(trace_chunks).values(
                trace=trace_id,
                first=chunk.first,
                stop=chunk.stop,
                states=chunk.states.astype("u1").tobytes(),
                scores=chunk.scores.astype("<f4").tobytes(),
                activity=chunk.activity.astype("<f4").tobytes(),
                quality=narrowed(chunk.quality).astype("<f4").tobytes(),
                embeddings=chunk.embeddings.astype("<f2").tobytes(),
            )
        )


def load(library: Library, trace_id: int) -> Trace:
    """Everything of a trace apart from its embeddings.

    Raises:
        StoreError: the library has no such trace, or it is damaged.
    """
    columns = [trace_chunks.c[name] for name in ("first", "stop", "states", "scores", "activity", "quality")]
    with library.reading() as connection:
        row = _trace(connection, trace_id)
        count = row.windows
        scores = np.full(count, np.nan, np.float32)
        states = np.zeros(count, np.uint8)
        activity = np.full((count, row.bins), np.nan, np.float32)
        quality = np.full((count, len(MEASURES)), np.nan, np.float32)
        for chunk in connection.execute(select(*columns).where(trace_chunks.c.trace == trace_id)):
            part = slice(chunk.first, chunk.stop)
            n = chunk.stop - chunk.first
            states[part] = _array(chunk.states, "u1", (n,))
            scores[part] = _array(chunk.scores, "<f4", (n,))
            activity[part] = _array(chunk.activity, "<f4", (n, row.bins))
            quality[part] = _quality(chunk.quality, n)
    grid = WindowGrid(count, row.stride)
    return Trace(grid, frozen(scores), frozen(states), frozen(activity), frozen(quality))


def embeddings(library: Library, trace_id: int, windows: Sequence[int]) -> NDArray[np.float16]:
    """The network's features of some windows, (n, features); NaN where they are not stored.

    That is so for windows without a score yet, and in a library that was restored from a backup.

    Raises:
        StoreError: the library has no such trace.
    """
    wanted = np.asarray(windows, np.int64)
    order = np.argsort(wanted)
    ordered = wanted[order]
    with library.reading() as connection:
        features = _trace(connection, trace_id).features
        found = np.full((len(wanted), features), np.nan, np.float16)
        if len(wanted):
            rows = _touching(trace_id, int(ordered[0]), int(ordered[-1]) + 1)
            for chunk in connection.execute(rows.add_columns(trace_chunks.c.embeddings)):
                if not chunk.embeddings:  # left out of the backup that this library was restored from
                    continue
                left, right = np.searchsorted(ordered, (chunk.first, chunk.stop))
                values = _array(chunk.embeddings, "<f2", (chunk.stop - chunk.first, features))
                found[order[left:right]] = values[ordered[left:right] - chunk.first]
    return frozen(found)


def add_skip(library: Library, trace_id: int, interval: Interval, reason: str) -> None:
    """Remembers time that took the scan down, so that a scan resumed later steps over it.

    Raises:
        StoreError: NOT SAVED.
    """
    with library.atomic() as connection:
        connection.execute(
            insert(trace_skips).values(
                trace=_trace(connection, trace_id).id,
                start=interval.start,
                stop=interval.stop,
                reason=reason,
                added_at=datetime.now(UTC).isoformat(),
            )
        )


def skips(library: Library, trace_id: int) -> tuple[tuple[Interval, str], ...]:
    """What the scan of a trace has to step over and why, in the order in which it was found out."""
    with library.reading() as connection:
        rows = connection.execute(select(trace_skips).where(trace_skips.c.trace == trace_id).order_by(trace_skips.c.id))
        return tuple((Interval(row.start, row.stop), row.reason) for row in rows)


def summaries(library: Library, *, recording_id: int | None = None) -> tuple[TraceSummary, ...]:
    """All traces, or those of one recording, in the order in which they were begun."""
    question = _summarising()
    if recording_id is not None:
        question = question.where(traces.c.recording == recording_id)
    with library.reading() as connection:
        return tuple(_summary(row) for row in connection.execute(question))


def summary(library: Library, trace_id: int) -> TraceSummary:
    """What is to be said of one trace, apart from its values.

    Raises:
        StoreError: the library has no such trace.
    """
    with library.reading() as connection:
        _trace(connection, trace_id)
        return _summary(connection.execute(_summarising().where(traces.c.id == trace_id)).one())


def delete(library: Library, trace_id: int) -> None:
    """Deletes a trace with all it holds, for a scan from the beginning; scores can be computed again.

    Raises:
        StoreError: the library has no such trace, or it was not deleted.
    """
    with library.atomic() as connection:
        _trace(connection, trace_id)
        connection.execute(delete_from(adaptations).where(adaptations.c.trace == trace_id))
        connection.execute(delete_from(trace_skips).where(trace_skips.c.trace == trace_id))
        connection.execute(delete_from(trace_chunks).where(trace_chunks.c.trace == trace_id))
        connection.execute(delete_from(traces).where(traces.c.id == trace_id))


def _summarising() -> Select[Any]:
    stored = (
        select(func.coalesce(func.sum(trace_chunks.c.stop - trace_chunks.c.first), 0))
        .where(trace_chunks.c.trace == traces.c.id)
        .scalar_subquery()
    )
    return (
        select(traces, recordings.c.identity, stored.label("stored"))
        .join(recordings, recordings.c.id == traces.c.recording)
        .order_by(traces.c.id)
    )


def _trace(connection: Connection, trace_id: int) -> Row[Any]:
    row = connection.execute(select(traces).where(traces.c.id == trace_id)).one_or_none()
    if row is None:
        raise StoreError(f"The library holds no trace {trace_id}.")
    return row


def _touching(trace_id: int, first: int, stop: int) -> Select[tuple[int, int]]:
    """Chunks that share a window with ``[first, stop)``."""
    return select(trace_chunks.c.first, trace_chunks.c.stop).where(
        trace_chunks.c.trace == trace_id, trace_chunks.c.first < stop, trace_chunks.c.stop > first
    )


def _array(blob: bytes, kind: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    try:
        return np.frombuffer(blob, kind).reshape(shape)
    except ValueError as error:
        raise StoreError(
            "A stored trace is damaged: a chunk has the wrong length. Delete the trace to scan anew."
        ) from error


def _quality(blob: bytes, windows: int) -> NDArray[np.float32]:
    columns = len(MEASURES) if len(blob) == 4 * windows * len(MEASURES) else EARLIER_MEASURES
    return widened(_array(blob, "<f4", (windows, columns)))


def _identity_row(identity: TraceIdentity) -> dict[str, Any]:
    crop = identity.crop
    return {
        "bundle": identity.bundle,
        "clip_spec": identity.clip_spec,
        "stride": identity.stride,
        # repr keeps every digit; str(crop) does not
        "crop": ",".join(repr(float(edge)) for edge in (crop.left, crop.top, crop.right, crop.bottom)),
    }


def _summary(row: Row[Any]) -> TraceSummary:
    crop = Crop(*(float(edge) for edge in row.crop.split(",")))
    return TraceSummary(
        trace_id=row.id,
        recording_id=row.recording,
        identity=TraceIdentity(row.identity, row.bundle, row.clip_spec, row.stride, crop),
        bundle_name=row.bundle_name,
        grid=WindowGrid(row.windows, row.stride),
        bins=row.bins,
        features=row.features,
        stored=row.stored,
        created_at=datetime.fromisoformat(row.created_at),
    )
