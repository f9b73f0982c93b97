"""Circles of objects are cleared away in the window's thread, never in one that decodes."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell.collector import collect_between_events


class Circle:
    """Something that only the collector can clear away; it tells in which thread that happens."""

    def __init__(self, ended: list[int]) -> None:
        self.own, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    gc.unfreeze()
    (gc.enable if was_on else gc.disable)()


def test_a_thread_that_makes_many_objects_clears_none_away_but_the_window_does(qtbot: QtBot) -> None:
    ended: list[int] = []
    circles = 2 * gc.get_threshold()[0]

    def decode() -> None:
        kept = [Circle(ended) for _ in range(circles)]
        kept.clear()
        kept.extend(Circle(ended) for _ in range(circles))

    collector = collect_between_events()
    thread = threading.Thread(target=decode)
    thread.start()
    thread.join()
    assert not ended
    qtbot.waitUntil(lambda: len(ended) >= circles)
    assert set(ended) == {threading.get_ident()}
    collector.timer.stop()
