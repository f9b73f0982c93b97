"""A stand-in whose score depends on one known place and moment: the explanation finds it, and nothing else."""

from collections.abc import Generator
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reviewer_app.domain.source import Scores
from reviewer_app.learning.explain import BATCH, COARSE, FINE, LARGE, Attribution, Patches, attribute, patches_for

SIZE = 48
ROWS, COLUMNS = slice(12, 18), slice(30, 36)
"""One part of the width and height when cut by eight: the third from the top, the sixth from the left."""
MOMENT = 5
"""The frame in which something is to be seen there; of four times, the second."""


def film() -> NDArray[np.uint8]:
    """Noise that stands still, and a bright square for one frame."""
    still = np.random.default_rng(1).integers(20, 90, (SIZE, SIZE, 3), np.uint8)
    clip = np.repeat(still[None], 16, axis=0)
    clip[MOMENT, ROWS, COLUMNS] = 250
    return clip


@dataclass(slots=True)
class Watcher:
    """Scores by how bright one square is at one moment, high or low as its ``sign`` says."""

    sign: float = 1.0
    asked: list[int] = field(default_factory=list)

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        self.asked.append(len(clips))
        bright = clips[:, MOMENT, ROWS, COLUMNS].mean(axis=(1, 2, 3)) / 255
        scores = (1 / (1 + np.exp(-self.sign * (8 * bright - 4)))).astype(np.float32)
        return Scores(scores, np.zeros((len(clips), 0), np.float32), np.zeros((len(clips), 1), np.float16))


def explained(
    work: Generator[tuple[int, int], None, Attribution],
) -> tuple[list[tuple[int, int]], Attribution]:
    steps = []
    while True:
        try:
            steps.append(next(work))
        except StopIteration as stop:
            return steps, stop.value


def test_the_score_depends_on_the_one_place_and_moment_and_nowhere_else() -> None:
    _, found = explained(attribute(Watcher(), film(), patches=FINE))
    expected = np.zeros((16, SIZE, SIZE), bool)
    expected[4:8, ROWS, COLUMNS] = True
    assert np.all(found.saliency[expected] == 1)
    assert np.all(found.saliency[~expected] == 0)
    assert found.falls[MOMENT] > 3
    assert np.all(np.delete(found.falls, MOMENT) == 0)
    assert found.score == pytest.approx(float(Watcher().score(film()[None]).probability[0]))


def test_what_lowers_the_score_is_not_warm_and_its_moment_is_told_as_a_rise() -> None:
    _, found = explained(attribute(Watcher(sign=-1), film(), patches=FINE))
    assert not found.saliency.any()
    assert found.falls[MOMENT] < -3


def test_nothing_is_warm_where_nothing_moves() -> None:
    still = np.repeat(film()[:1], 16, axis=0)
    _, found = explained(attribute(Watcher(), still, patches=FINE))
    assert not found.saliency.any()
    assert not found.falls.any()


def test_the_same_clip_is_always_explained_alike_and_never_changed() -> None:
    clip = film()
    clip.flags.writeable = False
    _, one = explained(attribute(Watcher(), clip, patches=FINE))
    _, other = explained(attribute(Watcher(), clip, patches=FINE))
    np.testing.assert_array_equal(one.saliency, other.saliency)
    np.testing.assert_array_equal(one.falls, other.falls)
    np.testing.assert_array_equal(clip, film())


def test_every_batch_is_told_and_the_last_one_is_the_end() -> None:
    scorer = Watcher()
    steps, _ = explained(attribute(scorer, film(), patches=COARSE))
    total = 6 * 6 * 2 + 16
    assert steps == [(min(done, total), total) for done in range(BATCH, total + BATCH, BATCH)]
    assert scorer.asked == [1, *[BATCH] * (total // BATCH), total % BATCH]


def test_a_score_at_the_very_end_of_the_scale_still_gives_numbers() -> None:
    class Certain(Watcher):
        def score(self, clips: NDArray[np.uint8]) -> Scores:
            found = super().score(clips)
            return Scores(np.round(found.probability), found.activity, found.embeddings)

    _, found = explained(attribute(Certain(), film(), patches=FINE))
    assert np.isfinite(found.falls).all()
    assert found.falls.argmax() == MOMENT


def test_a_large_clip_is_asked_less_about() -> None:
    assert patches_for(LARGE) == FINE
    assert patches_for(224) == COARSE
    assert COARSE.across**2 * COARSE.along < FINE.across**2 * FINE.along


@given(across=st.integers(1, 9), along=st.sampled_from([1, 2, 4, 8, 16]), size=st.integers(16, 50))
def test_the_parts_cover_every_pixel_once_whatever_the_size(across: int, along: int, size: int) -> None:
    """What hides a part changes just these pixels; together they are the whole window."""
    clip = np.zeros((16, size, size, 3), np.uint8)
    clip[::3] = 9
    still = np.median(clip, axis=0).astype(np.uint8)
    seen: list[NDArray[np.uint8]] = []

    class Collector(Watcher):
        def score(self, clips: NDArray[np.uint8]) -> Scores:
            seen.extend(clips)
            n = len(clips)
            nothing = np.zeros((n, 0), np.float32), np.zeros((n, 1), np.float16)
            return Scores(np.full(n, 0.5, np.float32), *nothing)

    explained(attribute(Collector(), clip, patches=Patches(across, along)))
    changed = sum((each != clip).any(axis=-1).astype(int) for each in seen[1:])
    # Once by its part, and once by its frame.
    np.testing.assert_array_equal(changed, 2 * (clip != still).any(axis=-1))


@pytest.mark.parametrize(("across", "along"), [(0, 4), (8, 3), (8, 0), (8, 32)])
def test_a_cut_that_does_not_come_out_even_is_refused(across: int, along: int) -> None:
    with pytest.raises(ValueError, match="not a way to cut"):
        Patches(across, along)
