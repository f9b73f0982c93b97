import numpy as np
import pytest

from reviewer_app.jobs.phantom_clips import POOL, TRAINING_SEEDS, PhantomClips, _drawn
from reviewer_app.phantom.clip import render_clip
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES


def test_a_clip_that_measures_is_what_the_phantom_drew() -> None:
    clip, drawn = PhantomClips(32)(5), render_clip(5, size=32, kinds=TRAINING_SCENES)
    np.testing.assert_array_equal(clip.frames, drawn.frames)
    np.testing.assert_array_equal(clip.activity, drawn.activity)
    assert clip.label == drawn.has_spasm


def test_views_show_the_same_truth_through_other_cameras() -> None:
    make = PhantomClips(32, augment=True, views=2)
    first, second, next_clip = make(0), make(POOL), make(1)
    np.testing.assert_array_equal(first.activity, second.activity)
    assert not np.array_equal(first.frames, second.frames)
    assert not np.array_equal(first.activity, next_clip.activity) or first.label != next_clip.label


def test_a_view_does_not_depend_on_what_was_made_before() -> None:
    make = PhantomClips(32, augment=True, views=2)
    late = make(POOL + 3).frames
    make(3)
    np.testing.assert_array_equal(make(POOL + 3).frames, late)


def test_every_drawn_clip_is_shown_as_often_as_wanted_and_never_again() -> None:
    make = PhantomClips(32, augment=True, views=3)
    drawings = [make._drawing(seed) for seed in range(2 * 3 * POOL)]
    assert all(drawings.count(drawing) == 3 for drawing in range(0, 2 * POOL, 97))
    assert max(drawings) == 2 * POOL - 1


def test_training_never_draws_a_clip_of_the_exam() -> None:
    assert PhantomClips(32, augment=True, views=10)._drawing(TRAINING_SEEDS) > 1_000_000


def test_foreign_scenes_are_never_trained_on() -> None:
    with pytest.raises(ValueError, match="never trained on"):
        PhantomClips(32, FOREIGN_SCENES, augment=True)
    with pytest.raises(ValueError, match="no views"):
        PhantomClips(32, views=2)


def test_clips_cut_out_of_nights_are_the_same_whatever_was_drawn_before() -> None:
    make = PhantomClips(32, augment=True)
    clips = {seed: make(seed) for seed in range(4, 8)}
    make(12)
    make(20)  # other nights, so that the shot is no longer remembered
    for seed, clip in clips.items():
        again = _drawn(seed, 32, TRAINING_SCENES)
        assert again.label == clip.label
        np.testing.assert_array_equal(again.activity, clip.activity)


def test_about_half_of_the_clips_cut_out_of_nights_hold_a_spasm() -> None:
    labels = [_drawn(seed, 32, TRAINING_SCENES).label for seed in range(256) if seed // 4 % 2]
    assert 0.35 < np.mean(labels) < 0.65
