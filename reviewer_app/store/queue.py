"""Jobs that wait to be done, kept until they are: the queue survives the program's end, however it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select, update

from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import queue


@dataclass(frozen=True, slots=True)
class Order:
    """A job that waits."""

    order_id: int
    kind: str
    payload: str  # JSON, which only those who put it there understand
    position: float  # smallest first


def put(library: Library, kind: str, payload: str, position: float | None = None) -> int:
    """Lets a job wait.

    Args:
        library: Where to keep it.
        kind: What sort of job it is.
        payload: What is needed to do it, as JSON.
        position: Its place among those that wait; behind all of them where not given.

    Returns:
        The order's id.

    Raises:
        StoreError: NOT SAVED.
    """
    with library.atomic() as connection:
        if position is None:
            last = connection.execute(select(func.max(queue.c.position))).scalar()
            position = 1.0 if last is None else last + 1.0
        now = datetime.now(UTC).isoformat()
        row = {"kind": kind, "payload": payload, "position": position, "added_at": now}
        inserted = connection.execute(insert(queue).values(row)).inserted_primary_key
        assert inserted is not None
        return int(inserted[0])


def waiting(library: Library) -> tuple[Order, ...]:
    """All orders, the one to do next first."""
    with library.reading() as connection:
        rows = connection.execute(select(queue).order_by(queue.c.position, queue.c.id))
        return tuple(Order(row.id, row.kind, row.payload, row.position) for row in rows)


def reorder(library: Library, order_ids: Sequence[int]) -> None:
    """Puts these orders first, in this order; others, put there meanwhile, follow as they were.

    Raises:
        StoreError: NOT SAVED; one of them waits no longer.
    """
    with library.atomic() as connection:
        rows = connection.execute(select(queue.c.id).order_by(queue.c.position, queue.c.id))
        known = [row.id for row in rows]
        if gone := [each for each in order_ids if each not in known]:
            raise StoreError(f"NOT SAVED. Order {gone[0]} waits no longer.")
        wanted = [*order_ids, *(each for each in known if each not in order_ids)]
        for position, order_id in enumerate(wanted, start=1):
            connection.execute(update(queue).where(queue.c.id == order_id).values(position=float(position)))


def remove(library: Library, order_id: int) -> None:
    """Takes an order out, as it is done or unwanted; one that is out already stays so.

    Raises:
        StoreError: NOT SAVED.
    """
    with library.atomic() as connection:
        connection.execute(delete(queue).where(queue.c.id == order_id))
