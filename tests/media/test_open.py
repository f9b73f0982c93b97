import os
import random
import resource
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from edfio import Edf, EdfSignal

from reviewer_app.domain.clip import ClipSpec, Resampling
from reviewer_app.domain.recording import ClockSource
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.open import open_recording
from reviewer_app.media.video import RecordingFrames
from tests.conftest import FilmMaker

BERLIN = ZoneInfo("Europe/Berlin")


def approx(start: float, stop: float) -> tuple[object, object]:
    return pytest.approx(start, abs=1e-6), pytest.approx(stop, abs=1e-6)


def write_eeg(path: Path, start: datetime, *, seconds: int = 10) -> Path:
    signal = EdfSignal(
        np.sin(np.arange(seconds * 100)), sampling_frequency=100, label="EEG Fp1", physical_range=(-2, 2)
    )
    Edf([signal], starttime=start.time(), recording=None).write(path)
    content = bytearray(path.read_bytes())
    content[168:176] = start.strftime("%d.%m.%y").encode()
    content[88:168] = f"Startdate {start:%d-%b-%Y} X X X".upper().replace("STARTDATE", "Startdate").ljust(80).encode()
    path.write_bytes(content)
    return path


def test_one_file_is_a_recording_with_its_clock(film: FilmMaker) -> None:
    path = film("night.mp4", tags={"creation_time": "2026-03-14T05:15:00Z"}, sound=True)
    recording = open_recording([path], time_zone=BERLIN)
    assert recording.start == datetime(2026, 3, 14, 6, 15, tzinfo=BERLIN)
    assert recording.start.tzinfo is BERLIN
    (segment,) = recording.segments
    assert segment.interval == Interval(0, 2)
    assert (segment.clock_source, segment.has_sound) == (ClockSource.CONTAINER, True)
    assert recording.remarks == ()


def test_a_folder_is_one_recording_in_the_order_of_its_clock(film: FilmMaker, tmp_path: Path) -> None:
    film("b/20260314_000000.mp4")
    film("b/20260314_000004.avi", codec="mpeg4", first_number=50)
    film("b/20260314_000005.mkv", first_number=100)
    for name in (".20260314_000009.mp4", "notes.txt", "events.tsv", "photo.jpg", "Thumbs.db"):
        (tmp_path / "b" / name).write_bytes(b"anything")
    recording = open_recording([tmp_path / "b"], time_zone=BERLIN)
    assert [(s.interval.start, s.interval.stop) for s in recording.segments] == [
        approx(0, 2),
        approx(4, 6),
        approx(6, 8),  # one second of overlap is rounding
    ]
    assert recording.gaps == (Interval(2, 4),)
    assert recording.remarks == ()


def test_overlaps_are_kept_and_said(film: FilmMaker) -> None:
    files = [film("20260314_000000.mp4", frames=250), film("20260314_000006.mp4", frames=250, first_number=1)]
    recording = open_recording(files, time_zone=BERLIN)
    assert recording.overlaps == (Interval(6, 10),)
    assert any("4 s two files claim" in remark for remark in recording.remarks)


def test_subfolders_are_looked_into_only_where_the_folder_holds_no_video(film: FilmMaker, tmp_path: Path) -> None:
    film("card/DCIM/20260314_000000.mp4")
    assert len(open_recording([tmp_path / "card"]).segments) == 1
    film("card/20260315_000000.mp4", first_number=9)
    recording = open_recording([tmp_path / "card"])
    assert [segment.path.name for segment in recording.segments] == ["20260315_000000.mp4"]


def test_a_folder_without_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(MediaError, match="holds no video file"):
        open_recording([tmp_path])


def test_a_damaged_file_among_good_ones_is_left_out_by_name_and_its_time_is_not_claimed(
    film: FilmMaker, tmp_path: Path
) -> None:
    film("n/20260314_000000.mp4")
    broken = film("n/20260314_000002.mp4", first_number=50)
    broken.write_bytes(broken.read_bytes()[:2000])
    os.mkfifo(tmp_path / "n" / "20260314_000003.mp4")
    film("n/20260314_000004.mp4", first_number=100)
    recording = open_recording([tmp_path / "n"])
    assert recording.gaps == (Interval(2, 4),)
    assert ["Left out: 20260314_00000" in remark for remark in recording.remarks] == [True, True]


def test_a_file_that_the_person_named_must_be_there(film: FilmMaker, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="There is no file"):
        open_recording([film(), tmp_path / "gone.mp4"])


def test_only_damaged_files_are_an_error(film: FilmMaker, tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(MediaError, match="None of the 2 files can be used"):
        open_recording([tmp_path])


def test_the_same_content_twice_is_used_once(film: FilmMaker) -> None:
    path = film("20260314_000000.mp4")
    copy = path.with_name("20260314_000000 (copy).mp4")
    copy.write_bytes(path.read_bytes())
    recording = open_recording([path, copy, path])
    assert len(recording.segments) == 1
    assert any("is a copy of" in remark for remark in recording.remarks)


def test_renamed_files_keep_the_recordings_identity(film: FilmMaker) -> None:
    path = film("20260314_000000.mp4")
    before = open_recording([path]).identity
    assert open_recording([path.rename(path.with_name("20260314_000001.mp4"))]).identity == before


def test_the_patient_id_of_the_edf_convention_is_taken_unless_one_is_given(film: FilmMaker) -> None:
    path = film("Infant07_14-MAR-2026_06h15m00.0000s_Video.mp4")
    recording = open_recording([path], time_zone=BERLIN)
    assert recording.patient == "Infant07"
    assert recording.start == datetime(2026, 3, 14, 6, 15, tzinfo=BERLIN)
    assert open_recording([path], patient="p7").patient == "p7"


def test_two_patients_never_end_in_one_recording(film: FilmMaker) -> None:
    files = [film(f"{who}_14-MAR-2026_0{i}h00m00s_Video.mp4", first_number=i) for i, who in enumerate("ab")]
    with pytest.raises(MediaError, match="2 patients"):
        open_recording(files)


def test_a_start_that_the_person_gives_moves_the_whole_recording(film: FilmMaker) -> None:
    files = [film("20260314_000000.mp4"), film("20260314_000010.mp4", first_number=9)]
    recording = open_recording(files, start=datetime(2026, 5, 1, 20), time_zone=BERLIN)
    assert recording.start == datetime(2026, 5, 1, 20, tzinfo=BERLIN)
    assert [s.interval.start for s in recording.segments] == [0, 10]
    assert recording.segments[0].clock_source is ClockSource.GIVEN


def test_a_given_start_leaves_no_remark_about_a_guessed_one(film: FilmMaker) -> None:
    path = film("clip.mp4")
    assert any("a guess" in remark for remark in open_recording([path]).remarks)
    assert open_recording([path], start=datetime(2026, 5, 1, 20, tzinfo=UTC)).remarks == ()


def test_the_zone_inside_the_file_is_kept(film: FilmMaker) -> None:
    path = film(
        "clip.mov",
        tags={"com.apple.quicktime.creationdate": "2026-03-14T06:15:00+1345"},
        muxer={"movflags": "use_metadata_tags"},
    )
    assert open_recording([path]).start.isoformat() == "2026-03-14T06:15:00+13:45"


def test_the_clock_is_right_across_the_end_of_summer_time(film: FilmMaker) -> None:
    files = [film("20261025_003000.mp4"), film("20261025_043000.mp4", first_number=9)]
    recording = open_recording(files, time_zone=BERLIN)
    assert recording.segments[1].interval.start == 5 * 3600
    assert recording.clock(5 * 3600).isoformat() == "2026-10-25T04:30:00+01:00"


def test_files_of_different_stays_are_refused(film: FilmMaker) -> None:
    with pytest.raises(MediaError, match="more than 31 days"):
        open_recording([film("20260101_000000.mp4"), film("20260301_000000.mp4", first_number=9)])


def test_cut_files_keep_their_readable_spans_on_the_recordings_clock(film: FilmMaker) -> None:
    first = film("20260314_000000.mp4")
    path = film("20260314_000010.mp4", frames=250, muxer={"movflags": "faststart"}, first_number=9)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    recording = open_recording([first, path])
    (hole,) = recording.undecodable
    assert 13 < hole.start < 18
    assert hole.stop == pytest.approx(20)


def test_eeg_beside_the_video_is_placed_on_its_clock(film: FilmMaker, tmp_path: Path) -> None:
    film("n/20260314_061500.mp4", frames=250)
    write_eeg(tmp_path / "n" / "eeg.edf", datetime(2026, 3, 14, 6, 14, 55))
    write_eeg(tmp_path / "n" / "other.edf", datetime(2026, 3, 13, 6, 0, 0))
    (tmp_path / "n" / "broken.edf").write_bytes(b"0       lies")
    recording = open_recording([tmp_path / "n"], time_zone=BERLIN)
    (eeg,) = recording.eeg
    assert (eeg.path.name, eeg.start, eeg.seconds) == ("eeg.edf", -5, 10)
    assert any("other.edf was recorded at another time" in remark for remark in recording.remarks)
    assert any("broken.edf" in remark for remark in recording.remarks)


def test_eeg_alone_is_refused(tmp_path: Path) -> None:
    path = write_eeg(tmp_path / "eeg.edf", datetime(2026, 3, 14))
    with pytest.raises(MediaError, match="EEG and no video"):
        open_recording([path])
    with pytest.raises(MediaError, match="no video"):
        open_recording([path, write_eeg(tmp_path / "more.edf", datetime(2026, 3, 15))])


def test_names_in_any_script_and_long_paths_open(film: FilmMaker) -> None:
    folder = "/".join(["Säuglingsüberwachung 春 🎥"] * 8)
    path = film(f"{folder}/größer als 100% – Ночь #1; 'a' \"b\" 20260314_000000.mp4")
    assert len(str(path)) > 250
    assert open_recording([path]).seconds == 2


def test_nothing_is_ever_written(film: FilmMaker) -> None:
    path = film("n/20260314_000000.mp4")
    os.utime(path, (1e9, 1e9))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ctime_ns)
    try:
        open_recording([path.parent])
        assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ctime_ns) == before
        assert list(path.parent.iterdir()) == [path]
    finally:
        path.parent.chmod(0o755)


def test_what_the_system_zone_says_is_used_where_nothing_else_is_known(film: FilmMaker) -> None:
    path = film("clip.mp4")
    stamp = datetime(2026, 3, 14, 6, tzinfo=UTC).timestamp()
    os.utime(path, (stamp, stamp))
    recording = open_recording([path])
    assert recording.start == datetime.fromtimestamp(stamp, UTC) - timedelta(seconds=2)
    assert recording.segments[0].clock_source is ClockSource.MODIFIED


def test_300_damaged_films_are_decoded_or_refused(film: FilmMaker, capfd: pytest.CaptureFixture[str]) -> None:
    path = film(frames=20, rotation=90, sound=True, tags={"creation_time": "2026-03-14T05:15:00Z"})
    whole, chance = path.read_bytes(), random.Random(24)
    index = whole.index(b"moov")
    opened = refused = seen = 0
    began, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(300):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 3, 12))):
            content[chance.randrange(index if number % 4 else 0, len(whole))] = chance.choice(
                (0, 255, chance.randrange(256))
            )
        path.write_bytes(content[: chance.randrange(1, len(whole))] if number % 4 == 3 else content)
        try:
            recording = open_recording([path])
        except MediaError:
            refused += 1
            continue
        opened += 1
        assert 0 < recording.seconds < 31 * 86400
        if opened % 3 == 0:  # decoding all of them would take twice as long
            spec = ClipSpec(size=32, resampling=tuple(Resampling)[opened % 2])
            with suppress(MediaError):
                frames = RecordingFrames(recording, spec, threads=2).frames(0, 8)
                seen += sum(frame.pixels is not None for frame in frames)
    assert (opened > 50, refused > 50, seen > 50) == (True, True, True)
    assert time.monotonic() - began < 120
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 500_000  # KiB
    assert capfd.readouterr() == ("", "")


def test_opening_a_folder_tells_of_every_file_and_of_each_packet_that_it_must_pass_over(
    film: FilmMaker, tmp_path: Path
) -> None:
    films = [film("card/20260314_000000.mp4"), film("card/20260314_000002.mkv", frames=100, first_number=50)]
    eeg = write_eeg(tmp_path / "card" / "night.edf", datetime(2026, 3, 14))
    told: list[Path] = []
    open_recording([tmp_path / "card"], time_zone=BERLIN, tell=told.append)
    assert set(told) == {tmp_path / "card", *films, eeg}
    assert told.count(films[1]) > 100, "a night in such a file is read for minutes before it can be shown"
