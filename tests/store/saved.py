"""Makes the saved library of this schema: ``python -m tests.store.saved``, once, before a new revision is released.

``tests/store/libraries`` keeps one database for each revision that was ever released; all must open in the newest.
"""

import json
import shutil
import tempfile
import unittest.mock
from pathlib import Path

from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.store import library as library_module
from reviewer_app.store import traces
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.schema import SCHEMA
from tests.store import examples

FOLDER = Path(__file__).parent / "libraries"
KEY = b"not a secret, only for the tests"
LIBRARY_ID = "0123456789abcdef"


class FixedKey:
    """The key of all saved libraries, which anyone may know."""

    def get(self, library_id: str) -> bytes:
        return KEY

    def put(self, library_id: str, key: bytes) -> None:
        raise AssertionError("a saved library has its key")


def put_down(saved: Path, folder: Path) -> Path:
    """Lays a saved database into a folder, where it can be opened with ``FixedKey``."""
    folder.mkdir()
    shutil.copy(saved, folder / "library.db")
    (folder / "library.json").write_text(json.dumps({"library": LIBRARY_ID}))
    return folder


def fill(library: Library) -> None:
    """A night with two traces, one of them half scanned."""
    half = examples.begin(library, windows=100)
    traces.append(library, half, examples.chunk(0, 40))
    traces.append(library, half, examples.chunk(90, 10, state=WindowState.UNDECODABLE))
    traces.add_skip(library, half, Interval(40, 45), "crash")
    whole = examples.begin(library, windows=20, bundle="d")
    traces.append(library, whole, examples.chunk(0, 20))


def save() -> None:
    """Writes the file of this release."""
    with (
        tempfile.TemporaryDirectory() as there,
        unittest.mock.patch.object(library_module, "new_key", return_value=KEY),
    ):
        with Library.open(Path(there) / "library", keys=KeyFile(Path(there) / "library.key")) as library:
            fill(library)
        shutil.copy(Path(there) / "library" / "library.db", FOLDER / f"{SCHEMA:04}.db")


if __name__ == "__main__":
    save()
