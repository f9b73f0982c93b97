import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.clip import ClipSpec, Resampling
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.window import FRAME_STEP, Interval, frame_time
from reviewer_app.errors import MediaError
from reviewer_app.media.packets import LONGEST_HELD
from reviewer_app.media.person import PersonDetector
from reviewer_app.media.prepare import moments
from reviewer_app.media.video import RecordingFrames
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of
from tests.media.test_crop import answers, detector_that_answers
from tests.media_maker import WHOLE, read_number

LETTERBOX = (0.0, 0.125, 1.0, 0.875)
"""Where a 4:3 film lies in a square frame."""

PILLARBOX = (0.125, 0.0, 0.875, 1.0)
"""Where a 3:4 film lies in a square frame."""

BOXES = {Resampling.AREA: LETTERBOX, Resampling.TRILINEAR: WHOLE}
"""Where a 4:3 film lies in a frame that was made so."""

SPEC = ClipSpec(size=64)


def frames_of(recording: Recording, spec: ClipSpec = SPEC, *, first: int = 0) -> list[GridFrame]:
    return list(RecordingFrames(recording, spec, threads=2).frames(first, math.ceil(recording.seconds / FRAME_STEP)))


def number_of(frame: GridFrame, box: tuple[float, float, float, float] = LETTERBOX) -> int:
    assert frame.pixels is not None
    return read_number(frame.pixels, box)


def assert_same(one: Sequence[GridFrame], other: Sequence[GridFrame]) -> None:
    assert [frame.number for frame in one] == [frame.number for frame in other]
    for a, b in zip(one, other, strict=True):
        assert (a.pixels is None) == (b.pixels is None)
        assert a.pixels is None or np.array_equal(a.pixels, np.asarray(b.pixels))
        assert a.undecodable == b.undecodable
        np.testing.assert_array_equal([*a.quality, a.motion], [*b.quality, b.motion])


def zero(path: Path, start: float, stop: float) -> None:
    """Overwrites a part of a file, in fractions of its size, with zeros."""
    content = bytearray(path.read_bytes())
    part = slice(int(len(content) * start), int(len(content) * stop))
    content[part] = bytes(part.stop - part.start)
    path.write_bytes(content)


def test_a_grid_frame_shows_the_picture_at_the_middle_of_its_cell(film: FilmMaker) -> None:
    frames = frames_of(recording_of(film(frames=75)))
    assert [number_of(frame) for frame in frames[:9]] == [int(frame_time(k) * 25) for k in range(9)]


def test_variable_frame_rate_is_read_by_time_and_not_by_count(film: FilmMaker) -> None:
    steps = np.random.default_rng(3).choice([1 / 30, 1 / 15, 0.5, 1.0], size=40)
    times = [0.0, *np.cumsum(steps).tolist()]
    for frame in frames_of(recording_of(film(frames=41, times=times)))[:-1]:
        assert number_of(frame) == bisect_right(times, frame_time(frame.number) + 1e-4) - 1


def test_a_first_time_stamp_that_is_not_zero_is_recording_second_zero(film: FilmMaker) -> None:
    frames = frames_of(recording_of(film("late.mkv", first_pts=10.0)))
    assert number_of(frames[2]) == int(frame_time(2) * 25)


@pytest.mark.parametrize(("rotation", "mirrored"), [(90, False), (180, False), (270, False), (0, True), (90, True)])
def test_a_turned_film_is_seen_upright(film: FilmMaker, rotation: int, mirrored: bool) -> None:
    frames = frames_of(recording_of(film(rotation=rotation, mirrored=mirrored)))
    assert number_of(frames[3], PILLARBOX if rotation % 180 else LETTERBOX) == int(frame_time(3) * 25)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("b.mp4", {"b_frames": 3}),
        ("open.mkv", {"encoder": {"x264-params": "bframes=3:scenecut=0:open-gop=1"}}),
        ("open.ts", {"encoder": {"x264-params": "bframes=3:scenecut=0:open-gop=1"}}),
        ("variable.mp4", {"b_frames": 2, "times": [i * 0.04 + (i % 7) * 0.005 for i in range(250)]}),
        ("plain.avi", {"codec": "mpeg4"}),
    ],
)
@pytest.mark.parametrize("resampling", Resampling)
def test_frames_are_the_same_bits_wherever_decoding_starts(
    film: FilmMaker, name: str, options: dict[str, object], resampling: Resampling
) -> None:
    recording = recording_of(film(name, frames=250, keyframe_every=40, **options))
    spec = ClipSpec(size=48, resampling=resampling)
    whole = frames_of(recording, spec)
    assert all(frame.pixels is not None for frame in whole[:31])
    for first in (1, 7, 18, 30):
        assert_same(frames_of(recording, spec, first=first), whole[first:])


def test_a_gap_is_no_picture_and_nothing_undecodable(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4"), film("b.mp4", first_number=500), starts=(0.0, 5.0))
    frames = frames_of(recording)
    gap = [frame for frame in frames if 2.0 <= frame_time(frame.number) < 5.0]
    assert [(frame.pixels, frame.undecodable) for frame in gap] == [(None, False)] * len(gap)
    after = frames[17]
    assert number_of(after) == 500 + int((frame_time(17) - 5.0) * 25)
    assert math.isnan(frames[16].motion)


def test_a_pause_in_the_time_stamps_is_not_shown_as_a_still_picture(film: FilmMaker) -> None:
    pause = LONGEST_HELD + 1.0
    times = [i / 25 + (pause if i >= 50 else 0.0) for i in range(100)]
    frames = frames_of(recording_of(film(times=times, frames=100)))
    lost = [frame for frame in frames if 2.1 < frame_time(frame.number) < 2.0 + pause]
    assert len(lost) >= 8
    assert all(frame.pixels is None and frame.undecodable for frame in lost)
    assert number_of(frames[21]) == 50 + int((frame_time(21) - 2.0 - pause) * 25)


@pytest.mark.parametrize(
    ("name", "options"),
    [("cut.mp4", {"muxer": {"movflags": "faststart"}}), ("cut.mkv", {}), ("cut.avi", {"codec": "mpeg4"})],
)
def test_the_lost_half_of_a_truncated_file_is_undecodable(
    film: FilmMaker, name: str, options: dict[str, object]
) -> None:
    path = film(name, frames=250, **options)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    frames = frames_of(recording_of(path))
    assert len(frames) == 32
    there = [frame for frame in frames if frame.pixels is not None]
    assert 10 <= len(there) <= 20
    assert [number_of(frame) for frame in there] == [int(frame_time(frame.number) * 25) for frame in there]
    assert all(frame.undecodable for frame in frames[len(there) :])


@pytest.mark.parametrize("late", [-0.02, -0.002, 0.0])  # seconds from the middle of cell 10
@pytest.mark.parametrize("fps", [25.0, 60.0])
@pytest.mark.parametrize("resampling", Resampling)
def test_the_first_picture_stands_for_what_a_frame_would_take_from_before_it(
    film: FilmMaker, late: float, fps: float, resampling: Resampling
) -> None:
    start = frame_time(10) + late
    films = film("a.mp4"), film("b.mp4", fps=fps, frames=round(2 * fps), first_number=500)
    frames = frames_of(recording_of(*films, starts=(0.0, start)), replace(SPEC, resampling=resampling))
    assert not any(frame.undecodable for frame in frames)
    assert [frame.pixels is None for frame in frames[6:11]] == [True] * 4 + [False]
    latest = moments(10, resampling)[-1]  # of which most is mixed into the frame
    assert number_of(frames[10], BOXES[resampling]) == 500 + int(max(0.0, latest - start) * fps)


@pytest.mark.parametrize("name", ["end.mp4", "end.mkv", "end.ts", "end.avi"])
@pytest.mark.parametrize("resampling", Resampling)
def test_the_last_picture_stands_for_what_a_frame_would_take_from_behind_it(
    film: FilmMaker, name: str, resampling: Resampling
) -> None:
    # Picture 42, the last, ends 1 ms behind the middle of cell 5.
    recording = recording_of(film(name, frames=43, codec="mpeg4" if name.endswith("avi") else "libx264"))
    *_, last = frames_of(recording, replace(SPEC, resampling=resampling))
    assert (last.number, last.undecodable, number_of(last, BOXES[resampling])) == (5, False, 42)


@pytest.mark.parametrize("resampling", Resampling)
def test_a_hole_is_as_long_however_frames_are_made(film: FilmMaker, resampling: Resampling) -> None:
    # Ends 1 ms behind the middle of cell 5 and goes on 1 ms before that of cell 21.
    times = [i / 25 if i < 43 else frame_time(21) - 0.001 + (i - 43) / 25 for i in range(86)]
    frames = frames_of(recording_of(film(times=times, frames=86)), replace(SPEC, resampling=resampling))
    assert [frame.number for frame in frames if frame.undecodable] == list(range(6, 21))
    assert [number_of(frames[k], BOXES[resampling]) for k in (5, 21)] == [42, 43]


# 0.44 loses less than LONGEST_HELD: no picture may stand for what is known to be lost, however short.
@pytest.mark.parametrize("stop", [0.44, 0.5])
@pytest.mark.parametrize(("name", "options"), [("hole.mp4", {}), ("hole.mkv", {}), ("hole.avi", {"codec": "mpeg4"})])
def test_decoding_goes_on_behind_a_zeroed_part(
    film: FilmMaker, name: str, options: dict[str, object], stop: float
) -> None:
    recording = recording_of(film(name, frames=500, **options))
    zero(recording.segments[0].path, 0.4, stop)
    whole = frames_of(recording)
    lost = [frame.number for frame in whole if frame.undecodable]
    assert lost
    assert 0.3 < lost[0] / len(whole) < lost[-1] / len(whole) < 0.65
    for frame in whole[: lost[0]] + whole[lost[-1] + 1 : -1]:
        assert number_of(frame) == int(frame_time(frame.number) * 25)
    for first in (lost[0], lost[-1], lost[-1] + 3):
        assert_same(frames_of(recording, first=first), whole[first:])


def test_what_killed_the_decoder_is_not_decoded_again(film: FilmMaker) -> None:
    recording = recording_of(film(frames=250, keyframe_every=40))
    zero(recording.segments[0].path, 0.5, 0.55)  # would be found damaged if it were fed to the decoder
    source = RecordingFrames(recording, SPEC, skip=(Interval(4.0, 7.0),), threads=2)
    frames = list(source.frames(0, 32))
    # The key picture before 7 s lies at 6.4 s, among what may not be decoded; the next one at 8 s.
    assert [frame.number for frame in frames if frame.undecodable] == list(range(13, 26))
    for frame in frames[:13] + frames[26:]:
        assert number_of(frame) == int(frame_time(frame.number) * 25)


def test_what_killed_the_decoder_is_not_decoded_for_a_frame_behind_it(film: FilmMaker) -> None:
    recording = recording_of(film(frames=250, keyframe_every=40))
    # The skip ends before the middle of cell 22, of which TRILINEAR would take a picture at 7.0 s.
    spec = replace(SPEC, resampling=Resampling.TRILINEAR)
    source = RecordingFrames(recording, spec, skip=(Interval(4.0, 7.02),), threads=2)
    for first in (0, 22):
        undecodable = [frame.number for frame in source.frames(first, 32) if frame.undecodable]
        assert undecodable == list(range(max(first, 13), 26))


def test_a_file_that_is_gone_is_named_and_the_place_is_kept(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4"), film("b.mp4"))
    frames = RecordingFrames(recording, SPEC).frames(0, 12)
    next(frames)
    recording.segments[1].path.unlink()
    with pytest.raises(MediaError, match=r"b\.mp4 is gone.*kept"):
        list(frames)


def test_an_overlap_shows_the_earlier_segment(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4"), film("b.mp4", first_number=500), starts=(0.0, 1.0))
    frames = frames_of(recording)
    assert [number_of(frame) for frame in frames[3:8]] == [int(frame_time(k) * 25) for k in (3, 4, 5)] + [
        500 + int((frame_time(k) - 1.0) * 25) for k in (6, 7)
    ]


@pytest.mark.parametrize(
    ("codec", "pixel_format", "width"),
    [
        ("libx264", "yuvj420p", 128),
        ("libx265", "yuv420p10le", 128),
        ("libx264", "gray", 128),
        ("libx264", "nv12", 128),
        ("libx264", "yuv444p", 127),
        ("mjpeg", "yuvj422p", 128),
    ],
)
def test_odd_pixel_formats_and_sizes_are_read(film: FilmMaker, codec: str, pixel_format: str, width: int) -> None:
    recording = recording_of(film("odd.mkv", codec=codec, pixel_format=pixel_format, width=width))
    assert number_of(frames_of(recording)[4]) == int(frame_time(4) * 25)


def test_a_scan_resumed_just_before_a_key_picture_of_an_avi_begins_with_the_one_before(film: FilmMaker) -> None:
    recording = recording_of(film("key.avi", codec="mpeg4", frames=200))
    # Key picture 168 begins 1 ms behind the middle of cell 21; AVI's ticks are whole pictures, far longer than that.
    assert_same(frames_of(recording, first=22), frames_of(recording)[22:])


def test_visibility_is_looked_at_once_in_every_window_at_the_same_frames_wherever_a_scan_starts(
    film: FilmMaker, tmp_path: Path
) -> None:
    recording = recording_of(film(frames=300, fps=25))
    detector = PersonDetector(detector_that_answers(tmp_path / "yolo.onnx", answers()[0]))
    source = RecordingFrames(recording, SPEC, detector=detector)
    for first in (0, 5):
        seen = {frame.number: frame.visibility for frame in source.frames(first, 38)}
        looked = [number for number, value in seen.items() if not math.isnan(value)]
        assert looked == [number for number in (0, 16, 32) if number >= first]
        assert seen[16] == pytest.approx(0.9)
