"""An open library with the person who reviews in it: what the window's pages have in common.

Joins the parts that do not know each other: the review tells where to go, the player goes there and tells where it is;
scans tell what they found, the review shows it; what the reviewer says is kept.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.trace import TraceChunk, TraceIdentity
from reviewer_app.domain.triage import Seek
from reviewer_app.errors import SpasmReviewerError, StoreError
from reviewer_app.gui.backups import BackupKeeper
from reviewer_app.gui.desk import Desk
from reviewer_app.gui.learn.adapting import Adapting
from reviewer_app.gui.player.player import Player
from reviewer_app.gui.review import Review
from reviewer_app.gui.saver import Saver
from reviewer_app.gui.subject import Manners
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.gui.work.pace import PaceBook
from reviewer_app.gui.work.scan_order import ScanTerms
from reviewer_app.jobs.message import BundleFacts, ScanStarted
from reviewer_app.jobs.request import Compute, EventRules, ListBundles
from reviewer_app.settings import Settings

LAST_SAVES = 15.0
"""Seconds that closing waits for what is not saved yet; a library that another program writes answers after ten."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a session takes from the machine around it."""

    bundle_folders: tuple[Path, ...]
    pace_file: Path  # speeds of earlier scans, for estimates


def manners_of(settings: Settings) -> Manners:
    """How a person likes to review, from the settings."""
    return Manners(settings.pre_roll, settings.auto_advance, settings.false_alarms_per_hour, settings.cluster_gap)


class Session(QObject):
    """An open library, its review, its player and its queue of jobs; ``close`` ends it.

    Signals:
        said: A sentence for the status bar.
        bundles_known: The bundles on this machine were listed.
        library_changed: Recordings, their scans or labels changed in the library.
    """

    said = Signal(str)
    bundles_known = Signal()
    library_changed = Signal()

    def __init__(self, desk: Desk, *, rater_name: str, settings: Settings, surroundings: Surroundings) -> None:
        """Begins.

        Raises:
            StoreError: the rater could not be kept.
        """
        super().__init__()
        self.desk = desk
        self.surroundings = surroundings
        self.bundles: tuple[BundleFacts, ...] = ()
        self.default_bundle = settings.bundle
        self.saver = Saver(desk.append, self)
        self.review = Review(self.saver.save, rater=desk.rater(rater_name), manners=manners_of(settings), parent=self)
        self.player = Player(self)
        self.pace_book = PaceBook(surroundings.pace_file)
        self.queue = JobQueue(desk.library, self._terms(settings), self, book=self.pace_book)
        self.adapting = Adapting(
            self.review, self.queue.ask, desk.adaptation, desk.place, surroundings.bundle_folders, self
        )
        self._backups = BackupKeeper(desk.library.back_up_if_changed, self)
        self._connect()
        self.queue.restore()  # what was left undone is offered on the page of jobs
        self.saver.start()
        self._backups.start()
        self.list_bundles()

    def apply(self, settings: Settings) -> None:
        """Takes changed preferences on; those of a running scan stay."""
        self.default_bundle = settings.bundle
        self.queue.terms = self._terms(settings)
        self.review.set_manners(manners_of(settings))

    def open(self, number: int) -> bool:
        """Brings a recording under review; what is wrong with it is said.

        Returns:
            Whether it could be opened.
        """
        try:
            self.review.open(self.desk.subject(number))
        except StoreError as error:
            self.said.emit(str(error))
            return False
        return True

    def show_said(self, number: int) -> None:
        """Shows what was said of a recording by other ways than this window, such as an import.

        Raises:
            StoreError: its ledger cannot be read.
        """
        subject = self.review.subject
        if subject is not None and subject.number == number:
            self.review.take_in(self.desk.said(number))
        self.library_changed.emit()

    def current_bundle(self, patient: str) -> str:
        """The name of the bundle that scans a patient's recordings unless the person names another.

        It is the one promoted in the library, where it is on this computer; else the settings'.
        """
        try:
            facts = self.desk.bundles.get(self.desk.current_bundle(patient))
        except StoreError as error:
            self.said.emit(str(error))
            return self.default_bundle
        return facts.name if facts is not None else self.default_bundle

    def list_bundles(self) -> None:
        """Asks, in the background, which bundles there are."""
        self.queue.ask(ListBundles(self.surroundings.bundle_folders), self._know_bundles, self._tell)

    def close(self) -> bool:
        """Ends jobs, player and threads, keeps what waits to be saved, and makes the last backup.

        Returns:
            Whether everything that was said is kept.
        """
        self.adapting.close()
        self.queue.close()
        self.player.close()
        kept = self.saver.finish(LAST_SAVES)
        self._backups.finish()
        self.desk.close()
        return kept

    def _terms(self, settings: Settings) -> ScanTerms:
        return ScanTerms(
            self.desk.place,
            self.surroundings.bundle_folders,
            Compute.chosen(settings.device, settings.precision, settings.threads),
            EventRules(settings.false_alarms_per_hour, settings.cluster_gap),
            settings.person_detector,
        )

    def _connect(self) -> None:
        review, player, queue = self.review, self.player, self.queue
        review.recording_changed.connect(self._load_player)
        review.selection_changed.connect(self._expect)
        review.candidates_changed.connect(self._expect)
        review.go_to_wanted.connect(lambda time, play: player.go_to(time, play=play))
        review.loop_wanted.connect(player.loop)
        review.said.connect(self.said)
        player.position_changed.connect(review.set_position)
        player.played.connect(review.played)
        player.trouble.connect(self.said)
        queue.said.connect(self.said)
        queue.scan_started.connect(self._begin_scan)
        queue.chunk_stored.connect(self._add_chunk)
        queue.finished.connect(self._end_scan)
        self._backups.failed.connect(self.said)

    def _load_player(self) -> None:
        subject = self.review.subject
        self.player.set_recording(subject.recording if subject else None, skip=subject.holes if subject else ())

    def _expect(self) -> None:
        """Tells the player where the reviewer will probably go next, so that the picture is there at the keystroke."""
        review = self.review
        found = (review.ahead(seek) for seek in (Seek.NEXT, Seek.UNREVIEWED, Seek.PREVIOUS))
        self.player.expect(dict.fromkeys(each.peak - review.manners.pre_roll for each in found if each))

    def _know_bundles(self, facts: tuple[BundleFacts, ...]) -> None:
        self.bundles = facts
        self.desk.bundles = {each.identity: each for each in facts if each.identity}
        self._name_bundle()
        self.bundles_known.emit()

    def _name_bundle(self) -> None:
        """Gives the review the facts of the bundle that made its trace, once they are known."""
        subject = self.review.subject
        facts = self.desk.bundles.get(subject.bundle) if subject else None
        if facts is not None and subject is not None and subject.points != facts.operating_points:
            self.review.set_bundle(facts.notice, facts.operating_points)

    def _is_under_review(self, recording: str) -> bool:
        return self.review.recording is not None and self.review.recording.identity == recording

    def _begin_scan(self, started: ScanStarted) -> None:
        subject = self.review.subject
        if subject is not None and self._is_under_review(started.identity.recording):
            if started.recording.start != subject.recording.start:
                self.open(subject.number)  # the person stated another beginning
            self._show_stored_trace()
        self.library_changed.emit()

    def _add_chunk(self, identity: TraceIdentity, chunk: TraceChunk) -> None:
        subject = self.review.subject
        if subject is not None and self._is_under_review(identity.recording) and subject.identity == identity:
            self.review.add_chunk(chunk)

    def _end_scan(self, number: int, _: TraceReport) -> None:
        subject = self.review.subject
        if subject is not None and subject.number == number:
            self._show_stored_trace()
        self.library_changed.emit()

    def _show_stored_trace(self) -> None:
        subject = self.review.subject
        if subject is None:
            return
        try:
            shown = self.desk.shown_trace(subject.number)
        except StoreError as error:
            self.said.emit(str(error))
            return
        if shown is not None:
            self.review.set_trace(shown)
            self._name_bundle()

    def _tell(self, error: SpasmReviewerError) -> None:
        self.said.emit(str(error))
