"""Calibration: honest probabilities, and thresholds that keep the rates they promise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reviewer_app.domain.event import choose_operating_point
from reviewer_app.errors import BundleError
from reviewer_app.learning.calibrate import RATES, fit_temperature, operating_points

PEAKS = st.lists(st.floats(0, 1, width=32), max_size=60)


def sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-x)))


@pytest.mark.parametrize(("temperature", "bias"), [(1.0, 0.0), (3.0, -1.5), (0.2, 2.0), (40.0, -0.5)])
def test_a_known_temperature_and_bias_are_found_again(temperature: float, bias: float) -> None:
    generator = np.random.default_rng(1)
    logits = temperature * generator.normal(0.3, 2.0, 40_000)
    labels = generator.random(len(logits)) < sigmoid(logits / temperature + bias)

    found = fit_temperature(logits, labels)

    assert found.temperature == pytest.approx(temperature, rel=0.05)
    assert found.bias == pytest.approx(bias, abs=0.08)


def test_calibrated_probabilities_come_true_as_often_as_they_say() -> None:
    generator = np.random.default_rng(2)
    labels = generator.random(20_000) < 0.1
    logits = 5 * (generator.normal(0, 1, len(labels)) + 1.5 * labels)

    found = fit_temperature(logits, labels)
    probability = sigmoid(logits / found.temperature + found.bias)

    assert probability.mean() == pytest.approx(labels.mean(), abs=0.002)
    for low, high in ((0.05, 0.15), (0.3, 0.5)):
        inside = (probability >= low) & (probability < high)
        assert probability[inside].mean() == pytest.approx(labels[inside].mean(), abs=0.03)


def test_classes_that_do_not_overlap_still_get_a_finite_temperature() -> None:
    found = fit_temperature([-3.0, -2.0, 2.0, 5.0], [False, False, True, True])

    assert 0 < found.temperature < 100
    assert abs(found.bias) < 10


@pytest.mark.parametrize("labels", [[True, True], [False, False]])
def test_one_class_alone_is_refused(labels: list[bool]) -> None:
    with pytest.raises(BundleError, match="one kind is missing"):
        fit_temperature([0.0, 1.0], labels)


def test_scores_that_run_the_wrong_way_are_refused() -> None:
    with pytest.raises(BundleError, match="do not score higher"):
        fit_temperature([3.0, 2.0, -2.0, -3.0], [False, False, True, True])


def test_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        fit_temperature([math.nan, 1.0], [True, False])


@given(false=PEAKS, true=PEAKS, hours=st.floats(0.05, 50))
def test_no_point_gives_more_false_alarms_than_its_rate(false: list[float], true: list[float], hours: float) -> None:
    points = operating_points(false, hours=hours, spasm_peaks=true)

    for point in points:
        assert np.sum(np.array(false) >= point.enter) / hours == pytest.approx(point.false_alarms_per_hour)
        assert point.false_alarms_per_hour <= max(RATES)
        if true:
            assert point.sensitivity == np.mean(np.array(true) >= point.enter)
    assert list(points) == sorted(points, key=lambda point: -point.enter)
    for rate in RATES:
        promised = [point for point in points if point.false_alarms_per_hour <= rate]
        if promised:
            assert np.sum(np.array(false) >= choose_operating_point(points, rate).enter) <= rate * hours


def test_each_rate_takes_the_lowest_threshold_that_keeps_it() -> None:
    false = np.linspace(0.1, 0.8, 8)  # one every 0.1
    points = operating_points(false, hours=2.0, spasm_peaks=[0.9, 0.75, 0.55, 0.0])

    by_rate = {point.false_alarms_per_hour: point for point in points}
    assert set(by_rate) == {0.5, 1.0, 2.0, 4.0}  # 0.25 an hour cannot be shown in 2 hours; 8 an hour adds none
    assert by_rate[0.5].enter == pytest.approx((0.7 + 0.75) / 2)
    assert by_rate[0.5].sensitivity == 0.5
    assert by_rate[4.0].enter < 0.1
    assert by_rate[4.0].sensitivity == 0.75


def test_a_rate_that_the_hours_cannot_show_is_not_offered() -> None:
    assert operating_points([0.2], hours=0.1, spasm_peaks=[0.9]) == ()


def test_false_alarms_at_the_very_top_leave_no_threshold_that_keeps_the_rate() -> None:
    points = operating_points([1.0] * 100, hours=10.0, spasm_peaks=[1.0])

    assert points == ()


def test_without_spasms_the_share_found_is_unknown() -> None:
    assert all(math.isnan(point.sensitivity) for point in operating_points([0.3], hours=8, spasm_peaks=[]))


@pytest.mark.parametrize("hours", [0.0, -1.0, math.inf, math.nan])
def test_senseless_hours_are_refused(hours: float) -> None:
    with pytest.raises(ValueError, match="hours"):
        operating_points([0.3], hours=hours, spasm_peaks=[])


def test_peaks_outside_a_probability_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        operating_points([1.5], hours=8, spasm_peaks=[])
