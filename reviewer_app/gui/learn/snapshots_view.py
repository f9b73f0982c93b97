"""Snapshots: what is in each, what to be careful about, and how a new one is made."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer_app.domain.roles import patient_key
from reviewer_app.domain.snapshot import LabelledWindow, Role
from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.new_snapshot import NewSnapshotDialog
from reviewer_app.gui.learn.parts import Cells, button, chosen_key, line, refill, table_of
from reviewer_app.gui.learn.steps import Step
from reviewer_app.gui.media_words import in_words
from reviewer_app.jobs.learn_request import SnapshotFacts


class SnapshotsView(QWidget):
    """A table of snapshots with the content of the chosen one beside it."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Snapshots"))
        self._lessons = lessons
        headings = (self.tr("Name"), self.tr("Made"), self.tr("Patients"), self.tr("Windows"), self.tr("With a spasm"))
        self.model = Cells(headings, numbers=(2, 3, 4))
        self.table = table_of(self.model, name=self.tr("Snapshots, newest first"), widths=(0, 22, 12, 12, 14), wide=0)
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
        self.stop_button = button(
            self.tr("&Stop"), self.tr("Stop what is being done with snapshots; nothing is kept of it."), lessons.stop
        )
        self.told = line(self.tr("What was done with snapshots"))
        below = QHBoxLayout()
        for each in (self.make_button, self.export_button, self.remake_button):
            below.addWidget(each)
        below.addStretch()
        below.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 2)
        column.addWidget(self.content, 3)
        column.addWidget(self.told)
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
        patients = self._lessons.patients()
        dialog = NewSnapshotDialog(patients, healthy_among(patients, self._lessons.snapshots), self)
        if dialog.exec():
            self._lessons.make_snapshot(dialog.order)

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
        self.told.setText(self._lessons.line(Step.SNAPSHOTS))
        self.told.setVisible(bool(self.told.text()))
        free = not self._lessons.is_busy
        self.stop_button.setEnabled(self._lessons.runs(Step.SNAPSHOTS))
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


def healthy_among(patients: Sequence[str], snapshots: Sequence[SnapshotFacts]) -> frozenset[str]:
    """Those whom the newest snapshot calls healthy, so that nobody has to mark them again."""
    sources = snapshots[0].snapshot.sources if snapshots else ()
    known = {patient_key(each.patient) for each in sources if each.healthy}
    return frozenset(each for each in patients if patient_key(each) in known)


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
