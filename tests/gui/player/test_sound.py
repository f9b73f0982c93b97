"""Sound reaches the device in step, leads the clock, and is silent where it cannot be of use."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.recording import Recording
from reviewer_app.gui.player.clock import PlayClock
from reviewer_app.gui.player.sound import Device, Sound, open_loudspeaker
from reviewer_app.media.sound import SOUND_RATE
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of


class Ear:
    """A device that takes sound and hears it only when told to."""

    def __init__(self) -> None:
        self.sound = b""
        self.heard = 0
        self.stopped = False

    def free(self) -> int:
        return max(0, 40_000 - self.held())

    def write(self, sound: bytes) -> int:
        self.sound += sound
        return len(sound)

    def held(self) -> int:
        return len(self.sound) - self.heard

    def stop(self) -> None:
        self.stopped = True

    def hear(self, seconds: float) -> None:
        self.heard = min(len(self.sound), self.heard + round(seconds * SOUND_RATE) * 4)


@pytest.fixture
def recording(film: FilmMaker) -> Recording:
    found = recording_of(film(frames=250, sound=True))
    return replace(found, segments=(replace(found.segments[0], has_sound=True),))


@pytest.fixture
def ears() -> list[Ear]:
    return []


@pytest.fixture
def sound(qtbot: QtBot, recording: Recording, ears: list[Ear]) -> Iterator[Sound]:
    def open_ear() -> Device:
        ears.append(Ear())
        return ears[-1]

    sound = Sound(PlayClock(), open_device=open_ear)
    sound.set_recording(recording)
    yield sound
    sound.close()


def test_the_device_gets_the_sound_of_the_second_it_was_asked_for(qtbot: QtBot, sound: Sound, ears: list[Ear]) -> None:
    sound.play(3.0, 1.0)
    qtbot.waitUntil(lambda: len(ears[0].sound) >= 40_000)
    samples = np.frombuffer(ears[0].sound, np.int16).reshape(-1, 2)[2400:, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * SOUND_RATE / len(samples) == pytest.approx(440, abs=10)


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_the_clock_follows_what_is_heard(qtbot: QtBot, recording: Recording, rate: float) -> None:
    clock, ear = PlayClock(), Ear()
    sound = Sound(clock, open_device=lambda: ear)
    sound.set_recording(recording)
    clock.start(3.0, rate)
    sound.play(3.0, rate)
    began = time.perf_counter()
    for _ in range(30):
        qtbot.wait(20)
        ear.hear(0.01)  # at half the speed of the wall, or slower where the machine is busy
    heard, position = ear.heard / 4 / SOUND_RATE, (clock.position - 3.0) / rate
    wall = time.perf_counter() - began
    assert heard - 0.05 <= position <= heard + (wall - heard) / 2, "it keeps to the ear, not to the wall"
    sound.close()
    assert ear.stopped


@pytest.mark.parametrize("rate", [0.25, 4.0, 16.0, -1.0])
def test_speeds_at_which_sound_says_nothing_are_silent(sound: Sound, ears: list[Ear], rate: float) -> None:
    sound.play(3.0, rate)
    assert ears == []


def test_muting_is_immediate_and_ends_where_the_clock_is(qtbot: QtBot, sound: Sound, ears: list[Ear]) -> None:
    sound.play(3.0, 1.0)
    sound.set_muted(True)
    assert ears[0].stopped
    sound.play(4.0, 1.0)
    assert len(ears) == 1
    sound._clock.start(5.0, 1.0)
    sound.set_muted(False)
    assert len(ears) == 2


def test_without_a_device_it_says_so_and_nothing_else_happens(recording: Recording, qtbot: QtBot) -> None:
    sound = Sound(PlayClock(), open_device=lambda: None)
    sound.set_recording(recording)
    with qtbot.waitSignal(sound.state_changed):
        sound.play(1.0, 1.0)
    assert "no sound device" in sound.why_silent
    sound.play(1.0, 1.0)
    sound.close()


def test_asking_this_computer_for_its_device_never_fails(qtbot: QtBot) -> None:
    speaker = open_loudspeaker()
    if speaker is not None:
        speaker.stop()


def test_a_recording_without_sound_is_silent(film: FilmMaker, sound: Sound, ears: list[Ear]) -> None:
    sound.set_recording(recording_of(film("quiet.mp4")))
    sound.play(0.5, 1.0)
    assert ears == []
    assert "no sound" in sound.why_silent


def test_a_device_that_is_unplugged_does_not_stop_the_pictures(qtbot: QtBot, sound: Sound, ears: list[Ear]) -> None:
    sound._clock.start(3.0, 1.0)
    sound.play(3.0, 1.0)
    qtbot.waitUntil(lambda: bool(ears[0].sound))
    ears[0].hear(0.05)
    qtbot.waitUntil(lambda: ears[0].stopped, timeout=4000)
    assert "no sound device" in sound.why_silent
    before = sound._clock.position
    qtbot.wait(100)
    assert sound._clock.position > before + 0.05
