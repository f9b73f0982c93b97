from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.errors import StoreError
from reviewer_app.store.sheet import guarded, place_in_files, write_text
from tests.store.examples import night
from tests.store.reading_back import unguarded


def test_a_time_in_a_gap_lies_in_no_file() -> None:
    assert place_in_files(night(), 65.0) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "=cmd()",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        "\x00=1",
        "  =1",
        "\u00a0=1",
        "\uff1dcmd()",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "'=1",
        '=HYPERLINK("http://x")',
    ],
)
def test_what_a_spreadsheet_could_run_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Spasm", "1 = 2", "a-b", "eye's", "<b>x</b>", "Ä"])
def test_what_none_could_run_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_a_guarded_text_can_always_be_read_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


def test_a_text_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_text(tmp_path / "gone" / "text", "x")
    write_text(tmp_path / "text", "half a pair: \ud800\n")
    assert (tmp_path / "text").read_bytes() == b"half a pair: ?\n"
