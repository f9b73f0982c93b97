"""The page of the library: which recordings there are, what is left to do in them, and how they come and go."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.gui.work.recordings_model import STATUS, RecordingsModel, SortedRecordings
from reviewer_app.gui.work.shelf import Shelf

LETTERS_OF_NAME, LETTERS_OF_STATE = 36, 30
"""So much room a recording's name always has, and so much its state keeps where names are long."""


class _Table(QTableView):
    """Opens on Enter, too, and lets dropped files through to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is a double click by key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class RecordingsPage(QWidget):
    """The library at a glance.

    Signals:
        open_wanted: A recording shall come under review; its number.
        scan_wanted: Recordings shall be scanned; a tuple of their numbers.
    """

    open_wanted = Signal(int)
    scan_wanted = Signal(object)

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Recordings"))
        self.setAcceptDrops(True)
        self._shelf = shelf
        self._buttons: list[QPushButton] = []
        self.rows = SortedRecordings(RecordingsModel(shelf))
        self.table = self._make_table()
        self.search = self._make_search()
        self._hint = QLabel(self.tr("Drop video files or folders here, or choose “Open files…”."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self.sentence = QLabel()  # of the chosen rows that are not as they should be, in full
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addLayout(self._make_buttons())
        column.addWidget(self.search)
        column.addWidget(self._hint, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.sentence)
        self.rows.modelReset.connect(self._show_what_can_be_done)
        self.rows.dataChanged.connect(self._show_what_can_be_done)
        self.table.selectionModel().selectionChanged.connect(self._show_what_can_be_done)
        for changed in (self.rows.modelReset, self.rows.rowsInserted, self.rows.dataChanged):
            changed.connect(self._give_names_room)
        self.rows.modelReset.connect(self._choose_the_only_one)
        self._show_what_can_be_done()

    @property
    def chosen(self) -> tuple[RecordingRow, ...]:
        """The selected rows, from top to bottom."""
        indexes = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(self.rows.row_at(index) for index in indexes)

    def choose(self, number: int) -> None:
        """Selects a recording and brings it into sight."""
        for place in range(self.rows.rowCount()):
            index = self.rows.index(place, 0)
            if self.rows.row_at(index).number == number:
                flags = QItemSelectionModel.SelectionFlag
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.table.scrollTo(index)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What is left to review may have changed meanwhile."""
        super().showEvent(event)
        self._shelf.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and folders of this computer are welcome."""
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Each folder becomes a recording, and all single files together one."""
        event.acceptProposedAction()
        self._shelf.open_each(_paths(event))

    def open_files(self) -> None:
        """Asks for the files of one recording."""
        title = self.tr("Video and EEG files of one recording")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        if names:
            self._shelf.open(tuple(Path(name) for name in names))

    def open_folder(self) -> None:
        """Asks for a folder that holds one recording."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of one recording"))
        if name:
            self._shelf.open((Path(name),))

    # Building.

    def _make_table(self) -> QTableView:
        table = _Table()
        table.setModel(self.rows)
        table.setAccessibleName(self.tr("Recordings in the library"))
        table.setToolTip(self.tr("Enter or a double click brings a recording under review."))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSortingEnabled(True)
        table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAcceptDrops(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(0)  # by the rows in sight: a large library is not measured at each change
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self._given = self.fontMetrics().averageCharWidth() * LETTERS_OF_NAME  # pixels that names were given last
        table.setColumnWidth(0, self._given)
        table.doubleClicked.connect(self._open)
        return table

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Find a recording by name, patient, date, folder or bundle"))
        search.setAccessibleName(self.tr("Find a recording"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self.rows.look_for)
        return search

    def _make_buttons(self) -> QHBoxLayout:
        button = self._button
        button(self.tr("&Open files…"), self.tr("The files of one recording (Ctrl+O)."), self.open_files)
        button(self.tr("Open &folder…"), self.tr("A folder that holds one recording."), self.open_folder)
        self.review_button = button(
            self.tr("&Review"), self.tr("Bring the chosen recording under review (Enter)."), self._open_chosen
        )
        self.scan_button = button(
            self.tr("&Scan…"), self.tr("Look for spasms in the chosen recordings (Ctrl+R)."), self._scan
        )
        self.patient_button = button(self.tr("&Patient…"), self.tr("Say whose recording it is."), self._name_patient)
        self.find_button = button(
            self.tr("Find f&iles…"), self.tr("Look for missing files in a folder, by what is in them."), self._find
        )
        self.delete_button = button(
            self.tr("&Delete…"), self.tr("Delete from the library; the files stay where they are."), self._delete
        )
        row = QHBoxLayout()
        for each in self._buttons:
            row.addWidget(each)
        row.addStretch()
        return row

    def _button(self, text: str, tip: str, call: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(text.replace("&", ""))
        button.setAccessibleDescription(tip)
        button.clicked.connect(call)
        self._buttons.append(button)
        return button

    def _choose_the_only_one(self) -> None:
        """Of a single recording nobody wonders which one is meant."""
        if self.rows.rowCount() == 1 and not self.chosen:
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or less room for names."""
        super().resizeEvent(event)
        self._give_names_room()

    def _give_names_room(self) -> None:
        """Lets names take what the state, at the other end of the row, does not need."""
        header, letter = self.table.horizontalHeader(), self.fontMetrics().averageCharWidth()
        others = sum(header.sectionSize(column) for column in range(1, STATUS))
        state = min(self.table.sizeHintForColumn(STATUS), letter * LETTERS_OF_STATE)
        room = self.table.viewport().width() - others - state
        if self.table.columnWidth(0) == self._given:  # else the person has drawn it to another width
            self._given = max(letter * LETTERS_OF_NAME, min(self.table.sizeHintForColumn(0), room))
            self.table.setColumnWidth(0, self._given)

    def _show_what_can_be_done(self) -> None:
        chosen = self.chosen
        kept = [row for row in chosen if row.number is not None]
        missing = [row for row in kept if row.survey and row.survey.missing]
        self.review_button.setEnabled(len(kept) == 1)
        self.scan_button.setEnabled(bool(kept))
        self.patient_button.setEnabled(len(kept) == 1)
        self.find_button.setEnabled(len(missing) == 1)
        self.delete_button.setEnabled(any(not row.is_opening for row in chosen))
        self.sentence.setText("\n".join(row.status for row in chosen if row.is_broken))
        self.sentence.setVisible(bool(self.sentence.text()))
        self._hint.setVisible(not self._shelf.rows)
        self.table.setVisible(bool(self._shelf.rows))
        self.search.setVisible(bool(self._shelf.rows))

    # What a person does.

    def _open(self, index: QModelIndex) -> None:
        self._open_row(self.rows.row_at(index))

    def _open_chosen(self) -> None:
        for row in self.chosen[:1]:
            self._open_row(row)

    def _open_row(self, row: RecordingRow) -> None:
        if row.number is not None:
            self.open_wanted.emit(row.number)
        elif row.problem:
            self._shelf.open(row.paths)  # perhaps it can be read now

    def _scan(self) -> None:
        self.scan_wanted.emit(tuple(row.number for row in self.chosen if row.number is not None))

    def _name_patient(self) -> None:
        for row in self.chosen[:1]:
            name, wanted = QInputDialog.getText(
                self,
                self.tr("Patient"),
                self.tr("Pseudonym of the patient (never the name):"),
                QLineEdit.EchoMode.Normal,
                row.patient,
            )
            if wanted and row.number is not None:
                self._shelf.set_patient(row.number, name.strip())

    def _find(self) -> None:
        for row in self.chosen[:1]:
            folder = QFileDialog.getExistingDirectory(self, self.tr("Folder in which to look for the missing files"))
            if folder and row.number is not None:
                self._shelf.find_files(row.number, (Path(folder),))

    def _delete(self) -> None:
        chosen = self.chosen
        for row in chosen:
            if row.number is None:
                self._shelf.dismiss(row)
        kept = [row for row in chosen if row.number is not None]
        if kept and self._may_delete(kept):
            self._shelf.forget([row.number for row in kept if row.number is not None])

    def _may_delete(self, rows: Sequence[RecordingRow]) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Delete from the library"))
        box.setText(self.tr("Delete from the library: {names}?").format(names=", ".join(row.title for row in rows)))
        box.setInformativeText(
            self.tr(
                "Their scores are deleted, and what all raters said: {count} annotations. A backup is made first; it "
                "and earlier ones keep both for up to a year. The video files stay where they are and are not changed."
            ).format(count=sum(row.annotations for row in rows))
        )
        delete = box.addButton(self.tr("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("&Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        return box.clickedButton() is delete


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
