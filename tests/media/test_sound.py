"""Sound stays in step with the recording, whatever the files hold, and keeps its pitch at any speed."""

import numpy as np
import pytest

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.media.sound import SOUND_RATE, Samples, Tempo, envelope, has_sound, sound_from
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of

PITCH = 440.0  # Hz, of the films' tone


def all_sound(recording: Recording, time: float = 0.0) -> Samples:
    return np.concatenate(list(sound_from(recording, time)))


def loudness(samples: Samples, start: float, stop: float) -> float:
    return float(samples[round(start * SOUND_RATE) : round(stop * SOUND_RATE)].astype(np.float64).std())


def pitch(samples: Samples) -> float:
    tone = samples[SOUND_RATE // 2 : SOUND_RATE // 2 + SOUND_RATE // 2, 0].astype(np.float64)
    return float(np.argmax(np.abs(np.fft.rfft(tone)))) * 2


@pytest.mark.parametrize(("name", "first_pts"), [("a.mp4", 0.0), ("a.mkv", 3.0), ("a.ts", 10.0)])
def test_sound_lasts_as_long_as_the_recording_and_is_where_it_was(film: FilmMaker, name: str, first_pts: float) -> None:
    recording = recording_of(
        film(name, frames=75, sound=True, first_pts=first_pts), film("b.mp4", frames=50), starts=(0.0, 5.0)
    )
    samples = all_sound(recording)
    assert len(samples) == pytest.approx(recording.seconds * SOUND_RATE, abs=5)
    assert loudness(samples, 0.2, 2.8) > 1000
    assert loudness(samples, 3.2, recording.seconds) == 0  # the gap, and a film without sound
    assert pitch(samples) == PITCH


def test_sound_from_the_middle_is_the_same_as_what_comes_there_from_the_start(film: FilmMaker) -> None:
    recording = recording_of(film(frames=150, sound=True))
    late = all_sound(recording, 2.0)
    part = all_sound(recording)[2 * SOUND_RATE :][: len(late)]
    apart = np.abs(part.astype(int) - late)[SOUND_RATE // 10 :]  # a decoder needs a moment to swing in
    assert apart.max() < 100


@pytest.mark.parametrize("rate", [0.5, 0.75, 1.5, 2.0])
def test_another_speed_changes_the_length_and_not_the_pitch(film: FilmMaker, rate: float) -> None:
    recording = recording_of(film(frames=150, sound=True))
    tempo = Tempo(rate)
    blocks = list(sound_from(recording, 0.0))
    changed = np.concatenate([tempo.changed(block) for block in blocks])
    assert len(changed) == pytest.approx(sum(map(len, blocks)) / rate, rel=0.05)
    assert pitch(changed) == PITCH


def test_the_envelope_shows_loud_and_silent_and_knows_where_there_is_no_track(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4", frames=50, sound=True), film("b.mp4"), starts=(0.0, 4.0))
    found = envelope(recording, Interval(0.0, 4.0), columns=40)
    assert found.has_sound
    assert found.high.shape == found.low.shape == (40,)
    assert (found.high[2:18] > 0.1).all()
    assert (found.low[2:18] < -0.1).all()
    assert not found.high[22:].any()
    silent = envelope(recording, Interval(4.0, 6.0), columns=10)
    assert not silent.has_sound
    assert not has_sound(recording, Interval(2.5, 6.0))


def test_a_film_that_is_cut_short_or_gone_is_silent_there_and_nothing_worse(film: FilmMaker) -> None:
    cut = film("cut.mkv", frames=150, sound=True)
    recording = recording_of(cut, film("gone.mp4", sound=True))
    content = cut.read_bytes()
    cut.write_bytes(content[: len(content) // 3])
    recording.segments[1].path.unlink()
    samples = all_sound(recording)
    assert len(samples) == pytest.approx(recording.seconds * SOUND_RATE, abs=5)
    assert loudness(samples, 6.2, recording.seconds) == 0
