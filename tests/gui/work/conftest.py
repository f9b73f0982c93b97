"""A library that the test holds as the window does; its queues end with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.store.library import Library
from tests.gui.work.queues import close_queues, library_in


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Lies in the test's own folder."""
    with library_in(tmp_path) as library:
        yield library
        close_queues()
