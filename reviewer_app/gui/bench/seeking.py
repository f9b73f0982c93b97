"""From the key to the picture: how long a flag, and any other second, takes to be on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer_app.domain.recording import Recording
from reviewer_app.gui.bench.booth import open_film, open_window, spin
from reviewer_app.gui.bench.figure import Figure, Spread
from reviewer_app.gui.bench.night import flagged
from reviewer_app.gui.bench.painted import Painted
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.session import Session
from reviewer_app.media.viewer import Viewer

MOST_WAITED = 150.0
"""Milliseconds from the key of a flag to its picture, in 95 of 100 cases."""

THOUGHT = 0.7
"""Seconds between two keys: nobody judges a spasm faster."""

APART = 7.7
"""Seconds between two flags; the film's key pictures are 4 s apart, so each lies elsewhere between two of them."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What was measured."""

    seconds: tuple[float, ...]
    missed: int  # keys after which no exact picture came


def measure_seeking(film: Path, *, count: int = 40) -> list[Figure]:
    """Presses the key for the next flag, and goes to random seconds, in a window of 1920 x 1080.

    Raises:
        SpasmReviewerError: the film cannot be used.
    """
    with TemporaryDirectory() as folder, open_window(start_in(Path(folder)), width=1920, height=1080) as opened:
        window, session = opened
        open_film(window, session, film)
        recording = session.review.recording
        assert recording is not None
        assert session.review.subject is not None
        peaks = np.arange(APART, recording.seconds - 1, APART)
        session.review.open(flagged(session.review.subject, peaks))
        painted = Painted(session.player, window.review_page.player_view.picture)
        spin(2.0)
        flags = _press(window, session, painted, count)
        session.player.pause()
        times = np.random.default_rng(1).uniform(0, recording.seconds - 1, count).tolist()
        seeks = _go(session, painted, times)
    alone = Spread.of(_alone(recording, times))
    flag, seek = Spread.of(flags.seconds), Spread.of(seeks.seconds)
    return [
        Figure("flag key to painted exact picture, 1080p, p50", flag.middle, "ms"),
        Figure("flag key to painted exact picture, 1080p, p95", flag.p95, "ms", MOST_WAITED, alone.p95),
        Figure("flag keys without their picture", flags.missed, "keys", 0),
        Figure("any second to painted exact picture, 1080p, p50", seek.middle, "ms", limit=alone.middle),
        Figure("any second to painted exact picture, 1080p, p95", seek.p95, "ms", limit=alone.p95),
        Figure("any second without its picture", seeks.missed, "seeks", 0),
    ]


def _press(window: MainWindow, session: Session, painted: Painted, count: int) -> Waits:
    """Next flag after next flag, and back again at the last one."""
    review, waits, missed = session.review, [], 0
    key = Qt.Key.Key_N
    for _ in range(count):
        current = review.current
        if current is not None and current.key == review.candidates[-1].key:
            key = Qt.Key.Key_P
        elif current is not None and current.key == review.candidates[0].key:
            key = Qt.Key.Key_N
        spin(THOUGHT)
        begin = perf_counter()
        QTest.keyClick(window, key)
        found = painted.after(begin)
        current = review.current
        if found is None or current is None or not _is_due(found[1], current.peak - review.manners.pre_roll, begin):
            missed += 1
        else:
            waits.append(found[0] - begin)
    return Waits(tuple(waits), missed)


def _go(session: Session, painted: Painted, times: Sequence[float]) -> Waits:
    """To seconds that nobody could expect."""
    waits, missed = [], 0
    for time in times:
        spin(THOUGHT / 3)
        begin = perf_counter()
        session.review.go_to(time)
        found = painted.after(begin)
        if found is None or not _is_due(found[1], time, begin):
            missed += 1
        else:
            waits.append(found[0] - begin)
    return Waits(tuple(waits), missed)


def _is_due(shown: FrameFacts, wanted: float, begin: float) -> bool:
    """Whether it is the picture of the wanted second, or of the moment that playing on from there has come to."""
    if shown.interval.contains(max(0.0, wanted)):
        return True
    return bool(shown.rate) and 0 <= shown.position - wanted <= perf_counter() - begin


def _alone(recording: Recording, times: Sequence[float]) -> list[float]:
    """What finding the same pictures costs without a window."""
    viewer, spent = Viewer(recording), []
    for time in times:
        begin = perf_counter()
        viewer.at(time)
        spent.append(perf_counter() - begin)
    viewer.close()
    return spent
