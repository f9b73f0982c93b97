"""Snapshots: what is in each, what to be careful about, and how a new one is made."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.snapshot import Consensus, LabelledWindow, Role, SnapshotRules
from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.parts import Cells, button, chosen_key, refill, table_of
from reviewer_app.gui.media_words import in_words
from reviewer_app.jobs.learn_request import SnapshotFacts


class SnapshotsView(QWidget):
    """A table of snapshots with the content of the chosen one beside it."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Snapshots"))
        self._lessons = lessons
        headings = (self.tr("Name"), self.tr("Made"), self.tr("Patients"), self.tr("Windows"), self.tr("With a spasm"))
        self.model = Cells(headings, numbers=(2, 3))
        self.table = table_of(self.model, name=self.tr("Snapshots, newest first"), widths=(32, 22, 12, 12))
        self.content = QPlainTextEdit()
        self.content.setReadOnly(True)
        self.content.setTabChangesFocus(True)
        self.content.setAccessibleName(self.tr("What the chosen snapshot holds"))
        self.content.setPlaceholderText(
            self.tr(
                "A snapshot freezes what raters agreed on. Only time that was finalised (Shift+V on the review page) "
                "goes into it."
            )
        )
        self.make_button = button(
            self.tr("&New snapshot…"), self.tr("Freeze all that raters finalised so far."), self.make
        )
        self.export_button = button(
            self.tr("&Export…"), self.tr("Write the chosen snapshot down, without names and paths."), self._export
        )
        self.remake_button = button(
            self.tr("&Check"), self.tr("Make the chosen snapshot again from the labels and compare."), self._remake
        )
        below = QHBoxLayout()
        for each in (self.make_button, self.export_button, self.remake_button):
            below.addWidget(each)
        below.addStretch()
        column = QVBoxLayout(self)
        column.addWidget(self.table, 2)
        column.addWidget(self.content, 3)
        column.addLayout(below)
        lessons.changed.connect(self._refresh)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self._refresh()

    @property
    def chosen(self) -> SnapshotFacts | None:
        """The selected snapshot."""
        key = chosen_key(self.table)
        return next((each for each in self._lessons.snapshots if each.identity == key), None)

    def make(self) -> None:
        """Asks how, and makes one."""
        dialog = NewSnapshotDialog(self)
        if dialog.exec():
            rules = SnapshotRules(consensus=dialog.consensus, adjudicator=self._lessons.rater_id)
            self._lessons.make_snapshot(dialog.name.text().strip(), rules)

    def _export(self) -> None:
        if (chosen := self.chosen) is None:
            return
        found, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the snapshot"), f"snapshot-{chosen.identity[:12]}.json"
        )
        if found:
            self._lessons.export_snapshot(chosen.identity, Path(found))

    def _remake(self) -> None:
        if (chosen := self.chosen) is not None:
            self._lessons.remake_snapshot(chosen.identity)

    def _refresh(self) -> None:
        known = self._lessons.snapshots
        refill(self.table, [_row(each) for each in known], keys=[each.identity for each in known])
        self._show()

    def _show(self) -> None:
        chosen = self.chosen
        text = "" if chosen is None else self._told(chosen)
        if text != self.content.toPlainText():
            self.content.setPlainText(text)
        free = not self._lessons.is_busy
        self.make_button.setEnabled(free)
        for each in (self.export_button, self.remake_button):
            each.setEnabled(free and chosen is not None)

    def _told(self, facts: SnapshotFacts) -> str:
        snapshot = facts.snapshot
        words = {
            Role.TRAIN: self.tr("to learn from"),
            Role.VALIDATE: self.tr("to tune on"),
            Role.HELD_OUT: self.tr("held out for comparing"),
        }
        lines = [self.tr("Identity {identity}").format(identity=facts.identity)]
        for role, meaning in words.items():
            windows = snapshot.windows_of(role)
            patients = sum(each is role for _, each in snapshot.roles)
            spasms = _spasms(windows)
            lines.append(
                self.tr("{meaning}: patients {patients}, windows {windows}, of these with a spasm {spasms}").format(
                    meaning=meaning, patients=patients, windows=len(windows), spasms=spasms
                )
            )
        lines += ["", *(self.tr("Careful: {warning}").format(warning=in_words(each)) for each in snapshot.warnings)]
        return "\n".join(lines)


class NewSnapshotDialog(QDialog):
    """Asks for a name and for how raters are brought together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New snapshot"))
        self.setAccessibleName(self.tr("New snapshot"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the snapshot"))
        self.name.setToolTip(self.tr("May be left empty; do not name patients in it."))
        self._consensus = QComboBox()
        self._consensus.setAccessibleName(self.tr("Where several raters judged"))
        for consensus, text in (
            (Consensus.MAJORITY, self.tr("what most of them say; a draw is left out")),
            (Consensus.ADJUDICATED, self.tr("what I say where I have looked")),
            (Consensus.SOFT, self.tr("the share of them that says spasm")),
        ):
            self._consensus.addItem(text, consensus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Freeze"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Several raters"), self._consensus)
        form.addRow(buttons)
        self.name.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)

    @property
    def consensus(self) -> Consensus:
        """What was chosen."""
        return Consensus(self._consensus.currentData())


def _row(facts: SnapshotFacts) -> tuple[str, ...]:
    snapshot = facts.snapshot
    return (
        facts.name or facts.identity[:12],
        facts.made_at[:16].replace("T", " "),
        str(len(snapshot.roles)),
        str(len(snapshot.windows)),
        str(_spasms(snapshot.windows)),
    )


def _spasms(windows: Sequence[LabelledWindow]) -> int:
    return sum(window.target > 0.5 for window in windows)
