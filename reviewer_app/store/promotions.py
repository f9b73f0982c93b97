"""Which bundle is current, and how it came to be: a history that grows at its end alone.

Triggers (revision 0003) refuse a row that supposes another bundle to be current than the newest one says, so two
programs cannot both replace the same one.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select

from reviewer_app.domain.annotation import Rater
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
    replaced: str  # identity of the one that was current before
    replaced_name: str
    candidate: str  # identity of the one that was looked at
    facts: str  # JSON: the comparison that the person saw
    made_at: str  # ISO 8601, UTC; to be read, never to order by
    rater_id: int | None = None


def append(library: Library, promotion: Promotion, *, rater: Rater | None = None) -> None:
    """Adds a decision, whole or not at all.

    Raises:
        StoreError: NOT SAVED, for instance because another bundle is current by now.
    """
    with library.atomic() as connection:
        connection.execute(
            insert(promotions).values(
                action=promotion.decision.value,
                bundle=promotion.bundle,
                bundle_name=promotion.bundle_name,
                replaced=promotion.replaced,
                replaced_name=promotion.replaced_name,
                candidate=promotion.candidate,
                facts=promotion.facts,
                rater=rater.rater_id if rater else None,
                made_at=promotion.made_at,
            )
        )


def history(library: Library) -> tuple[Promotion, ...]:
    """All decisions, oldest first; the last one tells which bundle is current."""
    with library.reading() as connection:
        return tuple(
            Promotion(
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
            for row in connection.execute(select(promotions).order_by(promotions.c.id))
        )
