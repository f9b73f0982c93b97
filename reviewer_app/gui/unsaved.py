"""Closing the window while something could not be saved: asked, never done in silence."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer_app.gui.saver import SaveState


def may_lose(state: SaveState, parent: QWidget | None = None) -> bool:
    """Whether the window may close although something is not saved; asked only where saving fails."""
    if not state.problem:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(QCoreApplication.translate("Unsaved", "Not saved"))
    box.setText(QCoreApplication.translate("Unsaved", "NOT SAVED yet: %n of your last entries.", None, state.waiting))
    box.setInformativeText(state.problem)
    close = box.addButton(
        QCoreApplication.translate("Unsaved", "Close and &lose them"), QMessageBox.ButtonRole.DestructiveRole
    )
    stay = box.addButton(QCoreApplication.translate("Unsaved", "&Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is close
