"""After two starts in a row that came to nothing, the next is a plain one, so that a person can set things right.

A start that neither brought up the window nor ended in order is one that failed.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

from reviewer_app.settings import Settings

PATIENCE = 2
"""Failed starts in a row after which the next one is safe."""


@dataclass(frozen=True, slots=True)
class StartGuard:
    """Counts the starts that failed, in a small file that may be lost without harm."""

    file: Path

    def begin(self) -> bool:
        """Notes that a start has begun; tells whether it shall be a safe one."""
        failed = self._failed()
        self._note(failed + 1)
        return failed >= PATIENCE

    def settle(self) -> None:
        """Notes that the window is usable, or that the program ended in order: the count begins again."""
        self._note(0)

    def _failed(self) -> int:
        try:
            return max(0, min(int(self.file.read_text("ascii")), 1000))
        except (OSError, ValueError):
            return 0

    def _note(self, failed: int) -> None:
        # A disk that is full must not keep the program from starting.
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(str(failed), "ascii")


def safe_settings(settings: Settings) -> Settings:
    """The defaults, but for where the labels lie, whose they are and in which language to speak of them."""
    return Settings(library=settings.library, rater=settings.rater, language=settings.language)


def draw_by_software() -> None:
    """Keeps the graphics card's driver out of it; only before the QApplication is made."""
    os.environ.update(QT_OPENGL="software", QT_WIDGETS_RHI="0", LIBGL_ALWAYS_SOFTWARE="1")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_UseSoftwareOpenGL)


def safe_start_sentence() -> str:
    """What a person is told when the start is a safe one."""
    return QCoreApplication.translate(
        "SafeStart",
        "The last two starts failed, so the program started with default settings, without opening the last recording "
        "and without the graphics card. Your labels are untouched.",
    )
