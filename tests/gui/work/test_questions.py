from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.gui.work.job_thread import end_all_jobs
from reviewer_app.gui.work.questions import AT_ONCE, Question, Questions
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.process import Runner
from tests.gui.work.queues import SOON
from tests.jobs import stand_ins


class Asker:
    """Asks, and notes what comes back."""

    def __init__(self, folder: Path, run: Runner) -> None:
        self.questions = Questions(run=run)
        self.folder = folder
        self.answers: list[Any] = []
        self.refusals: list[SpasmReviewerError] = []
        self.told: list[Message] = []

    def ask(self) -> Question:
        request = stand_ins.request_in(self.folder)
        return self.questions.ask(request, self.answers.append, self.refusals.append, told=self.told.append)


def test_answers_that_come_at_the_same_moment_are_all_given(tmp_path: Path, qtbot: QtBot) -> None:
    asker = Asker(tmp_path, stand_ins.speak)
    questions = [asker.ask() for _ in range(AT_ONCE)]
    for question in questions:
        assert question.thread_of_job.wait(SOON), "the window does nothing meanwhile"
    QTest.qWait(50)
    assert len(asker.answers) == AT_ONCE
    assert Stage("one") in asker.told


def test_more_questions_than_can_be_asked_at_once_wait_for_their_turn(tmp_path: Path, qtbot: QtBot) -> None:
    asker = Asker(tmp_path, stand_ins.speak)
    for _ in range(AT_ONCE + 2):
        asker.ask()
    qtbot.waitUntil(lambda: len(asker.answers) == AT_ONCE + 2, timeout=SOON)
    assert asker.refusals == []


def test_a_refusal_is_given_to_the_asker(tmp_path: Path, qtbot: QtBot) -> None:
    asker = Asker(tmp_path, stand_ins.refuse)
    asker.ask()
    qtbot.waitUntil(lambda: bool(asker.refusals), timeout=SOON)
    assert isinstance(asker.refusals[0], MediaError)
    assert asker.answers == []


def test_nobody_is_called_back_after_cancelling_and_the_place_is_free_again(tmp_path: Path, qtbot: QtBot) -> None:
    asker = Asker(tmp_path, stand_ins.beat_for_ever)
    questions = [asker.ask() for _ in range(AT_ONCE + 1)]
    qtbot.waitUntil((tmp_path / "diary").exists, timeout=SOON)
    assert not questions[-1].thread_of_job.isRunning()
    questions[0].cancel()
    qtbot.waitUntil(questions[-1].thread_of_job.isRunning, timeout=SOON)
    asker.questions.close()
    assert end_all_jobs()
    said = len(asker.told)
    QTest.qWait(50)
    assert (asker.answers, asker.refusals, len(asker.told)) == ([], [], said)
