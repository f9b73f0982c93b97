import gc
import os
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.gui.work import job_thread
from reviewer_app.gui.work.job_thread import JobThread, end_all_jobs
from reviewer_app.jobs import process
from reviewer_app.jobs.message import Heartbeat, Remark, Stage
from reviewer_app.jobs.process import Runner
from tests.jobs import stand_ins

SOON = 20_000


class Heard:
    """What a thread's signals said, in order."""

    def __init__(self, thread: JobThread) -> None:
        self.messages: list[Any] = []
        self.ends: list[tuple[str, Any]] = []
        thread.message.connect(self.messages.append)
        thread.succeeded.connect(lambda answer: self.ends.append(("succeeded", answer)))
        thread.cancelled.connect(lambda: self.ends.append(("cancelled", None)))
        thread.failed.connect(lambda error: self.ends.append(("failed", error)))


def started(folder: Path, run: Runner) -> tuple[JobThread, Heard]:
    thread = JobThread(stand_ins.request_in(folder), run=run)
    heard = Heard(thread)
    thread.start()
    return thread, heard


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def child(folder: Path) -> int:
    return int((folder / "diary").read_text().split()[-1])


def test_what_the_child_says_and_answers_arrives_in_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    thread, heard = started(tmp_path, stand_ins.speak)
    qtbot.waitUntil(lambda: bool(heard.ends) and thread.isFinished(), timeout=SOON)
    assert [each for each in heard.messages if not isinstance(each, Heartbeat)] == [Stage("one"), Remark("two")]
    assert heard.ends == [("succeeded", (tmp_path / "film.mp4",))]


def test_a_refusal_arrives_as_the_same_error(tmp_path: Path, qtbot: QtBot) -> None:
    thread, heard = started(tmp_path, stand_ins.refuse)
    qtbot.waitUntil(lambda: bool(heard.ends) and thread.isFinished(), timeout=SOON)
    (end,) = heard.ends
    assert end[0] == "failed"
    assert isinstance(end[1], MediaError)


def test_a_fault_in_the_thread_itself_becomes_one_sentence(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(job_thread, "supervise", broken)
    _, heard = started(tmp_path, stand_ins.speak)
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=SOON)
    assert type(heard.ends[0][1]) is SpasmReviewerError
    assert "ZeroDivisionError: a bug" in str(heard.ends[0][1])


def test_cancelling_returns_at_once_and_ends_the_child(tmp_path: Path, qtbot: QtBot) -> None:
    thread, heard = started(tmp_path, stand_ins.beat_for_ever)
    qtbot.waitUntil((tmp_path / "diary").exists, timeout=SOON)
    began = time.monotonic()
    thread.cancel()
    assert time.monotonic() - began < 0.05
    qtbot.waitUntil(lambda: bool(heard.ends) and thread.isFinished(), timeout=SOON)
    assert heard.ends == [("cancelled", None)]
    assert (tmp_path / "closed").exists()
    assert not is_alive(child(tmp_path))


def test_a_child_that_says_nothing_can_be_cancelled_all_the_same(tmp_path: Path, qtbot: QtBot) -> None:
    thread, heard = started(tmp_path, stand_ins.hang_at_42)
    qtbot.waitUntil(lambda: Stage("one") in heard.messages, timeout=SOON)
    began = time.monotonic()
    thread.cancel()
    qtbot.waitUntil(lambda: bool(heard.ends) and thread.isFinished(), timeout=SOON)
    assert heard.ends == [("cancelled", None)]
    assert time.monotonic() - began < process.SILENCE / 3
    assert not is_alive(child(tmp_path))


def test_pause_and_resume_reach_the_child(tmp_path: Path, qtbot: QtBot) -> None:
    thread, heard = started(tmp_path, stand_ins.beat_for_ever)
    thread.pause()
    qtbot.waitUntil(lambda: Heartbeat(paused=True) in heard.messages, timeout=SOON)
    thread.resume()
    qtbot.waitUntil(lambda: heard.messages[-1] == Heartbeat(paused=False), timeout=SOON)
    assert end_all_jobs()


def test_a_thread_that_nobody_keeps_goes_on_until_it_ends(tmp_path: Path, qtbot: QtBot) -> None:
    started(tmp_path, stand_ins.beat_for_ever)
    gc.collect()
    qtbot.waitUntil((tmp_path / "diary").exists, timeout=SOON)
    assert end_all_jobs()
    assert not is_alive(child(tmp_path))


def test_a_job_ends_with_its_parent(tmp_path: Path, qtbot: QtBot) -> None:
    parent = QObject()
    thread = JobThread(stand_ins.request_in(tmp_path), parent, run=stand_ins.beat_for_ever)
    heard = Heard(thread)
    thread.start()
    qtbot.waitUntil((tmp_path / "diary").exists, timeout=SOON)
    del parent
    gc.collect()
    qtbot.waitUntil(lambda: heard.ends == [("cancelled", None)], timeout=SOON)
    assert thread.wait(5000)
