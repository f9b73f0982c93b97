"""One command, two doors: the window without words, the command line with them."""

import subprocess
import sys

import pytest

from reviewer_app.main import has_display, wants_window


@pytest.mark.parametrize(
    ("words", "shows", "window"),
    [
        ([], True, True),
        ([], False, True),  # the window then says that there is no screen
        (["demo"], True, True),
        (["demo"], False, False),
        (["demo", "--to", "somewhere"], True, False),
        (["scan", "film.mp4"], True, False),
    ],
)
def test_the_window_is_meant_without_words_or_by_demo_alone(words: list[str], shows: bool, window: bool) -> None:
    assert wants_window(words, shows=shows) is window


def test_a_screen_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()


def test_the_command_line_needs_no_qt() -> None:
    look = (
        "import reviewer_app.main, reviewer_app.cli.app, sys; assert not any('PySide6' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", look], check=True)
