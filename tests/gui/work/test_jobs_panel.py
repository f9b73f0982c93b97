from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.gui.work.job import Job, JobState, Progress
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.job_words import duration_text, ended_line, job_line, share_text, speed_text, state_text
from reviewer_app.gui.work.jobs_model import moved
from reviewer_app.gui.work.jobs_panel import JobsPanel
from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.store import queue as kept
from reviewer_app.store.library import Library
from tests.gui.accessible import assert_accessible
from tests.gui.work.queues import SOON, order_of, queue_in
from tests.jobs import stand_ins

JOB = Job(1, order_of(Path("/nights/one.mp4")))


@pytest.fixture
def queue(tmp_path: Path, library: Library) -> JobQueue:
    """One beating job and three that wait."""
    queue = queue_in(tmp_path, library, run=stand_ins.beat_for_ever)
    for name in ("a", "b", "c", "d"):
        queue.add(order_of(tmp_path / f"{name}.mp4"))
    return queue


@pytest.fixture
def panel(queue: JobQueue, qtbot: QtBot) -> JobsPanel:
    panel = JobsPanel(queue)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    panel.table.setFocus()
    return panel


def titles(queue: JobQueue) -> str:
    return "".join(job.order.title for job in queue.jobs)


def state(queue: JobQueue, title: str) -> JobState:
    return next(job.state for job in queue.jobs if job.order.title == title)


def test_everything_can_be_reached_by_a_screen_reader(panel: JobsPanel) -> None:
    assert_accessible(panel)


def test_keys_pause_resume_and_move_the_chosen_scan(panel: JobsPanel, queue: JobQueue, qtbot: QtBot) -> None:
    panel.table.selectRow(2)
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert state(queue, "c") is JobState.HELD
    assert panel.pause_button.text() == "&Resume"
    QTest.keyClick(panel.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(queue) == "acbd"
    assert [job.order.title for job in panel.chosen] == ["c"], "what was chosen stays chosen"
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(queue) == "abdc"
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert state(queue, "c") is JobState.WAITING


def test_delete_takes_a_waiting_scan_out_and_stops_the_running_one(
    panel: JobsPanel, queue: JobQueue, library: Library, qtbot: QtBot
) -> None:
    panel.table.selectRow(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert titles(queue) == "acd"
    panel.table.selectRow(0)
    QTest.mouseClick(panel.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(queue) == "cd", timeout=SOON)
    assert state(queue, "c") is JobState.RUNNING
    assert len(kept.waiting(library)) == 2


@pytest.mark.parametrize(("row", "order"), [(1, "acbd"), (-1, "abdc"), (0, "cabd"), (4, "abdc")])
def test_a_dragged_row_lands_where_it_is_let_go(panel: JobsPanel, queue: JobQueue, row: int, order: str) -> None:
    model = panel.model
    data = model.mimeData([model.index(2, 0), model.index(2, 1)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert titles(queue) == order


def test_held_scans_are_offered(
    panel: JobsPanel, queue: JobQueue, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not panel.offer.isVisible()
    again = queue_in(tmp_path, library, run=stand_ins.beat_for_ever)
    other = JobsPanel(again)
    qtbot.addWidget(other)
    other.show()
    again.restore()
    assert other.offer.isVisible()
    assert "4" in other._offered.text()
    QTest.mouseClick(other.go_on_button, Qt.MouseButton.LeftButton)
    assert not other.offer.isVisible()
    assert again.active == again.jobs[0]


def test_moving_some_rows_keeps_their_order_and_that_of_the_others() -> None:
    assert moved([1, 2, 3, 4, 5], [2, 4], before=1) == [1, 2, 4, 3, 5]
    assert moved([1, 2, 3, 4, 5], [2, 4], before=5) == [1, 3, 5, 2, 4]
    assert moved([1, 2, 3], [], before=0) == [1, 2, 3]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (5, "under 1 min"), (60, "1 min"), (61, "2 min"), (3599, "1 h 0 min"), (5400, "1 h 30 min")],
)
def test_time_left_is_rounded_up(seconds: float | None, text: str) -> None:
    assert duration_text(seconds) == text


def test_a_scan_is_told_in_words() -> None:
    running = replace(JOB, state=JobState.RUNNING)
    assert state_text(replace(running, progress=Progress(stage="Loading the network"))) == "Loading the network"
    scanning = replace(running, progress=Progress(999, 1000, 41.7, 300.0, device="a processor"))
    assert state_text(scanning) == "Scanning on a processor"
    assert share_text(scanning) == "99 %"
    last = replace(scanning, progress=Progress(1000, 1000))
    assert share_text(last) == "99 %", "windows may wait to be stored: never 100 before all is done"
    assert share_text(replace(last, state=JobState.DONE)) == "100 %"
    assert share_text(JOB) == ""
    assert speed_text(41.7) == "42×"
    assert job_line(scanning) == "one: 99 % scanned, 5 min left"
    assert job_line(replace(scanning, progress=Progress(1, 2))) == "one: 50 % scanned"
    assert job_line(None) == ""
    away = replace(scanning, progress=replace(scanning.progress, away=True))
    assert job_line(away) == "one: Waits for files that cannot be reached"
    assert state_text(replace(JOB, state=JobState.FAILED, problem="film.mp4 is cut short.")) == "film.mp4 is cut short."


def test_a_row_of_the_library_tells_of_its_scan() -> None:
    row = RecordingRow("one.mp4", (Path("/nights/one.mp4"),), 1, job=JOB)
    assert row.status == "Waits for its scan"
    running = replace(JOB, state=JobState.RUNNING, progress=Progress(1, 2))
    assert replace(row, job=running).status == "Being scanned: 50 %"
    assert replace(row, job=replace(running, state=JobState.PAUSED)).status == "Paused"
    assert replace(row, job=None).status == "Not scanned"
    assert replace(row, job=None, bundle_name="tiny", scanned=0.999).status == "Scanned in part: 99 %"


def test_the_end_of_a_scan_never_hides_what_could_not_be_read() -> None:
    assert ended_line(JOB, complete=True) == "one: scanned."
    assert "what is missing" in ended_line(JOB, complete=False)
