"""The learning page on a session that keeps what is asked; a file that needs other ones makes its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.gui.learn.stand_ins import StandIn, snapshot_facts


@pytest.fixture
def session(tmp_path: Path) -> Iterator[StandIn]:
    with Library.open(tmp_path / "library", keys=KeyFile(tmp_path / "key")) as library:
        yield StandIn(library)


@pytest.fixture
def page(session: StandIn, qtbot: QtBot) -> LearnPage:
    """Shown, with two snapshots: one named week, one without a name."""
    page = LearnPage(session.as_session)
    qtbot.addWidget(page)
    page.show()
    session.last().then((snapshot_facts(), snapshot_facts("e" * 64, name="")))
    return page
