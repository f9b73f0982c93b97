"""Files that take each other's place in one step, and stay there when the power fails."""

import os
from contextlib import suppress
from pathlib import Path

from reviewer_app.errors import StoreError


def replace(source: Path, target: Path) -> None:
    """Gives a file another's name and place in one step that survives a power cut.

    Raises:
        StoreError: the system refused.
    """
    try:
        source.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be replaced: {error.strerror}; close the programs that use it.") from error


def remove(path: Path) -> None:
    """Removes a database with its journals, if it is there at all."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Makes sure that what was written to a file survives a power cut."""
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """Makes sure that names given in a folder survive a power cut; Windows has no such call and needs none."""
    with suppress(PermissionError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
