"""Whatever breaks is written down without names, paths or messages, and the person is told where in one sentence."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qWarning
from pytestqt.qtbot import QtBot

from reviewer_app.gui.shell.crash import MOST_REPORTS, CrashHandler
from reviewer_app.gui.shell.crash_report import KEPT, error_lines, native_lines, qt_line, write_report

SECRETS = ("Mustermann", "/home", "C:\\", "night.mp4", "52.5200")


@pytest.fixture
def handler(tmp_path: Path, qtbot: QtBot) -> Iterator[CrashHandler]:
    handler = CrashHandler(tmp_path / "crashes")
    handler.install()
    yield handler
    handler.uninstall()


def reports(handler_folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(handler_folder.glob("crash-*.txt"))]


def fail(text: str = "Mustermann's /home/m/night.mp4 at 52.5200") -> None:
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(f"worse: {text}") from error


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_in_any_thread_becomes_a_report_without_names(
    handler: CrashHandler, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    with qtbot.waitSignal(handler.reported) as told:
        try:
            fail()
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert told.args is not None
    assert "A report without names is in" in told.args[0]
    with qtbot.waitSignal(handler.reported):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    texts = reports(tmp_path / "crashes")
    assert len(texts) == 2
    for text in texts:
        assert "builtins.KeyError" in text
        assert "builtins.ValueError" in text
        assert "test_crash.py:" in text
        assert "in fail" in text
        assert not [secret for secret in SECRETS if secret in text]
        assert str(tmp_path) not in text
    assert "In the background thread." in texts[1]
    assert str(Path.home()) not in "".join(texts)


def test_an_error_that_comes_back_is_reported_once_and_many_do_not_fill_the_disk(
    handler: CrashHandler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def raise_of(kind: type[Exception]) -> None:
        try:
            raise kind
        except kind as error:
            sys.excepthook(kind, error, error.__traceback__)

    raise_of(KeyError)
    raise_of(KeyError)
    assert len(reports(tmp_path / "crashes")) == 1
    for i in range(2 * MOST_REPORTS):
        raise_of(type(f"Error{i}", (Exception,), {}))
    assert len(reports(tmp_path / "crashes")) == MOST_REPORTS


def test_an_error_in_a_slot_leaves_the_window_alive(
    handler: CrashHandler, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    with qtbot.capture_exceptions():
        # pytest-qt has put its own hook over ours: as a window would, the slot's error goes to whatever hook stands.
        sys.excepthook = handler._on_error
        with qtbot.waitSignal(handler.reported):
            QTimer.singleShot(0, fail)
    assert len(reports(tmp_path / "crashes")) == 1


def test_what_qt_said_before_is_told_by_class_only(
    handler: CrashHandler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    qWarning("QFile: cannot open /home/Mustermann/night.mp4")
    qWarning("Mustermann: is not a class of Qt's but starts like one")
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text = reports(tmp_path / "crashes")[0]
    assert "Qt warning [default] QFile\n" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_the_programs_death_by_qt_is_reported_before_it_comes(handler: CrashHandler, tmp_path: Path) -> None:
    handler._on_qt(QtMsgType.QtFatalMsg, QMessageLogContext(), "QThread: destroyed with Mustermann in it")
    text = reports(tmp_path / "crashes")[0]
    assert "Qt ended the program." in text
    assert "Qt fatal [default] QThread\n" in text or "Qt fatal [] QThread\n" in text


def test_a_person_who_stops_the_program_gets_no_report(handler: CrashHandler, tmp_path: Path) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reports(tmp_path / "crashes") == []


def test_no_room_for_a_report_is_said_and_nothing_else_breaks(
    tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    handler = CrashHandler(tmp_path / "file" / "crashes")
    assert handler.install() == ""
    try:
        with qtbot.waitSignal(handler.reported) as told:
            sys.excepthook(ValueError, ValueError("x"), None)
        assert told.args is not None
        assert "No report could be written." in told.args[0]
    finally:
        handler.uninstall()


def test_everything_is_given_back_at_the_end(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    handler = CrashHandler(tmp_path)
    handler.install()
    assert sys.excepthook != before[0]
    handler.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_died_is_reported_at_the_next_start(tmp_path: Path, qtbot: QtBot) -> None:
    code = (
        "import sys, ctypes; from pathlib import Path; from reviewer_app.gui.shell.crash import CrashHandler\n"
        "handler = CrashHandler(Path(sys.argv[1])); handler.install(); ctypes.string_at(0)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert died.returncode != 0
    handler = CrashHandler(tmp_path)
    sentence = handler.install()
    handler.uninstall()
    assert sentence.startswith("The program ended unexpectedly last time.")
    text = reports(tmp_path)[0]
    assert "Fatal Python error: Segmentation fault" in text
    assert "__init__.py:" in text
    assert "/" not in text.split("The program died.")[1]
    assert CrashHandler(tmp_path)._collect() == ""


def test_paths_of_both_kinds_are_bared() -> None:
    dump = (
        '  File "/home/Mustermann/x.py", line 3 in f\n'
        '  File "C:\\Users\\Mustermann\\y.py", line 4 in <module>\n'
        "note: Mustermann"
    )
    assert native_lines(dump) == ["  x.py:3 in f", "  y.py:4 in <module>"]


def test_a_message_of_qt_is_never_quoted() -> None:
    assert qt_line("warning", "qt.qpa", "QWidget::repaint: Mustermann") == "Qt warning [qt.qpa] QWidget::repaint"
    assert qt_line("fatal", "", "max Mustermann.mp4") == "Qt fatal [] without a name"


def test_a_ring_of_causes_ends() -> None:
    one, two = ValueError("a"), KeyError("b")
    one.__cause__, two.__cause__ = two, one
    assert error_lines(one, thread="main")[1:] == ["builtins.KeyError", "builtins.ValueError"]


def test_old_reports_go(tmp_path: Path) -> None:
    for second in range(KEPT + 5):
        write_report(tmp_path, ["x"], now=datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC))
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == KEPT
    assert kept[0] == "crash-20260101T000005Z-01.txt"


def test_two_reports_of_one_second_are_two(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert write_report(tmp_path, ["x"], now=now) != write_report(tmp_path, ["y"], now=now)
