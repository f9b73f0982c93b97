"""Has scores adapted to the recording under review in the background, some seconds after verdicts were given."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.annotation import Annotation
from reviewer_app.domain.verdict import JUDGED
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.learn.adapting_words import gain_words, offer_words
from reviewer_app.gui.learn.offer import Offer
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.why_panel import Ask
from reviewer_app.gui.work.questions import Question
from reviewer_app.jobs.learn_request import Adapted, AdaptRequest
from reviewer_app.jobs.request import LibraryPlace

PAUSE = 3000
"""Milliseconds after the last verdict: whoever judges quickly is not to start a job with each keystroke."""

FRESH = 5
"""New verdicts after which it is tried again by itself, while nobody asks and the switch is off."""

Load = Callable[[int, int], Adaptation | None]


class Adapting(QObject):
    """Watches a review's verdicts, asks the job, and gives the review what comes of it; the window never waits."""

    def __init__(
        self,
        review: Review,
        ask: Ask,
        load: Load,
        place: LibraryPlace,
        bundle_folders: tuple[Path, ...],
        parent: QObject | None = None,
    ) -> None:
        """Begins to watch.

        Args:
            review: Whose verdicts teach.
            ask: How a question is put to a child process.
            load: Gives the stored adaptation of a recording and a rater.
            place: The library.
            bundle_folders: Where the bundle lies whose head is adapted.
            parent: Of this object.
        """
        super().__init__(parent)
        self._review, self._ask, self._load = review, ask, load
        self._place, self._folders = place, bundle_folders
        self._question: Question | None = None
        self._verdicts: frozenset[tuple[str, object]] = frozenset()  # that are there
        self._learned = 0  # verdicts that there were when it was last asked
        self._is_wanted = False  # by a person, for this recording
        self._scanned: tuple[str, bool] = ("", False)  # by which bundle, and whether to the end
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.ask_now)
        review.recording_changed.connect(self._begin)
        review.mode_changed.connect(self._begin)
        review.trace_changed.connect(self._follow_scan)
        review.labels_changed.connect(self._follow)
        review.teaching_wanted.connect(self._teach)

    def ask_now(self) -> None:
        """Has the recording under review adapted to the verdicts that there are."""
        subject, review = self._review.subject, self._review
        if subject is None or review.picking is None or review.blind:
            return
        self._forget_question()
        self._learned = len(self._verdicts)
        enter = review.point.enter if review.point else 0.5
        request = AdaptRequest(self._place, subject.number, review.rater.rater_id, self._folders, enter=enter)
        offer = review.offer
        review.set_offer(Offer(offer.told or self.tr("Adapting to your verdicts…"), offer.gain, offer.teach, True))
        self._question = self._ask(request, self._show, self._refuse, told=lambda _: None)

    def close(self) -> None:
        """Asks nothing more."""
        self._soon.stop()
        self._forget_question()

    def _teach(self) -> None:
        self._is_wanted = True
        if self._question is None:
            self.ask_now()

    def _begin(self) -> None:
        """Another recording, rater or mode: shows what is stored of it."""
        self.close()
        self._is_wanted, self._verdicts, self._scanned = False, self._given(), self._scan()
        subject, review = self._review.subject, self._review
        stored: Adaptation | None = None
        if subject is not None and not review.blind:
            try:
                stored = self._load(subject.number, review.rater.rater_id)
            except StoreError as error:
                review.said.emit(str(error))
        self._learned = stored.verdicts if stored else 0
        if review.picking is not None and stored is not None:
            review.set_adaptation(stored, Offer(offer_words(stored)))
        self._follow_count()

    def _follow_scan(self) -> None:
        """A scan that began or ended brought another trace, and with it other scores to adapt."""
        if self._scan() != self._scanned:
            self._begin()

    def _scan(self) -> tuple[str, bool]:
        subject, picking = self._review.subject, self._review.picking
        return (subject.bundle, picking.trace.finished) if subject is not None and picking is not None else ("", False)

    def _follow(self) -> None:
        given = self._given()
        if given != self._verdicts:
            self._verdicts = given
            self._follow_count()

    def _follow_count(self) -> None:
        """Asks soon where that is wanted, or where enough is new."""
        fresh = abs(len(self._verdicts) - self._learned)
        if self._is_wanted or self._review.follows_adapted or fresh >= FRESH:
            self._soon.start()

    def _given(self) -> frozenset[tuple[str, object]]:
        return frozenset((each.annotation_id, each.statement) for each in self._own())

    def _own(self) -> list[Annotation]:
        return [each for each in self._review.labels.annotations if self._review.is_own(each) and each.label in JUDGED]

    def _show(self, answer: Adapted) -> None:
        self._question = None
        subject, review = self._review.subject, self._review
        if subject is None:
            return
        adaptation: Adaptation | None = None
        if answer.offered:
            try:
                adaptation = self._load(subject.number, review.rater.rater_id)
            except StoreError as error:
                review.said.emit(str(error))
        review.set_adaptation(adaptation, Offer(offer_words(answer), gain_words(answer), answer.teach))

    def _refuse(self, error: SpasmReviewerError) -> None:
        self._question = None
        self._review.set_offer(Offer(str(error)))

    def _forget_question(self) -> None:
        if self._question is not None:
            self._question.cancel()
            self._question = None
