"""The ledger: every change that a rater made, in order, each chained to the one before by a hash.

Rows are only added. A change that does not fit to what stands is refused before it is kept, so that the labels follow
from the rows alone; and a row that was changed, removed or moved by other means breaks the chain, which ``load`` finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from reviewer_app.domain.annotation import Action, Alteration, Matter, Statement
from reviewer_app.errors import StoreError
from reviewer_app.store import chain
from reviewer_app.store.chain import actions_of, chained, identity_of, last_entry, text_of, value_of
from reviewer_app.store.library import Library
from reviewer_app.store.schema import ledger

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
        identity = identity_of(connection, recording_id)
        kept = _kept(connection, recording_id, action, entries)
        if kept is None:
            _refuse_misfit(connection, recording_id, action, entries)
            rows = list(chained(last_entry(connection, recording_id), identity, entries))
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
        identity_of(connection, recording_id)
        return str(last_entry(connection, recording_id)[1])


def holds(library: Library, recording_id: int, digest: str) -> bool:
    """Whether a ledger still goes on from a head that a backup or an export tells; False where its end is missing.

    Args:
        library: Where to look.
        recording_id: Whose ledger.
        digest: The head; the empty one of a ledger without entries is part of every ledger.
    """
    with library.reading() as connection:
        return not digest or chain.holds(connection, recording_id, digest)


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
    value = value_of(Matter(entry["matter"]), entry["new"])
    span = f"{value.interval.start:.1f} s to {value.interval.stop:.1f} s"
    return f'it says "{value.label.value}" from {span}' if isinstance(value, Statement) else f"it goes from {span}"


def _entry(action: Action, alteration: Alteration) -> dict[str, Any]:
    return {
        "action": action.action_id,
        "reverses": action.reverses,
        "rater": action.rater.rater_id,
        "matter": alteration.matter.value,
        "key": alteration.key,
        "old": text_of(alteration.old),
        "new": text_of(alteration.new),
        "made_at": action.made_at,
    }
