"""Playing what was not flagged: highest scores first, or a random sample that tells how much may have been missed."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.audit import NOTHING_SCORED, Stretch, Unflagged, audit, unflagged
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.audit_words import audit_text, left_out_text
from reviewer_app.gui.triage.pressing import SpacePresses
from reviewer_app.gui.triage.words import duration_text, interval_of

_BEFORE, _AFTER = 1.5, 0.5
"""Seconds around the playhead that "spasm here" names: a hand is later than the eye."""

_SECOND = 4.0
"""Seconds in which a further key corrects the one before; spasms of one cluster come at least 5 s apart."""

_PASSED = 2.0
"""Seconds behind a stretch within which the playhead counts as having played through it."""

_SOON = 100
"""Milliseconds in which several changes are taken together."""


class GapReview(QWidget):
    """Leads through unflagged time; what was looked at follows from the reviewed spans, so nothing else is kept."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Not flagged"))
        self._review = review
        self._is_stale = True
        self._unflagged: Unflagged = NOTHING_SCORED
        self._visited: list[Stretch] = []  # the last one is under review
        self._is_inside = False  # whether the playhead was in the current stretch
        self.by_score = QRadioButton(self.tr("Highest scores first"))
        self.at_random = QRadioButton(self.tr("Random sample"))
        self.left, self.here, self.result = self._line(), self._line(), self._line()
        self.previous, self.again = QPushButton(self.tr("Previous")), QPushButton(self.tr("Again"))
        self.next, self.spasm = QPushButton(self.tr("Next")), QPushButton(self.tr("Spasm here"))
        self.goes_on = QCheckBox(self.tr("Go on by itself at the end of a stretch"))
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._name_controls()
        self._lay_out()
        self._connect()

    # What it looks like.

    def _line(self) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _name_controls(self) -> None:
        for control, tip in (
            (self.by_score, self.tr("Plays what was not flagged where the model was nearest to flagging it.")),
            (
                self.at_random,
                self.tr("Plays stretches drawn by lot. What you find in them tells how much may have been missed."),
            ),
            (self.previous, self.tr("Plays the stretch before again.")),
            (self.again, self.tr("Plays this stretch from its beginning.")),
            (self.next, self.tr("Plays the next stretch.")),
            (self.spasm, self.tr("Names a spasm at the playhead. Verdict keys name what is there, too.")),
            (self.goes_on, self.tr("Plays the next stretch when one was played to its end.")),
        ):
            control.setAccessibleName(control.text())
            control.setToolTip(tip)
            SpacePresses(control)
        self.by_score.setChecked(True)
        self.goes_on.setChecked(True)

    def _lay_out(self) -> None:
        modes = QButtonGroup(self)
        modes.addButton(self.by_score)
        modes.addButton(self.at_random)
        ways, buttons = QHBoxLayout(), QHBoxLayout()
        for mode in (self.by_score, self.at_random):
            ways.addWidget(mode)
        ways.addStretch(1)
        for button in (self.previous, self.again, self.next, self.spasm):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addLayout(ways)
        column.addWidget(self.left)
        column.addWidget(self.here)
        column.addLayout(buttons)
        column.addWidget(self.goes_on)
        column.addWidget(self.result)
        column.addStretch(1)

    def _connect(self) -> None:
        review = self._review
        self.by_score.toggled.connect(self._begin)
        self.previous.clicked.connect(self.go_back)
        self.again.clicked.connect(self.play_again)
        self.next.clicked.connect(self.go_on)
        self.spasm.clicked.connect(self.name_spasm)
        for signal in (review.labels_changed, review.candidates_changed, review.trace_changed, review.clock_changed):
            signal.connect(self._forget)
        self._soon.timeout.connect(self._refresh)
        review.recording_changed.connect(self._begin)
        review.mode_changed.connect(self._begin)
        review.position_changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Looks up what there is to play."""
        super().showEvent(event)
        self._refresh()

    # The person's way through it.

    def go_on(self) -> None:
        """Plays the next stretch that was not looked at; one that was left early comes again in the end."""
        self._refresh()
        following = self._following()
        if following is None:
            self._review.said.emit(self.tr("Nothing further is left to play here."))
            return
        self._visited.append(following)
        self._play()

    def _following(self) -> Stretch | None:
        unseen = (each for each in self._order() if not each.is_seen and each.interval != self._place())
        if self.at_random.isChecked():
            # A sample is only random if no stretch of it is left out: the first unseen one comes, visited or not.
            return next(unseen, None)
        visited = {each.interval for each in self._visited}
        first = next(unseen, None)
        fresh = (each for each in chain((first,), unseen) if each is not None and each.interval not in visited)
        return next(fresh, first)

    def go_back(self) -> None:
        """Plays the stretch before."""
        if len(self._visited) > 1:
            self._visited.pop()
            self._play()

    def play_again(self) -> None:
        """Plays the stretch from its beginning."""
        if self._visited:
            self._play()
        else:
            self.go_on()

    def judge(self, label: Label) -> None:
        """Takes a verdict key: on what is selected, or, while a stretch is under review, on what is at the playhead.

        A key soon after another one still changes the verdict that was just given.
        """
        selected, time = self._review.selected, self._review.position
        is_at_hand = any(
            each.is_flag or each.interval.start <= time < each.interval.stop + _SECOND for each in selected
        )
        if self.isVisible() and self.current is not None and not is_at_hand:
            self._name(label)
        else:
            self._review.judge(label)

    def name_spasm(self) -> None:
        """Names a spasm at the playhead, which no flag stands for."""
        self._name(Label.SPASM)

    def _name(self, label: Label) -> None:
        recording, time = self._review.recording, self._review.position
        if recording is not None:
            start, stop = max(0.0, time - _BEFORE), min(time + _AFTER, recording.seconds)
            self._review.annotate(Interval(start, stop), label)

    @property
    def current(self) -> Stretch | None:
        """The stretch under review."""
        return self._visited[-1] if self._visited else None

    def _place(self) -> Interval | None:
        return self.current.interval if self.current else None

    def _play(self) -> None:
        assert self.current is not None
        self._is_inside = False
        self._review.select(())  # a verdict key must not fall on a flag that is not on show
        self._review.show(self.current.interval)
        self._review.go_to(self.current.interval.start, play=True)
        self._tell()

    def _follow(self, time: float) -> None:
        place = self._place()
        if place is None or not self.isVisible():
            return
        if place.contains(time):
            self._is_inside = True
        elif self._is_inside:
            self._is_inside = False
            if place.stop <= time < place.stop + _PASSED and self.goes_on.isChecked():
                self.go_on()

    # What follows from the review.

    def _begin(self) -> None:
        self._visited.clear()
        self._is_stale = True
        if self.isVisible():
            self._refresh()

    def _forget(self) -> None:
        """Computes anew when it is next needed; while a scan runs, not for each of its chunks."""
        self._is_stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        if self._is_stale:
            self._is_stale = False
            review = self._review
            self._unflagged = unflagged(
                review.coverage.scored if review.coverage and not review.blind else (),
                flagged=[event.interval for cluster in review.clusters for event in cluster.events],
                reviewed=review.reviewed,
                curve=review.curve,
            )
        self._tell()

    def _order(self) -> Iterator[Stretch]:
        return self._unflagged.by_score() if self.by_score.isChecked() else self._unflagged.sample(self._seed())

    def _seed(self) -> str:
        """Gives the same sample whenever this rater comes back to this recording."""
        recording = self._review.recording
        return f"{recording.identity if recording else ''} {self._review.rater.rater_id}"

    def _tell(self) -> None:
        for button in (self.previous, self.again, self.next):
            button.setEnabled(self._unflagged.seconds > 0)
        self.previous.setEnabled(len(self._visited) > 1)
        self.spasm.setEnabled(self._review.recording is not None)
        self.left.setText(self._told_left())
        self.here.setText(self._told_here())
        self.result.setVisible(self.at_random.isChecked())
        if self.at_random.isChecked():
            result = audit(self._order(), self._unflagged_spasms())
            self.result.setText(audit_text(result, unflagged_seconds=self._unflagged.seconds))

    def _unflagged_spasms(self) -> Sequence[float]:
        return [each.peak for each in self._review.candidates if not each.is_flag and each.verdict is Label.SPASM]

    def _told_left(self) -> str:
        if self._review.blind:
            return self.tr("Blind: what was flagged is hidden, so what was not is hidden, too.")
        if self._unflagged.seconds == 0:
            return self.tr("Nothing is scanned yet, so nothing can be missed or flagged.")
        text = self.tr("Scored and not flagged: {all}. Not looked at yet: {unseen}.").format(
            all=duration_text(self._unflagged.seconds), unseen=duration_text(self._unflagged.unseen_seconds)
        )
        left_out = left_out_text(self._review.coverage)
        return f"{text} {left_out}" if left_out else text

    def _told_here(self) -> str:
        current = self.current
        if current is None:
            return self.tr("Press Next to play the first stretch.")
        where = interval_of(self._review, current.interval)
        if self.at_random.isChecked() or math.isnan(current.score):
            return self.tr("Now: {where}").format(where=where)
        return self.tr("Now: {where}, highest score {score}").format(
            where=where, score=QLocale().toString(current.score, "f", 2)
        )
