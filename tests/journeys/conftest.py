"""Journeys need no screen; they share a recording whose spasms are known."""

import os
from pathlib import Path

import pytest

from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import PhantomRequest
from tests.collecting import collected_between_tests as collected_between_tests

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def phantom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ward of 48 s in two files with a gap between them."""
    folder = tmp_path_factory.mktemp("phantom")
    for _ in supervise(PhantomRequest(folder, 48.0, 7, files=2, eeg=False, size=(320, 240))):
        pass
    return folder
