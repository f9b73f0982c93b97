"""The program from its start to its end, in a process and a home of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUN = """
import gc, sys
from PySide6.QtCore import QTimer
from reviewer_app.gui import app, main_window

main_window.ask_for_rater = lambda *_: "Anna"
begin = app.MainWindow.begin

def begin_and_leave(window):
    begin(window)
    print("page", window.pages.currentIndex(), flush=True)
    print("says", window.bar.line, flush=True)
    print("collects-anywhere", gc.isenabled(), flush=True)
    print("library", window.start.place.folder, flush=True)
    QTimer.singleShot(0, window.close)

app.MainWindow.begin = begin_and_leave
sys.exit(app.run_window())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config" / "spasm-reviewer").mkdir(parents=True)
    return tmp_path


def run(home: Path) -> dict[str, str]:
    """Starts the program, which leaves again once its window is up; what it showed."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={**os.environ, **folders, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "QItemSelectionModel" not in done.stderr
    return dict(line.partition(" ")[::2] for line in done.stdout.splitlines())


def starts(home: Path) -> Path:
    return home / "state" / "spasm-reviewer" / "starts"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the person's folders are not named by the environment")
class TestStart:
    def test_the_first_start_shows_the_first_page_and_counts_as_a_good_one(self, home: Path) -> None:
        shown = run(home)
        assert shown["page"] == "0"
        assert shown["collects-anywhere"] == "False", "no thread but the window's clears widgets away"
        assert not (home / "data" / "spasm-reviewer" / "library" / "library.db").exists(), "nothing is made unasked"
        assert starts(home).read_text() == "0"

    def test_settings_that_cannot_be_read_are_named_and_the_program_starts_all_the_same(self, home: Path) -> None:
        file = home / "config" / "spasm-reviewer" / "settings.toml"
        file.write_text("theme = 'plaid'\n")
        shown = run(home)
        assert "settings.toml" in shown["says"]
        kept = [each.read_text() for each in file.parent.iterdir() if each.is_file()]
        assert "theme = 'plaid'\n" in kept, "what the person wrote is still there, beside the new file if there is one"

    def test_after_two_failed_starts_a_safe_one_says_so(self, home: Path) -> None:
        starts(home).parent.mkdir(parents=True)
        starts(home).write_text("2")
        assert "The last two starts failed" in run(home)["says"]
        assert starts(home).read_text() == "0"
