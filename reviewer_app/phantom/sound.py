"""What a microphone hears beside the cot: the room, breathing, a monitor, and crying."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.motion import Movement, MovementKind
from reviewer_app.phantom.scene import SceneKind, ShotPlan

SOUND_RATE: Final = 16_000
_LOOP: Final = 8 * SOUND_RATE  # samples after which the noise of the room repeats, too long to be noticed
_BEEP: Final = 0.07  # seconds
_BREATH: Final = 0.55  # cry: seconds of voice, then a gasp
_GLIDE: Final = 0.18  # cry: share by which the pitch rises in mid-breath

Sound = NDArray[np.float32]


def shot_sound(shot: ShotPlan, first: int, count: int) -> Sound:
    """Gives ``count`` samples from sample ``first`` of a shot, however the shot is divided; -1 to 1.

    Samples before the shot's start and after its stop are the same room without the crying, so that shots can be
    joined without a click.
    """
    times = (first + np.arange(count)) / SOUND_RATE
    sound = 0.012 * _noise_loop(shot.camera_seed, 1.2)[_positions(first, count)]
    sound += _breathing(shot, first, times)
    if shot.kind in (SceneKind.WARD, SceneKind.CLINIC):
        sound += _monitor(shot, times)
    for movement in shot.movements:
        if movement.kind is MovementKind.CRYING and movement.start < times[-1] and movement.stop > times[0]:
            sound += _cry(movement, times, shot.patient_seed)
    return np.clip(sound, -1.0, 1.0).astype(np.float32)


def _positions(first: int, count: int) -> NDArray[np.int64]:
    return np.arange(first, first + count) % _LOOP


@lru_cache(maxsize=8)
def _noise_loop(seed: int, slope: float) -> NDArray[np.float64]:
    """Noise that falls by 1/f^slope and joins its own beginning without a seam."""
    chance = np.random.default_rng((seed, 0x50))
    spectrum = np.fft.rfft(chance.standard_normal(_LOOP))
    frequencies = np.fft.rfftfreq(_LOOP, 1 / SOUND_RATE)
    spectrum *= (np.maximum(frequencies, 40.0) / 40.0) ** (-slope / 2) * (frequencies > 25)
    noise: NDArray[np.float64] = np.fft.irfft(spectrum, _LOOP)
    noise /= noise.std()
    return noise


def _breathing(shot: ShotPlan, first: int, times: NDArray[np.float64]) -> NDArray[np.float64]:
    rate = 0.55 if shot.asleep else 0.75  # breaths a second
    swell = np.clip(np.sin(2 * np.pi * rate * times), 0.0, None) ** 2
    loudness = 0.006 if shot.kind in (SceneKind.PHONE, SceneKind.HOME) else 0.003
    return loudness * swell * _noise_loop(shot.patient_seed + 1, 0.3)[_positions(first, times.size)]


def _monitor(shot: ShotPlan, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """A quiet beep with each second heart beat of a machine elsewhere in the room."""
    phase = np.mod(times, 0.96 if shot.asleep else 0.84)
    envelope = np.clip(phase / 0.005, 0, 1) * np.clip((_BEEP - phase) / 0.01, 0, 1)
    return 0.01 * envelope * np.sin(2 * np.pi * 880.0 * phase)


def _cry(movement: Movement, times: NDArray[np.float64], patient_seed: int) -> NDArray[np.float64]:
    """Harmonics of a gliding, trembling voice, one wail a breath."""
    voice = np.random.default_rng((patient_seed, 0xC4))
    pitch = float(voice.uniform(350.0, 550.0))
    chance = np.random.default_rng((movement.seed, 0xC4))
    breath = _BREATH + float(chance.uniform(0.35, 0.8))
    tremble, depth = float(chance.uniform(5.0, 8.0)), float(chance.uniform(0.01, 0.03))
    since = times - movement.start
    wail = np.mod(since, breath) / breath
    # The pitch rises and falls within each breath; a phase is the integral of its frequency.
    course = wail + _GLIDE * (1.0 - np.cos(np.pi * wail)) / np.pi
    turn = 2 * np.pi * pitch * breath * course - pitch * depth / tremble * np.cos(2 * np.pi * tremble * since)
    envelope = np.clip(wail / 0.08, 0, 1) * np.clip((0.82 - wail) / 0.15, 0, 1)
    envelope *= np.clip(since / 0.05, 0, 1) * np.clip((movement.duration - since) / 0.1, 0, 1)
    sound = np.zeros_like(times)
    for harmonic in range(1, 9):
        frequency = harmonic * pitch
        # Two resonances of a short vocal tract, near 1.1 and 3.3 kHz.
        weight = np.exp(-(((frequency - 1100) / 700) ** 2)) + 0.5 * np.exp(-(((frequency - 3300) / 900) ** 2)) + 0.15
        sound += weight * np.sin(harmonic * turn) / np.sqrt(harmonic)
    return (0.06 + 0.12 * movement.strength) * envelope * sound
