"""A real window on a library of the test's own, with or without something scanned in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.domain.trace import Trace, TraceChunk
from reviewer_app.domain.window import WindowGrid
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.gui.review import Review
from reviewer_app.gui.session import Surroundings
from reviewer_app.gui.start import Start
from reviewer_app.gui.work.closing import end_work
from reviewer_app.gui.work.scan_dialog import ScanDialog
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import Settings
from reviewer_app.store import recordings, traces
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from tests.gui.subjects import IDENTITY, POINTS, recording, trace

LONG = 60_000
"""Milliseconds that anything may take on a busy machine."""


def place_in(folder: Path) -> LibraryPlace:
    return LibraryPlace(folder / "library", folder / "keys")


def library_of(place: LibraryPlace, *, hold: bool = True) -> Library:
    return Library.open(place.folder, keys=choose_keys(place.key_folder), hold=hold)


def start_in(folder: Path, *bundle_folders: Path, **options: Any) -> Start:
    """A start of somebody named Anna who has used the program before, unless the options say otherwise."""
    settings = options.pop("settings", Settings(rater="Anna", language="en"))
    return Start(
        settings=settings,
        settings_file=folder / "settings.toml",
        place=place_in(folder),
        surroundings=Surroundings(bundle_folders, folder / "pace.json"),
        translations=folder / "translations",
        placement_file=folder / "window.ini",
        demo_folder=folder / "demo",
        **options,
    )


def fill(place: LibraryPlace) -> int:
    """Puts a scanned night with five flags into the library; gives its number. Its files are missing."""
    night, scanned = recording(), trace()
    with library_of(place) as library:
        number = recordings.add(library, night)
        identity = replace(IDENTITY, recording=night.identity)
        trace_id = traces.begin(
            library, number, identity, WindowGrid.over(night.seconds), bins=scanned.bins, features=2, bundle_name="tiny"
        )
        traces.append(library, trace_id, _whole(scanned))
    return number


def _whole(scanned: Trace) -> TraceChunk:
    features = np.zeros((scanned.grid.count, 2), np.float16)
    return TraceChunk(0, scanned.scores, scanned.states, scanned.activity, scanned.quality, features)


@contextmanager
def window_on(start: Start, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window as the program begins it; closed at the end, and its threads with it."""
    window = MainWindow(start)
    window.show()
    window.begin()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
    try:
        yield window
    except BaseException:
        if window.session is not None:  # else closing would ask, and nobody answers
            window.learn_page.lessons.stop()
            end_work(window.session.queue)
            window.session.saver.finish(0)
            QApplication.processEvents()  # the queue hears that its work has ended
        raise
    finally:
        window.close()
        window.deleteLater()


@contextmanager
def reviewing(folder: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that shows the scanned night."""
    number = fill(place_in(folder))
    with window_on(start_in(folder), qtbot) as window:
        open_number(window, number, qtbot)
        assert window.session is not None
        show_flags(window.session.review)
        yield window


def show_flags(review: Review) -> None:
    """Says where the made-up bundle flags, as the bundle itself would if it were on this machine."""
    review.set_bundle("Trained on nothing.", POINTS)
    review.set_threshold(0.5)


def open_number(window: MainWindow, number: int, qtbot: QtBot) -> None:
    """Brings a recording of the library under review, as a double click on its row does."""
    window.opening.open_number(number)
    assert window.pages.currentIndex() == Page.REVIEW
    window.review_page.setFocus()


def press(window: MainWindow, *keys: Qt.Key, with_keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses keys where the focus is, as a person does."""
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, with_keys)


def click(page: QWidget, text: str) -> None:
    """Clicks the button that says so."""
    button = next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def drop(window: MainWindow, *paths: Path) -> None:
    """Drops files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, data, button, held)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(50, 50), action, data, button, held))


def accept_scan(window: MainWindow) -> QTimer:
    """Says yes to the question how to scan, when it comes."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ScanDialog):
            timer.stop()
            dialog.accept()

    timer = QTimer(window, interval=50)
    timer.timeout.connect(look)
    timer.start()
    return timer


def order_scan(window: MainWindow, qtbot: QtBot, *paths: Path) -> int:
    """Drops the files of one recording on the window and has it scanned; gives its number when the scan is ordered."""
    session = window.session
    assert session is not None
    qtbot.waitUntil(lambda: bool(session.bundles), timeout=3 * LONG)
    accept_scan(window)
    ordered = len(session.queue.jobs)
    drop(window, *paths)
    qtbot.waitUntil(lambda: len(session.queue.jobs) > ordered, timeout=3 * LONG)
    assert window.pages.currentIndex() == Page.REVIEW
    assert session.review.subject is not None
    return session.review.subject.number


def saved(window: MainWindow) -> bool:
    """Whether all that was said is on the disk."""
    return window.session is not None and window.session.saver.state.is_saved
