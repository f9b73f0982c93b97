"""By patient: means that leave out who does not allow the figure, pooled figures beside, equal to scikit-learn's."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, average_precision_score, brier_score_loss, recall_score, roc_auc_score

from reviewer_app.evaluation import patients
from reviewer_app.evaluation.patients import Measure, count_windows, event_measures, window_measures
from reviewer_app.evaluation.study import PatientWindows, StudyRules
from tests.evaluation.judged import RULES, judged, study_of


def windows(patient: str, scores: list[float], positive: list[bool]) -> PatientWindows:
    return PatientWindows(patient, np.array(scores), np.array(positive, np.bool_))


def by_key(measures: tuple[Measure, ...]) -> dict[str, Measure]:
    return {each.key: each for each in measures}


BOTH = windows("a", [0.9, 0.4, 0.6, 0.1], [True, True, False, False])
HEALTHY = windows("b", [0.2, 0.7, 0.1, 0.1, 0.1], [False] * 5)
SPASMS_ONLY = windows("c", [0.8], [True])


def test_a_figure_that_a_patient_s_windows_do_not_allow_is_left_out_for_that_patient() -> None:
    found = by_key(window_measures([BOTH, HEALTHY, SPASMS_ONLY], RULES))
    assert [value for _, value in found["auc"].by_patient[:1]] == [0.75]
    assert all(math.isnan(value) for _, value in found["auc"].by_patient[1:])
    assert found["auc"].mean.count == 1
    assert (found["sensitivity"].mean.value, found["sensitivity"].mean.count) == (0.75, 2)
    assert (found["specificity"].mean.value, found["specificity"].mean.count) == pytest.approx((0.65, 2))
    assert found["accuracy"].mean.value == pytest.approx((0.5 + 0.8 + 1.0) / 3)
    assert found["average_precision"].mean.count == 1


def test_pooled_figures_take_all_windows_as_one_heap() -> None:
    found = by_key(window_measures([BOTH, HEALTHY, SPASMS_ONLY], RULES))
    scores = np.concatenate([BOTH.scores, HEALTHY.scores, SPASMS_ONLY.scores])
    truth = np.concatenate([BOTH.positive, HEALTHY.positive, SPASMS_ONLY.positive])
    called = scores >= 0.5
    assert found["auc"].pooled.value == pytest.approx(roc_auc_score(truth, scores))
    assert found["average_precision"].pooled.value == pytest.approx(average_precision_score(truth, scores))
    assert found["sensitivity"].pooled.value == pytest.approx(recall_score(truth, called))
    assert found["specificity"].pooled.value == pytest.approx(recall_score(~truth, ~called))
    assert found["accuracy"].pooled.value == pytest.approx(accuracy_score(truth, called))
    assert found["brier"].pooled.value == pytest.approx(brier_score_loss(truth, scores))


def test_false_windows_are_told_per_window_and_per_hour() -> None:
    """3.4 % of 5-s windows is 24 an hour."""
    calm = windows("a", [0.9] * 34 + [0.1] * 966, [False] * 1000)
    found = by_key(window_measures([calm], RULES))
    assert found["false_share"].pooled.value == 0.034
    assert found["false_per_hour"].pooled.value == pytest.approx(24.48)


def test_the_threshold_itself_is_a_call_and_stands_in_the_name() -> None:
    rules = replace(RULES, threshold=0.4)
    found = by_key(window_measures([BOTH], rules))
    assert found["sensitivity"].pooled.value == 1.0
    assert "at 0.4" in found["sensitivity"].what


def test_a_single_patient_gives_figures_without_intervals() -> None:
    found = by_key(window_measures([BOTH], RULES))
    for each in found.values():
        assert math.isnan(each.pooled.low)
        assert math.isnan(each.mean.high)
    assert found["auc"].pooled.value == found["auc"].mean.value == 0.75


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_intervals_of_areas_follow_from_resampled_windows(data: st.DataObject) -> None:
    """The grid of thresholds holds all of them when there are few, so the interval is the one of sorting anew."""
    values = st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.8]), min_size=4, max_size=8)
    drawn_scores = [data.draw(values) for _ in range(3)]
    some = [windows(str(i), each, [k % 2 == 0 for k in range(len(each))]) for i, each in enumerate(drawn_scores)]
    found = window_measures(some, RULES)[0].pooled
    random = np.random.default_rng(RULES.seed)
    draws = [random.integers(3, size=3) for _ in range(RULES.draws)]
    by_hand = [
        roc_auc_score(
            np.concatenate([some[i].positive for i in drawn]), np.concatenate([some[i].scores for i in drawn])
        )
        for drawn in draws
    ]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(by_hand, [0.025, 0.975])))


def test_a_coarse_grid_of_thresholds_changes_areas_hardly(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    some = []
    for patient in "abcd":
        positive = random.random(2000) < 0.1
        scores = np.clip(random.normal(np.where(positive, 0.6, 0.4), 0.2), 0, 1)
        some.append(PatientWindows(patient, scores, positive))
    coarse = window_measures(some, RULES)
    monkeypatch.setattr(patients, "GRID", 10_000)
    exact = window_measures(some, RULES)
    for one, other in zip(coarse[:2], exact[:2], strict=True):
        assert one.pooled.value == other.pooled.value
        assert one.by_patient == other.by_patient
        assert (one.pooled.low, one.pooled.high) == pytest.approx((other.pooled.low, other.pooled.high), abs=0.01)


@settings(max_examples=20, deadline=None)
@given(st.permutations([BOTH, HEALTHY, SPASMS_ONLY]))
def test_permuting_patients_changes_no_figure(order: list[PatientWindows]) -> None:
    before = window_measures([BOTH, HEALTHY, SPASMS_ONLY], RULES)
    for one, other in zip(before, window_measures(order, RULES), strict=True):
        assert one.mean.value == pytest.approx(other.mean.value)
        assert one.mean.low == pytest.approx(other.mean.low, nan_ok=True)
        assert one.pooled.value == pytest.approx(other.pooled.value)
        assert _known(one) == _known(other)


def _known(measure: Measure) -> dict[str, float]:
    return {patient: value for patient, value in measure.by_patient if not math.isnan(value)}


def test_no_windows_at_all_give_no_figures() -> None:
    counts = count_windows(windows("a", [], []), threshold=0.5)
    assert all(math.isnan(each) for each in (counts.sensitivity, counts.specificity, counts.accuracy, counts.brier))


# Spasms and clusters


def test_spasms_and_clusters_are_told_by_patient_and_pooled() -> None:
    long = [0.1] * 720  # an hour
    study = study_of(
        judged("a", scores=long, onsets=[100, 107, 114, 1000], peaks=[100, 107.5, 2000]),
        judged("a", scores=long, onsets=[100], peaks=[100]),
        judged("b", scores=long, peaks=[500, 600.5, 3000, 3001]),
    )
    found = by_key(event_measures(study))
    values = {key: dict(each.by_patient) for key, each in found.items()}
    assert values["spasm_sensitivity"]["a"] == 3 / 5
    assert math.isnan(values["spasm_sensitivity"]["b"])
    assert found["spasm_sensitivity"].pooled.value == 3 / 5
    assert values["spasm_precision"] == {"a": 3 / 4, "b": 0.0}
    assert values["false_alarms_per_hour"] == {"a": 0.5, "b": 4.0}
    assert found["false_alarms_per_hour"].mean.value == 2.25
    assert found["false_alarms_per_hour"].pooled.value == pytest.approx(5 / 3)
    assert values["count_error"]["a"] == -1 / 5
    assert found["count_error"].pooled.value == pytest.approx((8 - 5) / 5)
    assert values["cluster_sensitivity"]["a"] == 2 / 3
    assert values["false_clusters_per_hour"] == {"a": 0.5, "b": 3.0}
    assert values["cluster_count_error"]["a"] == pytest.approx(1 / 3)
    assert math.isnan(values["cluster_count_error"]["b"])


def test_intervals_end_where_the_measure_ends() -> None:
    study = study_of(
        judged("a", onsets=[10], peaks=[10]), judged("b", onsets=[10]), judged("c", onsets=[10], peaks=[10])
    )
    mean = by_key(event_measures(study))["spasm_sensitivity"].mean
    assert (mean.value, mean.low, mean.high) == pytest.approx((2 / 3, 0.0, 1.0))


def test_without_hours_there_is_no_rate() -> None:
    found = by_key(event_measures(study_of(judged("a", analysable=[]))))
    assert math.isnan(found["false_alarms_per_hour"].pooled.value)
    assert math.isnan(found["false_clusters_per_hour"].pooled.value)


def test_the_same_seed_gives_the_same_intervals() -> None:
    first, again = (window_measures([BOTH, HEALTHY, SPASMS_ONLY], StudyRules(draws=50, seed=5)) for _ in range(2))
    assert [each.pooled.high for each in first] == [each.pooled.high for each in again]
