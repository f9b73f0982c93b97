from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from reviewer_app.gui.work.closing import end_work, may_close
from reviewer_app.store import queue as kept
from reviewer_app.store.library import Library
from tests.gui.work.queues import SOON, order_of, queue_in
from tests.jobs import stand_ins


def when_asked(answer: Callable[[QMessageBox], None]) -> list[str]:
    """Answers the next message box as soon as it is on the screen; the list holds what it said."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(f"{box.text()} {box.informativeText()}")
            answer(box)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    return said


def press(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(button for button in box.buttons() if text in button.text()).click()


def test_without_a_scan_the_window_closes_unasked(tmp_path: Path, library: Library, qtbot: QtBot) -> None:
    assert may_close(queue_in(tmp_path, library))


def test_a_running_scan_is_asked_about_and_then_ended_with_its_place_kept(
    tmp_path: Path, library: Library, qtbot: QtBot
) -> None:
    queue = queue_in(tmp_path, library, run=stand_ins.beat_for_ever)
    queue.add(order_of(tmp_path / "a.mp4"))
    queue.add(order_of(tmp_path / "b.mp4"))
    qtbot.waitUntil((tmp_path / "library" / "diary").exists, timeout=SOON)
    said = when_asked(press("Keep"))
    assert not may_close(queue)
    assert "kept" in said[0]
    assert queue.active is not None
    when_asked(press("Stop"))
    assert may_close(queue)
    assert end_work(queue)
    assert (tmp_path / "library" / "closed").exists(), "the child ended in order"
    assert len(kept.waiting(library)) == 2


def test_escape_keeps_scanning(tmp_path: Path, library: Library, qtbot: QtBot) -> None:
    queue = queue_in(tmp_path, library, run=stand_ins.beat_for_ever)
    queue.add(order_of(tmp_path / "a.mp4"))
    when_asked(lambda box: box.reject())
    assert not may_close(queue)
