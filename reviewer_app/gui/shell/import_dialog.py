"""Which labels to take over from a file, and whose words they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from reviewer_app.gui.shell.rater_dialog import RaterBox


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What a person wants to be taken over."""

    file: Path
    rater: str  # whose words they become
    said_by: str = ""  # which of the file's raters, where it holds several
    all_reviewed: bool = False  # no label means no spasm, in the whole recording


class ImportDialog(QDialog):
    """Asks for an ``ImportChoice``."""

    def __init__(
        self, names: Sequence[str], rater: str, last: ImportChoice | None = None, parent: QWidget | None = None
    ) -> None:
        """Begins with what was chosen last, that is, what has perhaps to be put right.

        Args:
            names: Raters of the library.
            rater: Who reviews.
            last: What was chosen before; None at the first time.
            parent: Of the dialog.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import labels"))
        self.setAccessibleName(self.tr("Import labels"))
        self.file = QLineEdit(str(last.file) if last else "")
        self.file.setAccessibleName(self.tr("File with the labels"))
        self.file.setToolTip(self.tr("A table that this program has exported (CSV), or BIDS events (TSV)."))
        self.rater = RaterBox(names, last.rater if last else rater)
        self.rater.setAccessibleName(self.tr("Whose words they become"))
        self.said_by = QLineEdit(last.said_by if last else "")
        self.said_by.setAccessibleName(self.tr("Which of the file's raters"))
        self.said_by.setPlaceholderText(self.tr("Only where the file holds the words of several"))
        self.all_reviewed = QCheckBox(self.tr("They looked at the whole recording"))
        self.all_reviewed.setToolTip(
            self.tr("Where no label stands, there was no spasm: all of the recording is finalised and may train.")
        )
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Import"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.file.textChanged.connect(self._judge)
        self.rater.editTextChanged.connect(self._judge)
        self._lay_out()
        self._judge()

    @property
    def choice(self) -> ImportChoice:
        """What is chosen now."""
        file = Path(self.file.text().strip()).expanduser()
        return ImportChoice(
            file, self.rater.name, self.said_by.text().strip(), all_reviewed=self.all_reviewed.isChecked()
        )

    def _lay_out(self) -> None:
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.setAccessibleName(self.tr("Choose the file"))
        self.browse.setToolTip(self.file.toolTip())
        self.browse.clicked.connect(self._choose)
        where = QHBoxLayout()
        where.addWidget(self.file, 1)
        where.addWidget(self.browse)
        told = QLabel(
            self.tr("What stands already is not said twice. One undo of that rater takes all of the import back.")
        )
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        form = QFormLayout(self)
        form.addRow(self.tr("File"), where)
        form.addRow(self.tr("They become the words of"), self.rater)
        form.addRow(self.tr("Of the file's raters"), self.said_by)
        form.addRow(self.all_reviewed)
        form.addRow(told)
        form.addRow(self._buttons)
        self.file.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def _choose(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("File with the labels"),
            self.file.text(),
            self.tr("Tables of labels (*.csv *.tsv);;All files (*)"),
        )
        if found:
            self.file.setText(found)

    def _judge(self) -> None:
        complete = bool(self.file.text().strip() and self.rater.name)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
