"""Three steps that never hold anybody up, and a rater who is asked for by name."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.gui.shell.first_run import FirstRunPage
from reviewer_app.gui.shell.rater_dialog import RaterBox, RaterDialog, ask_for_rater, tidy_name
from tests.gui.accessible import assert_accessible


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> FirstRunPage:
    page = FirstRunPage(library=tmp_path)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def press(page: FirstRunPage, text: str) -> None:
    button = next(each for each in page.findChildren(QPushButton) if each.text() == text)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_path_from_the_name_to_the_demo_by_keys_and_two_clicks(page: FirstRunPage, qtbot: QtBot) -> None:
    box = page.findChild(RaterBox)
    assert isinstance(box, RaterBox)
    with qtbot.waitSignal(page.rater_named) as named:
        QTest.keyClicks(box, "A. B.")
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert named.args == ["A. B."]
    assert page.step == 1
    press(page, "Next")
    with qtbot.waitSignals([page.demo_wanted, page.left]):
        press(page, "Try the demo recording")


def test_the_page_can_be_left_from_every_step_without_an_answer(page: FirstRunPage, qtbot: QtBot) -> None:
    named: list[str] = []
    page.rater_named.connect(named.append)
    for step in range(3):
        assert page.step == step
        with qtbot.waitSignal(page.left):
            press(page, "Skip")
        if step < 2:
            press(page, "Next")
    with qtbot.waitSignal(page.left):
        press(page, "Done")
    assert named == []
    press(page, "Back")
    assert page.step == 1


def test_the_recovery_key_is_shown_when_asked_for_and_hidden_for_another_library(
    page: FirstRunPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(page, "Next")
    with qtbot.waitSignal(page.recovery_key_wanted):
        press(page, "Show the recovery key")
    page.show_recovery_key("ABCDE-FGHIJ")
    key = next(each for each in page.findChildren(QLineEdit) if each.text() == "ABCDE-FGHIJ")
    assert key.isVisible()
    assert key.isReadOnly()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"))
    with qtbot.waitSignal(page.library_chosen) as chosen:
        press(page, "Another folder…")
    assert chosen.args == [tmp_path / "other"]
    assert not key.isVisible()


def test_every_step_is_named_and_the_notice_stands_above(page: FirstRunPage) -> None:
    for _ in range(3):
        assert_accessible(page)
        assert RESEARCH_NOTICE in [each.text() for each in page.findChildren(type(page._place)) if each.isVisible()]
        press(page, "Next" if page.step < 2 else "Done")


def test_names_are_kept_in_one_form() -> None:
    assert tidy_name("  A.\n B.\t") == "A. B."
    assert tidy_name("Mu\u0308ller") == "Müller"
    assert tidy_name("A\u202eB\u200b") == "AB"
    assert tidy_name(" \n ") == ""
    assert len(tidy_name("x" * 100)) == 60


def test_a_rater_is_chosen_or_written_but_never_nobody(qtbot: QtBot) -> None:
    dialog = RaterDialog(["A", "B"], "B")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.name == "B"
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    box = dialog.findChild(RaterBox)
    assert isinstance(box, RaterBox)
    box.setCurrentText("   ")
    assert not ok.isEnabled()
    box.setCurrentText(" C ")
    assert ok.isEnabled()
    assert dialog.name == "C"
    assert_accessible(dialog)


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_Return, "B"), (Qt.Key.Key_Escape, None)])
def test_return_takes_the_last_rater_and_escape_nobody(qtbot: QtBot, key: Qt.Key, name: str | None) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RaterDialog)
        QTest.keyClick(dialog, key)

    QTimer.singleShot(50, answer)
    assert ask_for_rater(["A", "B"], "B") == name
