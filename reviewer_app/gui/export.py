"""What leaves the program: the report for the file, and tables of everything that was found and said."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer_app.domain.night import night_report
from reviewer_app.domain.said import Said
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.report_dialog import ReportChoice, ReportDialog
from reviewer_app.jobs.request import ExportRequest


class Export(QObject):
    """Asks what to write and where, and has it written in the background.

    Signals:
        said: A sentence for the status bar.
        written: The files that were written.
    """

    said = Signal(str)
    written = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def ask(self) -> None:
        """Asks what shall be written of the recording under review."""
        subject = self._session.review.subject
        if subject is None:
            self.said.emit(self.tr("Open a recording first."))
            return
        dialog = ReportDialog(self._folder / f"recording-{subject.number}", self._window)
        if dialog.exec():
            self._folder = dialog.choice.folder.parent
            self.write(dialog.choice)

    def write(self, choice: ReportChoice) -> None:
        """Writes what was chosen."""
        subject, review = self._session.review.subject, self._session.review
        if subject is None:
            return
        report = review.report
        if choice.wants_page:
            night = night_report(
                subject.number,
                subject.recording,
                review.labels,
                review.rater,
                scan=report,
                cluster_gap=review.manners.cluster_gap,
            )
            self._session.queue.ask(choice.request(night), lambda pages: self._print(choice, pages[0]), self._refuse)
        if choice.wants_tables:
            said = self._all_that_was_said(choice)
            request = ExportRequest(report, choice.folder, said, csv=choice.csv, bids=choice.bids)
            self._session.queue.ask(request, self._tell, self._refuse)

    def _all_that_was_said(self, choice: ReportChoice) -> Said:
        review, desk = self._session.review, self._session.desk
        assert review.subject is not None
        return Said(
            review.subject.recording,
            review.labels,
            desk.raters(),
            desk.ledger_head(review.subject.number),
            with_names=choice.with_names,
            with_notes=choice.with_notes,
        )

    def _print(self, choice: ReportChoice, page: Path) -> None:
        try:
            self._tell(choice.finished(page))
        except SpasmReviewerError as error:
            self._refuse(error)

    def _tell(self, files: Sequence[Path]) -> None:
        self.said.emit(self.tr("Written to {folder}.").format(folder=files[0].parent))
        self.written.emit(tuple(files))

    def _refuse(self, error: SpasmReviewerError) -> None:
        self.said.emit(str(error))
        QMessageBox.warning(self._window, self.tr("Nothing written"), str(error))
