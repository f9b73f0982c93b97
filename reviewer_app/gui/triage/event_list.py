"""The list of what is to be judged: flags and people's intervals, with what is left of them."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reviewer_app.domain.triage import Candidate
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.event_filter import EventFilter
from reviewer_app.gui.triage.event_model import ORDERS, Column, EventModel
from reviewer_app.gui.triage.event_rows import Wanted
from reviewer_app.gui.triage.event_table import EventTable
from reviewer_app.gui.triage.left_text import left_by_cluster, left_in_all

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class EventList(QWidget):
    """All candidates in a virtual list; what is selected in it is what the keys judge."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.model = EventModel(review)
        self.filter = EventFilter(review)
        self._following = False  # while the list takes the review's selection over
        self.table = EventTable(self.model)
        self.left_label, self.clusters_label = _told(self.tr("Left to review")), _told(self.tr("Left by cluster"))
        column = QVBoxLayout(self)
        column.addWidget(self.left_label)
        column.addWidget(self.clusters_label)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        self._connect()
        self._refresh()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a dozen rows."""
        return QSize(self.fontMetrics().averageCharWidth() * 62, self.fontMetrics().height() * 20)

    def _connect(self) -> None:
        review = self._review
        review.candidates_changed.connect(self._refresh)
        review.labels_changed.connect(self.filter.offer_raters)
        review.selection_changed.connect(self._follow)
        review.clock_changed.connect(self.model.retell)
        for signal in (review.recording_changed, review.trace_changed, review.mode_changed):
            signal.connect(self._tell_left)
        self.filter.wanted_changed.connect(self._want)
        self.filter.words_box.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().selectionChanged.connect(self._select)
        self.table.doubleClicked.connect(self._watch)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)

    # What is listed.

    def _refresh(self) -> None:
        self._keeping_selection(self.model.refresh)
        self._tell_left()

    def _want(self, wanted: Wanted) -> None:
        self._keeping_selection(lambda: self.model.want(wanted))
        self._review.ranking = None if wanted.in_order_of_time else self._ranked
        column = next(column for column, order in ORDERS.items() if order is wanted.order)
        direction = Qt.SortOrder.DescendingOrder if wanted.descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, direction)

    def _ranked(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        point = self._review.point
        return self.filter.wanted.ranked(candidates, enter=point.enter if point else 0.0)

    def _sort(self, section: int) -> None:
        wanted, order = self.filter.wanted, ORDERS.get(Column(section))
        if order is None:
            self._want(wanted)  # puts the sign back to where it was
            return
        self.filter.sort(order, descending=order is wanted.order and not wanted.descending)

    def _tell_left(self) -> None:
        self.left_label.setText(left_in_all(self._review))
        by_cluster = left_by_cluster(self._review)
        self.clusters_label.setText(by_cluster)
        self.clusters_label.setVisible(bool(by_cluster))

    # What is selected, both ways.

    def _keeping_selection(self, change: Callable[[], None]) -> None:
        scrolled, row = self.table.verticalScrollBar().value(), self.table.currentIndex().row()
        self._following = True
        change()
        self._following = False
        self._follow(scroll=False)
        self.table.verticalScrollBar().setValue(scrolled)
        if not self.table.currentIndex().isValid() and row >= 0:
            # A judged flag has left the list of open ones: the arrow keys go on from where it was.
            at = self.model.index(min(row, self.model.rowCount() - 1), 0)
            self.table.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _follow(self, *, scroll: bool = True) -> None:
        """Selects what the review has selected, as far as it is listed."""
        places = sorted(place for each in self._review.selected if (place := self.model.place(each.key)) is not None)
        marked = self.table.selectionModel()
        if places == self._selected_places():
            return
        self._following = True
        selection = QItemSelection()
        for first, last in _runs(places):
            selection.select(self.model.index(first, 0), self.model.index(last, len(Column) - 1))
        marked.select(selection, _SELECT)
        if places:
            at = self.model.index(places[0], 0)
            marked.setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
            if scroll:
                self.table.scrollTo(at)
        self._following = False

    def _selected_places(self) -> list[int]:
        # By its ranges: to be handed an index for each of 20,000 rows takes half a second.
        ranges = self.table.selectionModel().selection().toList()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def _select(self) -> None:
        if not self._following:
            self._review.select([self.model.rows[place].key for place in self._selected_places()])

    def _watch(self, index: QModelIndex) -> None:
        self._review.watch(self.model.rows[index.row()])


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as their first and last."""
    first = last = None
    for place in places:
        if first is None or last is None or place > last + 1:
            if first is not None and last is not None:
                yield first, last
            first = place
        last = place
    if first is not None and last is not None:
        yield first, last


def _told(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
