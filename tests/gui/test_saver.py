"""What was said is kept in order, a refused save is said and tried again, and the end waits for what is left."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Action, Label, Statement
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.gui import wording
from reviewer_app.gui.saver import Saver, SaveState
from tests.gui.ears import Ear
from tests.gui.subjects import ANNA


def action(second: float) -> Action:
    statement = Statement(Interval(second, second + 1), Label.SPASM)
    return Action(wording.new_key(), ANNA, (wording.stated(statement),), "2026-01-01T00:00:00+00:00")


class Library:
    """Keeps actions, refuses while it is full, waits while it is busy."""

    def __init__(self) -> None:
        self.kept: list[Action] = []
        self.full = False
        self.free = threading.Event()
        self.free.set()

    def append(self, number: int, action: Action) -> None:
        self.free.wait(10)
        if self.full:
            raise StoreError("NOT SAVED. The disk is full.")
        self.kept.append(action)


def states(ear: Ear) -> list[SaveState]:
    return [state for state in ear.heard if isinstance(state, SaveState)]


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def saver(library: Library, qtbot: QtBot) -> Iterator[Saver]:
    saver = Saver(library.append, try_again=0.02)
    saver.start()
    yield saver
    saver.finish(0)  # a test that failed leaves no thread behind, whose end would take all others with it


def test_actions_are_kept_in_the_order_in_which_they_were_made(library: Library, saver: Saver, qtbot: QtBot) -> None:
    said = [action(second) for second in range(50)]
    for each in said:
        saver.save(1, each)
    assert saver.finish(10)
    assert library.kept == said
    assert saver.state.is_saved


def test_a_full_disk_is_said_until_there_is_room(library: Library, saver: Saver, qtbot: QtBot) -> None:
    library.full = True
    ear = Ear(saver.state_changed)
    saver.save(1, action(1))
    qtbot.waitUntil(lambda: any("disk is full" in state.problem for state in states(ear)))
    saver.save(1, action(2))
    assert saver.state == SaveState(2, "NOT SAVED. The disk is full.")
    library.full = False
    qtbot.waitUntil(lambda: states(ear)[-1].is_saved)
    assert len(library.kept) == 2
    assert saver.state == SaveState()
    assert saver.finish(10)


def test_the_person_can_have_it_tried_at_once(library: Library, qtbot: QtBot) -> None:
    saver = Saver(library.append, try_again=3600)
    saver.start()
    ear = Ear(saver.state_changed)
    try:
        library.full = True
        saver.save(1, action(1))
        qtbot.waitUntil(lambda: bool(states(ear)[-1].problem))
        library.full = False
        saver.try_now()
        qtbot.waitUntil(lambda: states(ear)[-1].is_saved)
    finally:
        assert saver.finish(10)


def test_a_busy_library_does_not_hold_the_caller(library: Library, saver: Saver) -> None:
    library.free.clear()
    saver.save(1, action(1))  # would never return if the caller waited
    assert saver.state.waiting == 1
    library.free.set()
    assert saver.finish(10)
    assert len(library.kept) == 1


def test_the_end_gives_up_what_cannot_be_kept_and_says_so(library: Library, saver: Saver) -> None:
    library.full = True
    saver.save(1, action(1))
    assert not saver.finish(0.1)
    assert library.kept == []
