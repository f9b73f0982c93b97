"""Why something was flagged: the pictures that the model saw, where its score comes from, and the windows beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.frame_strip import FrameStrip, overlay_of
from reviewer_app.gui.triage.neighbour_bars import NeighbourBars
from reviewer_app.gui.triage.words import time_of
from reviewer_app.gui.work.questions import Question
from reviewer_app.jobs.message import Message, StepsDone
from reviewer_app.jobs.request import Compute, ExplainRequest


class Ask(Protocol):
    """How a question is put to a child process; ``JobQueue.ask`` is one."""

    def __call__(self, request: Any, then: Any, otherwise: Any, *, told: Any) -> Question:
        """Asks; calls one of the two with what comes of it, and ``told`` with what is said on the way."""
        ...


class WhyPanel(QWidget):
    """Explains the current flag when asked to.

    Signals:
        overlay_wanted: An image to lay over the player's picture, or None; and the interval that it is about.
    """

    overlay_wanted = Signal(object, object)

    def __init__(
        self,
        review: Review,
        ask: Ask,
        bundle_folders: tuple[Path, ...] = (),
        *,
        compute: Callable[[], Compute] = Compute,
        parent: QWidget | None = None,
    ) -> None:
        """A panel that has nothing to explain yet.

        Args:
            review: What is under review.
            ask: Puts a question to a child process.
            bundle_folders: Where the bundles lie.
            compute: Tells, when something is to be explained, what to compute with.
            parent: Of the panel.
        """
        super().__init__(parent)
        self._compute = compute
        self.setAccessibleName(self.tr("Why"))
        self._review, self._ask, self._folders = review, ask, bundle_folders
        self._question: Question | None = None
        self._explanation: Explanation | None = None
        self._about: tuple[TraceIdentity, int] | None = None
        self.told = _line(self.tr("What is explained"))
        self.explain_button = QPushButton(self.tr("Explain this flag"))
        self.explain_button.setToolTip(self.tr("Hides one part of the pictures after the other and scores again."))
        self.warm_box = QCheckBox(self.tr("Show where the score comes from"))
        self.warm_box.setChecked(True)
        self.warm_box.setToolTip(self.tr("Lies over the strip, and over the player's picture while it stands still."))
        self.strip, self.bars = FrameStrip(), NeighbourBars()
        self._pictures = self._make_pictures()
        self._lay_out()
        self.explain_button.clicked.connect(self.explain)
        self.warm_box.toggled.connect(self._show_overlay)
        self.warm_box.toggled.connect(self.strip.set_warm)
        # All of these may bring another flag, another score, or the blind mode.
        for changed in (review.selection_changed, review.candidates_changed, review.trace_changed):
            changed.connect(self._follow)
        review.clock_changed.connect(self._tell_window)
        self._begin_anew()

    def explain(self) -> None:
        """Asks for an explanation of the current flag."""
        subject = self._review.subject
        if self._about is None or subject is None:
            return
        self._forget_question()
        self.explain_button.setEnabled(False)
        self.told.setText(self.tr("Getting ready to explain…"))
        identity, window = self._about
        request = ExplainRequest(subject.recording, identity, window, self._folders, self._compute())
        self._question = self._ask(request, self._show, self._refuse, told=self._tell)

    def _make_pictures(self) -> QWidget:
        """What is to be seen only once something is explained."""
        meaning = _line(self.tr("What this means"))
        meaning.setText(
            self.tr(
                "Where it is warm, the score falls if that part stands still. The bars below the pictures say the same "
                "of each moment. This shows what the model looked at, not whether it is right, and not what a spasm is."
            )
        )
        pictures = QWidget()
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.strip, self.warm_box, meaning):
            column.addWidget(part)
        scrolling = QScrollArea()  # two rows of pictures and what they mean are higher than the panel on a low screen
        scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolling.setFrameShape(QFrame.Shape.NoFrame)
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolling.setWidgetResizable(True)
        scrolling.setWidget(pictures)
        return scrolling

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.explain_button)
        row.addWidget(self.told, 1)  # beside it, as on a low screen every line counts
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.bars)
        column.addWidget(self._pictures, 1)
        column.addStretch()

    def _asked_about(self) -> tuple[TraceIdentity, int] | None:
        """The scored window whose middle is nearest to the flag's peak, and of which trace; None in blind mode."""
        flag, trace, subject = self._review.current, self._review.trace, self._review.subject
        if flag is None or trace is None or subject is None or subject.identity is None:
            return None
        middles = np.arange(trace.grid.count) * trace.grid.stride_seconds + WINDOW_SECONDS / 2
        distance = np.where(np.isnan(trace.scores), np.inf, np.abs(middles - flag.peak))
        nearest = int(distance.argmin())
        return (subject.identity, nearest) if distance[nearest] <= WINDOW_SECONDS / 2 else None

    def _follow(self) -> None:
        if self._asked_about() != self._about:
            self._begin_anew()
        elif self._about is not None:
            self.bars.show_scores(self._review.trace, self._about[1])  # those beside it may be new

    def _begin_anew(self) -> None:
        self._forget_question()
        self._explanation = None
        self._about = self._asked_about()
        self.strip.show_explanation(None)
        self._pictures.hide()
        self.overlay_wanted.emit(None, None)
        self.explain_button.setEnabled(self._about is not None)
        self.bars.show_scores(self._review.trace, self._about[1] if self._about else None)
        self._tell_window()

    def _tell_window(self) -> None:
        """Says which window would be explained, unless more is said already."""
        trace = self._review.trace
        if self._about is None or trace is None:
            self.told.setText(self.tr("Select a flag that was scored; it can be explained here."))
        elif self._explanation is None and self._question is None:
            window = self._about[1]
            score = QLocale().toString(float(trace.scores[window]), "f", 2)
            said = self.tr("The window from {time} scored {score}.")
            start = trace.grid.interval(window).start
            self.told.setText(said.format(time=time_of(self._review, start), score=score))

    def _tell(self, message: Message) -> None:
        if isinstance(message, StepsDone) and message.total:
            share = round(100 * message.done / message.total)
            self.told.setText(self.tr("Explaining: {share} %").format(share=share))

    def _show(self, explanation: Explanation) -> None:
        self._question = None
        self._explanation = explanation
        score = QLocale().toString(explanation.score, "f", 2)
        said = self.tr("This window scores {score}.")
        if not explanation.saliency.any():
            said = self.tr(
                "This window scores {score}. No part of its pictures lowers that when it alone stands still."
            )
        self.told.setText(said.format(score=score))
        self.explain_button.setEnabled(True)
        self.strip.show_explanation(explanation)
        self._pictures.show()
        self._show_overlay()

    def _refuse(self, error: SpasmReviewerError) -> None:
        self._question = None
        self.explain_button.setEnabled(True)
        self.told.setText(str(error))

    def _show_overlay(self) -> None:
        explanation, trace = self._explanation, self._review.trace
        if explanation is None or trace is None or not self.warm_box.isChecked():
            self.overlay_wanted.emit(None, None)
        else:
            self.overlay_wanted.emit(overlay_of(explanation), trace.grid.interval(explanation.window))

    def _forget_question(self) -> None:
        if self._question is not None:
            self._question.cancel()
            self._question = None


def _line(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
