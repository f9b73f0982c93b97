"""The table of scans: virtual, and put into another order by dragging."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer_app.gui.work.job import Job, JobState
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.job_words import duration_text, share_text, speed_text, state_text

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_DRAGGED = "application/x-spasm-reviewer-jobs"

SHARE = 1
"""The column that is drawn as a bar."""

SHARE_ROLE = Qt.ItemDataRole.UserRole


class JobsModel(QAbstractTableModel):
    """The queue's jobs, in their order."""

    def __init__(self, queue: JobQueue) -> None:
        super().__init__()
        self._queue = queue
        self.rows: tuple[Job, ...] = queue.jobs
        queue.changed.connect(self._refresh)

    def _refresh(self) -> None:
        jobs = self._queue.jobs
        if [job.job_id for job in jobs] == [job.job_id for job in self.rows]:
            self.rows = jobs
            if jobs:
                self.dataChanged.emit(self.index(0, 0), self.index(len(jobs) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.rows = jobs
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Jobs."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802
        """Name, share, speed, time left, state."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Recording"),
            self.tr("Scanned"),
            self.tr("Real time"),
            self.tr("Time left"),
            self.tr("State"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        job = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    job.order.title,
                    share_text(job),
                    speed_text(job.progress.speed),
                    duration_text(job.progress.seconds_left),
                    state_text(job),
                )[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join([state_text(job), *job.progress.remarks])
            case Qt.ItemDataRole.DecorationRole if index.column() == 0 and job.state is JobState.FAILED:
                return QApplication.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        return job.progress.share if role == SHARE_ROLE else None

    # Dragging.

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Rows move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Jobs of this program."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """The ids of the dragged jobs."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(_DRAGGED, QByteArray(" ".join(str(self.rows[row].job_id) for row in rows).encode()))
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Puts the dragged jobs before the row at which they were let go."""
        if not data.hasFormat(_DRAGGED):
            return False
        dragged = [int(text) for text in bytes(data.data(_DRAGGED).data()).split()]
        if row < 0:
            row = parent.row() if parent.isValid() else len(self.rows)
        self._queue.reorder(moved([job.job_id for job in self.rows], dragged, before=row))
        return False  # the queue has moved them: the view must not remove the rows once more


def moved(job_ids: Sequence[int], some: Sequence[int], *, before: int) -> list[int]:
    """The ids with some of them put before a place, in the order in which they were."""
    chosen = [each for each in job_ids if each in some]
    above = [each for each in job_ids[:before] if each not in some]
    below = [each for each in job_ids[before:] if each not in some]
    return [*above, *chosen, *below]


class ShareBar(QStyledItemDelegate):
    """Draws how much is scanned as a bar with its number on it, readable on both of its parts."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's background, then the bar, then the number."""
        chosen = QStyle.StateFlag.State_Selected in option.state
        palette = option.palette
        painter.save()
        painter.fillRect(option.rect, palette.highlight() if chosen else palette.base())
        share, text = index.data(SHARE_ROLE), index.data()
        if text:
            whole = option.rect.adjusted(3, 4, -4, -5)
            colour = QColor(palette.highlightedText().color() if chosen else palette.highlight().color())
            painter.setPen(colour)
            painter.drawRect(whole)
            colour.setAlpha(110)
            painter.fillRect(QRect(whole.topLeft(), QSize(round(whole.width() * share), whole.height())), colour)
            painter.setPen(palette.highlightedText().color() if chosen else palette.text().color())
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
