"""What a person types means one second of the recording, or a sentence says why not."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from reviewer_app.domain.recording import Recording
from reviewer_app.errors import RequestError
from reviewer_app.gui.timeline.go_to import parse
from reviewer_app.gui.timeline.ticks import time_text
from tests.gui.subjects import recording

HOUR = 3600.0
BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 3, 10, 22, 0, tzinfo=BERLIN)  # a Tuesday


def night(hours: float = 10, *, start: datetime = EVENING) -> Recording:
    return replace(recording(hours * HOUR), start=start)


def by_clock(text: str, *, hours: float = 10, position: float = 0.0, start: datetime = EVENING) -> float:
    return parse(text, night(hours, start=start), clock=True, position=position)


def elapsed(text: str, *, hours: float = 10, position: float = 0.0) -> float:
    return parse(text, night(hours), clock=False, position=position)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02:14:07", 4 * HOUR + 14 * 60 + 7),
        ("2:14", 4 * HOUR + 14 * 60),
        ("2:14 am", 4 * HOUR + 14 * 60),
        ("11:30 PM", 1.5 * HOUR),
        ("11pm", HOUR),
        ("23:30 PM", 1.5 * HOUR),
        ("12:15 a.m.", 2.25 * HOUR),
        ("0214", 4 * HOUR + 14 * 60),
        ("021407", 4 * HOUR + 14 * 60 + 7),
        ("  22:00:00.5 ", 0.5),
        ("1h20m", 80 * 60),
        ("3600s", HOUR),
        ("1.5 h", 1.5 * HOUR),
        ("1,5h", 1.5 * HOUR),
        ("90 min", 1.5 * HOUR),
    ],
)
def test_clock_and_lengths_are_told_apart(text: str, expected: float) -> None:
    assert by_clock(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2:14", 2 * HOUR + 14 * 60),
        ("2:14:07", 2 * HOUR + 14 * 60 + 7),
        ("0:00:30.25", 30.25),
        ("90", 90),
        ("11:30 pm", 1.5 * HOUR),
    ],
)
def test_without_the_clock_times_count_from_the_beginning(text: str, expected: float) -> None:
    assert elapsed(text) == pytest.approx(expected)


def test_in_a_clip_of_minutes_two_numbers_are_minutes_and_seconds() -> None:
    assert elapsed("2:14", hours=0.1) == 134


@pytest.mark.parametrize(
    ("text", "expected"), [("+90", 1090), ("-90", 910), ("−1m", 940), ("+1h", 4600), ("+0:01:30", 1090), ("-2000", 0)]
)
def test_signs_go_on_and_back_from_the_playhead_and_stop_at_the_ends(text: str, expected: float) -> None:
    assert by_clock(text, position=1000) == expected
    assert elapsed(text, position=1000) == expected


def test_a_time_of_day_is_the_nearest_one_and_asked_again_the_next() -> None:
    first = by_clock("23:00", hours=72, position=5 * HOUR)
    assert first == HOUR
    second = by_clock("23:00", hours=72, position=first)
    assert second == 25 * HOUR
    third = by_clock("23:00", hours=72, position=second)
    assert third == 49 * HOUR
    assert by_clock("23:00", hours=72, position=third) == first


@pytest.mark.parametrize("text", ["23:00 Thu", "Thursday 23:00", "2026-03-12 23:00", "12.3. 23:00", "23:00 12.03.2026"])
def test_a_day_can_be_named(text: str) -> None:
    assert by_clock(text, hours=72) == 49 * HOUR


def test_days_are_understood_in_the_persons_language() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    try:
        assert by_clock("23:00 Do", hours=72) == 49 * HOUR
        assert by_clock("Donnerstag 23:00", hours=72) == 49 * HOUR
    finally:
        QLocale.setDefault(QLocale.system())


def test_in_the_night_that_gains_an_hour_both_halves_past_two_can_be_reached() -> None:
    start = datetime(2026, 10, 24, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    first = by_clock("02:30", start=start)
    assert first == 4.5 * HOUR
    assert by_clock("02:30", start=start, position=first) == 5.5 * HOUR
    assert by_clock("04:00", start=start) == 7 * HOUR


def test_in_the_night_that_loses_an_hour_the_lost_one_is_refused_in_words() -> None:
    start = datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert by_clock("03:30", start=start) == 4.5 * HOUR
    with pytest.raises(RequestError, match=r"02:30 did not exist that day"):
        by_clock("02:30", hours=5.5, start=start)


@pytest.mark.parametrize("text", ["12:00", "Mon 23:00", "2026-03-09 23:00", "2025-03-10 23:00"])
def test_a_time_outside_is_refused_with_where_the_recording_lies(text: str) -> None:
    with pytest.raises(RequestError, match=r"goes from 22:00 Tue to 08:00 Wed|is not a time"):
        by_clock(text)


def test_behind_the_end_is_refused_with_the_length() -> None:
    with pytest.raises(RequestError, match=r"lasts 10:00:00"):
        elapsed("11:00")


@pytest.mark.parametrize(
    "text", ["", "  ", "soon", "25:00", "2:75", "14:07 am", "0:30 pm", "14", "2:14:60", "+", "+x", "::"]
)
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(RequestError, match=r"is not a time|Type a time"):
        by_clock(text)
    if text not in ("14", "14:07 am", "0:30 pm", "25:00"):
        with pytest.raises(RequestError, match=r"is not a time|Type a time"):
            elapsed(text)


@given(
    second=st.integers(0, 71 * 3600),
    start=st.sampled_from(
        [EVENING, datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN), datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN)]
    ),
    clock=st.booleans(),
)
def test_what_the_axis_says_leads_back_to_its_second(second: int, start: datetime, clock: bool) -> None:
    given_night = night(72, start=start)
    text = time_text(given_night, float(second), clock=clock)
    # The playhead is near enough that this day is meant, but not so near that the next one is.
    found = parse(text, given_night, clock=clock, position=second + 600.0)
    assert found == pytest.approx(second, abs=1e-3)
