"""Puts a backup in the place of a library's database; what was there is set aside, never deleted."""

import os
import shutil
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from reviewer_app.errors import StoreError
from reviewer_app.store.backup import back_up, check_ledgers, new_name
from reviewer_app.store.database import Database, is_busy
from reviewer_app.store.files import replace, sync_folder, to_disk
from reviewer_app.store.keys import KeySource
from reviewer_app.store.library import USUAL, Surroundings, key_of
from reviewer_app.store.lock import Hold
from reviewer_app.store.schema import APPLICATION_ID


def restore(folder: Path, backup: Path, *, keys: KeySource, surroundings: Surroundings = USUAL) -> Path:
    """Makes a library what it was when a backup was made; nobody may have it open.

    The backup is checked first. The present database is backed up if it can still be read, and set aside in any case,
    together with its journal: SQLite would play a journal into a database that it does not belong to.

    Args:
        folder: The library's folder.
        backup: The backup, whether in the library's own folder of backups or elsewhere.
        keys: Where the library's key is kept.
        surroundings: For tests.

    Returns:
        The folder in which the database that was replaced lies now.

    Raises:
        StoreError: the backup cannot be used, or somebody has the library open; the library is as it was.
    """
    folder = folder.absolute()
    path, fresh = folder / "library.db", folder / "library.db.restoring"
    with ExitStack() as held:
        held.callback(Hold(folder / "library.lock").release)
        key = key_of(folder, keys)
        _check(Database(backup, key), newest=surroundings.revisions.newest)
        _copy(backup, fresh)
        _check(Database(fresh, key), newest=surroundings.revisions.newest)
        _back_up_what_can_be_read(Database(path, key, surroundings.patience))
        aside = _set_aside(folder)
        # The newest backup is what the library is now, so that the next one is not compared with the replaced state.
        (folder / "backups").mkdir(exist_ok=True)
        _copy(fresh, new_name(folder / "backups"))
        replace(fresh, path)
        return aside


def _back_up_what_can_be_read(present: Database) -> None:
    try:
        present.fold_journal()
    except StoreError as error:
        if is_busy(error):
            raise
        return  # it is damaged or gone, which is why one restores
    with suppress(StoreError):  # likewise; what is there is set aside in any case
        back_up(present, present.path.parent / "backups")


def _check(database: Database, *, newest: int) -> None:
    application, schema = database.facts()
    if application != APPLICATION_ID:
        raise StoreError(f"{database.path} is not a backup of a library.")
    if schema > newest:
        raise StoreError(f"{database.path} was made by a newer release of this application; update the application.")
    database.check()
    check_ledgers(database)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
        to_disk(target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise StoreError(f"{target} cannot be written: {error.strerror}.") from error


def _set_aside(folder: Path) -> Path:
    """Moves journals, and gives the database a second name, so that at no moment there is no database."""
    aside = folder / "set-aside" / datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    try:
        aside.mkdir(parents=True)
        for end in ("-wal", "-shm", "-journal"):
            journal = folder / f"library.db{end}"
            if journal.exists():
                journal.rename(aside / journal.name)
        if (folder / "library.db").exists():
            _name_twice(folder / "library.db", aside / "library.db")
        sync_folder(folder)
    except OSError as error:
        raise StoreError(f"What is in {folder} cannot be set aside: {error.strerror}.") from error
    return aside


def _name_twice(path: Path, also: Path) -> None:
    try:
        os.link(path, also)
    except OSError:  # a file system without links, such as that of USB sticks
        shutil.copyfile(path, also)
        to_disk(also)
