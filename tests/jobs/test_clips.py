from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Side
from reviewer_app.domain.clip import Channels, ClipSpec, CropPolicy
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import FRAME_STEP, WindowGrid
from reviewer_app.errors import MediaError
from reviewer_app.jobs.clips import ClipOrder, Clips, frames_around, make_clips
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.feed import windows_of
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.library_request import ForgetRecordings
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.trainings import held
from reviewer_app.learning.clip_store import open_store
from reviewer_app.media.crop import automatic_crop
from reviewer_app.media.decoder import FileDecoder
from reviewer_app.media.open import open_recording
from reviewer_app.media.video import RecordingFrames
from tests.conftest import FilmMaker
from tests.jobs.fakes import FakeSource
from tests.jobs.studies import Infant, Study, make_study

SPEC = ClipSpec(size=32, channels=Channels.MOTION, crop=CropPolicy.WHOLE)
LEARN = frozenset((Role.TRAIN, Role.VALIDATE))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    roles = {"a": Role.TRAIN, "b": Role.VALIDATE, "c": Role.HELD_OUT}
    infants = [Infant(patient, role, 40, (12.0, 30.0)) for patient, role in roles.items()]
    return make_study(tmp_path_factory.mktemp("study"), infants)


def order_of(study: Study, **options: Any) -> ClipOrder:
    return ClipOrder(
        **{"snapshot": study.snapshot, "identity": study.identity, "clip": SPEC, "roles": LEARN, **options}
    )


def made(study: Study, order: ClipOrder, folder: Path) -> tuple[list[Message], Clips]:
    folder.mkdir(exist_ok=True)
    with open_library(study.place, hold=False) as library:
        return finished(make_clips(library, order, folder=folder))


def finished(job: Generator[Message, None, Clips]) -> tuple[list[Message], Clips]:
    messages = []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return messages, stop.value


def scanned(path: Path, spec: ClipSpec) -> dict[int, NDArray[np.uint8]]:
    """The clips that a scan of a film scores, by their first frame."""
    recording = open_recording((path,))
    grid = WindowGrid.over(recording.seconds, stride=1)
    source = RecordingFrames(recording, spec, crop=automatic_crop(recording))
    windows = windows_of(source.frames(0, grid.frame_count), grid, seen_by=lambda _: None)
    return {each.window: each.clip() for each in windows if each and each.state is WindowState.SCORED}


def test_a_clip_is_the_pixels_that_a_scan_scores(study: Study, tmp_path: Path) -> None:
    spec = replace(SPEC, crop=CropPolicy.MOVEMENT)
    _, clips = made(study, order_of(study, clip=spec, jitter=3), tmp_path)
    pixels = clips.store.pixels()
    seen = [scanned(film, spec) for film in study.films[:2]]
    assert len(clips.windows) == len(clips.store.present) > 8
    for place, window in enumerate(clips.windows):
        first = round(window.start / FRAME_STEP)
        np.testing.assert_array_equal(pixels[place][3:19], seen[window.source][first])
        # Where the margins are real, a window that was moved is a clip of the scan, too.
        label = clips.store.labels[place]
        for shift in range(-label.before, label.after + 1):
            np.testing.assert_array_equal(pixels[place][3 + shift : 19 + shift], seen[window.source][first + shift])


def test_windows_of_held_out_patients_are_never_decoded(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[Path] = []

    def decoder(segment: Any, **options: Any) -> Any:
        decoded.append(segment.path)
        return FileDecoder(segment, **options)

    monkeypatch.setattr("reviewer_app.media.video.FileDecoder", decoder)
    _, clips = made(study, order_of(study), tmp_path)
    assert set(decoded) == set(study.films[:2])
    assert {label.patient for label in clips.store.labels} == {"a", "b"}


def test_labels_tell_target_patient_side_and_where_spasms_begin(tmp_path: Path, film: FilmMaker) -> None:
    path = film(frames=300, fps=15)  # 20 s
    source = SnapshotSource("a", open_recording((path,)).identity, "", file=path)
    windows = (
        LabelledWindow(0, 0.0, 0.0),
        LabelledWindow(0, 16 * FRAME_STEP, 1.0, (6.25,), Side.LEFT),
        LabelledWindow(0, 40 * FRAME_STEP, 0.5),
        LabelledWindow(0, 48 * FRAME_STEP, 0.0),
    )
    snapshot = Snapshot(SnapshotRules(), (source,), windows, (("a", Role.TRAIN),))
    study = replace(make_study(tmp_path / "empty", ()), snapshot=snapshot)
    _, clips = made(study, order_of(study, jitter=2), tmp_path)
    first, spasm, unsure, last = clips.store.labels
    assert (first.target, first.side, first.onsets) == (0.0, None, (20.0,))  # 4 frames behind the window's last
    assert (first.before, first.after) == (0, 2)
    assert (spasm.target, spasm.side, spasm.onsets, spasm.before, spasm.after) == (1.0, Side.LEFT, (4.0,), 2, 2)
    assert (unsure.target, unsure.onsets) == (0.5, None)
    assert (last.before, last.after) == (2, 0)


def test_a_stopped_making_goes_on_and_ends_with_the_same_clips(study: Study, tmp_path: Path) -> None:
    order = order_of(study, jitter=1)
    _, whole = made(study, order, tmp_path / "whole")
    (tmp_path / "stopped").mkdir()
    with open_library(study.place, hold=False) as library:
        with closing(make_clips(library, order, folder=tmp_path / "stopped")) as job:
            while not any((tmp_path / "stopped").glob("*/filled.npy")):
                next(job)
            for _ in range(8):
                next(job)
        store = open_store(next((tmp_path / "stopped").iterdir()))
        assert 0 < len(store.present) < len(store.labels)
        _, again = finished(make_clips(library, order, folder=tmp_path / "stopped"))
    np.testing.assert_array_equal(again.store.pixels(), whole.store.pixels())
    assert again.store.labels == whole.store.labels


def test_clips_that_are_there_are_not_made_again(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(study, order_of(study), tmp_path)
    monkeypatch.setattr("reviewer_app.media.video.FileDecoder", None)
    _, clips = made(study, order_of(study), tmp_path)
    assert len(clips.store.present) == len(clips.windows)


def test_damaged_clips_are_made_anew(study: Study, tmp_path: Path) -> None:
    _, clips = made(study, order_of(study), tmp_path)
    (clips.store.folder / "clips.json").write_text("{")
    _, again = made(study, order_of(study), tmp_path)
    assert len(again.store.present) == len(again.windows)


@pytest.fixture
def own(tmp_path: Path) -> Study:
    return make_study(
        tmp_path / "own", (Infant("a", seconds=20, onsets=(8.0,)), Infant("b", seconds=20, onsets=(8.0,)))
    )


def test_pixels_go_with_a_recording_that_is_deleted_unless_a_training_works_with_them(own: Study) -> None:
    folder = own.place.folder / "trainings"
    _, clips = made(own, order_of(own), folder)
    forget = partial(ForgetRecordings, own.place, rater=None)
    with held(clips.store.folder):
        list(run_job(forget(recordings=(1,)), Control(get_context("spawn"))))
        assert clips.store.folder.exists()
    list(run_job(forget(recordings=(2,)), Control(get_context("spawn"))))
    assert not clips.store.folder.exists()


def test_a_missing_file_is_refused_or_left_out_as_the_person_wants(own: Study, tmp_path: Path) -> None:
    own.films[0].unlink()
    with pytest.raises(MediaError, match=r"no file a\.mp4.*--without-missing"):
        made(own, order_of(own), tmp_path)
    messages, clips = made(own, order_of(own, without_missing=True), tmp_path)
    assert any(isinstance(m, Remark) and m.text.startswith("Left out:") and "a.mp4" in m.text for m in messages)
    assert {label.patient for label in clips.store.labels} == {"b"}


def test_a_file_that_comes_back_is_in_the_clips_again(own: Study, tmp_path: Path) -> None:
    away = own.films[0].rename(tmp_path / "away.mp4")
    made(own, order_of(own, without_missing=True), tmp_path)
    away.rename(own.films[0])
    _, clips = made(own, order_of(own, without_missing=True), tmp_path)
    assert {label.patient for label in clips.store.labels} == {"a", "b"}


def test_a_replaced_file_is_refused(own: Study, tmp_path: Path) -> None:
    own.films[0].write_bytes(own.films[1].read_bytes())
    with pytest.raises(MediaError, match=r"a\.mp4 is not the file that was labelled"):
        made(own, order_of(own), tmp_path)


def test_nothing_left_to_learn_from_is_said(own: Study, tmp_path: Path) -> None:
    for film in own.films:
        film.unlink()
    with pytest.raises(MediaError, match="None of the snapshot's recordings"):
        made(own, order_of(own, without_missing=True), tmp_path)


def test_a_replaced_clip_file_is_refused(tmp_path: Path, film: FilmMaker) -> None:
    path = film(frames=100)
    source = SnapshotSource("a", "of-another-file", "", file=path)
    snapshot = Snapshot(SnapshotRules(), (source,), (LabelledWindow(0, 0.0, 0.0),), (("a", Role.TRAIN),))
    study = replace(make_study(tmp_path / "empty", ()), snapshot=snapshot)
    with pytest.raises(MediaError, match=r"film\.mp4 is not the file that was labelled"):
        made(study, order_of(study), tmp_path)


def test_windows_that_cannot_be_decoded_are_left_out_and_counted(tmp_path: Path, film: FilmMaker) -> None:
    path = film("cut.mkv", frames=300, fps=15)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    source = SnapshotSource("a", open_recording((path,)).identity, "", file=path)
    windows = tuple(LabelledWindow(0, start, 0.0) for start in (0.0, 14.375))
    snapshot = Snapshot(SnapshotRules(), (source,), windows, (("a", Role.TRAIN),))
    study = replace(make_study(tmp_path / "empty", ()), snapshot=snapshot)
    messages, clips = made(study, order_of(study), tmp_path)
    assert clips.store.present == (0,)
    assert any(isinstance(m, Remark) and m.text.startswith("1 of 2 windows") for m in messages)


def around(source: FakeSource, firsts: list[int], margin: int) -> dict[int, Any]:
    """What each window shows: the numbers that its frames spell; None where it would not be scored."""
    frames = frames_around(source, firsts, margin=margin)
    return {
        first: None if pixels is None else pixels[:, 0, 0, 0].tolist()
        for first, pixels in (each for each in frames if each is not None)
    }


def test_windows_far_apart_are_sought_and_what_lies_between_close_ones_is_decoded_once() -> None:
    source = FakeSource()
    around(source, [10, 20, 200], 2)
    assert source.given == [*range(8, 38), *range(198, 218)]
    assert source.closed == 2


def test_margins_repeat_their_neighbours_where_there_is_no_picture() -> None:
    found = around(FakeSource(gaps=(20,)), [0, 4], 3)
    assert found[0] == [0, 0, 0, *range(16), 16, 17, 18]
    assert found[4] == [1, 2, 3, *range(4, 20), 19, 21, 22]


def test_a_missing_picture_in_the_window_looks_as_in_a_scan_whatever_the_margin_shows() -> None:
    found = around(FakeSource(gaps=(10,)), [10], 2)
    assert found[10][:4] == [8, 9, 11, 11]


def test_a_window_that_a_scan_would_not_score_has_no_pixels() -> None:
    assert around(FakeSource(gaps=range(5, 30)), [5, 40], 1)[5] is None


class Slow(FakeSource):
    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        import time

        time.sleep(0.7)
        yield from super().frames(first, stop)


def test_a_slow_decoder_lets_the_job_keep_speaking() -> None:
    assert None in list(frames_around(Slow(), [0], margin=0))
