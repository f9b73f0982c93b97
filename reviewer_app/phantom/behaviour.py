"""What an infant does in a stretch of time: clusters of spasms, and the movements that look like them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from reviewer_app.domain.window import Interval
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology

_SEMIOLOGIES: Final = (Semiology.FLEXOR, Semiology.EXTENSOR, Semiology.MIXED)
_SEMIOLOGY_SHARES: Final = (0.35, 0.22, 0.43)
LEAST_CLEARANCE: Final = 0.5
"""Seconds that a mimic keeps from a spasm, so that the truth about each stays clear."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How one patient's spasms look, from one cluster to the next."""

    semiology: Semiology
    side: float
    strength: float  # of the strongest


@dataclass(frozen=True, slots=True)
class _Manner:
    share: float  # how often, against the other mimics
    shortest: float  # seconds
    longest: float


_AWAKE: Final[Mapping[MovementKind, _Manner]] = {
    MovementKind.KICKING: _Manner(0.20, 3.0, 10.0),
    MovementKind.HEAD_TURN: _Manner(0.14, 1.5, 4.0),
    MovementKind.FLAIL: _Manner(0.13, 1.5, 4.0),
    MovementKind.SQUIRM: _Manner(0.12, 2.0, 6.0),
    MovementKind.CRYING: _Manner(0.09, 4.0, 15.0),
    MovementKind.CAREGIVER: _Manner(0.08, 5.0, 15.0),
    MovementKind.STARTLE: _Manner(0.07, 1.6, 2.6),
    MovementKind.STRETCH: _Manner(0.06, 2.5, 6.0),
    MovementKind.ARCHING: _Manner(0.05, 2.5, 6.0),
    MovementKind.SHUDDER: _Manner(0.04, 1.0, 3.0),
    MovementKind.HICCUP: _Manner(0.04, 8.0, 20.0),
    MovementKind.LIGHT_CHANGE: _Manner(0.02, 1.0, 6.0),
}
_ASLEEP: Final[Mapping[MovementKind, _Manner]] = {
    MovementKind.SLEEP_MYOCLONUS: _Manner(0.36, 2.0, 10.0),
    MovementKind.SQUIRM: _Manner(0.22, 2.0, 6.0),
    MovementKind.STARTLE: _Manner(0.16, 1.6, 2.6),
    MovementKind.STRETCH: _Manner(0.12, 2.5, 6.0),
    MovementKind.HEAD_TURN: _Manner(0.10, 1.5, 4.0),
    MovementKind.CAREGIVER: _Manner(0.04, 4.0, 10.0),
}
_HAND_HELD: Final = _Manner(0.10, 0.4, 1.2)  # camera bumps


def patient_habit(seed: int) -> Habit:
    """Gives a patient's usual spasm."""
    chance = np.random.default_rng((seed, 0x4A))
    lopsided = chance.random() < 0.3
    return Habit(
        semiology=_SEMIOLOGIES[int(chance.choice(3, p=_SEMIOLOGY_SHARES))],
        side=float(chance.uniform(-0.7, 0.7)) if lopsided else 0.0,
        strength=float(chance.uniform(0.75, 1.0)),
    )


def one_spasm(habit: Habit, onset: float, *, swell: float, chance: np.random.Generator) -> Movement:
    """Makes one spasm; ``swell`` from 0 (subtle) to 1 (as strong as this patient's get)."""
    strength = habit.strength * (0.3 + 0.7 * swell) * float(chance.normal(1.0, 0.15))
    usual = chance.random() < 0.7
    return Movement(
        MovementKind.SPASM,
        start=round(onset, 3),
        duration=round(float(np.clip(np.exp(chance.normal(np.log(1.25), 0.38)), 0.4, 3.0)), 3),
        strength=round(float(np.clip(strength, 0.18, 1.0)), 3),
        semiology=habit.semiology if usual else _SEMIOLOGIES[int(chance.choice(3, p=_SEMIOLOGY_SHARES))],
        side=round(float(np.clip(habit.side + chance.normal(0, 0.1), -1, 1)), 3),
        seed=int(chance.integers(2**31)),
    )


def cluster(habit: Habit, span: Interval, *, levels: tuple[float, float, float], seed: int) -> tuple[Movement, ...]:
    """Fills a span with spasms, one every 5-10 s, rarely up to 30 s, some followed by a cry.

    Args:
        habit: Of the patient.
        span: First onset to last release.
        levels: How strong spasms are at the span's start, middle and stop, 0 to 1: waxing and waning.
        seed: Of the whole cluster.
    """
    chance = np.random.default_rng((seed, 0xC1))
    movements: list[Movement] = []
    onset = span.start
    while onset < span.stop - 3.0:
        phase = (onset - span.start) / max(span.seconds, 1e-6)
        swell = float(np.interp(phase, (0.0, 0.5, 1.0), levels))
        spasm = one_spasm(habit, onset, swell=swell, chance=chance)
        movements.append(spasm)
        wait = float(chance.uniform(5.0, 8.0) + 2.5 * (1.0 - swell) * chance.random())
        if chance.random() < 0.05:
            wait = float(chance.uniform(12.0, 30.0))
        if chance.random() < 0.35 * spasm.strength:
            movements.append(_cry_after(spasm, wait, chance))
        onset += wait
    return tuple(movement for movement in movements if movement.stop <= span.stop)


def _cry_after(spasm: Movement, wait: float, chance: np.random.Generator) -> Movement:
    pause = float(chance.uniform(0.2, 0.5))
    room = wait - spasm.duration - pause - LEAST_CLEARANCE
    return Movement(
        MovementKind.CRYING,
        start=round(spasm.stop + pause, 3),
        duration=round(float(np.clip(chance.uniform(1.5, 4.0), 0.8, max(0.8, room))), 3),
        strength=round(float(chance.uniform(0.4, 0.9)), 3),
        seed=int(chance.integers(2**31)),
    )


def mimics(
    span: Interval, *, asleep: bool, hand_held: bool, every: float, around: Iterable[Movement], seed: int
) -> tuple[Movement, ...]:
    """Fills a span with movements that are no spasms, clear of those already there.

    Args:
        span: Where they may be.
        asleep: Decides which kinds there are.
        hand_held: The camera is, too, and may be bumped.
        every: Mean seconds from one to the next.
        around: Movements that must be left alone.
        seed: Of this span.
    """
    chance = np.random.default_rng((seed, 0x31))
    manners = dict(_ASLEEP if asleep else _AWAKE)
    if hand_held:
        manners[MovementKind.CAMERA_BUMP] = _HAND_HELD
    kinds, shares = list(manners), np.array([manner.share for manner in manners.values()])
    taken = [(other.start - LEAST_CLEARANCE, other.stop + LEAST_CLEARANCE) for other in around]
    found: list[Movement] = []
    start = span.start + float(chance.exponential(every))
    while start < span.stop:
        kind = kinds[int(chance.choice(len(kinds), p=shares / shares.sum()))]
        duration = float(chance.uniform(manners[kind].shortest, manners[kind].longest))
        stop = start + duration
        if stop <= span.stop and all(stop < first or start > last for first, last in taken):
            strength, seed_of_it = round(float(chance.uniform(0.25, 1.0)), 3), int(chance.integers(2**31))
            found.append(Movement(kind, round(start, 3), round(duration, 3), strength, seed=seed_of_it))
        start = stop + LEAST_CLEARANCE + float(chance.exponential(every))
    return tuple(found)
