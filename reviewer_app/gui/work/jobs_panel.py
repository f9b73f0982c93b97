"""The queue of scans: how far each is, and what a person can do with it, by mouse and by key."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.work.job import Job, JobState
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.job_words import state_text
from reviewer_app.gui.work.jobs_model import SHARE, JobsModel, ShareBar, moved

_AT_REST = (JobState.PAUSED, JobState.HELD, JobState.FAILED)


class _Table(QTableView):
    """Tells the panel of the keys that work on the chosen job."""

    def __init__(self, keys: dict[str, Callable[[], None]]) -> None:
        super().__init__()
        self._keys = keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space, Delete and Alt with the arrows; all else is the table's."""
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if pressed in self._keys:
            self._keys[pressed]()
            return
        super().keyPressEvent(event)


class JobsPanel(QWidget):
    """A table of the queue's jobs with buttons for the chosen ones."""

    def __init__(self, queue: JobQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Jobs"))
        self._queue = queue
        self.model = JobsModel(queue)
        self._chosen_ids: tuple[int, ...] = ()
        self.table = self._make_table()
        self._hint = QLabel(self.tr("No scan waits. Choose recordings under Recordings (F2), then “Scan…”."))
        self._hint.setWordWrap(True)
        self.remarks = QPlainTextEdit()
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName(self.tr("What the chosen scan says"))
        self.remarks.setMaximumHeight(self.fontMetrics().height() * 6)
        self.offer = self._make_offer()
        column = QVBoxLayout(self)
        column.addWidget(self.offer)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.remarks)
        column.addLayout(self._make_buttons())
        self.model.modelReset.connect(self._choose_again)
        self.model.dataChanged.connect(self._show)
        self.table.selectionModel().selectionChanged.connect(self._note_chosen)
        self._show()

    @property
    def chosen(self) -> tuple[Job, ...]:
        """The selected jobs, in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.rows[row] for row in rows)

    # Building.

    def _make_table(self) -> QTableView:
        table = _Table(
            {
                "Space": self.pause_or_resume,
                "Del": self.cancel,
                "Alt+Up": lambda: self._move(-1),
                "Alt+Down": lambda: self._move(1),
            }
        )
        table.setModel(self.model)
        self.model.setParent(table)  # outlives the queue as long as its rows are chosen here
        table.setItemDelegateForColumn(SHARE, ShareBar(table))
        table.setAccessibleName(self.tr("Scans in their order"))
        table.setToolTip(self.tr("Drag rows to change their order, or press Alt with the arrow keys."))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        table.setDragDropOverwriteMode(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        width = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((34, 20, 14, 18)):
            table.setColumnWidth(column, width * letters)
        return table

    def _make_offer(self) -> QFrame:
        """What stands above the table when scans are held, such as those that were left undone last time."""
        offer = QFrame()
        offer.setFrameShape(QFrame.Shape.StyledPanel)
        self._offered = QLabel()
        self._offered.setTextFormat(Qt.TextFormat.PlainText)
        self._offered.setWordWrap(True)
        self.go_on_button = QPushButton(self.tr("&Go on"))
        self.go_on_button.setToolTip(self.tr("Scan what was held, from where it was left."))
        self.go_on_button.setAccessibleName(self.tr("Go on with the scans that are held"))
        self.go_on_button.clicked.connect(self._queue.go_on)
        row = QHBoxLayout(offer)
        row.addWidget(self._offered, 1)
        row.addWidget(self.go_on_button)
        return offer

    def _make_buttons(self) -> QHBoxLayout:
        self.pause_button = _button(
            self.tr("&Pause"), self.tr("Pause the chosen scans, or let them go on (Space)."), self.pause_or_resume
        )
        self.up_button = _button(
            self.tr("&Earlier"), self.tr("Scan the chosen ones earlier (Alt+Up)."), lambda: self._move(-1)
        )
        self.down_button = _button(
            self.tr("&Later"), self.tr("Scan the chosen ones later (Alt+Down)."), lambda: self._move(1)
        )
        self.cancel_button = _button(
            self.tr("&Cancel"), self.tr("Take the chosen scans out; what is scanned is kept (Delete)."), self.cancel
        )
        self.clear_button = _button(
            self.tr("Clea&r"), self.tr("Take all that are done or failed off the list."), self._queue.dismiss_ended
        )
        row = QHBoxLayout()
        for each in (self.pause_button, self.up_button, self.down_button, self.cancel_button):
            row.addWidget(each)
        row.addStretch()
        row.addWidget(self.clear_button)
        return row

    # What a person does.

    def pause_or_resume(self) -> None:
        """Lets the chosen scans go on where all of them rest, else pauses them."""
        chosen = self.chosen
        rest = all(job.state in _AT_REST for job in chosen)
        for job in chosen:
            if rest:
                self._queue.resume(job.job_id)
            else:
                self._queue.pause(job.job_id)

    def cancel(self) -> None:
        """Takes the chosen scans out of the queue."""
        for job in self.chosen:
            self._queue.cancel(job.job_id)

    def _move(self, by: int) -> None:
        ids = [job.job_id for job in self.model.rows]
        some = [job.job_id for job in self.chosen]
        if not some:
            return
        places = [ids.index(each) for each in some]
        before = min(places) - 1 if by < 0 else max(places) + 2
        self._queue.reorder(moved(ids, some, before=max(0, before)))

    # Showing.

    def _note_chosen(self) -> None:
        self._chosen_ids = tuple(job.job_id for job in self.chosen)
        self._show()

    def _choose_again(self) -> None:
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        wanted = self._chosen_ids
        for place, job in enumerate(self.model.rows):
            if job.job_id in wanted:
                selection.setCurrentIndex(self.model.index(place, 0), flags.NoUpdate)
                selection.select(self.model.index(place, 0), flags.Select | flags.Rows)
        self._chosen_ids = tuple(job.job_id for job in self.chosen)
        self._show()

    def _show(self) -> None:
        jobs, chosen = self.model.rows, self.chosen
        held = sum(job.state is JobState.HELD for job in jobs)
        self.offer.setVisible(held > 0)
        self._offered.setText(self.tr("Scans that are held: %n. What was scanned before is kept.", "", held))
        self._hint.setVisible(not jobs)
        self.table.setVisible(bool(jobs))
        self.remarks.setVisible(bool(chosen))
        told = "\n".join(
            in_words(text) for job in chosen for text in (job.problem or state_text(job), *job.progress.remarks) if text
        )
        if told != self.remarks.toPlainText():
            self.remarks.setPlainText(told)
        rest = bool(chosen) and all(job.state in _AT_REST for job in chosen)
        self.pause_button.setText(self.tr("&Resume") if rest else self.tr("&Pause"))
        for button in (self.pause_button, self.up_button, self.down_button, self.cancel_button):
            button.setEnabled(bool(chosen))
        self.clear_button.setEnabled(any(job.has_ended for job in jobs))


def _button(text: str, tip: str, call: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(call)
    return button
