"""When a library cannot be opened: what is wrong, and a backup to put in its place if there is one."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from reviewer_app.domain.backup import Backup
from reviewer_app.errors import StoreError
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.store.backup import backups
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.restore import restore


def backups_of(place: LibraryPlace) -> tuple[Backup, ...]:
    """The finished backups of a library, newest first."""
    return backups(place.folder / "backups")


def offer_backup(place: LibraryPlace, problem: str, parent: QWidget) -> bool:
    """Says what is wrong with a library and lets the person restore a backup.

    Returns:
        Whether one was restored, so that the library may be opened again.
    """
    found = backups_of(place)
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        QCoreApplication.translate("Rescue", "The library cannot be opened"),
        problem,
        parent=parent,
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    button = box.addButton(
        QCoreApplication.translate("Rescue", "Restore a &backup…"), QMessageBox.ButtonRole.ActionRole
    )
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()
    return box.clickedButton() is button and _restore(place, found, parent)


def _restore(place: LibraryPlace, found: tuple[Backup, ...], parent: QWidget) -> bool:
    texts = [f"{each.made_at.astimezone():%Y-%m-%d %H:%M:%S}" for each in found]
    asked = QCoreApplication.translate(
        "Rescue", "The library becomes what it was then. What it is now is set aside, not deleted."
    )
    chosen, wanted = QInputDialog.getItem(
        parent, QCoreApplication.translate("Rescue", "Restore a backup"), asked, texts, 0, editable=False
    )
    if not wanted:
        return False
    try:
        restore(place.folder, found[texts.index(chosen)].path, keys=choose_keys(place.key_folder))
    except StoreError as error:
        QMessageBox.warning(parent, QCoreApplication.translate("Rescue", "Nothing restored"), str(error))
        return False
    return True
