"""A library's backups: made, named, and put in its place."""

from collections.abc import Generator
from pathlib import Path

from reviewer_app.domain.backup import Backup
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import BackUpLibrary, ListBackups, RestoreLibrary
from reviewer_app.store.backup import backups
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.restore import restore


def list_backups(request: ListBackups) -> Generator[Message, None, tuple[Backup, ...]]:
    """All finished backups, newest first."""
    yield Stage("Looking for backups")
    return backups(request.library.folder / "backups")


def back_up_library(request: BackUpLibrary) -> Generator[Message, None, Path]:
    """Makes a backup and checks it.

    Raises:
        StoreError: there is no new backup, or it shows that labels are missing.
    """
    yield Stage("Making a backup")
    with open_library(request.library, hold=False) as library:
        return library.back_up()


def restore_library(request: RestoreLibrary) -> Generator[Message, None, Path]:
    """Puts a backup in the library's place.

    Raises:
        StoreError: the backup cannot be used, or somebody has the library open; the library is as it was.
    """
    yield Stage("Restoring the backup")
    place = request.library
    return restore(place.folder, request.backup, keys=choose_keys(place.key_folder))
