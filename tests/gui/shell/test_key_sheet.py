"""The key sheet shows every action with the keys that are bound now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell.key_sheet import KeySheet
from reviewer_app.gui.shortcuts import SHORTCUTS, Keys
from tests.gui.accessible import unnamed_controls


def test_every_action_stands_beside_its_keys(qtbot: QtBot) -> None:
    keys = Keys().rebound("verdict_spasm", "Q").rebound("why", "")
    sheet = KeySheet(keys)
    qtbot.addWidget(sheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    for each in SHORTCUTS:
        place = texts.index(each.text)
        assert texts[place - 1] == ("  ".join(keys.texts(each.action_id)) or "–")
    assert "Q" in texts


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_F1])
def test_the_sheet_names_its_controls_and_the_key_that_brought_it_closes_it(qtbot: QtBot, key: Qt.Key) -> None:
    sheet = KeySheet(Keys())
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    assert unnamed_controls(sheet) == []
    QTest.keyClick(sheet, key)
    assert not sheet.isVisible()
