"""Labels from elsewhere for the recording under review: asked for, taken over by a job, shown at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.import_dialog import ImportChoice, ImportDialog
from reviewer_app.jobs.learn_request import ImportLabels, LabelsImported
from reviewer_app.jobs.message import Message, Remark


class LabelImport(QObject):
    """Takes labels over as one action of a rater, and tells what was taken and what was not."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._last: ImportChoice | None = None

    def ask(self) -> None:
        """Asks which labels the recording under review shall get."""
        session = self._session
        if session.review.subject is None:
            session.said.emit(self.tr("Open a recording first."))
            return
        try:
            names = [each.name for each in session.desk.raters()]
        except StoreError as error:
            session.said.emit(str(error))
            return
        dialog = ImportDialog(names, session.review.rater.name, self._last, self._window)
        if dialog.exec():
            self.take(dialog.choice)
        dialog.deleteLater()

    def take(self, choice: ImportChoice) -> None:
        """Takes over what was chosen, in the background."""
        session, subject = self._session, self._session.review.subject
        if subject is None:
            return
        self._last = choice
        request = ImportLabels(
            session.desk.place, subject.number, choice.file, choice.rater, choice.said_by, choice.all_reviewed
        )
        remarks: list[str] = []

        def hear(message: Message) -> None:
            if isinstance(message, Remark):
                remarks.append(in_words(message.text))

        session.said.emit(self.tr("Reading the labels of {file}…").format(file=choice.file.name))
        session.queue.ask(
            request, partial(self._tell, subject.number, remarks), partial(self._refuse, subject.number), told=hear
        )

    def _tell(self, number: int, remarks: Sequence[str], found: LabelsImported) -> None:
        self._last = None
        try:
            self._session.show_said(number)
        except StoreError as error:
            self._session.said.emit(str(error))
        told = [self._taken(found), *self._left(found), *remarks, *self._way_back(found)]
        self._session.said.emit(told[0])
        QMessageBox.information(self._window, self.tr("Import labels"), "\n\n".join(told))

    def _taken(self, found: LabelsImported) -> str:
        if not found.statements and not found.spans:
            return self.tr("Nothing new was taken over.")
        return self.tr("Now the words of {rater}: labels {labels}, stretches of time {spans}.").format(
            rater=found.rater.name, labels=found.statements, spans=found.spans
        )

    def _left(self, found: LabelsImported) -> list[str]:
        told = []
        if found.known:
            told.append(self.tr("Not taken, since this rater has said so before: %n.", "", found.known))
        if found.passed_over:
            told.append(
                self.tr("Not taken, since no rater says so (a model's events, gaps): %n.", "", found.passed_over)
            )
        return told

    def _way_back(self, found: LabelsImported) -> list[str]:
        if not found.statements and not found.spans:
            return []
        if found.rater.rater_id == self._session.review.rater.rater_id:
            return [self.tr("Undo takes all of it back.")]
        return [self.tr("To take all of it back, review as {rater} and undo.").format(rater=found.rater.name)]

    def _refuse(self, number: int, error: SpasmReviewerError) -> None:
        self._session.said.emit(str(error))
        QMessageBox.warning(self._window, self.tr("Nothing imported"), in_words(str(error)))
        subject = self._session.review.subject
        if subject is not None and subject.number == number:
            self.ask()  # with what was chosen, so that it can be put right
