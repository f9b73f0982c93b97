"""Everything that only SQLite and SQLCipher know: opening, pragmas, copies, checks, and their errors in our words."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from reviewer_app.errors import StoreError
from reviewer_app.store.schema import APPLICATION_ID

PATIENCE = 10.0
"""Seconds to wait for another program's write to end."""

SAFE_WAL = (3, 51, 3)
"""The first SQLite whose WAL cannot lose commits when it is reset while a reader starts."""

PLAIN_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Database:
    """An encrypted SQLite file with its key."""

    path: Path
    key: bytes
    patience: float = PATIENCE

    def connect(self, *, mode: str) -> Any:
        """A connection of the driver; ``mode`` is ``ro``, ``rw`` or ``rwc`` (which may make the file).

        Errors of the driver pass through; ``failures`` turns them into ours.
        """
        connection = sqlcipher.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,  # transactions begin and end where we say so
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            timeout=self.patience,
        )
        # SQLCipher reports each refused page on stderr, with its own words; ours are enough.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # A raw key: 32 random bytes need no stretching, so opening takes no time.
        connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk there
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        return connection

    def engine(self, *, mode: str = "rw") -> Engine:
        """SQLAlchemy's way to the file, which must exist already; ``ro`` leaves it as it is."""
        journal = journal_mode(sqlcipher.sqlite_version_info)

        def connect() -> Any:
            connection = self.connect(mode=mode)
            if mode != "ro":
                connection.execute(f"PRAGMA journal_mode = {journal}")
            return connection

        engine = create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool)
        event.listen(engine, "begin", _begin)
        return engine

    def facts(self) -> tuple[int, int]:
        """The file's application id and schema number, without changing a byte of it."""
        with failures(self.path, saving=False), closing(self.connect(mode="ro")) as connection:
            return number(connection, "application_id"), number(connection, "user_version")

    def mark(self, schema: int, *, mode: str = "rw") -> None:
        """Writes the application id and the schema number."""
        with failures(self.path, saving=True), closing(self.connect(mode=mode)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {schema}")

    def copy_to(self, target: Path) -> "Database":
        """Writes the whole content to a new file with the same key, as it was at one moment."""
        with failures(self.path, saving=True), closing(self.connect(mode="ro")) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        return Database(target, self.key, self.patience)

    def copy_without(self, target: Path, *, columns: Mapping[str, str]) -> tuple["Database", dict[str, int]]:
        """Writes the content to a new file with the same key, as it was at one moment, while others go on writing.

        Args:
            target: The file to make.
            columns: A column by its table's name; the copy has empty values there.

        Returns:
            The copy, and the census of what was copied.
        """
        with failures(self.path, saving=True), closing(self.connect(mode="ro")) as connection:
            connection.execute(
                f"ATTACH ? AS copy KEY \"x'{self.key.hex()}'\"", (f"{target.absolute().as_uri()}?mode=rwc",)
            )
            connection.execute("PRAGMA copy.journal_mode = OFF")  # a copy cut off is thrown away
            connection.execute("BEGIN")
            found = _census(connection)
            objects = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            tables = [(name, sql) for kind, name, sql in objects if kind == "table" and not name.startswith("sqlite_")]
            for name, sql in tables:
                connection.execute(re.sub(r"^CREATE TABLE ", "CREATE TABLE copy.", sql))
                _copy_rows(connection, name, without=columns.get(name))
            # Ids that were given once are never given again; copying the rows counted only those still there.
            connection.execute("DELETE FROM copy.sqlite_sequence")
            connection.execute("INSERT INTO copy.sqlite_sequence SELECT * FROM main.sqlite_sequence")
            # After the rows: they would ask the triggers, and each row would be sorted into every index.
            for kind, _, sql in objects:
                if kind != "table":
                    connection.execute(re.sub(r"^CREATE (UNIQUE INDEX|INDEX|TRIGGER) ", r"CREATE \1 copy.", sql))
            for pragma in ("application_id", "user_version"):
                connection.execute(f"PRAGMA copy.{pragma} = {number(connection, pragma)}")
            _refuse_zeros(connection.execute)
            connection.execute("COMMIT")
        return Database(target, self.key, self.patience), found

    def shorten_journal(self) -> None:
        """Brings what the journal holds into the file and empties it, unless somebody reads or writes just now."""
        with failures(self.path, saving=False), closing(self.connect(mode="rw")) as connection:
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def fold_journal(self) -> None:
        """Brings everything into the one file, so that it can be copied, replaced or renamed.

        Leaving WAL mode needs the file for oneself alone, so this also finds out whether somebody else has it open.

        Raises:
            StoreError: somebody uses the file, or the disk is full.
        """
        with failures(self.path, saving=False), closing(self.connect(mode="rw")) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise StoreError(f"The journal of {self.path} could not be closed; restart the computer and try again.")

    def check(self) -> None:
        """Reads every page and row: message codes, structure, references.

        Raises:
            StoreError: something is damaged.
        """
        with failures(self.path, saving=False), closing(self.connect(mode="ro")) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            faults += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"row {row[1]} of {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
        if faults:
            raise StoreError(_damaged(self.path) + f" First finding: {faults[0]}.")

    def census(self) -> dict[str, int]:
        """How many rows each table holds; each trigger counts as a table with one row."""
        with failures(self.path, saving=False), closing(self.connect(mode="ro")) as connection:
            return _census(connection)


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where this SQLite does it safely, else the older and slower rollback journal."""
    return "WAL" if version >= SAFE_WAL else "DELETE"


def ignore_references(connection: Connection) -> None:
    """Switches foreign keys off; SQLite heeds this outside a transaction only, so it goes past SQLAlchemy."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")


def refuse_damaged_reads(connection: Connection) -> None:
    """Raises where a page that was read in this transaction did not pass SQLCipher's check.

    SQLCipher gives zeros for such a page and reports it at the next page that it decrypts. When the damaged page was
    the last one read, such as the end of a large value, nobody would hear of it: so one more page is read here, after
    the cache is emptied, as a page in the cache is not decrypted again.
    """
    _refuse_zeros(connection.exec_driver_sql)


def _refuse_zeros(execute: Callable[[str], Any]) -> None:
    execute("PRAGMA shrink_memory")
    execute("SELECT version_num FROM alembic_version").fetchall()


def _census(connection: Any) -> dict[str, int]:
    names = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    counts = {f"trigger {name}": 1 for kind, name in names if kind == "trigger"}
    for name in (name for kind, name in names if kind == "table"):
        counts[name] = connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]  # noqa: S608 - our own names
    return counts


def _copy_rows(connection: Any, table: str, *, without: str | None) -> None:
    names = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    values = ", ".join("x''" if name == without else f'"{name}"' for name in names)
    connection.execute(f'INSERT INTO copy."{table}" SELECT {values} FROM main."{table}"')  # noqa: S608 - our own names


def number(connection: Any, pragma: str) -> int:
    """The value of a pragma that is a whole number."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that reads first and writes later can fail without waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def failures(path: Path, *, saving: bool) -> Iterator[None]:
    """Turns what SQLite and SQLAlchemy raise into a StoreError that says what to do.

    Raises:
        StoreError: where they raised something.
    """
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_sentence(path, error.orig, saving=saving)) from error
    except sqlcipher.Error as error:
        raise StoreError(_sentence(path, error, saving=saving)) from error


def is_busy(error: StoreError) -> bool:
    """Whether the reason is that another program uses the file."""
    cause = error.__cause__
    return _code(cause.orig if isinstance(cause, DBAPIError) else cause) in _BUSY


def _sentence(path: Path, error: BaseException | None, *, saving: bool) -> str:
    prefix = "NOT SAVED. " if saving else ""
    code = _code(error)
    if code in _BUSY:
        return f"{prefix}The library {path} is in use by another program; close it there and try again."
    if code in (sqlcipher.SQLITE_NOTADB, sqlcipher.SQLITE_CORRUPT):
        return prefix + _damaged(path)
    if code in (sqlcipher.SQLITE_FULL, sqlcipher.SQLITE_IOERR):
        return f"{prefix}The disk is full or failing ({error}): make room for {path} and try again."
    if code in (sqlcipher.SQLITE_READONLY, sqlcipher.SQLITE_CANTOPEN, sqlcipher.SQLITE_PERM):
        return f"{prefix}The library {path} cannot be opened or written ({error}); check the rights on its folder."
    return f"{prefix}The library {path} failed: {error}."


_BUSY = (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED)


def _code(error: BaseException | None) -> int:
    # The primary code is the low byte; the rest says in which call it happened.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _damaged(path: Path) -> str:
    return (
        f"The library {path} is damaged or has another key; nothing was changed. Restore one of the backups in "
        f"{path.parent / 'backups'}: spasm-reviewer library restore --library '{path.parent}'"
    )
