"""The sound track does not depend on how a shot is divided, and cries where the infant does."""

import itertools

import numpy as np

from reviewer_app.phantom.motion import Movement, MovementKind
from reviewer_app.phantom.scene import SceneKind, ShotPlan
from reviewer_app.phantom.sound import SOUND_RATE, Sound, shot_sound

CRYING = Movement(MovementKind.CRYING, 4.0, 3.0, 0.8, seed=2)
SHOT = ShotPlan(SceneKind.PHONE, 1, 12.0, (CRYING,))


def loudness(sound: Sound, start: float, stop: float) -> float:
    return float(np.sqrt(np.mean(sound[int(start * SOUND_RATE) : int(stop * SOUND_RATE)] ** 2)))


def test_pieces_join_to_the_whole() -> None:
    whole = shot_sound(SHOT, 0, 12 * SOUND_RATE)
    parts = [shot_sound(SHOT, first, 3 * SOUND_RATE) for first in range(0, 12 * SOUND_RATE, 3 * SOUND_RATE)]
    np.testing.assert_array_equal(whole, np.concatenate(parts))


def test_a_cry_is_heard_while_it_lasts_and_not_before() -> None:
    sound = shot_sound(SHOT, 0, 12 * SOUND_RATE)
    assert loudness(sound, 4, 7) > 4 * loudness(sound, 0, 3.9)
    assert loudness(sound, 7.1, 12) < 1.5 * loudness(sound, 0, 3.9)
    assert np.abs(sound).max() < 1


def test_a_cry_has_an_infants_pitch() -> None:
    # At the start of the cry and, in another breath, late in it.
    for patient, first in itertools.product(range(5), (4.0, 5.5)):
        shot = ShotPlan(SceneKind.PHONE, 1, 12.0, (CRYING,), patient_seed=patient)
        sound = shot_sound(shot, int(first * SOUND_RATE), int(1.5 * SOUND_RATE))
        spectrum = np.abs(np.fft.rfft(sound, 4 * SOUND_RATE))
        frequencies = np.fft.rfftfreq(4 * SOUND_RATE, 1 / SOUND_RATE)
        low = (frequencies > 250) & (frequencies < 700)
        assert 340 < frequencies[low][spectrum[low].argmax()] < 640


def test_only_a_ward_has_a_monitor() -> None:
    def beeps(kind: SceneKind) -> float:
        spectrum = np.abs(np.fft.rfft(shot_sound(ShotPlan(kind, 1, 8.0), 0, 8 * SOUND_RATE)))
        return float(spectrum[870 * 8 : 890 * 8].max() / np.median(spectrum[700 * 8 : 1060 * 8]))

    assert beeps(SceneKind.WARD) > 3 * beeps(SceneKind.PHONE)
