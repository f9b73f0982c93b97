"""The infant's skeleton and its solids: rigid bones, joint limits, and true perspective."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.phantom.acting import Actor
from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.figure import Limb, Lump, assemble, seen_limbs, seen_lumps
from reviewer_app.phantom.infant import (
    JOINT_COUNT,
    JOINT_LIMITS,
    PARENTS,
    Floats,
    Joint,
    Skeleton,
    draw_physique,
    place_joints,
    within_limits,
)
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology
from reviewer_app.phantom.posture import Support, draw_posture
from reviewer_app.phantom.raster import draw_capsules, draw_ellipsoids, nearest

BONES = [(parent, joint) for joint, parent in enumerate(PARENTS) if parent >= 0]


def bone_lengths(skeleton: Skeleton) -> Floats:
    starts, stops = zip(*BONES, strict=True)
    return np.asarray(np.linalg.norm(skeleton.places[:, stops] - skeleton.places[:, starts], axis=-1))


movements = st.builds(
    Movement,
    kind=st.sampled_from(MovementKind),
    start=st.floats(-1, 4),
    duration=st.floats(0.4, 5),
    strength=st.floats(0, 1),
    semiology=st.sampled_from(Semiology),
    side=st.floats(-1, 1),
    seed=st.integers(0, 999),
)


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(movements, max_size=4), support=st.sampled_from(Support), seed=st.integers(0, 999))
def test_bones_keep_their_length_and_joints_their_limits_in_any_movement(
    acts: list[Movement], support: Support, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    physique, posture = draw_physique(chance), draw_posture(support, chance)
    actor = Actor(physique, posture, tuple(acts), seed, False, 1.0)
    pose = actor.pose(np.linspace(0, 5, 11))
    lengths = bone_lengths(actor.skeleton(pose))

    expected = np.linalg.norm(physique.offsets()[1:], axis=-1)
    assert lengths == pytest.approx(np.broadcast_to(expected, lengths.shape), abs=1e-9)
    assert np.all(pose.angles >= JOINT_LIMITS[..., 0] - 1e-9)
    assert np.all(pose.angles <= JOINT_LIMITS[..., 1] + 1e-9)


def test_an_impossible_angle_is_brought_back_to_what_the_joint_allows() -> None:
    angles = np.zeros((1, JOINT_COUNT, 3))
    angles[0, Joint.LEFT_KNEE, 0] = np.radians(-60)

    assert within_limits(angles)[0, Joint.LEFT_KNEE, 0] == 0


@pytest.mark.parametrize("seed", range(20))
def test_an_infant_has_an_infants_proportions(seed: int) -> None:
    physique = draw_physique(np.random.default_rng(seed))

    assert 0.42 < physique.length < 0.92
    # Vitruvian adults have a head an eighth of their length; newborns a quarter.
    assert 0.19 < physique.head / physique.length < 0.31
    assert physique.arm < physique.trunk
    assert physique.leg < 0.45 * physique.length


def test_left_and_right_mirror_each_other() -> None:
    actor = Actor(
        draw_physique(np.random.default_rng(1)),
        draw_posture(Support.SUPINE, np.random.default_rng(2)),
        (),
        0,
        True,
        0.0,
    )
    pose = actor.pose(np.zeros(1))
    pose.angles[:] = 0
    pose.angles[:, [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]] = np.radians([30, 50, 20])
    pose.angles[:, [Joint.LEFT_HIP, Joint.RIGHT_HIP]] = np.radians([70, 30, 10])
    places = place_joints(actor.physique, pose).places[0]

    for left, right in ((Joint.LEFT_HAND, Joint.RIGHT_HAND), (Joint.LEFT_FOOT, Joint.RIGHT_FOOT)):
        assert places[right] == pytest.approx(places[left] * [-1, 1, 1], abs=1e-9)


def test_the_trunk_of_a_lying_infant_rests_on_the_mattress() -> None:
    for seed in range(10):
        chance = np.random.default_rng(seed)
        spasm = Movement(MovementKind.SPASM, 0.5, 1.5, 1.0, list(Semiology)[seed % 3])
        actor = Actor(draw_physique(chance), draw_posture(Support.SUPINE, chance), (spasm,), seed, False, 1.0)
        skeleton = actor.skeleton(actor.pose(np.linspace(0, 3, 16)))
        lowest = skeleton.places[:, [Joint.PELVIS, Joint.SPINE, Joint.CHEST, Joint.HEAD], 2].min(axis=1)

        assert np.all(lowest > 0.02)
        assert np.all(lowest < 0.10)


def drawn_length(direction: list[float]) -> int:
    """Draws one forearm in a direction and measures its silhouette's longer side, in pixels."""
    camera = Camera.looking_at(np.zeros(3), np.array([0.0, 0.0, 2.0]), roll=0.0, focal=400.0, centre=(100.0, 100.0))
    limb = assemble([Limb((0, (0.0, 0.0, 0.0)), (1, (0.0, 0.0, 0.0)), (0.02, 0.02), 0)], [])
    tip = 0.2 * np.asarray(direction) / np.linalg.norm(direction)
    room = Skeleton(np.array([[np.zeros(3), tip]]), np.broadcast_to(np.eye(3), (1, 2, 3, 3)))
    seen = draw_capsules(seen_limbs(limb, room, camera), (200, 200))
    x, y = seen.pixel % 200, seen.pixel // 200
    return int(max(np.ptp(x), np.ptp(y)))


def test_a_limb_towards_the_camera_is_drawn_shorter() -> None:
    across, slanted, towards = drawn_length([1, 0, 0]), drawn_length([1, 0, 1.2]), drawn_length([0.01, 0, 1])

    assert across == pytest.approx(400 / 2.0 * 0.24, abs=2)
    assert across > slanted + 8
    assert slanted > towards + 8


def test_the_nearer_of_two_bodies_hides_the_other() -> None:
    camera = Camera.looking_at(np.zeros(3), np.array([0.0, 0.0, 2.0]), roll=0.0, focal=100.0, centre=(30.0, 30.0))
    crossed = [
        Limb((0, (-0.3, 0.0, 0.0)), (0, (0.3, 0.0, 0.0)), (0.05, 0.05), 7),
        Limb((0, (0.0, -0.3, 0.3)), (0, (0.0, 0.3, 0.3)), (0.05, 0.05), 8),
    ]
    room = Skeleton(np.zeros((1, 1, 3)), np.eye(3)[None, None])
    seen = nearest([draw_capsules(seen_limbs(assemble(crossed, []), room, camera), (60, 60))], 3600)

    assert seen.tag[seen.pixel == 30 * 60 + 30].tolist() == [8]
    assert set(seen.tag.tolist()) == {7, 8}
    assert len(seen.pixel) == len(set(seen.pixel.tolist()))


def test_an_ellipsoid_faces_the_camera_where_it_is_nearest() -> None:
    camera = Camera.looking_at(np.zeros(3), np.array([0.0, 0.0, 2.0]), roll=0.0, focal=200.0, centre=(50.0, 50.0))
    room = Skeleton(np.zeros((1, 1, 3)), np.eye(3)[None, None])
    seen = draw_ellipsoids(seen_lumps(assemble([], [Lump(0, (0, 0, 0), (0.2, 0.1, 0.1), 3)]), room, camera), (100, 100))
    x, y = seen.pixel % 100, seen.pixel // 100

    assert seen.normal[2, (x == 50) & (y == 50)] == pytest.approx([1.0], abs=0.01)
    assert np.ptp(x) == pytest.approx(2 * np.ptp(y), abs=3)
    assert np.linalg.norm(seen.normal, axis=0) == pytest.approx(np.ones(len(x)), abs=1e-3)
