"""The people who rate in this library. A rater is the id; the name may change, and stays in the library."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import raters


def add(library: Library, name: str) -> Rater:
    """Lets one more person rate.

    Raises:
        StoreError: NOT SAVED; the name is empty, or somebody has it already.
    """
    with library.atomic() as connection:
        row = {"name": _free(connection, name), "added_at": datetime.now(UTC).isoformat()}
        inserted = connection.execute(insert(raters).values(row)).inserted_primary_key
        assert inserted is not None
        return Rater(int(inserted[0]), row["name"])


def all_raters(library: Library) -> tuple[Rater, ...]:
    """Everyone who was ever added, in that order."""
    with library.reading() as connection:
        return tuple(Rater(row.id, row.name) for row in connection.execute(select(raters).order_by(raters.c.id)))


def rename(library: Library, rater_id: int, name: str) -> Rater:
    """Gives a rater another name; what they said stays theirs.

    Raises:
        StoreError: NOT SAVED; there is no such rater, the name is empty, or somebody else has it.
    """
    with library.atomic() as connection:
        free = _free(connection, name, but_for=rater_id)
        changed = connection.execute(update(raters).where(raters.c.id == rater_id).values(name=free)).rowcount
        if not changed:
            raise StoreError(f"NOT SAVED. The library knows no rater {rater_id}.")
        return Rater(rater_id, free)


def _free(connection: Connection, name: str, *, but_for: int = 0) -> str:
    """The name without spaces around it."""
    name = " ".join(name.split())
    if not name:
        raise StoreError("NOT SAVED. A rater needs a name, such as initials.")
    taken = connection.execute(select(raters.c.id, raters.c.name)).all()
    if any(row.name.casefold() == name.casefold() and row.id != but_for for row in taken):
        raise StoreError(f'NOT SAVED. There is a rater "{name}" already; choose that one, or another name.')
    return name
