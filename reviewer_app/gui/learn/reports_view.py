"""Reports: how a bundle does against what raters agreed on, written for those who must judge it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.parts import Cells, between, button, line, number, table_of
from reviewer_app.gui.learn.steps import Step
from reviewer_app.gui.learning_words import counted_in_words
from reviewer_app.gui.media_words import in_words


class ReportsView(QWidget):
    """A bundle to choose, the figures, and the way to the report."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reports"))
        self._lessons = lessons
        self.bundle_box = QComboBox()
        self.bundle_box.setAccessibleName(self.tr("Bundle to evaluate"))
        self.bundle_box.setMinimumContentsLength(24)
        self.write_button = button(
            self.tr("&Evaluate…"),
            self.tr("Compare the scans of this bundle with what raters finalised, and write a report."),
            self._write,
        )
        self.open_button = button(
            self.tr("&Open the report"), self.tr("Show the page in the browser; it stays on this computer."), self._open
        )
        self.paper_button = button(self.tr("Open the &PDF"), self.tr("Show the paper version."), self._open_paper)
        headings = (self.tr("Measure"), self.tr("Value"), self.tr("95 % interval"), self.tr("From"))
        self.model = Cells(headings, numbers=(1,))
        self.table = table_of(self.model, name=self.tr("Figures of the evaluation"), widths=(0, 12, 22, 18), wide=0)
        self.told = line(self.tr("What counts as right"))
        self.outcome = line(self.tr("What came of the evaluation"))
        above = QHBoxLayout()
        above.addWidget(self.bundle_box)
        above.addWidget(self.write_button)
        above.addStretch()
        above.addWidget(self.open_button)
        above.addWidget(self.paper_button)
        column = QVBoxLayout(self)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addWidget(self.outcome)
        lessons.changed.connect(self._refresh)
        self._refresh()

    def _write(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder to write into"))
        if folder:
            self._lessons.evaluate(
                self.bundle_box.currentText(), Path(folder) / f"{self.bundle_box.currentText()}-report"
            )

    def _open(self) -> None:
        if self._lessons.evaluated is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._lessons.evaluated.report)))

    def _open_paper(self) -> None:
        if self._lessons.evaluated is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._lessons.evaluated.pdf)))

    def _refresh(self) -> None:
        names = [each.name for each in self._lessons.bundles]
        if [self.bundle_box.itemText(i) for i in range(self.bundle_box.count())] != names:
            current = self._lessons.current
            before = self.bundle_box.currentText() or (current.name if current else "")
            self.bundle_box.clear()
            self.bundle_box.addItems(names)
            self.bundle_box.setCurrentIndex(max(0, names.index(before) if before in names else 0))
        evaluated = self._lessons.evaluated
        self.write_button.setEnabled(bool(names) and not self._lessons.is_busy)
        for each in (self.open_button, self.paper_button):
            each.setEnabled(evaluated is not None)
        outcome = self._lessons.line(Step.REPORTS)
        self.outcome.setText(outcome)
        self.outcome.setVisible(bool(outcome))
        self.told.setVisible(evaluated is not None or not outcome)
        if evaluated is None:
            self.told.setText("" if outcome else self.tr("Nothing was evaluated yet."))
            return
        self.model.put(
            [
                (
                    in_words(each.what),
                    number(each.value),
                    between(each.low, each.high),
                    counted_in_words(each.count, each.unit),
                )
                for each in evaluated.figures
            ]
        )
        self.told.setText(in_words(evaluated.rules))
