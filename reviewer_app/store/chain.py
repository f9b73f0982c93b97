"""How a ledger's rows are written down, chained by their hashes, read and checked."""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from reviewer_app.domain.annotation import (
    Action,
    Alteration,
    Arousal,
    Form,
    Label,
    Matter,
    Rater,
    Semiology,
    Side,
    Span,
    Statement,
)
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store.schema import ledger, raters, recordings

Value = Statement | Span


def actions_of(connection: Connection, recording_id: int) -> Iterator[Action]:
    """All actions of a recording, oldest first, with the names that their raters have now.

    Raises:
        StoreError: there is no such recording, or its rows were changed by other means; the text names the first place.
    """
    identity = identity_of(connection, recording_id)
    names = {row.id: Rater(row.id, row.name) for row in connection.execute(select(raters))}
    rows = connection.execute(select(ledger).where(ledger.c.recording == recording_id).order_by(ledger.c.sequence))
    for _, group in itertools.groupby(_verified(rows, recording_id, identity), key=lambda row: row.action):
        entries = list(group)
        last = entries[-1]
        # A name that is lost takes no words along.
        rater = names.get(last.rater, Rater(last.rater, f"rater {last.rater}"))
        alterations = tuple(_alteration(row) for row in entries)
        yield Action(last.action, rater, alterations, last.made_at, last.reverses, last.digest)


def ledgers(connection: Connection) -> dict[int, str]:
    """The head of each ledger that has entries, by its recording's id."""
    last = (
        select(ledger.c.recording, func.max(ledger.c.sequence).label("number")).group_by(ledger.c.recording).subquery()
    )
    heads = (ledger.c.recording == last.c.recording) & (ledger.c.sequence == last.c.number)
    rows = connection.execute(select(ledger.c.recording, ledger.c.digest).join(last, heads))
    return {row.recording: row.digest for row in rows}


def holds(connection: Connection, recording_id: int, digest: str) -> bool:
    """Whether a recording's ledger has an entry with this digest."""
    place = (ledger.c.recording == recording_id) & (ledger.c.digest == digest)
    return connection.execute(select(ledger.c.sequence).where(place)).first() is not None


def _verified(rows: Iterable[Row[Any]], recording_id: int, identity: str) -> Iterator[Row[Any]]:
    sequence, digest = 0, ""
    for row in rows:
        expected = (sequence + 1, digest)
        sequence, digest = row.sequence, row.digest
        if (row.sequence, row.previous) != expected or row.digest != _digest(identity, row._mapping):
            raise StoreError(
                f"The labels of recording {recording_id} were changed by another program, or are damaged: entry "
                f"{expected[0]} of its ledger is not what was saved. Restore a backup to see what it was."
            )
        yield row


def identity_of(connection: Connection, recording_id: int) -> str:
    """The recording's identity.

    Raises:
        StoreError: there is no such recording.
    """
    identity = connection.execute(select(recordings.c.identity).where(recordings.c.id == recording_id)).scalar()
    if identity is None:
        raise StoreError(f"The library holds no recording {recording_id}.")
    return str(identity)


def last_entry(connection: Connection, recording_id: int) -> tuple[int, str]:
    """Number and digest of the last entry; 0 and nothing where there is none."""
    newest = ledger.c.sequence.desc()
    row = connection.execute(
        select(ledger.c.sequence, ledger.c.digest).where(ledger.c.recording == recording_id).order_by(newest).limit(1)
    ).one_or_none()
    return (row.sequence, row.digest) if row else (0, "")


def chained(last: tuple[int, str], identity: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows for the entries, each with its number, the digest before it and its own.

    Args:
        last: number and digest of the row that they follow.
        identity: of the recording.
        entries: what is to be written.
    """
    sequence, digest = last
    for entry in entries:
        sequence += 1
        row = {**entry, "sequence": sequence, "previous": digest}
        digest = _digest(identity, row)
        yield {**row, "digest": digest}


_HASHED = ("sequence", "action", "reverses", "rater", "matter", "key", "old", "new", "made_at", "previous")


def _digest(identity: str, row: Mapping[Any, Any]) -> str:
    text = _json([identity, *(row[name] for name in _HASHED)])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _json(value: Any) -> str:
    # ASCII, so that half a surrogate pair or a zero in a note passes through; sorted, so that it has one form.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def text_of(value: Value | None) -> str | None:
    """A value as it is written down and hashed; equal values have equal texts."""
    if value is None:
        return None
    interval = [float(value.interval.start), float(value.interval.stop)]
    if isinstance(value, Span):
        return _json({"interval": interval, "played": value.played})
    said = value.semiology
    semiology = {"form": said.form, "side": said.side, "arousal": said.arousal, "cry": said.cry}
    return _json(
        {
            "interval": interval,
            "label": value.label,
            "semiology": {name: each for name, each in semiology.items() if each is not None},
            "note": value.note,
        }
    )


def _alteration(row: Row[Any]) -> Alteration:
    matter = Matter(row.matter)
    old, new = (None if text is None else value_of(matter, text) for text in (row.old, row.new))
    return Alteration(matter, row.key, old, new)


def value_of(matter: Matter, text: str) -> Value:
    """What was written down by ``text_of``."""
    told = json.loads(text)
    interval = Interval(*told["interval"])
    if matter is not Matter.ANNOTATION:
        return Span(interval, told["played"])
    said = told["semiology"]
    semiology = Semiology(
        form=Form(said["form"]) if "form" in said else None,
        side=Side(said["side"]) if "side" in said else None,
        arousal=Arousal(said["arousal"]) if "arousal" in said else None,
        cry=said.get("cry"),
    )
    return Statement(interval, Label(told["label"]), semiology, told["note"])
