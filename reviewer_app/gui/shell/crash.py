"""The last net under the program: what nobody expected is written down without names, and the person is told where."""

import faulthandler
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from reviewer_app.gui.shell.crash_report import error_lines, native_lines, qt_line, write_report

MOST_REPORTS = 10
"""Reports of one run; an error that comes back with every frame must not fill the disk."""
_NATIVE_FILE = "native.dump"
_GRAVE = {
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


class CrashHandler(QObject):
    """Listens for what nobody caught, in any thread, and for the program's own death.

    Signals:
        reported: A report was written, and a sentence says so; comes on the handler's own thread.
    """

    reported = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._qt: deque[str] = deque(maxlen=30)  # what Qt said last
        self._written: set[tuple[str, ...]] = set()
        self._native: TextIO | None = None
        self._undo: list[Callable[[], object]] = []

    def install(self) -> str:
        """Begins to listen; tells in a sentence what the last run left if it died, or nothing."""
        sentence = self._collect()
        hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        before = qInstallMessageHandler(self._on_qt)
        self._undo = [
            lambda: setattr(sys, "excepthook", hooks[0]),
            lambda: setattr(threading, "excepthook", hooks[1]),
            lambda: qInstallMessageHandler(before),
        ]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Stays open until the end: a dying program cannot open files any more.
            self._native = (self._folder / _NATIVE_FILE).open("w", encoding="utf-8")
            faulthandler.enable(self._native)
        except OSError:
            self._native = None  # no room for reports is no reason not to start
        return sentence

    def uninstall(self) -> None:
        """Gives everything back as it was; an orderly end leaves no dump."""
        for undo in self._undo:
            undo()
        self._undo = []
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            self._native = None
            (self._folder / _NATIVE_FILE).unlink(missing_ok=True)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None, thread: str = "main"
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        # A person who started the program from a console sees it whole; reports never are.
        sys.__excepthook__(kind, error, where)
        self._report(error_lines(error, thread=thread))

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback, "background")

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if sys.stderr is not None:
            sys.stderr.write(f"{message}\n")
        if kind in _GRAVE:
            # Stubs say str, but Qt gives None where a build tells no category.
            self._qt.append(qt_line(_GRAVE[kind], context.category or "", message))
        if kind is QtMsgType.QtFatalMsg:
            self._report(["Qt ended the program."])

    def _report(self, lines: list[str]) -> None:
        if tuple(lines) in self._written or len(self._written) >= MOST_REPORTS:
            return
        self._written.add(tuple(lines))
        try:
            path = write_report(self._folder, [*lines, "", "Qt said before:", *self._qt])
        except OSError:
            self.reported.emit(_unwritten_sentence())
            return
        self.reported.emit(_sentence(path))

    def _collect(self) -> str:
        """Makes a report of the dump that a dead run left."""
        dump = self._folder / _NATIVE_FILE
        try:
            lines = native_lines(dump.read_text("utf-8", "replace"))
            if not lines:
                return ""
            path = write_report(self._folder, ["The program died.", *lines])
            dump.unlink()
        except OSError:
            return ""
        return _died_sentence(path)


def _sentence(path: Path) -> str:
    text = QCoreApplication.translate(
        "Crash",
        "Something went wrong that nobody foresaw. What was shown as saved is saved. "
        "A report without names is in {path}.",
    )
    return text.format(path=path)


def _unwritten_sentence() -> str:
    return QCoreApplication.translate(
        "Crash",
        "Something went wrong that nobody foresaw. What was shown as saved is saved. No report could be written.",
    )


def _died_sentence(path: Path) -> str:
    text = QCoreApplication.translate(
        "Crash",
        "The program ended unexpectedly last time. What was shown as saved is saved. "
        "A report without names is in {path}.",
    )
    return text.format(path=path)
