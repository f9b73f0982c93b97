"""How long it takes from the process's first moment until the window can be used; each start is a process."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from reviewer_app.errors import RequestError
from reviewer_app.gui.bench.figure import Figure

MOST_WAITED = 2.0
"""Seconds."""

STARTS = 3
"""The first one finds files that nobody has read; the middle of three is told."""

LIMIT = 120

_BARE = (
    "import sys, time; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QMainWindow\n"
    "app = QApplication([]); window = QMainWindow(); window.show()\n"
    "QTimer.singleShot(0, lambda: (print(time.time()), app.quit())); app.exec()"
)
"""The least that any program with a window of Qt needs."""


def measure_start() -> list[Figure]:
    """Starts the program as often as it takes, over a library that exists already, as on any day but the first.

    Raises:
        RequestError: it does not come up.
    """
    with TemporaryDirectory() as folder:
        first = _usable_after(Path(folder))
        days = median(_usable_after(Path(folder)) for _ in range(STARTS))
        bare = median(_after([sys.executable, "-c", _BARE]) for _ in range(STARTS))
    return [
        Figure("start to a usable window", days, "s", MOST_WAITED, bare),
        Figure("the very first start, which makes the library", first, "s", limit=bare),
    ]


def _usable_after(folder: Path) -> float:
    return _after([sys.executable, "-m", "reviewer_app.gui.bench.starter", str(folder)])


def _after(command: list[str]) -> float:
    """Seconds from here until the moment that the command prints."""
    begin = time.time()
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter
            command, capture_output=True, text=True, timeout=LIMIT, check=True, env=dict(os.environ)
        )
        return float(done.stdout.split()[-1]) - begin
    except (subprocess.SubprocessError, ValueError, IndexError, OSError) as error:
        raise RequestError(f"The window did not come up: {error}.") from error
