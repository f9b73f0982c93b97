"""A library in an empty folder, with its key in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "settings" / "library.key")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path, keys: KeyFile) -> Iterator[Library]:
    with Library.open(folder, keys=keys) as opened:
        yield opened
