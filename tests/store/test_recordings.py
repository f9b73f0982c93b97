import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from reviewer_app.domain.recording import ClockSource, Recording
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import recordings
from reviewer_app.store.library import Library
from reviewer_app.store.schema import recordings as table
from tests.store import examples


def test_a_recording_comes_back_as_it_was_added(library: Library) -> None:
    night = examples.night()
    assert recordings.load(library, recordings.add(library, night)) == night


def test_the_time_zone_comes_back_by_name_so_that_the_clock_knows_of_summer_time(library: Library) -> None:
    night = examples.night()  # 28 March 22:00; at 2:00 the clock jumps to 3:00
    loaded = recordings.load(library, recordings.add(library, night))
    assert loaded.clock(6 * 3600).isoformat() == "2026-03-29T05:00:00.250000+02:00"


def test_the_second_of_two_equal_hours_in_autumn_stays_the_second(library: Library) -> None:
    start = datetime(2026, 10, 25, 2, 30, tzinfo=examples.BERLIN, fold=1)
    loaded = recordings.load(library, recordings.add(library, replace(examples.night(), start=start)))
    assert loaded.start.isoformat() == start.isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_start_with_an_offset_alone_keeps_it(library: Library) -> None:
    start = datetime(2026, 1, 1, 22, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    loaded = recordings.load(library, recordings.add(library, replace(examples.night(), start=start)))
    assert loaded.start.isoformat() == start.isoformat()


def test_a_zone_that_this_computer_does_not_know_leaves_the_offset(library: Library) -> None:
    night = examples.night()
    number = recordings.add(library, night)
    with library.atomic() as connection:
        connection.execute(update(table).values(zone="Mars/Olympus_Mons"))
    assert recordings.load(library, number).start == night.start


def test_a_known_recording_keeps_its_id_when_its_files_were_renamed(library: Library) -> None:
    number = recordings.add(library, examples.night())
    moved = examples.night(folder="/archive")
    assert recordings.add(library, moved) == number
    assert recordings.load(library, number) == moved


def test_the_clock_of_a_known_recording_stays_because_its_traces_lie_on_it(library: Library) -> None:
    night = examples.night()
    number = recordings.add(library, night)
    first, second = night.segments
    later = replace(second, interval=Interval(90, 150), readable=())
    start = night.start + timedelta(seconds=12)
    recordings.add(library, replace(night, segments=(first, later), start=start))
    # The EEG was placed on the new clock, 12 s later, so on the old one it starts 12 s later than it says.
    eeg = tuple(replace(file, start=file.start + 12) for file in night.eeg)
    assert recordings.load(library, number) == replace(night, eeg=eeg)


def test_a_beginning_that_a_person_states_later_moves_the_recording_and_nothing_within_it(library: Library) -> None:
    night = examples.night()
    number = recordings.add(library, night)
    first, second = night.segments
    stated = replace(first, clock_source=ClockSource.GIVEN)
    start = (night.start - timedelta(hours=1)).astimezone(ZoneInfo("Europe/Lisbon"))
    given = replace(night, segments=(stated, second), start=start)
    recordings.add(library, given)
    loaded = recordings.load(library, number)
    assert loaded == given
    assert str(loaded.start.tzinfo) == "Europe/Lisbon"


def test_a_patient_given_later_counts_and_one_not_given_changes_nothing(library: Library) -> None:
    number = recordings.add(library, examples.night(patient=""))
    recordings.add(library, examples.night(patient="P8"))
    recordings.add(library, examples.night(patient=""))
    assert recordings.load(library, number).patient == "P8"


def test_a_recording_is_found_by_its_content(library: Library) -> None:
    night = examples.night()
    assert recordings.find(library, night.identity) is None
    number = recordings.add(library, night)
    assert recordings.find(library, night.identity) == number


def test_an_unknown_recording_is_refused(library: Library) -> None:
    with pytest.raises(StoreError, match="no recording 5"):
        recordings.load(library, 5)


def test_a_replaced_file_is_noticed_once_and_its_content_is_another_recording(library: Library) -> None:
    old, new = examples.night(), examples.night(mark="f")
    number = recordings.add(library, old)
    assert recordings.replaced(library, new) == (Path("/nights/one.mp4"), Path("/nights/two.mp4"))
    assert recordings.add(library, new) != number
    assert recordings.replaced(library, new) == ()
    assert recordings.replaced(library, old) == ()


def test_a_file_under_a_new_name_replaces_nothing(library: Library) -> None:
    recordings.add(library, examples.night())
    assert recordings.replaced(library, examples.night(mark="f", folder="/other")) == ()


@pytest.mark.skipif(os.name != "posix", reason="Windows file names are Unicode")
def test_a_file_name_that_is_not_unicode_is_kept(library: Library) -> None:
    odd = Path(os.fsdecode(b"/nights/caf\xe9.mp4"))
    night = examples.night()
    night = Recording((replace(night.segments[0], path=odd),), night.start)
    number = recordings.add(library, night)
    assert recordings.load(library, number).segments[0].path == odd
    assert recordings.replaced(library, Recording((replace(examples.segment(str(odd), 0, 5, mark="f")),), night.start))


def test_a_clock_set_back_changes_no_order_and_loses_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([datetime(2026, 5, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)])

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return next(now)

    monkeypatch.setattr(recordings, "datetime", Clock)
    for mark in "ab":
        recordings.add(library, examples.night(mark=mark))
    shown = recordings.summaries(library)
    assert [summary.identity[-1] for summary in shown] == ["A", "B"]


def test_the_list_says_what_is_known_of_each_recording(library: Library) -> None:
    night = examples.night()
    number = recordings.add(library, night)
    examples.begin(library, recording=night)
    examples.begin(library, recording=night, bundle="d")
    recordings.add(library, examples.night(mark="f"))
    first, second = recordings.summaries(library)
    paths = tuple(segment.path for segment in night.segments)
    assert first == recordings.RecordingSummary(number, night.identity, night.start, 130.0, "P7", paths, 2)
    assert second.traces == 0
