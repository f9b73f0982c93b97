import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.domain.recording import Fingerprint, Recording
from reviewer_app.errors import MediaError, StoreError
from reviewer_app.store import recordings
from reviewer_app.store.library import Library
from reviewer_app.store.relocate import Relocation, relocate
from tests.store import examples


class Reader:
    """Stands for ``media.identity``, and remembers what it was asked to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path) -> Fingerprint:
        self.read.append(path.name)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise MediaError("away") from error
        return Fingerprint(len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def night(tmp_path: Path) -> Recording:
    """Two videos and an EEG that really are where the recording says."""
    folder = tmp_path / "first"
    folder.mkdir()
    template = examples.night(folder=str(folder))
    for path, content in zip(paths(template), (b"one", b"second", b"eeg"), strict=True):
        path.write_bytes(content)
    read = Reader()
    return replace(
        template,
        segments=tuple(replace(each, fingerprint=read(each.path)) for each in template.segments),
        eeg=tuple(replace(each, fingerprint=read(each.path)) for each in template.eeg),
    )


def paths(recording: Recording) -> Sequence[Path]:
    return [*(each.path for each in recording.segments), *(each.path for each in recording.eeg)]


def test_moved_and_renamed_files_are_found_below_a_folder_and_remembered(
    library: Library, night: Recording, tmp_path: Path
) -> None:
    number = recordings.add(library, night)
    archive = tmp_path / "archive" / "deep"
    archive.mkdir(parents=True)
    moved = [path.rename(archive / f"{i} ä.bin") for i, path in enumerate(paths(night))]
    (archive / "! another of this size.bin").write_bytes(b"two")
    (archive / "! larger.bin").write_bytes(b"larger than all of them")
    reader = Reader()
    found = relocate(library, number, [tmp_path / "archive"], fingerprint=reader)
    assert (sorted(found.found), found.missing) == (moved, ())
    assert paths(recordings.load(library, number)) == moved
    assert reader.read[0] == "! another of this size.bin"
    assert "! larger.bin" not in reader.read


def test_what_is_not_there_is_missing_and_what_is_where_it_was_is_not_searched(
    library: Library, night: Recording, tmp_path: Path
) -> None:
    number = recordings.add(library, night)
    one, two, eeg = paths(night)
    one.unlink()
    moved = two.rename(tmp_path / "two elsewhere.mp4")
    reader = Reader()
    found = relocate(library, number, [tmp_path / "nowhere", moved], fingerprint=reader)
    assert found == Relocation((moved,), (one,))
    assert paths(recordings.load(library, number)) == [one, moved, eeg]
    assert reader.read == [moved.name]


def test_nothing_is_read_when_nothing_is_missing(library: Library, night: Recording, tmp_path: Path) -> None:
    number = recordings.add(library, night)
    reader = Reader()
    assert relocate(library, number, [tmp_path], fingerprint=reader) == Relocation((), ())
    assert reader.read == []


@pytest.mark.skipif(os.name != "posix", reason="FIFOs and links")
def test_a_fifo_a_link_and_a_file_that_cannot_be_read_are_not_found(
    library: Library, night: Recording, tmp_path: Path
) -> None:
    number = recordings.add(library, night)
    one, _, _ = paths(night)
    moved = one.rename(tmp_path / "moved.mp4")
    place = tmp_path / "place"
    place.mkdir()
    os.mkfifo(place / "pipe.mp4")
    (place / "link.mp4").symlink_to(moved)
    (place / "loop").symlink_to(place)

    def unreadable(path: Path) -> Fingerprint:
        raise MediaError("may not be read")

    assert relocate(library, number, [place], fingerprint=Reader()) == Relocation((), (one,))
    assert relocate(library, number, [moved], fingerprint=unreadable) == Relocation((), (one,))


def test_an_unknown_recording_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no recording 7"):
        relocate(library, 7, [tmp_path], fingerprint=Reader())
