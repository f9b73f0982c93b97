"""The small picture at a second is that second's; the window never waits, the latest wish wins, no thread stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.timeline import thumbnails as module
from reviewer_app.gui.timeline.thumbnails import Thumbnail, Thumbnails, Wish, end_all_thumbnails, fitted
from reviewer_app.media.viewer import Lack
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of
from tests.media_maker import read_number

BOX = (128, 96)


@pytest.fixture
def recording(film: FilmMaker) -> Recording:
    """0-10 s one file, 10-20 s nothing, 20-30 s another."""
    one = film("one.mp4", frames=250, keyframe_every=50)
    two = film("two.mp4", frames=250, first_number=1000)
    return recording_of(one, two, starts=[0.0, 20.0])


@pytest.fixture
def thumbnails(qtbot: QtBot, recording: Recording) -> Thumbnails:  # qtbot: signals need the application
    made = Thumbnails()
    made.look_into(recording)
    return made


@pytest.fixture(autouse=True)
def no_thread_stays(qtbot: QtBot) -> Iterator[None]:
    yield
    assert end_all_thumbnails()
    assert not module._running


def found(qtbot: QtBot, thumbnails: Thumbnails, time: float, box: tuple[int, int] = BOX) -> Thumbnail:
    with qtbot.waitSignal(thumbnails.found) as told:
        thumbnails.ask(Wish(time, box))
    assert isinstance(told.args[0], Thumbnail)
    return told.args[0]


def number_of(image: QImage | None) -> int:
    assert image is not None
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return read_number(pixels[..., :3])


@pytest.mark.parametrize(("time", "number"), [(0.0, 0), (1.5, 37), (9.99, 249), (20.0, 1000), (25.02, 1125)])
def test_the_picture_is_that_of_the_second(qtbot: QtBot, thumbnails: Thumbnails, time: float, number: int) -> None:
    thumbnail = found(qtbot, thumbnails, time)
    assert number_of(thumbnail.image) == number


def test_where_there_is_no_video_it_says_so(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    thumbnail = found(qtbot, thumbnails, 15.0)
    assert (thumbnail.image, thumbnail.lack) == (None, Lack.GAP)


def test_what_killed_the_decoder_before_is_not_decoded(
    qtbot: QtBot, thumbnails: Thumbnails, recording: Recording
) -> None:
    thumbnails.look_into(recording, skip=(Interval(4, 6),))
    thumbnail = found(qtbot, thumbnails, 5.0)
    assert (thumbnail.image, thumbnail.lack) == (None, Lack.UNDECODABLE)


def test_a_file_that_is_gone_is_told_as_unreadable(qtbot: QtBot, thumbnails: Thumbnails, recording: Recording) -> None:
    gone = replace(recording.segments[0], path=Path("/nowhere/one.mp4"))
    thumbnails.look_into(replace(recording, segments=(gone, recording.segments[1])))
    assert found(qtbot, thumbnails, 5.0).lack is Lack.UNDECODABLE
    assert number_of(found(qtbot, thumbnails, 20.0).image) == 1000


def test_the_same_wish_is_answered_from_memory(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    first = found(qtbot, thumbnails, 3.0)
    thumbnails.rest()
    qtbot.waitUntil(lambda: not module._running)
    assert found(qtbot, thumbnails, 3.0) is first
    assert not module._running


def test_of_many_wishes_at_once_the_last_is_answered_and_the_window_does_not_wait(
    qtbot: QtBot, thumbnails: Thumbnails
) -> None:
    told: list[Thumbnail] = []
    thumbnails.found.connect(told.append)
    for i in range(200):
        thumbnails.ask(Wish(i / 25, BOX))
    qtbot.waitUntil(lambda: bool(told) and told[-1].wish.time == 199 / 25)
    assert number_of(told[-1].image) == 199
    assert len(told) < 20


def test_with_nothing_to_do_the_thread_ends_and_a_wish_starts_another(
    qtbot: QtBot, thumbnails: Thumbnails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE", 0.05)
    found(qtbot, thumbnails, 1.0)
    qtbot.waitUntil(lambda: not module._running)
    assert number_of(found(qtbot, thumbnails, 2.0).image) == 50
    qtbot.waitUntil(lambda: not module._running)


def test_another_recording_forgets_the_pictures_of_the_last_one(
    qtbot: QtBot, thumbnails: Thumbnails, film: FilmMaker
) -> None:
    found(qtbot, thumbnails, 1.0)
    thumbnails.look_into(recording_of(film("three.mp4", frames=100, first_number=500)))
    assert number_of(found(qtbot, thumbnails, 1.0).image) == 525
    thumbnails.look_into(None)
    thumbnails.ask(Wish(1.0, BOX))
    qtbot.waitUntil(lambda: not module._running)


def test_what_was_still_sought_in_the_last_recording_is_not_told(
    qtbot: QtBot, thumbnails: Thumbnails, film: FilmMaker
) -> None:
    other = recording_of(film("three.mp4", frames=100, first_number=500))
    told: list[Thumbnail] = []
    thumbnails.found.connect(told.append)
    for _ in range(20):
        thumbnails.ask(Wish(1.0, BOX))
        thumbnails.look_into(other)
    thumbnails.ask(Wish(1.0, BOX))
    qtbot.waitUntil(lambda: bool(told))
    assert {number_of(each.image) for each in told} == {525}


def test_pictures_fill_their_box_and_are_never_enlarged(recording: Recording) -> None:
    picture = replace(recording.segments[0].picture, width=1920, height=1080)
    assert fitted(picture, (256, 256)) == (256, 144)
    assert fitted(picture, (4000, 4000)) == (1920, 1080)
    assert fitted(replace(picture, width=1080, height=1920), (256, 144)) == (81, 144)
