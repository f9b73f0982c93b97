"""Fills stretches of sleep and waking with shots: each drawn for itself, or chosen from a pool that repeats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from reviewer_app.domain.window import Interval
from reviewer_app.phantom.behaviour import Habit, cluster, mimics, one_spasm
from reviewer_app.phantom.motion import Movement, MovementKind
from reviewer_app.phantom.scene import SceneKind, ShotPlan

_EDGE: Final = 0.6
"""Seconds at both ends of a shot in which nothing begins or ends, so that a cut hides no movement."""

_HAND_HELD: Final = (SceneKind.PHONE, SceneKind.HOME)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one state, in seconds of video."""

    span: Interval
    asleep: bool
    dark: bool
    cluster: Interval | None = None  # where a cluster of spasms lies, if there is one

    def split(self, edge: float) -> tuple["Stretch", ...]:
        """The same in two parts, if the edge lies inside."""
        if not self.span.start < edge < self.span.stop:
            return (self,)
        before, after = Interval(self.span.start, edge), Interval(edge, self.span.stop)
        return replace(self, span=before), replace(self, span=after)


class Mood(StrEnum):
    """What a shot of the pool is for."""

    DEEP_SLEEP = "deep_sleep"
    LIGHT_SLEEP = "light_sleep"
    AWAKE = "awake"
    LONE_SPASM = "lone_spasm"
    WEAK = "weak"
    MIDDLE = "middle"
    STRONG = "strong"


# Seconds of each shot in the pool, all on the 8-s grid: 11 minutes where a ward is seen both lit and dark. Only those
# that are shown are ever drawn.
_LIT: Final[Mapping[Mood, tuple[int, ...]]] = {
    Mood.AWAKE: (48, 48),
    Mood.LONE_SPASM: (32,),
    Mood.WEAK: (40,),
    Mood.MIDDLE: (40,),
    Mood.STRONG: (40, 40),
}
_DARK: Final[Mapping[Mood, tuple[int, ...]]] = {
    Mood.AWAKE: (48,),
    Mood.LONE_SPASM: (32,),
    Mood.WEAK: (40,),
    Mood.MIDDLE: (40,),
    Mood.STRONG: (40,),
}
_SLEEP: Final[Mapping[Mood, tuple[int, ...]]] = {Mood.DEEP_SLEEP: (96,), Mood.LIGHT_SLEEP: (48, 48)}
_LEVELS: Final = {Mood.WEAK: 0.15, Mood.MIDDLE: 0.55, Mood.STRONG: 0.95}

Shown = list[tuple[ShotPlan, float]]
"""Shots in order, each with the seconds of it that are shown."""


def as_it_happens(stretches: Iterable[Stretch], blank: ShotPlan, *, habit: Habit, seed: int) -> Shown:
    """One shot for each stretch, every second of it drawn for itself."""
    shown: Shown = []
    for i, stretch in enumerate(stretches):
        movements = _whole_course(stretch, blank.kind, habit=habit, seed=seed)
        span, shift = stretch.span, stretch.span.start
        inside = tuple(
            replace(movement, start=round(movement.start - shift, 3))
            for movement in movements
            if span.start + _EDGE <= movement.start and movement.stop <= span.stop - _EDGE
        )
        shot = replace(
            blank,
            seed=seed * 1000 + i,
            seconds=span.seconds,
            movements=inside,
            asleep=stretch.asleep,
            night=stretch.dark,
        )
        shown.append((shot, span.seconds))
    return shown


def _whole_course(stretch: Stretch, kind: SceneKind, *, habit: Habit, seed: int) -> tuple[Movement, ...]:
    """Everything in a stretch; its parts in two files draw the same cluster, as the seed is the cluster's place."""
    spasms: tuple[Movement, ...] = ()
    if stretch.cluster is not None:
        place = (seed * 7919 + round(stretch.cluster.start * 1000)) % 2**31
        spasms = cluster(habit, stretch.cluster, levels=(0.2, 1.0, 0.15), seed=place)
        spasms += _lone(stretch, habit, place)
    others = mimics(
        stretch.span,
        asleep=stretch.asleep,
        hand_held=kind in _HAND_HELD,
        every=22.0 if stretch.asleep else 8.0,
        around=spasms,
        seed=(seed * 7919 + round(stretch.span.start * 1000)) % 2**31,
    )
    return tuple(sorted((*spasms, *others), key=lambda movement: movement.start))


def _lone(stretch: Stretch, habit: Habit, seed: int) -> tuple[Movement, ...]:
    """A spasm more than a minute after the cluster, where there is time for it."""
    assert stretch.cluster is not None
    chance = np.random.default_rng((seed, 0x10))
    first = stretch.cluster.stop + 75.0
    if first > stretch.span.stop - 5.0:
        return ()
    onset = float(chance.uniform(first, stretch.span.stop - 5.0))
    return (one_spasm(habit, onset, swell=float(chance.uniform(0.2, 0.9)), chance=chance),)


def from_pool(stretches: Iterable[Stretch], blank: ShotPlan, *, habit: Habit, seed: int) -> Shown:
    """A long night from a few minutes of distinct shots; where a stretch ends early, its last shot is cut short."""
    chance = np.random.default_rng((seed, 0xF0))
    pool = _draw_pool(blank, habit=habit, seed=seed)
    shown: Shown = []
    for stretch in stretches:
        position = stretch.span.start
        while position < stretch.span.stop:
            shots = pool[_mood(stretch, position, chance), stretch.dark]
            shot = shots[int(chance.integers(len(shots)))]
            seconds = min(shot.seconds, stretch.span.stop - position)
            shown.append((shot, seconds))
            position += seconds
    return shown


def without_repeats(stretches: Iterable[Stretch], blank: ShotPlan, *, habit: Habit, seed: int) -> Shown:
    """The same course of a long night with another take of the same mood in the place of each repeated one."""
    seeds = np.random.default_rng((seed, 0xF1))
    moods = {shot: mood for (mood, _), shots in _draw_pool(blank, habit=habit, seed=seed).items() for shot in shots}
    return [
        (
            _pool_shot(
                blank, moods[shot], round(shot.seconds), dark=shot.night, habit=habit, seed=int(seeds.integers(2**31))
            ),
            seconds,
        )
        for shot, seconds in from_pool(stretches, blank, habit=habit, seed=seed)
    ]


def _mood(stretch: Stretch, position: float, chance: np.random.Generator) -> Mood:
    if stretch.asleep:
        return Mood.DEEP_SLEEP if chance.random() < 0.75 else Mood.LIGHT_SLEEP
    if stretch.cluster is None:
        return Mood.AWAKE
    if stretch.cluster.contains(position):
        phase = (position - stretch.cluster.start) / stretch.cluster.seconds
        swell = 1.0 - abs(2.0 * phase - 0.9)
        return Mood.STRONG if swell > 0.6 else Mood.MIDDLE if swell > 0.3 else Mood.WEAK
    return Mood.LONE_SPASM if chance.random() < 0.06 else Mood.AWAKE


def _draw_pool(blank: ShotPlan, *, habit: Habit, seed: int) -> dict[tuple[Mood, bool], tuple[ShotPlan, ...]]:
    pool: dict[tuple[Mood, bool], tuple[ShotPlan, ...]] = {}
    number = 0
    for dark, lengths in ((False, {**_LIT, **_SLEEP}), (True, {**_DARK, **_SLEEP})):
        for mood, seconds in lengths.items():
            shots = []
            for length in seconds:
                number += 1
                shots.append(_pool_shot(blank, mood, length, dark=dark, habit=habit, seed=seed * 1000 + number))
            pool[mood, dark] = tuple(shots)
    return pool


def _pool_shot(blank: ShotPlan, mood: Mood, seconds: int, *, dark: bool, habit: Habit, seed: int) -> ShotPlan:
    span = Interval(_EDGE, seconds - _EDGE)
    asleep = mood in (Mood.DEEP_SLEEP, Mood.LIGHT_SLEEP)
    spasms: tuple[Movement, ...] = ()
    if mood in _LEVELS:
        # The waits at both ends together make one of the usual waits, so that takes follow one another in rhythm.
        level = _LEVELS[mood]
        spasms = cluster(habit, Interval(3.0, seconds - 0.5), levels=(level, level, level), seed=seed)
    elif mood is Mood.LONE_SPASM:
        chance = np.random.default_rng((seed, 0x10))
        spasms = (one_spasm(habit, float(chance.uniform(8, seconds - 8)), swell=0.6, chance=chance),)
    others = mimics(
        span,
        asleep=asleep,
        hand_held=blank.kind in _HAND_HELD,
        every={Mood.DEEP_SLEEP: 80.0, Mood.LIGHT_SLEEP: 10.0}.get(mood, 9.0),
        around=spasms,
        seed=seed,
    )
    if mood is Mood.DEEP_SLEEP:
        others = tuple(other for other in others if other.kind is MovementKind.SQUIRM)
    movements = tuple(sorted((*spasms, *others), key=lambda movement: movement.start))
    return replace(blank, seed=seed, seconds=float(seconds), movements=movements, asleep=asleep, night=dark)
