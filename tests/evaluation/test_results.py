"""All figures of a study together agree with one another."""

from dataclasses import replace

import pytest

from reviewer_app.evaluation.results import evaluate_study
from tests.evaluation.examined import study


def test_the_same_study_gives_the_same_figures_which_agree_with_one_another() -> None:
    whole = study(3, raters=2)
    examined = replace(whole, rules=replace(whole.rules, draws=50))
    results = evaluate_study(examined)
    measures = {each.key: each for each in (*results.windows, *results.events)}
    assert results.study is examined
    assert measures["auc"].pooled.value == results.curve.area
    assert measures["brier"].pooled.value == pytest.approx(results.calibration.brier)
    assert measures["spasm_sensitivity"].pooled.value == results.froc.chosen.sensitivity
    assert measures["false_alarms_per_hour"].pooled.value == pytest.approx(results.froc.chosen.false_alarms_per_hour)
    assert results.latency.peak.count == results.froc.chosen.found == results.agreement.model[0].matched
    assert all(each.point in results.froc.points for each in results.costs)
    assert len(results.technical) == 7
    assert results.generic.hours == pytest.approx(examined.analysable_hours)
    assert str(evaluate_study(examined)) == str(results)
