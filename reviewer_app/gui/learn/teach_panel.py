"""Leads through the moments whose verdicts would teach most, and says what the verdicts have brought."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.pressing import SpacePresses
from reviewer_app.gui.triage.words import time_of

AROUND = 1.0
"""Seconds to either side of a moment that a verdict on it names, where no flag stands for it."""

NEAR = 2.5
"""Seconds from a moment within which a statement of the reviewer judges it."""


class TeachPanel(QWidget):
    """Shows one moment after the other, the most telling first; verdict keys judge what is on show."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Teach me"))
        self._review = review
        self._moment: float | None = None  # recording second on show
        self._is_waiting = False  # for the job, to go on then
        self.told, self.gain, self.here = (_line(name) for name in self._names())
        self.next_button = QPushButton(self.tr("Next"))
        self.next_button.setToolTip(self.tr("Plays the moment whose verdict would teach most."))
        self.again_button = QPushButton(self.tr("Again"))
        self.again_button.setToolTip(self.tr("Plays this moment again."))
        self._lay_out()
        self.next_button.clicked.connect(self.go_on)
        self.again_button.clicked.connect(self.play_again)
        for signal in (review.adaptation_changed, review.labels_changed, review.clock_changed):
            signal.connect(self._follow)
        for signal in (review.recording_changed, review.mode_changed):
            signal.connect(self._begin)
        self._follow()

    def _names(self) -> tuple[str, ...]:
        return self.tr("How adapted scores do"), self.tr("Gain per verdict"), self.tr("What is on show")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.next_button, self.again_button):
            SpacePresses(button)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        for part in (self.told, self.gain, self.here):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)

    @property
    def has_moment(self) -> bool:
        """Whether a verdict key means the moment on show here, and not a flag that was chosen elsewhere."""
        selected = self._review.selected
        if self._moment is None or not self.isVisible():
            return False
        return all(_holds(each.interval, self._moment) for each in selected)

    def go_on(self) -> None:
        """Plays the next moment; asks for moments first where there are none yet."""
        left = self._left()
        if left:
            self._is_waiting = False
            self._moment = left[0]
            self.play_again()
            return
        self._moment, self._is_waiting = None, True
        self._review.teaching_wanted.emit()
        self._follow()

    def play_again(self) -> None:
        """Plays the moment from its pre-roll."""
        if self._moment is None:
            return
        review, moment = self._review, self._moment
        found = [each.key for each in review.candidates if _holds(each.interval, moment)]
        review.select(found[:1])
        review.show(Interval(max(0.0, moment - AROUND), moment + AROUND))
        review.go_to(moment - review.manners.pre_roll, play=True)
        self._follow()

    def judge(self, label: Label) -> None:
        """Gives the moment a verdict, and goes on to the next one if the person wants that."""
        review, moment = self._review, self._moment
        if moment is None or review.recording is None:
            return
        if review.selected:
            review.judge(label, stays=True)
        else:
            review.annotate(Interval(max(0.0, moment - AROUND), min(moment + AROUND, review.recording.seconds)), label)
        if review.manners.auto_advance and self._left():
            self.go_on()

    def _left(self) -> list[float]:
        """Moments that have no verdict of the reviewer yet, apart from the one on show."""
        own = [each.interval for each in self._review.labels.annotations if self._review.is_own(each)]
        return [
            moment
            for moment in self._review.offer.teach
            if moment != self._moment and not any(_holds(each, moment) for each in own)
        ]

    def _begin(self) -> None:
        self._moment, self._is_waiting = None, False
        self._follow()

    def _follow(self) -> None:
        review, offer = self._review, self._review.offer
        if self._is_waiting and not offer.is_working:
            self._is_waiting = False
            if self.isVisible() and self._left():
                self.go_on()
                return
        self.told.setText(offer.told or self.tr("Verdicts on this recording can adapt its scores to it."))
        self.gain.setText(offer.gain)
        self.gain.setVisible(bool(offer.gain))
        self.here.setText(self._told_here())
        self.next_button.setEnabled(review.picking is not None and not review.blind)
        self.again_button.setEnabled(self._moment is not None)

    def _told_here(self) -> str:
        review = self._review
        if review.blind:
            return self.tr("Blind: what the model is unsure of is hidden.")
        if review.picking is None:
            return self.tr("Not scanned yet: nothing has been looked for.")
        if self._is_waiting or review.offer.is_working:
            return self.tr("Looking for the most telling moments…")
        if self._moment is None:
            return self.tr("Press Next to play the moment whose verdict would teach most.")
        left = len(self._left())
        return self.tr("Now: {time}. Give it a verdict. %n more moments wait.", "", left).format(
            time=time_of(review, self._moment)
        )


def _holds(interval: Interval, moment: float) -> bool:
    return interval.start - NEAR <= moment < interval.stop + NEAR


def _line(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
