"""The tables of a library. Rows are ordered by their ids, never by a clock that somebody may set back."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

APPLICATION_ID = 0x53505352
"""Written into every library's header ("SPSR"), so that the file of another program is not taken for one."""

SCHEMA = 3
"""The number of the newest Alembic revision, also kept as the database's user_version."""


class FilePath(TypeDecorator[Path]):
    """A path, kept as the bytes that the operating system uses: a file's name need not be valid Unicode."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """From a path to the system's bytes."""
        return None if value is None else os.fsencode(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Path | None:  # noqa: ARG002
        """From the system's bytes to a path."""
        return None if value is None else Path(os.fsdecode(value))


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _belongs_to(table: str, **options: Any) -> Column[int]:
    # RESTRICT everywhere: with CASCADE, an Alembic batch change of the parent would silently empty the children.
    return Column(table.rstrip("s"), ForeignKey(f"{table}.id", ondelete="RESTRICT"), nullable=False, **options)


recordings = Table(
    "recordings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", String, nullable=False, unique=True),  # Recording.identity
    Column("start", String, nullable=False),  # ISO 8601 with its offset: the wall clock at 0 s
    Column("zone", String, nullable=False),  # IANA name of the time zone; empty where only the offset is known
    Column("seconds", Double, nullable=False),
    Column("patient", String, nullable=False),
    Column("added_at", String, nullable=False),  # ISO 8601, UTC; for people to read, never to order by
    sqlite_autoincrement=True,
)

segments = Table(
    "segments",
    metadata,
    _belongs_to("recordings", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", FilePath, nullable=False, index=True),
    Column("size", Integer, nullable=False),  # bytes
    Column("digest", String, nullable=False),
    Column("start", Double, nullable=False),  # recording seconds
    Column("stop", Double, nullable=False),
    Column("first_pts", Double, nullable=False),
    Column("clock_source", String, nullable=False),
    Column("readable", JSON, nullable=False),  # [[start, stop], ...] recording seconds; empty means all
    Column("has_sound", Boolean, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("rotation", Integer, nullable=False),
    Column("mirrored", Boolean, nullable=False),
    Column("codec", String, nullable=False),
    Column("pixel_format", String, nullable=False),
    Column("frame_rate", Double, nullable=False),
    Column("bit_rate", Double, nullable=False),
)

eeg_files = Table(
    "eeg_files",
    metadata,
    _belongs_to("recordings", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", FilePath, nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("start", Double, nullable=False),  # recording seconds, may be negative
    Column("seconds", Double, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("sampling_rate", Double, nullable=False),
)

remarks = Table(
    "remarks",
    metadata,
    _belongs_to("recordings", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", String, nullable=False),
)

traces = Table(
    "traces",
    metadata,
    Column("id", Integer, primary_key=True),
    _belongs_to("recordings"),
    Column("bundle", String, nullable=False),  # the bundle's identity: every score names what gave it
    Column("bundle_name", String, nullable=False),
    Column("clip_spec", String, nullable=False),
    Column("stride", Integer, nullable=False),  # grid frames
    Column("crop", String, nullable=False),  # left,top,right,bottom with every digit
    Column("windows", Integer, nullable=False),
    Column("bins", Integer, nullable=False),
    Column("features", Integer, nullable=False),
    Column("created_at", String, nullable=False),
    UniqueConstraint("recording", "bundle", "clip_spec", "stride", "crop"),
    sqlite_autoincrement=True,
)

# The arrays lie row after row, little-endian, as their comment says. Embeddings come last: SQLite then reads a trace
# without touching the pages that hold them, which are nine tenths of the file.
trace_chunks = Table(
    "trace_chunks",
    metadata,
    _belongs_to("traces", primary_key=True),
    Column("first", Integer, primary_key=True),  # window
    Column("stop", Integer, nullable=False),
    Column("states", LargeBinary, nullable=False),  # (n,) uint8
    Column("scores", LargeBinary, nullable=False),  # (n,) float32
    Column("activity", LargeBinary, nullable=False),  # (n, bins) float32
    Column("quality", LargeBinary, nullable=False),  # (n, measures) float32; see domain/quality.EARLIER_MEASURES
    Column("embeddings", LargeBinary, nullable=False),  # (n, features) float16
)

trace_skips = Table(
    "trace_skips",
    metadata,
    Column("id", Integer, primary_key=True),
    _belongs_to("traces", index=True),
    Column("start", Double, nullable=False),  # recording seconds
    Column("stop", Double, nullable=False),
    Column("reason", String, nullable=False),
    Column("added_at", String, nullable=False),
    sqlite_autoincrement=True,
)

raters = Table(
    "raters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
    sqlite_autoincrement=True,
)

# One row per alteration, in the order in which they were made. Triggers (revision 0002) refuse every change of a row,
# every row that does not continue its recording's chain, and every deletion but that of a forgotten recording.
ledger = Table(
    "ledger",
    metadata,
    _belongs_to("recordings", primary_key=True),
    Column("sequence", Integer, primary_key=True),  # from 1 in each recording
    Column("action", String, nullable=False, index=True),  # hex uuid; one keystroke may have several rows
    Column("reverses", String, nullable=False),  # the action that this one takes back; empty for an ordinary one
    _belongs_to("raters"),
    Column("matter", String, nullable=False),
    Column("key", String, nullable=False),  # hex uuid of the thing that changes
    Column("old", String),  # JSON, exactly as it was hashed; NULL where the thing was made
    Column("new", String),  # likewise; NULL where it was retracted
    Column("made_at", String, nullable=False),  # ISO 8601, UTC; for people to read, never to order by
    Column("previous", String, nullable=False),  # digest of the row before; empty in the first
    Column("digest", String, nullable=False),  # hex sha256 over all of the above, with the recording's identity
    Index("ix_ledger_recording_key", "recording", "key"),
)

# What is left of a recording that was deleted from the library. Its id is never given to another one.
forgotten = Table(
    "forgotten",
    metadata,
    Column("recording", Integer, primary_key=True, autoincrement=False),
    Column("forgotten_at", String, nullable=False),
    Column("rater", ForeignKey("raters.id", ondelete="RESTRICT")),  # NULL where nobody was named
    Column("annotations", Integer, nullable=False),  # that stood, of all raters
    Column("entries", Integer, nullable=False),  # rows of its ledger
    Column("head", String, nullable=False),  # digest of the last of them; empty where there was none
)

queue = Table(
    "queue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("payload", String, nullable=False),  # JSON, which only those who put it there understand
    Column("position", Double, nullable=False),  # smallest first; equal ones by their ids
    Column("added_at", String, nullable=False),
    sqlite_autoincrement=True,
)

# A head fitted to one recording, and what it makes of each of the recording's windows. Made anew whenever that is
# wanted, so rows go with their trace and nothing guards them.
adaptations = Table(
    "adaptations",
    metadata,
    Column("id", Integer, primary_key=True),
    _belongs_to("traces", index=True),
    Column("head", LargeBinary, nullable=False),  # (features + 1,) float64, the bias last
    Column("scores", LargeBinary, nullable=False),  # (windows,) float32, NaN where the trace has none
    Column("deviations", LargeBinary, nullable=False),  # (windows,) float32: how unsure each score's logit is
    Column("facts", String, nullable=False),  # JSON: from how many verdicts, and how it did on verdicts held out
    Column("ledger_head", String, nullable=False),  # digest of the last entry that it learned from
    Column("made_at", String, nullable=False),  # ISO 8601, UTC; for people to read, never to order by
    sqlite_autoincrement=True,
)

# What trainings read. Triggers (revision 0003) refuse every change and every deletion.
snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", String, nullable=False, unique=True),  # hex sha256 over the content before it was compressed
    Column("name", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib over canonical JSON
    Column("made_at", String, nullable=False),  # ISO 8601, UTC; for people to read, never to order by
    sqlite_autoincrement=True,
)

# Which bundle scans unless somebody names another: that of the newest row. Grows at its end alone (revision 0003).
promotions = Table(
    "promotions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", String, nullable=False),  # promote, keep or rollback
    Column("bundle", String, nullable=False),  # identity of the bundle that is current from here on
    Column("bundle_name", String, nullable=False),
    Column("replaced", String, nullable=False),  # identity of the one that was current before
    Column("replaced_name", String, nullable=False),
    Column("candidate", String, nullable=False),  # identity of the one that was looked at; of interest where it is kept
    Column("facts", String, nullable=False),  # JSON: the comparison that the person saw
    Column("rater", ForeignKey("raters.id", ondelete="RESTRICT")),  # NULL where nobody was named
    Column("made_at", String, nullable=False),  # ISO 8601, UTC; for people to read, never to order by
    sqlite_autoincrement=True,
)
