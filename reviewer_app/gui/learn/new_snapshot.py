"""What a person chooses before a snapshot is made: its name, how raters are brought together, who is healthy, clips."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.snapshot import Consensus
from reviewer_app.gui.learn.parts import button, line

ROWS = 6
"""Patients that are seen without scrolling."""


@dataclass(frozen=True, slots=True)
class SnapshotOrder:
    """What a person wants to be frozen."""

    name: str = ""
    consensus: Consensus = Consensus.MAJORITY
    healthy: tuple[str, ...] = ()  # patients without epilepsy
    clips: Path | None = None  # a folder of 5-s files beside the library's recordings


class NewSnapshotDialog(QDialog):
    """Asks for all of that."""

    def __init__(self, patients: Sequence[str], healthy: Collection[str], parent: QWidget | None = None) -> None:
        """Nothing but the name and those who are healthy has to be thought about.

        Args:
            patients: Of the library.
            healthy: Those of them who are marked already.
            parent: Of the dialog.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("New snapshot"))
        self.setAccessibleName(self.tr("New snapshot"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the snapshot"))
        self.name.setToolTip(self.tr("May be left empty; do not name patients in it."))
        self.consensus_box = self._make_consensus()
        self.patients = self._make_patients(patients, healthy)
        self._clips: Path | None = None
        self.clips_told = line(self.tr("Folder of clips"))
        self.clips_button = button(
            self.tr("Use a folder of &clips…"),
            self.tr("Also learn from 5-s files in the folders spasm and not_spasm, with a table of patients."),
            self._choose_clips,
        )
        self.no_clips_button = button(
            self.tr("&Without clips"), self.tr("Learn from the library's recordings alone."), lambda: self._take(None)
        )
        self._lay_out()
        self._take(None)

    def _make_consensus(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Where several raters judged"))
        for consensus, text in (
            (Consensus.MAJORITY, self.tr("what most of them say; a draw is left out")),
            (Consensus.ADJUDICATED, self.tr("what I say where I have looked")),
            (Consensus.SOFT, self.tr("the share of them that says spasm")),
        ):
            box.addItem(text, consensus)
        return box

    def _make_patients(self, patients: Sequence[str], healthy: Collection[str]) -> QListWidget:
        known = QListWidget()
        known.setAccessibleName(self.tr("Patients without epilepsy"))
        known.setToolTip(
            self.tr("Mark who is healthy. They always train; nothing is tuned on them and no bundle compared.")
        )
        known.setSpacing(1)
        for patient in patients:
            item = QListWidgetItem(patient, known)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if patient in healthy else Qt.CheckState.Unchecked)
        known.setFixedHeight(known.fontMetrics().lineSpacing() * 3 // 2 * min(ROWS, max(2, len(patients))))
        return known

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Freeze"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        choices = QHBoxLayout()
        choices.addWidget(self.clips_button)
        choices.addWidget(self.no_clips_button)
        choices.addStretch()
        clips = QVBoxLayout()
        clips.addLayout(choices)
        clips.addWidget(self.clips_told)
        who = line(self.tr("What marking a patient means"))
        who.setText(
            self.tr("Mark who has no epilepsy: healthy patients always train.")
            if self.patients.count()
            else self.tr("No recording says whose it is yet: name patients on the page Recordings.")
        )
        healthy = QVBoxLayout()
        healthy.addWidget(self.patients)
        healthy.addWidget(who)
        self.patients.setVisible(self.patients.count() > 0)
        form = QFormLayout(self)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Several raters"), self.consensus_box)
        form.addRow(self.tr("Healthy"), healthy)
        form.addRow(self.tr("Clips"), clips)
        form.addRow(buttons)
        self.name.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)  # Enter in the name freezes, and chooses no folder
        buttons.button(QDialogButtonBox.StandardButton.Ok).setDefault(True)

    @property
    def order(self) -> SnapshotOrder:
        """What was chosen."""
        items = [self.patients.item(row) for row in range(self.patients.count())]
        return SnapshotOrder(
            self.name.text().strip(),
            Consensus(self.consensus_box.currentData()),
            tuple(each.text() for each in items if each.checkState() is Qt.CheckState.Checked),
            self._clips,
        )

    def _choose_clips(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder with spasm, not_spasm and patients.csv"), str(self._clips or "")
        )
        if folder:
            self._take(Path(folder))

    def _take(self, clips: Path | None) -> None:
        self._clips = clips
        self.clips_told.setText(
            self.tr("None. It would hold 5-s files in spasm and not_spasm, and patients.csv: file,patient,healthy.")
            if clips is None
            else str(clips)
        )
        self.no_clips_button.setEnabled(clips is not None)
