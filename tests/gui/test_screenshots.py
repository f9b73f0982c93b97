"""The command that makes the pictures for the documentation makes them, as large and as small as they shall be."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from reviewer_app.gui.screenshots import SHOWN_IN_README, Look

ROOT = Path(__file__).parents[2]
MOST_BYTES = 500_000
"""Of a picture in the repository."""


def test_every_look_has_a_name_of_its_own() -> None:
    looks = (*SHOWN_IN_README, Look("dark", 1920, 1080, "de"), Look("dark", 1920, 1080, letters=150))
    assert len({look.name for look in looks}) == len(looks)


def test_pictures_are_as_large_as_the_window_and_touch_nothing_of_the_person(tmp_path: Path) -> None:
    home, to = tmp_path / "home", tmp_path / "pictures"
    home.mkdir()
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    words = ["--to", str(to), "--theme", "light", "--size", "1280x800", "--long"]
    done = subprocess.run(
        [sys.executable, "-m", "reviewer_app.gui.screenshots", *words],
        env={**os.environ, **folders, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    files = [Path(line) for line in done.stdout.splitlines()]
    assert [file.name for file in files] == [
        f"light-1280x800-{name}.png" for name in ("long", "long-flag", "long-all", "long-gap-review")
    ]
    for file in files:
        picture = QImage(str(file))
        assert (picture.width(), picture.height()) == (1280, 800)
        assert file.stat().st_size < MOST_BYTES
    assert not [each for each in home.rglob("*") if each.is_file() and "spasm-reviewer" in str(each)]


def test_the_pictures_in_the_repository_are_small() -> None:
    for file in (ROOT / "resources" / "screenshots").glob("*.png"):
        assert file.stat().st_size < MOST_BYTES, file.name
