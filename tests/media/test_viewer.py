"""A person sees the picture that the model gets for the same second, wherever one looks and steps."""

import math
import random
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import FRAME_STEP, Interval, frame_time
from reviewer_app.errors import MediaError
from reviewer_app.media.packets import LONGEST_HELD
from reviewer_app.media.reel import AbandonedError
from reviewer_app.media.video import RecordingFrames
from reviewer_app.media.viewer import Converter, Lack, Missing, ShownFrame, Sight, Viewer
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of
from tests.media_maker import read_number

STEPS = np.random.default_rng(5).choice([1 / 30, 1 / 15, 0.1, 0.4], size=239)
VARIABLE = [0.0, *np.cumsum(STEPS).tolist()]

FILMS: dict[str, dict[str, Any]] = {
    "variable.mp4": {"frames": 240, "times": VARIABLE, "b_frames": 2, "keyframe_every": 30},
    "turned.mp4": {"frames": 240, "rotation": 90, "keyframe_every": 60},
    "mirrored.mkv": {"frames": 240, "rotation": 180, "mirrored": True},
    "hevc.mp4": {"frames": 240, "codec": "libx265", "pixel_format": "yuv420p10le", "keyframe_every": 40},
    "late.mkv": {"frames": 240, "first_pts": 10.0, "fps": 24.0},
    "late.ts": {"frames": 240, "first_pts": 10.0, "b_frames": 3},
}


def number_of(sight: Sight | None, converter: Converter | None = None) -> int:
    assert isinstance(sight, ShownFrame)
    picture = sight.picture
    pixels = (converter or Converter()).pixels(sight, width=picture.width, height=picture.height)
    assert pixels.shape == (picture.height, picture.width, 4)
    return read_number(pixels[..., :3])


def model_numbers(recording: Recording) -> dict[float, int | None]:
    """Which frame the model gets at the middle of each cell of the grid."""
    spec = ClipSpec(size=64)
    turned = recording.segments[0].picture.rotation % 180 == 90
    box = (0.125, 0.0, 0.875, 1.0) if turned else (0.0, 0.125, 1.0, 0.875)
    frames = RecordingFrames(recording, spec, threads=2).frames(0, math.floor(recording.seconds / FRAME_STEP))
    return {
        frame_time(frame.number): None if frame.pixels is None else read_number(frame.pixels, box) for frame in frames
    }


def zero(path: Path, start: float, stop: float) -> None:
    content = bytearray(path.read_bytes())
    part = slice(int(len(content) * start), int(len(content) * stop))
    content[part] = bytes(part.stop - part.start)
    path.write_bytes(content)


def everything(viewer: Viewer) -> list[Sight]:
    """All sights from the first to the last."""
    sights: list[Sight] = []
    sight: Sight | None = viewer.at(0.0)
    while sight is not None:
        sights.append(sight)
        sight = viewer.after(sight)
    return sights


@pytest.mark.parametrize("name", FILMS)
def test_every_second_shows_a_person_the_frame_that_the_model_gets(film: FilmMaker, name: str) -> None:
    recording = recording_of(film(name, **FILMS[name]))
    viewer = Viewer(recording, threads=2)
    model = model_numbers(recording)
    times = list(model)
    random.Random(1).shuffle(times)
    assert [number_of(viewer.at(time)) for time in times] == [model[time] for time in times]
    viewer.close()


@pytest.mark.parametrize("name", FILMS)
def test_500_seeks_and_500_steps_show_no_wrong_frame(film: FilmMaker, name: str) -> None:
    recording = recording_of(film(name, **FILMS[name]))
    times = VARIABLE if name.startswith("variable") else [i / FILMS[name].get("fps", 25.0) for i in range(240)]
    viewer, converter, choice = Viewer(recording, threads=2, most_bytes=1), Converter(), random.Random(name)
    for _ in range(500 // len(FILMS) + 1):
        time = choice.uniform(0.0, recording.seconds)
        sight = viewer.at(time)
        # Containers round time stamps to a tick, which decides only in the instant beside it.
        near = {bisect_right(times, time + rounding) - 1 for rounding in (-0.0006, 0.0006)}
        assert number_of(sight, converter) in near
        assert sight.interval.contains(time)
    number = number_of(sight, converter)
    for _ in range(500 // len(FILMS) + 1):
        forwards = choice.random() < (0.8 if choice.random() < 0.5 else 0.2)
        step = viewer.after(sight) if forwards else viewer.before(sight)
        if step is None:
            assert number == (239 if forwards else 0)
            continue
        sight, number = step, number + (1 if forwards else -1)
        assert number_of(sight, converter) == number
        assert isinstance(sight, ShownFrame)
        assert number_of(viewer.at(sight.time), converter) == number  # its own second leads back to it
    viewer.close()


def test_stepping_goes_through_all_frames_across_segments_and_stops_once_at_a_gap(film: FilmMaker) -> None:
    paths = film("a.mp4"), film("b.mp4", first_number=500), film("c.mkv", first_number=700, first_pts=3.0)
    recording = recording_of(*paths, starts=(0.0, 5.0, 7.0))
    viewer = Viewer(recording)
    sights = everything(viewer)
    gap = sights.pop(50)
    assert gap == Missing(Interval(recording.segments[0].interval.stop, 5.0), Lack.GAP)
    assert [number_of(sight) for sight in sights] == [*range(50), *range(500, 550), *range(700, 750)]
    assert [sight.position for sight in sights if isinstance(sight, ShownFrame)] == [0] * 50 + [1] * 50 + [2] * 50
    back: list[Sight] = []
    sight: Sight | None = viewer.at(recording.seconds)
    while sight is not None:
        back.append(sight)
        sight = viewer.before(sight)
    back.remove(gap)
    assert [number_of(sight) for sight in back] == [number_of(sight) for sight in reversed(sights)]
    viewer.close()


def test_sights_follow_each_other_without_a_break(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4", b_frames=2), film("b.mp4"), starts=(0.0, 5.0))
    viewer = Viewer(recording)
    sights = everything(viewer)
    assert sights[0].interval.start == 0.0
    assert sights[-1].interval.stop == recording.seconds
    for one, other in pairwise(sights):
        assert other.interval.start == pytest.approx(one.interval.stop, abs=1e-5)
    viewer.close()


def test_a_pause_and_the_lost_half_of_a_truncated_file_are_said_to_be_undecodable(film: FilmMaker) -> None:
    pause = LONGEST_HELD + 1.0
    paused = film("paused.mp4", frames=100, times=[i / 25 + (pause if i >= 50 else 0.0) for i in range(100)])
    cut = film("cut.mp4", frames=250, muxer={"movflags": "faststart"})
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    for path in (paused, cut):
        recording = recording_of(path)
        viewer = Viewer(recording)
        model = model_numbers(recording)
        assert None in model.values()
        for time, number in model.items():
            sight = viewer.at(time)
            if number is None:
                assert isinstance(sight, Missing)
                assert sight.why is Lack.UNDECODABLE
                assert sight.interval.contains(time)
            else:
                assert number_of(sight) == number
        assert sum(isinstance(sight, Missing) for sight in everything(viewer)) == 1
        viewer.close()


@pytest.mark.parametrize(("name", "options"), [("hole.mp4", {}), ("hole.mkv", {}), ("hole.avi", {"codec": "mpeg4"})])
def test_a_zeroed_part_is_lost_for_people_as_for_the_model(
    film: FilmMaker, name: str, options: dict[str, object]
) -> None:
    recording = recording_of(film(name, frames=500, **options))
    zero(recording.segments[0].path, 0.4, 0.5)
    model = model_numbers(recording)
    times = list(model)
    random.Random(2).shuffle(times)
    viewer = Viewer(recording, threads=2)
    for time in times:
        sight = viewer.at(time)
        number = None if isinstance(sight, Missing) else number_of(sight)
        assert number == model[time]
    viewer.close()


def test_what_killed_the_decoder_is_not_decoded_for_looking_either(film: FilmMaker) -> None:
    recording = recording_of(film(frames=250, keyframe_every=40))
    zero(recording.segments[0].path, 0.5, 0.55)  # would be found damaged if it were fed to the decoder
    viewer = Viewer(recording, skip=(Interval(4.0, 7.0),))
    assert viewer.at(5.0) == Missing(Interval(4.0, 7.0), Lack.UNDECODABLE)
    assert number_of(viewer.at(3.99)) == 99
    # The key picture before 7 s lies at 6.4 s, among what may not be decoded; the next one at 8 s.
    lost = viewer.at(7.5)
    assert isinstance(lost, Missing)
    assert (lost.interval.start, lost.why) == (7.0, Lack.UNDECODABLE)
    assert lost.interval.stop == pytest.approx(8.0, abs=0.001)
    assert number_of(viewer.at(8.0)) == 200
    viewer.close()


def test_an_overlap_shows_the_earlier_segment(film: FilmMaker) -> None:
    recording = recording_of(film("a.mp4"), film("b.mp4", first_number=500), starts=(0.0, 1.0))
    viewer = Viewer(recording)
    numbers = [number_of(sight) for sight in everything(viewer)]
    assert numbers == [*range(50), *range(525, 550)]
    viewer.close()


def test_steps_both_ways_in_a_long_group_of_pictures_are_exact_with_little_memory(film: FilmMaker) -> None:
    viewer = Viewer(recording_of(film(frames=120, keyframe_every=120)), most_bytes=1)
    sight: Sight | None = viewer.at(4.0)
    for number in range(100, 40, -1):
        assert number_of(sight) == number
        assert sight is not None
        sight = viewer.before(sight)
    viewer.close()


def test_an_answer_that_nobody_waits_for_is_given_up(film: FilmMaker) -> None:
    viewer = Viewer(recording_of(film(frames=120, keyframe_every=120)))
    patience = iter([True, True, True])
    with pytest.raises(AbandonedError):
        viewer.at(4.0, wanted=lambda: next(patience, False))
    assert number_of(viewer.at(4.0)) == 100
    viewer.close()


def test_the_pixels_are_upright_in_the_size_asked_for(film: FilmMaker) -> None:
    viewer = Viewer(recording_of(film(rotation=90, width=128, height=96)))
    sight = viewer.at(1.0)
    assert isinstance(sight, ShownFrame)
    pixels = Converter().pixels(sight, width=60, height=80)
    assert pixels.shape == (80, 60, 4)
    assert read_number(pixels[..., :3]) == 25
    assert (pixels[..., 3] == 255).all()
    viewer.close()


def test_a_file_that_is_gone_is_named(film: FilmMaker) -> None:
    recording = recording_of(film("gone.mp4"))
    recording.segments[0].path.unlink()
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        Viewer(recording).at(0.0)
