"""Recordings and traces: the first tables of a library.

A revision repeats what the tables looked like then; it never imports today's schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first tables."""
    _recordings()
    _files()
    _traces()
    _chunks()


def _recordings() -> None:
    op.create_table(
        "recordings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("identity", sa.String, nullable=False),
        sa.Column("start", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("patient", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
        sa.UniqueConstraint("identity", name="uq_recordings_identity"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "remarks",
        sa.Column("recording", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("recording", "position", name="pk_remarks"),
        _refers("remarks", "recording"),
    )


def _files() -> None:
    op.create_table(
        "segments",
        sa.Column("recording", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("path", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("start", sa.Double, nullable=False),
        sa.Column("stop", sa.Double, nullable=False),
        sa.Column("first_pts", sa.Double, nullable=False),
        sa.Column("clock_source", sa.String, nullable=False),
        sa.Column("readable", sa.JSON, nullable=False),
        sa.Column("has_sound", sa.Boolean, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("rotation", sa.Integer, nullable=False),
        sa.Column("mirrored", sa.Boolean, nullable=False),
        sa.Column("codec", sa.String, nullable=False),
        sa.Column("pixel_format", sa.String, nullable=False),
        sa.Column("frame_rate", sa.Double, nullable=False),
        sa.Column("bit_rate", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("recording", "position", name="pk_segments"),
        _refers("segments", "recording"),
    )
    op.create_index("ix_segments_path", "segments", ["path"])
    op.create_table(
        "eeg_files",
        sa.Column("recording", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("path", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("start", sa.Double, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("sampling_rate", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("recording", "position", name="pk_eeg_files"),
        _refers("eeg_files", "recording"),
    )


def _traces() -> None:
    op.create_table(
        "traces",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("recording", sa.Integer, nullable=False),
        sa.Column("bundle", sa.String, nullable=False),
        sa.Column("bundle_name", sa.String, nullable=False),
        sa.Column("clip_spec", sa.String, nullable=False),
        sa.Column("stride", sa.Integer, nullable=False),
        sa.Column("crop", sa.String, nullable=False),
        sa.Column("windows", sa.Integer, nullable=False),
        sa.Column("bins", sa.Integer, nullable=False),
        sa.Column("features", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_traces"),
        sa.UniqueConstraint("recording", "bundle", "clip_spec", "stride", "crop", name="uq_traces_recording"),
        _refers("traces", "recording"),
        sqlite_autoincrement=True,
    )


def _chunks() -> None:
    op.create_table(
        "trace_chunks",
        sa.Column("trace", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("states", sa.LargeBinary, nullable=False),
        sa.Column("scores", sa.LargeBinary, nullable=False),
        sa.Column("activity", sa.LargeBinary, nullable=False),
        sa.Column("quality", sa.LargeBinary, nullable=False),
        sa.Column("embeddings", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("trace", "first", name="pk_trace_chunks"),
        _refers("trace_chunks", "trace"),
    )
    op.create_table(
        "trace_skips",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("trace", sa.Integer, nullable=False),
        sa.Column("start", sa.Double, nullable=False),
        sa.Column("stop", sa.Double, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trace_skips"),
        _refers("trace_skips", "trace"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trace_skips_trace", "trace_skips", ["trace"])


def _refers(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{column}s"
    return sa.ForeignKeyConstraint([column], [f"{column}s.id"], name=name, ondelete="RESTRICT")
