"""The player with its real thread on real films: what is on show is what was asked for."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.decode_thread import FrameFacts, fitted
from reviewer_app.gui.player.player import Player
from reviewer_app.media.viewer import Lack
from tests.conftest import FilmMaker
from tests.gui.player.films import number_shown, wait_for_number
from tests.media.by_hand import recording_of


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    player = Player()
    yield player
    player.close()
    assert not any(thread.isRunning() for thread in player.findChildren(QThread))


@pytest.fixture
def recording(film: FilmMaker) -> Recording:
    """4 s of film, a gap of 4 s, 2 s of film."""
    paths = film("a.mp4", frames=100, b_frames=2), film("b.mp4", first_number=500)
    return recording_of(*paths, starts=(0.0, 8.0))


def test_a_recording_shows_its_first_picture_at_once(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    wait_for_number(qtbot, player, 0)
    assert player.position == 0.0
    assert not player.is_playing


def test_going_somewhere_shows_the_picture_of_that_second(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    for second, number in ((2.01, 50), (8.5, 512), (3.99, 99), (0.0, 0)):
        player.go_to(second)
        wait_for_number(qtbot, player, number)
        assert player.position == second


def test_of_many_seeks_the_latest_wins(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    shown: list[FrameFacts] = []
    player.frame_shown.connect(shown.append)
    choice = random.Random(4)
    for _ in range(200):
        player.go_to(choice.uniform(0, 4))
    player.go_to(8.2)
    wait_for_number(qtbot, player, 505)
    assert len(shown) < 100
    qtbot.wait(100)
    assert number_shown(player) == 505
    assert player.position == 8.2


def test_steps_are_exact_both_ways_and_go_over_a_gap(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    player.go_to(3.94)
    wait_for_number(qtbot, player, 98)
    player.step(1)
    wait_for_number(qtbot, player, 99)
    with qtbot.waitSignal(player.frame_shown) as shown:
        player.step(1)
    facts = shown.args[0]
    assert (facts.missing, facts.interval) == (Lack.GAP, Interval(4.0, 8.0))
    assert player.image is None
    player.step(1)
    wait_for_number(qtbot, player, 500)
    for _ in range(3):
        player.step(-1)
    wait_for_number(qtbot, player, 98)
    assert player.position == pytest.approx(3.92)


def test_playing_at_the_films_own_speed_shows_every_picture_in_time(
    qtbot: QtBot, player: Player, film: FilmMaker
) -> None:
    player.set_recording(recording_of(film(frames=100, width=64, height=48)))
    wait_for_number(qtbot, player, 0)
    shown: list[FrameFacts] = []
    player.frame_shown.connect(shown.append)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=10_000):
        player.play()
    assert player.position == pytest.approx(4.0)
    starts = [facts.interval.start for facts in shown if facts.rate]
    assert starts == sorted(set(starts))
    # A busy machine may lose some, but what is lost is counted.
    assert len(starts) + player.tally.dropped >= 99
    assert len(starts) > 60


def test_pausing_stays_within_the_picture_on_show(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    player.go_to(1.0, play=True)
    qtbot.waitUntil(lambda: player.position > 1.3)
    player.pause()
    qtbot.wait(150)
    assert player.facts is not None
    assert player.facts.interval.contains(player.position)
    number = number_shown(player)
    player.go_to(player.position)
    qtbot.wait(150)
    assert number_shown(player) == number


def test_playing_backwards_shows_earlier_pictures_and_stops_at_the_start(
    qtbot: QtBot, player: Player, recording: Recording
) -> None:
    player.set_recording(recording)
    player.go_to(0.6)
    wait_for_number(qtbot, player, 15)
    shown: list[FrameFacts] = []
    player.frame_shown.connect(shown.append)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=5000):
        player.press_reverse()
    assert player.position == 0.0
    assert [facts.time for facts in shown] == sorted((facts.time for facts in shown), reverse=True)
    assert number_shown(player) <= 1


def test_a_gap_is_named_while_playing_and_then_passed_over(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    missing: list[FrameFacts] = []
    player.frame_shown.connect(lambda facts: missing.append(facts) if facts.missing else None)
    player.set_rate(2.0)
    player.go_to(3.5, play=True)
    qtbot.waitUntil(lambda: player.position > 8.0, timeout=5000)
    assert [facts.interval for facts in missing] == [Interval(4.0, 8.0)]


@pytest.mark.parametrize("rate", [4.0, 16.0])
def test_fast_playing_comes_to_the_end_in_its_time(qtbot: QtBot, player: Player, film: FilmMaker, rate: float) -> None:
    player.set_recording(recording_of(film(frames=400)))
    player.set_rate(rate)
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing, timeout=8000):
        player.play()
    assert player.position == pytest.approx(16.0)
    assert player.tally.passed_over > 100


def test_an_interval_is_repeated_until_told_otherwise(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    positions: list[float] = []
    player.position_changed.connect(positions.append)
    player.loop(Interval(1.0, 1.3))
    qtbot.waitUntil(lambda: sum(b < a for a, b in pairwise(positions)) >= 3, timeout=8000)
    assert max(positions) <= 1.35
    player.loop(None)
    qtbot.waitUntil(lambda: player.position > 1.5, timeout=3000)
    assert player.is_playing


def test_going_out_of_the_repeated_interval_ends_the_repetition(
    qtbot: QtBot, player: Player, recording: Recording
) -> None:
    player.set_recording(recording)
    player.loop(Interval(1.0, 1.3))
    with qtbot.waitSignal(player.loop_changed):
        player.go_to(3.0)
    assert player.looping is None


def test_what_was_really_shown_is_reported_without_the_gap(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    played: list[Interval] = []
    player.played.connect(played.append)
    player.go_to(3.0, play=True)
    qtbot.waitUntil(lambda: player.position > 8.5, timeout=8000)
    player.pause()
    qtbot.wait(200)
    player.go_to(0.5)  # seen, but not played
    qtbot.wait(100)
    inside = [each for each in played if each.stop <= 4.0 + 1e-6]
    behind = [each for each in played if each.start >= 8.0 - 1e-6]
    assert len(inside) + len(behind) == len(played)
    assert sum(each.seconds for each in inside) == pytest.approx(1.0, abs=0.1)
    assert sum(each.seconds for each in behind) == pytest.approx(0.5, abs=0.25)


@pytest.mark.parametrize(("rate", "on_show"), [(8.0, True), (1.0, False)])
def test_what_nobody_could_judge_is_not_reported(
    qtbot: QtBot, player: Player, recording: Recording, rate: float, on_show: bool
) -> None:
    player.set_recording(recording)
    played: list[Interval] = []
    player.played.connect(played.append)
    player.set_on_show(on_show)
    player.set_rate(rate)
    player.go_to(1.0, play=True)
    qtbot.waitUntil(lambda: player.position > 1.6, timeout=5000)
    player.pause()
    qtbot.wait(100)
    assert played == []


def test_l_plays_and_gets_faster_k_stops_and_j_turns_round(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    player.go_to(2.0)
    player.press_forward()
    assert (player.is_playing, player.rate) == (True, 1.0)
    player.press_forward()
    assert player.rate == 1.5
    player.press_stop()
    assert (player.is_playing, player.rate) == (False, 1.0)
    player.press_reverse()
    qtbot.waitUntil(lambda: player.facts is not None and player.facts.rate == -1.0)
    player.press_forward()
    qtbot.waitUntil(lambda: player.facts is not None and player.facts.rate == 1.0)


def test_a_file_that_is_gone_is_named_and_the_rest_still_plays(
    qtbot: QtBot, player: Player, recording: Recording
) -> None:
    recording.segments[1].path.unlink()
    player.set_recording(recording)
    wait_for_number(qtbot, player, 0)
    with qtbot.waitSignal(player.trouble, timeout=3000) as trouble:
        player.go_to(9.0, play=True)
    assert "b.mp4" in trouble.args[0]
    assert not player.is_playing
    player.go_to(2.0)
    wait_for_number(qtbot, player, 50)


def test_what_killed_the_decoder_in_a_scan_is_not_decoded(qtbot: QtBot, player: Player, recording: Recording) -> None:
    player.set_recording(recording, skip=(Interval(1.0, 2.0),))
    player.go_to(1.5)
    qtbot.waitUntil(lambda: player.facts is not None and player.facts.missing is Lack.UNDECODABLE)


def test_another_recording_replaces_the_one_that_plays(qtbot: QtBot, player: Player, film: FilmMaker) -> None:
    player.set_recording(recording_of(film("a.mp4", frames=100)))
    player.go_to(1.0, play=True)
    qtbot.waitUntil(lambda: player.position > 1.1)
    player.set_recording(recording_of(film("c.mp4", first_number=900)))
    wait_for_number(qtbot, player, 900)
    qtbot.wait(100)
    assert number_shown(player) == 900
    assert player.position == 0.0
    assert not player.is_playing
    player.set_recording(None)
    assert player.image is None
    player.play()
    player.step(1)
    player.go_to(1.0)
    assert not player.is_playing


def test_pictures_come_in_the_size_of_the_widget_and_follow_it(
    qtbot: QtBot, player: Player, recording: Recording
) -> None:
    player.set_box(64, 64)
    player.set_recording(recording)
    qtbot.waitUntil(lambda: player.image is not None)
    assert player.image is not None
    assert (player.image.width(), player.image.height()) == (64, 48)
    player.set_box(100, 60)
    qtbot.waitUntil(lambda: player.image is not None and player.image.height() == 60)
    assert fitted(1920, 1080, (3840, 2160)) == (1920, 1080)


def test_a_speed_outside_the_scale_is_refused(player: Player) -> None:
    with pytest.raises(ValueError, match="not a speed"):
        player.set_rate(32.0)


def test_a_film_without_sound_says_so(player: Player, recording: Recording, film: FilmMaker) -> None:
    player.set_recording(recording)
    assert player.sound.why_silent
    sounding = recording_of(film("s.mp4", sound=True))
    player.set_recording(replace(sounding, segments=(replace(sounding.segments[0], has_sound=True),)))
    assert player.sound.is_possible


def test_an_expected_place_is_ready_before_anybody_goes_there(
    qtbot: QtBot, player: Player, recording: Recording
) -> None:
    player.set_recording(recording)
    player.expect([3.0, 8.5, 99.0])
    scout = player._scouts._scout
    assert scout is not None
    qtbot.waitUntil(lambda: {3.0, 8.5} <= scout._ready.keys())
    player.go_to(8.5)
    wait_for_number(qtbot, player, 512)
    assert 8.5 not in scout._ready


def test_a_moment_is_repeated_as_an_interval_that_can_be_seen(player: Player, recording: Recording) -> None:
    player.set_recording(recording)
    player.loop(Interval(1.0, 1.0))
    assert player.looping is not None
    assert player.looping.seconds > 0.1


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_asked_in_whatever_order_the_last_wish_is_fulfilled(
    qtbot: QtBot, player: Player, recording: Recording, seed: int
) -> None:
    choice = random.Random(seed)
    player.set_recording(recording)
    wishes: list[Callable[[], None]] = [
        player.toggle,
        player.press_forward,
        player.press_reverse,
        player.press_stop,
        player.faster,
        player.slower,
        lambda: player.step(choice.choice([-3, -1, 1, 2])),
        lambda: player.go_to(choice.uniform(0, 11), play=choice.random() < 0.5),
        lambda: player.loop(choice.choice([None, Interval(1.0, 1.4), Interval(3.8, 8.3)])),
        lambda: player.set_box(choice.randint(20, 200), choice.randint(20, 200)),
        lambda: player.expect([choice.uniform(0, 10)]),
        lambda: player.hold(choice.random() < 0.5),
        lambda: player.set_recording(recording) if choice.random() < 0.2 else None,
    ]
    for _ in range(120):
        choice.choice(wishes)()
        qtbot.wait(choice.choice([0, 0, 5, 40]))
    player.hold(False)
    player.loop(None)
    player.set_box(128, 96)
    player.go_to(8.5)
    wait_for_number(qtbot, player, 512)
    qtbot.wait(100)
    assert number_shown(player) == 512
    assert (player.position, player.is_playing) == (8.5, False)
    player.step(1)
    wait_for_number(qtbot, player, 513)
