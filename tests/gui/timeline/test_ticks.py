"""The axis has round times, as many as fit, and keeps its hours in nights that gain or lose one."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.timeline.ticks import ticks, time_text
from tests.gui.subjects import recording

HOUR = 3600.0
BERLIN = ZoneInfo("Europe/Berlin")


def night(hours: float = 10, *, start: datetime = datetime(2026, 3, 10, 22, 0, 30, tzinfo=BERLIN)) -> Recording:
    return replace(recording(hours * HOUR), start=start)


def texts(given_night: Recording, view: Interval, *, most: int, clock: bool) -> list[str]:
    return [each.text for each in ticks(given_night, view, most=most, clock=clock)]


def test_elapsed_times_are_round_and_written_as_short_as_their_step_allows() -> None:
    assert texts(night(), Interval(0, 10 * HOUR), most=6, clock=False) == [f"{hour}:00" for hour in range(0, 11, 2)]
    assert texts(night(), Interval(59, 71), most=4, clock=False) == ["0:01:00", "0:01:05", "0:01:10"]
    assert texts(night(), Interval(2, 2.5), most=6, clock=False)[:3] == ["0:00:02.0", "0:00:02.1", "0:00:02.2"]


def test_in_a_clip_of_minutes_elapsed_times_have_seconds_lest_minutes_pass_for_them() -> None:
    assert texts(night(0.1), Interval(0, 360), most=7, clock=False)[1] == "0:01:00"


def test_clock_times_are_round_by_the_clock_and_the_first_of_a_day_names_it() -> None:
    found = ticks(night(), Interval(0, 10 * HOUR), most=6, clock=True)
    assert [each.text for each in found] == ["00:00 Wed", "02:00", "04:00", "06:00", "08:00"]
    assert found[0].time == 2 * HOUR - 30


def test_seconds_are_shown_when_steps_are_shorter_than_a_minute() -> None:
    assert texts(night(), Interval(0, 60), most=5, clock=True) == [
        "22:00:30 Tue",
        "22:00:45",
        "22:01:00",
        "22:01:15",
        "22:01:30",
    ]


def test_the_hour_that_a_night_loses_is_lost_on_the_axis_and_the_change_is_named() -> None:
    start = datetime(2026, 3, 28, 23, 0, tzinfo=BERLIN)
    found = ticks(night(6, start=start), Interval(0, 6 * HOUR), most=8, clock=True)
    assert [each.text for each in found] == ["23:00 Sat", "00:00 Sun", "01:00", "03:00 CEST", "04:00", "05:00", "06:00"]
    assert all(other.time - one.time == HOUR for one, other in pairwise(found))


def test_the_hour_that_a_night_gains_is_there_twice() -> None:
    start = datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN)
    found = texts(night(6, start=start), Interval(0, 6 * HOUR), most=8, clock=True)
    assert found == ["23:00 Sat", "00:00 Sun", "01:00", "02:00", "02:00 CET", "03:00", "04:00"]


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"])
def test_zones_off_the_hour_have_round_local_times(zone: str) -> None:
    start = datetime(2026, 3, 28, 20, 17, 5, 250_000, tzinfo=ZoneInfo(zone))
    given_night = night(30, start=start)
    found = ticks(given_night, Interval(0, 30 * HOUR), most=12, clock=True)
    assert len(found) >= 8
    for each in found:
        local = given_night.clock(each.time) + timedelta(microseconds=500)
        assert (local.hour % 3, local.minute, local.second) == (0, 0, 0)


@given(
    start=st.floats(0, 70 * HOUR),
    seconds=st.floats(1, 72 * HOUR),
    most=st.integers(2, 40),
    clock=st.booleans(),
    hours=st.sampled_from([0.5, 72.0, 400.0]),
)
def test_marks_lie_in_the_view_in_order_and_no_more_than_fit(
    start: float, seconds: float, most: int, clock: bool, hours: float
) -> None:
    view = Interval(start, start + seconds)
    found = ticks(night(hours), view, most=most, clock=clock)
    assert len(found) <= most + 2
    assert all(view.start - 1e-3 <= each.time <= view.stop + 1e-3 for each in found)
    assert all(one.time < other.time for one, other in pairwise(found))


def test_a_week_has_a_mark_every_few_days() -> None:
    found = texts(night(24 * 21), Interval(0, 21 * 24 * HOUR), most=8, clock=True)
    assert 4 <= len(found) <= 9
    assert all(text.startswith("00:00 ") for text in found)


def test_times_are_cut_and_not_rounded() -> None:
    given_night = night()
    assert time_text(given_night, 29.999, clock=True) == "22:00:59"
    assert time_text(given_night, 29.999, clock=True, tenths=True) == "22:00:59.9"
    assert time_text(given_night, 3599.96, clock=False) == "0:59:59"
    assert time_text(given_night, 3599.96, clock=False, tenths=True) == "0:59:59.9"
    assert time_text(given_night, 30 * HOUR, clock=False) == "30:00:00"


def test_a_second_before_the_beginning_is_the_beginning() -> None:
    assert time_text(night(), -1.0, clock=True) == "22:00:30"
