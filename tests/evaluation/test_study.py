"""A study: whose windows count, and for how many hours."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.scoring import ScoringRules
from reviewer_app.evaluation.study import RaterWords, StudyRules
from tests.evaluation.judged import RULES, judged, study_of
from tests.evaluation.nights import EVENING

PARTIAL_OUT = replace(RULES, scoring=ScoringRules(skip_partial=True))


def test_windows_of_a_patient_come_from_all_of_the_patient_s_recordings() -> None:
    study = study_of(
        judged("b", scores=[0.1, 0.2]), judged("a", scores=[0.9, 0.8], onsets=[1]), judged("b", scores=[0.3])
    )
    windows = study.windows()
    assert [each.patient for each in windows] == ["a", "b"]
    assert windows[0].positive.tolist() == [True, False]
    assert windows[1].scores == pytest.approx([0.1, 0.2, 0.3])
    assert study.patients == ("a", "b")


def test_windows_that_were_not_scored_or_cannot_be_judged_do_not_count() -> None:
    each = judged("a", scores=[0.1, np.nan, 0.3, 0.4], analysable=[Interval(0, 14)])
    assert study_of(each).windows()[0].scores == pytest.approx([0.1, 0.3])


@pytest.mark.parametrize(("rules", "count"), [(RULES, 3), (PARTIAL_OUT, 2)])
def test_windows_that_see_the_rest_of_a_spasm_count_as_the_rules_say(rules: StudyRules, count: int) -> None:
    windows = study_of(judged("a", scores=[0.9, 0.5, 0.1], onsets=[4.5], rules=rules)).windows()[0]
    assert len(windows.scores) == count
    assert windows.positive.sum() == 1


def test_recordings_without_a_patient_are_not_taken_for_one_patient() -> None:
    study = study_of(judged("", number=1), judged("", number=2))
    assert study.patients == ("recording 1", "recording 2")


def test_hours_are_told_apart() -> None:
    raters = [
        RaterWords("rater 1", (), (Interval(0, 36),)),
        RaterWords("rater 2", (), (Interval(18, 54),)),
    ]
    each = judged("a", scores=[0.1] * 720, analysable=[Interval(0, 18)], raters=raters)
    study = study_of(each, each)
    assert study.recorded_hours == 2.0
    assert study.finalised_hours == pytest.approx(0.03)
    assert study.analysable_hours == pytest.approx(0.01)


def test_the_months_of_a_study_name_no_day() -> None:
    november = judged("a")
    march, winter = (
        replace(november, recording=replace(november.recording, start=EVENING + timedelta(days))) for days in (120, 60)
    )
    assert study_of(november, november).months == "2026-11"
    assert study_of(march, november, winter).months == "2026-11 to 2027-03"


def test_a_study_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        study_of()


def test_all_rules_can_be_printed() -> None:
    words = str(StudyRules(threshold=0.4, pre_roll=3, seed=7, draws=99))
    assert str(ScoringRules()) in words
    assert "score of 0.4" in words
    assert "3 s before" in words
    assert "99 times with seed 7" in words
