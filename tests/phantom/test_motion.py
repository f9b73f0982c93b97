"""Movements over time: what a spasm does to a body, what its mimics do not, and the truth about both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.phantom.acting import Actor
from reviewer_app.phantom.infant import (
    ELBOWS,
    HIPS,
    KNEES,
    SHOULDERS,
    Floats,
    Joint,
    Physique,
    draw_physique,
)
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology, spasm_activity, spasm_course
from reviewer_app.phantom.posture import Support, draw_posture

TIMES = np.arange(0.0, 6.0, 1 / 30)
MIMICS = [kind for kind in MovementKind if kind is not MovementKind.SPASM]


def physique() -> Physique:
    return draw_physique(np.random.default_rng(5))


def moved(movement: Movement) -> Floats:
    """Gives how far each joint turned from rest at each time, in degrees, without any background movement."""
    posture = draw_posture(Support.SUPINE, np.random.default_rng(11))
    still = Actor(physique(), posture, (), 0, False, 0.0).pose(TIMES).angles
    return np.asarray(np.degrees(Actor(physique(), posture, (movement,), 0, False, 0.0).pose(TIMES).angles - still))


def reach(turns: Floats, *joints: int) -> float:
    """Gives the largest turn of any of these joints."""
    return float(np.abs(turns[:, list(joints)]).max())


@given(
    duration=st.floats(0.4, 3.0),
    start=st.floats(0.0, 2.5),
    strength=st.floats(0.2, 1.0),
    semiology=st.sampled_from(Semiology),
    seed=st.integers(0, 99_999),
)
def test_activity_rises_fast_reaches_one_and_releases_within_the_spasm(
    duration: float, start: float, strength: float, semiology: Semiology, seed: int
) -> None:
    spasm = Movement(MovementKind.SPASM, start, duration, strength, semiology, seed=seed)
    course = spasm_course(spasm)
    fine = np.linspace(start - 1, start + duration + 1, 4001)
    activity = spasm_activity([spasm], fine)

    assert activity.max() == pytest.approx(1.0, abs=1e-3)
    assert start < fine[activity.argmax()] <= start + 0.31
    assert 0.1 <= course.rise <= 0.3 or course.rise == pytest.approx(0.25 * duration)
    assert course.release > course.rise
    outside = (fine < start) | (fine > spasm.stop + 1e-9)
    assert not activity[outside].any()


@pytest.mark.parametrize("kind", MIMICS)
def test_mimics_have_no_spasm_activity(kind: MovementKind) -> None:
    assert not spasm_activity([Movement(kind, 0.0, 5.0, 1.0)], TIMES).any()


def test_two_spasms_of_a_cluster_are_two_humps() -> None:
    pair = [Movement(MovementKind.SPASM, at, 1.0, 0.8, seed=int(at)) for at in (0.5, 4.0)]
    active = spasm_activity(pair, TIMES) > 0.5

    assert np.count_nonzero(np.diff(active.astype(int)) == 1) == 2


@pytest.mark.parametrize("semiology", Semiology)
@pytest.mark.parametrize("seed", range(4))
def test_a_spasm_moves_neck_trunk_arms_and_legs_together(semiology: Semiology, seed: int) -> None:
    spasm = Movement(MovementKind.SPASM, 2.0, 1.5, 1.0, semiology, seed=seed)
    turns = np.abs(moved(spasm)).max(axis=2)
    regions = {
        "neck": [Joint.NECK, Joint.HEAD],
        "trunk": [Joint.SPINE, Joint.CHEST],
        "left arm": [SHOULDERS[0], ELBOWS[0]],
        "right arm": [SHOULDERS[1], ELBOWS[1]],
        "left leg": [HIPS[0], KNEES[0]],
        "right leg": [HIPS[1], KNEES[1]],
    }
    halves = []
    for name, joints in regions.items():
        course = turns[:, joints].max(axis=1)
        assert course.max() > 8, name
        halves.append(TIMES[np.argmax(course > 0.5 * course.max())])
    assert max(halves) - min(halves) < 0.2
    assert min(halves) > 2.0


@pytest.mark.parametrize(("semiology", "sign"), [(Semiology.FLEXOR, 1), (Semiology.MIXED, 1), (Semiology.EXTENSOR, -1)])
def test_flexors_bend_the_neck_forwards_and_extensors_backwards(semiology: Semiology, sign: int) -> None:
    turns = moved(Movement(MovementKind.SPASM, 2.0, 1.5, 1.0, semiology, seed=3))
    held = turns[np.argmax(TIMES > 2.4), Joint.NECK, 0]

    assert sign * held > 10


def test_a_subtle_spasm_is_hardly_more_than_a_nod() -> None:
    strong, subtle = (moved(Movement(MovementKind.SPASM, 2.0, 1.5, s, Semiology.FLEXOR, seed=3)) for s in (1.0, 0.2))

    assert reach(subtle, Joint.NECK) > 0.3 * reach(strong, Joint.NECK)
    assert reach(subtle, *HIPS) < 0.45 * reach(strong, *HIPS)


@pytest.mark.parametrize("arm", [0, 1])
def test_an_asymmetric_spasm_pulls_one_side_more(arm: int) -> None:
    towards = 1.0 if arm == 1 else -1.0
    strong, weak = (
        moved(Movement(MovementKind.SPASM, 2.0, 1.5, 1.0, Semiology.MIXED, side=side, seed=3))
        for side in (0.8 * towards, -0.8 * towards)
    )

    assert reach(strong, SHOULDERS[arm], ELBOWS[arm]) > 3 * reach(weak, SHOULDERS[arm], ELBOWS[arm])


@pytest.mark.parametrize("seed", range(6))
def test_sleep_myoclonus_jerks_one_limb_only(seed: int) -> None:
    turns = moved(Movement(MovementKind.SLEEP_MYOCLONUS, 1.0, 3.0, 1.0, seed=seed))
    limbs = [(SHOULDERS[0], ELBOWS[0]), (SHOULDERS[1], ELBOWS[1]), (HIPS[0], KNEES[0]), (HIPS[1], KNEES[1])]

    assert sum(reach(turns, *limb) > 1 for limb in limbs) == 1
    assert reach(turns, Joint.SPINE, Joint.CHEST, Joint.NECK) == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_startle_throws_the_arms_out_then_in_and_leaves_the_trunk(seed: int) -> None:
    turns = moved(Movement(MovementKind.STARTLE, 2.0, 1.4, 1.0, seed=seed))
    spread = turns[:, SHOULDERS[0], 1]

    assert spread[(TIMES > 2.15) & (TIMES < 2.3)].max() > 15
    assert spread[(TIMES > 2.8) & (TIMES < 3.2)].min() < spread[0] - 3
    assert reach(turns, Joint.SPINE, Joint.CHEST) == 0


def test_arching_is_slow_where_a_spasm_is_sudden() -> None:
    def fastest(movement: Movement) -> float:
        neck = moved(movement)[:, Joint.NECK, 0]
        return float(np.abs(np.gradient(neck, 1 / 30)).max() / np.abs(neck).max())

    arching = fastest(Movement(MovementKind.ARCHING, 1.0, 4.0, 1.0, seed=2))
    spasm = fastest(Movement(MovementKind.SPASM, 2.0, 1.5, 1.0, Semiology.EXTENSOR, seed=2))
    assert spasm > 2 * arching


@pytest.mark.parametrize("kind", MovementKind)
def test_nothing_moves_before_a_movement_starts(kind: MovementKind) -> None:
    posture = draw_posture(Support.SUPINE, np.random.default_rng(11))
    still, acting = (Actor(physique(), posture, acts, 0, False, 0.7) for acts in ((), (Movement(kind, 3.0, 2.0, 1.0),)))
    before = np.linspace(0, 3.0, 40)

    assert np.array_equal(still.pose(before).angles, acting.pose(before).angles)


@pytest.mark.parametrize(("duration", "strength", "side"), [(0.0, 0.5, 0.0), (1.0, 1.2, 0.0), (1.0, 0.5, -2.0)])
def test_a_senseless_movement_is_refused(duration: float, strength: float, side: float) -> None:
    with pytest.raises(ValueError, match=r"0\.0|1\.2|-2\.0"):
        Movement(MovementKind.SPASM, 0.0, duration, strength, side=side)


def test_a_sleeper_with_closed_eyes_moves_less_than_an_infant_awake() -> None:
    posture = draw_posture(Support.SUPINE, np.random.default_rng(11))
    awake, asleep = (Actor(physique(), posture, (), 3, sleeps, 1.0).pose(TIMES) for sleeps in (False, True))

    assert awake.angles.std(axis=0).mean() > 2 * asleep.angles.std(axis=0).mean()
    assert asleep.face[:, 0].max() < 0.1 < awake.face[:, 0].max()
    assert np.ptp(asleep.breath) > 1
