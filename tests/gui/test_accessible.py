"""The check for accessible names finds what it shall find, and lets Qt's own insides be."""

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.accessible import assert_accessible, unnamed_controls


def test_a_nameless_box_is_found_and_a_button_speaks_by_its_text(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    box = QLineEdit()
    layout.addWidget(QPushButton("Save"))
    layout.addWidget(box)
    assert unnamed_controls(root) == ["QWidget/QLineEdit"]
    with pytest.raises(AssertionError, match="without an accessible name: QWidget/QLineEdit"):
        assert_accessible(root)
    box.setAccessibleName("Name")
    assert_accessible(root)


def test_the_insides_of_qts_own_controls_need_no_names(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    editable = QComboBox()
    editable.setEditable(True)
    for control in (QSpinBox(), QTableWidget(2, 2), editable):
        control.setAccessibleName("Named")
        layout.addWidget(control)
    root.show()
    qtbot.waitExposed(root)
    assert_accessible(root)
