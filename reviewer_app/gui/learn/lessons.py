"""What the learning page is about: snapshots, a training, a comparison, an evaluation; its views show it and ask it.

All work is done by jobs; the window only hears of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from reviewer_app.domain.recipe import Recipe
from reviewer_app.domain.roles import patient_key
from reviewer_app.domain.snapshot import SnapshotRules
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.learn.new_snapshot import SnapshotOrder
from reviewer_app.gui.learn.steps import End, LastJob, Step, step_of
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.session import Session
from reviewer_app.gui.work.questions import Question
from reviewer_app.jobs.learn_request import (
    CompareRequest,
    Comparison,
    Evaluated,
    EvaluateRequest,
    ExportSnapshot,
    FinetuneRequest,
    Leftover,
    ListLeftovers,
    ListSnapshots,
    MakeSnapshot,
    Promoted,
    PromoteRequest,
    RemakeSnapshot,
    RemoveLeftover,
    RollbackRequest,
    SnapshotFacts,
    Trained,
)
from reviewer_app.jobs.message import BundleFacts, Learning, Message, Remark, Stage, StepsDone
from reviewer_app.jobs.request import Asks, Device, LibraryPlace
from reviewer_app.store import promotions, recordings
from reviewer_app.store.promotions import Promotion

MOST_LINES = 5
"""Remarks of a job that are shown one by one: of a thousand clips a hundred may be too long."""


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """What a person chose to train."""

    snapshot: str  # identity
    base: str  # name of a bundle
    name: str  # of the bundle that is to be
    recipe: Recipe
    fresh_head: bool
    devices: int = 1  # graphics cards that learn together


def training_device(device: Device) -> str:
    """The word of a training for the device of the settings; OpenVINO cannot train, so that it chooses by itself."""
    return {"cuda": "cuda", "mps": "mps", "torch": "cpu"}.get(device, "auto")


class Lessons(QObject):
    """The state of the learning page.

    Signals:
        changed: Any of the attributes.
        learned: A ``Learning``: how far the training is.
        trained: A ``Trained``: its bundle is there.
        said: A sentence for the status bar.
    """

    changed = Signal()
    learned = Signal(object)
    trained = Signal(object)
    said = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.snapshots: tuple[SnapshotFacts, ...] = ()
        self.history: tuple[Promotion, ...] = ()
        self.left_over: tuple[Leftover, ...] = ()  # what trainings left on the disk, once it was asked for
        self.comparison: Comparison | None = None
        self.evaluated: Evaluated | None = None
        self.activity = ""  # what goes on, in words; empty where nothing does, and while a network learns
        self._question: Question | None = None
        self._step = Step.SNAPSHOTS  # whose job runs, or ran last
        self._last = {step: LastJob() for step in Step}
        session.bundles_known.connect(self.changed)

    @property
    def bundles(self) -> tuple[BundleFacts, ...]:
        """All that can be used on this machine."""
        return tuple(each for each in self._session.bundles if not each.problem)

    @property
    def rater_id(self) -> int:
        """Of the person at the screen."""
        return self._session.review.rater.rater_id

    @property
    def is_busy(self) -> bool:
        """Whether a job of this page runs; only one does at a time."""
        return self._question is not None

    @property
    def is_training(self) -> bool:
        """Whether a training runs."""
        return self.runs(Step.TRAINING)

    def runs(self, step: Step) -> bool:
        """Whether a job of this step runs."""
        return self.is_busy and self._step is step

    def last(self, step: Step) -> LastJob:
        """What is known of this step's job, the one that runs or the last one, whatever other steps did since."""
        return self._last[step]

    def line(self, step: Step) -> str:
        """What goes on in a step, or what came of its last job, after its remarks; empty before the first."""
        last = self._last[step]
        left = len(last.remarks) - MOST_LINES
        more = [self.tr("%n more remarks.", "", left)] if left > 0 else []
        now = self.activity if self.runs(step) else last.outcome
        return "\n".join((*last.remarks[:MOST_LINES], *more, *filter(None, (now,))))

    @property
    def is_by_settings(self) -> bool:
        """Whether nothing was ever promoted in this library, so that the settings say which bundle scans."""
        return promotions.current(self.history) is None

    @property
    def current(self) -> BundleFacts | None:
        """The bundle that scans unless somebody names another; None where it is not on this computer.

        The library says so where a bundle was promoted in it, else the settings.
        """
        known, name = promotions.current(self.history), self._session.default_bundle
        if known is not None:
            return next((each for each in self.bundles if each.identity == known.identity), None)
        return next((each for each in self.bundles if name in (each.name, each.folder.name, str(each.folder))), None)

    @property
    def personal(self) -> frozenset[str]:
        """Identities of the bundles that scan the recordings of one patient each."""
        patients = {each.patient for each in promotions.promoted(self.history)} - {""}
        known = {promotions.current(self.history, patient=each) for each in patients}
        return frozenset(each.identity for each in known - {promotions.current(self.history)} if each is not None)

    def refresh(self) -> None:
        """Reads what the library holds."""
        try:
            self.history = promotions.history(self._session.desk.library)
        except StoreError as error:
            self.said.emit(str(error))
        self._session.queue.ask(ListSnapshots(self._place), self._take_snapshots, self._tell)
        self.changed.emit()

    # Snapshots.

    def patients(self) -> tuple[str, ...]:
        """Whose recordings the library holds, each under the first spelling; those that name nobody are left out."""
        try:
            found = recordings.summaries(self._session.desk.library)
        except StoreError as error:
            self.said.emit(str(error))
            return ()
        names = {patient_key(each.patient): each.patient for each in reversed(found) if each.patient.strip()}
        return tuple(sorted(names.values(), key=str.casefold))

    def make_snapshot(self, order: SnapshotOrder) -> None:
        """Freezes all finalised time of the library, and clips where a person named their folder."""
        rules = SnapshotRules(consensus=order.consensus, adjudicator=self.rater_id)
        request = MakeSnapshot(self._place, order.name, rules, clips=order.clips, healthy=order.healthy)
        self._ask(request, self._take_snapshot)

    def export_snapshot(self, identity: str, to: Path) -> None:
        """Writes a snapshot down, without names and paths."""
        self._ask(
            ExportSnapshot(self._place, identity, to),
            lambda path: self._say_outcome(self.tr("The snapshot is in {file}.").format(file=path.name)),
        )

    def remake_snapshot(self, identity: str) -> None:
        """Makes a snapshot again from the ledgers and tells whether it is the same."""
        self._ask(RemakeSnapshot(self._place, identity), self._tell_remade)

    # Training.

    def train(self, order: TrainingOrder) -> None:
        """Trains a bundle; a training of this name that was stopped goes on."""
        request = FinetuneRequest(
            self._place,
            order.snapshot,
            order.name,
            order.base,
            self._session.surroundings.bundle_folders,
            self._session.surroundings.bundle_folders[-1],
            order.recipe,
            fresh_head=order.fresh_head,
            device=training_device(self._session.queue.terms.compute.device),
            devices=order.devices,
        )
        self._ask(request, self._take_trained)

    def stop(self) -> None:
        """Ends the job of this page; a training keeps what it has learned and goes on when it is started again."""
        if self._question is not None:
            self._question.cancel()
            self._note(
                outcome=self.tr("Stopped. Train under the same name again to go on from there.")
                if self.is_training
                else self.tr("Stopped.")
            )
            self._end(End.STOPPED)

    def list_left_over(self) -> None:
        """Asks what trainings left on the disk."""
        self._session.queue.ask(ListLeftovers(self._place), self._take_left_over, self._tell)

    def remove_left_over(self, name: str) -> None:
        """Deletes some of it; what a training works with is refused."""
        self._session.queue.ask(RemoveLeftover(self._place, name), lambda _: self.list_left_over(), self._tell)

    # Bundles.

    def compare(self, candidate: str) -> None:
        """Compares a bundle with the current one on held-out patients."""
        terms = self._session.queue.terms
        request = CompareRequest(
            self._place,
            candidate,
            bundle_folders=self._session.surroundings.bundle_folders,
            default=self._session.default_bundle,
            rules=terms.rules,
            compute=terms.compute,
        )
        self._ask(request, self._take_comparison)

    def promote(self) -> None:
        """Makes the candidate of the comparison current."""
        self._decide(keep=False)

    def keep(self) -> None:
        """Notes that the candidate was looked at and not taken."""
        self._decide(keep=True)

    def roll_back(self) -> None:
        """Makes the bundle current again that was current before."""
        folders = self._session.surroundings.bundle_folders
        self._ask(RollbackRequest(self._place, folders, self._session.review.rater), self._take_promoted)

    # Evaluation.

    def evaluate(self, bundle: str, to: Path) -> None:
        """Writes the report of a bundle's traces against what raters agreed on."""
        folders = self._session.surroundings.bundle_folders
        rules = self._session.queue.terms.rules
        self._ask(EvaluateRequest(self._place, bundle, folders, to, rules=rules), self._take_evaluated)

    # Asking, and what comes of it.

    @property
    def _place(self) -> LibraryPlace:
        return self._session.desk.place

    def _ask(self, request: Asks[Any], then: Callable[[Any], object]) -> None:
        if self.is_busy:
            self.said.emit(self.tr("Another job of this page still runs; wait for its end, or stop it."))
            return
        self.activity = self.tr("Starting…")
        self._step = step_of(request)
        self._last[self._step] = LastJob()

        def take(answer: object) -> None:
            self._end(End.ANSWERED)
            then(answer)
            self.changed.emit()

        def refuse(error: SpasmReviewerError) -> None:
            self._say_outcome(str(error))
            self._end(End.FAILED)

        self._question = self._session.queue.ask(request, take, refuse, told=self._hear)
        self.changed.emit()

    def _end(self, end: End) -> None:
        self._question, self.activity = None, ""
        self._note(end=end)
        self.changed.emit()

    def _note(self, **known: Any) -> None:
        self._last[self._step] = replace(self._last[self._step], **known)

    def _hear(self, message: Message) -> None:
        match message:
            case Learning():
                self._say_activity("")
                self.learned.emit(message)
            case Stage(name):
                self._say_activity(in_words(name))
            case StepsDone(done, total, what) if total:
                share = min(99, int(100 * done / total))
                self._say_activity(self.tr("{what}: {share} %").format(what=in_words(what), share=share))
            case Remark(text):
                self._note(remarks=(*self._last[self._step].remarks, in_words(text)))
                self.said.emit(text)
                self.changed.emit()

    def _say_outcome(self, text: str) -> None:
        self._note(outcome=in_words(text))
        self.said.emit(text)

    def _say_activity(self, text: str) -> None:
        if text != self.activity:
            self.activity = text
            self.changed.emit()

    def _take_snapshots(self, found: tuple[SnapshotFacts, ...]) -> None:
        self.snapshots = found
        self.changed.emit()

    def _take_snapshot(self, made: SnapshotFacts) -> None:
        known = any(each.identity == made.identity for each in self.snapshots)
        self.snapshots = self.snapshots if known else (made, *self.snapshots)
        self._say_outcome(
            self.tr("Nothing was said since this snapshot; it stays as it is.")
            if known
            else self.tr("The snapshot holds %n windows.", "", len(made.snapshot.windows))
        )

    def _take_left_over(self, found: tuple[Leftover, ...]) -> None:
        self.left_over = found
        self.changed.emit()

    def _tell_remade(self, same: bool) -> None:
        self._say_outcome(
            self.tr("Made again from the ledgers, the snapshot is the same bit for bit.")
            if same
            else self.tr("Made again from the ledgers, the snapshot is another one; do not rely on it.")
        )

    def _take_trained(self, trained: Trained) -> None:
        self._session.list_bundles()
        self.trained.emit(trained)
        self._say_outcome(
            self.tr("{name} is trained. It is a candidate: compare it before you promote it.").format(
                name=trained.bundle.name
            )
        )

    def _take_comparison(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def _decide(self, *, keep: bool) -> None:
        if self.comparison is None:
            return
        rater = self._session.review.rater
        self._ask(PromoteRequest(self._place, self.comparison, keep, rater), self._take_promoted)

    def _take_promoted(self, promoted: Promoted) -> None:
        self.comparison = None
        self._say_outcome(self.tr("{name} is the current bundle.").format(name=promoted.current))
        self.refresh()
        self._session.list_bundles()

    def _take_evaluated(self, evaluated: Evaluated) -> None:
        self.evaluated = evaluated
        self._say_outcome(self.tr("The report is written."))

    def _tell(self, error: SpasmReviewerError) -> None:
        self.said.emit(str(error))
