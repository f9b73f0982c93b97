"""What learning leaves: adaptations of a trace, snapshots that trainings read, and which bundle is current.

A revision repeats what the tables looked like then; it never imports today's schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TRIGGERS = {
    # INSERT OR REPLACE deletes without asking the delete trigger, so it must not meet a row that is there.
    "snapshots_are_made_once": """
        BEFORE INSERT ON snapshots
        WHEN EXISTS (SELECT 1 FROM snapshots WHERE id = NEW.id OR identity = NEW.identity)
        BEGIN SELECT RAISE(ABORT, 'this snapshot is there already'); END""",
    "snapshots_never_change": """
        BEFORE UPDATE ON snapshots
        BEGIN SELECT RAISE(ABORT, 'a snapshot never changes'); END""",
    "snapshots_never_go": """
        BEFORE DELETE ON snapshots
        BEGIN SELECT RAISE(ABORT, 'a snapshot never goes'); END""",
    "promotions_grow_at_their_end": """
        BEFORE INSERT ON promotions
        WHEN EXISTS (SELECT 1 FROM promotions WHERE id = NEW.id)
          OR NEW.replaced != coalesce((SELECT bundle FROM promotions ORDER BY id DESC LIMIT 1), NEW.replaced)
        BEGIN SELECT RAISE(ABORT, 'another bundle is current by now'); END""",
    "promotions_never_change": """
        BEFORE UPDATE ON promotions
        BEGIN SELECT RAISE(ABORT, 'what was promoted never changes'); END""",
    "promotions_never_go": """
        BEFORE DELETE ON promotions
        BEGIN SELECT RAISE(ABORT, 'what was promoted stays so'); END""",
}


def upgrade() -> None:
    """Makes the three tables, and the triggers that keep two of them."""
    op.create_table(
        "adaptations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("trace", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("scores", sa.LargeBinary, nullable=False),
        sa.Column("deviations", sa.LargeBinary, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("ledger_head", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_adaptations"),
        sa.ForeignKeyConstraint(["trace"], ["traces.id"], name="fk_adaptations_trace_traces", ondelete="RESTRICT"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_adaptations_trace", "adaptations", ["trace"])
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("identity", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
        sa.UniqueConstraint("identity", name="uq_snapshots_identity"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "promotions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("bundle", sa.String, nullable=False),
        sa.Column("bundle_name", sa.String, nullable=False),
        sa.Column("replaced", sa.String, nullable=False),
        sa.Column("replaced_name", sa.String, nullable=False),
        sa.Column("candidate", sa.String, nullable=False),
        sa.Column("facts", sa.String, nullable=False),
        sa.Column("rater", sa.Integer, nullable=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promotions"),
        sa.ForeignKeyConstraint(["rater"], ["raters.id"], name="fk_promotions_rater_raters", ondelete="RESTRICT"),
        sqlite_autoincrement=True,
    )
    for name, body in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")
