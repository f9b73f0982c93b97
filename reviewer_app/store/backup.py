"""Verified backups of a library's database: made while it is in use, reopened, checked, and kept for a year.

A backup holds everything but the embeddings, which are nine tenths of a library and can be computed from the video
again. The one made before a migration holds them too.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from reviewer_app.domain.backup import Backup, thinned
from reviewer_app.errors import StoreError
from reviewer_app.store import chain
from reviewer_app.store.database import Database, failures
from reviewer_app.store.files import remove, replace, to_disk
from reviewer_app.store.schema import forgotten

LEFT_OUT = {"trace_chunks": "embeddings"}

LEFT_BEHIND = 3600.0
"""Seconds after which an unfinished backup is taken for one whose program was killed."""

_NAME = re.compile(r"library-(\d{8}T\d{12}Z)\.db")
_TIME = "%Y%m%dT%H%M%S%fZ"


def backups(folder: Path) -> tuple[Backup, ...]:
    """The finished backups in a folder, newest first; none where there is no such folder."""
    found = []
    for path in folder.glob("library-*.db"):
        if name := _NAME.fullmatch(path.name):
            made_at = datetime.strptime(name[1], _TIME).replace(tzinfo=UTC)
            found.append(Backup(path, made_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def newest_backup(folder: Path) -> Backup | None:
    """The backup that was made last; None where there is none."""
    return next(iter(backups(folder)), None)


def changed_since(database: Database, backup: Backup) -> bool:
    """Whether anything was written to a database since a backup of it was made, by whichever program."""
    database.shorten_journal()
    return _stamp(database) is None or backup.path.stat().st_mtime_ns != _stamp(database)


def back_up(database: Database, folder: Path, *, complete: bool = False) -> Path:
    """Copies a database that may be in use, opens the copy again, checks it, and deletes backups that have served.

    Args:
        database: What to copy.
        folder: Where backups are kept; made where it is missing.
        complete: Whether the copy has the embeddings; nobody may write meanwhile.

    Returns:
        The backup.

    Raises:
        StoreError: the copy could not be written, or is not right; or it is, but shows that labels of the backup
            before it are missing.
    """
    _make(folder)
    before = newest_backup(folder)
    final = new_name(folder)
    partial = final.with_suffix(".partial")
    database.shorten_journal()
    stamp = _stamp(database)
    with _cleared_on_failure(partial):
        copy, found = _copied(database, partial, complete=complete)
        copy.check()
        if copy.census() != found or copy.facts() != database.facts():
            raise StoreError(f"The backup {partial} does not hold what the library holds; check the disk.")
        check_ledgers(copy)
        to_disk(partial)
        if stamp is not None:
            os.utime(partial, ns=(stamp, stamp))
        replace(partial, final)
    if before is not None:
        _refuse_missing_labels(Database(final, database.key), before)
    for served in thinned(backups(folder)):
        served.path.unlink(missing_ok=True)
    return final


def new_name(folder: Path) -> Path:
    """A name for a backup that is made now, later than all that are there, whatever the clock says."""
    now, newest = datetime.now(UTC), newest_backup(folder)
    if newest is not None and newest.made_at >= now:
        now = newest.made_at + timedelta(seconds=1)
    return folder / f"library-{now.strftime(_TIME)}.db"


def check_ledgers(database: Database) -> None:
    """Follows every ledger of a database from its first entry to its last.

    Raises:
        StoreError: one was changed by other means than this program's.
    """
    if "ledger" in database.census():  # from schema 2 on
        with _looking_into(database) as connection:
            for recording_id in chain.ledgers(connection):
                for _ in chain.actions_of(connection, recording_id):
                    pass


def _copied(database: Database, partial: Path, *, complete: bool) -> tuple[Database, dict[str, int]]:
    remove(partial)
    if not complete:
        return database.copy_without(partial, columns=LEFT_OUT)
    # First, because a copy of a damaged page is an undamaged page of zeros.
    database.check()
    return database.copy_to(partial), database.census()


def _refuse_missing_labels(copy: Database, before: Backup) -> None:
    """Raises where a ledger does not go on from where it stood in the backup before."""
    heads: dict[int, str] = {}
    # One of schema 1, or one that is damaged itself, can tell nothing.
    with suppress(StoreError), _looking_into(Database(before.path, copy.key)) as connection:
        heads = chain.ledgers(connection)
    if not heads:
        return
    with _looking_into(copy) as connection:
        gone = set(connection.execute(select(forgotten.c.recording)).scalars())
        lost = [each for each, head in heads.items() if each not in gone and not chain.holds(connection, each, head)]
    if lost:
        raise StoreError(
            f"A backup was made, but labels of recording {lost[0]} that the backup {before.path} holds are missing in "
            "the library. If nobody put an older copy in its place, another program has removed them: restore that one."
        )


@contextmanager
def _looking_into(database: Database) -> Iterator[Connection]:
    engine = database.engine(mode="ro")
    try:
        with failures(database.path, saving=False), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _stamp(database: Database) -> int | None:
    """When the file was last written; None while a journal holds more than it."""
    journal = database.path.with_name(database.path.name + "-wal")
    with suppress(FileNotFoundError):
        if journal.stat().st_size > 0:
            return None
    return database.path.stat().st_mtime_ns


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} for backups cannot be made: {error.strerror}.") from error
    for left in folder.glob("library-*.partial*"):
        # A younger one may be another program's, which is just being written.
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND:
                left.unlink()


@contextmanager
def _cleared_on_failure(partial: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        remove(partial)
        raise
