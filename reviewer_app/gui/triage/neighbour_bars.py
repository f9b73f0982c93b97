"""The scores of a window and of those beside it, as bars."""

import numpy as np
from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.domain.trace import Trace
from reviewer_app.gui.colours import TRACE_COLOUR

TO_EACH_SIDE = 6


class NeighbourBars(QWidget):
    """One bar a window, the explained one outlined; a window that was not scored has a dash instead of a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scores: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Scores of the windows beside it"))

    def show_scores(self, trace: Trace | None, window: int | None) -> None:
        """Shows the scores around a window, or none."""
        around = range(0) if window is None else range(window - TO_EACH_SIDE, window + TO_EACH_SIDE + 1)
        self._scores = tuple(_score(trace, each) for each in around)
        told = "  ".join("–" if each is None else QLocale().toString(each, "f", 2) for each in self._scores)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Three lines of text high."""
        return QSize(self.fontMetrics().averageCharWidth() * 40, self.fontMetrics().height() * 3)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        """Paints the bars."""
        if not self._scores:
            return
        painter = QPainter(self)
        width, height = self.width() / len(self._scores), self.height() - 2
        for place, score in enumerate(self._scores):
            left = place * width
            if score is None:
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(QRectF(left, 0, width, height), Qt.AlignmentFlag.AlignCenter, "–")
            else:
                bar = QRectF(left + 2, 1 + height * (1 - score), width - 4, height * score)
                painter.fillRect(bar, QColor(TRACE_COLOUR))
            if place == TO_EACH_SIDE:
                painter.setPen(self.palette().color(QPalette.ColorRole.Text))
                painter.drawRect(QRectF(left + 1, 1, width - 2, height))


def _score(trace: Trace | None, window: int) -> float | None:
    if trace is None or not 0 <= window < trace.grid.count or np.isnan(trace.scores[window]):
        return None
    return float(trace.scores[window])
