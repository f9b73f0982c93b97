"""FROC, calibration and clock: what is drawn follows from the numbers, and where there are none it says so."""

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.by_the_clock import HOURS, ByTheClock, by_the_clock
from reviewer_app.evaluation.curve_figures import (
    LEAST_RATE,
    compose_by_the_clock,
    compose_calibration,
    compose_froc,
)
from reviewer_app.evaluation.curves import Calibration, CalibrationBin, Froc, FrocPoint
from reviewer_app.evaluation.picture import png_bytes, svg_bytes
from tests.evaluation.examined import POINT, RULES, examined, study

FROC = Froc(
    tuple(FrocPoint(t, 10, found, false, 5.0, 1.0) for t, found, false in ((0.9, 2, 0), (0.6, 7, 5), (0.1, 10, 900))),
    FrocPoint(0.6, 10, 7, 5, 5.0, 1.0),
)


def texts(figure: Figure) -> str:
    inside = [text.get_text() for axes in figure.axes for text in axes.texts]
    legends = [text.get_text() for axes in figure.axes if (box := axes.get_legend()) for text in box.get_texts()]
    return "\n".join([*(text.get_text() for text in figure.texts), *inside, *legends])


def test_froc_shows_the_operating_point_beside_its_prediction() -> None:
    figure = compose_froc(FROC, POINT)
    said = texts(figure)
    assert "operating point: 1 an hour, 70% found" in said
    assert "predicted for it by the bundle: 1 an hour" in said
    assert RESEARCH_NOTICE in said
    curve = figure.axes[0].lines[0]
    assert np.allclose(np.asarray(curve.get_xdata(), float), [LEAST_RATE, 1.0, 180.0])
    assert np.allclose(np.asarray(curve.get_ydata(), float), [0.2, 0.7, 1.0])
    assert figure.axes[0].get_xlim()[1] > 180


def test_without_spasms_there_is_nothing_to_be_found_and_it_says_so() -> None:
    nothing = FrocPoint(0.6, 0, 0, 5, 5.0, 1.0)
    said = texts(compose_froc(Froc((nothing,), nothing), OperatingPoint(0.6, 0.4, 1.0)))
    assert "the reference holds 0 spasms" in said
    assert "share found unknown" in said


def test_calibration_draws_each_bin_with_how_many_windows_it_stands_for() -> None:
    bins = (CalibrationBin(0.0, 0.1, 12_000, 0.02, 0.001), CalibrationBin(0.9, 1.0, 40, 0.95, 0.8))
    figure = compose_calibration(Calibration(bins, 0.0123, 0.02))
    (points,) = (line for line in figure.axes[0].lines if str(line.get_label()).startswith("windows"))
    assert np.allclose(np.asarray(points.get_xdata(), float), [0.02, 0.95])
    assert np.allclose(np.asarray(points.get_ydata(), float), [0.001, 0.8])
    assert len(figure.axes[1].patches) == 2
    assert "12,000" in texts(figure)
    assert "Brier score 0.0123" in texts(figure)
    empty = compose_calibration(Calibration((), math.nan, math.nan))
    assert len(empty.axes[1].patches) == 0


def test_the_clock_counts_found_missed_and_false_by_the_recording_s_own_clock() -> None:
    night = examined(1, seconds=7200, spasms=6)  # begins at 22:03
    scored = study(1, healthy=0)
    told = by_the_clock(replace(scored, recordings=(night,)))
    spasms = night.scores.spasms
    assert sum(told.found) == spasms.found
    assert sum(told.missed) == spasms.reference - spasms.found
    assert sum(told.false_alarms) == spasms.false_alarms
    assert told.found[22] + told.missed[22] == 6
    assert [round(60 * each) for each in told.hours[22:] + told.hours[:1]] == [57, 60, 3]
    assert len(told.hours) == HOURS


def test_what_lies_outside_analysable_time_is_on_no_clock() -> None:
    whole = examined(1)
    part = replace(whole, analysable=(Interval(0, 100),))
    told = by_the_clock(replace(study(1, healthy=0), recordings=(part,)))
    assert sum(told.found) + sum(told.missed) == 2
    assert sum(told.hours) == pytest.approx(100 / 3600)
    inside = [event for event in part.events if event.peak < 100]
    assert sum(told.false_alarms) == len(inside) - sum(told.found)


def test_the_hour_that_a_night_gains_is_counted_twice_in_one_hour() -> None:
    night = examined(1, seconds=8 * 3600, rules=RULES)
    start = night.recording.start.replace(month=10, day=24, hour=22, minute=0)
    told = by_the_clock(
        replace(study(1), recordings=(replace(night, recording=replace(night.recording, start=start)),))
    )
    assert told.hours[2] == pytest.approx(2.0)
    assert sum(told.hours) == pytest.approx(8.0)


def test_the_dial_says_how_much_was_analysed_and_draws_no_bar_for_nothing() -> None:
    quiet = ByTheClock((0,) * HOURS, (0,) * HOURS, (0,) * HOURS, (0.0,) * HOURS)
    busy = replace(quiet, found=(3,) + (0,) * 23, missed=(1,) + (0,) * 23, false_alarms=(0, 7) + (0,) * 22)
    figure = compose_by_the_clock(replace(busy, hours=(1.5,) + (0.5,) * 23))
    numbers = [text.get_text() for text in figure.axes[0].texts]
    assert numbers == ["4", "7"]
    assert "analysed, at most 1.5 h" in [text.get_text() for text in figure.legends[0].get_texts()]
    assert [text.get_text() for text in compose_by_the_clock(quiet).axes[0].texts] == []


def test_equal_curves_have_equal_bytes() -> None:
    first, second = compose_froc(FROC, POINT), compose_froc(FROC, POINT)
    assert svg_bytes(first) == svg_bytes(second)
    assert png_bytes(first) == png_bytes(second)
