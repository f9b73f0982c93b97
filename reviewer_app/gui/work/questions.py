"""Short jobs beside the queue: a question to a child process, and what to do with its answer."""

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.work.job_thread import JobThread
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.process import Runner
from reviewer_app.jobs.request import Asks
from reviewer_app.jobs.run import run_job

Answer = TypeVar("Answer")

AT_ONCE = 2
"""Questions answered at the same time; each takes a process, and a scan may run besides."""


def unheard(_said: Message) -> None:
    """What most questions do with what is said before the answer."""


class Question(QObject):
    """A question that waits for its answer; called back in the window's own thread.

    Signals:
        ended: Whoever asked has been called back, or wants to know no more.
    """

    ended = Signal()

    def __init__(
        self,
        thread: JobThread,
        then: Callable[[Any], object],
        otherwise: Callable[[SpasmReviewerError], object],
        told: Callable[[Message], object],
        parent: QObject,
    ) -> None:
        """Is made by ``Questions`` alone."""
        super().__init__(parent)
        self.thread_of_job = thread
        self._then, self._otherwise, self._told = then, otherwise, told
        self._wanted = True
        self.has_ended = False
        thread.message.connect(self._say)
        thread.succeeded.connect(self._answer)
        thread.failed.connect(self._refuse)
        thread.cancelled.connect(self._end)

    def cancel(self) -> None:
        """Nobody wants to know any more: no call comes after this one."""
        self._wanted = False
        self.thread_of_job.cancel()

    @property
    def is_wanted(self) -> bool:
        """Whether it was not cancelled."""
        return self._wanted

    def _say(self, said: Message) -> None:
        if self._wanted:
            self._told(said)

    def _answer(self, answer: object) -> None:
        if self._wanted:
            self._then(answer)
        self._end()

    def _refuse(self, error: SpasmReviewerError) -> None:
        if self._wanted:
            self._otherwise(error)
        self._end()

    def _end(self) -> None:
        self.has_ended = True
        self.ended.emit()


class Questions(QObject):
    """Asks a few questions at a time; the others wait for their turn."""

    def __init__(self, parent: QObject | None = None, *, run: Runner = run_job) -> None:
        super().__init__(parent)
        self._run = run
        self._waiting: deque[Question] = deque()
        self._asked: list[Question] = []

    def ask(
        self,
        request: Asks[Answer],
        then: Callable[[Answer], object],
        otherwise: Callable[[SpasmReviewerError], object],
        *,
        told: Callable[[Message], object] = unheard,
    ) -> Question:
        """Puts a question to a child process.

        Args:
            request: The question.
            then: Called with the answer.
            otherwise: Called with the error instead, whose text is for the person.
            told: Called with what the job says on its way.

        Returns:
            The question, which can be cancelled.
        """
        question = Question(JobThread(request, self, run=self._run), then, otherwise, told, self)
        self._waiting.append(question)
        self._next()
        return question

    def close(self) -> None:
        """Forgets what waits and ends what runs; no call comes after this one."""
        for question in (*self._waiting, *self._asked):
            question.cancel()
        self._waiting.clear()

    def _next(self) -> None:
        while self._waiting and len(self._asked) < AT_ONCE:
            question = self._waiting.popleft()
            if not question.is_wanted:
                question.deleteLater()
                continue
            self._asked.append(question)
            # Not when its thread has finished: the answer may still lie in the window's event queue then.
            question.ended.connect(self._tidy)
            question.thread_of_job.start()

    def _tidy(self) -> None:
        for question in [each for each in self._asked if each.has_ended]:
            self._asked.remove(question)
            question.deleteLater()
        self._next()
