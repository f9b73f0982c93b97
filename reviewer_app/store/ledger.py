"""The ledger: every change that a rater made, in order, each chained to the one before by a hash.

Rows are only added. A change that does not fit to what stands is refused before it is kept, so that the labels follow
from the rows alone; and a row that was changed, removed or moved by other means breaks the chain, which ``load`` finds.
"""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select

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
from reviewer_app.store.library import Library
from reviewer_app.store.schema import ledger, raters, recordings

Value = Statement | Span

AT_ONCE = 500
"""Keys looked up in one question: SQLite takes a limited number of parameters."""


def append(library: Library, recording_id: int, action: Action) -> Action:
    """Keeps an action for good: when this returns, neither a crash nor a power cut takes it away.

    The same action again is kept once, so that a save of which nobody knows whether it succeeded can be repeated.

    Returns:
        The action with its digest.

    Raises:
        StoreError: NOT SAVED; among others because the action changes what has changed meanwhile, or another
            rater's words.
    """
    if not action.alterations:
        raise ValueError("an action without alterations")
    entries = [_entry(action, each) for each in action.alterations]
    with library.atomic() as connection:
        identity = _identity(connection, recording_id)
        kept = _kept(connection, recording_id, action, entries)
        if kept is None:
            _refuse_misfit(connection, recording_id, action, entries)
            rows = list(_chained(_last(connection, recording_id), identity, entries))
            connection.execute(insert(ledger), [{**row, "recording": recording_id} for row in rows])
            kept = str(rows[-1]["digest"])
        return replace(action, digest=kept)


def load(library: Library, recording_id: int) -> tuple[Action, ...]:
    """All actions of a recording, oldest first, with the names that their raters have now.

    Raises:
        StoreError: the library has no such recording, or its ledger was changed by other means; the text names the
            first place.
    """
    with library.reading() as connection:
        return tuple(actions_of(connection, recording_id))


def head(library: Library, recording_id: int) -> str:
    """The digest of a ledger's last entry, which stands for all of it; empty where nothing was said.

    Raises:
        StoreError: the library has no such recording.
    """
    with library.reading() as connection:
        _identity(connection, recording_id)
        return str(_last(connection, recording_id)[1])


def holds(library: Library, recording_id: int, digest: str) -> bool:
    """Whether a ledger still goes on from a head that a backup or an export tells; False where its end is missing.

    Args:
        library: Where to look.
        recording_id: Whose ledger.
        digest: The head; the empty one of a ledger without entries is part of every ledger.
    """
    place = (ledger.c.recording == recording_id) & (ledger.c.digest == digest)
    with library.reading() as connection:
        return not digest or connection.execute(select(ledger.c.sequence).where(place)).first() is not None


def actions_of(connection: Connection, recording_id: int) -> Iterator[Action]:
    """What ``load`` gives, from a connection that reads.

    Raises:
        StoreError: as ``load`` does.
    """
    identity = _identity(connection, recording_id)
    names = {row.id: Rater(row.id, row.name) for row in connection.execute(select(raters))}
    rows = connection.execute(select(ledger).where(ledger.c.recording == recording_id).order_by(ledger.c.sequence))
    for _, group in itertools.groupby(_verified(rows, recording_id, identity), key=lambda row: row.action):
        entries = list(group)
        last = entries[-1]
        alterations = tuple(_alteration(row) for row in entries)
        yield Action(last.action, names[last.rater], alterations, last.made_at, last.reverses, last.digest)


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


def _identity(connection: Connection, recording_id: int) -> str:
    identity = connection.execute(select(recordings.c.identity).where(recordings.c.id == recording_id)).scalar()
    if identity is None:
        raise StoreError(f"The library holds no recording {recording_id}.")
    return str(identity)


def _last(connection: Connection, recording_id: int) -> tuple[int, str]:
    """Number and digest of the last entry; 0 and nothing where there is none."""
    newest = ledger.c.sequence.desc()
    row = connection.execute(
        select(ledger.c.sequence, ledger.c.digest).where(ledger.c.recording == recording_id).order_by(newest).limit(1)
    ).one_or_none()
    return (row.sequence, row.digest) if row else (0, "")


def _kept(
    connection: Connection, recording_id: int, action: Action, entries: Sequence[Mapping[str, Any]]
) -> str | None:
    """The digest of an action that the ledger holds already."""
    columns = [ledger.c[name] for name in ("recording", *entries[0])]
    rows = connection.execute(
        select(*columns, ledger.c.digest).where(ledger.c.action == action.action_id).order_by(ledger.c.sequence)
    ).all()
    if not rows:
        return None
    if [tuple(row)[:-1] for row in rows] != [(recording_id, *entry.values()) for entry in entries]:
        raise StoreError(f"NOT SAVED. The library holds another action under the id {action.action_id}.")
    return str(rows[-1].digest)


def _refuse_misfit(
    connection: Connection, recording_id: int, action: Action, entries: Sequence[Mapping[str, Any]]
) -> None:
    """Refuses changes of what stands otherwise, or is another rater's."""
    standing = _standing(connection, recording_id, [entry["key"] for entry in entries])
    for entry in entries:
        known = standing.get(entry["key"])
        if known is None:
            if entry["old"] is not None:
                raise StoreError("NOT SAVED. What should be changed is not in the library.")
        elif known["rater"] != action.rater.rater_id or known["matter"] != entry["matter"]:
            raise StoreError("NOT SAVED. This was said by another rater, and only they can change it.")
        elif known["new"] != entry["old"]:
            raise StoreError(f"NOT SAVED. This has changed meanwhile: {_words(known)}. Open the recording again.")
        standing[entry["key"]] = entry


def _standing(connection: Connection, recording_id: int, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The last entry about each of some things."""
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = ledger.c.key.in_(keys[start : start + AT_ONCE])
        question = select(ledger).where(ledger.c.recording == recording_id, part).order_by(ledger.c.sequence)
        found.update({str(row.key): dict(row._mapping) for row in connection.execute(question)})
    return found


def _words(entry: Mapping[str, Any]) -> str:
    if entry["new"] is None:
        return "it was taken back"
    value = _value(Matter(entry["matter"]), entry["new"])
    span = f"{value.interval.start:.1f} s to {value.interval.stop:.1f} s"
    return f'it says "{value.label.value}" from {span}' if isinstance(value, Statement) else f"it goes from {span}"


def _entry(action: Action, alteration: Alteration) -> dict[str, Any]:
    return {
        "action": action.action_id,
        "reverses": action.reverses,
        "rater": action.rater.rater_id,
        "matter": alteration.matter.value,
        "key": alteration.key,
        "old": _text(alteration.old),
        "new": _text(alteration.new),
        "made_at": action.made_at,
    }


def _chained(last: tuple[int, str], identity: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
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


def _text(value: Value | None) -> str | None:
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
    old, new = (None if text is None else _value(matter, text) for text in (row.old, row.new))
    return Alteration(matter, row.key, old, new)


def _value(matter: Matter, text: str) -> Value:
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
