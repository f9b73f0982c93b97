import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from reviewer_app.domain.recording import ClockSource
from reviewer_app.media.clock import Reading, choose, read_container, zone_of
from reviewer_app.media.names import NameDate
from reviewer_app.media.zone import SystemZone

BERLIN = ZoneInfo("Europe/Berlin")
NAMED = NameDate(datetime(2026, 3, 14, 6, 15))  # 05:15 UTC in Berlin


def inside(text: str) -> Reading:
    reading = read_container({"creation_time": text})
    assert reading is not None
    return reading


def chosen(name: NameDate | None, text: str | None, *, seconds: float = 600) -> Reading:
    reading = choose("a.mp4", name, inside(text) if text else None, seconds=seconds, zone=BERLIN)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    "text",
    [
        "1904-01-01T00:00:00.000000Z",
        "1970-01-01T00:00:00Z",
        "2999-01-01T00:00:00Z",
        "0000-00-00",
        "2026-03-14",
        "",
        "now",
    ],
)
def test_dates_of_clocks_that_were_never_set_are_not_used(text: str) -> None:
    assert read_container({"creation_time": text}) is None


def test_the_tag_that_keeps_the_time_zone_counts_first() -> None:
    reading = read_container(
        {"creation_time": "2016-02-02T17:51:27Z", "com.apple.quicktime.creationdate": "2016-02-02T10:51:27-0700"}
    )
    assert reading is not None
    assert reading.moment.utcoffset() == timedelta(hours=-7)


def test_dates_that_agree_need_no_remark() -> None:
    reading = chosen(NAMED, "2026-03-14T05:15:01Z")
    assert (reading.source, reading.remark) == (ClockSource.CONTAINER, "")


def test_of_two_dates_that_agree_the_more_exact_one_is_taken() -> None:
    exact = NameDate(datetime(2026, 3, 14, 6, 15, 0, 123_000), resolution=0.001)
    reading = chosen(exact, "2026-03-14T05:15:00Z")
    assert (reading.source, reading.moment.microsecond, reading.remark) == (ClockSource.FILE_NAME, 123_000, "")


def test_a_date_stamped_at_the_end_gives_way_to_the_name() -> None:
    reading = chosen(NAMED, "2026-03-14T05:25:00Z", seconds=600)
    assert reading.source is ClockSource.FILE_NAME
    assert "stamped when it ended" in reading.remark


def test_a_date_stamped_at_export_gives_way_to_the_name() -> None:
    reading = chosen(NAMED, "2026-04-01T12:00:00Z")
    assert reading.source is ClockSource.FILE_NAME
    assert "exported" in reading.remark


def test_local_time_marked_as_utc_gives_way_to_the_name() -> None:
    west = choose("a.mp4", NAMED, inside("2026-03-14T06:15:00Z"), seconds=600, zone=ZoneInfo("America/New_York"))
    assert west is not None
    assert west.source is ClockSource.FILE_NAME
    assert "marked as UTC" in west.remark


def test_a_name_given_later_than_the_recording_gives_way_to_the_date_inside() -> None:
    reading = chosen(NAMED, "2026-03-10T12:00:00Z")
    assert reading.source is ClockSource.CONTAINER
    assert reading.remark


def test_a_naming_rule_that_states_the_start_counts_above_the_date_inside() -> None:
    rule = NameDate(datetime(2026, 3, 14, 6, 15), patient="p", states_start=True)
    assert chosen(rule, "2026-03-10T12:00:00Z").source is ClockSource.FILE_NAME


def test_a_day_without_time_is_no_reading() -> None:
    assert choose("a", NameDate(datetime(2026, 3, 14), has_time=False), None, seconds=1, zone=BERLIN) is None


def test_a_clock_shows_an_hour_twice_when_summer_time_ends() -> None:
    reading = Reading(datetime(2026, 10, 25, 2, 30), ClockSource.FILE_NAME)
    assert reading.is_twofold(BERLIN)
    assert reading.at(BERLIN, fold=1) - reading.at(BERLIN) == timedelta(hours=1)
    assert not Reading(datetime(2026, 3, 29, 2, 30), ClockSource.FILE_NAME).is_twofold(BERLIN)  # a time that never was


def test_the_date_inside_settles_a_twofold_name() -> None:
    name = NameDate(datetime(2026, 10, 25, 2, 30))
    reading = chosen(name, "2026-10-25T01:30:00Z")
    assert reading.source is ClockSource.CONTAINER
    assert reading.remark == ""


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
def test_the_computers_zone_changes_to_and_from_summer_time() -> None:
    zone = SystemZone()
    for start in (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)):
        for hour in range(6):
            moment = start + timedelta(hours=hour)
            assert moment.astimezone(zone).isoformat() == moment.astimezone(BERLIN).isoformat()
            assert moment.astimezone(zone).astimezone(UTC) == moment
    assert datetime(2026, 7, 1, tzinfo=zone).tzname() == "CEST"


@pytest.mark.usefixtures("in_berlin")
def test_the_computers_zone_is_preferred_where_the_file_agrees_with_it() -> None:
    winter, summer = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    assert isinstance(zone_of([datetime(2026, 1, 1, tzinfo=winter)]), SystemZone)
    assert isinstance(zone_of([datetime(2026, 1, 1, tzinfo=UTC)]), SystemZone)
    assert zone_of([datetime(2026, 1, 1, tzinfo=summer)]) is summer
