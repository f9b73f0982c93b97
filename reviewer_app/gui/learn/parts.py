"""Small parts that the views of the learning page are made of."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QPushButton, QTableView

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Cells(QAbstractTableModel):
    """Rows of texts that are shown and never changed by hand."""

    def __init__(self, headings: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
        """An empty table.

        Args:
            headings: Of the columns.
            numbers: Columns whose texts stand to the right.
        """
        super().__init__()
        self._headings, self._numbers = tuple(headings), frozenset(numbers)
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.keys: tuple[str, ...] = ()  # what each row is about, where rows can be chosen

    def put(self, rows: Sequence[tuple[str, ...]], *, keys: Sequence[str] = ()) -> None:
        """Shows these rows instead."""
        if (tuple(rows), tuple(keys)) == (self.rows, self.keys):
            return
        self.beginResetModel()
        self.rows, self.keys = tuple(rows), tuple(keys)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """As many as were put."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The headings."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self._headings[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; its tooltip is its text, which may be cut."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def table_of(model: Cells, *, name: str, widths: Sequence[int], wide: int = -1) -> QTableView:
    """A table of which one row can be chosen.

    Args:
        model: What it shows.
        name: For those who hear the screen.
        widths: Of the columns, in letters.
        wide: The column that takes what is left, which needs no width if it is the last one.
    """
    table = QTableView()
    table.setModel(model)
    model.setParent(table)  # a model that went first would leave a selection in nothing, which Qt complains of
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(range(model.columnCount())[wide], QHeaderView.ResizeMode.Stretch)
    letter = table.fontMetrics().averageCharWidth()
    for column, letters in enumerate(widths):
        table.setColumnWidth(column, letter * letters)
    return table


def chosen_key(table: QTableView) -> str:
    """What the chosen row of a table of ``Cells`` is about; empty where none is chosen."""
    rows, model = table.selectionModel().selectedRows(), table.model()
    assert isinstance(model, Cells)
    return model.keys[rows[0].row()] if rows else ""


def refill(table: QTableView, rows: Sequence[tuple[str, ...]], *, keys: Sequence[str]) -> None:
    """Shows other rows in a table of ``Cells``; what was chosen stays chosen wherever it stands now, else the first."""
    before, model = chosen_key(table), table.model()
    assert isinstance(model, Cells)
    model.put(rows, keys=keys)
    if keys and not table.selectionModel().hasSelection():
        table.selectRow(keys.index(before) if before in keys else 0)


def button(text: str, tip: str, call: Callable[[], object]) -> QPushButton:
    """A button that says what it does."""
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(lambda *_: call())
    return made


def line(name: str) -> QLabel:
    """A line of plain text, broken where it is long, that can be copied."""
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def number(value: float | None, digits: int = 3) -> str:
    """As the person's language writes it; a dash where nothing is known."""
    return "–" if value is None else QLocale().toString(value, "f", digits)


def between(low: float | None, high: float | None) -> str:
    """A 95 % interval in words; empty where there is none."""
    if low is None or high is None:
        return ""
    return QCoreApplication.translate("Lessons", "{low} to {high}").format(low=number(low), high=number(high))
