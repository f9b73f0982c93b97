"""Confidence: patients are what is drawn, the seed decides the draw, and small numbers stay honest."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_1samp

from reviewer_app.evaluation.confidence import bootstrap, mean_over_patients, proportion


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.1, 0.4, 0.35, 0.8]
    first, again, other = (bootstrap(values, list("abcd"), mean, unit="clips", seed=s, draws=200) for s in (1, 1, 2))
    assert first == again
    assert (first.low, first.high) != (other.low, other.high)


def test_the_value_is_that_of_all_patients_and_lies_in_its_interval() -> None:
    estimate = bootstrap([0.0, 0.5, 1.0], ["a", "b", "c"], mean, unit="clips", seed=3, draws=500)
    assert estimate.value == 0.5
    assert 0 <= estimate.low < 0.5 < estimate.high <= 1


def test_many_values_of_few_patients_do_not_narrow_the_interval() -> None:
    """Two patients who differ: a thousand windows each do not make their mean any surer."""
    patients = ["a"] * 1000 + ["b"] * 1000
    estimate = bootstrap([0.0] * 1000 + [1.0] * 1000, patients, mean, unit="windows", seed=0, draws=200)
    assert (estimate.low, estimate.high) == (0.0, 1.0)
    assert (estimate.count, estimate.unit) == (2, "patients")


def test_a_single_patient_is_resampled_by_the_stated_unit() -> None:
    estimate = bootstrap([1.0, 2.0, 3.0], ["a"] * 3, mean, unit="hours", seed=0, draws=200)
    assert (estimate.count, estimate.unit) == (3, "hours")
    assert estimate.low < estimate.high


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(0)
    covered = 0
    for seed in range(100):
        values = random.normal(5, 1, size=30).tolist()
        estimate = bootstrap(values, [str(i) for i in range(30)], mean, unit="clips", seed=seed, draws=200)
        covered += estimate.low <= 5 <= estimate.high
    assert 85 <= covered <= 99


def test_draws_without_a_figure_are_left_out() -> None:
    def undefined_without_both(values: Sequence[float]) -> float:
        return mean(values) if len(set(values)) > 1 else math.nan

    estimate = bootstrap([0.0, 1.0], ["a", "b"], undefined_without_both, unit="clips", seed=0, draws=50)
    assert (estimate.low, estimate.high) == (0.5, 0.5)


def test_a_figure_that_is_never_known_has_no_interval() -> None:
    estimate = bootstrap([0.0], ["a"], lambda _: math.nan, unit="clips", seed=0, draws=10)
    assert math.isnan(estimate.value)
    assert math.isnan(estimate.low)


@pytest.mark.parametrize(("values", "patients"), [([], []), ([1.0], ["a", "b"])])
def test_what_cannot_be_resampled_is_refused(values: list[float], patients: list[str]) -> None:
    with pytest.raises(ValueError, match="cannot be resampled"):
        bootstrap(values, patients, mean, unit="clips", seed=0)


def test_a_single_value_drawn_again_and_again_has_no_interval() -> None:
    estimate = bootstrap([0.5], ["a"], mean, unit="recordings", seed=0)
    assert (estimate.value, estimate.count, estimate.unit) == (0.5, 1, "recordings")
    assert math.isnan(estimate.low)
    assert math.isnan(estimate.high)


def test_a_mean_over_patients_has_student_s_interval_and_leaves_out_who_has_no_value() -> None:
    values = [0.2, 0.5, 0.6, 0.4]
    estimate = mean_over_patients([*values, math.nan])
    expected = ttest_1samp(values, 0).confidence_interval(0.95)
    assert (estimate.value, estimate.count) == pytest.approx((0.425, 4))
    assert (estimate.low, estimate.high) == pytest.approx((expected.low, expected.high))


def test_a_mean_s_interval_ends_where_the_measure_ends() -> None:
    estimate = mean_over_patients([0.0, 0.0, 0.9, 1.0], limits=(0.0, 1.0))
    assert (estimate.low, estimate.high) == (0.0, 1.0)


@pytest.mark.parametrize(("values", "value", "count"), [([0.5], 0.5, 1), ([math.nan], math.nan, 0), ([], math.nan, 0)])
def test_a_mean_of_one_patient_has_no_interval(values: list[float], value: float, count: int) -> None:
    estimate = mean_over_patients(values)
    assert estimate.value == pytest.approx(value, nan_ok=True)
    assert estimate.count == count
    assert math.isnan(estimate.low)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_proportion_has_wilson_s_interval(counts: tuple[int, int]) -> None:
    successes, trials = counts
    expected = binomtest(successes, trials).proportion_ci(method="wilson")
    estimate = proportion(successes, trials, unit="spasms")
    assert estimate.low == pytest.approx(expected.low, abs=1e-9)
    assert estimate.high == pytest.approx(expected.high, abs=1e-9)


def test_ten_of_ten_is_not_certain() -> None:
    assert proportion(10, 10, unit="spasms").low == pytest.approx(0.722, abs=0.001)
    assert proportion(10, 10, unit="spasms").high == 1.0


def test_nothing_counted_means_nothing_known() -> None:
    estimate = proportion(0, 0, unit="spasms")
    assert math.isnan(estimate.value)
    assert (estimate.low, estimate.high) == (0.0, 1.0)


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        proportion(3, 2, unit="spasms")


def test_an_estimate_says_what_it_rests_on() -> None:
    assert str(proportion(9, 10, unit="spasms")) == "0.9 (95 % CI 0.596–0.982, 10 spasms)"
