"""Raters, the ledger of what they say, what is left of forgotten recordings, and the queue of jobs.

A revision repeats what the tables looked like then; it never imports today's schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TRIGGERS = {
    # INSERT OR REPLACE deletes without asking the delete trigger, so a row must also be the next one of its chain.
    "ledger_grows_at_its_end": """
        BEFORE INSERT ON ledger
        WHEN NEW.sequence != 1 + coalesce((SELECT max(sequence) FROM ledger WHERE recording = NEW.recording), 0)
          OR NEW.previous != coalesce(
            (SELECT digest FROM ledger WHERE recording = NEW.recording ORDER BY sequence DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows at its end'); END""",
    "ledger_never_changes": """
        BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger never changes'); END""",
    "ledger_never_shrinks": """
        BEFORE DELETE ON ledger
        WHEN NOT EXISTS (SELECT 1 FROM forgotten WHERE recording = OLD.recording)
        BEGIN SELECT RAISE(ABORT, 'the ledger of a recording that is not forgotten never shrinks'); END""",
    "forgotten_tells_the_truth": """
        BEFORE INSERT ON forgotten
        WHEN EXISTS (SELECT 1 FROM forgotten WHERE recording = NEW.recording)
          OR NEW.entries != (SELECT count(*) FROM ledger WHERE recording = NEW.recording)
          OR NEW.head != coalesce(
            (SELECT digest FROM ledger WHERE recording = NEW.recording ORDER BY sequence DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'not what the ledger holds'); END""",
    "forgotten_never_changes": """
        BEFORE UPDATE ON forgotten
        BEGIN SELECT RAISE(ABORT, 'what was forgotten never changes'); END""",
    "forgotten_never_shrinks": """
        BEFORE DELETE ON forgotten
        BEGIN SELECT RAISE(ABORT, 'what was forgotten stays so'); END""",
}


def upgrade() -> None:
    """Makes the tables of what people say, and the triggers that keep it."""
    _raters()
    _ledger()
    _forgotten()
    _queue()
    for name, body in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def _raters() -> None:
    op.create_table(
        "raters",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_raters"),
        sa.UniqueConstraint("name", name="uq_raters_name"),
        sqlite_autoincrement=True,
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("recording", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("reverses", sa.String, nullable=False),
        sa.Column("rater", sa.Integer, nullable=False),
        sa.Column("matter", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("old", sa.String, nullable=True),
        sa.Column("new", sa.String, nullable=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("recording", "sequence", name="pk_ledger"),
        _refers("ledger", "recording"),
        _refers("ledger", "rater"),
    )
    op.create_index("ix_ledger_action", "ledger", ["action"])
    op.create_index("ix_ledger_recording_key", "ledger", ["recording", "key"])


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        sa.Column("recording", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("forgotten_at", sa.String, nullable=False),
        sa.Column("rater", sa.Integer, nullable=True),
        sa.Column("annotations", sa.Integer, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("head", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("recording", name="pk_forgotten"),
        _refers("forgotten", "rater"),
    )


def _queue() -> None:
    op.create_table(
        "queue",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("payload", sa.String, nullable=False),
        sa.Column("position", sa.Double, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue"),
        sqlite_autoincrement=True,
    )


def _refers(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{column}s"
    return sa.ForeignKeyConstraint([column], [f"{column}s.id"], name=name, ondelete="RESTRICT")
