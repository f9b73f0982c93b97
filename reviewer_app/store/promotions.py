"""Which bundle is current in a library: a history that only grows, whose newest entry tells."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select

from reviewer_app.domain.roles import patient_key
from reviewer_app.errors import StoreError
from reviewer_app.store.library import Library
from reviewer_app.store.schema import promotions


class Decision(StrEnum):
    """What a person decided about a candidate."""

    PROMOTE = "promote"
    KEEP = "keep"  # the current one stays
    ROLL_BACK = "rollback"  # the one before comes back


@dataclass(frozen=True, slots=True)
class Promotion:
    """A line of the history."""

    decision: Decision
    bundle: str  # identity of the bundle that is current from here on
    bundle_name: str
    replaced: str  # identity of the one that the line before tells, so that the history is one chain for all patients
    replaced_name: str
    candidate: str  # identity of the one that was looked at
    facts: str  # JSON: the comparison that the person saw
    made_at: str = ""  # ISO 8601, UTC; to be read, never to order by; empty until it is kept
    rater_id: int | None = None

    @property
    def patient(self) -> str:
        """The patient whose bundle it is, where it was trained on one alone; empty otherwise."""
        return str(json.loads(self.facts).get("patient", ""))

    @property
    def rival(self) -> "Current":
        """The bundle that it was compared with, which scanned until then: by other promotions or by the settings."""
        told = json.loads(self.facts).get("current")
        return Current(told["identity"], told["name"]) if told else Current(self.replaced, self.replaced_name)


def append(library: Library, promotion: Promotion) -> Promotion:
    """Keeps a decision for good: before this returns the old bundle is current, afterwards the new one.

    Raises:
        StoreError: NOT SAVED; among others because another bundle became current meanwhile.
    """
    now = datetime.now(UTC).isoformat()
    with library.atomic() as connection:
        last = connection.execute(select(promotions).order_by(promotions.c.id.desc()).limit(1)).one_or_none()
        if last is not None and last.bundle != promotion.replaced:
            raise StoreError(f"NOT SAVED. {last.bundle_name} is the current bundle by now; compare with that one.")
        connection.execute(
            insert(promotions).values(
                action=promotion.decision.value,
                bundle=promotion.bundle,
                bundle_name=promotion.bundle_name,
                replaced=promotion.replaced,
                replaced_name=promotion.replaced_name,
                candidate=promotion.candidate,
                facts=promotion.facts,
                rater=promotion.rater_id,
                made_at=now,
            )
        )
    return replace(promotion, made_at=now)


def history(library: Library) -> tuple[Promotion, ...]:
    """All decisions, oldest first; the last one tells which bundle is current."""
    with library.reading() as connection:
        return tuple(_promotion(row) for row in connection.execute(select(promotions).order_by(promotions.c.id)))


@dataclass(frozen=True, slots=True)
class Current:
    """The bundle that scans unless somebody names another; it may not be on this machine any more."""

    identity: str
    name: str


def current(past: Sequence[Promotion], *, patient: str = "") -> Current | None:
    """The bundle that is current for a patient's recordings; None where none was ever promoted, so the default is.

    Args:
        past: The history, oldest first.
        patient: Whose recording is to be scanned; a bundle that was trained on one patient alone counts for no other.
    """
    first = next((each for each in past if each.decision is Decision.PROMOTE), None)
    return None if first is None else _current(promoted(past), first, patient)


def before(past: Sequence[Promotion]) -> Current:
    """The bundle that is current again, for whom the last promotion that stands was, once that one is taken back.

    Args:
        past: The history, oldest first, with a promotion that stands.
    """
    first = next(each for each in past if each.decision is Decision.PROMOTE)
    *earlier, last = promoted(past)
    return _current(earlier, first, last.patient)


def _current(standing: Sequence[Promotion], first: Promotion, patient: str) -> Current:
    for each in reversed(standing):
        if not each.patient or patient_key(each.patient) == patient_key(patient):
            return Current(each.bundle, each.bundle_name)
    return first.rival


def promoted(past: Sequence[Promotion]) -> tuple[Promotion, ...]:
    """The promotions that stand, oldest first: a rollback takes the last one back, and the next the one before it.

    Args:
        past: The history, oldest first.
    """
    standing: list[Promotion] = []
    for each in past:
        if each.decision is Decision.PROMOTE:
            standing.append(each)
        elif each.decision is Decision.ROLL_BACK:
            standing.pop()
    return tuple(standing)


def _promotion(row: Row[Any]) -> Promotion:
    return Promotion(
        Decision(row.action),
        row.bundle,
        row.bundle_name,
        row.replaced,
        row.replaced_name,
        row.candidate,
        row.facts,
        row.made_at,
        row.rater,
    )
