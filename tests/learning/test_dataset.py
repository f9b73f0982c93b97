from contextlib import closing

import numpy as np
import pytest

from reviewer_app.learning.augment import augmented
from reviewer_app.learning.dataset import ClipStream, LabelledClip, batch_of, first_clips


def numbered_clip(seed: int) -> LabelledClip:
    frames = np.full((16, 32, 32, 3), seed % 256, np.uint8)
    return LabelledClip(frames, float(seed % 2), np.full(16, seed % 2, np.float32))


def test_the_same_clips_come_whatever_the_number_of_processes() -> None:
    seen = []
    for processes in (0, 2):
        with closing(ClipStream(numbered_clip, 5, processes).batches(7)) as batches:
            seen.append([next(batches).frames[:, 0, 0, 0, 0].tolist() for _ in range(6)])
    assert seen[0] == seen[1]
    assert seen[0][0] == [5, 6, 7, 8, 9, 10, 11]


def test_a_stream_goes_on_where_it_is_told_to() -> None:
    stream = ClipStream(numbered_clip, 100)
    with closing(stream.batches(4, start=2)) as batches:
        assert next(batches).frames[:, 0, 0, 0, 0].tolist() == [108, 109, 110, 111]


def test_a_clip_that_no_window_could_give_is_refused() -> None:
    still = np.zeros(16, np.float32)
    with pytest.raises(ValueError, match="16 pictures"):
        LabelledClip(np.zeros((15, 32, 32, 3), np.uint8), 0, still)
    with pytest.raises(ValueError, match="16 frames"):
        LabelledClip(np.zeros((16, 32, 32, 3), np.uint8), 0, still[:8])
    with pytest.raises(ValueError, match="between 0 and 1"):
        LabelledClip(np.zeros((16, 32, 32, 3), np.uint8), 2, still)


def moving_square() -> LabelledClip:
    frames = np.full((16, 32, 32, 3), 90, np.uint8)
    for time in range(16):
        frames[time, 4:10, time : time + 6] = 200
    return LabelledClip(frames, 1.0, np.linspace(0, 1, 16, dtype=np.float32))


def test_augmentation_changes_pixels_but_never_the_truth() -> None:
    clip = moving_square()
    copies = [augmented(clip, np.random.default_rng(seed)) for seed in range(60)]
    assert sum(not np.array_equal(copy.frames, clip.frames) for copy in copies) > 50
    for copy in copies:
        assert copy.frames.shape == clip.frames.shape
        assert copy.label == clip.label
        np.testing.assert_array_equal(copy.activity, clip.activity)


def test_augmentation_depends_on_its_seed_alone() -> None:
    first, again, other = (augmented(moving_square(), np.random.default_rng(seed)).frames for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_augmentation_leaves_the_movement_to_be_seen() -> None:
    for seed in range(60):
        frames = augmented(moving_square(), np.random.default_rng(seed)).frames.astype(float)
        assert np.abs(frames[-1] - frames[0]).max() > 25, f"seed {seed} hid the square"


def test_a_batch_holds_its_clips_in_order() -> None:
    batch = batch_of([numbered_clip(3), numbered_clip(4)])
    assert len(batch) == 2
    assert batch.labels.tolist() == [1, 0]
    assert batch.activity.shape == (2, 16)
    assert first_clips(batch, 1).labels.tolist() == [1]
