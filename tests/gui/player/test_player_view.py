"""The player as a person uses it: keys, mouse, and what is to be read on the picture."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.hold_k import HoldK
from reviewer_app.gui.player.player import Player
from reviewer_app.gui.player.player_view import PlayerView
from reviewer_app.gui.player.wording import missing_text, rate_text, time_text
from reviewer_app.media.viewer import Lack
from tests.conftest import FilmMaker
from tests.gui.accessible import assert_accessible
from tests.gui.player.films import number_shown, pixels_of, wait_for_number
from tests.media.by_hand import recording_of
from tests.media_maker import read_number


@pytest.fixture
def recording(film: FilmMaker) -> Recording:
    """4 s of film with sound, a gap of 4 s, 2 s of silent film."""
    paths = film("a.mp4", frames=100, sound=True), film("b.mp4", first_number=500)
    return recording_of(*paths, starts=(0.0, 8.0))


@pytest.fixture
def view(qtbot: QtBot, recording: Recording) -> Iterator[PlayerView]:
    player = Player()
    view = PlayerView(player)
    qtbot.addWidget(view)
    view.resize(640, 620)
    view.show()
    qtbot.waitExposed(view)
    player.set_recording(recording)
    wait_for_number(qtbot, player, 0)
    yield view
    player.close()


def player_of(view: PlayerView) -> Player:
    return view._player


def shot(view: PlayerView) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return pixels_of(view.picture.grab().toImage())


def on_picture(view: PlayerView, across: float, down: float) -> QPoint:
    """A place of the widget from a place of the picture, in fractions."""
    picture = view.picture
    there = picture.framing.transform(picture._size, picture._own_size()).map(QPointF(across, down))
    return there.toPoint()


def film_box(view: PlayerView) -> tuple[float, float, float, float]:
    """Where on the widget the picture lies, in fractions."""
    picture = view.picture
    area = picture.framing.area(picture._size, picture._own_size())
    width, height = picture.width(), picture.height()
    return area.left() / width, area.top() / height, area.right() / width, area.bottom() / height


def test_the_widget_paints_the_frame_that_was_asked_for(qtbot: QtBot, view: PlayerView) -> None:
    for second, number in ((1.0, 25), (8.5, 512), (3.5, 87)):
        player_of(view).go_to(second)
        wait_for_number(qtbot, player_of(view), number)
        assert read_number(shot(view), film_box(view)) == number


def test_every_control_has_a_name(view: PlayerView) -> None:
    assert_accessible(view)
    for button in view.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()


def test_buttons_play_pause_and_step(qtbot: QtBot, view: PlayerView) -> None:
    player = player_of(view)
    by_name = {button.accessibleName(): button for button in view.findChildren(QToolButton)}
    QTest.mouseClick(by_name["One frame on"], Qt.MouseButton.LeftButton)
    wait_for_number(qtbot, player, 1)
    QTest.mouseClick(by_name["Play"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: player.position > 0.3)
    QTest.mouseClick(by_name["Play"], Qt.MouseButton.LeftButton)
    assert not player.is_playing
    qtbot.wait(100)
    number = number_shown(player)
    QTest.mouseClick(by_name["One frame back"], Qt.MouseButton.LeftButton)
    wait_for_number(qtbot, player, number - 1)


def wheel(view: PlayerView, at: QPoint, notches: int) -> None:
    picture = view.picture
    event = QWheelEvent(
        QPointF(at),
        QPointF(picture.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, event)


def test_the_wheel_zooms_at_the_cursor_and_a_drag_moves(qtbot: QtBot, view: PlayerView) -> None:
    picture = view.picture
    place = on_picture(view, 0.6, 0.4)
    wheel(view, place, 6)
    assert picture.framing.zoom == pytest.approx(1.25**6)
    under = picture.to_picture(QPointF(place))
    assert (under.x(), under.y()) == pytest.approx((0.6, 0.4), abs=0.01)
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(picture, place + QPoint(30, 20))
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=place + QPoint(30, 20))
    under = picture.to_picture(QPointF(place + QPoint(30, 20)))
    assert (under.x(), under.y()) == pytest.approx((0.6, 0.4), abs=0.01)
    view.reset()
    assert picture.framing.zoom == 1.0


def test_turning_shows_the_picture_on_its_side_and_reset_upright(qtbot: QtBot, view: PlayerView) -> None:
    player_of(view).go_to(1.0)
    wait_for_number(qtbot, player_of(view), 25)
    view.rotate()
    left, top, right, bottom = film_box(view)
    pixels = shot(view)
    height, width = pixels.shape[:2]
    part = pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
    assert read_number(np.ascontiguousarray(np.rot90(part))) == 25
    view.reset()
    assert read_number(shot(view), film_box(view)) == 25


def test_a_crop_is_drawn_with_the_mouse_in_the_turned_picture_too(qtbot: QtBot, view: PlayerView) -> None:
    for turns in (0, 1):
        if turns:
            view.rotate()
        view.draw_crop()
        start, stop = on_picture(view, 0.25, 0.2), on_picture(view, 0.75, 0.9)
        with qtbot.waitSignal(view.crop_drawn) as drawn:
            QTest.mousePress(view.picture, Qt.MouseButton.LeftButton, pos=start)
            QTest.mouseMove(view.picture, stop)
            QTest.mouseRelease(view.picture, Qt.MouseButton.LeftButton, pos=stop)
        crop = drawn.args[0]
        assert (crop.left, crop.top, crop.right, crop.bottom) == pytest.approx((0.25, 0.2, 0.75, 0.9), abs=0.01)
        assert view.picture.crop_is_shown
        assert not view.picture.is_drawing


def test_a_slip_of_the_mouse_draws_nothing(qtbot: QtBot, view: PlayerView) -> None:
    view.draw_crop()
    place = on_picture(view, 0.5, 0.5)
    with qtbot.assertNotEmitted(view.crop_drawn):
        QTest.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=place)
    assert view.picture.is_drawing


def test_what_the_model_does_not_see_is_darkened(qtbot: QtBot, view: PlayerView) -> None:
    view.set_crop(Crop(0.5, 0.0, 1.0, 1.0))
    before = shot(view)
    view.toggle_crop()
    after = shot(view)
    outside, inside = on_picture(view, 0.05, 0.2), on_picture(view, 0.95, 0.2)
    assert after[outside.y(), outside.x()].mean() < before[outside.y(), outside.x()].mean() / 1.5
    assert after[inside.y(), inside.x()].mean() == before[inside.y(), inside.x()].mean()
    view.toggle_crop()
    assert (shot(view) == before).all()


def test_an_overlay_lies_over_what_it_is_about_while_that_stands_still(qtbot: QtBot, view: PlayerView) -> None:
    before, player = shot(view), player_of(view)
    overlay = QImage(8, 8, QImage.Format.Format_ARGB32)
    overlay.fill(QColor(255, 0, 0, 128))
    view.set_overlay(overlay, Interval(0.0, 2.0))
    assert (shot(view) != before).any()
    shown = []
    for second, play in ((2.5, False), (0.5, True), (0.1, False)):
        player.go_to(second, play=play)
        if play:
            qtbot.waitUntil(lambda: player.position > 0.7)
        else:
            wait_for_number(qtbot, player, int(second * 25))
        shown.append(view.picture.overlay_is_shown)
    assert shown == [False, False, True]
    player.play()
    qtbot.waitUntil(lambda: player.position > 0.3)
    player.pause()
    qtbot.waitUntil(lambda: view.picture.overlay_is_shown)
    player.go_to(0.0)
    wait_for_number(qtbot, player, 0)
    view.set_overlay(None)
    assert (shot(view) == before).all()


def test_a_gap_says_what_it_is(qtbot: QtBot, view: PlayerView, recording: Recording) -> None:
    facts = FrameFacts(5.0, Interval(4.0, 8.0), 5.0, missing=Lack.GAP)
    assert missing_text(recording, facts, clock=True) == "no video 22:00:04–22:00:08"
    assert missing_text(recording, facts, clock=False) == "no video 0:00:04–0:00:08"
    unread = replace(facts, missing=Lack.UNDECODABLE)
    assert missing_text(recording, unread, clock=True) == "video cannot be read 22:00:04–22:00:08"
    player_of(view).go_to(3.0)
    wait_for_number(qtbot, player_of(view), 75)
    before = shot(view)
    player_of(view).go_to(5.0)
    qtbot.waitUntil(lambda: player_of(view).image is None)
    assert (shot(view) != before).mean() > 0.3


def test_times_are_cut_and_not_rounded(recording: Recording) -> None:
    assert time_text(recording, 59.9996, clock=False, parts=3) == "0:00:59.999"
    assert time_text(recording, 3.96, clock=True, parts=3) == "22:00:03.960"
    assert time_text(recording, 7325.04, clock=False, parts=1) == "2:02:05.0"
    assert rate_text(-0.25) == "0.25×"


def test_the_waveform_knows_where_there_is_sound_and_a_click_goes_there(qtbot: QtBot, view: PlayerView) -> None:
    wave = view.waveform
    qtbot.waitUntil(lambda: wave._envelope is not None)
    assert wave.text == ""
    QTest.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(wave.width() // 10, 5))
    wait_for_number(qtbot, player_of(view), 50)
    assert player_of(view).position == pytest.approx(2.0, abs=0.05)


def test_the_waveform_of_a_silent_film_says_so(qtbot: QtBot, view: PlayerView, film: FilmMaker) -> None:
    player_of(view).set_recording(recording_of(film("quiet.mp4")))
    qtbot.waitUntil(lambda: view.waveform.text == "no sound here")


def test_a_hidden_picture_is_not_watched(qtbot: QtBot, view: PlayerView) -> None:
    played: list[Interval] = []
    player_of(view).played.connect(played.append)
    view.hide()
    player_of(view).play()
    qtbot.waitUntil(lambda: player_of(view).position > 0.5)
    player_of(view).pause()
    qtbot.wait(100)
    assert played == []


def wait_for_rate(qtbot: QtBot, player: Player, rate: float) -> None:
    qtbot.waitUntil(lambda: player._clock.rate == rate)


def test_keys_j_k_l_with_k_held_play_slowly_for_as_long_as_they_are_held(qtbot: QtBot, view: PlayerView) -> None:
    player, window = player_of(view), QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(view)
    actions = {}
    for key, command in (("K", player.press_stop), ("L", player.press_forward), ("J", player.press_reverse)):
        action = QAction(window)
        action.setShortcut(key)
        action.setAutoRepeat(False)
        action.triggered.connect(command)
        window.addAction(action)
        actions[key] = action
    window.installEventFilter(HoldK(player, stop=actions["K"], forward=actions["L"], reverse=actions["J"]))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    inside = view.transport.findChild(QToolButton)  # keys go to what has the focus, and from there to the window
    assert inside is not None
    inside.setFocus()
    player.go_to(2.0)
    QTest.keyPress(inside, Qt.Key.Key_K)
    for letter, rate in ((Qt.Key.Key_L, 0.25), (Qt.Key.Key_J, -0.25)):
        QTest.keyPress(inside, letter)
        wait_for_rate(qtbot, player, rate)
        QTest.keyRelease(inside, letter)
        wait_for_rate(qtbot, player, 0.0)
    QTest.keyRelease(inside, Qt.Key.Key_K)
    QTest.keyClick(inside, Qt.Key.Key_L)
    wait_for_rate(qtbot, player, 1.0)
    window.takeCentralWidget()
