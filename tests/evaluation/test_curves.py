"""Curves: equal to scikit-learn's where they overlap, and to scoring by hand where they do not."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score, roc_curve

from reviewer_app.domain.event import OperatingPoint, event_curve, pick_events
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.curves import calibration, froc, threshold_curve
from reviewer_app.evaluation.scoring import score_spasms
from tests.evaluation.examined import study
from tests.evaluation.judged import POINT, judged, study_of

# Few distinct values, so that ties are common, and edges of calibration bins are met.
scores = st.sampled_from([0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1.0])
windows = st.lists(st.tuples(scores, st.booleans()), min_size=2, max_size=60).map(
    lambda drawn: (np.array([s for s, _ in drawn]), np.array([True, False, *(p for _, p in drawn[2:])]))
)
Windows = tuple[NDArray[np.float64], NDArray[np.bool_]]


@given(windows)
def test_roc_equals_scikit_learn_s(drawn: Windows) -> None:
    curve = threshold_curve(*drawn)
    false, true, thresholds = roc_curve(drawn[1], drawn[0], drop_intermediate=False)
    np.testing.assert_allclose(curve.false_positive_rate, false)
    np.testing.assert_allclose(curve.sensitivity, true)
    np.testing.assert_allclose(curve.thresholds, thresholds)
    assert curve.area == pytest.approx(roc_auc_score(drawn[1], drawn[0]))


@given(windows)
def test_average_precision_equals_scikit_learn_s(drawn: Windows) -> None:
    curve = threshold_curve(*drawn)
    assert curve.average_precision == pytest.approx(average_precision_score(drawn[1], drawn[0]))
    assert curve.precision[0] == 1.0


@given(windows)
def test_calibration_equals_scikit_learn_s(drawn: Windows) -> None:
    found = calibration(*drawn)
    shares, means = calibration_curve(drawn[1], drawn[0], n_bins=10)
    assert [each.share_positive for each in found.bins] == pytest.approx(list(shares))
    assert [each.mean_score for each in found.bins] == pytest.approx(list(means))
    assert found.brier == pytest.approx(brier_score_loss(drawn[1], drawn[0]))
    assert sum(each.count for each in found.bins) == len(drawn[0])


@given(windows)
def test_a_strictly_rising_change_of_scores_leaves_the_curve_where_it_is(drawn: Windows) -> None:
    before, after = threshold_curve(*drawn), threshold_curve(drawn[0] ** 3 / 2, drawn[1])
    assert before.true_positives.tolist() == after.true_positives.tolist()
    assert before.area == after.area


def test_expected_calibration_error_is_weighted_by_count() -> None:
    found = calibration(np.array([0.9, 0.9, 0.9, 0.1]), np.array([True, True, False, False]))
    assert found.expected_error == pytest.approx(0.75 * (0.9 - 2 / 3) + 0.25 * 0.1)


def test_windows_of_one_kind_have_no_areas() -> None:
    calm = threshold_curve(np.array([0.1, 0.2]), np.array([False, False]))
    assert math.isnan(calm.area)
    assert math.isnan(calm.average_precision)
    assert math.isnan(threshold_curve(np.array([0.1]), np.array([True])).area)
    nothing = threshold_curve(np.empty(0), np.empty(0, np.bool_))
    assert math.isnan(nothing.area)
    assert math.isnan(nothing.average_precision)


def test_without_windows_nothing_is_known() -> None:
    found = calibration(np.empty(0), np.empty(0, np.bool_))
    assert found.bins == ()
    assert math.isnan(found.brier)


def test_scores_and_labels_must_belong_together() -> None:
    with pytest.raises(ValueError, match="labels"):
        threshold_curve(np.zeros(2), np.zeros(3, np.bool_))


# FROC


def test_each_point_of_froc_is_what_scoring_gives_at_its_threshold() -> None:
    examined = study(3)
    curve = froc(examined, steps=6)
    ratio = examined.point.leave / examined.point.enter
    for point in curve.points:
        at = OperatingPoint(point.threshold, point.threshold * ratio, 1.0)
        by_hand = [
            score_spasms(each.spasms, pick_events(event_curve(each.trace), at), analysable=each.analysable)
            for each in examined.recordings
        ]
        assert point.found == sum(each.found for each in by_hand)
        assert point.reference == 12
        assert point.false_alarms == sum(each.false_alarms for each in by_hand)
        assert point.hours == pytest.approx(0.75)


def test_froc_runs_through_the_operating_point() -> None:
    examined = study(3)
    chosen = froc(examined).chosen
    assert chosen.threshold == examined.point.enter
    assert chosen.found == sum(each.scores.spasms.found for each in examined.recordings)
    assert chosen.false_alarms == sum(each.scores.spasms.false_alarms for each in examined.recordings)


def test_froc_runs_from_strict_to_lenient_and_sees_every_step_of_few_spasms() -> None:
    scores = [0.0] * 60
    scores[5], scores[15], scores[25], scores[35], scores[45] = 0.9, 0.8, 0.3, 0.2, 0.1
    curve = froc(study_of(judged("a", scores=scores, onsets=[27, 77, 127, 177, 227])))
    thresholds = [each.threshold for each in curve.points]
    assert thresholds == sorted(thresholds, reverse=True)
    assert [each.found for each in curve.points] == sorted(each.found for each in curve.points)
    assert {each.found for each in curve.points} == set(range(6))


def test_froc_tells_one_false_alarm_an_hour_from_two_among_very_many() -> None:
    # An hour of nothing but false alarms, each with its own score: 360 of them, all far from one another.
    scores = np.zeros(720)
    scores[::2] = np.linspace(0.1, 0.99, 360)
    rates = [each.false_alarms_per_hour for each in froc(study_of(judged("a", scores=scores.tolist()))).points]
    assert rates[:5] == [0, 1, 2, 3, 4]
    assert 60 in rates


def test_sensitivity_at_a_rate_is_the_best_that_the_rate_allows() -> None:
    # One spasm scores 0.9, one 0.6; a false alarm scores 0.7. Two minutes.
    calm = [0.0] * 24
    calm[2], calm[8], calm[14] = 0.9, 0.7, 0.6
    curve = froc(study_of(judged("a", scores=calm, onsets=[12.5, 72.5])))
    assert curve.sensitivity_at(0) == 0.5
    assert curve.sensitivity_at(29) == 0.5
    assert curve.sensitivity_at(31) == 1.0


def test_where_every_threshold_gives_more_false_alarms_nothing_is_found() -> None:
    curve = froc(study_of(judged("a", scores=[0.0, 1.0, 0.0], onsets=[1])))
    assert curve.sensitivity_at(1) == 0.0


def test_a_flat_trace_has_a_curve_too() -> None:
    curve = froc(study_of(judged("a", scores=[0.0] * 20)))
    assert [(each.threshold, each.false_alarms) for each in curve.points] == [(1.0, 0), (0.5, 0)]
    assert math.isnan(curve.chosen.sensitivity)
    assert curve.chosen.threshold == POINT.enter


def test_without_analysable_time_there_are_no_rates() -> None:
    chosen = froc(study_of(judged("a", analysable=[]))).chosen
    assert math.isnan(chosen.false_alarms_per_hour)
    assert math.isnan(chosen.minutes_per_hour)


def test_minutes_to_watch_count_each_second_once_and_only_analysable_events() -> None:
    # Peaks at 22.5 and 27.5: watched from 18.5 to 29.5. The one at 72.5 cannot be judged.
    scores = [0.0] * 20
    scores[4], scores[5], scores[14] = 0.9, 0.1, 0.9
    scores[6] = 0.9
    each = judged("a", scores=scores, analysable=[Interval(0, 50)])
    chosen = froc(study_of(each)).chosen
    # Peaks at 22.5 and 32.5: 18.5 to 24.5 and 28.5 to 34.5.
    assert chosen.minutes * 60 == pytest.approx(12)
    assert chosen.minutes_per_hour == pytest.approx(0.2 / (50 / 3600))


@settings(max_examples=15)
@given(st.permutations(range(3)))
def test_the_order_of_recordings_changes_nothing(order: list[int]) -> None:
    examined = study(3)
    shuffled = study_of(*(examined.recordings[i] for i in order), rules=examined.rules, point=examined.point)
    assert [(p.threshold, p.found, p.false_alarms) for p in froc(shuffled, steps=4).points] == [
        (p.threshold, p.found, p.false_alarms) for p in froc(examined, steps=4).points
    ]
