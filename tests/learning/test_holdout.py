from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from reviewer_app.domain.verdict import Verdict
from reviewer_app.learning.holdout import (
    LEAST_TO_FIT,
    LEAST_TO_TEST,
    STRENGTHS,
    USUAL,
    Examination,
    Taught,
    average_precision,
    examine,
    lacking,
)

WINDOWS = 2  # of each verdict


def taught(is_spasm: Sequence[bool], *, told_by: float, seed: int = 0, seconds: float = 30.0) -> Taught:
    """Verdicts whose second feature tells them apart, and whose base logits say nothing.

    Args:
        is_spasm: What was said, in order of time.
        told_by: How strongly that feature does.
        seed: Of the noise.
        seconds: From one verdict to the next.
    """
    random = np.random.default_rng(seed)
    kinds = np.repeat(np.array(is_spasm), WINDOWS)
    features: NDArray[np.float32] = random.normal(scale=0.5, size=(len(kinds), 5)).astype(np.float32)
    features[:, 1] += np.where(kinds, told_by, -told_by).astype(np.float32)
    verdicts = [
        Verdict(seconds * (place + 1), bool(kind), tuple(range(WINDOWS * place, WINDOWS * (place + 1))))
        for place, kind in enumerate(is_spasm)
    ]
    nothing = np.zeros((0, 5), np.float32)
    return Taught(
        verdicts,
        features,
        random.normal(size=len(kinds)),
        quiet=nothing,
        quiet_offsets=np.zeros(0),
        quiet_times=np.zeros(0),
    )


MIXED = [bool(kind) for kind in np.random.default_rng(5).random(40) < 0.4]


def test_average_precision_is_scikit_learns_ties_included() -> None:
    random = np.random.default_rng(1)
    for _ in range(20):
        scores, positive = random.integers(0, 6, 30).astype(float), random.random(30) < 0.3
        counts = random.integers(0, 3, (4, 30)).astype(float)
        ours = average_precision(scores, positive, counts)
        for row, weights in zip(ours, counts, strict=True):
            assert row == pytest.approx(average_precision_score(positive, scores, sample_weight=weights))
    assert np.isnan(average_precision(np.ones(2), np.array([True, False]), np.array([[0.0, 1.0]])))


def test_a_recording_that_verdicts_can_tell_apart_is_offered() -> None:
    examination = examine(taught(MIXED, told_by=0.8), seed=0)
    held = examination.held
    assert held is not None
    assert held.is_better
    assert held.sureness > 0.95
    assert held.base.low <= held.base.value <= held.base.high
    assert held.adapted.low <= held.adapted.value <= held.adapted.high
    assert held.adapted.value > held.base.value + 0.2
    assert held.verdicts < len(MIXED)
    assert examination.gain_per_verdict > 0
    assert examination.growth[0].verdicts == 0
    assert examination.growth[-1].precision > examination.growth[0].precision


def test_noise_is_not_offered() -> None:
    offered = 0
    for seed in range(20):
        held = examine(taught(MIXED, told_by=0.0, seed=seed), seed=0).held
        assert held is not None
        offered += held.is_better
    assert offered <= 4  # 90 % sure is asked for


def test_no_verdict_has_a_say_in_its_own_prediction() -> None:
    """Turned round, the last verdict changes what predictions are judged by, and no prediction."""
    given, turned = taught(MIXED, told_by=0.8), taught(MIXED, told_by=0.8)
    turned.is_spasm = np.array([*MIXED[:-1], not MIXED[-1]])
    before = float(given.times[-1]) - 5
    for name in ("features", "targets", "weights", "offsets"):
        np.testing.assert_array_equal(
            getattr(given.lesson(before=before), name), getattr(turned.lesson(before=before), name)
        )
    assert given.lesson().targets.sum() != turned.lesson().targets.sum()


def test_a_verdict_just_before_the_cut_does_not_teach_what_lies_behind_it() -> None:
    close = taught(MIXED, told_by=0.8, seconds=4.0)
    lesson = close.lesson(before=float(close.times[20]) - 5.0)
    assert len(lesson.targets) == WINDOWS * 19  # the 20th lies 4 s before: their windows overlap


@pytest.mark.parametrize(
    ("spasms", "others", "wanted"),
    [(0, 0, (5, 5)), (1, 9, (4, 0)), (5, 5, (0, 0)), (7, 2, (0, 3))],
)
def test_what_is_lacking_is_told_by_kind(spasms: int, others: int, wanted: tuple[int, int]) -> None:
    assert lacking([True] * spasms + [False] * others) == wanted
    assert LEAST_TO_FIT + LEAST_TO_TEST == 5


def test_both_kinds_are_needed_before_and_behind_a_cut() -> None:
    for order in ([], [True] * 30, [True] * 10 + [False] * 10, [False] * 4 + [True] * 4):
        examination = examine(taught(order, told_by=0.8) if order else _nothing(), seed=0)
        assert examination == Examination(USUAL, is_chosen=False)
        assert examination.gain_per_verdict == 0.0


def _nothing() -> Taught:
    rows = np.zeros((0, 5), np.float32)
    return Taught([], rows, np.zeros(0), quiet=rows, quiet_offsets=np.zeros(0), quiet_times=np.zeros(0))


def test_the_strength_is_the_usual_one_until_there_is_something_to_choose_by() -> None:
    few = examine(taught([True, False] * 6, told_by=0.8), seed=0)
    assert (few.strength, few.is_chosen) in {(USUAL, False), *((each, True) for each in STRENGTHS)}
    least = examine(taught([True, False] * 5, told_by=0.8), seed=0)
    assert (least.strength, least.is_chosen) == (USUAL, False)
    strong, weak = (examine(taught(MIXED * 2, told_by=told_by), seed=0) for told_by in (1.5, 0.0))
    assert strong.is_chosen
    assert weak.is_chosen
    assert strong.strength > weak.strength


def test_silence_teaches_little_and_only_before_the_cut() -> None:
    given = taught(MIXED, told_by=0.8)
    silent = Taught(
        [Verdict(50.0, True, (0,)), Verdict(90.0, False, (1,))],
        np.ones((2, 5), np.float32),
        np.zeros(2),
        quiet=np.zeros((3, 5), np.float32),
        quiet_offsets=np.zeros(3),
        quiet_times=np.array([10.0, 60.0, 100.0]),
    )
    lesson = silent.lesson(before=80.0)
    assert lesson.targets.tolist() == [1.0, 0.0, 0.0]
    assert lesson.weights.tolist() == [1.0, 0.1, 0.1]
    assert len(given) == len(MIXED)


def test_equal_seeds_give_equal_intervals() -> None:
    assert examine(taught(MIXED, told_by=0.3), seed=3) == examine(taught(MIXED, told_by=0.3), seed=3)
    assert examine(taught(MIXED, told_by=0.3), seed=3) != examine(taught(MIXED, told_by=0.3), seed=4)
