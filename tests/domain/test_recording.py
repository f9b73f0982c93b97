"""Recordings: one clock, explicit gaps, and the right wall time on days of 23 and 25 hours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.window import Interval, total_seconds

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 14, 22, 0, tzinfo=BERLIN)


def segment(start: float, stop: float, *, name: str = "a", readable: tuple[Interval, ...] = ()) -> Segment:
    return Segment(
        Path(f"{name}.mp4"),
        Fingerprint(1000, name * 64),
        Interval(start, stop),
        first_pts=1.5,
        picture=Picture(640, 480),
        clock_source=ClockSource.CONTAINER,
        readable=readable,
    )


def test_a_recording_needs_a_file_a_zone_and_an_order() -> None:
    with pytest.raises(ValueError, match="at least one segment"):
        Recording((), EVENING)
    with pytest.raises(ValueError, match="time zone"):
        Recording((segment(0, 10),), EVENING.replace(tzinfo=None))
    for starts in ((5, 6), (0, 20, 10)):
        with pytest.raises(ValueError, match="in order and start at 0 s"):
            Recording(tuple(segment(start, start + 5) for start in starts), EVENING)


def test_time_without_a_file_is_a_gap() -> None:
    night = Recording((segment(0, 10), segment(15, 20), segment(20, 30)), EVENING)
    assert night.gaps == (Interval(10, 15),)
    assert (night.seconds, night.video_seconds) == (30, 25)
    assert night.segment_at(12) is None
    assert night.overlaps == ()


def test_in_an_overlap_the_earlier_file_is_shown() -> None:
    first, second = segment(0, 12, name="a"), segment(10, 20, name="b")
    night = Recording((first, second), EVENING)
    assert night.overlaps == (Interval(10, 12),)
    assert night.segment_at(11) is first
    assert night.segment_at(12) is second
    assert night.video_seconds == 20


def test_a_file_inside_another_does_not_shorten_the_recording() -> None:
    night = Recording((segment(0, 30), segment(5, 10)), EVENING)
    assert night.seconds == 30
    assert night.overlaps == (Interval(5, 10),)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), min_size=1, max_size=6))
def test_every_second_lies_in_a_file_or_in_a_gap(places: list[tuple[int, int]]) -> None:
    least = min(start for start, _ in places)
    ordered = sorted((start - least, length) for start, length in places)
    night = Recording(tuple(segment(start, start + length) for start, length in ordered), EVENING)
    assert night.video_seconds + total_seconds(night.gaps) == night.seconds
    for time in range(int(night.seconds)):
        assert (night.segment_at(time) is None) == any(gap.contains(time) for gap in night.gaps)


def test_media_time_is_the_files_own_pts() -> None:
    assert segment(100, 110).media_time(103) == 4.5


def test_what_cannot_be_read_is_named() -> None:
    holed = segment(10, 20, readable=(Interval(10, 14), Interval(16, 20)))
    lost = segment(20, 25, name="b", readable=(Interval(20, 20),))
    night = Recording((segment(0, 10), holed, lost), EVENING)
    assert night.undecodable == (Interval(14, 16), Interval(20, 25))
    assert segment(0, 10).undecodable == ()


def test_identity_follows_content_and_order_not_names() -> None:
    night = Recording((segment(0, 10, name="a"), segment(10, 20, name="b")), EVENING)
    renamed = Recording((segment(0, 10, name="a"), segment(12, 20, name="b")), EVENING + timedelta(hours=1), "p1")
    swapped = Recording((segment(0, 10, name="b"), segment(10, 20, name="a")), EVENING)
    assert night.identity == renamed.identity
    assert night.identity != swapped.identity


def test_the_clock_is_right_on_a_day_of_25_hours() -> None:
    night = Recording((segment(0, 9 * 3600),), datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN))
    shown = [night.clock(hour * 3600) for hour in range(9)]
    assert [moment.hour for moment in shown] == [22, 23, 0, 1, 2, 2, 3, 4, 5]
    assert [moment.tzname() for moment in shown[4:6]] == ["CEST", "CET"]


def test_the_clock_is_right_on_a_day_of_23_hours() -> None:
    night = Recording((segment(0, 9 * 3600),), datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN))
    assert [night.clock(hour * 3600).hour for hour in range(7)] == [22, 23, 0, 1, 3, 4, 5]


@given(st.floats(0, 400 * 86_400), st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]))
def test_the_clock_never_loses_or_gains_real_time(time: float, zone: str) -> None:
    night = Recording((segment(0, 10),), datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo(zone)))
    passed = night.clock(time).astimezone(UTC) - night.start.astimezone(UTC)
    assert passed / timedelta(seconds=1) == pytest.approx(time, abs=1e-6)
