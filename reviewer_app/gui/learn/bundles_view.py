"""Bundles: which one scans, how a candidate compares with it, and the way forth and back."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from reviewer_app.gui.learn.lessons import Lessons
from reviewer_app.gui.learn.parts import Cells, between, button, chosen_key, line, number, refill, table_of
from reviewer_app.gui.learn.steps import Step
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.shell.notice import bundle_notice
from reviewer_app.jobs.learn_request import Comparison, Paired
from reviewer_app.jobs.message import BundleFacts
from reviewer_app.store.promotions import promoted


class BundlesView(QWidget):
    """The bundles of this machine, the card of the chosen one, and its comparison with the current one."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Bundles"))
        self._lessons = lessons
        self.model = Cells((self.tr("Bundle"), self.tr("Network"), self.tr("Licence"), self.tr("State")))
        self.table = table_of(self.model, name=self.tr("Bundles of this computer"), widths=(18, 24, 14))
        self.card = QPlainTextEdit()
        self.card.setReadOnly(True)
        self.card.setTabChangesFocus(True)
        self.card.setAccessibleName(self.tr("Card of the chosen bundle"))
        headings = (
            self.tr("Measure"),
            self.tr("Current"),
            self.tr("Candidate"),
            self.tr("Difference"),
            self.tr("95 % interval"),
            self.tr("Patients"),
        )
        self.figures = Cells(headings, numbers=(1, 2, 3, 5))
        self.figures_table = table_of(self.figures, name=self.tr("Comparison"), widths=(0, 12, 12, 12, 20, 12), wide=0)
        self.advice, self.past = line(self.tr("What the comparison says")), line(self.tr("What was promoted so far"))
        self.compare_button = button(
            self.tr("&Compare"),
            self.tr("Compare the chosen bundle with the current one on held-out patients."),
            self._compare,
        )
        self.promote_button = button(self.tr("&Promote"), self.tr("Let the candidate scan from now on."), self._promote)
        self.keep_button = button(
            self.tr("&Keep the current one"), self.tr("Note that the candidate was not taken."), lessons.keep
        )
        self.back_button = button(
            self.tr("&Roll back"), self.tr("Let the bundle scan again that did before."), lessons.roll_back
        )
        self._lay_out()
        lessons.changed.connect(self._refresh)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self._refresh()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for each in (self.compare_button, self.promote_button, self.keep_button):
            buttons.addWidget(each)
        buttons.addStretch()
        buttons.addWidget(self.back_button)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.table)
        above.addWidget(self.card)
        above.setStretchFactor(0, 3)
        above.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.addWidget(above, 2)
        column.addLayout(buttons)
        column.addWidget(self.figures_table, 2)
        column.addWidget(self.advice)
        column.addWidget(self.past)

    @property
    def chosen(self) -> BundleFacts | None:
        """The selected bundle."""
        key = chosen_key(self.table)
        return next((each for each in self._lessons.bundles if str(each.folder) == key), None)

    def _compare(self) -> None:
        if (chosen := self.chosen) is not None:
            self._lessons.compare(chosen.name)

    def _promote(self) -> None:
        comparison = self._lessons.comparison
        if comparison is None:
            return
        asked = self.tr("{candidate} shall scan from now on instead of {current}?\n\n{advice}").format(
            candidate=comparison.candidate.name, current=comparison.current.name, advice=in_words(comparison.advice)
        )
        if QMessageBox.question(self, self.tr("Promote"), asked) is QMessageBox.StandardButton.Yes:
            self._lessons.promote()

    def _refresh(self) -> None:
        known = self._lessons.bundles
        refill(self.table, [self._row(each) for each in known], keys=[str(each.folder) for each in known])
        self.past.setText(self._told_past())
        self._show_comparison(self._lessons.comparison)
        self._show()

    def _row(self, facts: BundleFacts) -> tuple[str, ...]:
        return facts.name, facts.network, facts.licence, ", ".join(self._states(facts))

    def _states(self, facts: BundleFacts) -> Iterator[str]:
        lessons = self._lessons
        if facts == lessons.current:
            yield self.tr("current, by the settings") if lessons.is_by_settings else self.tr("current")
        if facts.identity in lessons.personal:
            yield self.tr("current for one patient")
        if not facts.operating_points:
            yield self.tr("not calibrated")

    def _show(self) -> None:
        chosen, lessons = self.chosen, self._lessons
        text = (
            "" if chosen is None else "\n\n".join(part for part in (bundle_notice(chosen.notice), chosen.card) if part)
        )
        if text != self.card.toPlainText():
            self.card.setPlainText(text)
        comparison, free = lessons.comparison, not lessons.is_busy
        self.compare_button.setEnabled(free and chosen is not None and chosen != lessons.current)
        self.promote_button.setEnabled(free and comparison is not None and comparison.may_be_promoted)
        self.keep_button.setEnabled(free and comparison is not None)
        self.back_button.setEnabled(free and bool(promoted(lessons.history)))

    def _show_comparison(self, comparison: Comparison | None) -> None:
        self.figures.put([_figure_row(each) for each in comparison.figures] if comparison else ())
        self.figures_table.setVisible(comparison is not None)
        told = (
            ""
            if comparison is None
            else self.tr("{candidate} against {current} on {hours} h of held-out patients: {advice}").format(
                candidate=comparison.candidate.name,
                current=comparison.current.name,
                hours=number(comparison.hours, 1),
                advice=in_words(comparison.advice),
            )
        )
        self.advice.setText("\n".join(filter(None, (self._lessons.line(Step.BUNDLES), told))))

    def _told_past(self) -> str:
        lessons = self._lessons
        standing = promoted(lessons.history)
        if standing:
            last = standing[-1]
            words = (
                self.tr("{name} is current for one patient since {when}; before: {before}.")
                if last.patient
                else self.tr("{name} is current since {when}; before: {before}.")
            )
            when, before = last.made_at[:16].replace("T", " "), last.rival.name or "–"
            told = words.format(name=last.bundle_name, when=when, before=before)
        elif lessons.is_by_settings:
            told = self.tr("Nothing was promoted in this library; the bundle of the settings scans.")
        else:
            told = self.tr("All promotions were taken back; the bundle scans that did before the first one.")
        return told if lessons.current else " ".join((told, self.tr("The current bundle is not on this computer.")))


def _figure_row(paired: Paired) -> tuple[str, ...]:
    what = in_words(paired.what)
    if not paired.higher_is_better:
        what = QCoreApplication.translate("Lessons", "{measure} (lower is better)").format(measure=what)
    return (
        what,
        number(paired.current),
        number(paired.candidate),
        number(paired.difference),
        between(paired.low, paired.high),
        str(paired.patients),
    )
