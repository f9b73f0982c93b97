"""Builds a library's database and brings an old one up to date, on a copy that takes its place at the end."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from reviewer_app.errors import StoreError
from reviewer_app.store.backup import back_up
from reviewer_app.store.database import Database, failures, ignore_references
from reviewer_app.store.files import remove, replace, to_disk
from reviewer_app.store.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Revisions:
    """Alembic revisions, numbered from 1 (``0001``), and the newest number among them."""

    folder: Path
    newest: int


REVISIONS = Revisions(Path(__file__).parent / "migrations", SCHEMA)


def build(path: Path, key: bytes, revisions: Revisions) -> None:
    """Makes an empty database at ``path``, complete and on the disk, in place of what a killed attempt left there.

    Raises:
        StoreError: it cannot be written.
    """
    remove(path)
    database = Database(path, key)
    database.mark(0, mode="rwc")
    _upgrade(database, revisions)
    database.fold_journal()
    to_disk(path)


def migrate(database: Database, revisions: Revisions, *, backups: Path) -> Path:
    """Brings a database of an older release up to date; the caller holds the library.

    The old file stays as it is until a finished and checked copy takes its place in one step.

    Returns:
        The verified backup of the old database.

    Raises:
        StoreError: somebody uses the file, or a step failed; the old file is as it was.
    """
    database.fold_journal()
    old = database.census()
    backup = back_up(database, backups, complete=True)
    fresh = database.path.with_name(database.path.name + ".migrating")
    remove(fresh)
    copy = database.copy_to(fresh)
    _upgrade(copy, revisions)
    copy.fold_journal()
    copy.check()
    # A batch change can drop triggers, and with foreign keys on it can empty tables; both without a word.
    new = copy.census()
    lost = [name for name, count in old.items() if new.get(name) != count and name != "alembic_version"]
    if lost:
        raise StoreError(
            f"The library was not updated, because rows would be lost ({', '.join(lost)}); it is as it was."
        )
    to_disk(fresh)
    replace(fresh, database.path)
    return backup


def _upgrade(database: Database, revisions: Revisions) -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = database.engine()
    try:
        with failures(database.path, saving=True), engine.connect() as connection:
            # Before any BEGIN, where alone it has an effect: batch changes drop and rebuild parent tables.
            ignore_references(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except CommandError as error:
        raise StoreError(
            f"{database.path} could not be brought up to date: {error}. The library is as it was."
        ) from error
    finally:
        engine.dispose()
    database.mark(revisions.newest)
