"""How long the window does not answer while a scan runs: how late a timer of 5 ms comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

from reviewer_app.gui.bench.booth import open_film, open_window, spin, wait_until
from reviewer_app.gui.bench.figure import Figure, Spread
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.work.job import JobState
from reviewer_app.gui.work.scan_order import ScanOrder

TICK = 0.005
"""Seconds between two ticks that come in time."""

MOST_STALLED = 50.0
"""Milliseconds that 99 of 100 ticks may be late."""

QUIET = 5.0
"""Seconds for which the window is watched before the scan, and while it starts nothing."""

SCAN_LIMIT = 1200.0
"""Seconds that the scan may take."""


class Lateness(QObject):
    """Notes how late each tick comes."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self, interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @contextmanager
    def watching(self) -> Iterator[list[float]]:
        """Notes it for a while; gives the list that it grows."""
        self.seconds = []
        self._last = perf_counter()
        self._timer.start()
        try:
            yield self.seconds
        finally:
            self._timer.stop()

    def _tick(self) -> None:
        now = perf_counter()
        self.seconds.append(max(0.0, now - self._last - TICK))
        self._last = now


def measure_stalls(film: Path, bundle: str) -> list[Figure]:
    """A window that shows a recording, plays it, and scans it: how late its timer is.

    Raises:
        SpasmReviewerError: the film or the bundle cannot be used.
    """
    with TemporaryDirectory() as folder, open_window(start_in(Path(folder))) as (window, session):
        open_film(window, session, film)
        spin(1.0)
        watch = Lateness()
        with watch.watching() as quiet:
            spin(QUIET)
        number = session.review.subject.number if session.review.subject else None
        before = session.player.tally.shown, session.player.tally.dropped
        session.player.play()
        job_id = session.queue.add(ScanOrder("bench", (film,), bundle, number=number))
        with watch.watching() as busy:
            wait_until(
                lambda: job_id is None or (job := session.queue.job(job_id)) is None or job.has_ended,
                "the scan",
                seconds=SCAN_LIMIT,
            )
        job = session.queue.job(job_id) if job_id is not None else None
        done = job is not None and job.state is JobState.DONE
        shown, dropped = (session.player.tally.shown - before[0], session.player.tally.dropped - before[1])
    idle, stall = Spread.of(quiet), Spread.of(busy)
    note = "" if done else " (the scan failed)"
    return [
        Figure(f"event loop late while scanning and playing, p50{note}", stall.middle, "ms", limit=idle.middle or None),
        Figure(f"event loop late while scanning and playing, p99{note}", stall.p99, "ms", MOST_STALLED, idle.p99),
        Figure("event loop late while scanning and playing, longest", stall.most, "ms", limit=idle.most),
        Figure("pictures shown while scanning and playing", shown, "pictures"),
        Figure("pictures dropped while scanning and playing", dropped, "pictures"),
    ]
