"""The library at a glance: what is known of each recording, its scans and its raters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, case, func, select

from reviewer_app.domain.annotation import Matter, Rater
from reviewer_app.store import recordings, traces
from reviewer_app.store.library import Library
from reviewer_app.store.schema import eeg_files, ledger, raters
from reviewer_app.store.traces import TraceSummary


@dataclass(frozen=True, slots=True)
class RecordingOverview:
    """What the page of all recordings shows of each."""

    recording_id: int
    identity: str
    patient: str
    start: datetime  # wall clock at 0 s
    seconds: float
    paths: tuple[Path, ...]  # of the segments, in order
    eeg_paths: tuple[Path, ...]
    scans: tuple[TraceSummary, ...]  # in the order in which they were begun
    annotations: tuple[tuple[Rater, int], ...]  # how many of each rater stand; raters with none are left out

    @property
    def newest_scan(self) -> TraceSummary | None:
        """The scan that was begun last; None before the first."""
        return self.scans[-1] if self.scans else None


def overview(library: Library) -> tuple[RecordingOverview, ...]:
    """All recordings in the order in which they were added; no disk but the library's is asked."""
    scans: dict[int, list[TraceSummary]] = {}
    for scan in traces.summaries(library):
        scans.setdefault(scan.recording_id, []).append(scan)
    with library.reading() as connection:
        eeg = _eeg_paths(connection)
        counts = _annotations(connection)
    return tuple(
        RecordingOverview(
            recording_id=each.recording_id,
            identity=each.identity,
            patient=each.patient,
            start=each.start,
            seconds=each.seconds,
            paths=each.paths,
            eeg_paths=tuple(eeg.get(each.recording_id, ())),
            scans=tuple(scans.get(each.recording_id, ())),
            annotations=tuple(counts.get(each.recording_id, ())),
        )
        for each in recordings.summaries(library)
    )


def missing_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those that are not where they were last seen; asks their disks, which may take long to answer or be away."""
    return tuple(path for path in paths if not path.exists())


def _eeg_paths(connection: Connection) -> dict[int, list[Path]]:
    paths: dict[int, list[Path]] = {}
    rows = connection.execute(
        select(eeg_files.c.recording, eeg_files.c.path).order_by(eeg_files.c.recording, eeg_files.c.position)
    )
    for row in rows:
        paths.setdefault(row.recording, []).append(row.path)
    return paths


def _annotations(connection: Connection) -> dict[int, list[tuple[Rater, int]]]:
    counts: dict[int, list[tuple[Rater, int]]] = {}
    standing = standing_annotations()
    rows = connection.execute(
        select(ledger.c.recording, raters.c.id, raters.c.name, standing.label("standing"))
        .join(raters, raters.c.id == ledger.c.rater)
        .where(ledger.c.matter == Matter.ANNOTATION.value)
        .group_by(ledger.c.recording, raters.c.id, raters.c.name)
        .having(standing > 0)
        .order_by(ledger.c.recording, raters.c.id)
    )
    for row in rows:
        counts.setdefault(row.recording, []).append((Rater(row.id, row.name), row.standing))
    return counts


def standing_annotations() -> Any:
    """Counts over a ledger's rows of annotations how many stand: each was made once more than it was retracted."""
    made = case((ledger.c.old.is_(None), 1), else_=0)
    retracted = case((ledger.c.new.is_(None), 1), else_=0)
    return func.coalesce(func.sum(made - retracted), 0)
