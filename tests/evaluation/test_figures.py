"""Figures: a night at a glance, in which nothing missing looks like nothing found."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.event import Curve, event_curve
from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.report import Findings
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.figures import (
    GAP,
    NOT_ANALYSABLE,
    TOO_SHORT,
    UNDECODABLE,
    UNSCANNED,
    clock_ticks,
    compose_timeline,
    draw_timeline,
    pooled,
)
from tests.evaluation.nights import BERLIN, recording, timeline

MISSING = {state.text for state in (GAP, UNDECODABLE, UNSCANNED, TOO_SHORT, NOT_ANALYSABLE)}


def texts(figure: Figure) -> list[str]:
    inside = [text.get_text() for axes in figure.axes for text in axes.texts]
    return [text.get_text() for text in figure.texts] + inside


def legend(figure: Figure) -> set[str]:
    return {text.get_text() for text in figure.legends[0].get_texts()}


# The picture


def test_the_picture_has_the_promised_size(tmp_path: Path) -> None:
    draw_timeline(tmp_path / "timeline.png", timeline(peaks=(100, 107, 400)))
    assert imread(tmp_path / "timeline.png").shape[:2] == (700, 1600)


def test_the_picture_says_how_long_how_many_by_what_and_that_it_is_no_diagnosis() -> None:
    figure = compose_timeline(replace(timeline(8 * 3600, peaks=(100, 107, 400)), notice=STARTER_NOTICE))
    said = " ".join(texts(figure))
    for part in ("8 h 00 min", "bundle starter", "events: 3, clusters of two or more: 1", "enter 0.5, leave 0.3"):
        assert part in said
    assert RESEARCH_NOTICE in texts(figure)
    assert STARTER_NOTICE in said


@pytest.mark.parametrize(("seconds", "said"), [(9, "of 9 s"), (720, "of 12 min"), (3659, "of 1 h 01 min")])
def test_the_length_is_said_in_fitting_units(seconds: float, said: str) -> None:
    assert texts(compose_timeline(timeline(seconds)))[0].endswith(said)


def test_a_night_without_events_is_not_called_free_of_spasms() -> None:
    assert any(
        text.startswith("Time without events may still hold spasms.") for text in texts(compose_timeline(timeline()))
    )


def test_neither_patient_nor_file_is_named() -> None:
    named = replace(timeline(), recording=replace(recording((0, 720)), patient="P-0815"))
    said = " ".join(texts(compose_timeline(named)))
    assert "P-0815" not in said
    assert "mp4" not in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (WindowState.SCORED, set()),
        (WindowState.GAP, {TOO_SHORT.text}),
        (WindowState.UNDECODABLE, {UNDECODABLE.text}),
        (WindowState.NOT_SCANNED, {UNSCANNED.text}),
    ],
)
def test_time_without_scores_is_drawn_as_what_it_is(state: WindowState, said: set[str], tmp_path: Path) -> None:
    figure = compose_timeline(timeline(state=state))
    assert legend(figure) & MISSING == said
    figure.savefig(tmp_path / "drawn.png")


def test_gaps_between_files_show_even_where_windows_reach_across_them() -> None:
    night = recording((0, 300), (302, 720))
    whole = timeline()
    figure = compose_timeline(replace(whole, recording=night, coverage=coverage_of(night, whole.trace)))
    assert GAP.text in legend(figure)


def test_without_an_operating_point_it_says_that_nothing_was_flagged() -> None:
    figure = compose_timeline(replace(timeline(), findings=Findings(None, (), ())))
    said = " ".join(texts(figure))
    assert "no calibrated operating point, so nothing was flagged" in said
    assert "events: 0" not in said


def test_suggestions_that_time_is_not_analysable_are_drawn() -> None:
    dark = NotAnalysable(Interval(100, 200), Hindrance.DARK)
    assert NOT_ANALYSABLE.text in legend(compose_timeline(replace(timeline(), not_analysable=(dark,))))


def test_no_two_states_share_a_pattern() -> None:
    states = (GAP, UNDECODABLE, UNSCANNED, TOO_SHORT, NOT_ANALYSABLE)
    assert len({state.pattern for state in states}) == len(states)


def test_an_event_past_the_end_of_a_tiny_recording_is_still_drawn() -> None:
    """Its window runs past the end, and its middle, where the score stands, lies beyond."""
    (strokes,) = compose_timeline(timeline(2, peaks=(2.5,))).axes[0].collections
    assert len(strokes.get_paths()) == 1
    assert not np.isnan(pooled(event_curve(timeline(2).trace), 2)[2]).all()


def test_thousands_of_events_stay_few_strokes() -> None:
    figure = compose_timeline(timeline(72 * 3600, peaks=tuple(float(t) for t in range(10, 72 * 3600, 50))))
    (strokes,) = figure.axes[0].collections
    assert len(strokes.get_paths()) <= 740


def test_numbers_of_neighbouring_clusters_do_not_cover_one_another() -> None:
    peaks = tuple(start + 5.0 * i for start in (1000, 1120, 5000) for i in range(4 if start == 1120 else 3))
    assert {"4", "3"} <= set(texts(compose_timeline(timeline(3600 * 2, peaks=peaks))))
    crowded = texts(compose_timeline(timeline(3600 * 8, peaks=peaks)))
    assert [text for text in crowded if text in ("3", "4")] == ["4", "3"], (
        "the larger of two neighbours keeps its number"
    )


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written: No such file"):
        draw_timeline(tmp_path / "missing" / "timeline.png", timeline())


# Pooling


def test_a_single_high_value_among_thousands_is_still_seen() -> None:
    values = np.full(100_000, 0.1)
    values[54_321] = 0.97
    edges, lowest, highest = pooled(Curve(0.5, 1.0, values, 0.5), 100_000)
    (column,) = np.flatnonzero(highest > 0.9)
    assert edges[column] <= 54_321.5 < edges[column + 1]
    assert lowest[column] == 0.1


def test_what_is_not_known_stays_unknown() -> None:
    values = np.full(10_000, 0.1)
    values[3000:6000] = np.nan
    edges, lowest, highest = pooled(Curve(0.5, 1.0, values, 0.5), 10_000, columns=100)
    assert np.array_equal(np.isnan(highest), (edges[:-1] >= 3000) & (edges[1:] <= 6000))
    assert np.array_equal(np.isnan(highest), np.isnan(lowest))


def test_the_first_and_last_window_reach_the_ends_of_a_short_recording() -> None:
    _, _, highest = pooled(event_curve(timeline(9).trace), 9)
    assert not np.isnan(highest).any()


# The clock


def test_the_axis_shows_round_local_times() -> None:
    ticks = clock_ticks(recording((0, 720)))
    assert ticks[0] == (0.0, "22:03\nSat 14 Nov")
    assert ticks[7] == (420.0, "22:10")


@pytest.mark.parametrize("seconds", [9, 100, 720, 3600, 8 * 3600, 26 * 3600, 72 * 3600, 30 * 86_400])
def test_there_are_neither_too_few_nor_too_many_ticks(seconds: float) -> None:
    assert 2 <= len(clock_ticks(recording((0, seconds)))) <= 18


def test_the_hour_that_a_night_gains_is_on_the_axis_twice() -> None:
    ticks = clock_ticks(recording((0, 8 * 3600), start=datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN)))
    texts_ = [text.split("\n")[0] for _, text in ticks]
    assert texts_.count("02:30") == 2
    assert [text for _, text in ticks if text.endswith("CET")] == ["02:00\nCET"]
    assert {round(b - a) for (a, _), (b, _) in pairwise(ticks)} == {1800}


def test_the_hour_that_a_night_loses_is_not_on_the_axis() -> None:
    ticks = clock_ticks(recording((0, 8 * 3600), start=datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)))
    texts_ = [text.split("\n")[0] for _, text in ticks]
    assert "02:30" not in texts_
    assert "03:00\nCEST" in [text for _, text in ticks]


def test_a_zone_off_by_a_quarter_hour_still_has_round_ticks() -> None:
    ticks = clock_ticks(recording((0, 6 * 3600), start=datetime(2026, 3, 28, 9, 10, tzinfo=ZoneInfo("Asia/Kathmandu"))))
    assert ticks[0][1].startswith("09:30")


def test_a_new_day_is_named_at_midnight() -> None:
    ticks = clock_ticks(recording((0, 4 * 3600), start=datetime(2026, 11, 14, 22, 0, tzinfo=UTC)))
    assert [text for _, text in ticks if "\n" in text] == ["22:00\nSat 14 Nov", "00:00\nSun 15 Nov"]
