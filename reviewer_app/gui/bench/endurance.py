"""Whether the window's memory stays as it is while somebody works in it."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer_app.gui.bench.booth import open_film, open_window, spin
from reviewer_app.gui.bench.figure import Figure
from reviewer_app.gui.bench.night import flagged
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.session import Session

MOST_GROWN = 5.0
"""Per cent that memory may grow in the second half of the time; in the first half caches fill."""

_STATM = Path("/proc/self/statm")

KEYS = (
    Qt.Key.Key_N,
    Qt.Key.Key_1,
    Qt.Key.Key_F,
    Qt.Key.Key_Period,
    Qt.Key.Key_Comma,
    Qt.Key.Key_Space,
    Qt.Key.Key_2,
    Qt.Key.Key_Z,
    Qt.Key.Key_H,
    Qt.Key.Key_L,
)
"""What is pressed over and over: flags, verdicts, frame by frame, playing, zooming."""


def measure_endurance(film: Path, *, minutes: float) -> list[Figure]:
    """Presses keys and plays for a while, and looks at the memory of this process.

    Raises:
        SpasmReviewerError: the film cannot be used.
    """
    with TemporaryDirectory() as folder, open_window(start_in(Path(folder))) as (window, session):
        open_film(window, session, film)
        assert session.review.subject is not None
        seconds = session.review.subject.recording.seconds
        session.review.open(flagged(session.review.subject, np.arange(5.0, seconds - 1, 6.0)))
        samples = _work(window, session, minutes * 60)
    what = f"memory after {minutes:g} min of keys and playing"
    if not samples:
        return [Figure(what, None, "MB")]
    half = samples[len(samples) // 2 :]
    middle, end = float(np.median(half[: max(1, len(half) // 4)])), float(np.median(half[-max(1, len(half) // 4) :]))
    return [
        Figure(what, end, "MB"),
        Figure("memory grown in the second half of that time", (end / middle - 1) * 100, "%", MOST_GROWN),
    ]


def _work(window: MainWindow, session: Session, seconds: float) -> Sequence[float]:
    samples: list[float] = []
    begin, pressed = perf_counter(), 0
    while perf_counter() - begin < seconds:
        if session.review.current is not None and session.review.current.key == session.review.candidates[-1].key:
            session.review.select(())
            session.review.go_to(0.0)
        QTest.keyClick(window, KEYS[pressed % len(KEYS)])
        pressed += 1
        spin(0.4)
        if (used := resident()) is not None:
            samples.append(used)
    return samples


def resident() -> float | None:
    """Megabytes of this process in memory; None where the system does not tell it this way."""
    if not _STATM.exists():
        return None
    pages = int(_STATM.read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
