"""Two starts that come to nothing make the third one safe; a safe start keeps the labels' place."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewer_app.gui.shell.safe_start import StartGuard, safe_settings, safe_start_sentence
from reviewer_app.settings import Settings


@pytest.fixture
def guard(tmp_path: Path) -> StartGuard:
    return StartGuard(tmp_path / "state" / "starts")


def test_the_third_start_after_two_failed_ones_is_safe(guard: StartGuard) -> None:
    assert [guard.begin() for _ in range(4)] == [False, False, True, True]


def test_a_start_that_succeeds_begins_the_count_again(guard: StartGuard) -> None:
    guard.begin()
    guard.begin()
    guard.settle()
    assert [guard.begin() for _ in range(3)] == [False, False, True]


@pytest.mark.parametrize("content", [b"", b"many", b"\xff\xfe", b"-3"])
def test_a_damaged_count_is_no_reason_for_a_safe_start(guard: StartGuard, content: bytes) -> None:
    guard.file.parent.mkdir()
    guard.file.write_bytes(content)
    assert not guard.begin()
    assert not guard.begin()
    assert guard.begin()


def test_a_count_that_cannot_be_written_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    guard = StartGuard(tmp_path / "file" / "starts")
    assert not guard.begin()
    guard.settle()


def test_a_safe_start_forgets_preferences_but_not_where_the_labels_lie(tmp_path: Path) -> None:
    chosen = Settings(library=tmp_path, rater="A", language="de", theme="dark", font_scale=200, keys={"note": "Q"})
    assert safe_settings(chosen) == Settings(library=tmp_path, rater="A", language="de")


def test_the_person_is_told_in_words() -> None:
    assert "Your labels are untouched." in safe_start_sentence()


def test_a_safe_start_draws_without_the_graphics_card() -> None:
    code = (
        "from reviewer_app.gui.shell.safe_start import draw_by_software; draw_by_software()\n"
        "from PySide6.QtCore import Qt; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([])\n"
        "print(app.testAttribute(Qt.ApplicationAttribute.AA_UseSoftwareOpenGL))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
