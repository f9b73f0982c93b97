"""Scores of a fine-tuned bundle are chances on whole nights, whatever mix of windows it was trained on."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.reference import Reference
from reviewer_app.domain.trace import Trace, WindowState, frozen
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.curves import calibration
from reviewer_app.evaluation.scoring import POSITIVE, window_labels
from reviewer_app.jobs.calibration import calibrated_on, rescored, soft_calibration
from reviewer_app.jobs.nights import FLOOR, Night
from reviewer_app.learning.calibrate import fit_temperature, operating_points
from reviewer_app.learning.manifest import Calibration

HOURS = 4.0
SPASMS = tuple(Interval(600.0 + 45 * i, 601.5 + 45 * i) for i in range(60))
"""One window in fifty holds the onset of one."""


def probability(logits: NDArray[np.floating], told: Calibration) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-(logits / told.temperature + told.bias))), np.float32)


def night(logits: NDArray[np.float64], told: Calibration, *, spasms: tuple[Interval, ...] = SPASMS) -> Night:
    """A night as a bundle with this calibration scores it."""
    grid, seconds = WindowGrid(len(logits)), HOURS * 3600
    whole = Interval(0, seconds)
    picture = Picture(640, 480, 0, False, "h264", "yuv420p", 25.0)
    segment = Segment(Path("night.mp4"), Fingerprint(1, "0" * 64), whole, 0.0, picture, ClockSource.CONTAINER)
    nothing = np.zeros((grid.count, 0), np.float32)
    states = np.full(grid.count, WindowState.SCORED, np.uint8)
    quality = Trace.empty(grid).quality
    trace = Trace(grid, frozen(probability(logits, told)), states, nothing, quality)
    recording = Recording((segment,), datetime(2026, 3, 1, tzinfo=UTC), "a")
    return Night(1, recording, trace, (whole,), Reference(spasms, (whole,)))


@pytest.fixture(scope="module")
def logits() -> NDArray[np.float64]:
    """Of a network trained on a mix: spasms and the rest overlap, and 0 lies half-way between them."""
    grid = WindowGrid.over(HOURS * 3600)
    positive = window_labels(grid, SPASMS) == POSITIVE
    return np.random.default_rng(3).normal(0, 6, grid.count) + np.where(positive, 9.0, -9.0)


def mixed_of(logits: NDArray[np.float64]) -> Calibration:
    """The calibration of all windows with a spasm, and four times as many of the others."""
    positive = np.flatnonzero(window_labels(WindowGrid(len(logits)), SPASMS) == POSITIVE)
    others = np.setdiff1d(np.arange(len(logits)), positive)
    drawn = np.r_[positive, np.random.default_rng(0).choice(others, 4 * len(positive), replace=False)]
    return fit_temperature(logits[drawn], np.isin(drawn, positive))


def test_the_mean_score_of_a_night_is_its_share_of_windows_with_a_spasm(logits: NDArray[np.float64]) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    scanned = night(logits, soft)
    told = calibrated_on([scanned], soft)
    assert told is not None
    scores, positive = rescored(scanned, soft, told.calibration).windows()
    assert 0.01 < positive.mean() < 0.03
    assert scores.mean() == pytest.approx(positive.mean(), rel=0.01)
    assert (told.windows, told.positive) == (len(scores), positive.sum())
    assert told.hours == pytest.approx(HOURS)
    # The snapshot's mix would have promised more than twice as many.
    promised = probability(logits, mixed_of(logits)).mean()
    assert promised > 2 * positive.mean()


def test_scores_come_true_as_often_as_they_say_all_over_their_range(logits: NDArray[np.float64]) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    scanned = night(logits, soft)
    told = calibrated_on([scanned], soft)
    assert told is not None
    honest = calibration(*rescored(scanned, soft, told.calibration).windows())
    promising = calibration(*rescored(scanned, soft, mixed_of(logits)).windows())
    assert honest.expected_error < 0.005
    assert promising.expected_error > 5 * honest.expected_error
    assert honest.brier < promising.brier


def test_a_night_scored_anew_is_what_the_packed_bundle_will_give(logits: NDArray[np.float64]) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    final = Calibration(temperature=1.3, bias=-2.0)
    anew = rescored(night(logits, soft), soft, final)
    np.testing.assert_allclose(anew.trace.scores, probability(logits, final), rtol=2e-4)


def test_operating_points_keep_their_rates_on_the_scores_that_they_were_chosen_on(
    logits: NDArray[np.float64],
) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    told = calibrated_on([night(logits, soft)], soft)
    assert told is not None
    outcome = rescored(night(logits, soft), soft, told.calibration).outcome()
    points = operating_points(
        outcome.false_peaks, hours=outcome.hours, spasm_peaks=outcome.spasm_peaks, floor=FLOOR.enter
    )
    scanned = night(logits, told.calibration).graded()
    assert points
    for point in points:
        assert sum(peak >= point.enter for peak in scanned.false_peaks) / HOURS == point.false_alarms_per_hour
        assert np.mean(np.array(scanned.spasm_peaks) >= point.enter) == point.sensitivity


def test_time_that_does_not_judge_does_not_calibrate(logits: NDArray[np.float64]) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    later = night(logits, soft).since(1800.0)
    told = calibrated_on([later], soft)
    assert told is not None
    assert told.hours == pytest.approx(HOURS - 0.5)
    assert told.positive < calibrated_on([night(logits, soft)], soft).positive  # type: ignore[union-attr]


def test_nights_that_cannot_tell_leave_it_to_the_windows(logits: NDArray[np.float64]) -> None:
    soft = soft_calibration(logits.astype(np.float32))
    assert calibrated_on([], soft) is None
    assert calibrated_on([night(logits, soft, spasms=())], soft) is None
    assert calibrated_on([night(-logits, soft)], soft) is None


def test_windows_that_nobody_scored_stay_unknown(logits: NDArray[np.float64]) -> None:
    holes = logits.copy()
    holes[100:200] = np.nan
    soft = soft_calibration(logits.astype(np.float32))
    scanned = night(holes, soft)
    anew = rescored(scanned, soft, Calibration(2.0, -1.0))
    assert np.isnan(anew.trace.scores[100:200]).all()
    assert np.isnan(anew.trace.scores).sum() == 100
