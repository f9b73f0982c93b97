"""Files of a phantom hold the right pictures at the right seconds, under the names that recorders give."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.errors import RequestError
from reviewer_app.phantom import encode, record
from reviewer_app.phantom.record import PhantomNight, PhantomProgress, write_phantom
from reviewer_app.phantom.scene import SceneKind, ShotPlan
from reviewer_app.phantom.script import PhantomPlan, write_script
from reviewer_app.phantom.truth import read_truth


class GreyRenderer:
    """Spells the second of the shot and which shot it is as two shades of grey."""

    def __init__(self, plan: ShotPlan, *, size: tuple[int, int]) -> None:
        self._plan, (self._width, self._height) = plan, size

    def frame(self, time: float) -> NDArray[np.uint8]:
        picture = np.full((self._height, self._width, 3), 40 + 8 * (int(time) % 23), np.uint8)
        picture[: self._height // 2] = 40 + 8 * (self._plan.seed % 23)
        return picture


@pytest.fixture
def grey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "ShotRenderer", GreyRenderer)


def plan(to: Path, **changes: Any) -> PhantomPlan:
    return replace(PhantomPlan(to, seconds=16.0, size=(64, 48), workers=1, eeg=False, sound=False), **changes)


def finished(request: PhantomPlan) -> PhantomNight:
    *progress, night = write_phantom(request)
    assert isinstance(night, PhantomNight)
    shares = [step.done / step.total for step in progress if isinstance(step, PhantomProgress)]
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0001
    return night


def pictures(path: Path) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """Time and upright picture of each frame."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            assert frame.time is not None
            yield frame.time, np.rot90(frame.to_ndarray(format="gray"), frame.rotation // 90)


@pytest.mark.usefixtures("grey")
def test_every_second_of_every_file_shows_what_the_script_says(tmp_path: Path) -> None:
    request = plan(tmp_path, seconds=96.0, files=2, gap=40, clusters=1)  # shots of more than one piece
    script = write_script(request)
    night = finished(request)
    for path, file in zip(night.files, script.files, strict=True):
        seen = list(pictures(path))
        assert seen[0][0] == 0
        for time, picture in seen:
            take = next(t for t in reversed(file.takes) if t.start <= file.start + time + 1e-4)
            second = file.start + time - take.start
            if 0.05 < second % 1 < 0.95:
                assert abs(float(np.median(picture[30:])) - (40 + 8 * (int(second) % 23))) < 4
                assert abs(float(np.median(picture[:20])) - (40 + 8 * (take.shot.seed % 23))) < 4
        assert seen[-1][0] == pytest.approx(file.stop - file.start, abs=0.1)


@pytest.mark.usefixtures("grey")
def test_a_slow_camera_takes_fewer_pictures_of_the_same_night(tmp_path: Path) -> None:
    seen = {}
    for rate in (25.0, 12.5):
        (path,) = finished(plan(tmp_path / f"{rate:g}", files=1, scene=SceneKind.CLINIC, frame_rate=rate)).files
        seen[rate] = {round(time, 2): float(np.median(picture[30:])) for time, picture in pictures(path)}
        with av.open(str(path)) as container:
            assert container.streams.video[0].average_rate == rate
    assert list(seen[12.5]) == list(seen[25.0])[::2]
    assert all(abs(seen[25.0][time] - shade) < 4 for time, shade in seen[12.5].items())


@pytest.mark.usefixtures("grey")
def test_a_long_night_repeats_shots_with_the_right_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PhantomPlan, "distinct", property(lambda self: False))
    request = plan(tmp_path, seconds=480.0, files=1, size=(32, 32))
    script = write_script(request)
    night = finished(request)
    takes = script.files[0].takes
    assert len({take.shot for take in takes}) < len(takes)
    last = 0.0
    for time, picture in pictures(night.files[0]):
        take = next(t for t in reversed(takes) if t.start <= time + 1e-4)
        if 0.05 < (time - take.start) % 1 < 0.95:
            assert abs(float(np.median(picture[:10])) - (40 + 8 * (take.shot.seed % 23))) < 5
        assert time - last < 0.1
        last = time


@pytest.mark.usefixtures("grey")
def test_names_and_container_tell_the_wall_clock(tmp_path: Path) -> None:
    night = finished(plan(tmp_path))
    for path, name in zip(night.files, ("20h58m30", "20h59m18"), strict=True):
        assert path.name == f"PHANTOM-0007_22-FEB-2026_{name}.0000s_Video.mp4"
        with av.open(str(path)) as container:
            said = datetime.fromisoformat(container.metadata["creation_time"])
        here = datetime.strptime(name, "%Hh%Mm%S").replace(year=2026, month=2, day=22)
        assert said == here.astimezone(UTC)
    assert finished(plan(tmp_path / "phone", scene=SceneKind.PHONE)).files[0].name == "VID_20260222_060822.mp4"


@pytest.mark.usefixtures("grey")
def test_a_phone_clip_is_upright_once_its_rotation_is_applied(tmp_path: Path) -> None:
    night = finished(plan(tmp_path, seconds=8.0, scene=SceneKind.PHONE, size=(48, 64)))
    with av.open(str(night.files[0])) as container:
        video = container.streams.video[0]
        assert (video.codec_context.width, video.codec_context.height) == (64, 48)
    for time, picture in pictures(night.files[0]):
        assert picture.shape == (64, 48)
        if 0.05 < time % 1 < 0.95:
            assert abs(float(np.median(picture[40:])) - (40 + 8 * int(time))) < 4


@pytest.mark.usefixtures("grey")
def test_sound_lasts_as_long_as_the_picture_and_no_sound_means_no_track(tmp_path: Path) -> None:
    night = finished(plan(tmp_path, files=1, sound=True))
    with av.open(str(night.files[0])) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) == 16 * 16_000
    silent = finished(plan(tmp_path / "silent", seconds=8.0, files=1))
    with av.open(str(silent.files[0])) as container:
        assert not container.streams.audio


@pytest.mark.usefixtures("grey")
def test_truth_and_eeg_lie_beside_the_video(tmp_path: Path) -> None:
    night = finished(plan(tmp_path, eeg=True))
    assert len(read_truth(night.truth)) == len(night.events)
    assert night.eeg is not None
    assert night.eeg.name == "PHANTOM-0007_22-FEB-2026_20h58m30.0000s.edf"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in (*night.files, night.eeg, night.truth, night.truth.with_suffix(".json"))
    )


@pytest.mark.usefixtures("grey")
def test_matroska_holds_the_same_pictures(tmp_path: Path) -> None:
    night = finished(plan(tmp_path, seconds=8.0, files=1, container="mkv"))
    assert night.files[0].suffix == ".mkv"
    with av.open(str(night.files[0])) as container:
        assert "matroska" in container.format.name
        assert sum(1 for _ in container.decode(video=0)) in (100, 200)


@pytest.mark.usefixtures("grey")
def test_cancelling_leaves_no_half_file(tmp_path: Path) -> None:
    steps = write_phantom(plan(tmp_path, eeg=True))
    for _ in steps:
        if list(tmp_path.glob("*.part")):
            break
    assert list(tmp_path.glob("*.part"))
    getattr(steps, "close")()  # noqa: B009 an iterator to the caller, a generator in truth
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_cannot_be_made_is_refused_before_any_drawing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="cannot be written"):
        next(write_phantom(plan(tmp_path / "file" / "inner")))


def test_a_full_drive_is_refused_before_any_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(RequestError, match="free some space"):
        next(write_phantom(plan(tmp_path)))


@pytest.mark.usefixtures("grey")
def test_the_night_does_not_depend_on_the_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = finished(plan(tmp_path / "one", seconds=48.0, sound=True))
    monkeypatch.setattr(record, "ProcessPoolExecutor", lambda workers, mp_context: ThreadPoolExecutor(workers))
    shared = finished(plan(tmp_path / "three", seconds=48.0, sound=True, workers=3))
    assert [path.read_bytes() for path in alone.files] == [path.read_bytes() for path in shared.files]


def test_real_infants_are_drawn_in_processes_of_their_own(tmp_path: Path) -> None:
    night = finished(plan(tmp_path, seconds=8.0, files=1, workers=2))
    shades = [picture for _, picture in pictures(night.files[0])]
    assert np.std(shades[0]) > 5
    assert any(np.any(shades[0] != shade) for shade in shades)
