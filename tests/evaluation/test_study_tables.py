"""The tables beside a report: every number once, with full precision, and nothing in a cell where nothing is known."""

from dataclasses import replace

import pytest

from reviewer_app.domain.window import Interval
from reviewer_app.evaluation import study_tables as module
from reviewer_app.evaluation.results import StudyResults, evaluate_study
from reviewer_app.evaluation.study_tables import study_tables
from tests.evaluation.examined import study


@pytest.fixture(scope="module")
def results() -> StudyResults:
    return evaluate_study(study(3, raters=2))


def read(results: StudyResults) -> dict[str, list[dict[str, str]]]:
    return {
        table.name: [dict(zip(table.head, row, strict=True)) for row in table.rows] for table in study_tables(results)
    }


def test_figures_stand_there_with_all_their_digits(results: StudyResults) -> None:
    told = read(results)
    auc = next(each for each in results.windows if each.key == "auc")
    row = next(row for row in told["measures"] if row["measure"] == "auc")
    assert float(row["mean"]) == auc.mean.value
    assert float(row["pooled_low"]) == auc.pooled.low
    each = {row["patient"]: row["value"] for row in told["patients"] if row["measure"] == "auc"}
    assert [each[patient] for patient, _ in auc.by_patient][-1] == "", "a patient without a spasm has no AUC"
    assert float(each["P001"]) == auc.by_patient[0][1]
    assert len(told["measures"]) == len(results.windows) + len(results.events)


def test_windows_and_onsets_add_up_to_the_counts(results: StudyResults) -> None:
    told = read(results)
    windows = results.study.windows()
    assert len(told["windows"]) == sum(len(each.scores) for each in windows)
    assert sum(row["spasm"] == "1" for row in told["windows"]) == sum(int(each.positive.sum()) for each in windows)
    outcomes = [row["outcome"] for row in told["onsets"]]
    chosen = results.froc.chosen
    assert outcomes.count("found") == chosen.found
    assert outcomes.count("missed") == chosen.reference - chosen.found
    assert outcomes.count("false alarm") == chosen.false_alarms
    assert all(row["event_peak_s"] == "" for row in told["onsets"] if row["outcome"] == "missed")
    assert all(row["onset_s"] == "" for row in told["onsets"] if row["outcome"] == "false alarm")


def test_spasms_and_events_outside_analysable_time_are_in_no_row(results: StudyResults) -> None:
    first = replace(results.study.recordings[0], analysable=(Interval(0, 100),))
    told = read(replace(results, study=replace(results.study, recordings=(first,))))
    onsets = [row for row in told["onsets"] if row["outcome"] != "false alarm"]
    assert [float(row["onset_s"]) for row in onsets] == [60.0, 90.0]
    assert all(float(row["event_peak_s"]) < 102.5 for row in told["onsets"] if row["event_peak_s"])


def test_there_is_a_table_for_each_part_of_the_report(results: StudyResults) -> None:
    told = read(results)
    assert set(told) == {
        *("measures", "patients", "recordings", "froc", "roc", "calibration", "clock", "workload", "latency"),
        *("technical", "agreement", "agreement_of_all", "generic", "onsets", "windows"),
    }
    assert len(told["froc"]) == len(results.froc.points)
    assert len(told["clock"]) == 24
    assert [row["spasms_to_be_met"] for row in told["workload"]] == ["0.9", "0.95", "0.99"]
    assert len(told["agreement"]) == 3, "two raters with each other, and the model with each"
    assert [row["recording"] for row in told["recordings"]] == ["1", "2", "3"]


def test_a_long_curve_is_thinned_with_both_ends_kept(results: StudyResults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_THRESHOLDS", 10)
    roc = read(results)["roc"]
    assert len(roc) == 10
    assert roc[0]["true_positives"] == "0"
    assert int(roc[-1]["true_positives"]) == int(results.curve.true_positives[-1])


def test_a_target_that_no_threshold_meets_has_no_threshold(results: StudyResults) -> None:
    costs = tuple(replace(each, point=None) for each in results.costs)
    assert {row["threshold"] for row in read(replace(results, costs=costs))["workload"]} == {""}
