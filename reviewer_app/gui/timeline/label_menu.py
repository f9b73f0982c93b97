"""A small menu that asks what an interval is."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.gui.colours import LABEL_MARKS
from reviewer_app.gui.shortcuts import shortcut


def label_text(label: Label) -> str:
    """What a label is called on the screen."""
    return shortcut(f"verdict_{label.value}").text


def ask_label(
    parent: QWidget, place: QPoint, *, chosen: Callable[[Label], object], closed: Callable[[], object]
) -> QMenu:
    """Opens the menu and returns at once.

    Args:
        parent: Whose menu it is.
        place: Where on the screen.
        chosen: Is told the label; digits choose it, too.
        closed: Is told that the menu has gone, whatever was chosen.
    """
    menu = QMenu(parent)
    menu.setAccessibleName(QCoreApplication.translate("Timeline", "What is in this interval?"))
    for number, label in enumerate(Label, start=1):
        action = menu.addAction(f"{LABEL_MARKS[label].glyph}  &{number}  {label_text(label)}")
        action.triggered.connect(lambda _=False, label=label: chosen(label))
    menu.aboutToHide.connect(closed)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu
