"""Two bundles on the same patients: what is called a difference, and what is not."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.event import Event
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.graded import grade
from reviewer_app.evaluation.paired import (
    LEAST_PATIENTS,
    RULES,
    Difference,
    OnePatient,
    differences,
    patients_of,
    sensitivity_at,
)
from reviewer_app.evaluation.study import StudyRules, study_recording
from tests.store.examples import night

PLAIN = OnePatient(
    patient="P1",
    hours=2.0,
    spasm_peaks=(0.9, 0.6, 0.3, 0.0),
    false_peaks=(0.7, 0.5, 0.2),
    reference=4,
    found=2,
    false_alarms=1,
    clusters=(True, False),
    count_errors=(0.5,),
    auc=0.8,
    brier=0.1,
    calibration_error=0.05,
    is_calibrated=True,
)


def cohort(count: int, **changes: object) -> list[OnePatient]:
    return [replace(PLAIN, patient=f"P{i}", **changes) for i in range(count)]  # type: ignore[arg-type]


def named(found: tuple[Difference, ...], beginning: str) -> Difference:
    return next(each for each in found if each.what.startswith(beginning))


def compared(one: list[OnePatient], other: list[OnePatient], rate: float = 1.0) -> tuple[Difference, ...]:
    return differences(one, other, rate=rate, seed=1, draws=200)


def test_the_bar_stands_over_all_false_events_but_those_allowed() -> None:
    # 2 h at 1 an hour allow 2 false events: the bar is at the third, 0.2.
    assert sensitivity_at([PLAIN], 1.0) == 0.75
    assert sensitivity_at([PLAIN], 0.5) == 0.5
    assert sensitivity_at([PLAIN], 0.0) == 0.25
    assert sensitivity_at([PLAIN], 10.0) == 0.75  # a spasm that nothing found is not found by lowering the bar
    assert math.isnan(sensitivity_at([replace(PLAIN, spasm_peaks=())], 1.0))


def test_equal_bundles_differ_in_nothing() -> None:
    found = compared(cohort(8), cohort(8))
    assert all(each.value == each.low == each.high == 0 and each.verdict == 0 for each in found)


def test_a_bundle_that_finds_more_in_every_patient_is_better() -> None:
    better = cohort(8, spasm_peaks=(0.9, 0.8, 0.8, 0.75), found=4, false_alarms=0, auc=0.9, brier=0.05)
    found = compared(cohort(8), better)
    assert found[0].what == "spasms found, both at 1 false alarm an hour"
    for beginning in ("spasms found, both", "spasms found, each", "false alarms", "window AUC", "Brier"):
        assert named(found, beginning).verdict == 1
    assert named(found, "false alarms").value == -0.5
    assert all(each.verdict in (0, -1) for each in compared(better, cohort(8)))


def test_with_few_patients_nothing_is_called_better_however_clear_it_looks() -> None:
    few = LEAST_PATIENTS - 1
    found = compared(cohort(few), cohort(few, auc=0.9))
    assert named(found, "window AUC").low > 0
    assert named(found, "window AUC").verdict == 0


def test_patients_who_disagree_leave_it_open() -> None:
    mixed = [*cohort(4, auc=0.9), *cohort(8, auc=0.7)[4:]]
    auc = named(compared(cohort(8), mixed), "window AUC")
    assert auc.low < 0 < auc.high
    assert auc.verdict == 0


def test_one_patient_has_no_interval() -> None:
    assert all(math.isnan(each.low) and each.verdict == 0 for each in compared(cohort(1), cohort(1, auc=0.9)))


def test_without_an_operating_point_there_are_no_figures_at_one() -> None:
    found = compared(cohort(3), cohort(3, is_calibrated=False))
    for beginning in ("spasms found, each", "false alarms", "clusters", "error of spasms"):
        assert math.isnan(named(found, beginning).other)
        assert math.isnan(named(found, beginning).low)
    assert not math.isnan(found[0].other)


def test_draws_without_the_figure_are_left_out() -> None:
    one = [*cohort(5, clusters=(), count_errors=(), auc=math.nan, spasm_peaks=()), replace(PLAIN, patient="P9")]
    other = [*one[:5], replace(one[5], auc=0.9, clusters=(True, True))]
    found = compared(one, other)
    assert named(found, "window AUC").value == pytest.approx(0.1)
    assert named(found, "window AUC").low == pytest.approx(0.1)
    assert named(found, "clusters").low == pytest.approx(0.5)


def test_where_no_patient_has_the_figure_it_is_unknown() -> None:
    nobody = cohort(2, auc=math.nan, spasm_peaks=(), clusters=(), count_errors=(), reference=0, found=0)
    found = compared(nobody, nobody)
    assert math.isnan(named(found, "window AUC").value)
    assert math.isnan(found[0].value)
    assert found[0].verdict == 0


def test_other_patients_are_no_pair() -> None:
    with pytest.raises(ValueError, match="same patients"):
        compared(cohort(2), cohort(3))
    with pytest.raises(ValueError, match="same patients"):
        compared([], [])


@given(st.permutations(range(6)))
def test_the_order_of_patients_changes_no_figure(order: list[int]) -> None:
    one = [replace(each, auc=0.7 + i / 100, brier=0.1 + i / 100) for i, each in enumerate(cohort(6))]
    other = [replace(each, auc=each.auc + 0.01 * i) for i, each in enumerate(one)]
    plain = differences(one, other, rate=1.0, seed=1, draws=20)
    mixed = differences([one[i] for i in order], [other[i] for i in order], rate=1.0, seed=1, draws=20)
    for a, b in zip(plain, mixed, strict=True):
        assert (a.one, a.other) == pytest.approx((b.one, b.other))


def test_a_patient_s_recordings_count_as_one() -> None:
    grid = WindowGrid.over(130)
    scores = np.linspace(0, 1, grid.count, dtype=np.float32)
    trace = replace(Trace.empty(grid), scores=scores, states=np.full(grid.count, WindowState.SCORED, np.uint8))
    spasm, everywhere = Interval(120, 121), (Interval(0, 130),)
    event = Event(Interval(119, 121), 120, 0.9)
    pairs = [
        (
            study_recording(
                number, night(), trace, [event], spasms=[spasm], analysable=everywhere, rules=StudyRules(RULES)
            ),
            grade([spasm], [event], analysable=everywhere),
        )
        for number in (1, 2)
    ]
    (found,) = patients_of(pairs, is_calibrated=True)
    assert (found.patient, found.reference, found.found, found.false_alarms) == ("P7", 2, 2, 0)
    assert found.hours == pytest.approx(260 / 3600)
    assert found.spasm_peaks == (0.9, 0.9)
    assert found.clusters == (True, True)
    assert found.count_errors == ()
    assert found.auc > 0.9
