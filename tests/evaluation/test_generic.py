"""Generic scores are timescoring's own, and hide what ours show."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timescoring.annotations import Annotation
from timescoring.scoring import EventScoring

from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.generic import WHY_MISLEADING, GenericScores, generic_scores, score_generic
from reviewer_app.evaluation.patients import event_measures
from tests.evaluation.judged import judged, study_of

HOUR = 3600
intervals = st.lists(st.tuples(st.integers(0, 3500), st.integers(1, 90)), max_size=12).map(
    lambda drawn: [Interval(start, start + length) for start, length in drawn]
)


def by_hand(truth: list[Interval], found: list[Interval]) -> EventScoring:
    """The masks merge what overlaps, so both sides see the same time."""

    def annotation(some: list[Interval]) -> Annotation:
        mask = [any(each.start <= second < each.stop for each in some) for second in range(HOUR)]
        return Annotation(mask, 1)

    return EventScoring(annotation(truth), annotation(found))


@settings(max_examples=40, deadline=None)
@given(intervals, intervals)
def test_generic_scores_equal_timescoring_with_its_szcore_defaults(
    truth: list[Interval], found: list[Interval]
) -> None:
    ours, theirs = score_generic(truth, found, seconds=HOUR), by_hand(truth, found)
    assert (ours.reference, ours.found, ours.false_alarms) == (theirs.refTrue, theirs.tp, theirs.fp)
    assert ours.sensitivity == pytest.approx(theirs.sensitivity, nan_ok=True)
    assert ours.precision == pytest.approx(theirs.precision, nan_ok=True)
    assert ours.f1 == pytest.approx(theirs.f1, nan_ok=True)
    assert ours.false_alarms_per_day == pytest.approx(theirs.fpRate)


def test_one_hit_in_each_of_three_clusters_of_twenty_is_full_success_there_and_one_twentieth_here() -> None:
    onsets = [first + 7.0 * i for first in (300, 1300, 2300) for i in range(20)]
    study = study_of(judged("a", scores=[0.1] * 720, onsets=onsets, peaks=[370, 1370, 2370]))
    measures = {each.key: each.pooled.value for each in event_measures(study)}
    generic = generic_scores(study)
    assert (generic.reference, generic.sensitivity, generic.false_alarms) == (3, 1.0, 0)
    assert measures["cluster_sensitivity"] == 1.0
    assert measures["spasm_sensitivity"] == 0.05
    assert "0.05 per spasm" in WHY_MISLEADING


def test_only_what_can_be_judged_is_counted_and_hours_are_analysable_ones() -> None:
    each = judged("a", scores=[0.1] * 720, onsets=[100, 3000], peaks=[1000, 3400], analysable=[Interval(0, 1800)])
    total = generic_scores(study_of(each, each))
    assert total == GenericScores(reference=2, found=0, false_alarms=2, hours=1.0)
    assert total.false_alarms_per_day == 48


def test_nothing_to_count_gives_no_figures() -> None:
    nothing = generic_scores(study_of(judged("a", analysable=[])))
    assert math.isnan(nothing.sensitivity)
    assert math.isnan(nothing.precision)
    assert math.isnan(nothing.f1)
    assert math.isnan(nothing.false_alarms_per_day)
