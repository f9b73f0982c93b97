"""Scoring: every spasm counts once, at three levels, by rules that are printed."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from reviewer_app.domain.event import Event
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.scoring import (
    ScoringRules,
    match_onsets,
    score_clusters,
    score_recording,
    score_spasms,
    score_windows,
    window_labels,
)

HOUR = (Interval(0, 3600),)
times = st.lists(st.integers(0, 400).map(lambda tenth: tenth / 10), max_size=14)


def spasms(*onsets: float) -> list[Interval]:
    return [Interval(onset, onset + 1) for onset in onsets]


def events(*peaks: float) -> list[Event]:
    return [Event(Interval(max(0.0, peak - 0.5), peak + 0.5), peak, 0.9) for peak in peaks]


# Windows


def test_a_window_is_positive_exactly_when_an_onset_lies_in_it() -> None:
    grid = WindowGrid(5, stride=16)  # 0-5, 5-10, 10-15, 15-20, 20-25
    labels = window_labels(grid, [Interval(4.5, 6), Interval(10, 10.4), Interval(19.9, 20)])
    assert labels.tolist() == [1, -1, 1, 1, 0]


def test_an_onset_is_positive_even_where_another_spasm_ends() -> None:
    grid = WindowGrid(2, stride=16)
    for order in (1, -1):
        assert window_labels(grid, [Interval(4, 6), Interval(8, 9)][::order]).tolist() == [1, 1]


def test_sensitivity_and_specificity_take_the_threshold_as_a_call() -> None:
    scores = np.array([0.9, 0.5, 0.4, 0.5, 0.1])
    result = score_windows(scores, np.array([1, 1, 1, 0, 0], np.int8), threshold=0.5)
    assert (result.sensitivity, result.specificity) == (2 / 3, 1 / 2)
    assert (result.positives, result.negatives, result.left_out) == (3, 2, 0)


def test_windows_without_a_score_are_left_out_and_counted() -> None:
    result = score_windows(np.array([0.9, np.nan, 0.1]), np.array([1, 1, 0], np.int8), threshold=0.5)
    assert (result.sensitivity, result.left_out) == (1.0, 1)


def test_partial_windows_are_negative_unless_the_rules_skip_them() -> None:
    scores, labels = np.array([0.9, 0.8, 0.1]), np.array([1, -1, 0], np.int8)
    assert score_windows(scores, labels, threshold=0.5).specificity == 0.5
    skipped = score_windows(scores, labels, threshold=0.5, rules=ScoringRules(skip_partial=True))
    assert (skipped.specificity, skipped.left_out) == (1.0, 1)


def test_what_was_not_there_has_no_share() -> None:
    result = score_windows(np.array([0.9]), np.array([0], np.int8), threshold=0.5)
    assert math.isnan(result.sensitivity)
    assert math.isnan(result.auc)


def test_scores_and_labels_of_different_grids_are_refused() -> None:
    with pytest.raises(ValueError, match="labels"):
        score_windows(np.zeros(3), np.zeros(4, np.int8), threshold=0.5)


# Spasms


def best_possible(onsets: Sequence[float], peaks: Sequence[float], tolerance: float) -> int:
    if not onsets or not peaks:
        return 0
    fits = np.abs(np.subtract.outer(onsets, peaks)) <= tolerance
    rows, columns = linear_sum_assignment(fits, maximize=True)
    return int(fits[rows, columns].sum())


@given(times, times)
def test_no_other_pairing_finds_more_spasms(onsets: list[float], peaks: list[float]) -> None:
    pairs = match_onsets(onsets, peaks, tolerance=2.5)
    assert len(pairs) == best_possible(onsets, peaks, 2.5)
    assert all(abs(onsets[i] - peaks[j]) <= 2.5 for i, j in pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@given(times, times)
def test_matching_keeps_the_order_of_time(onsets: list[float], peaks: list[float]) -> None:
    pairs = match_onsets(onsets, peaks, tolerance=2.5)
    assert [onsets[i] for i, _ in pairs] == sorted(onsets[i] for i, _ in pairs)
    assert [peaks[j] for _, j in pairs] == sorted(peaks[j] for _, j in pairs)


def test_the_tolerance_itself_still_matches() -> None:
    assert match_onsets([10.0], [12.5], tolerance=2.5) == ((0, 0),)
    assert match_onsets([10.0], [12.6], tolerance=2.5) == ()


def test_a_second_event_for_one_spasm_is_a_false_alarm() -> None:
    result = score_spasms(spasms(10), events(9.5, 11), analysable=HOUR)
    assert (result.found, result.false_alarms, result.count_error) == (1, 1, 1)


def test_one_hit_in_a_cluster_of_twenty_is_one_twentieth() -> None:
    cluster = [100.0 + 7 * i for i in range(20)]
    result = score_spasms(spasms(*cluster), events(100.5), analysable=HOUR)
    assert result.sensitivity == 0.05
    assert result.count_error == -19


def test_false_alarms_are_per_analysable_hour() -> None:
    two_hours = (Interval(0, 3600), Interval(7200, 10_800), Interval(7200, 9000))
    result = score_spasms([], events(100, 200, 8000), analysable=two_hours)
    assert (result.hours, result.false_alarms_per_hour) == (2.0, 1.5)


def test_what_lies_outside_analysable_time_is_neither_missed_nor_false() -> None:
    result = score_spasms(spasms(10, 50), events(51, 70), analysable=[Interval(0, 40)])
    assert (result.reference, result.found, result.false_alarms) == (1, 0, 0)


def test_an_event_just_outside_may_find_a_spasm_just_inside() -> None:
    result = score_spasms(spasms(39.5), events(40.5), analysable=[Interval(0, 40)])
    assert (result.found, result.events, result.false_alarms) == (1, 1, 0)


def test_without_analysable_time_there_is_no_rate() -> None:
    result = score_spasms([], [], analysable=[])
    assert math.isnan(result.false_alarms_per_hour)
    assert math.isnan(result.sensitivity)


# Clusters


def test_a_cluster_is_found_by_any_overlap_and_its_spasms_are_counted() -> None:
    truth = [*spasms(100, 107, 114, 121), *spasms(1000, 1006)]
    result = score_clusters(truth, events(100.4, 107.5, 122, 2000))
    assert [(each.spasms, each.counted, each.found) for each in result.outcomes] == [(4, 3, True), (2, 0, False)]
    assert result.false_clusters == 1
    assert result.sensitivity == 0.5
    assert [each.relative_error for each in result.outcomes] == [-0.25, -1.0]
    assert result.count_error == pytest.approx(0.625)


def test_events_on_both_sides_of_a_cluster_do_not_find_it() -> None:
    """Joined into one cluster they span it, but nobody saw one of its spasms."""
    result = score_clusters(spasms(100), events(60, 115), rules=ScoringRules())
    assert not result.outcomes[0].found


def test_clusters_where_nothing_can_be_judged_are_neither_missed_nor_false() -> None:
    truth = [*spasms(100, 107), *spasms(1000)]
    result = score_clusters(truth, events(500, 1500, 2000), analysable=[Interval(90, 105), Interval(1990, 2010)])
    assert [(each.spasms, each.found) for each in result.outcomes] == [(1, False)]
    assert result.false_clusters == 1


def test_a_cluster_that_meets_one_outside_analysable_time_is_not_false() -> None:
    result = score_clusters(spasms(100), events(100.5), analysable=[Interval(100.2, 200)])
    assert (result.outcomes, result.false_clusters) == ((), 0)


def test_without_clusters_there_is_nothing_to_find() -> None:
    result = score_clusters([], [])
    assert math.isnan(result.sensitivity)
    assert math.isnan(result.count_error)
    assert result.false_clusters == 0


# All three


def test_a_recording_is_scored_at_all_three_levels() -> None:
    grid = WindowGrid.over(60)
    truth = spasms(20, 28)
    scores = np.where(window_labels(grid, truth) == 1, 0.9, 0.1).astype(np.float32)
    empty = Trace.empty(grid)
    trace = Trace(grid, scores, np.ones(grid.count, np.uint8), empty.activity, empty.quality)
    result = score_recording("p1", trace, events(20.3, 28.2), spasms=truth, analysable=[Interval(0, 60)], threshold=0.5)
    assert result.patient == "p1"
    assert result.windows.auc == 1.0
    assert result.spasms.sensitivity == 1.0
    assert result.clusters.count_error == 0.0


def test_windows_outside_analysable_time_are_left_out() -> None:
    trace = Trace.empty(WindowGrid(4, stride=16))
    trace = replace(trace, scores=np.array([0.9, 0.9, 0.1, 0.1], np.float32))
    result = score_recording("p1", trace, [], spasms=[], analysable=[Interval(10, 20)], threshold=0.5)
    assert (result.windows.negatives, result.windows.specificity, result.windows.left_out) == (2, 1.0, 2)


def test_the_rules_can_be_printed() -> None:
    assert "within 2.5 s" in str(ScoringRules())
    assert "only its rest are negative" in str(ScoringRules())
    assert "only its rest are left out" in str(ScoringRules(skip_partial=True))
    assert "up to 30 s apart" in str(ScoringRules(cluster_gap=30))
