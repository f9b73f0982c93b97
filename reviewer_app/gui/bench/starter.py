"""One start of the program over a folder that is named; prints the moment at which the window could be used.

It imports what the program's own start imports and nothing more.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.shell.crash import CrashHandler
from reviewer_app.gui.shell.language import speak
from reviewer_app.gui.shell.safe_start import StartGuard
from reviewer_app.gui.shell.theme import apply_theme


def main() -> int:
    """Goes the way of ``run_window``, until the window is usable and the event loop has been round once more."""
    folder = Path(sys.argv[1])
    guard = StartGuard(folder / "starts")
    guard.begin()
    app = QApplication(sys.argv[:1])
    crashes = CrashHandler(folder / "crashes")
    crashes.install()
    start = start_in(folder)
    apply_theme(app, start.settings.theme, start.settings.font_scale)
    speak(app, start.settings.language, start.translations)
    window = MainWindow(start)
    window.usable.connect(lambda: QTimer.singleShot(0, tell))

    def tell() -> None:
        print(time.time(), flush=True)  # noqa: T201  read by the process that measures
        window.close()
        guard.settle()
        app.quit()

    window.show()
    QTimer.singleShot(0, window.begin)
    code = app.exec()
    crashes.uninstall()
    return code


if __name__ == "__main__":
    sys.exit(main())
