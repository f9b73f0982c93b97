from pathlib import Path

import pytest

from reviewer_app.errors import MediaError
from reviewer_app.media.identity import SAMPLE_BYTES, fingerprint
from tests.conftest import FilmMaker


def test_a_renamed_file_keeps_its_identity(film: FilmMaker) -> None:
    path = film("night.mp4")
    before = fingerprint(path)
    assert fingerprint(path.rename(path.with_name("patient 7, morning.mov"))) == before


def test_a_file_replaced_under_the_same_name_is_noticed(film: FilmMaker) -> None:
    before = fingerprint(film("night.mp4"))
    assert fingerprint(film("night.mp4", first_number=1)) != before


@pytest.mark.parametrize("place", [0, 500_000, 999_999])
def test_one_changed_byte_at_head_middle_or_tail_is_noticed(tmp_path: Path, place: int) -> None:
    path = tmp_path / "night.bin"
    content = bytearray(1_000_000)
    path.write_bytes(content)
    before = fingerprint(path)
    content[place] = 1
    path.write_bytes(content)
    assert fingerprint(path) != before


def test_only_three_samples_are_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.bin"
    with path.open("wb") as file:
        file.truncate(200 * 2**30)  # sparse: reading all of it would take minutes
    assert fingerprint(path).size == 200 * 2**30
    assert SAMPLE_BYTES == 65536


def test_a_missing_file_has_no_identity(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"There is no file gone\.mp4"):
        fingerprint(tmp_path / "gone.mp4")
