"""Training clips: their labels agree with their truth, and movement alone does not give a spasm away."""

from dataclasses import replace

import numpy as np
import pytest

from reviewer_app.phantom.clip import CLIP_TIMES, PhantomClip, holds_spasm, render_clip
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology, spasm_activity
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES, SceneKind, ShotPlan, ShotRenderer


@pytest.fixture(scope="module")
def clips() -> list[PhantomClip]:
    return [render_clip(seed, size=32) for seed in range(60)]


def test_a_clip_follows_from_its_seed() -> None:
    first, again, other = render_clip(7, size=32), render_clip(7, size=32), render_clip(8, size=32)

    assert np.array_equal(first.frames, again.frames)
    assert first.movements == again.movements
    assert not np.array_equal(first.frames, other.frames)


@pytest.mark.parametrize("size", [32, 64, 128])
def test_a_clip_is_sixteen_square_frames(size: int) -> None:
    clip = render_clip(1, size=size)

    assert clip.frames.shape == (16, size, size, 3)
    assert clip.frames.dtype == np.uint8
    assert clip.activity.shape == (16,)
    assert clip.activity.dtype == np.float32


def test_about_half_of_the_clips_hold_a_spasm(clips: list[PhantomClip]) -> None:
    assert 0.35 < np.mean([clip.has_spasm for clip in clips]) < 0.65


def test_labels_agree_with_the_movements_and_their_activity(clips: list[PhantomClip]) -> None:
    for clip in clips:
        assert np.array_equal(clip.activity, spasm_activity(clip.movements, CLIP_TIMES))
        if clip.has_spasm:
            assert clip.activity.max() > 0.2
        if not any(movement.kind is MovementKind.SPASM for movement in clip.movements):
            assert not clip.activity.any()
            assert not clip.has_spasm


@pytest.mark.parametrize(("onset", "held"), [(-0.4, False), (0.0, True), (4.0, True), (4.95, False), (6.0, False)])
def test_a_clip_holds_a_spasm_whose_rise_lies_in_it(onset: float, held: bool) -> None:
    assert holds_spasm([Movement(MovementKind.SPASM, onset, 1.0, 0.8, Semiology.MIXED)]) is held


def test_a_share_of_nought_or_one_leaves_no_choice() -> None:
    assert not any(render_clip(seed, size=32, spasm_share=0.0).has_spasm for seed in range(8))
    assert all(render_clip(seed, size=32, spasm_share=1.0).has_spasm for seed in range(8))


def test_clips_come_from_training_scenes_unless_asked_otherwise(clips: list[PhantomClip]) -> None:
    assert {clip.kind for clip in clips} == set(TRAINING_SCENES)
    assert {render_clip(seed, size=32, kinds=FOREIGN_SCENES).kind for seed in range(12)} == set(FOREIGN_SCENES)


def test_most_clips_without_a_spasm_hold_a_mimic(clips: list[PhantomClip]) -> None:
    negatives = [clip for clip in clips if not clip.has_spasm]

    assert np.mean([len(clip.movements) > 0 for clip in negatives]) > 0.7
    assert len({movement.kind for clip in negatives for movement in clip.movements}) >= 8


def test_day_night_and_brightness_vary(clips: list[PhantomClip]) -> None:
    grey = [np.ptp(clip.frames.astype(int), axis=3).mean() < 2 for clip in clips]
    brightness = [clip.frames.mean() for clip in clips]

    assert 0.1 < np.mean(grey) < 0.5
    assert np.ptp(brightness) > 60


def test_a_startle_moves_as_much_as_a_spasm() -> None:
    def energy(movement: Movement, seed: int) -> float:
        plan = ShotPlan(SceneKind.NURSERY, seed, 5.0, (movement,), patient_seed=seed, camera_seed=seed)
        frames = ShotRenderer(plan, size=(64, 64)).frames(CLIP_TIMES).astype(float)
        return float(np.abs(np.diff(frames, axis=0)).mean(axis=(1, 2, 3)).max())

    spasm = Movement(MovementKind.SPASM, 2.0, 1.2, 0.6, Semiology.MIXED)
    startle = replace(spasm, kind=MovementKind.STARTLE, strength=1.0, semiology=None)
    spasms, startles = (np.array([energy(acts, seed) for seed in range(8)]) for acts in (spasm, startle))
    assert 0.5 < np.median(startles / spasms) < 2.0
