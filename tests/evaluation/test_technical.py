"""Technical measures: false positive windows against true negative ones, each window once."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu
from sklearn.metrics import roc_auc_score

from reviewer_app.domain.quality import MEASURES, NIGHT_COLOUR_VARIANCE
from reviewer_app.domain.recording import Picture
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.study import Study, StudyRecording, study_recording
from reviewer_app.evaluation.technical import TechnicalComparison, compare_technical
from tests.evaluation.judged import RULES, judged, study_of
from tests.evaluation.nights import recording


def quality(**columns: list[float]) -> NDArray[np.float32]:
    """Rows of a trace's quality; columns that are not given are unknown."""
    count = len(next(iter(columns.values())))
    values = np.full((count, len(MEASURES)), np.nan, np.float32)
    for name, column in columns.items():
        values[:, MEASURES.index(name)] = column
    return values


def compared(study: Study) -> dict[str, TechnicalComparison]:
    return {each.key: each for each in compare_technical(study)}


def test_medians_test_and_effect_are_those_of_both_kinds_of_windows() -> None:
    scores = [0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.9]
    brightness = [10.0, 20.0, 60.0, 30.0, 50.0, 70.0, 90.0, 1.0]
    # The last window holds a spasm, so it is neither.
    study = study_of(judged("a", scores=scores, quality=quality(brightness=brightness), onsets=[36]))
    found = compared(study)["brightness"]
    assert (found.false_positives, found.true_negatives) == (3, 4)
    assert (found.false_positive_middle, found.true_negative_middle) == (20.0, 60.0)
    u, p = mannwhitneyu(brightness[:3], brightness[3:7])
    assert (found.u, found.p) == (u, p)
    called = np.array(scores[:7]) > 0.5
    assert found.effect == pytest.approx(roc_auc_score(called, brightness[:7]))


def test_night_is_a_share_of_windows() -> None:
    dark, light = NIGHT_COLOUR_VARIANCE / 2, NIGHT_COLOUR_VARIANCE * 2
    variance = [dark, dark, light, light, dark, math.nan]
    study = study_of(judged("a", scores=[0.9, 0.9, 0.1, 0.1, 0.1, 0.1], quality=quality(colour_variance=variance)))
    found = compared(study)["night"]
    assert (found.false_positive_middle, found.true_negative_middle) == pytest.approx((1.0, 1 / 3))
    assert found.true_negatives == 3


def test_of_overlapping_windows_only_one_counts() -> None:
    grid = WindowGrid(13, stride=3)  # every sixth begins after the one before has ended
    scores = np.full(13, 0.1, np.float32)
    scores[[0, 1, 2, 12]] = 0.9
    trace = replace(Trace.empty(grid), scores=scores, quality=quality(motion=list(range(13))))
    each = study_recording(1, recording((0, 16.25)), trace, [], spasms=[], analysable=[Interval(0, 20)], rules=RULES)
    found = compared(study_of(each))["motion"]
    assert (found.false_positives, found.true_negatives) == (2, 1)
    assert (found.false_positive_middle, found.true_negative_middle) == (6.0, 6.0)


def filmed(*pictures: tuple[Interval, Picture], scores: list[float]) -> StudyRecording:
    each = judged("a", scores=scores)
    segments = [
        replace(each.recording.segments[0], interval=interval, picture=picture) for interval, picture in pictures
    ]
    return replace(each, recording=replace(each.recording, segments=tuple(segments)))


def test_the_file_shown_tells_bit_rate_and_resolution() -> None:
    sharp, small = Picture(1920, 1080, bit_rate=4_000_000), Picture(640, 480)
    # The files overlap from 10 to 15 s, where the earlier one is shown; the last window lies in no file.
    each = filmed((Interval(0, 15), sharp), (Interval(10, 25), small), scores=[0.9, 0.1, 0.9, 0.1, 0.1, 0.1])
    found = compared(study_of(each))
    assert (found["bit_rate"].false_positives, found["bit_rate"].true_negatives) == (2, 1)
    assert found["bit_rate"].false_positive_middle == 4000.0
    assert found["resolution"].false_positive_middle == 2073.6
    assert (found["resolution"].true_negatives, found["resolution"].true_negative_middle) == (3, 307.2)


def test_visibility_counts_where_a_detector_looked() -> None:
    looked = judged("a", scores=[0.9, 0.1], quality=quality(visibility=[0.2, 0.6]))
    found = compared(study_of(looked, judged("b", scores=[0.9, 0.1])))["visibility"]
    assert (found.false_positives, found.true_negatives, found.effect) == (1, 1, 0.0)


def test_what_is_not_known_is_not_compared() -> None:
    found = compared(study_of(judged("a", scores=[0.9, 0.1])))
    assert found["sharpness"].false_positives == 0
    assert math.isnan(found["sharpness"].false_positive_middle)
    assert math.isnan(found["sharpness"].p)


def test_without_false_positives_there_is_nothing_to_compare_with() -> None:
    found = compared(study_of(judged("a", scores=[0.1, 0.2], quality=quality(sharpness=[5.0, 7.0]))))["sharpness"]
    assert (found.true_negative_middle, found.true_negatives) == (6.0, 2)
    assert math.isnan(found.effect)
