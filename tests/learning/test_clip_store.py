import os
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.annotation import Side
from reviewer_app.errors import RequestError
from reviewer_app.learning.clip_store import ClipLabel, ClipStore, ClipWriter, create_store, open_store

LABELS = (
    ClipLabel(1.0, "a", Side.LEFT, (4.5,), before=2, after=2),
    ClipLabel(0.0, "b", None, (), before=2, after=1),
    ClipLabel(0.5, "b"),
)


def made(folder: Path, labels: tuple[ClipLabel, ...] = LABELS, *, identity: str = "made of something") -> ClipStore:
    return create_store(folder, labels, size=8, jitter=2, identity=identity)


def frames(value: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((20, 8, 8, 3), value, np.uint8)


def test_a_store_gives_back_what_was_put_in_it(tmp_path: Path) -> None:
    with ClipWriter(made(tmp_path / "clips")) as writer:
        writer.put(2, frames(7))
        writer.put(0, frames(9))
        writer.leave_out(1)
    store = open_store(tmp_path / "clips")
    assert store.labels == LABELS
    assert (store.size, store.jitter, store.identity) == (8, 2, "made of something")
    assert store.pixels()[:, 3, 1, 1, 2].tolist() == [9, 0, 7]
    assert (store.present, store.waiting) == ((0, 2), ())


def test_a_stopped_filling_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    with ClipWriter(made(tmp_path / "clips")) as writer:
        writer.put(1, frames(1))
    again = made(tmp_path / "clips")
    assert again.waiting == (0, 2)
    with ClipWriter(again) as writer:
        writer.put(0, frames(2))
        writer.put(2, frames(3))
    assert open_store(tmp_path / "clips").pixels()[:, 0, 0, 0, 0].tolist() == [2, 1, 3]


def test_what_was_put_after_the_last_keeping_is_asked_for_again(tmp_path: Path) -> None:
    writer = ClipWriter(made(tmp_path / "clips"))
    writer.put(0, frames(1))
    writer.keep()
    writer.put(1, frames(2))
    assert open_store(tmp_path / "clips").waiting == (1, 2)
    writer.__exit__(None)


def test_a_folder_with_other_clips_is_not_taken_up(tmp_path: Path) -> None:
    made(tmp_path / "clips")
    with pytest.raises(RequestError, match="clips of something else"):
        made(tmp_path / "clips", identity="made of other things")
    with pytest.raises(RequestError, match="clips of something else"):
        made(tmp_path / "clips", LABELS[:2])


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    folder = made(tmp_path / "clips").folder
    with pytest.raises(RequestError, match="no clips that can be read"):
        open_store(tmp_path / "nothing")
    os.truncate(folder / "clips.uint8", 100)
    with pytest.raises(RequestError, match="do not belong together"):
        open_store(folder)
    (folder / "clips.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RequestError, match="no clips that can be read"):
        open_store(folder)


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = made(tmp_path / "clips").folder
    (folder / "clips.uint8").unlink()
    (folder / "clips.uint8").symlink_to("/dev/full")
    with pytest.raises(RequestError, match="No space left on device"), ClipWriter(made_again(folder)) as writer:
        writer.put(0, frames(1))


def made_again(folder: Path) -> ClipStore:
    return ClipStore(folder, 8, 2, LABELS, "", np.zeros(3, np.uint8))


def test_pixels_of_another_shape_are_refused(tmp_path: Path) -> None:
    with ClipWriter(made(tmp_path / "clips")) as writer, pytest.raises(ValueError, match="uint8"):
        writer.put(0, frames(1)[:16])


@pytest.mark.parametrize(
    ("label", "shifts"),
    [
        (ClipLabel(1, "a", onsets=(5,), before=3, after=3), (-3, 3)),
        (ClipLabel(1, "a", onsets=(5,), before=1, after=0), (-1, 0)),  # no more than the margins hold
        (ClipLabel(1, "a", onsets=(1.9,), before=3, after=3), (-3, 1)),  # the onset, in frame 1, must stay in it
        (ClipLabel(1, "a", onsets=(12,), before=3, after=3), (-1, 3)),  # with 0.6 s of the spasm behind it
        (ClipLabel(1, "a", onsets=(14,), before=3, after=3), (-1, 0)),  # or what little there was of it
        (ClipLabel(0, "a", onsets=(), before=3, after=3), (-3, 3)),
        (ClipLabel(0, "a", onsets=(17.2, -2), before=3, after=3), (-1, 1)),  # a window without one meets none
        (ClipLabel(0, "a", onsets=None, before=3, after=3), (-3, 3)),
        (ClipLabel(1, "a", onsets=None, before=3, after=3), (0, 0)),  # nobody knows when it begins
    ],
)
def test_a_window_is_moved_only_as_far_as_it_shows_the_same(
    label: ClipLabel, shifts: tuple[int, int], tmp_path: Path
) -> None:
    allowed = create_store(tmp_path / "clips", [label], size=8, jitter=3, identity="").shifts(0)
    assert (allowed[0], allowed[-1]) == shifts


def test_nonsense_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="make no store"):
        create_store(tmp_path / "clips", [], size=8, jitter=0, identity="")
    with pytest.raises(ValueError, match="not a clip's label"):
        ClipLabel(1.5, "a")
