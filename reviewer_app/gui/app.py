"""The program with a window: from the settings to the event loop."""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app import __version__, paths
from reviewer_app.errors import RequestError
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.session import Surroundings
from reviewer_app.gui.shell.collector import collect_between_events
from reviewer_app.gui.shell.crash import CrashHandler
from reviewer_app.gui.shell.language import speak
from reviewer_app.gui.shell.safe_start import StartGuard, draw_by_software, safe_settings, safe_start_sentence
from reviewer_app.gui.shell.theme import apply_theme
from reviewer_app.gui.start import Start
from reviewer_app.jobs.request import DEMO_SEED, LibraryPlace
from reviewer_app.settings import Settings, read_settings

SETTLED_AFTER = 3000
"""Milliseconds after which a start counts as a good one."""


def run_window(*, demo: bool = False) -> int:
    """Shows the window until it is closed.

    Args:
        demo: Whether to make, scan and open the demo's recording.

    Returns:
        The program's exit code.
    """
    guard = StartGuard(paths.state_folder() / "starts")
    is_safe = guard.begin()
    if is_safe:
        draw_by_software()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("spasm-reviewer")
    app.setApplicationDisplayName("Spasm Reviewer")
    app.setApplicationVersion(__version__)
    crashes = CrashHandler(paths.state_folder() / "crashes")
    sentences = [crashes.install()]
    settings, problem = _settings()
    sentences.append(problem)
    if is_safe:
        settings = safe_settings(settings)
        sentences.append(safe_start_sentence())
    apply_theme(app, settings.theme, settings.font_scale)
    speak(app, settings.language, translations())
    start = _start(settings, demo=demo, problem=" ".join(filter(None, sentences)))
    window = MainWindow(replace(start, is_safe=is_safe))
    crashes.reported.connect(window.bar.say)
    # A start that dies in its first seconds has failed, although the window came up.
    window.usable.connect(lambda: QTimer.singleShot(SETTLED_AFTER, guard.settle))
    window.show()
    QTimer.singleShot(0, window.begin)
    collector = collect_between_events()
    code = app.exec()
    collector.timer.stop()
    crashes.uninstall()
    guard.settle()
    return code


def translations() -> Path:
    """Where the languages lie."""
    return paths.resources_folder() / "translations"


def _settings() -> tuple[Settings, str]:
    """The person's settings, or the usual ones and a sentence on what is wrong with the file."""
    try:
        return read_settings(paths.config_file()), ""
    except RequestError as error:
        return Settings(), str(error)


def _start(settings: Settings, *, demo: bool, problem: str) -> Start:
    cache = paths.cache_folder()
    library = cache / "demo-library" if demo else settings.library or paths.library_folder()
    return Start(
        settings=settings,
        settings_file=paths.config_file(),
        place=LibraryPlace(library, paths.key_folder()),
        surroundings=Surroundings(paths.bundle_folders(), paths.state_folder() / "pace.json"),
        translations=translations(),
        placement_file=paths.state_folder() / "window.ini",
        demo_folder=cache / f"demo-{DEMO_SEED}",
        is_first=not paths.config_file().exists(),
        is_demo=demo,
        problem=problem,
    )
