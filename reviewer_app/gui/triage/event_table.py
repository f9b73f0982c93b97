"""The view of the list: rows of one height, as large as the person's letters."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from reviewer_app.domain.annotation import Label
from reviewer_app.gui.triage.event_model import Column, EventModel
from reviewer_app.gui.triage.words import label_text

_LOOKS = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class EventTable(QTableView):
    """Plays the row at hand on Enter, too; letters are commands and never search."""

    def __init__(self, model: EventModel) -> None:
        super().__init__()
        self._events = model
        self.setModel(model)
        model.setParent(self)  # outlives the review as long as its rows are chosen here
        self.setAccessibleName(self.tr("Flags and intervals"))
        self.setToolTip(self.tr("Enter or a double click plays; verdict keys judge everything that is selected."))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        # One height for all: asking each of 20,000 rows for its own would stop the window.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns = self.horizontalHeader()
        columns.setStretchLastSection(True)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicator(Column.TIME, Qt.SortOrder.AscendingOrder)
        columns.setSectionsClickable(True)
        columns.setHighlightSections(False)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is a double click by key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802
        """Does not search."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Larger letters need more room, another theme other signs."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._fit()

    def _fit(self) -> None:
        height = self.fontMetrics().height()
        self.setIconSize(QSize(height, height))
        self.verticalHeader().setDefaultSectionSize(round(height * 1.5))
        self._events.draw_signs(selected=self.palette().color(QPalette.ColorRole.HighlightedText))
        for each in Column:
            self.setColumnWidth(each, self._width(each))

    def _width(self, column: Column) -> int:
        texts, letters = [str(self._events.headerData(column, Qt.Orientation.Horizontal))], self.fontMetrics()
        if column is Column.TIME:
            texts.append("00:00:00")
        elif column is Column.VERDICT:
            texts += [label_text(label) for label in Label]
        sign = letters.height() if column is Column.VERDICT else 0
        return max(letters.horizontalAdvance(text) for text in texts) + sign + round(letters.height() * 1.5)
