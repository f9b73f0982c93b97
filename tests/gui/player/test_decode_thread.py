"""The thread that finds pictures, while the window is busy and fetches none."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from reviewer_app.gui.player.player import Player
from reviewer_app.media.reel import Reel
from reviewer_app.media.scout import Scout
from tests.conftest import FilmMaker
from tests.gui.player.films import wait_for_number
from tests.media.by_hand import recording_of


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    yield player
    player.close()
    assert not any(thread.isRunning() for thread in player.findChildren(QThread))


def test_a_sought_picture_that_is_made_again_before_the_window_fetched_it_still_answers_the_seek(
    qtbot: QtBot, player: Player, film: FilmMaker
) -> None:
    player.set_recording(recording_of(film("a.mp4", frames=100), starts=(0.0,)))
    wait_for_number(qtbot, player, 0)
    player.go_to(1.0)
    _be_busy_until_something_waits(player)
    player.set_box(64, 48)  # a splitter moves, a panel opens
    time.sleep(0.5)
    wait_for_number(qtbot, player, 25)
    player.play()
    qtbot.waitUntil(lambda: player.position > 1.5, timeout=10_000)


def test_playing_that_began_before_the_sought_picture_was_fetched_moves_the_playhead(
    qtbot: QtBot, player: Player, film: FilmMaker
) -> None:
    player.set_recording(recording_of(film("a.mp4", frames=100), starts=(0.0,)))
    wait_for_number(qtbot, player, 0)
    player.go_to(1.0, play=True)
    time.sleep(0.6)  # the window is busy while several pictures come
    qtbot.waitUntil(lambda: player.position > 2.0, timeout=10_000)


def test_where_a_scout_has_been_is_not_left_when_the_next_places_are_told_just_before_going_there(
    qtbot: QtBot, player: Player, film: FilmMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    take = Scout.take

    def noting(scout: Scout, scene: int, media_time: float) -> Reel | None:
        reel = take(scout, scene, media_time)
        taken.append(reel is not None)
        return reel

    monkeypatch.setattr(Scout, "take", noting)
    player.set_recording(recording_of(film("a.mp4", frames=100), starts=(0.0,)))
    wait_for_number(qtbot, player, 0)
    player.expect([2.0])
    scout = player._scouts._scout
    assert scout is not None
    qtbot.waitUntil(lambda: 2.0 in scout._ready, timeout=10_000)
    player.expect([3.0])  # as a key for the next flag does: it selects, and then goes there
    time.sleep(0.2)
    player.go_to(2.0)
    wait_for_number(qtbot, player, 50)
    assert taken[-1]
    qtbot.waitUntil(lambda: 3.0 in scout._ready, timeout=10_000)


def _be_busy_until_something_waits(player: Player) -> None:
    end = time.monotonic() + 10
    while player._thread._waiting is None and time.monotonic() < end:
        time.sleep(0.01)
