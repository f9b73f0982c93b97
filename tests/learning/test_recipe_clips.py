from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.recipe import PAPER, SMALL, Change
from reviewer_app.learning.clip_store import ClipLabel, ClipStore
from reviewer_app.learning.dataset import ClipBatch
from reviewer_app.learning.recipe_clips import (
    RecipeClips,
    StoredFrames,
    activity_of,
    balance_weights,
    changed_frames,
    changed_side,
    smoothed,
)
from tests.learning.squares import square_store

PICTURE = np.array([[1, 2], [3, 4]], np.uint8)
"""Above 1 and 2, below 3 and 4."""


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return square_store(tmp_path / "clips", 10, jitter=2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change.FLIP_VERTICAL, [[3, 4], [1, 2]]),
        (Change.FLIP_HORIZONTAL, [[2, 1], [4, 3]]),
        (Change.TURN_CLOCKWISE, [[3, 1], [4, 2]]),
        (Change.TURN_COUNTERCLOCKWISE, [[2, 4], [1, 3]]),
        (Change.INVERT, [[254, 253], [252, 251]]),
    ],
)
def test_each_augmentation_does_what_its_name_says_to_every_frame(change: Change, expected: list[list[int]]) -> None:
    clip = np.repeat(PICTURE[None, :, :, None], 3, axis=3).repeat(16, axis=0)  # (16, 2, 2, 3)
    changed = changed_frames(clip, [change])
    assert changed.shape == clip.shape
    for picture in changed:
        for channel in range(3):
            assert picture[:, :, channel].tolist() == expected


def test_the_five_augmentations_of_the_paper_are_all_there_and_no_other() -> None:
    assert PAPER.changes == tuple(Change)
    assert len(Change) == 5


def test_the_paper_s_numbers() -> None:
    assert (PAPER.epochs, PAPER.batch, PAPER.learning_rate) == (15, 4, 1e-4)
    assert (PAPER.decay, PAPER.decay_every, PAPER.schedule) == (0.75, 10, "steps")
    extras = (PAPER.jitter, PAPER.balance, PAPER.smoothing, PAPER.patience, PAPER.clip_norm, PAPER.warm_up)
    assert extras == (0, False, 0.0, 0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("side", "changes", "expected"),
    [
        (Side.LEFT, [Change.FLIP_HORIZONTAL], Side.RIGHT),
        (Side.RIGHT, [Change.FLIP_HORIZONTAL], Side.LEFT),
        (Side.LEFT, [Change.FLIP_VERTICAL], Side.RIGHT),  # a mirror, too: upright again, the infant is another one
        (Side.LEFT, [Change.FLIP_VERTICAL, Change.FLIP_HORIZONTAL], Side.LEFT),  # half a turn
        (Side.LEFT, [Change.TURN_CLOCKWISE, Change.INVERT], Side.LEFT),
        (Side.SYMMETRIC, [Change.FLIP_HORIZONTAL], Side.SYMMETRIC),
        (None, [Change.FLIP_HORIZONTAL], None),
    ],
)
def test_the_side_follows_a_mirror(side: Side | None, changes: list[Change], expected: Side | None) -> None:
    assert changed_side(side, changes) is expected


def batches(clips: RecipeClips, size: int, count: int, *, start: int = 0) -> list[ClipBatch]:
    with closing(clips.batches(size, start=start)) as stream:
        return list(islice(stream, count))


def assert_same(first: list[ClipBatch], second: list[ClipBatch]) -> None:
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.frames, other.frames)
        assert np.array_equal(one.labels, other.labels)
        assert np.array_equal(one.activity, other.activity, equal_nan=True)
        assert one.sides == other.sides


def test_the_same_batches_come_whatever_the_number_of_threads(store: ClipStore) -> None:
    one, four = (RecipeClips(store, store.present, SMALL, threads=threads) for threads in (1, 4))
    assert_same(batches(one, 3, 9), batches(four, 3, 9))


def test_a_stream_goes_on_in_the_middle_of_an_epoch(store: ClipStore) -> None:
    clips = RecipeClips(store, store.present, SMALL)
    assert_same(batches(clips, 3, 10)[6:], batches(clips, 3, 4, start=6))


def test_an_epoch_shows_every_clip_once_in_an_order_of_its_own(store: ClipStore) -> None:
    clips = RecipeClips(store, (1, 2, 3, 5, 7), PAPER)
    orders = [tuple(clips.order(epoch).tolist()) for epoch in range(6)]
    assert [sorted(order) for order in orders] == [[1, 2, 3, 5, 7]] * 6
    assert len(set(orders)) > 3
    assert clips.steps_of_epoch(4) == 2
    assert [len(batch) for batch in batches(clips, 4, 4)] == [4, 1, 4, 1]
    assert clips.order(0).tolist() != RecipeClips(store, (1, 2, 3, 5, 7), replace(PAPER, seed=1)).order(0).tolist()


def test_no_two_views_of_a_training_share_their_chance(store: ClipStore) -> None:
    # A thousand views of one clip: as many different draws of 5 coins as chance would give, none in step.
    clips = RecipeClips(store, store.present, PAPER)
    views = [clips.view(epoch, position, 0) for epoch in range(50) for position in range(20)]
    seen = [tuple(change in view.changes for change in Change) for view in views]
    shares = np.mean(seen, axis=0)
    assert np.all(np.abs(shares - 0.5) < 0.06)
    assert len(set(seen)) == 32


def test_a_moved_window_shows_the_frames_beside_it_and_its_activity(store: ClipStore) -> None:
    clips = RecipeClips(store, store.present, replace(PAPER, changes=(), jitter=2))
    views = [clips.view(epoch, 0, 3) for epoch in range(40)]
    assert {view.shift for view in views} == {-2, -1, 0, 1, 2}
    order = clips.order(0).tolist()
    batch = batches(clips, 10, 1)[0]
    for position, place in enumerate(order):
        view = clips.view(0, position, place)
        first = 2 + view.shift
        assert np.array_equal(batch.frames[position], store.pixels()[place, first : first + 16])
        assert np.array_equal(batch.activity[position], activity_of(store.labels[place], view.shift), equal_nan=True)
    kept = {
        clips_without.view(epoch, 0, 3).shift
        for clips_without in [RecipeClips(store, (3,), PAPER)]
        for epoch in range(9)
    }
    assert kept == {0}


def test_sides_and_targets_stay_with_their_clips(store: ClipStore) -> None:
    clips = RecipeClips(store, store.present, PAPER)
    batch, order = batches(clips, 10, 1)[0], clips.order(0).tolist()
    assert batch.labels.tolist() == [store.labels[place].target for place in order]
    mirrored = [clips.view(0, position, place).changes for position, place in enumerate(order)]
    expected = [changed_side(store.labels[place].side, done) for place, done in zip(order, mirrored, strict=True)]
    assert batch.sides == tuple(expected)
    assert {Side.LEFT, Side.RIGHT} <= set(expected)


def test_an_onset_is_active_for_a_second_then_unknown_then_still() -> None:
    course = activity_of(ClipLabel(1, "a", onsets=(3.7,)), 0)
    assert course[:7].tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert np.isnan(course[7:11]).all()
    assert course[11:].tolist() == [0] * 5
    moved = activity_of(ClipLabel(1, "a", onsets=(3.7,)), 2)
    assert moved[:5].tolist() == [0, 1, 1, 1, 1]
    before = activity_of(ClipLabel(0, "a", onsets=(-2,)), 0)
    assert before[:2].tolist() == [1, 1]
    two = activity_of(ClipLabel(1, "a", onsets=(0, 6)), 0)
    assert two[6:10].tolist() == [1] * 4
    assert np.isnan(two[4:6]).all()


def test_activity_that_nobody_told_is_unknown() -> None:
    assert np.isnan(activity_of(ClipLabel(1, "a"), 0)).all()
    assert np.isnan(activity_of(ClipLabel(0.5, "a", onsets=(3,)), 0)).all()
    assert activity_of(ClipLabel(0, "a"), 0).tolist() == [0] * 16


def test_only_unsure_targets_are_drawn_towards_the_middle() -> None:
    assert [smoothed(target, 0.1) for target in (0.0, 1.0, 0.5)] == [0.0, 1.0, 0.5]
    assert smoothed(0.75, 0.2) == pytest.approx(0.7)


def test_balance_lets_patients_and_their_classes_count_alike() -> None:
    labels = [ClipLabel(1, "a"), *[ClipLabel(0, "a")] * 3, *[ClipLabel(0, "healthy")] * 2]
    assert balance_weights(labels).tolist() == pytest.approx([1 / 4, 1 / 12, 1 / 12, 1 / 12, 1 / 4, 1 / 4])


def test_a_balanced_epoch_shows_clips_as_often_as_their_weight_says(tmp_path: Path) -> None:
    store = square_store(tmp_path / "uneven", 12, of_a_patient=9)  # 4 + 5 clips of one patient, 2 + 1 of another
    clips = RecipeClips(store, store.present, replace(PAPER, balance=True))
    weights = balance_weights(store.labels)
    for epoch in range(5):
        shown = np.bincount(clips.order(epoch), minlength=12)
        assert shown.sum() == 12
        assert np.all(np.abs(shown - 12 * weights) < 1)


def test_devices_share_a_batch_without_overlap(store: ClipStore) -> None:
    whole = batches(RecipeClips(store, store.present, SMALL), 4, 3)
    shares = [batches(RecipeClips(store, store.present, SMALL, rank=rank, ranks=3), 4, 3) for rank in range(3)]
    for step, batch in enumerate(whole):
        parts = [share[step] for share in shares]
        counted = sum(part.share * part.labels.mean() for part in parts) / 3
        assert counted == pytest.approx(batch.labels.mean())
        assert np.array_equal(parts[0].frames[0], batch.frames[0])
    # The last batch of an epoch holds two clips: the third device looks at one that counts nothing.
    assert [share[2].share for share in shares] == [1.5, 1.5, 0.0]


def test_stored_frames_are_the_windows_without_their_margins(store: ClipStore) -> None:
    frames = StoredFrames(store, (4, 1, 7))
    assert len(frames) == 3
    assert np.array_equal(frames[1:3], store.pixels()[[1, 7], 2:18])


def test_nonsense_is_refused(store: ClipStore) -> None:
    with pytest.raises(ValueError, match="no clips to learn from"):
        RecipeClips(store, (), PAPER)
    with pytest.raises(ValueError, match="nobody to prepare"):
        RecipeClips(store, (1,), PAPER, rank=1)
