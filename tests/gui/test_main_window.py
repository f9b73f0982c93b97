"""The whole window: its keys, its names for screen readers, its notice, and that it stays light."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.gui.shortcuts import SHORTCUTS, Group
from reviewer_app.settings import Settings
from tests.gui.accessible import assert_accessible
from tests.journeys.stage import LONG, open_number, press, reviewing, saved, show_flags, start_in, window_on

ROOT = Path(__file__).parents[2]

HEAVY = ("torch", "cv2", "mne", "matplotlib", "scipy")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with reviewing(tmp_path, qtbot) as window:
        yield window


def test_every_action_of_the_key_table_works_on_the_review_page(window: MainWindow) -> None:
    actions = window.menus.actions_by_id
    assert set(actions) == {each.action_id for each in SHORTCUTS}
    dead = [name for name, action in actions.items() if not action.isEnabled()]
    assert dead == [], "keys that do nothing and do not say why"


def test_keys_of_the_review_rest_on_the_other_pages(window: MainWindow) -> None:
    for page in (Page.RECORDINGS, Page.SETTINGS):
        window.show_page(page)
        for each in SHORTCUTS:
            is_enabled = window.menus.actions_by_id[each.action_id].isEnabled()
            assert is_enabled == (each.group is Group.WINDOW), each.action_id


@pytest.mark.parametrize("page", list(Page))
def test_every_page_can_be_read_aloud_and_says_what_the_program_is_not_for(
    window: MainWindow, page: Page, qtbot: QtBot
) -> None:
    window.show_page(page)
    qtbot.waitUntil(lambda: window.pages.currentIndex() == page, timeout=LONG)
    assert_accessible(window)
    notices = [each for each in window.findChildren(QLabel) if each.isVisible() and RESEARCH_NOTICE in each.text()]
    assert notices
    assert RESEARCH_NOTICE == "Research use only. Not for diagnosis. Not an alarm."
    for each in notices:
        assert each.width() >= each.minimumSizeHint().width(), "cut off"


def test_closing_while_rows_are_chosen_leaves_qt_nothing_to_complain_of(
    tmp_path: Path, qtbot: QtBot, qtlog: Any
) -> None:
    with reviewing(tmp_path, qtbot) as window:
        tables = [each for each in window.findChildren(QTableView) if each.model() is not None]
        for table in tables:
            table.selectRow(0)
        assert sum(table.selectionModel().hasSelection() for table in tables) >= 3, "flags, recordings, keys"
        window.close()
        qtbot.wait(50)
    assert [each.message for each in qtlog.records if "QItemSelectionModel" in each.message] == []


def test_another_person_takes_over_from_the_menu(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer_app.gui.main_window.ask_for_rater", lambda *_: "Ben")
    action = window.findChild(QAction, "change_rater")
    assert isinstance(action, QAction)
    action.trigger()
    assert window.session is not None
    assert window.session.review.rater.name == "Ben"
    assert "Ben" in window.windowTitle()


def test_keys_give_verdicts_words_undo_and_redo(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    review = window.session.review
    press(window, Qt.Key.Key_N, Qt.Key.Key_1)
    assert review.candidates[0].verdict == "spasm"
    assert review.current is review.candidates[1]
    press(window, Qt.Key.Key_2, Qt.Key.Key_3)
    assert [each.verdict for each in review.candidates[:3]] == [Label.SPASM, Label.NOT_SPASM, Label.UNSURE]
    press(window, Qt.Key.Key_Z, with_keys=Qt.KeyboardModifier.ControlModifier)
    assert not review.candidates[2].verdict
    press(window, Qt.Key.Key_Y, with_keys=Qt.KeyboardModifier.ControlModifier)
    assert review.candidates[2].verdict == "unsure"
    qtbot.waitUntil(lambda: "All saved" in window.bar.saving_text, timeout=LONG)
    assert saved(window)


def test_letters_typed_into_the_note_are_text_and_no_verdicts(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    review = window.session.review
    press(window, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_P)
    press(window, Qt.Key.Key_D)
    note = window.review_page.verdicts.note
    qtbot.waitUntil(note.hasFocus, timeout=LONG)
    QTest.keyClicks(note, "2 arms, 3 legs <b>n</b>")
    press(window, Qt.Key.Key_Return)
    first = review.candidates[0]
    assert first.own is not None
    assert first.verdict is Label.SPASM
    assert first.own.statement.note == "2 arms, 3 legs <b>n</b>"
    assert [each.verdict for each in review.candidates[1:]] == [None] * 4
    press(window, Qt.Key.Key_2)
    assert review.candidates[0].verdict is Label.NOT_SPASM, "behind the note the keys are verdicts again"


def test_a_verdict_without_a_flag_says_what_to_do(window: MainWindow) -> None:
    press(window, Qt.Key.Key_1)
    assert "Select a flag first" in window.bar.line


def test_several_flags_get_one_verdict_that_one_undo_takes_back(window: MainWindow) -> None:
    assert window.session is not None
    review = window.session.review
    review.select([each.key for each in review.candidates])
    press(window, Qt.Key.Key_5)
    assert {each.verdict for each in review.candidates} == {Label.ARTEFACT}
    assert len(review.actions) == 1
    press(window, Qt.Key.Key_Z, with_keys=Qt.KeyboardModifier.ControlModifier)
    assert {each.verdict for each in review.candidates} == {None}


def test_full_screen_leaves_the_picture_and_the_keys_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen, timeout=LONG)
    assert not window.menuBar().isVisible()
    assert not window.review_page.timeline.isVisible()
    assert window.bar.isVisible()
    press(window, Qt.Key.Key_N, Qt.Key.Key_1)
    assert window.session is not None
    assert window.session.review.candidates[0].verdict is Label.SPASM, "keys work without the menu bar"
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen(), timeout=LONG)
    assert window.menuBar().isVisible()
    assert window.review_page.timeline.isVisible()


def test_function_keys_change_the_page(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F2)
    assert window.pages.currentIndex() == Page.RECORDINGS
    press(window, Qt.Key.Key_F3)
    assert window.pages.currentIndex() == Page.REVIEW


def test_what_was_typed_last_is_kept_when_the_window_closes(tmp_path: Path, qtbot: QtBot) -> None:
    with reviewing(tmp_path, qtbot) as window:
        assert window.session is not None
        number = window.session.review.subject.number  # type: ignore[union-attr]
        press(window, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_P, Qt.Key.Key_D)
        QTest.keyClicks(window.review_page.verdicts.note, "half a word")
    with window_on(start_in(tmp_path), qtbot) as again:
        open_number(again, number, qtbot)
        assert again.session is not None
        show_flags(again.session.review)
        own = again.session.review.candidates[0].own
        assert own is not None
        assert own.statement.note == "half a word"


def test_a_safe_start_says_so_and_leaves_the_settings_alone(tmp_path: Path, qtbot: QtBot) -> None:
    start = start_in(tmp_path, is_safe=True, problem="The last starts failed.")
    start.settings_file.write_text("rater = 'Ben'\n")
    with window_on(start, qtbot) as window:
        assert "The last starts failed." in window.bar.line
        assert window.pages.currentIndex() == Page.RECORDINGS
        window._remember(rater="Carla")
    assert start.settings_file.read_text() == "rater = 'Ben'\n"


def test_the_first_start_shows_the_first_steps_and_no_library_is_made_unasked(tmp_path: Path, qtbot: QtBot) -> None:
    with window_on(start_in(tmp_path, is_first=True, settings=Settings(language="en")), qtbot) as window:
        assert window.pages.currentIndex() == Page.FIRST_RUN
        assert not (tmp_path / "library").exists()
        window.first_run.rater_named.emit("Anna")
        window.first_run.left.emit()
        assert window.pages.currentIndex() == Page.RECORDINGS
        assert (tmp_path / "library" / "library.db").exists()


def test_the_key_sheet_opens_and_closes_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[QWidget] = []

    def close() -> bool:
        sheet = QApplication.activeModalWidget()
        if not isinstance(sheet, QDialog):
            return False
        assert_accessible(sheet)
        seen.append(sheet)
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        return True

    timer = QTimer(window, interval=20)
    timer.timeout.connect(lambda: timer.setInterval(3_600_000) if close() else None)
    timer.start()
    press(window, Qt.Key.Key_F1)
    assert len(seen) == 1


LIGHT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.journeys.stage import fill, place_in, start_in
from reviewer_app.gui.main_window import MainWindow
app = QApplication([])
folder = Path(sys.argv[1])
number = fill(place_in(folder))
before = set(sys.modules)
window = MainWindow(start_in(folder))
window.show()
window.begin()
window.opening.open_number(number)
app.processEvents()
print(*sorted(name for name in sys.argv[2:] if name in sys.modules))
window.close()
"""


def test_a_window_with_a_recording_has_loaded_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", LIGHT, str(tmp_path), *HEAVY]
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
