"""Writes the EEG beside a phantom's video: hypsarrhythmia, and an electrodecrement at each spasm.

The waves imitate what is described of West syndrome: chaotic slow waves of 200-500 µV and spikes from many places,
more broken up in sleep; with a spasm a high slow wave over the whole head, then a few seconds of flat, fast activity,
and over the deltoids a burst that swells and fades like a rhombus. Nothing in the file names a spasm.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import edfio
import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.motion import MovementKind
from reviewer_app.phantom.script import NightScript
from reviewer_app.phantom.truth import TruthEvent

EEG_LEAD: Final = 12.0
"""Seconds by which the EEG begins before the video, as two machines are never started at once."""

_TAIL: Final = 4.0
_SHORT: Final = 2 * 3600.0  # seconds up to which 256 Hz are kept
_RANGE: Final = 3276.7  # µV; one digital step is 0.1 µV
# Places on the head seen from above, nose up, radius 1 at the ears.
_HEAD: Final = {
    "Fp1": (-0.3, 0.9), "Fp2": (0.3, 0.9), "F7": (-0.8, 0.55), "F3": (-0.4, 0.5), "Fz": (0.0, 0.45),
    "F4": (0.4, 0.5), "F8": (0.8, 0.55), "T3": (-0.95, 0.0), "C3": (-0.5, 0.0), "Cz": (0.0, 0.0),
    "C4": (0.5, 0.0), "T4": (0.95, 0.0), "T5": (-0.8, -0.55), "P3": (-0.4, -0.5), "Pz": (0.0, -0.45),
    "P4": (0.4, -0.5), "T6": (0.8, -0.55), "O1": (-0.3, -0.9), "O2": (0.3, -0.9),
}  # fmt: skip
_SOURCES: Final = 5  # slow rhythms that several places share

_MOVING: Final = frozenset(
    {
        MovementKind.STARTLE, MovementKind.KICKING, MovementKind.ARCHING, MovementKind.CRYING, MovementKind.STRETCH,
        MovementKind.SHUDDER, MovementKind.FLAIL, MovementKind.SQUIRM, MovementKind.SLEEP_MYOCLONUS,
    }
)  # fmt: skip

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Clock:
    """The samples of the whole file; second 0 is the recording's, the file begins before it."""

    rate: int
    count: int

    def samples(self, span: tuple[float, float]) -> slice:
        first, last = (round((time + EEG_LEAD) * self.rate) for time in span)
        return slice(min(max(first, 0), self.count), min(max(last, 0), self.count))


def write_eeg(path: Path, script: NightScript, events: Sequence[TruthEvent], *, seed: int) -> Iterator[None]:
    """Writes one EDF+ file over the whole night, gaps of the video included; yields after each channel."""
    seconds = int(EEG_LEAD + script.seconds + _TAIL)
    rate = 256 if script.seconds <= _SHORT else 128
    clock = _Clock(rate, seconds * rate)
    chance = np.random.default_rng((seed, 0xEE6))
    signals = []
    for label, wave in _channels(clock, script, events, chance):
        digital = np.clip(np.rint(wave * 10), -32767, 32767).astype(np.int16)
        signals.append(
            edfio.EdfSignal.from_digital(
                digital,
                clock.rate,
                label=label,
                transducer_type="simulated",
                physical_dimension="uV",
                physical_range=(-_RANGE, _RANGE),
                digital_range=(-32767, 32767),
            )
        )
        yield
    begun = script.start - timedelta(seconds=EEG_LEAD)
    edf = edfio.Edf(
        signals,
        patient=edfio.Patient(code=script.patient),
        recording=edfio.Recording(startdate=begun.date(), equipment_code="phantom"),
        starttime=begun.time(),
        data_record_duration=1,
        annotations=[edfio.EdfAnnotation(0.0, None, "Recording starts")],
    )
    unfinished = path.with_name(path.name + ".part")
    try:
        edf.write(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _channels(
    clock: _Clock, script: NightScript, events: Sequence[TruthEvent], chance: np.random.Generator
) -> Iterator[tuple[str, Wave]]:
    spasms = [event for event in events if event.is_spasm]
    asleep = _asleep(clock, script)
    background, slow, fast = _course(clock, spasms, asleep, chance)
    sources = [_noise(clock, 0.7, 3.0, chance) for _ in range(_SOURCES)]
    spikes = [_spike_train(clock, chance) for _ in range(len(_HEAD))]
    places = np.array(list(_HEAD.values()))
    shares = chance.normal(0.0, 1.0, (len(_HEAD), _SOURCES))
    for i, name in enumerate(_HEAD):
        near = np.exp(-((np.hypot(*(places - places[i]).T) / 0.45) ** 2))
        wave = _cortex(clock, sources, shares[i], chance)
        wave += _spikes(clock, spikes, near)
        wave *= background
        wave += slow * np.float32(1.0 - 0.35 * abs(places[i][1]))
        wave += fast * _noise(clock, 14.0, 26.0, chance)
        yield f"EEG {name}", wave + 3.0 * _noise(clock, 0.5, 40.0, chance)
    yield "ECG", _heart(clock, chance)
    for side, name in ((-1.0, "EMG Deltoid L"), (1.0, "EMG Deltoid R")):
        yield name, _muscle(clock, events, asleep, side, chance)


def _noise(clock: _Clock, low: float, high: float, chance: np.random.Generator) -> Wave:
    """Chance waves between two frequencies, with a deviation of 1."""
    length = 2 ** int(np.ceil(np.log2(clock.count)))  # transforms of other lengths may take for ever
    spectrum = np.fft.rfft(chance.standard_normal(length, np.float32))
    frequencies = np.fft.rfftfreq(length, 1 / clock.rate)
    spectrum *= np.exp(-(np.clip(low - frequencies, 0, None) ** 2) / (2 * (0.25 * low) ** 2))
    spectrum *= np.exp(-(np.clip(frequencies - high, 0, None) ** 2) / (2 * (0.15 * high) ** 2))
    wave = np.fft.irfft(spectrum, length)[: clock.count].astype(np.float32)
    return np.asarray(wave / wave.std(), np.float32)


def _asleep(clock: _Clock, script: NightScript) -> NDArray[np.bool_]:
    """Sleep at each sample; a gap of the video goes on as the night was before it."""
    asleep = np.zeros(clock.count, bool)
    for take in script.takes:
        asleep[clock.samples((take.start, script.seconds + _TAIL))] = take.shot.asleep
    return asleep


def _course(
    clock: _Clock, spasms: Iterable[TruthEvent], asleep: NDArray[np.bool_], chance: np.random.Generator
) -> tuple[Wave, Wave, Wave]:
    """How large the background is, the slow waves of the spasms (µV), and how large the fast activity is (µV)."""
    swell = _noise(clock, 0.05, 0.25, chance)  # in sleep the pattern comes in groups
    background = np.where(asleep, 0.95 + 0.45 * np.tanh(2.0 * swell), 0.85 + 0.12 * swell).astype(np.float32)
    slow, fast = np.zeros(clock.count, np.float32), np.zeros(clock.count, np.float32)
    for spasm in spasms:
        size = 0.45 + 0.55 * spasm.strength
        begun = spasm.onset - float(chance.uniform(0.05, 0.25))  # the slow wave is seen just before the movement
        width = float(chance.uniform(0.5, 0.9))
        flat = float(chance.uniform(1.0, 5.0)) * (0.5 + 0.5 * spasm.strength)
        where = clock.samples((begun, begun + width))
        phase = np.linspace(0, 1, where.stop - where.start, dtype=np.float32)
        slow[where] += np.float32(480.0 * size) * np.sin(2 * np.pi * phase**0.8) * np.sin(np.pi * phase)
        where = clock.samples((begun + 0.4 * width, begun + 0.4 * width + flat))
        edge = np.linspace(0, 1, where.stop - where.start, dtype=np.float32)
        depth = np.clip(np.minimum(edge, 1 - edge) * flat / 0.15, 0, 1)
        background[where] *= 1.0 - (0.75 + 0.2 * size) * depth
        fast[where] = np.maximum(fast[where], np.float32(10.0 + 8.0 * size) * depth)
    return background, slow, fast


def _cortex(clock: _Clock, sources: Sequence[Wave], shares: NDArray[np.float64], chance: np.random.Generator) -> Wave:
    wave = 75.0 * _noise(clock, 0.7, 3.2, chance) + 20.0 * _noise(clock, 3.5, 9.0, chance)
    for source, share in zip(sources, shares, strict=True):
        wave += np.float32(42.0 * share) * source
    return wave


def _spike_train(clock: _Clock, chance: np.random.Generator) -> Wave:
    """Impulses (µV) at one focus, now and then in short runs."""
    train = np.zeros(clock.count, np.float32)
    count = chance.poisson(0.16 * clock.count / clock.rate)
    where = chance.integers(0, clock.count, count)
    train[where] = -chance.uniform(120.0, 380.0, count)
    runs = where[chance.random(count) < 0.2]
    for repeat in (1, 2):
        again = runs + int(repeat * 0.35 * clock.rate)
        again = again[again < clock.count]
        train[again] = -chance.uniform(100.0, 300.0, again.size)
    return train


def _spikes(clock: _Clock, trains: Sequence[Wave], near: NDArray[np.float64]) -> Wave:
    """Sharp waves with the slow wave that follows them, as a place sees them from near and far foci."""
    mixed = np.zeros(clock.count, np.float32)
    for train, share in zip(trains, near, strict=True):
        if share > 0.05:
            mixed += np.float32(share) * train
    times = np.arange(int(0.6 * clock.rate)) / clock.rate
    shape = np.exp(-(((times - 0.05) / 0.022) ** 2)) - 0.55 * np.exp(-(((times - 0.26) / 0.10) ** 2))
    return np.convolve(mixed, shape.astype(np.float32))[: clock.count]


def _heart(clock: _Clock, chance: np.random.Generator) -> Wave:
    """About 130 beats a minute, with an infant's variation."""
    beats = np.cumsum(chance.normal(60 / 130, 0.015, int(3 * clock.count / clock.rate)))
    where = (beats * clock.rate).astype(np.int64)
    train = np.zeros(clock.count, np.float32)
    train[where[where < clock.count]] = 1.0
    times = np.arange(int(0.4 * clock.rate)) / clock.rate
    waves = (
        (0.04, 0.02, 90.0),
        (0.09, 0.008, -110.0),
        (0.105, 0.008, 850.0),
        (0.12, 0.009, -220.0),
        (0.24, 0.03, 180.0),
    )
    shape = sum(size * np.exp(-(((times - middle) / width) ** 2)) for middle, width, size in waves)
    return np.convolve(train, np.asarray(shape, np.float32))[: clock.count] + 6.0 * _noise(clock, 0.5, 30.0, chance)


def _muscle(
    clock: _Clock, events: Iterable[TruthEvent], asleep: NDArray[np.bool_], side: float, chance: np.random.Generator
) -> Wave:
    """Tone that is lower in sleep; a rhombus at each spasm, irregular bursts with other movements."""
    tone = np.where(asleep, 3.0, 8.0).astype(np.float32)
    for event in events:
        where = clock.samples((event.onset, event.onset + event.duration))
        phase = np.linspace(0, 1, where.stop - where.start, dtype=np.float32)
        if event.is_spasm:
            share = 1.0 - max(0.0, -side * event.side)
            tone[where] += np.float32(260.0 * event.strength * share) * (1.0 - np.abs(2.0 * phase - 1.0))
        elif event.trial_type in _MOVING:
            tone[where] += np.float32(chance.uniform(15.0, 70.0)) * np.sin(np.pi * phase) ** 2
    return tone * _noise(clock, 20.0, 0.4 * clock.rate, chance)
