"""A library: one folder with one encrypted database, opened by one program at a time.

::

    library.db      the database (with -wal and -shm beside it while it is open)
    library.json    the library's id, under which its key is kept elsewhere
    library.lock    locked by the program that holds the library
    backups/        verified copies
    set-aside/      databases in whose place a backup was put
"""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from reviewer_app.errors import StoreError
from reviewer_app.store.backup import back_up, changed_since, newest_backup
from reviewer_app.store.database import PATIENCE, PLAIN_HEADER, Database, failures, refuse_damaged_reads
from reviewer_app.store.files import replace
from reviewer_app.store.keys import KeySource, key_from_recovery, new_key, recovery_key
from reviewer_app.store.lock import Hold
from reviewer_app.store.migrate import REVISIONS, Revisions, build, migrate
from reviewer_app.store.place import file_system_type, refuse_unsafe_place
from reviewer_app.store.schema import APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a library takes from the world around it, and tests replace."""

    file_system: Callable[[Path], str] = file_system_type
    revisions: Revisions = REVISIONS
    patience: float = PATIENCE  # seconds to wait while another program writes


USUAL = Surroundings()


class Library:
    """An open library. Usable from several threads; close it, or use it as a context."""

    def __init__(self, folder: Path, database: Database, held: ExitStack) -> None:
        """Is called by ``open`` alone."""
        self.folder = folder
        self._database = database
        self._held = held
        self._backing_up = Lock()
        self._engine = database.engine()
        self._writer = self._engine.execution_options(writes=True)

    @classmethod
    def open(cls, folder: Path, *, keys: KeySource, hold: bool = True, surroundings: Surroundings = USUAL) -> Self:
        """Opens the library in a folder; makes it where there is none, and brings an older one up to date.

        Args:
            folder: The library's folder.
            keys: Where its key is, or will be, kept.
            hold: Whether to hold the library, as a program does that a person started: another program is then
                refused. False in a job's process, whose starter holds it; the library must then exist already.
            surroundings: For tests.

        Raises:
            StoreError: the library cannot be used; nothing in it was changed.
        """
        folder = folder.absolute()
        with _entering(folder), ExitStack() as held:
            refuse_unsafe_place(folder, file_system=surroundings.file_system(folder))
            if hold:
                _make_folder(folder)
                held.callback(Hold(folder / "library.lock").release)
                _begin_where_empty(folder, keys, surroundings.revisions)
            if not (folder / "library.db").exists():
                raise StoreError(f"There is no library in {folder}.")
            database = Database(folder / "library.db", key_of(folder, keys), surroundings.patience)
            _bring_up_to_date(database, surroundings.revisions, hold=hold)
            return cls(folder, database, held.pop_all())

    @property
    def recovery_key(self) -> str:
        """What opens the library when its key is lost; to be written down and kept apart from the computer."""
        return recovery_key(self._database.key)

    @contextmanager
    def atomic(self) -> Iterator[Connection]:
        """A transaction of which all or nothing is kept; what it kept survives a power cut.

        Raises:
            StoreError: it was not saved; the text begins with NOT SAVED.
        """
        with failures(self._database.path, saving=True), self._writer.begin() as connection:
            yield connection
            refuse_damaged_reads(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the library as it was at its first question.

        Raises:
            StoreError: the library cannot be read.
        """
        with failures(self._database.path, saving=False), self._engine.connect() as connection:
            try:
                yield connection
            finally:
                # Also after an error: a page of zeros is why a value made no sense.
                refuse_damaged_reads(connection)

    def check(self) -> None:
        """Reads and checks everything; takes about a second per 150 MB.

        Raises:
            StoreError: something is damaged.
        """
        self._database.check()

    def back_up(self) -> Path:
        """Makes a verified backup, while others may go on writing, and deletes the backups that have served.

        Raises:
            StoreError: there is no new backup, or it shows that labels are missing.
        """
        with self._backing_up:
            return back_up(self._database, self.folder / "backups")

    def back_up_if_changed(self) -> Path | None:
        """As ``back_up`` where anything was written since the last backup, by whichever program.

        Raises:
            StoreError: there is no new backup, or it shows that labels are missing.
        """
        newest = newest_backup(self.folder / "backups")
        return self.back_up() if newest is None or changed_since(self._database, newest) else None

    def close(self) -> None:
        """Ends all connections and lets other programs in."""
        self._engine.dispose()
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def recover(folder: Path, text: str, *, keys: KeySource) -> None:
    """Gives a library its lost key back, from the recovery key that was written down.

    Args:
        folder: The library's folder.
        text: The recovery key; case, spaces and dashes do not matter.
        keys: Where the key is kept from now on.

    Raises:
        StoreError: the recovery key is mistyped or belongs to another library.
    """
    folder = folder.absolute()
    path = folder / "library.db"
    with _entering(folder):
        found = path.exists()
    if not found:
        raise StoreError(f"There is no library in {folder} whose key could be recovered.")
    key = key_from_recovery(text)
    try:
        application, _ = Database(path, key).facts()
    except StoreError as error:
        raise StoreError(f"This recovery key does not open the library {path}; is it another library's?") from error
    if application != APPLICATION_ID:
        raise StoreError(f"The database {path} belongs to another program.")
    card = folder / "library.json"
    library_id = _read_card(card) if card.exists() else secrets.token_hex(8)
    keys.put(library_id, key)
    _write_card(card, library_id)


@contextmanager
def _entering(folder: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise StoreError(f"The library folder {folder} cannot be entered; check the rights on it.") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The library folder {folder} cannot be made: {error.strerror}.") from error


def _begin_where_empty(folder: Path, keys: KeySource, revisions: Revisions) -> None:
    """Makes a library where none is; the card precedes the database, so ``.new`` tells an interrupted start."""
    path, fresh, card = folder / "library.db", folder / "library.db.new", folder / "library.json"
    if path.exists():
        return
    if card.exists() and not fresh.exists():
        raise StoreError(
            f"The database {path} is missing; restore a backup (spasm-reviewer library restore --library '{folder}'), "
            "or use another folder."
        )
    library_id, key = secrets.token_hex(8), new_key()
    keys.put(library_id, key)
    if keys.get(library_id) != key:
        raise StoreError("The key of a new library could not be kept: the key ring took it but does not give it back.")
    build(fresh, key, revisions)
    _write_card(card, library_id)
    replace(fresh, path)


def key_of(folder: Path, keys: KeySource) -> bytes:
    """The key of the library in a folder.

    Raises:
        StoreError: the folder does not tell which library it holds, or its key is not on this computer.
    """
    path, card = folder / "library.db", folder / "library.json"
    advice = (
        "Give its recovery key, the 11 groups of letters and digits noted when it was made: "
        f"spasm-reviewer library recover --library '{folder}'"
    )
    if not card.exists():
        with suppress(FileNotFoundError), path.open("rb") as file:
            if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
                raise StoreError(f"{path} is the database of another program; choose another folder for the library.")
        raise StoreError(f"The file {card} is missing, so the library's key cannot be looked up. {advice}")
    key = keys.get(_read_card(card))
    if key is None:
        raise StoreError(f"The key of the library {folder} is not on this computer. {advice}")
    return key


def _bring_up_to_date(database: Database, revisions: Revisions, *, hold: bool) -> None:
    path = database.path
    journal = path.with_name(path.name + "-wal")
    if hold and journal.exists() and journal.stat().st_size > 0:
        # A program was killed, or somebody put a copy of the database beside a journal of the replaced one, which
        # SQLite would play into the copy without a word.
        database.check()
    application, schema = database.facts()
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is the database of another program; choose another folder for the library.")
    if schema > revisions.newest:
        raise StoreError(f"The library {path} was made by a newer release of this application; update the application.")
    if schema < revisions.newest:
        if not hold:
            raise StoreError(f"The library {path} must be brought up to date first: open it in the application.")
        migrate(database, revisions, backups=path.parent / "backups")


def _read_card(card: Path) -> str:
    try:
        library_id = str(json.loads(card.read_text("utf-8"))["library"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The file {card} is damaged; delete it and give the library's recovery key.") from error
    if not re.fullmatch(r"[0-9a-f]{16}", library_id):
        raise StoreError(f"The file {card} is damaged; delete it and give the library's recovery key.")
    return library_id


def _write_card(card: Path, library_id: str) -> None:
    fresh = card.with_name(card.name + ".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"library": library_id}, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"The library folder {card.parent} cannot be written: {error.strerror}.") from error
    replace(fresh, card)
