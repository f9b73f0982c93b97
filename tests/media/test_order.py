from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture
from reviewer_app.media.order import Found, Order, arrange
from reviewer_app.media.probe import Probe

BERLIN = ZoneInfo("Europe/Berlin")
_numbers = count()


def found(name: str, *, seconds: float = 3600.0, inside: str = "", modified: float = 0.0) -> Found:
    """A file of which only what places it is told."""
    tags = {"creation_time": inside} if inside else {}
    picture = Picture(width=64, height=64)
    probe = Probe(picture, 0.0, seconds, (), has_sound=False, tags=tags, modified=modified)
    return Found(Path(name), Fingerprint(next(_numbers), ""), probe)


def placed(files: Sequence[Found]) -> tuple[list[tuple[str, float]], Order]:
    """Each file with the second at which it begins, counted from the first one."""
    order = arrange(files, zone=BERLIN)
    zero = order.placed[0].start
    return [(one.file.path.stem, (one.start - zero).total_seconds()) for one in order.placed], order


def test_files_follow_the_clock_and_gaps_and_overlaps_stay() -> None:
    files = [
        found("c.mp4", inside="2026-03-14T03:10:00Z"),
        found("a.mp4", inside="2026-03-14T00:00:00Z"),
        found("b.mp4", inside="2026-03-14T02:20:00Z"),
    ]
    places, order = placed(files)
    assert places == [("a", 0), ("b", 8400), ("c", 11400)]
    assert {one.source for one in order.placed} == {ClockSource.CONTAINER}
    assert order.remarks == ()


def test_rounding_between_whole_seconds_is_closed_and_never_adds_up() -> None:
    # Each file lasts 0.4 s longer than the step of the clock that names it.
    files = [found(f"20260314_{i:02d}0000.mp4", seconds=3600.4) for i in range(10)]
    places, _ = placed(files)
    assert [start for _, start in places][:3] == pytest.approx([0, 3600.4, 7200.8])
    for i, (_, start) in enumerate(places):
        assert abs(start - 3600 * i) <= 1


def test_a_gap_longer_than_rounding_stays() -> None:
    files = [found("20260314_000000.mp4"), found("20260314_010002.mp4")]
    assert placed(files)[0][1] == ("20260314_010002", 3602)


def test_exact_dates_keep_gaps_shorter_than_a_second() -> None:
    files = [found("p_14-MAR-2026_00h00m00.0000s_Video.mp4"), found("p_14-MAR-2026_01h00m00.5000s_Video.mp4")]
    assert placed(files)[0][1][1] == 3600.5


@pytest.mark.parametrize(("day", "hours"), [("20260329", 23), ("20261025", 25)])
def test_the_days_of_23_and_25_hours_are_that_long(day: str, hours: int) -> None:
    end = (datetime.strptime(day, "%Y%m%d") + timedelta(days=1)).strftime("%Y%m%d")
    places, _ = placed([found(f"{day}_000000.mp4", seconds=60), found(f"{end}_000000.mp4", seconds=60)])
    assert places[1][1] == hours * 3600


def test_an_hour_that_the_clock_shows_twice_is_told_apart_by_the_files_beside_it() -> None:
    # Half-hour files from 01:30 summer time to 03:30 winter time: six of them, two names twice.
    stems = ["20261025_013000", "20261025_020000", "20261025_023000", "20261025_020000b", "20261025_023000b"]
    files = [found(f"{stem}.mp4", seconds=1800) for stem in [*stems, "20261025_030000"]]
    places, order = placed(files)
    assert [start for _, start in places] == [0, 1800, 3600, 5400, 7200, 9000]
    assert sum("twice that night" in remark for remark in order.remarks) == 4


def test_a_file_that_runs_into_the_second_hour_pushes_the_next_one_there() -> None:
    places, _ = placed([found("20261025_010000.mp4", seconds=2.5 * 3600), found("20261025_023000.mp4")])
    assert places[1][1] == 2.5 * 3600


def test_a_file_without_a_date_follows_the_one_before_it_by_name() -> None:
    files = [found("part1.mp4", inside="2026-03-14T00:00:00Z"), found("part10.mp4"), found("part2.mp4")]
    places, order = placed(files)
    assert places == [("part1", 0), ("part2", 3600), ("part10", 7200)]
    assert [one.source for one in order.placed] == [ClockSource.CONTAINER, ClockSource.SEQUENCE, ClockSource.SEQUENCE]
    assert sum("carries no date" in remark for remark in order.remarks) == 2


def test_files_without_a_date_before_the_first_dated_one_lead_up_to_it() -> None:
    places, order = placed([found("a.mp4"), found("b.mp4"), found("c.mp4", inside="2026-03-14T00:00:00Z")])
    assert places == [("a", 0), ("b", 3600), ("c", 7200)]
    assert order.placed[2].start == datetime(2026, 3, 14, tzinfo=UTC)


def test_modification_times_place_files_that_say_nothing_else() -> None:
    last = datetime(2026, 3, 14, 6, tzinfo=UTC).timestamp()
    places, order = placed([found("a.mp4", modified=last), found("b.mp4", modified=last + 5400)])
    assert places == [("a", 0), ("b", 5400)]
    assert order.placed[0].start == datetime(2026, 3, 14, 5, tzinfo=UTC)
    assert {one.source for one in order.placed} == {ClockSource.MODIFIED}
    assert "a guess" in order.remarks[0]


def test_modification_times_of_copies_are_not_believed() -> None:
    copied = datetime(2026, 3, 14, 6, tzinfo=UTC).timestamp()
    places, order = placed([found(f"part{i}.mp4", modified=copied + i) for i in (10, 9, 1)])
    assert places == [("part1", 0), ("part9", 3600), ("part10", 7200)]
    assert {one.source for one in order.placed} == {ClockSource.SEQUENCE}
    assert "order of their names" in order.remarks[0]


def test_a_day_in_the_name_overrules_the_day_of_a_copy() -> None:
    copied = datetime(2026, 6, 1, 6, tzinfo=UTC).timestamp()
    places, order = placed([found(f"IMG-20260314-WA000{i}.mp4", modified=copied) for i in (2, 1)])
    assert places == [("IMG-20260314-WA0001", 0), ("IMG-20260314-WA0002", 3600)]
    assert order.placed[0].start.astimezone(BERLIN) == datetime(2026, 3, 14, tzinfo=BERLIN)
    assert any("Only the day is known" in remark for remark in order.remarks)
