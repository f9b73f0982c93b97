import json
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Action, Label, Statement
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.window import Interval
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.wording import stated
from reviewer_app.gui.work.job import Job, JobState
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.scan_order import ScanOrder
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.process import Runner
from reviewer_app.jobs.request import DoctorRequest, ListBundles
from reviewer_app.jobs.run import run_job
from reviewer_app.media.video import RecordingFrames
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store import queue as kept
from reviewer_app.store.library import Library
from tests.conftest import FilmMaker
from tests.gui.work.queues import SOON, order_of, queue_in, terms_in
from tests.jobs import stand_ins

NOW = "2026-03-14T22:00:00.000+00:00"


def scan_whose_drive_is_pulled(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The real scan; in its first minute the folder of its films gets another name."""
    frames = RecordingFrames.frames

    def pulled(self: RecordingFrames, first: int, stop: int) -> Iterator[GridFrame]:
        for frame in frames(self, first, stop):
            if frame.number == 30 and request.paths[0].parent.exists():
                request.paths[0].parent.rename(request.paths[0].parent.with_name("unplugged"))
            yield frame

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingFrames, "frames", pulled)
        return (yield from run_job(request, control))


class Heard:
    """What a queue said."""

    def __init__(self, queue: JobQueue) -> None:
        self.started: list[Any] = []
        self.chunks: list[tuple[Any, Any]] = []
        self.finished: list[tuple[int, TraceReport]] = []
        self.failed: list[Job] = []
        self.said: list[str] = []
        queue.scan_started.connect(self.started.append)
        queue.chunk_stored.connect(lambda identity, chunk: self.chunks.append((identity, chunk)))
        queue.finished.connect(lambda number, report: self.finished.append((number, report)))
        queue.failed.connect(self.failed.append)
        queue.said.connect(self.said.append)


def heard_queue(
    folder: Path, library: Library, *, run: Runner = run_job, bundles: Path | None = None
) -> tuple[JobQueue, Heard]:
    queue = queue_in(folder, library, run=run, bundles=bundles)
    return queue, Heard(queue)


def states(queue: JobQueue) -> list[tuple[str, JobState]]:
    return [(job.order.title, job.state) for job in queue.jobs]


def titles_kept(library: Library) -> list[str]:
    return [ScanOrder.from_json(each.payload).title for each in kept.waiting(library)]


def beating_queue(tmp_path: Path, library: Library, *names: str) -> tuple[JobQueue, dict[str, int]]:
    """Jobs that beat until they are cancelled, by their names."""
    queue = queue_in(tmp_path, library, run=stand_ins.beat_for_ever)
    ids = {name: queue.add(order_of(tmp_path / f"{name}.mp4")) for name in names}
    return queue, {name: job_id for name, job_id in ids.items() if job_id is not None}


def test_two_scans_run_one_after_the_other_beside_the_window_that_holds_the_library(
    tmp_path: Path, film: FilmMaker, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    queue, heard = heard_queue(tmp_path, library, bundles=bundles)
    for name in ("one", "two"):
        queue.add(order_of(film(f"{name}.mp4", frames=300, first_number=ord(name[0]))))
    assert states(queue) == [("one", JobState.RUNNING), ("two", JobState.WAITING)]
    qtbot.waitUntil(lambda: len(heard.finished) == 2, timeout=SOON)
    assert states(queue) == [("one", JobState.DONE), ("two", JobState.DONE)]
    assert kept.waiting(library) == ()
    (first, report), (second, _) = heard.finished
    assert first != second
    assert queue.jobs[0].progress.share == 1
    stored = traces.load(library, traces.summaries(library, recording_id=first)[0].trace_id)
    np.testing.assert_array_equal(stored.scores, report.trace.scores)
    shown = [chunk for identity, chunk in heard.chunks if identity == report.identity]
    np.testing.assert_array_equal(np.concatenate([chunk.scores for chunk in shown]), report.trace.scores)


def test_a_broken_file_fails_with_a_sentence_and_the_next_scan_runs(
    tmp_path: Path, film: FilmMaker, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\0" * 5000)
    queue, heard = heard_queue(tmp_path, library, bundles=bundles)
    queue.add(order_of(broken))
    queue.add(order_of(film(frames=200)))
    qtbot.waitUntil(lambda: bool(heard.finished), timeout=SOON)
    assert [state for _, state in states(queue)] == [JobState.FAILED, JobState.DONE]
    assert "broken.mp4" in queue.jobs[0].problem
    assert heard.failed == [queue.jobs[0]]
    assert (heard.said[0], heard.said[-1]) == (queue.jobs[0].problem, "film: scanned.")
    queue.resume(queue.jobs[0].job_id)
    assert queue.jobs[0].state is JobState.RUNNING, "tried again"
    qtbot.waitUntil(lambda: len(heard.failed) == 2, timeout=SOON)
    assert titles_kept(library) == ["broken"]  # to be tried again, perhaps tomorrow
    queue.dismiss_ended()
    assert (queue.jobs, kept.waiting(library)) == ((), ())


def test_a_paused_scan_rests_until_it_is_resumed(tmp_path: Path, library: Library, qtbot: QtBot) -> None:
    queue, ids = beating_queue(tmp_path, library, "a")
    qtbot.waitUntil((tmp_path / "library" / "diary").exists, timeout=SOON)
    queue.pause(ids["a"])
    assert states(queue) == [("a", JobState.PAUSED)]
    assert queue._thread is not None
    assert queue._thread.control.paused
    queue.resume(ids["a"])
    assert states(queue) == [("a", JobState.RUNNING)]
    assert not queue._thread.control.paused


def test_a_held_scan_is_passed_over_and_runs_when_resumed(tmp_path: Path, library: Library, qtbot: QtBot) -> None:
    queue, ids = beating_queue(tmp_path, library, "a", "b", "c")
    queue.pause(ids["b"])
    queue.cancel(ids["a"])
    assert states(queue)[0] == ("a", JobState.STOPPING)
    qtbot.waitUntil(lambda: states(queue) == [("b", JobState.HELD), ("c", JobState.RUNNING)], timeout=SOON)
    queue.resume(ids["b"])
    assert states(queue)[0] == ("b", JobState.WAITING)
    queue.cancel(ids["c"])
    qtbot.waitUntil(lambda: states(queue) == [("b", JobState.RUNNING)], timeout=SOON)
    assert titles_kept(library) == ["b"]


def test_the_order_can_be_changed_and_is_kept(tmp_path: Path, library: Library) -> None:
    queue, ids = beating_queue(tmp_path, library, "a", "b", "c")
    queue.reorder([ids["c"], ids["a"]])
    assert [title for title, _ in states(queue)] == titles_kept(library) == ["c", "a", "b"]
    assert queue.active == queue.job(ids["a"])
    heard = Heard(queue)
    queue.cancel(ids["a"])
    queue.reorder([ids["b"]])
    assert [title for title, _ in states(queue)] == ["b", "c", "a"]
    assert titles_kept(library) == ["b", "c"]
    assert heard.said == []


def test_what_was_not_done_is_offered_at_the_next_start(
    tmp_path: Path, film: FilmMaker, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    queue, heard = heard_queue(tmp_path, library, bundles=bundles)
    queue.add(order_of(film("long.mp4", frames=3000, width=64, height=48), stride=1, crop=Crop(0, 0, 0.5, 1)))
    queue.add(order_of(film("next.mp4", frames=200)))
    qtbot.waitUntil(lambda: bool(heard.chunks), timeout=SOON)
    queue.close()
    qtbot.waitUntil(lambda: queue.active is None, timeout=SOON)
    assert titles_kept(library) == ["long", "next"]

    again, heard_again = heard_queue(tmp_path, library, bundles=bundles)
    assert again.restore() == 2
    assert [state for _, state in states(again)] == [JobState.HELD, JobState.HELD]
    assert again.jobs[0].order == queue.jobs[0].order
    again.go_on()
    qtbot.waitUntil(lambda: len(heard_again.finished) == 2, timeout=SOON)
    assert heard_again.started[0].stored > 0, "the scan went on from what was stored"
    assert heard_again.finished[0][1].coverage.complete
    assert kept.waiting(library) == ()


def test_a_child_that_dies_is_started_again_and_said_so(tmp_path: Path, library: Library, qtbot: QtBot) -> None:
    queue, heard = heard_queue(tmp_path, library, run=stand_ins.die_always)
    queue.add(order_of(tmp_path / "film.mp4"))
    qtbot.waitUntil(lambda: bool(heard.failed), timeout=SOON)
    assert "given up" in heard.failed[0].problem
    assert any("starts again" in text for text in heard.said)
    assert queue.jobs[0].progress.remarks[0] == heard.said[0]


def test_a_folder_that_goes_away_in_a_scan_is_waited_for(
    tmp_path: Path, film: FilmMaker, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    drive, unplugged = tmp_path / "drive", tmp_path / "unplugged"
    paths = [
        film(f"drive/A_14-MAR-2026_22h0{minute}m00.0000s_Video.mp4", frames=300, fps=5, first_number=minute * 1000)
        for minute in range(2)
    ]
    queue, heard = heard_queue(tmp_path, library, run=scan_whose_drive_is_pulled, bundles=bundles)
    queue.add(order_of(*paths))
    qtbot.waitUntil(lambda: any(job.progress.away for job in queue.jobs), timeout=SOON)
    assert queue.jobs[0].state is JobState.RUNNING
    assert queue.jobs[0].progress.seconds_left is None, "nobody knows how long that takes"
    assert any("the scan waits" in text for text in heard.said)
    unplugged.rename(drive)
    qtbot.waitUntil(lambda: bool(heard.finished), timeout=SOON)
    assert heard.finished[0][1].coverage.complete
    assert not queue.jobs[0].progress.away


def test_what_the_window_writes_and_what_the_child_writes_are_both_kept(
    tmp_path: Path, film: FilmMaker, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    queue, heard = heard_queue(tmp_path, library, bundles=bundles)
    path = film("long.mp4", frames=3000, width=64, height=48)
    queue.add(order_of(path, stride=1))
    qtbot.waitUntil(lambda: bool(heard.started), timeout=SOON)
    anna = raters.add(library, "Anna")
    (known,) = recordings.summaries(library)
    said = 0
    while not heard.finished:
        action = Action(f"{said:032x}", anna, (stated(Statement(Interval(said, said + 1), Label.SPASM)),), NOW)
        ledger.append(library, known.recording_id, action)
        said += 1
        QTest.qWait(20)
    library.check()
    assert len(ledger.load(library, known.recording_id)) == said > 5
    assert heard.finished[0][1].coverage.complete


def test_an_order_that_cannot_be_read_hinders_no_other(tmp_path: Path, library: Library) -> None:
    kept.put(library, "scan", json.dumps({"title": "of a later release"}))
    kept.put(library, "scan", order_of(tmp_path / "a.mp4").to_json())
    kept.put(library, "something else", "{}")
    queue, heard = heard_queue(tmp_path, library)
    assert queue.restore() == 1
    assert len(heard.said) == 1


def test_a_library_that_cannot_be_written_is_said_and_the_queue_stays(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, ids = beating_queue(tmp_path, library, "a", "b")
    heard = Heard(queue)

    def full(*_: object) -> None:
        raise StoreError("NOT SAVED. The disk is full.")

    for name in ("put", "remove", "reorder"):
        monkeypatch.setattr(kept, name, full)
    assert queue.add(order_of(tmp_path / "c.mp4")) is None
    queue.cancel(ids["b"])
    queue.reorder([ids["b"]])
    assert [title for title, _ in states(queue)] == ["a", "b"]
    assert heard.said == ["NOT SAVED. The disk is full."] * 3


def test_questions_are_answered_while_a_scan_runs(
    tmp_path: Path, bundles: Path, library: Library, qtbot: QtBot
) -> None:
    queue, _ = heard_queue(tmp_path, library)
    answers: list[Any] = []
    refusals: list[SpasmReviewerError] = []
    for folder in (bundles, tmp_path / "none", bundles):
        queue.ask(ListBundles((folder,)), answers.append, refusals.append)
    unwanted = queue.ask(DoctorRequest(terms_in(tmp_path).library, (bundles,)), answers.append, refusals.append)
    unwanted.cancel()
    qtbot.waitUntil(lambda: len(answers) == 3, timeout=SOON)
    assert sorted(len(each) for each in answers) == [0, 2, 2]
    assert refusals == []
