"""A good bundle to look at, and copies of it to spoil."""

import shutil
from pathlib import Path

import pytest

from tests.learning.tiny import tiny_bundle


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good bundle; tests that change it work on a copy."""
    return tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny").folder


@pytest.fixture
def copy(packed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(packed, tmp_path / "tiny")
