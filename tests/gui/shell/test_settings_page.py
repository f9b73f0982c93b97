"""Each preference is changed by its control, told at once, and never by accident."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell.key_editor import KeyCatcher, KeyEditor
from reviewer_app.gui.shell.settings_page import SettingsPage
from reviewer_app.gui.shortcuts import Keys
from reviewer_app.settings import Settings
from tests.gui.accessible import assert_accessible

Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(Settings(), bundles=["starter", "other"])
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def told(page: SettingsPage) -> list[Settings]:
    heard: list[Settings] = []
    page.settings_changed.connect(heard.append)
    return heard


def control(page: SettingsPage, kind: type[Kind], name: str) -> Kind:
    found = page.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def test_showing_the_page_changes_nothing(qtbot: QtBot) -> None:
    odd = Settings(cluster_gap=80_000, false_alarms_per_hour=3000, bundle="away", font_scale=85, library=Path("/x"))
    page = SettingsPage(odd)
    qtbot.addWidget(page)
    assert page.settings == odd


def test_each_kind_of_control_tells_its_change(page: SettingsPage) -> None:
    heard = told(page)
    control(page, QDoubleSpinBox, "pre_roll").setValue(6)
    QTest.mouseClick(control(page, QCheckBox, "auto_advance"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QTest.keyClick(control(page, QComboBox, "theme"), Qt.Key.Key_Down)
    QTest.keyClick(control(page, QSpinBox, "stride"), Qt.Key.Key_Up)
    line = control(page, QLineEdit, "library")
    line.setFocus()
    QTest.keyClicks(line, "/nights")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert heard[-1] == Settings(pre_roll=6, auto_advance=False, theme="light", stride=4, library=Path("/nights"))
    assert len(heard) == 5


def test_a_folder_and_a_file_are_chosen_in_the_systems_dialogs(
    page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = told(page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/nights")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/people.onnx", ""))
    for button in page.findChildren(QPushButton):
        if button.text() == "Choose…":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard[-1] == Settings(library=Path("/nights"), person_detector=Path("/people.onnx"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    for button in page.findChildren(QPushButton):
        if button.accessibleName() == "Choose: Folder":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(heard) == 2, "a dialog that was left changes nothing"


def test_every_setting_but_the_rater_has_its_control(page: SettingsPage) -> None:
    assert {*page._showing, "rater"} == {*Settings.__dataclass_fields__}


def test_settings_changed_elsewhere_are_shown_and_kept(page: SettingsPage) -> None:
    heard = told(page)
    page.adopt(Settings(clock_times=False, rater="B", keys={"note": "Q"}, bundle="other"))
    assert not control(page, QCheckBox, "clock_times").isChecked()
    assert control(page, QComboBox, "bundle").currentText() == "other"
    assert heard == []
    control(page, QDoubleSpinBox, "pre_roll").setValue(2)
    assert heard == [Settings(clock_times=False, rater="B", keys={"note": "Q"}, bundle="other", pre_roll=2)]


def test_bundles_found_later_are_offered_without_choosing_one(page: SettingsPage) -> None:
    heard = told(page)
    page.set_bundles(["a", "b"])
    box = control(page, QComboBox, "bundle")
    assert [box.itemText(i) for i in range(box.count())] == ["a", "b", "starter"]
    assert box.currentText() == "starter"
    assert heard == []
    box.setCurrentIndex(1)
    assert heard[-1].bundle == "b"


def test_the_wheel_over_a_box_without_focus_changes_nothing(page: SettingsPage) -> None:
    box = control(page, QSpinBox, "stride")
    page.setFocus()
    middle = QPointF(box.rect().center())
    wheel = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.value() == 3


def test_every_control_has_a_name(page: SettingsPage) -> None:
    assert_accessible(page)


@pytest.fixture
def editor(qtbot: QtBot) -> KeyEditor:
    editor = KeyEditor(Keys())
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


def test_a_pressed_key_becomes_the_actions_key_even_if_the_window_uses_it(editor: KeyEditor, qtbot: QtBot) -> None:
    action = QAction(editor)
    action.setShortcut("Q")
    fired: list[bool] = []
    action.triggered.connect(fired.append)
    editor.addAction(action)
    editor.choose("verdict_spasm")
    catcher = editor.findChild(KeyCatcher)
    assert isinstance(catcher, KeyCatcher)
    catcher.setFocus()
    with qtbot.waitSignal(editor.keys_changed):
        QTest.keyClick(catcher, Qt.Key.Key_Q)
    assert editor.keys.of("verdict_spasm") == ("Q",)
    assert fired == []


def test_a_taken_key_is_refused_in_words_and_nothing_changes(editor: KeyEditor) -> None:
    editor.choose("note")
    catcher = editor.findChild(KeyCatcher)
    assert isinstance(catcher, KeyCatcher)
    catcher.setFocus()
    QTest.keyClick(catcher, Qt.Key.Key_W)
    assert "already stands for" in editor.message
    assert editor.keys == Keys()
    QTest.keyClick(catcher, Qt.Key.Key_Return)
    assert "is needed to move within lists" in editor.message
    QTest.keyClick(catcher, Qt.Key.Key_Shift)
    assert "is needed" in editor.message, "a modifier alone is no key"


def test_tab_leaves_the_box_that_catches_keys(editor: KeyEditor) -> None:
    catcher = editor.findChild(KeyCatcher)
    assert isinstance(catcher, KeyCatcher)
    catcher.setFocus()
    QTest.keyClick(catcher, Qt.Key.Key_Tab)
    assert not catcher.hasFocus()
    assert editor.keys == Keys()


def test_a_key_of_the_keypad_counts_as_the_ordinary_one(editor: KeyEditor) -> None:
    editor.choose("note")
    catcher = editor.findChild(KeyCatcher)
    assert isinstance(catcher, KeyCatcher)
    QTest.keyClick(catcher, Qt.Key.Key_8, Qt.KeyboardModifier.KeypadModifier)
    assert editor.keys.of("note") == ("8",)


def test_keys_can_be_taken_away_and_brought_back(editor: KeyEditor) -> None:
    editor.choose("why")
    editor._take_away()
    assert editor.keys.of("why") == ()
    editor._restore()
    assert editor.keys == Keys()
    editor._take_away()
    editor._restore_all()
    assert editor.keys == Keys()


def test_numbers_show_no_more_decimals_than_they_need(page: SettingsPage) -> None:
    box = control(page, QDoubleSpinBox, "pre_roll")
    assert box.text() == "4 s"
    box.setValue(2.5)
    assert box.text() == "2.5 s"
    rate = control(page, QDoubleSpinBox, "false_alarms_per_hour")
    rate.setValue(0.05)
    assert rate.text() == "0.05 an hour"


def test_another_language_is_plainly_said_to_come_with_the_next_start(page: SettingsPage) -> None:
    box = control(page, QComboBox, "language")
    told = page._language_told
    box.setCurrentIndex(box.findData("en"))
    assert not told.isVisible()
    box.setCurrentIndex(box.findData("de"))
    assert told.isVisible()
    assert told.text() == "The window speaks the new language from the next start on."
    box.setCurrentIndex(box.findData("en"))
    assert not told.isVisible()
