"""From the first page to the first verdict, as a person goes who has never seen the program and reads no manual."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label, Matter
from reviewer_app.gui.main_window import Page
from reviewer_app.gui.shell.rater_dialog import RaterBox
from reviewer_app.settings import Settings, read_settings
from reviewer_app.store import ledger, traces
from tests.journeys.stage import LONG, click, library_of, place_in, press, saved, start_in, window_on


def test_from_the_first_page_to_the_first_verdict(phantom: Path, bundles: Path, tmp_path: Path, qtbot: QtBot) -> None:
    start = start_in(
        tmp_path,
        bundles,
        is_first=True,
        settings=Settings(language="en", bundle="tiny", threads=1, false_alarms_per_hour=60.0),
    )
    shutil.copytree(phantom, start.demo_folder)  # made at an earlier time: drawing twelve minutes takes as many
    (start.demo_folder / "complete").touch()
    with window_on(start, qtbot) as window:
        assert window.pages.currentIndex() == Page.FIRST_RUN
        name = window.first_run.findChild(RaterBox)
        assert isinstance(name, RaterBox)
        QTest.keyClicks(name, "Anna")
        QTest.keyClick(name, Qt.Key.Key_Return)
        click(window.first_run, "Next")
        click(window.first_run, "Try the demo recording")
        qtbot.waitUntil(lambda: window.pages.currentIndex() == Page.REVIEW, timeout=LONG)
        assert window.session is not None
        review = window.session.review
        qtbot.waitUntil(lambda: review.trace is not None and review.trace.finished, timeout=3 * LONG)
        qtbot.waitUntil(lambda: bool(review.candidates), timeout=LONG)
        session = window.session
        qtbot.waitUntil(lambda: session.queue.active is None, timeout=LONG)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
        press(window, Qt.Key.Key_N, Qt.Key.Key_1)
        assert review.candidates[0].verdict is Label.SPASM
        qtbot.waitUntil(lambda: "All saved" in window.bar.saving_text and saved(window), timeout=LONG)
        assert "Anna" in window.windowTitle()
    assert read_settings(start.settings_file).rater == "Anna", "the next start does not ask again"
    with library_of(place_in(tmp_path)) as library:
        library.check()
        (scan,) = traces.summaries(library)
        actions = ledger.load(library, scan.recording_id)
    # What was played may be in the ledger, too, where the machine was slow enough to show it.
    (action,) = (each for each in actions if each.alterations[0].matter is Matter.ANNOTATION)
    assert (action.rater.name, len(action.alterations)) == ("Anna", 1)
