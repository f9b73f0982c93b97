"""Where measurements are taken: a real window over a library and settings that are thrown away."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.theme import apply_theme
from reviewer_app.gui.start import Start
from reviewer_app.jobs.library_request import OpenRequest
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import PhantomRequest

PATIENCE = 120.0
"""Seconds after which something that should have happened has not."""

_LOOK = 20
"""Milliseconds between two looks at whether it has; looking must not disturb what is measured."""


def keep_off_the_key_ring() -> None:
    """Lets keys of libraries that are thrown away lie in files beside them, not in the person's key ring."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


def do_without_a_screen() -> None:
    """Draws into memory where there is no screen."""
    if sys.platform.startswith("linux") and not any(os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def application() -> QApplication:
    """The program's only application; it looks as it usually does."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication([])
    apply_theme(app, "dark", 100)
    return app


@contextmanager
def open_window(start: Start, *, width: int = 1280, height: int = 800) -> Iterator[tuple[MainWindow, Session]]:
    """A window on the screen with an open library; it is closed at the end."""
    application()
    window = MainWindow(start)
    window.resize(width, height)
    window.show()
    window.begin()
    session = window.session
    if session is None:
        raise RequestError(f"The library for the measurement cannot be opened: {window.bar.line}")
    wait_until(lambda: bool(session.bundles), "listing the bundles")
    try:
        yield window, session
    finally:
        for job in session.queue.jobs:
            session.queue.cancel(job.job_id)
        wait_until(lambda: session.queue.active is None, "ending the scan")
        window.close()
        spin(0.1)


def open_film(window: MainWindow, session: Session, *files: Path) -> None:
    """Brings files under review as one recording, without scanning them."""
    refused: list[SpasmReviewerError] = []
    # Not by the recordings page, which would ask how to scan.
    session.queue.ask(
        OpenRequest(files, session.desk.place),
        lambda opened: window.opening.open_number(opened.number),
        refused.append,
    )
    wait_until(lambda: bool(refused) or session.review.recording is not None, "opening the film")
    if refused:
        raise refused[0]
    window.show_page(Page.REVIEW)
    wait_until(lambda: session.player.facts is not None, "showing the first picture")


def film(folder: Path, *, seconds: float, size: tuple[int, int]) -> Path:
    """Makes a film of a phantom in a folder, where it is not there yet.

    Raises:
        RequestError: it cannot be written.
    """
    done = folder / "complete"
    if not done.exists():
        job = supervise(PhantomRequest(folder, seconds, 7, files=1, eeg=False, size=size))
        for _ in job:
            pass
        done.touch()
    return next(folder.glob("*.mp4"))


def spin(seconds: float) -> None:
    """Lets the event loop run for a while; unlike QTest's waiting it leaves other threads their turn."""
    loop = QEventLoop()
    QTimer.singleShot(max(0, round(seconds * 1000)), loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool], what: str, *, seconds: float = PATIENCE) -> None:
    """Lets the event loop run until something is so.

    Raises:
        RequestError: it does not come to that.
    """
    end = perf_counter() + seconds
    loop = QEventLoop()
    looking = QTimer(interval=_LOOK)
    looking.timeout.connect(lambda: loop.quit() if done() or perf_counter() > end else None)
    if done():
        return
    looking.start()
    loop.exec()
    if not done():
        raise RequestError(f"The measurement gave up after {seconds:g} s: {what}.")
