"""Workload: the strictest threshold that meets a share of the spasms decides what there is to watch."""

import math

import pytest

from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.curves import Froc, FrocPoint, froc
from reviewer_app.evaluation.workload import latency, review_costs, spread
from tests.evaluation.judged import judged, study_of


def point(threshold: float, found: int, minutes: float) -> FrocPoint:
    return FrocPoint(threshold, reference=100, found=found, false_alarms=0, hours=10, minutes=minutes)


def test_the_strictest_threshold_that_meets_the_target_is_taken() -> None:
    points = (point(0.9, 50, 10), point(0.7, 90, 60), point(0.5, 94, 90), point(0.3, 96, 120))
    costs = review_costs(Froc(points, points[0]))
    assert [each.target for each in costs] == [0.9, 0.95, 0.99]
    assert costs[0].minutes_per_hour == 6.0
    assert costs[0].time_saved == pytest.approx(0.9)
    assert costs[1].point == points[3]
    assert costs[2].point is None
    assert math.isnan(costs[2].minutes_per_hour)
    assert math.isnan(costs[2].time_saved)


def test_without_spasms_no_target_is_met() -> None:
    swept = froc(study_of(judged("a", scores=[0.0, 0.9, 0.0])))
    assert [each.point for each in review_costs(swept)] == [None, None, None]


def test_latency_is_told_for_the_spasms_found() -> None:
    # Events are half a second wide to either side of their peak.
    each = judged("a", onsets=[10, 30, 50, 70], peaks=[10.5, 31.0, 49.0, 90.0])
    found = latency(study_of(each, each))
    assert found.peak.count == 6
    assert found.peak.median == 0.5
    assert (found.peak.lower, found.peak.upper) == (-0.625, 0.875)
    assert found.start.median == 0.0


def test_latency_leaves_out_what_cannot_be_judged() -> None:
    each = judged("a", onsets=[10, 30], peaks=[10.5, 31.0], analysable=[Interval(20, 40)])
    assert latency(study_of(each)).peak.count == 1


def test_nothing_found_has_no_latency() -> None:
    assert spread([]).count == 0
    assert math.isnan(latency(study_of(judged("a"))).start.median)
