"""How a training goes: its loss from step to step, and how it does on validation patients from epoch to epoch."""

from math import isfinite

import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.gui.colours import LABEL_MARKS, TRACE_COLOUR
from reviewer_app.jobs.message import WINDOW_AUC, Learning

_WIDTH = 2


class Curves(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Loss as a line against the left, AUC as discs against the right; both over steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Curves of the training"))
        self._losses: list[tuple[float, float]] = []
        self._aucs: list[tuple[float, float]] = []
        plot = self.getPlotItem()
        plot.setLabel("bottom", self.tr("steps"))
        plot.setLabel("left", self.tr("loss"))
        plot.setLabel("right", self.tr("AUC on validation patients"))
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        self._loss_line = plot.plot()
        self._auc_line = pg.PlotDataItem()
        self._right = pg.ViewBox()
        plot.scene().addItem(self._right)
        plot.getAxis("right").linkToView(self._right)
        self._right.setXLink(plot)
        self._right.setYRange(0.4, 1.0, padding=0.02)
        self._right.addItem(self._auc_line)
        plot.getViewBox().sigResized.connect(lambda *_: self._right.setGeometry(plot.getViewBox().sceneBoundingRect()))
        self._paint_in()

    @property
    def drawn(self) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]:
        """The points of both curves: (step, loss) and (step, AUC)."""
        return tuple(self._losses), tuple(self._aucs)

    def clear_all(self) -> None:
        """Begins anew."""
        self._losses.clear()
        self._aucs.clear()
        self._draw()

    def add(self, learned: Learning) -> None:
        """Draws one message more."""
        self._losses.append((learned.step, learned.loss))
        self._aucs += [
            (learned.step, value) for name, value in learned.validation if name == WINDOW_AUC and isfinite(value)
        ]
        self._draw()

    def _draw(self) -> None:
        self._loss_line.setData([x for x, _ in self._losses], [y for _, y in self._losses])
        self._auc_line.setData([x for x, _ in self._aucs], [y for _, y in self._aucs])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_auc_line"):
            self._paint_in()

    def _paint_in(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for name in ("bottom", "left", "right"):
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(text)
            axis.setTextPen(text)
        blue = LABEL_MARKS[Label.NOT_SPASM].colour
        self._loss_line.setPen(pg.mkPen(blue, width=_WIDTH))
        self._auc_line.setPen(pg.mkPen(TRACE_COLOUR, width=_WIDTH))
        self._auc_line.setSymbol("o")
        self._auc_line.setSymbolBrush(pg.mkBrush(TRACE_COLOUR))
