"""One job, driven from a thread of the window while a child process does the work."""

from __future__ import annotations

import atexit
import multiprocessing
from contextlib import closing
from threading import Event
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal

from reviewer_app.errors import SpasmReviewerError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.process import Runner, supervise
from reviewer_app.jobs.request import Asks
from reviewer_app.jobs.run import run_job

LAST_WORDS = 15.0
"""Seconds that ending all jobs waits at most; a child that does not listen is killed long before."""

_running: set[JobThread] = set()
"""A QThread that is destroyed while it runs takes the program down, so each is kept here until it has ended."""


class JobThread(QThread):
    """Runs a request to its end and tells what it says.

    Signals:
        message: What the job said.
        succeeded: Its answer.
        cancelled: It ended because ``cancel`` was called.
        failed: The ``SpasmReviewerError`` that ended it.

    Exactly one of the last three comes, and it comes last.
    """

    message = Signal(object)
    succeeded = Signal(object)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(self, request: Asks[Any], parent: QObject | None = None, *, run: Runner = run_job) -> None:
        """Nothing happens before ``start``.

        Args:
            request: What to do.
            parent: When this ends, so does the job; the thread outlives it until then.
            run: What the child calls.
        """
        super().__init__()
        self.control = Control(multiprocessing.get_context("spawn"))
        self._request = request
        self._run = run
        self._cancelled = Event()
        self.finished.connect(self._let_go)
        if parent is not None:
            parent.destroyed.connect(self.cancel)

    def pause(self) -> None:
        """Lets the job wait at its next step."""
        self.control.pause()

    def resume(self) -> None:
        """Lets a paused job go on."""
        self.control.resume()

    def cancel(self) -> None:
        """Ends the job soon; returns at once."""
        self._cancelled.set()

    def run(self) -> None:
        """Drives the supervisor of the child; Qt calls this in the new thread."""
        try:
            with closing(supervise(self._request, self.control, run=self._run)) as job:
                answer = None
                while not self._cancelled.is_set():
                    try:
                        said = next(job)
                    except StopIteration as stop:
                        answer = (stop.value,)
                        break
                    self.message.emit(said)
        except SpasmReviewerError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001  the one place: a fault here must not end in silence
            self.failed.emit(
                SpasmReviewerError(
                    f"A fault in the program ended the job ({type(error).__name__}: {error}). What was stored "
                    "before is kept; please report this sentence."
                )
            )
        else:
            if answer is None:
                self.cancelled.emit()
            else:
                self.succeeded.emit(answer[0])

    def start(self, priority: QThread.Priority = QThread.Priority.InheritPriority) -> None:
        """Begins; the thread is kept alive until it has ended."""
        _running.add(self)
        super().start(priority)

    def _let_go(self) -> None:
        _running.discard(self)


def end_all_jobs() -> bool:
    """Cancels every job and waits until none is left; for the end of the program.

    Returns:
        Whether all have ended.
    """
    threads = tuple(_running)
    for thread in threads:
        thread.cancel()
    deadline = QDeadlineTimer(round(LAST_WORDS * 1000))
    ended = [thread.wait(deadline) for thread in threads]
    for thread in threads:
        if thread.isFinished():
            _running.discard(thread)
    return all(ended)


atexit.register(end_all_jobs)  # however the program ends, no thread is destroyed while it runs
