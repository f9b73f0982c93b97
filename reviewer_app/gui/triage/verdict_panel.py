"""Verdicts in one keystroke, what it looked like in a second one, and whether all of it is saved."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.gui.review import Review
from reviewer_app.gui.saver import SaveState
from reviewer_app.gui.shortcuts import Keys, tip
from reviewer_app.gui.triage.choice_button import ChoiceButton
from reviewer_app.gui.triage.note_line import NoteLine
from reviewer_app.gui.triage.semiology_rows import SemiologyRows, toggled
from reviewer_app.gui.triage.words import label_action, label_text, label_with_sign, sign_icon, time_of

_COLUMNS = 3


class VerdictPanel(QWidget):
    """Six verdicts, the semiology, a note, and the state of saving."""

    def __init__(
        self,
        review: Review,
        keys: Keys | None = None,
        parent: QWidget | None = None,
        *,
        judge: Callable[[Label], None] | None = None,
    ) -> None:
        """Shows the review.

        Args:
            review: what is under review.
            keys: which keys the buttons name; None for the table's.
            parent: as for every widget.
            judge: takes a verdict, as the verdict keys do; None to hand it straight to the review.
        """
        super().__init__(parent)
        self._give = judge or review.judge
        self.setAccessibleName(self.tr("Verdict"))
        self._review = review
        self.buttons: dict[Label, ChoiceButton] = {}
        self._keys = keys or Keys()
        self.about = self._line(self.tr("What a verdict is about"))
        self.described = self._line(self.tr("What the words below are about"))
        self.saving = self._line(self.tr("Saving"))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.semiology = SemiologyRows(self._keys)
        self.note = NoteLine(review)
        self._lay_out()
        self.set_keys(self._keys)
        self._connect()
        self.show_saving(SaveState())
        self._refresh()

    def focus_note(self) -> None:
        """Begins a note."""
        self.note.begin()

    def set_keys(self, keys: Keys) -> None:
        """Names other keys on the buttons, after a rebinding."""
        self._keys = keys
        for label, button in self.buttons.items():
            text, key = label_text(label), keys.text(label_action(label))
            button.setText(self.tr("{key}  {verdict}").format(key=key, verdict=text) if key else text)
            button.setToolTip(tip(text, keys.texts(label_action(label))))
        self.semiology.set_keys(keys)
        self.note.setToolTip(tip(self.tr("Write a note"), keys.texts("note")))

    def show_saving(self, state: SaveState) -> None:
        """Says whether all that was said is kept; what could not be saved is said until it is."""
        alarming = bool(state.problem)
        if alarming:
            text = self.tr("⚠ NOT SAVED: {why}").format(why=state.problem)
        elif state.waiting:
            text = self.tr("… Saving")
        else:
            text = self.tr("✓ Saved")
        self.saving.setText(text)
        # All is saved nearly always, and in few letters; what went wrong needs the whole width.
        self.saving.setWordWrap(alarming)
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if alarming else QBoxLayout.Direction.LeftToRight)
        # Turned round as a selection is: seen in every theme, and the words say it, too.
        self.saving.setAutoFillBackground(alarming)
        self.saving.setBackgroundRole(QPalette.ColorRole.WindowText if alarming else QPalette.ColorRole.Window)
        self.saving.setForegroundRole(QPalette.ColorRole.Window if alarming else QPalette.ColorRole.WindowText)

    def _line(self, name: str) -> QLabel:
        label = QLabel()
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        # A wrapped line otherwise asks for room for two.
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return label

    def _lay_out(self) -> None:
        self._top.addWidget(self.about, 1)
        self._top.addWidget(self.saving)
        grid = QGridLayout()
        grid.setVerticalSpacing(round(self.fontMetrics().height() / 4))
        for place, label in enumerate(Label):
            button = ChoiceButton()
            button.setIcon(sign_icon(label))
            button.setAccessibleName(label_text(label))
            button.setMinimumHeight(round(button.fontMetrics().height() * 2))
            button.clicked.connect(lambda _checked, label=label: self._judge(label))
            self.buttons[label] = button
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        column = QVBoxLayout(self)
        column.addLayout(self._top)
        column.addLayout(grid)
        column.addWidget(self.described)
        column.addWidget(self.semiology)
        column.addWidget(self.note)

    def _connect(self) -> None:
        review = self._review
        for signal in (
            review.selection_changed,
            review.labels_changed,
            review.candidates_changed,
            review.clock_changed,
            review.mode_changed,
        ):
            signal.connect(self._refresh)
        self.semiology.chosen.connect(self._describe)

    def _judge(self, label: Label) -> None:
        self._give(label)
        self._refresh()  # also where nothing was selected: the button must not stay pressed

    def _describe(self, aspect: str, value: object) -> None:
        described = self._review.described
        if described:
            self._review.describe(toggled(described[0].statement.semiology, aspect, value))

    def _refresh(self) -> None:
        self.about.setText(self._about())
        verdicts = {each.verdict for each in self._review.selected}
        for label, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(verdicts == {label})
        described = self._review.described
        self.described.setText(self._described(described))
        self.semiology.show_semiology(described[0].statement.semiology if described else None)
        self.note.show_for(described)

    def _about(self) -> str:
        selected = self._review.selected
        if not selected:
            return self.tr("Nothing is selected: a verdict needs a flag, or an interval dragged on the timeline.")
        if len(selected) > 1:
            return self.tr("A verdict goes to all {count} selected.").format(count=len(selected))
        time = time_of(self._review, selected[0].peak)
        if selected[0].is_flag:
            return self.tr("Verdict on the flag at {time}").format(time=time)
        return self.tr("Verdict on the interval at {time}").format(time=time)

    def _described(self, described: tuple[Annotation, ...]) -> str:
        if not described:
            return self.tr("What it looked like can be said after a verdict; it need not be.")
        if len(described) > 1:
            return self.tr("For {count} verdicts:").format(count=len(described))
        return self.tr("For: {label} at {time}").format(
            label=label_with_sign(described[0].label), time=time_of(self._review, self._second(described[0]))
        )

    def _second(self, annotation: Annotation) -> float:
        """The second by which the list names it: the flag's peak, where it judges one."""
        peaks = (each.peak for each in self._review.candidates if each.own == annotation)
        return next(peaks, annotation.interval.middle)
