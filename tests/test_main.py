"""One command, two doors: the window without words, the command line with them."""

import os
import subprocess
import sys

import pytest

from reviewer_app.main import has_display, wants_window

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.parametrize(
    ("words", "shows", "window"),
    [
        ([], True, True),
        ([], False, True),  # refused before, in a sentence
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
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()


def test_the_command_line_needs_no_qt() -> None:
    look = (
        "import reviewer_app.main, reviewer_app.cli.app, sys; assert not any('PySide6' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", look], check=True)


def test_without_a_screen_the_window_is_refused_in_a_sentence() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
    call = [sys.executable, "-c", "import sys; sys.platform = 'linux'; from reviewer_app.main import main; main()"]
    ended = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "no display" in ended.stderr
    assert "Traceback" not in ended.stderr
