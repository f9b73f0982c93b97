"""Agreement: published examples, scikit-learn where it has the same, and spasms paired one to one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, confusion_matrix

from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.agreement import agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha
from reviewer_app.evaluation.study import RaterWords
from tests.evaluation.judged import judged, spasms, study_of

NAN = math.nan
ALL = (Interval(0, 100),)
categories = st.lists(st.integers(0, 3), min_size=2, max_size=30)


# Coefficients


def test_cohen_s_kappa_of_a_worked_example() -> None:
    """Two readers of 50 grant proposals: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no give 0.4."""
    assert cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]])) == pytest.approx(0.4)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_cohen_s_kappa_equals_scikit_learn_s(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs).T
    kappa = cohen_kappa(confusion_matrix(first, second, labels=range(4)).astype(float))
    if len({*first.tolist(), *second.tolist()}) > 1:
        assert kappa == pytest.approx(cohen_kappa_score(first, second))
    else:
        assert math.isnan(kappa)


@given(categories)
def test_identical_raters_agree_fully(drawn: list[int]) -> None:
    ratings = np.array([*drawn, 0, 1])
    counts = np.stack([3 * (ratings == each) for each in range(4)], axis=1)
    assert cohen_kappa(np.diag(np.bincount(ratings)).astype(float)) == 1.0
    assert fleiss_kappa(counts) == pytest.approx(1.0)
    assert krippendorff_alpha(np.tile(ratings.astype(float), (3, 1))) == pytest.approx(1.0)


def test_nothing_rated_agrees_on_nothing() -> None:
    assert math.isnan(cohen_kappa(np.zeros((2, 2))))
    assert math.isnan(fleiss_kappa(np.zeros((0, 2), int)))
    assert math.isnan(krippendorff_alpha(np.full((2, 3), NAN)))


FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def test_fleiss_kappa_of_the_worked_example_of_fourteen_raters() -> None:
    assert fleiss_kappa(np.array(FLEISS)) == pytest.approx(0.2099, abs=0.0001)


@pytest.mark.parametrize("counts", [[[1, 0]], [[2, 0], [2, 1]]])
def test_fleiss_kappa_needs_the_same_number_of_raters_everywhere(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa(np.array(counts))


KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


def test_alpha_of_krippendorff_s_own_example_with_missing_ratings() -> None:
    """Computing Krippendorff's Alpha-Reliability (2011), section C: nominal alpha 0.743."""
    assert krippendorff_alpha(np.array(KRIPPENDORFF)) == pytest.approx(0.743, abs=0.0005)


@given(st.permutations(range(4)), st.permutations(range(12)))
def test_the_order_of_raters_and_items_changes_no_alpha(raters: list[int], items: list[int]) -> None:
    shuffled = np.array(KRIPPENDORFF)[raters][:, items]
    assert krippendorff_alpha(shuffled) == pytest.approx(krippendorff_alpha(np.array(KRIPPENDORFF)))


def test_raters_who_use_one_category_only_show_no_agreement_beyond_chance() -> None:
    assert math.isnan(krippendorff_alpha(np.ones((2, 5))))
    assert math.isnan(fleiss_kappa(np.array([[3, 0], [3, 0]])))


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_chance_agreement_is_about_zero(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 2, (2, 4000))
    assert abs(cohen_kappa(confusion_matrix(first, second, labels=range(4)).astype(float))) < 0.1
    assert abs(krippendorff_alpha(np.stack([first, second]).astype(float))) < 0.1


# A study's raters


def words(
    rater: str, *onsets: float, finalised: tuple[Interval, ...] = ALL, undecided: tuple[Interval, ...] = ()
) -> RaterWords:
    return RaterWords(rater, spasms(*onsets), finalised, undecided)


def test_raters_are_compared_window_by_window_and_spasm_by_spasm() -> None:
    # 20 windows: both call 10-15 s and 20-25 s, each calls one that the other does not.
    raters = [words("rater 1", 11, 22, 41), words("rater 2", 12, 22.5, 71)]
    (pair,) = agreement(study_of(judged("a", raters=raters))).pairs
    assert (pair.first, pair.second, pair.windows) == ("rater 1", "rater 2", 20)
    assert pair.hours == pytest.approx(100 / 3600)
    first, second = np.zeros((2, 20), int)
    first[[2, 4, 8]] = second[[2, 4, 14]] = 1
    assert pair.kappa.value == pytest.approx(cohen_kappa_score(first, second))
    assert (pair.first_spasms, pair.second_spasms, pair.matched) == (3, 3, 2)
    assert pair.positive_agreement.value == pytest.approx(2 / 3)


def test_one_spasm_is_paired_with_one_spasm() -> None:
    raters = [words("rater 1", 20), words("rater 2", 19, 21)]
    (pair,) = agreement(study_of(judged("a", raters=raters))).pairs
    assert (pair.matched, pair.positive_agreement.value) == pytest.approx((1, 2 / 3))


def test_only_time_that_both_judged_counts() -> None:
    raters = [
        words("rater 1", 11, 61, finalised=(Interval(0, 50),)),
        words("rater 2", 11, 31, 81, finalised=(Interval(0, 20), Interval(40, 100))),
    ]
    found = agreement(study_of(judged("a", raters=raters)))
    (pair,) = found.pairs
    assert (pair.windows, pair.first_spasms, pair.second_spasms, pair.matched) == (6, 1, 1, 1)
    assert pair.kappa.value == 1.0
    assert found.fleiss_windows == found.alpha_windows == 6


def test_raters_who_never_judged_the_same_time_are_not_compared() -> None:
    found = agreement(study_of(judged("a", raters=[words("rater 1", 10)]), judged("b", raters=[words("rater 2", 10)])))
    assert found.raters == ("rater 1", "rater 2")
    assert found.pairs == ()
    assert len(found.model) == 2
    assert math.isnan(found.fleiss)
    assert math.isnan(found.alpha)


def test_the_model_is_compared_with_each_rater_where_it_has_scores() -> None:
    raters = [words("rater 1", 10, 30, 90), words("rater 2", 50)]
    each = judged("a", peaks=[10.5, 30.5, 95], seen=[Interval(0, 80)], raters=raters)
    first, second = agreement(study_of(each)).model
    assert (first.first, first.second, first.windows) == ("model", "rater 1", 16)
    assert (first.first_spasms, first.second_spasms, first.matched) == (2, 2, 2)
    assert first.kappa.value == 1.0
    assert (second.second_spasms, second.matched, second.positive_agreement.value) == (1, 0, 0.0)


def test_seconds_on_which_raters_are_divided_count_for_the_model_too() -> None:
    raters = [words("rater 1", 11, 51), words("rater 2", 11)]
    undisputed = [Interval(0, 50), Interval(53, 100)]
    found = agreement(study_of(judged("a", onsets=[11], peaks=[11.5], analysable=undisputed, raters=raters)))
    (pair,), (first, second) = found.pairs, found.model
    assert (pair.windows, first.windows, second.windows) == (20, 20, 20)
    assert (first.second_spasms, first.matched) == (2, 1)
    assert first.kappa.value == pair.kappa.value < 1.0
    assert second.kappa.value == 1.0


def test_time_in_which_a_rater_is_undecided_is_no_rating_at_all() -> None:
    # The first one is sure of 50-55 s and of all of 70-80 s, the second is not.
    unsure = (Interval(53, 54), Interval(70, 80))
    raters = [words("rater 1", 11, 51, 71), words("rater 2", 11, 72, undecided=unsure)]
    found = agreement(study_of(judged("a", peaks=[11.5, 51.5], raters=raters)))
    (pair,), (first, second) = found.pairs, found.model
    assert (pair.windows, found.fleiss_windows, found.alpha_windows) == (17, 17, 17)
    assert pair.kappa.value == found.fleiss == found.alpha == 1.0
    assert pair.hours == pytest.approx(89 / 3600)
    assert (pair.first_spasms, pair.second_spasms, pair.matched) == (2, 1, 1)
    assert (first.windows, second.windows) == (20, 17)


def test_three_raters_have_a_kappa_and_an_alpha_together() -> None:
    raters = [words("rater 1", 11, 22), words("rater 2", 11, 22), words("rater 3", 11, finalised=(Interval(0, 50),))]
    found = agreement(study_of(judged("a", raters=raters)))
    ratings = np.zeros((3, 20))
    ratings[:, 2] = ratings[:2, 4] = 1
    counts = np.stack([(ratings[:, :10] == 0).sum(axis=0), (ratings[:, :10] == 1).sum(axis=0)], axis=1)
    assert len(found.pairs) == 3
    assert (found.fleiss, found.fleiss_windows) == pytest.approx((fleiss_kappa(counts), 10))
    ratings[2, 10:] = NAN
    assert (found.alpha, found.alpha_windows) == pytest.approx((krippendorff_alpha(ratings), 20))


def test_intervals_resample_patients() -> None:
    agreeing = judged("a", raters=[words("rater 1", 11, 22), words("rater 2", 11, 22)])
    divided = judged("b", raters=[words("rater 1", 11, 22), words("rater 2", 41, 62)])
    (pair,) = agreement(study_of(agreeing, divided)).pairs
    assert (pair.positive_agreement.value, pair.positive_agreement.count) == (0.5, 2)
    assert (pair.positive_agreement.low, pair.positive_agreement.high) == (0.0, 1.0)


def test_a_study_without_raters_words_has_no_agreement() -> None:
    found = agreement(study_of(judged("a")))
    assert (found.raters, found.pairs, found.model) == ((), (), ())
    assert (found.fleiss_windows, found.alpha_windows) == (0, 0)
