"""Shots: the same plan gives the same picture, a camera stays where it is, and night looks like night."""

from dataclasses import replace

import numpy as np
import pytest

from reviewer_app.phantom.motion import Movement, MovementKind, Semiology
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES, SceneKind, ShotPlan, ShotRenderer

SIZE = (96, 72)
SPASM = Movement(MovementKind.SPASM, 1.0, 1.5, 1.0, Semiology.FLEXOR, seed=2)
PLAN = ShotPlan(SceneKind.WARD, 3, 6.0, (SPASM,), patient_seed=4, camera_seed=5)


def difference(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.abs(first.astype(float) - second.astype(float)).mean())


@pytest.mark.parametrize("kind", SceneKind)
def test_every_scene_gives_rgb_pictures_with_something_in_them(kind: SceneKind) -> None:
    picture = ShotRenderer(replace(PLAN, kind=kind), size=SIZE).frame(0.5)

    assert picture.shape == (72, 96, 3)
    assert picture.dtype == np.uint8
    assert picture.std() > 8
    assert 20 < picture.mean() < 235


@pytest.mark.parametrize("kind", [SceneKind.PHONE, SceneKind.WARD, SceneKind.HOME])
def test_any_order_of_asking_gives_the_same_pictures(kind: SceneKind) -> None:
    cries = Movement(MovementKind.CRYING, 0.0, 4.0, 1.0, seed=1)
    plan = replace(PLAN, kind=kind, movements=(SPASM, cries))
    forwards, backwards = ShotRenderer(plan, size=SIZE), ShotRenderer(plan, size=SIZE)
    times = [0.0, 0.7, 1.2, 2.9]
    ahead = [forwards.frame(time) for time in times]
    back = [backwards.frame(time) for time in reversed(times)]
    together = ShotRenderer(plan, size=SIZE).frames(np.array(times))

    for one, other, batch in zip(ahead, reversed(back), together, strict=True):
        assert np.array_equal(one, other)
        assert np.array_equal(one, batch)


def test_a_fixed_camera_sees_the_same_room_in_another_shot() -> None:
    quiet = replace(PLAN, movements=(), camera_seed=8)
    first, second = (ShotRenderer(replace(quiet, seed=seed), size=SIZE).frame(0.0) for seed in (1, 2))
    elsewhere = ShotRenderer(replace(quiet, camera_seed=9), size=SIZE).frame(0.0)
    same = np.abs(first.astype(int) - second.astype(int)).max(axis=2) < 30

    assert same.mean() > 0.6
    assert difference(first, elsewhere) > 2 * difference(first, second)


def test_a_spasm_changes_the_picture_more_than_breathing_does() -> None:
    renderer = ShotRenderer(replace(PLAN, asleep=True), size=SIZE)
    before, rest, peak = (renderer.frame(time) for time in (0.3, 0.8, 1.5))

    assert difference(rest, peak) > 1.5 * difference(before, rest)


def test_night_is_grey_and_day_is_not() -> None:
    night, day = (ShotRenderer(replace(PLAN, night=dark), size=SIZE).frame(0.0).astype(int) for dark in (True, False))

    assert np.ptp(night, axis=2).max() == 0
    assert np.ptp(day, axis=2).mean() > 3


def test_a_switched_lamp_changes_the_brightness_and_the_camera_recovers() -> None:
    lamp = Movement(MovementKind.LIGHT_CHANGE, 2.0, 2.0, 1.0, seed=3)
    renderer = ShotRenderer(replace(PLAN, movements=(lamp,)), size=SIZE)
    before, switched, later = (renderer.frame(time).mean() for time in (1.8, 2.3, 5.5))

    assert abs(switched - before) > 0.15 * before
    assert abs(later - before) < 0.6 * abs(switched - before)


def test_a_bumped_camera_shifts_the_whole_picture() -> None:
    bump = Movement(MovementKind.CAMERA_BUMP, 2.0, 1.0, 1.0, seed=5)
    still, bumped = (ShotRenderer(replace(PLAN, movements=acts), size=SIZE) for acts in ((), (bump,)))

    assert np.array_equal(still.frame(1.9), bumped.frame(1.9))
    assert difference(still.frame(2.2), bumped.frame(2.2)) > 3


def test_hands_come_into_the_picture_when_a_carer_handles_the_infant() -> None:
    care = Movement(MovementKind.CAREGIVER, 1.0, 4.0, 1.0, seed=1)
    renderer = ShotRenderer(replace(PLAN, movements=(care,)), size=SIZE)

    assert difference(renderer.frame(0.0), renderer.frame(3.0)) > 4


def test_foreign_scenes_are_never_trained_on() -> None:
    assert not set(FOREIGN_SCENES) & set(TRAINING_SCENES)
    assert set(FOREIGN_SCENES) | set(TRAINING_SCENES) == set(SceneKind)
