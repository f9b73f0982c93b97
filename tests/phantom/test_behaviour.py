"""Clusters wax and wane as real ones do, and mimics keep clear of spasms."""

import numpy as np
import pytest

from reviewer_app.domain.window import Interval
from reviewer_app.phantom.behaviour import Habit, cluster, mimics, patient_habit
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology

HABIT = Habit(Semiology.FLEXOR, side=0.0, strength=1.0)
WAXING = (0.1, 1.0, 0.1)


def spasms(movements: tuple[Movement, ...]) -> list[Movement]:
    return [movement for movement in movements if movement.kind is MovementKind.SPASM]


def long_cluster(seed: int) -> list[Movement]:
    return spasms(cluster(HABIT, Interval(100, 700), levels=WAXING, seed=seed))


def test_spasms_of_a_cluster_come_every_five_to_ten_seconds_rarely_up_to_thirty() -> None:
    waits = np.concatenate([np.diff([s.start for s in long_cluster(seed)]) for seed in range(20)])
    assert waits.min() >= 5
    assert waits.max() <= 30
    assert 5 <= np.median(waits) <= 10
    assert np.mean(waits > 10.5) == pytest.approx(0.05, abs=0.04)


def test_a_cluster_waxes_and_wanes() -> None:
    found = [s for seed in range(10) for s in long_cluster(seed)]
    middle = [s.strength for s in found if 300 < s.start < 500]
    edges = [s.strength for s in found if not 160 < s.start < 640]
    assert np.mean(middle) > 1.5 * np.mean(edges)


def test_spasms_last_as_long_as_real_ones() -> None:
    lengths = np.array([s.duration for seed in range(20) for s in long_cluster(seed)])
    assert lengths.min() >= 0.4
    assert lengths.max() <= 3.0
    assert 1.0 < np.median(lengths) < 1.6


def test_a_patient_keeps_a_usual_semiology_among_others() -> None:
    kinds = [s.semiology for seed in range(10) for s in long_cluster(seed)]
    assert kinds.count(Semiology.FLEXOR) > 0.6 * len(kinds)
    assert set(kinds) == set(Semiology)
    assert {patient_habit(seed).semiology for seed in range(30)} == set(Semiology)


def test_some_spasms_are_followed_by_a_cry_before_the_next() -> None:
    movements = cluster(HABIT, Interval(0, 600), levels=WAXING, seed=3)
    cries = [m for m in movements if m.kind is MovementKind.CRYING]
    onsets = [s.start for s in spasms(movements)]
    assert 3 < len(cries) < len(onsets)
    assert all(not cry.start <= onset < cry.stop for cry in cries for onset in onsets)


def test_mimics_keep_clear_of_spasms() -> None:
    span = Interval(0, 600)
    there = cluster(HABIT, span, levels=WAXING, seed=3)
    others = mimics(span, asleep=False, hand_held=True, every=3.0, around=there, seed=5)
    assert len(others) > 10
    for other in others:
        assert other.kind is not MovementKind.SPASM
        assert span.start <= other.start < other.stop <= span.stop
        assert all(other.stop < spasm.start or other.start > spasm.stop for spasm in there)


def test_sleep_has_its_own_mimics() -> None:
    span = Interval(0, 3600)
    asleep = {m.kind for m in mimics(span, asleep=True, hand_held=False, every=10.0, around=(), seed=5)}
    awake = {m.kind for m in mimics(span, asleep=False, hand_held=False, every=10.0, around=(), seed=5)}
    assert MovementKind.SLEEP_MYOCLONUS in asleep - awake
    assert MovementKind.CRYING in awake - asleep
    assert MovementKind.CAMERA_BUMP not in awake
