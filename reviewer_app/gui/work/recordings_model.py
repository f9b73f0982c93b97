"""The table of recordings: virtual, sortable, with what is wrong told by sign and words."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QApplication, QStyle

from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.gui.work.shelf import Shelf

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

SORTED_BY = Qt.ItemDataRole.UserRole
"""The role under which a cell's value can be compared."""

_BROKEN = QColor(213, 94, 0, 60)  # Okabe-Ito's vermillion, through which text stays readable on dark and light

STATUS = 7
"""The column that says what is the matter."""


class RecordingsModel(QAbstractTableModel):
    """The shelf's rows."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf
        self.rows: tuple[RecordingRow, ...] = shelf.rows
        shelf.changed.connect(self._refresh)

    def _refresh(self) -> None:
        rows = self._shelf.rows
        same = [(row.number, row.paths) for row in rows] == [(row.number, row.paths) for row in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STATUS))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Recordings."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """As many as ``headerData`` names."""
        return 0 if parent.isValid() else STATUS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names, and what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Recording"),
                self.tr("Patient"),
                self.tr("Begins"),
                self.tr("Hours"),
                self.tr("Scanned by"),
                self.tr("Left to review"),
                self.tr("Clusters"),
                self.tr("State"),
            )[section]
        if role == Qt.ItemDataRole.ToolTipRole and section in (5, 6):
            return self.tr("Of what a calibrated bundle flagged, at the operating point of the settings.")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(row)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column)
            case Qt.ItemDataRole.BackgroundRole if row.is_broken:
                return QBrush(_BROKEN)
            case Qt.ItemDataRole.DecorationRole if column == 0 and row.is_broken:
                return QApplication.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
            case Qt.ItemDataRole.TextAlignmentRole if column in (3, 5, 6):
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return _values(row)[column] if role == SORTED_BY else None

    def _texts(self, row: RecordingRow) -> tuple[str, ...]:
        survey = row.survey
        return (
            row.title,
            row.patient,
            f"{row.start:%Y-%m-%d %H:%M}" if row.start else "",
            row.length if row.number is not None else "",
            row.bundle_name,
            row.left,
            str(survey.clusters) if survey and survey.clusters is not None else "",
            row.status,
        )

    def _tip(self, row: RecordingRow, column: int) -> str:
        if column == STATUS and row.survey and row.survey.missing:
            missing = "\n".join(str(path) for path in row.survey.missing)
            return self.tr("Not there any more; “Find files…” looks for them by what is in them:") + "\n" + missing
        return row.status if column == STATUS else "\n".join(str(path) for path in row.paths)


def _values(row: RecordingRow) -> tuple[Any, ...]:
    survey = row.survey
    return (
        row.title.casefold(),
        row.patient.casefold(),
        row.start.timestamp() if row.start else 0.0,
        row.seconds,
        row.bundle_name.casefold(),
        survey.left if survey and survey.left is not None else -1,
        survey.clusters if survey and survey.clusters is not None else -1,
        row.status,
    )


class SortedRecordings(QSortFilterProxyModel):
    """The rows in the wanted order, and those alone in which the wanted words occur."""

    def __init__(self, model: RecordingsModel) -> None:
        super().__init__(model)
        self._wanted: tuple[str, ...] = ()
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(SORTED_BY)

    def look_for(self, text: str) -> None:
        """Shows rows in which each of the words occurs, in any column."""
        self.beginFilterChange()
        self._wanted = tuple(text.casefold().split())
        self.endFilterChange()

    def row_at(self, index: QModelIndex) -> RecordingRow:
        """What is shown in a row."""
        return self._model.rows[self.mapToSource(index).row()]

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:  # noqa: N802
        """Whether all the words occur."""
        model = self._model
        texts = [str(model.index(source_row, column).data() or "") for column in range(model.columnCount())]
        found = " ".join([*texts, *(str(path) for path in model.rows[source_row].paths)]).casefold()
        return all(word in found for word in self._wanted)
