"""What a person sees when files, the drive or the decoder fail in the middle of a scan; and what is in the library."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from reviewer_app.domain.coverage import Coverage, coverage_of
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import FRAME_STEP, total_seconds
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.gui.session import Session
from reviewer_app.gui.work.job import JobState
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.recordings_model import STATUS
from reviewer_app.jobs import process
from reviewer_app.jobs.run import run_job
from reviewer_app.settings import Settings
from reviewer_app.store import recordings, traces
from tests.conftest import FilmMaker
from tests.journeys import scans
from tests.journeys.stage import LONG, library_of, open_number, order_scan, place_in, start_in, window_on

ROOT = Path(__file__).parents[2]
TINY = Settings(rater="Anna", language="en", bundle="tiny", threads=1)


@contextmanager
def scanning(
    folder: Path, bundles: Path, qtbot: QtBot, *, run: process.Runner = run_job
) -> Iterator[tuple[MainWindow, Session, list[str]]]:
    """A window whose jobs run ``run``, its session, and the sentences that its foot shows in passing."""
    heard: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reviewer_app.gui.session.JobQueue", partial(JobQueue, run=run))
        with window_on(start_in(folder, bundles, settings=TINY), qtbot) as window:
            assert window.session is not None
            window.session.said.connect(heard.append)
            yield window, window.session, heard


@dataclass(frozen=True)
class Kept:
    """What the library holds of a recording's newest scan."""

    trace: Trace
    coverage: Coverage


def outside(folder: Path) -> dict[int, Kept]:
    """What another program finds in the library after it has checked everything, by the recording's number."""
    found = {}
    with library_of(place_in(folder)) as library:
        library.check()
        for each in traces.summaries(library):
            trace = traces.load(library, each.trace_id)
            holes = tuple(span for span, _ in traces.skips(library, each.trace_id))
            recording = recordings.load(library, each.recording_id)
            found[each.recording_id] = Kept(trace, coverage_of(recording, trace, holes))
    return found


def finish(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(job.has_ended for job in session.queue.jobs), timeout=3 * LONG)
    assert [job.state for job in session.queue.jobs] == [JobState.DONE] * len(session.queue.jobs)


def states(window: MainWindow) -> list[str]:
    """What the page of recordings says of each."""
    rows = window.work_page.recordings.rows
    return [str(rows.index(row, STATUS).data()) for row in range(rows.rowCount())]


def remarks(window: MainWindow) -> str:
    """What the jobs' panel tells of the first scan."""
    window.work_page.jobs.table.selectRow(0)
    return window.work_page.jobs.remarks.toPlainText()


def test_a_decoder_that_aborts_and_then_hangs_costs_one_stretch_and_the_window_lives(
    film: FilmMaker, bundles: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 5.0)
    path = film("night/film.mp4", frames=200, fps=8, keyframe_every=8)
    beats: list[int] = []
    with scanning(tmp_path, bundles, qtbot, run=scans.faulty_decoder) as (window, session, heard):
        pulse = QTimer(window, interval=50)
        pulse.timeout.connect(lambda: beats.append(1))
        number = order_scan(window, qtbot, path)
        pulse.start()
        finish(session, qtbot)
        assert len(beats) > 20, "the window lives while children die"
        assert any("starts again" in each for each in heard)
        assert any("undecodable" in each for each in heard)
        assert "brings the decoder down" in remarks(window)
        assert "scanned as far as its files can be read" in heard[-1]
        assert session.review.coverage is not None
        assert len(session.review.coverage.undecodable) == 1, "drawn on the timeline"
        window.show_page(Page.RECORDINGS)
        qtbot.waitUntil(lambda: any("cannot be read" in each for each in states(window)), timeout=LONG)
    kept = outside(tmp_path)[number]
    assert kept.coverage.finished
    assert not kept.coverage.complete
    (lost,) = kept.coverage.undecodable
    assert lost.start <= scans.FATAL_AT * FRAME_STEP <= lost.stop
    assert lost.seconds < 10
    assert np.sum(kept.trace.states == WindowState.SCORED) > 10


def test_a_scan_waits_for_its_unplugged_drive_and_goes_on_when_it_is_back(
    film: FilmMaker, bundles: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drive, unplugged = tmp_path / "drive", tmp_path / "unplugged"
    # A chunk of 30 s is stored from 32 windows on, and at the latest with 47, the sum of growing batches: after 49 s.
    first = film("drive/A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=416, fps=8)
    second = film("drive/A_14-MAR-2026_22h00m52.0000s_Video.mp4", frames=80, fps=8, first_number=500)
    with scanning(tmp_path, bundles, qtbot, run=scans.unplugging) as (window, session, heard):
        number = order_scan(window, qtbot, first, second)
        waits = "Waits for files that cannot be reached"
        qtbot.waitUntil(lambda: waits in window.bar._work_line, timeout=3 * LONG)
        assert waits in remarks(window)
        assert any("cannot be reached any more; the scan waits. What was scanned is kept" in each for each in heard)
        assert session.review.trace is not None
        kept = int(np.sum(session.review.trace.states != WindowState.NOT_SCANNED))
        assert kept > 0, "what was scanned is on show"
        unplugged.rename(drive)
        finish(session, qtbot)
        assert any("is back; the scan goes on" in each for each in heard)
        assert waits not in window.bar._work_line
    found = outside(tmp_path)[number]
    assert found.coverage.complete
    assert not list(found.trace.missing())
    assert (tmp_path / "pulled").exists()


def test_a_file_replaced_under_its_name_is_another_recording_and_the_first_one_says_so(
    film: FilmMaker, bundles: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = film("night/film.mp4", frames=100, fps=8)
    with scanning(tmp_path, bundles, qtbot) as (window, session, heard):
        before = order_scan(window, qtbot, path)
        finish(session, qtbot)
        film("night/film.mp4", frames=120, fps=8, first_number=3000)
        after = order_scan(window, qtbot, path)
        assert after != before
        assert any("is not the file that the library knew under this name" in each for each in heard)
        finish(session, qtbot)
        window.show_page(Page.RECORDINGS)
        qtbot.waitUntil(lambda: any("is not the file" in each for each in states(window)), timeout=LONG)
        assert len(states(window)) == 2
        open_number(window, before, qtbot)
        assert "film.mp4 is not the file" in window.bar.line, "said before the wrong pictures are judged"
    found = outside(tmp_path)
    assert set(found) == {before, after}
    assert found[before].trace.grid.count < found[after].trace.grid.count
    assert all(each.coverage.complete for each in found.values())


def test_the_unread_end_of_a_truncated_film_is_shown_as_unread_and_no_scan_is_complete(
    film: FilmMaker, bundles: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = film("night/film.mp4", frames=320, fps=8, keyframe_every=8, muxer={"movflags": "faststart"})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with scanning(tmp_path, bundles, qtbot) as (window, session, heard):
        number = order_scan(window, qtbot, path)
        finish(session, qtbot)
        assert any("scanned as far as its files can be read" in each for each in heard)
        review = session.review
        assert review.coverage is not None
        (lost,) = review.coverage.undecodable
        review.go_to(lost.middle)
        picture = window.review_page.player_view.picture
        qtbot.waitUntil(lambda: "video cannot be read" in picture.accessibleDescription(), timeout=LONG)
        left_out = window.review_page.gap_review.left
        window.review_page.show_tab(window.review_page.gap_review)
        qtbot.waitUntil(lambda: "cannot be read; nothing is known of them" in left_out.text(), timeout=LONG)
        window.show_page(Page.RECORDINGS)
        qtbot.waitUntil(lambda: any("cannot be read" in each for each in states(window)), timeout=LONG)
        assert "Scanned" not in states(window)
    kept = outside(tmp_path)[number]
    assert not kept.coverage.complete
    assert kept.coverage.undecodable
    assert kept.coverage.undecodable[-1].stop > 38
    assert total_seconds(kept.coverage.scored) > 10


SLEEPER = """
import multiprocessing, sys
from functools import partial
from pathlib import Path
from unittest.mock import patch
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.scan_order import ScanOrder
from reviewer_app.jobs import process
from tests.journeys import scans
from tests.journeys.stage import start_in
from tests.journeys.test_scan_faults_in_window import TINY

def main(folder, bundles, film):
    process.SILENCE = 4.0
    app = QApplication([])
    window = MainWindow(start_in(folder, bundles, settings=TINY))
    with patch("reviewer_app.gui.session.JobQueue", partial(JobQueue, run=scans.holding)):
        window.show()
        window.begin()
    session = window.session
    session.said.connect(lambda text: print("said", text, flush=True))
    told = []

    def tell():  # once some of it is scored, so that a silence counts as one of the decoder's
        job = session.queue.active
        if job is not None and job.progress.done and not told:
            told.append(job)
            print("child", *(each.pid for each in multiprocessing.active_children()), flush=True)

    session.queue.changed.connect(tell)
    session.queue.finished.connect(lambda number, _: (print("number", number, flush=True), window.close(), app.quit()))
    session.bundles_known.connect(lambda: session.queue.add(ScanOrder("film", (film,), "tiny")))
    app.exec()

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
"""


def _tell(pid: int, what: signal.Signals) -> None:
    """Sends a signal to a process that may have ended: a child that only answers a question soon has."""
    with suppress(ProcessLookupError):
        os.kill(pid, what)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no signal puts a process to sleep here")
def test_a_laptop_that_slept_longer_than_any_silence_goes_on_where_it_was(
    film: FilmMaker, bundles: Path, tmp_path: Path
) -> None:
    path = film("night/film.mp4", frames=160, fps=8)
    program = tmp_path / "program.py"
    program.write_text(SLEEPER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, str(program), str(tmp_path), str(bundles), str(path)]
    children: list[int] = []
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=environment) as window:
        assert window.stdout is not None
        try:
            told = next(line for line in window.stdout if line.startswith("child"))
            children += [int(each) for each in told.split()[1:]]
            for pid in (window.pid, *children):
                _tell(pid, signal.SIGSTOP)
            time.sleep(6)  # longer than the shortened silence
            # The window wakes first, and finds that nothing was said for longer than it allows.
            _tell(window.pid, signal.SIGCONT)
            time.sleep(0.5)
            for pid in children:
                _tell(pid, signal.SIGCONT)
            (path.parent / "go").touch()
            rest = [line.strip() for line in window.stdout]
        finally:
            for pid in (window.pid, *children) if window.poll() is None else ():
                _tell(pid, signal.SIGCONT)
            window.kill()
    assert [line for line in rest if line.startswith("number")] == ["number 1"]
    assert not any("starts again" in line or "undecodable" in line for line in rest), "no false hang"
    assert any("film: scanned." in line for line in rest)
    assert outside(tmp_path)[1].coverage.complete
