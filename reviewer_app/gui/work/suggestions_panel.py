"""Stretches in which, by the picture's quality, nothing can be judged: a person says whether that is so."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.gui.player.wording import time_text
from reviewer_app.gui.review import Review

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


def reason_text(reason: Hindrance) -> str:
    """Why nothing can be judged, in the person's language."""
    return {
        Hindrance.DARK: QCoreApplication.translate("Suggestions", "Dark: only lamps can be seen"),
        Hindrance.COVERED: QCoreApplication.translate("Suggestions", "Covered: the picture shows no detail"),
        Hindrance.FROZEN: QCoreApplication.translate("Suggestions", "Frozen: the same picture over and over"),
    }[reason]


class SuggestionsModel(QAbstractTableModel):
    """The suggestions of the review, one a row."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self.rows: tuple[NotAnalysable, ...] = ()

    def refresh(self) -> None:
        """Shows what the review suggests now."""
        if self.rows != self._review.suggestions:
            self.beginResetModel()
            self.rows = self._review.suggestions
            self.endResetModel()

    def retell(self) -> None:
        """The same rows, with their times told otherwise."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 2))

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Suggestions."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Begin, length, reason."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("From"), self.tr("Lasts"), self.tr("Why nothing can be judged"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text."""
        recording = self._review.recording
        if role != Qt.ItemDataRole.DisplayRole or recording is None:
            return None
        row = self.rows[index.row()]
        if index.column() == 0:
            return time_text(recording, row.interval.start, clock=self._review.clock_times)
        if index.column() == 1:
            return time_text(recording, row.interval.seconds, clock=False)
        return reason_text(row.reason)


class _Table(QTableView):
    """Plays the chosen stretch on Enter, too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is a double click by key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class SuggestionsPanel(QWidget):
    """Suggested stretches with what a person can do about them; nothing is left out unless a person says so."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.model = SuggestionsModel(review)
        self.table = self._make_table()
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self.accept_button = self._button(
            self.tr("&Cannot be judged"), self.tr("Mark the chosen stretches as not analysable."), self._accept
        )
        self.refuse_button = self._button(
            self.tr("Can be &judged"), self.tr("Do not suggest the chosen stretches again."), self._refuse
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self.refuse_button)
        column = QVBoxLayout(self)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        for signal in (review.recording_changed, review.trace_changed, review.labels_changed, review.mode_changed):
            signal.connect(self._show)
        review.clock_changed.connect(self.model.retell)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._show_what_can_be_done)
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a few rows."""
        return QSize(self.fontMetrics().averageCharWidth() * 50, self.fontMetrics().height() * 14)

    def _make_table(self) -> QTableView:
        table = _Table()
        table.setModel(self.model)
        self.model.setParent(table)  # outlives the review as long as its rows are chosen here
        table.setAccessibleName(self.tr("Suggested stretches that cannot be judged"))
        table.setToolTip(self.tr("Enter or a double click plays a stretch."))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.doubleClicked.connect(self._watch)
        return table

    def _button(self, text: str, tip: str, call: Any) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(call)
        return button

    @property
    def chosen(self) -> tuple[NotAnalysable, ...]:
        """The selected suggestions."""
        return tuple(self.model.rows[index.row()] for index in self.table.selectionModel().selectedRows())

    def _show(self) -> None:
        self.model.refresh()
        coverage = self._review.coverage
        if coverage is None:
            self._told.setText(self.tr("Suggestions come with the scan."))
        elif self.model.rows:
            self._told.setText(
                self.tr("Stretches in which perhaps nothing can be judged: %n.", "", len(self.model.rows))
            )
        elif coverage.finished:
            self._told.setText(self.tr("By brightness, sharpness and movement, no further stretch stands out."))
        else:
            self._told.setText(self.tr("Nothing stands out so far; part of the recording is not scanned yet."))
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        for button in (self.accept_button, self.refuse_button):
            button.setEnabled(bool(self.chosen))

    def _accept(self) -> None:
        for suggestion in self.chosen:
            self._review.accept_suggestion(suggestion)

    def _refuse(self) -> None:
        for suggestion in self.chosen:
            self._review.refuse_suggestion(suggestion)

    def _watch(self, index: QModelIndex) -> None:
        interval = self.model.rows[index.row()].interval
        self._review.show(interval)
        self._review.go_to(interval.start, play=True)
