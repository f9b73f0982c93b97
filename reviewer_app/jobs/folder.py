"""Folders that a job is to write into, looked at before any work starts."""

import tempfile
from pathlib import Path

from reviewer_app.errors import RequestError


def writable_folder(folder: Path) -> Path:
    """The folder, made if need be, after a file could really be written into it.

    Raises:
        RequestError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RequestError(
            f"The folder {folder} cannot be written: {error.strerror}. Name another with --to."
        ) from error
    return folder
