"""The candidates as rows of a table: nothing is kept per row but the candidate itself."""

import math
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.triage import Candidate
from reviewer_app.gui.colours import FLAG_MARK
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.arranging import Choice, Order, arranged, statements_on
from reviewer_app.gui.triage.words import label_text, label_with_sign, plain_tip, semiology_text, sign_icon, time_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns from left to right."""

    TIME = 0
    SCORE = 1
    CLUSTER = 2
    VERDICT = 3
    OTHERS = 4
    NOTE = 5


class CandidateModel(QAbstractTableModel):
    """Shows the review's candidates, filtered and sorted.

    A verdict changes a few cells and no rows, unless the filter or the order depends on it: then the table is reset.
    """

    def __init__(self, review: Review, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._rows: tuple[Candidate, ...] = ()
        self._place: dict[str, int] = {}
        self._icons = {label: sign_icon(label) for label in Label}
        self.choice = Choice()
        self.order = Order.TIME
        self.backwards = False
        self.refresh()

    # What is in it.

    def refresh(self) -> None:
        """Takes the review's candidates as they are now."""
        point = self._review.point
        rows = arranged(
            self._review.candidates,
            self.choice,
            self.order,
            backwards=self.backwards,
            enter=point.enter if point else 0.5,
        )
        place = {each.key: row for row, each in enumerate(rows)}
        if list(place) == list(self._place):
            self._rows = rows
            self.retell()
            return
        self.beginResetModel()
        self._rows, self._place = rows, place
        self.endResetModel()

    def retell(self) -> None:
        """Has every visible cell written anew, as after a change of the clock."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def candidate(self, row: int) -> Candidate:
        """The candidate in a row."""
        return self._rows[row]

    def keys(self, rows: Iterable[int]) -> list[str]:
        """The keys of the candidates in some rows."""
        return [self._rows[row].key for row in rows]

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """The rows, in order, in which candidates stand; those that the filter hides have none."""
        return sorted(self._place[key] for key in keys if key in self._place)

    # What Qt asks.

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """As many as pass the filter."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation is Qt.Orientation.Vertical or section not in Column.__members__.values():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.SCORE:
            return self.tr("How sure the model is at the peak, from 0 to 1. People's own intervals have none.")
        return None

    def _title(self, column: Column) -> str:
        return {
            Column.TIME: self.tr("Time"),
            Column.SCORE: self.tr("Score"),
            Column.CLUSTER: self.tr("Cluster"),
            Column.VERDICT: self.tr("Verdict"),
            Column.OTHERS: self.tr("Others"),
            Column.NOTE: self.tr("Note"),
        }[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, sign or tip; always plain."""
        if not index.isValid():
            return None
        candidate, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(candidate, column)
        if role == Qt.ItemDataRole.DecorationRole:
            verdict = candidate.verdict
            return self._icons[verdict] if column is Column.VERDICT and verdict is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.SCORE, Column.CLUSTER):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._whole(candidate, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._whole(candidate, column) or self._text(candidate, column)
        return None

    def _text(self, candidate: Candidate, column: Column) -> str:
        match column:
            case Column.TIME:
                return time_of(self._review, candidate.peak)
            case Column.SCORE:
                return "" if math.isnan(candidate.score) else QLocale().toString(candidate.score, "f", 2)
            case Column.CLUSTER:
                return str(candidate.cluster) if candidate.cluster else ""
            case Column.VERDICT:
                return label_text(candidate.verdict) if candidate.verdict else self._open(candidate)
            case Column.OTHERS:
                return " ".join(label_with_sign(each.label) for each in candidate.others)
            case Column.NOTE:
                return "✎" if any(each.statement.note for each in statements_on(candidate)) else ""

    def _open(self, candidate: Candidate) -> str:
        return self.tr("{sign} open").format(sign=FLAG_MARK.glyph) if candidate.is_flag else "–"

    def _whole(self, candidate: Candidate, column: Column) -> str:
        """What there is no room for in the cell, for the tip and the screen reader; empty where that is nothing."""
        if column is Column.VERDICT:
            said = candidate.own.statement.semiology if candidate.own else None
            looks = semiology_text(said) if said else ""
            text = self._text(candidate, column)
            return self.tr("{verdict}: {looks}").format(verdict=text, looks=looks) if looks else text
        if column is Column.OTHERS:
            return "\n".join(
                self.tr("{rater}: {label}").format(rater=each.rater.name, label=label_text(each.label))
                for each in candidate.others
            )
        if column is Column.NOTE:
            return "\n".join(each.statement.note for each in statements_on(candidate) if each.statement.note)
        return ""
