"""What trainings left on the disk, unencrypted: told with the room it takes, and removed."""

from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.parts import Cells, button, chosen_key, line, refill, table_of
from reviewer_app.jobs.learn_request import Leftover, LeftoverKind

_LETTERS: Final = 130
_ROWS: Final = 10


class LeftOverDialog(QDialog):
    """A table of it, each with what it is good for, and a button."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Left by trainings"))
        self.setAccessibleName(self.tr("Left by trainings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # or it would follow the lessons unseen ever after
        self._lessons = lessons
        headings = (self.tr("Name"), self.tr("What for"), self.tr("Room"), self.tr("Changed"))
        self.model = Cells(headings, numbers=(2,))
        self.table = table_of(self.model, name=self.tr("What trainings left"), widths=(24, 0, 12, 20), wide=1)
        self.told = line(self.tr("What this is"))
        self.remove_button = button(
            self.tr("&Remove"), self.tr("Delete what is chosen; bundles, labels and recordings stay."), self._remove
        )
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.remove_button)
        below.addStretch()
        below.addWidget(closing)
        column = QVBoxLayout(self)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.resize(self.fontMetrics().averageCharWidth() * _LETTERS, self.fontMetrics().height() * 2 * _ROWS)
        lessons.changed.connect(self._refresh)
        lessons.list_left_over()
        self._refresh()

    @property
    def chosen(self) -> Leftover | None:
        """The selected one."""
        key = chosen_key(self.table)
        return next((each for each in self._lessons.left_over if each.name == key), None)

    def _refresh(self) -> None:
        found = self._lessons.left_over
        refill(self.table, [self._row(each) for each in found], keys=[each.name for each in found])
        self.remove_button.setEnabled(bool(found))
        self.told.setText(
            self.tr(
                "Clips made for a training show patients and lie in the library's folder unencrypted. What is removed "
                "here can be made again from the recordings, except for what a stopped training had learned."
            )
            if found
            else self.tr("Trainings left nothing in the library's folder.")
        )

    def _row(self, left: Leftover) -> tuple[str, ...]:
        purposes = {
            LeftoverKind.TRAINING: self.tr("a stopped training: train under its name again to go on"),
            LeftoverKind.CROSSVAL: self.tr("a stopped cross-validation: asked for again, it goes on"),
            LeftoverKind.CLIPS: self.tr("clips: the next training on the same snapshot need not decode anew"),
            LeftoverKind.SCORES: self.tr("scores: a comparison of the same bundles need not scan anew"),
        }
        purpose = self.tr("a training works there now") if left.in_use else purposes[left.kind]
        room = QLocale().formattedDataSize(left.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        return left.name, purpose, room, left.changed_at[:16].replace("T", " ")

    def _remove(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        if chosen.kind in (LeftoverKind.TRAINING, LeftoverKind.CROSSVAL):
            answer = QMessageBox.question(
                self,
                self.tr("Give it up?"),
                self.tr("{name} cannot be gone on with after that. Remove it?").format(name=chosen.name),
            )
            if answer != QMessageBox.StandardButton.Yes:
                return
        self._lessons.remove_left_over(chosen.name)
