"""Pointing at the overview shows the picture of that second; doing anything else takes it away."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Subject
from reviewer_app.gui.timeline import thumbnails
from reviewer_app.gui.timeline.bands import Kind
from reviewer_app.gui.timeline.hover_picture import HoverPicture
from reviewer_app.gui.timeline.thumbnails import end_all_thumbnails
from tests.conftest import FilmMaker
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import review_of
from tests.media.by_hand import recording_of
from tests.media_maker import read_number


@pytest.fixture
def review(film: FilmMaker) -> Review:
    """0-10 s one file, 10-20 s nothing, 20-30 s another."""
    one = film("one.mp4", frames=250)
    two = film("two.mp4", frames=250, first_number=1000)
    return review_of(Subject(1, recording_of(one, two, starts=[0.0, 20.0])))[0]


@pytest.fixture
def target(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 40)
    widget.move(300, 400)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    assert end_all_thumbnails()


@pytest.fixture
def hover(review: Review, target: QWidget) -> HoverPicture:
    return HoverPicture(review, target, lambda time: time * 10)


def labels(hover: HoverPicture) -> tuple[QLabel, QLabel]:
    picture, words = hover.findChildren(QLabel)
    return picture, words


def wait_for_picture(qtbot: QtBot, hover: HoverPicture) -> int:
    picture, _ = labels(hover)
    qtbot.waitUntil(lambda: not picture.pixmap().isNull())
    image = picture.pixmap().toImage().convertToFormat(picture.pixmap().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return read_number(pixels[..., :3])


def test_time_is_shown_at_once_and_the_picture_of_that_second_follows(qtbot: QtBot, hover: HoverPicture) -> None:
    hover.point_at(4.0)
    assert hover.isVisible()
    assert labels(hover)[1].text() == "22:00:04"
    assert wait_for_picture(qtbot, hover) == 100


def test_it_stands_above_the_second_and_stays_on_the_screen(hover: HoverPicture, target: QWidget) -> None:
    hover.point_at(15.0)
    assert abs(hover.geometry().center().x() - target.mapToGlobal(QPoint(150, 0)).x()) <= 1
    assert hover.geometry().bottom() < target.mapToGlobal(QPoint(0, 0)).y()
    target.move(0, 0)
    hover.point_at(0.0)
    assert target.screen().availableGeometry().contains(hover.geometry())
    assert not hover.geometry().intersects(target.geometry())


def test_a_gap_is_named_in_words(qtbot: QtBot, hover: HoverPicture) -> None:
    hover.point_at(15.0)
    qtbot.waitUntil(lambda: labels(hover)[0].text() == "no video")


def test_the_patterns_under_the_mouse_are_put_into_words(review: Review, target: QWidget) -> None:
    known = {4.0: (Kind.UNSCANNED, Kind.NIGHT)}
    hover = HoverPicture(review, target, lambda time: time, kinds_at=lambda time: known.get(time, ()))
    hover.point_at(4.0)
    assert labels(hover)[1].text() == "22:00:04\nnot scanned\nnight picture (infrared)"
    hover.point_at(5.0)
    assert labels(hover)[1].text() == "22:00:05"


def test_sweeping_over_shows_where_the_mouse_rests(qtbot: QtBot, hover: HoverPicture) -> None:
    for time in np.linspace(0, 9, 50):
        hover.point_at(float(time))
    hover.point_at(22.0)
    assert wait_for_picture(qtbot, hover) == 1050


def test_pressing_or_leaving_takes_it_away_and_lets_the_files_go(
    qtbot: QtBot, hover: HoverPicture, target: QWidget
) -> None:
    hover.point_at(4.0)
    wait_for_picture(qtbot, hover)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    assert not hover.isVisible()
    qtbot.waitUntil(lambda: not thumbnails._running)
    hover.point_at(4.0)
    hover.point_at(None)
    assert not hover.isVisible()
    hover.point_at(4.0)
    target.hide()
    assert not hover.isVisible()


def test_without_a_recording_nothing_appears(hover: HoverPicture, review: Review) -> None:
    hover.point_at(4.0)
    review.open(None)
    assert not hover.isVisible()
    hover.point_at(4.0)
    assert not hover.isVisible()


def test_times_follow_the_clock_or_the_beginning(hover: HoverPicture, review: Review) -> None:
    review.set_clock_times(False)
    hover.point_at(4.0)
    assert labels(hover)[1].text() == "0:00:04"


def test_it_takes_no_keyboard(hover: HoverPicture, target: QWidget) -> None:
    hover.point_at(4.0)
    assert_accessible(target)
    assert hover.focusPolicy() is Qt.FocusPolicy.NoFocus
