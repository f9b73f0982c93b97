"""The collector keeps out of tests with widgets: it clears away between them, in their thread, as in the program."""

import gc
from collections.abc import Iterator
from itertools import count

import pytest

_ENDED = count(1)
_THOROUGH = 50
"""Tests between two times that everything is looked through, which takes a while."""


@pytest.fixture(autouse=True)
def collected_between_tests() -> Iterator[None]:
    """Nothing that a test made goes in the middle of it, least of all in a thread of the decoder's."""
    gc.disable()
    yield
    gc.collect(2 if next(_ENDED) % _THOROUGH == 0 else 1)
    gc.enable()
