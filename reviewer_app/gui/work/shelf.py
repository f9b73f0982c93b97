"""The library's recordings and what can be done with them; the page of recordings shows it.

Whatever touches media files or takes time is a question to a child process: a broken file, a dead drive or a pipe
that calls itself a film hinders nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.recording_row import RecordingRow, row_of, title_of
from reviewer_app.jobs.library_request import (
    FilesFound,
    FindFiles,
    ForgetRecordings,
    Opened,
    OpenRequest,
    Surveyed,
    SurveyRequest,
)
from reviewer_app.jobs.message import BundleFacts
from reviewer_app.store import recordings
from reviewer_app.store.library import Library
from reviewer_app.store.overview import overview


class Shelf(QObject):
    """What lies in the library.

    Signals:
        changed: A row, or which rows there are.
        opened: A recording is in the library now; an ``Opened``.
        said: A sentence for the status bar.
    """

    changed = Signal()
    opened = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        library: Library,
        queue: JobQueue,
        *,
        bundles: Callable[[], Iterable[BundleFacts]],
        rater: Callable[[], Rater],
        parent: QObject | None = None,
    ) -> None:
        """An empty shelf; ``refresh`` fills it.

        Args:
            library: Whose recordings these are.
            queue: Answers questions, and knows which recordings are being scanned.
            bundles: The bundles of this machine, as far as they are known.
            rater: Who reviews now.
            parent: Of the shelf.
        """
        super().__init__(parent)
        self._library, self._queue = library, queue
        self._bundles, self._rater = bundles, rater
        self._known: tuple[RecordingRow, ...] = ()
        self._loose: tuple[RecordingRow, ...] = ()  # being opened, or broken
        self._surveyed: dict[int, Surveyed] = {}
        self._surveying, self._again = False, False
        queue.changed.connect(self.changed)

    @property
    def rows(self) -> tuple[RecordingRow, ...]:
        """Recordings in the order in which they were added; before them, what is being opened or could not be."""
        jobs = {job.number: job for job in self._queue.jobs if not job.has_ended}
        return (*self._loose, *(replace(row, job=jobs.get(row.number)) for row in self._known))

    def row(self, number: int) -> RecordingRow | None:
        """The row of a recording in the library."""
        return next((row for row in self._known if row.number == number), None)

    # Looking.

    def refresh(self) -> None:
        """Reads what the library holds, and lets a child look at the files and count what is left to review."""
        self._read()
        self._survey()

    def _read(self) -> None:
        try:
            self._known = tuple(row_of(each, self._surveyed.get(each.recording_id)) for each in overview(self._library))
        except StoreError as error:
            self.said.emit(str(error))
        self.changed.emit()

    def _survey(self) -> None:
        if self._surveying:
            self._again = True
            return
        if not self._known:
            return
        self._surveying = True
        points = {facts.identity: facts.operating_points for facts in self._bundles() if facts.identity}
        terms = self._queue.terms
        request = SurveyRequest(terms.library, self._rater().rater_id, points, terms.rules)
        self._queue.ask(request, self._take_survey, self._give_survey_up)

    def _take_survey(self, surveyed: Sequence[Surveyed]) -> None:
        self._surveyed = {each.number: each for each in surveyed}
        self._known = tuple(
            replace(row, survey=self._surveyed.get(row.number)) if row.number is not None else row
            for row in self._known
        )
        self._end_survey()

    def _give_survey_up(self, error: SpasmReviewerError) -> None:
        self.said.emit(str(error))
        self._end_survey()

    def _end_survey(self) -> None:
        self._surveying = False
        self.changed.emit()
        if self._again:
            self._again = False
            self._survey()

    # Opening.

    def open_each(self, paths: Iterable[Path]) -> None:
        """Opens each folder as a recording, and all single files together as one."""
        paths = tuple(paths)
        folders = [path for path in paths if path.is_dir()]
        files = tuple(path for path in paths if path not in folders)
        for together in (*((folder,) for folder in folders), *((files,) if files else ())):
            self.open(together)

    def open(self, paths: Sequence[Path], *, patient: str = "", start: datetime | None = None) -> None:
        """Opens files or a folder as one recording; where that fails, a row says why."""
        paths = tuple(paths)
        self._loose = (RecordingRow(title_of(paths), paths), *(row for row in self._loose if row.paths != paths))
        request = OpenRequest(paths, self._queue.terms.library, patient, start)
        self._queue.ask(
            request,
            lambda opened: self._take_opened(paths, opened),
            lambda error: self._show_broken(paths, error),
        )
        self.changed.emit()

    def _take_opened(self, paths: tuple[Path, ...], opened: Opened) -> None:
        self._loose = tuple(row for row in self._loose if row.paths != paths)
        first = opened.recording.segments[0]
        seen = Surveyed(opened.number, (), picture=first.picture, clock=first.clock_source)
        self._surveyed.setdefault(opened.number, seen)
        self.refresh()
        for remark in opened.remarks:
            self.said.emit(remark)
        self.opened.emit(opened)

    def _show_broken(self, paths: tuple[Path, ...], error: SpasmReviewerError) -> None:
        self._loose = tuple(replace(row, problem=str(error)) if row.paths == paths else row for row in self._loose)
        self.changed.emit()
        self.said.emit(str(error))

    def dismiss(self, row: RecordingRow) -> None:
        """Takes what could not be opened off the shelf."""
        self._loose = tuple(each for each in self._loose if each != row)
        self.changed.emit()

    # What a person does with recordings.

    def set_patient(self, number: int, patient: str) -> None:
        """Says whose recording it is."""
        try:
            recordings.set_patient(self._library, number, patient)
        except StoreError as error:
            self.said.emit(str(error))
        self._read()

    def find_files(self, number: int, places: Sequence[Path]) -> None:
        """Searches for a recording's missing files by what is in them."""
        request = FindFiles(self._queue.terms.library, number, tuple(places))
        self._queue.ask(request, self._take_found, self._say_error)
        self.said.emit(self.tr("Looking for the missing files…"))

    def _take_found(self, brought: FilesFound) -> None:
        if brought.missing:
            self.said.emit(
                self.tr("Found: {found}. Still missing: {missing}.").format(
                    found=len(brought.found), missing=len(brought.missing)
                )
            )
        else:
            self.said.emit(self.tr("All files are found again."))
        self.refresh()

    def forget(self, numbers: Sequence[int]) -> None:
        """Deletes recordings from the library, after a backup; their files stay where they are."""
        request = ForgetRecordings(self._queue.terms.library, tuple(numbers), self._rater())
        self._queue.ask(request, self._take_forgotten, self._say_error)

    def _take_forgotten(self, _count: int) -> None:
        self.said.emit(self.tr("Deleted from the library; the files stay where they are."))
        self.refresh()

    def _say_error(self, error: SpasmReviewerError) -> None:
        self.said.emit(str(error))
        self.refresh()
