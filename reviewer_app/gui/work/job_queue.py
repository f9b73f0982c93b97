"""Scans in their order: one runs, the others wait, and all of them outlive the program until they are done."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import FRAME_STEP
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.work.job import Job, JobState, Progress
from reviewer_app.gui.work.job_thread import JobThread
from reviewer_app.gui.work.job_words import ended_line
from reviewer_app.gui.work.pace import Pace, PaceBook, PaceKey
from reviewer_app.gui.work.questions import Answer, Question, Questions, unheard
from reviewer_app.gui.work.scan_order import KIND, ScanOrder, ScanTerms
from reviewer_app.jobs.message import ChunkStored, Heartbeat, Message, Remark, ScanProgress, ScanStarted, Stage
from reviewer_app.jobs.process import Runner
from reviewer_app.jobs.request import Asks
from reviewer_app.jobs.run import run_job
from reviewer_app.store import queue
from reviewer_app.store.library import Library

CALM = 250
"""Milliseconds between two words about progress: more often than anybody can read is only work."""

MOST_REMARKS = 50


class JobQueue(QObject):
    """Runs scans one after the other, and answers short questions beside them.

    Signals:
        changed: Jobs, their order or how far they are.
        scan_started: A ``ScanStarted``: everything is open, scoring begins.
        chunk_stored: A ``TraceIdentity`` and the ``TraceChunk`` that is in the library now.
        finished: A recording's number in the library and the ``TraceReport`` of its scan.
        failed: The ``Job`` that failed; its ``problem`` is a sentence for the person.
        said: A sentence for the status bar.
    """

    changed = Signal()
    scan_started = Signal(object)
    chunk_stored = Signal(object, object)
    finished = Signal(int, object)
    failed = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        library: Library,
        terms: ScanTerms,
        parent: QObject | None = None,
        *,
        book: PaceBook | None = None,
        run: Runner = run_job,
    ) -> None:
        """An empty queue; ``restore`` brings what was left from last time.

        Args:
            library: Where waiting scans are kept.
            terms: What all scans have in common; ``terms`` may be replaced when preferences change.
            parent: Of the queue.
            book: Where speeds are kept for later estimates.
            run: What the children call.
        """
        super().__init__(parent)
        self.terms = terms
        self._library, self._book, self._run = library, book, run
        self._jobs: list[Job] = []
        self._thread: JobThread | None = None
        self._identity: TraceIdentity | None = None
        self._lines = 0  # height of the picture that is scanned
        self._pace = Pace()
        self._closing = False
        self._questions = Questions(self, run=run)
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self.changed)

    # What is in the queue.

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All of them, in the order in which they run; those that ended stay until they are dismissed."""
        return tuple(self._jobs)

    @property
    def active(self) -> Job | None:
        """The one for which a child process exists."""
        return next((job for job in self._jobs if job.is_active), None)

    def job(self, job_id: int) -> Job | None:
        """The job of this id, if it is still there."""
        return next((job for job in self._jobs if job.job_id == job_id), None)

    # What a person does with it.

    def add(self, order: ScanOrder) -> int | None:
        """Lets a scan wait for its turn.

        Returns:
            The job's id; None where the library could not keep it, which is said.
        """
        try:
            job_id = queue.put(self._library, KIND, order.to_json())
        except StoreError as error:
            self.said.emit(str(error))
            return None
        self._jobs.append(Job(job_id, order, number=order.number))
        self._start_next()
        self.changed.emit()
        return job_id

    def restore(self) -> int:
        """Brings back what an earlier run of the program left undone; ``go_on`` lets it run.

        Returns:
            How many scans there are.
        """
        known = {job.job_id for job in self._jobs}
        try:
            orders = [each for each in queue.waiting(self._library) if each.kind == KIND and each.order_id not in known]
        except StoreError as error:
            self.said.emit(str(error))
            return 0
        restored = []
        for each in orders:
            try:
                order = ScanOrder.from_json(each.payload)
            except StoreError as error:
                self.said.emit(str(error))
                continue
            restored.append(Job(each.order_id, order, JobState.HELD, number=order.number))
        self._jobs = [*restored, *self._jobs]
        self.changed.emit()
        return len(restored)

    def go_on(self) -> None:
        """Lets all scans run that were held."""
        self._jobs = [replace(job, state=JobState.WAITING) if job.state is JobState.HELD else job for job in self._jobs]
        self._start_next()
        self.changed.emit()

    def pause(self, job_id: int) -> None:
        """Lets the running scan rest, or keeps a waiting one from starting."""
        job = self.job(job_id)
        if job is not None and job.state is JobState.RUNNING and self._thread is not None:
            self._thread.pause()
            self._pace.rest()
            self._put(replace(job, state=JobState.PAUSED, progress=_rested(job.progress)))
        elif job is not None and job.state is JobState.WAITING:
            self._put(replace(job, state=JobState.HELD))
        self.changed.emit()

    def resume(self, job_id: int) -> None:
        """Lets a paused or held scan go on, and a failed one try again."""
        job = self.job(job_id)
        if job is not None and job.state is JobState.PAUSED and self._thread is not None:
            self._thread.resume()
            self._put(replace(job, state=JobState.RUNNING))
        elif job is not None and job.state in (JobState.HELD, JobState.FAILED):
            self._put(replace(job, state=JobState.WAITING, problem="", progress=Progress()))
            self._start_next()
        self.changed.emit()

    def cancel(self, job_id: int) -> None:
        """Takes a job out of the queue; what was scanned is kept, and the same scan goes on there if ordered again."""
        job = self.job(job_id)
        if job is None or not self._forget(job):
            return
        if job.is_active and self._thread is not None:
            self._put(replace(job, state=JobState.STOPPING))
            self._thread.cancel()
        else:
            self._jobs.remove(job)
        self.changed.emit()

    def dismiss_ended(self) -> None:
        """Takes all that are done or failed off the list."""
        self._jobs = [job for job in self._jobs if not (job.has_ended and self._forget(job))]
        self.changed.emit()

    def reorder(self, job_ids: Sequence[int]) -> None:
        """Puts these jobs first, in this order; a scan that runs goes on running."""
        wanted = [job for job_id in job_ids if (job := self.job(job_id)) is not None]
        jobs = [*wanted, *(job for job in self._jobs if job not in wanted)]
        kept = [job.job_id for job in jobs if job.state not in (JobState.DONE, JobState.STOPPING)]
        if self._kept(lambda: queue.reorder(self._library, kept)):
            self._jobs = jobs
        self.changed.emit()

    def ask(
        self,
        request: Asks[Answer],
        then: Callable[[Answer], object],
        otherwise: Callable[[SpasmReviewerError], object],
        *,
        told: Callable[[Message], object] = unheard,
    ) -> Question:
        """Puts a short question to a child process, beside the scan that runs; see ``Questions.ask``."""
        return self._questions.ask(request, then, otherwise, told=told)

    def close(self) -> None:
        """Starts nothing more and ends what runs; the orders stay in the library for the next start."""
        self._closing = True
        self._questions.close()
        if self._thread is not None:
            self._thread.cancel()

    # What the scan that runs says.

    def _start_next(self) -> None:
        job = next((job for job in self._jobs if job.state is JobState.WAITING), None)
        if job is None or self._thread is not None or self._closing:
            return
        self._pace, self._identity = Pace(), None
        self._put(replace(job, state=JobState.RUNNING))
        self._thread = JobThread(job.order.request(self.terms), self, run=self._run)
        self._thread.message.connect(self._hear)
        self._thread.succeeded.connect(self._succeed)
        self._thread.cancelled.connect(self._end_cancelled)
        self._thread.failed.connect(self._fail)
        self._thread.start()

    def _hear(self, message: Message) -> None:
        job = self.active
        if job is None:
            return
        progress = job.progress
        match message:
            case Stage(name):
                progress = replace(progress, stage=name)
            case Remark(text):
                progress = replace(progress, remarks=(*progress.remarks, text)[-MOST_REMARKS:])
                self.said.emit(text)
            case ScanStarted():
                self._identity = message.identity
                self._lines = message.recording.segments[0].picture.height
                progress = replace(
                    progress, stage="", done=message.stored, total=message.windows, device=message.device
                )
                self.scan_started.emit(message)
            case ScanProgress():
                progress = self._advanced(progress, message)
            case ChunkStored(chunk) if self._identity is not None:
                self.chunk_stored.emit(self._identity, chunk)
            case Heartbeat(paused=True) if job.state is JobState.RUNNING and not progress.away:
                self._pace.rest()
                progress = _rested(progress, away=True)
        if progress != job.progress:
            self._put(replace(job, progress=progress))
            if not self._calm.isActive():
                self._calm.start()

    def _advanced(self, progress: Progress, now: ScanProgress) -> Progress:
        self._pace.note(now.done)
        rate = self._pace.windows_per_second
        return replace(
            progress,
            done=now.done,
            total=now.total,
            speed=rate and rate * self._stride_seconds,
            seconds_left=rate and (now.total - now.done) / rate,
            away=False,
        )

    @property
    def _stride_seconds(self) -> float:
        return self._identity.stride * FRAME_STEP if self._identity else 0.0

    def _succeed(self, report: TraceReport) -> None:
        job = self._take_off()
        if job is None:
            return
        progress = _rested(replace(job.progress, done=len(report.trace.scores), total=len(report.trace.scores)))
        self._forget(job)
        if job.state is JobState.STOPPING:
            self._jobs.remove(job)
        else:
            self._put(replace(job, state=JobState.DONE, progress=progress, number=report.recording_number))
            self.said.emit(ended_line(job, complete=report.coverage.complete))
        self.finished.emit(report.recording_number, report)
        self._start_next()
        self.changed.emit()

    def _end_cancelled(self) -> None:
        job = self._take_off()
        if job is not None and job.state is JobState.STOPPING:
            self._jobs.remove(job)
        elif job is not None:  # the window closes: the order waits for the next start
            self._put(replace(job, state=JobState.HELD, progress=_rested(job.progress)))
        self._start_next()
        self.changed.emit()

    def _fail(self, error: SpasmReviewerError) -> None:
        job = self._take_off()
        if job is not None and job.state is JobState.STOPPING:
            self._jobs.remove(job)
        elif job is not None:
            failed = replace(job, state=JobState.FAILED, problem=str(error), progress=_rested(job.progress))
            self._put(failed)
            self.said.emit(failed.problem)
            self.failed.emit(failed)
        self._start_next()
        self.changed.emit()

    def _take_off(self) -> Job | None:
        """The job whose child has ended; its speed is noted for later."""
        job, self._thread = self.active, None
        rate = self._pace.average
        if job is not None and rate is not None and self._identity is not None and self._book is not None:
            self._book.note(PaceKey(job.order.bundle, job.order.stride, self._lines), rate * self._stride_seconds)
        return job

    # Keeping.

    def _put(self, job: Job) -> None:
        self._jobs = [job if each.job_id == job.job_id else each for each in self._jobs]

    def _forget(self, job: Job) -> bool:
        return self._kept(lambda: queue.remove(self._library, job.job_id))

    def _kept(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except StoreError as error:
            self.said.emit(str(error))
            return False
        return True


def _rested(progress: Progress, *, away: bool = False) -> Progress:
    return replace(progress, speed=None, seconds_left=None, away=away)
