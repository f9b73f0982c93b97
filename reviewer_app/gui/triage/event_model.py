"""The candidates as a table for a view that asks for the rows it shows and no others."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPainter

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.triage import Candidate
from reviewer_app.gui.colours import FLAG_MARK
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.event_rows import Order, Wanted
from reviewer_app.gui.triage.words import label_text, label_with_sign, plain_tip, semiology_text, sign_icon, time_of

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Column(IntEnum):
    """What is told of a candidate, from left to right."""

    TIME = 0
    VERDICT = 1
    SCORE = 2
    MARGIN = 3
    CLUSTER = 4
    NOTE = 5
    OTHERS = 6


ORDERS = {
    Column.TIME: Order.TIME,
    Column.SCORE: Order.SCORE,
    Column.MARGIN: Order.UNCERTAINTY,
    Column.CLUSTER: Order.CLUSTER,
}
"""The columns by which the list can be sorted."""

_NUMBERS = (Column.SCORE, Column.MARGIN, Column.CLUSTER)


class EventModel(QAbstractTableModel):
    """The wanted candidates of the review, one a row."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self.wanted = Wanted()
        self.rows: list[Candidate] = []
        self._places: dict[str, int] = {}
        self._icons = {label: sign_icon(label) for label in Label}

    def draw_signs(self, *, selected: QColor) -> None:
        """Draws the labels' shapes in their colours, and in the letters' colour where a row is selected."""
        self._icons = {label: sign_icon(label) for label in Label}
        for icon in self._icons.values():
            shape = icon.pixmap(64)
            painter = QPainter(shape)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(shape.rect(), selected)
            painter.end()
            icon.addPixmap(shape, QIcon.Mode.Selected)

    def want(self, wanted: Wanted) -> None:
        """Shows other candidates, or the same in another order."""
        self.wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Shows what the review holds now; rows that stay where they are keep selection and scroll position."""
        point = self._review.point
        rows = self.wanted.rows(self._review.candidates, enter=point.enter if point else 0.0)
        places = {each.key: place for place, each in enumerate(rows)}
        if list(places) == list(self._places):
            changed = [place for place, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old is not new]
            self.rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))
            return
        self.beginResetModel()
        self.rows, self._places = rows, places
        self.endResetModel()

    def retell(self) -> None:
        """The same rows, with their times told otherwise."""
        if self.rows:
            self.dataChanged.emit(self.index(0, Column.TIME), self.index(len(self.rows) - 1, Column.TIME))

    def place(self, key: str) -> int | None:
        """The row of a candidate; None where it is not listed."""
        return self._places.get(key)

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Listed candidates."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names, and what sorting by them does."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[Column(section)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tips().get(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, sign or tip; what there is no room for is in the tip and read to who cannot see."""
        row, column = self.rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.DecorationRole:
                return self._icons[row.verdict] if column is Column.VERDICT and row.verdict else None
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._whole(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._whole(row, column) or self._text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in _NUMBERS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: Candidate, column: Column) -> str:
        match column:
            case Column.TIME:
                return time_of(self._review, row.peak)
            case Column.VERDICT:
                return label_text(row.verdict) if row.verdict else self._open(row)
            case Column.OTHERS:
                return " ".join(dict.fromkeys(label_with_sign(each.label) for each in row.others))
            case Column.NOTE:
                return "✎" if any(each.statement.note for each in _said(row)) else ""
        return self._number(row, column) if row.is_flag else "–"

    def _open(self, row: Candidate) -> str:
        return self.tr("{sign} open").format(sign=FLAG_MARK.glyph) if row.is_flag else "–"

    def _number(self, row: Candidate, column: Column) -> str:
        if column is Column.CLUSTER:
            return str(row.cluster)
        if column is Column.SCORE:
            return QLocale().toString(row.score, "f", 2)
        point = self._review.point
        return QLocale().toString(row.score - point.enter, "f", 2) if point else ""

    def _whole(self, row: Candidate, column: Column) -> str:
        """What there is no room for in a cell; empty where that is nothing."""
        match column:
            case Column.VERDICT:
                looks = semiology_text(row.own.statement.semiology) if row.own else ""
                text = self._text(row, column)
                return self.tr("{verdict}: {looks}").format(verdict=text, looks=looks) if looks else text
            case Column.OTHERS:
                return "\n".join(
                    self.tr("{rater}: {label}").format(rater=each.rater.name, label=label_text(each.label))
                    for each in row.others
                )
            case Column.NOTE:
                return "\n".join(each.statement.note for each in _said(row) if each.statement.note)
        return ""

    def _titles(self) -> dict[Column, str]:
        return {
            Column.TIME: self.tr("Time"),
            Column.VERDICT: self.tr("Verdict"),
            Column.SCORE: self.tr("Score"),
            Column.MARGIN: self.tr("Margin"),
            Column.CLUSTER: self.tr("Cluster"),
            Column.OTHERS: self.tr("Others"),
            Column.NOTE: self.tr("Note"),
        }

    def _tips(self) -> dict[Column, str]:
        return {
            Column.SCORE: self.tr("The curve's height at the flag, from 0 to 1; no probability of a spasm."),
            Column.MARGIN: self.tr("How far the score lies over the operating point; little means uncertain."),
            Column.CLUSTER: self.tr("Number of the model's cluster, in order of time."),
            Column.OTHERS: self.tr("What other raters call it."),
        }


def _said(row: Candidate) -> tuple[Annotation, ...]:
    return row.others if row.own is None else (row.own, *row.others)
