"""Snapshots in the library: kept once under the hash of their content, and never without checking it again."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.snapshot import Consensus, LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import snapshots
from reviewer_app.store.sheet import write_text

FORM = 1
"""Of the JSON; a later form gets another number, and this one stays readable."""


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A snapshot with its name and place in the library."""

    number: int  # grows from one to the next
    identity: str  # hex sha256 over its canonical JSON
    name: str
    made_at: str  # ISO 8601, UTC; for people to read, never to order by
    snapshot: Snapshot


def put(library: Library, snapshot: Snapshot, *, name: str) -> KeptSnapshot:
    """Keeps a snapshot for good; one that is there already stays as it is, under the name that it got first.

    Raises:
        StoreError: NOT SAVED.
    """
    content = canonical(snapshot)
    identity = hashlib.sha256(content).hexdigest()
    with library.atomic() as connection:
        row = connection.execute(select(snapshots).where(snapshots.c.identity == identity)).one_or_none()
        if row is not None:
            return _kept(row)
        now = datetime.now(UTC).isoformat()
        inserted = connection.execute(
            insert(snapshots).values(identity=identity, name=name, content=zlib.compress(content), made_at=now)
        ).inserted_primary_key
        assert inserted is not None
        return KeptSnapshot(int(inserted[0]), identity, name, now, snapshot)


def all_snapshots(library: Library) -> tuple[KeptSnapshot, ...]:
    """All that are kept, newest first.

    Raises:
        StoreError: one of them is not what was kept.
    """
    with library.reading() as connection:
        return tuple(_kept(row) for row in connection.execute(select(snapshots).order_by(snapshots.c.id.desc())))


def find(library: Library, beginning: str) -> KeptSnapshot:
    """The snapshot whose identity begins so.

    Raises:
        StoreError: none does, or several do, or it is not what was kept.
    """
    begins = snapshots.c.identity.startswith(beginning.strip().lower(), autoescape=True)
    with library.reading() as connection:
        rows = connection.execute(select(snapshots).where(begins).limit(2)).all() if beginning.strip() else []
        if not rows:
            raise StoreError(
                f'The library holds no snapshot "{beginning}"; "spasm-reviewer snapshot list" names those it holds.'
            )
        if len(rows) > 1:
            raise StoreError(f'Several snapshots begin with "{beginning}"; give more of the identity.')
        return _kept(rows[0])


def canonical(snapshot: Snapshot) -> bytes:
    """The one form in which a snapshot is written down and hashed: equal snapshots have equal bytes."""
    rules = snapshot.rules
    told = {
        "form": FORM,
        "rules": {
            "consensus": rules.consensus.value,
            "adjudicator": rules.adjudicator,
            "stride": rules.stride,
            "shifts": rules.shifts,
            "negatives": float(rules.negatives),
            "seed": rules.seed,
        },
        "sources": [_source_json(each) for each in snapshot.sources],
        "windows": [_window_json(each) for each in snapshot.windows],
        "roles": [[patient, role.value] for patient, role in snapshot.roles],
        "warnings": list(snapshot.warnings),
    }
    return _json(told)


def write_snapshot(path: Path, kept: KeptSnapshot) -> None:
    """Writes a snapshot as JSON without names and paths: patients are numbered, and clip files told by their content.

    Raises:
        StoreError: the file cannot be written.
    """
    told = json.loads(canonical(kept.snapshot))
    numbers: dict[str, str] = {}
    for source in told["sources"]:
        numbers.setdefault(source["patient"], f"patient {len(numbers) + 1}")
        source["patient"] = numbers[source["patient"]]
        source["file"] = None
    told["roles"] = [[numbers[patient], role] for patient, role in told["roles"]]
    about = {
        "notice": RESEARCH_NOTICE,
        "identity": kept.identity,
        "made_at": kept.made_at,
        "left_out": "Patients' ids and files' paths; the identity is the hash of the snapshot with them.",
        "window_columns": ["source", "start_s", "target", "onsets_s", "side", "annotations"],
    }
    write_text(path, json.dumps({**about, **told}, indent=1) + "\n")


def _kept(row: Row[Any]) -> KeptSnapshot:
    try:
        content = zlib.decompress(row.content)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != row.identity:
        raise StoreError(
            f"The snapshot {row.identity[:12]} is damaged: it is not what was kept. Restore a backup of the library."
        )
    told = json.loads(content)
    if told["form"] != FORM:
        raise StoreError(f"The snapshot {row.identity[:12]} was made by a newer release; update the application.")
    return KeptSnapshot(row.id, row.identity, row.name, row.made_at, _snapshot(told))


def _snapshot(told: Mapping[str, Any]) -> Snapshot:
    rules = told["rules"]
    return Snapshot(
        SnapshotRules(**{**rules, "consensus": Consensus(rules["consensus"])}),
        tuple(_source(each) for each in told["sources"]),
        tuple(_window(*each) for each in told["windows"]),
        tuple((patient, Role(role)) for patient, role in told["roles"]),
        tuple(told["warnings"]),
    )


def _source_json(source: SnapshotSource) -> dict[str, Any]:
    crop = source.crop
    return {
        "patient": source.patient,
        "identity": source.identity,
        "head": source.head,
        "crop": None if crop is None else [crop.left, crop.top, crop.right, crop.bottom],
        "healthy": source.healthy,
        "file": None if source.file is None else str(source.file),
        "left_out": [[float(each.start), float(each.stop)] for each in source.left_out],
        "camera": source.camera,
    }


def _source(told: Mapping[str, Any]) -> SnapshotSource:
    return SnapshotSource(
        patient=told["patient"],
        identity=told["identity"],
        head=told["head"],
        crop=None if told["crop"] is None else Crop(*told["crop"]),
        healthy=told["healthy"],
        file=None if told["file"] is None else Path(told["file"]),
        left_out=tuple(Interval(*each) for each in told["left_out"]),
        camera=told["camera"],
    )


def _window_json(window: LabelledWindow) -> list[Any]:
    side = window.side.value if window.side else None
    onsets = [float(each) for each in window.onsets]
    return [window.source, float(window.start), float(window.target), onsets, side, list(window.annotations)]


def _window(
    source: int, start: float, target: float, onsets: list[float], side: str | None, annotations: list[str]
) -> LabelledWindow:
    said = None if side is None else Side(side)
    return LabelledWindow(source, start, target, tuple(onsets), said, tuple(annotations))


def _json(value: Any) -> bytes:
    # ASCII, so that a path that is no text passes through; sorted, so that it has one form.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")
