"""Finds the files of a recording again by what is in them, after they were moved or renamed."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Row, Table, select, update

from reviewer_app.domain.recording import Fingerprint
from reviewer_app.errors import MediaError
from reviewer_app.store.chain import identity_of
from reviewer_app.store.library import Library
from reviewer_app.store.schema import eeg_files, segments


@dataclass(frozen=True, slots=True)
class Relocation:
    """What a search brought."""

    found: tuple[Path, ...]  # where files of the recording lie now
    missing: tuple[Path, ...]  # where files were last seen that are neither there nor where was searched


def relocate(
    library: Library, recording_id: int, places: Iterable[Path], *, fingerprint: Callable[[Path], Fingerprint]
) -> Relocation:
    """Searches files and folders for the files of a recording that are missing, and remembers where they are.

    Only files of the right size are read. What is where it was last seen is not searched for.

    Args:
        library: Whose recording it is.
        recording_id: Whose files to search for.
        places: Files, or folders with all that lies in them; links are not followed.
        fingerprint: Reads what a file is known by (``media.identity``).

    Raises:
        StoreError: the library has no such recording, or NOT SAVED.
    """
    with library.reading() as connection:
        identity_of(connection, recording_id)
        files = [(table, row) for table in (segments, eeg_files) for row in _rows(connection, table, recording_id)]
    wanted = {Fingerprint(row.size, row.digest): row.path for _, row in files if not row.path.exists()}
    found = dict(_search(set(wanted), places, fingerprint))
    with library.atomic() as connection:
        for table, row in files:
            path = found.get(Fingerprint(row.size, row.digest))
            if path is not None:
                place = (table.c.recording == recording_id) & (table.c.position == row.position)
                connection.execute(update(table).where(place).values(path=path))
    missing = tuple(path for known, path in wanted.items() if known not in found)
    return Relocation(tuple(found.values()), missing)


def _rows(connection: Connection, table: Table, recording_id: int) -> Iterator[Row[tuple[object, ...]]]:
    yield from connection.execute(select(table).where(table.c.recording == recording_id).order_by(table.c.position))


def _search(
    wanted: set[Fingerprint], places: Iterable[Path], fingerprint: Callable[[Path], Fingerprint]
) -> Iterator[tuple[Fingerprint, Path]]:
    sizes = {known.size for known in wanted}
    for path, size in _files(places):
        if not wanted:
            return
        if size in sizes:
            try:
                known = fingerprint(path)
            except MediaError:
                continue  # it went away, or may not be read: it is not found
            if known in wanted:
                wanted.discard(known)
                yield known, path


def _files(places: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """Plain files and their sizes; a folder that cannot be listed has none."""
    for place in places:
        candidates = [place] if not place.is_dir() else _below(place)
        for path in candidates:
            try:
                facts = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(facts.st_mode):
                yield path.absolute(), facts.st_size


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))
