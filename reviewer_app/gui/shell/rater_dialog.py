"""Who reviews? Asked at the start, because every label carries a rater."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

LONGEST = 60


def tidy_name(text: str) -> str:
    """A name as it is kept: in one form, on one line, without blanks around it; empty where nothing is left."""
    plain = "".join(" " if unicodedata.category(each).startswith("Z") else each for each in text)
    seen = "".join(each for each in plain if unicodedata.category(each) not in ("Cc", "Cf", "Co", "Cs", "Cn"))
    return unicodedata.normalize("NFC", " ".join(seen.split()))[:LONGEST].strip()


class RaterBox(QComboBox):
    """A box in which a rater is chosen or a new name written."""

    def __init__(self, names: Sequence[str] = (), last: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(names))
        self.setCurrentText(last)
        self.setAccessibleName(self.tr("Who reviews"))
        line = self.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST)
        line.setPlaceholderText(self.tr("Name or initials"))
        line.selectAll()
        # Two raters of almost the same name are two raters: nothing is completed unasked.
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none, its stubs do not say so

    @property
    def name(self) -> str:
        """The name chosen or written; empty where there is none."""
        return tidy_name(self.currentText())


class RaterDialog(QDialog):
    """Asks who reviews; those known to the library stand in a list, the last one first in the box."""

    def __init__(self, names: Sequence[str], last: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Who reviews?"))
        self.setAccessibleName(self.tr("Who reviews?"))
        self._box = RaterBox(names, last)
        told = QLabel(
            self.tr(
                "Every label carries the name of the person who gave it. Initials are enough. Names stay in the "
                "library; reports and exports hold them only if you tick that."
            )
        )
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Review"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._box)
        layout.addWidget(told)
        layout.addWidget(buttons)
        self._box.editTextChanged.connect(self._judge)
        self._judge()

    @property
    def name(self) -> str:
        """The rater chosen."""
        return self._box.name

    def _judge(self) -> None:
        self._ok.setEnabled(bool(self._box.name))


def ask_for_rater(names: Sequence[str], last: str = "", parent: QWidget | None = None) -> str | None:
    """The name of the person who reviews; None where nobody wants to say."""
    dialog = RaterDialog(names, last, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.name if accepted else None
