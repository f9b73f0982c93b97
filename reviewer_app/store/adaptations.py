"""Adaptations in the library: at most one for each trace and rater, as each is fitted anew to all verdicts."""

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, insert, select

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.trace import frozen
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import adaptations, traces


def put(library: Library, trace_id: int, adaptation: Adaptation) -> int:
    """Keeps an adaptation in place of the rater's earlier one of this trace.

    Returns:
        Its number.

    Raises:
        StoreError: NOT SAVED; among others because the trace is gone or has another number of windows.
    """
    facts = {
        "rater": adaptation.rater_id,
        "verdicts": adaptation.verdicts,
        "sureness": adaptation.sureness,
    }
    with library.atomic() as connection:
        if _windows(connection, trace_id) != len(adaptation.scores):
            raise StoreError(f"NOT SAVED. Trace {trace_id} has another number of windows than its adaptation.")
        _discard(connection, trace_id, adaptation.rater_id)
        made = insert(adaptations).values(
            trace=trace_id,
            head=adaptation.head.astype("<f8").tobytes(),
            scores=adaptation.scores.astype("<f4").tobytes(),
            deviations=adaptation.deviations.astype("<f4").tobytes(),
            facts=json.dumps(facts, sort_keys=True),
            ledger_head=adaptation.ledger_head,
            made_at=datetime.now(UTC).isoformat(),
        )
        inserted = connection.execute(made).inserted_primary_key
        assert inserted is not None
        return int(inserted[0])


def find(library: Library, trace_id: int, rater_id: int) -> Adaptation | None:
    """A rater's adaptation of a trace; None where there is none.

    Raises:
        StoreError: it is damaged.
    """
    with library.reading() as connection:
        question = select(adaptations).where(adaptations.c.trace == trace_id)
        rows = [row for row in connection.execute(question) if json.loads(row.facts)["rater"] == rater_id]
        if not rows:
            return None
        row, windows = rows[-1], _windows(connection, trace_id)
        facts = json.loads(row.facts)
        return Adaptation(
            head=frozen(_numbers(row.head, "<f8")),
            scores=_of_windows(row.scores, windows),
            deviations=_of_windows(row.deviations, windows),
            rater_id=rater_id,
            verdicts=facts["verdicts"],
            sureness=facts["sureness"],
            ledger_head=row.ledger_head,
        )


def discard(library: Library, trace_id: int, rater_id: int) -> None:
    """Deletes a rater's adaptation of a trace, as when it does no better any more.

    Raises:
        StoreError: NOT SAVED.
    """
    with library.atomic() as connection:
        _discard(connection, trace_id, rater_id)


def _discard(connection: Connection, trace_id: int, rater_id: int) -> None:
    question = select(adaptations.c.id, adaptations.c.facts).where(adaptations.c.trace == trace_id)
    own = [row.id for row in connection.execute(question) if json.loads(row.facts)["rater"] == rater_id]
    connection.execute(delete(adaptations).where(adaptations.c.id.in_(own)))


def _windows(connection: Connection, trace_id: int) -> int | None:
    windows: int | None = connection.execute(select(traces.c.windows).where(traces.c.id == trace_id)).scalar()
    return windows


def _of_windows(blob: bytes, windows: int | None) -> NDArray[np.float32]:
    values = _numbers(blob, "<f4")
    if len(values) != windows:
        raise StoreError("A stored adaptation is damaged: it has the wrong length. Adapt again.")
    return frozen(values)


def _numbers(blob: bytes, kind: str) -> NDArray[Any]:
    try:
        return np.frombuffer(blob, kind).copy()
    except ValueError as error:
        raise StoreError("A stored adaptation is damaged: it has the wrong length. Adapt again.") from error
