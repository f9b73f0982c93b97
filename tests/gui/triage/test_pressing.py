"""The space bar plays, but for a button to which Tab has gone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.gui.triage.pressing import SpacePresses


def test_space_plays_after_a_click_and_presses_after_tab(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    rows, button, play = QListWidget(), QPushButton("Spasm"), QAction(page)
    rows.setTabKeyNavigation(False)
    SpacePresses(button)
    play.setShortcut(QKeySequence(Qt.Key.Key_Space))
    page.addAction(play)
    column = QVBoxLayout(page)
    column.addWidget(rows)
    column.addWidget(button)
    said: list[str] = []
    button.clicked.connect(lambda: said.append("pressed"))
    play.triggered.connect(lambda: said.append("played"))
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rows.hasFocus(), "the list keeps the keyboard"
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert said == ["pressed", "played"]
    qtbot.keyClick(rows, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert said == ["pressed", "played", "pressed"]
