"""Where the window was and how its pages were divided, remembered between two starts."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from reviewer_app.gui.review_page import ReviewPage


class Placement:
    """A small file that may be lost without harm."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def restore_window(self, window: QMainWindow) -> None:
        """Puts the window where it was, as far as the screens of today allow."""
        geometry = self._kept.value("window")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def restore_page(self, page: ReviewPage) -> None:
        """Divides the page as it was."""
        across, down = self._kept.value("across"), self._kept.value("down")
        if isinstance(across, QByteArray) and isinstance(down, QByteArray):
            page.restore_layout((across, down))

    def keep(self, window: QMainWindow, page: ReviewPage) -> None:
        """Remembers where everything is; not in full screen, which is for a moment."""
        if window.isFullScreen():
            return
        self._kept.setValue("window", window.saveGeometry())
        across, down = page.layout_state()
        self._kept.setValue("across", across)
        self._kept.setValue("down", down)
        self._kept.sync()
