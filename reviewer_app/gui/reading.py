"""What is under review, as far as it is read: the recording, its trace and labels, and where the reviewer is."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.domain.annotation import (
    Action,
    Annotation,
    Rater,
)
from reviewer_app.domain.clip import Crop
from reviewer_app.domain.coverage import Coverage, coverage_of
from reviewer_app.domain.event import Cluster, Curve, OperatingPoint, choose_operating_point, point_at
from reviewer_app.domain.ledger import EMPTY_LABELS, History, Labels
from reviewer_app.domain.quality import NotAnalysable
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import Findings, TraceReport
from reviewer_app.domain.trace import Trace, TraceChunk
from reviewer_app.domain.triage import Candidate, Flags, Seek, Workload, workload
from reviewer_app.domain.window import Interval
from reviewer_app.gui import ranking
from reviewer_app.gui.learn.offer import NO_OFFER, Offer
from reviewer_app.gui.picking import Adapted, Picking, open_suggestions
from reviewer_app.gui.subject import Manners, Save, Shown, Subject


class Reading(QObject):
    """The recording under review, what the model and raters say of it, and where the reviewer is.

    Signals:
        recording_changed: Another recording, or none, is under review; all else has changed with it.
        trace_changed: Scores, coverage or suggestions changed, perhaps because a scan goes on.
        candidates_changed: Flags, their verdicts, the operating point or the workload changed.
        labels_changed: Somebody's statements, reviewed or finalised spans changed, or what of them may be seen.
        selection_changed: Other candidates are selected.
        position_changed: The playhead moved (recording second).
        go_to_wanted: The player shall go to a second, and play or stay.
        loop_wanted: The player shall repeat an interval; None ends it.
        view_wanted: The timeline's detail shall show an interval.
        mode_changed: The rater or the blind mode changed.
        clock_changed: Times shall be shown otherwise (``clock_times``).
        crop_changed: The rectangle that a person drew for this recording changed.
        adaptation_changed: Scores adapted to this recording came, went, or are followed; or what is said of them.
        teaching_wanted: The person asks which verdicts would teach most.
        leaving: Another recording or rater comes next: what is typed and not yet said is to be said now.
        said: A sentence for the status bar.
    """

    recording_changed = Signal()
    trace_changed = Signal()
    candidates_changed = Signal()
    labels_changed = Signal()
    selection_changed = Signal()
    position_changed = Signal(float)
    go_to_wanted = Signal(float, bool)
    loop_wanted = Signal(object)
    view_wanted = Signal(object)
    mode_changed = Signal()
    clock_changed = Signal()
    crop_changed = Signal()
    adaptation_changed = Signal()
    teaching_wanted = Signal()
    leaving = Signal()
    said = Signal(str)

    def __init__(self, save: Save, *, rater: Rater, manners: Manners, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self.rater = rater
        self.manners = manners
        self.subject: Subject | None = None
        self.labels: Labels = EMPTY_LABELS
        self.history = History.of((), rater.rater_id)
        self.picking: Picking | None = None
        self.adapted: Adapted | None = None  # the reviewer's own, of the trace on show
        self.follows_adapted = False  # flags come from the adapted curve
        self.offer: Offer = NO_OFFER  # what is said of adapting to this recording
        self.coverage: Coverage | None = None
        self.suggestions: tuple[NotAnalysable, ...] = ()
        self.point: OperatingPoint | None = None
        self.clusters: tuple[Cluster, ...] = ()
        self._flags = Flags(())
        self.candidates: tuple[Candidate, ...] = ()
        self.workload: Workload = workload((), pre_roll=manners.pre_roll)
        self.position = 0.0
        self.crop: Crop | None = None  # drawn by the person for the next scan; None: as the bundle says
        self.blind = False
        self.clock_times = True  # times are shown by the wall clock, not as time since the beginning
        self.ranking: ranking.Ranking | None = None  # the list's, where that is not the order of time
        self._selected: tuple[str, ...] = ()
        self._last_judged: tuple[str, ...] = ()  # annotation ids of the last verdict
        self._actions: list[Action] = []
        # Coverage looks at every window: often enough while a scan runs is every second.
        self._recounting = QTimer(self, singleShot=True, interval=1000)
        self._recounting.timeout.connect(self._recount_and_tell)

    # What is under review.

    def open(self, subject: Subject | None) -> None:
        """Brings another recording under review, or none."""
        self.leaving.emit()
        self.subject = subject
        self._actions = list(subject.actions) if subject else []
        self.labels = Labels.of(self._actions)
        self.history = History.of(self._actions, self.rater.rater_id)
        self.picking = Picking.of(subject.trace) if subject and subject.trace else None
        self._forget_adapted()
        points = subject.points if subject else ()
        self.point = choose_operating_point(points, self.manners.false_alarms_per_hour) if points else None
        self.position, self.crop = 0.0, None
        self._selected, self._last_judged = (), ()
        self._recount_trace()
        self._pick()
        self.recording_changed.emit()
        self._tell_all()

    @property
    def recording(self) -> Recording | None:
        """The recording under review."""
        return self.subject.recording if self.subject else None

    @property
    def trace(self) -> Trace | None:
        """Its scores; None before the first scan, and in blind mode."""
        return self.picking.trace if self.picking and not self.blind else None

    @property
    def curve(self) -> Curve | None:
        """The curve on which flags are picked; None before the first scan, and in blind mode."""
        picked = self._picked
        return picked.curve if picked and not self.blind else None

    @property
    def _picked(self) -> Picking | None:
        return self.adapted.picking if self.adapted and self.follows_adapted else self.picking

    @property
    def report(self) -> TraceReport | None:
        """The scan as exports and reports take it; None before the first scan."""
        subject = self.subject
        if subject is None or subject.identity is None or self.picking is None:
            return None
        # What leaves the window is the bundle's own: adapted scores hold for this recording and rater alone.
        clusters = self._clusters_of(self.picking) if self.follows_adapted else self.clusters
        events = tuple(event for cluster in clusters for event in cluster.events)
        return TraceReport(
            recording_number=subject.number,
            recording=subject.recording,
            identity=subject.identity,
            trace=self.picking.trace,
            # Not self.coverage, which may lie a second behind a scan.
            coverage=coverage_of(subject.recording, self.picking.trace, subject.holes),
            findings=Findings(self.point, events, clusters),
            not_analysable=self.suggestions,
            bundle_name=subject.bundle_name,
            notice=subject.bundle_notice,
        )

    def set_trace(self, shown: Shown) -> None:
        """Shows another trace of the same recording, such as that of a scan that begins or has ended."""
        if self.subject is None:
            return
        known = shown.identity.bundle == self.subject.bundle
        notice, points = (self.subject.bundle_notice, self.subject.points) if known else ("", ())
        self.subject = self.subject.showing(shown, notice, points)
        self.picking = Picking.of(shown.trace)
        self._forget_adapted()
        if not known:
            self.point = None
        self._recount_trace()
        self._pick()
        self._tell_trace()

    def set_bundle(self, notice: str, points: tuple[OperatingPoint, ...]) -> None:
        """Says of the bundle that gave the trace where it is calibrated, and what it says of itself."""
        if self.subject is None:
            return
        self.subject = replace(self.subject, bundle_notice=notice, points=points)
        self.point = choose_operating_point(points, self.manners.false_alarms_per_hour) if points else None
        self._pick()
        self._tell_trace()

    def set_manners(self, manners: Manners) -> None:
        """The person likes to review otherwise; a wish for other false alarms moves the operating point."""
        moved = manners.false_alarms_per_hour != self.manners.false_alarms_per_hour
        self.manners = manners
        points = self.subject.points if self.subject else ()
        if moved and points:
            self.point = choose_operating_point(points, manners.false_alarms_per_hour)
        self._pick()
        self.candidates_changed.emit()

    def add_chunk(self, chunk: TraceChunk) -> None:
        """Shows scores as they come out of a scan."""
        if self.picking is None or self.subject is None:
            return
        self.picking = self.picking.grown(chunk)
        self.adapted = self.adapted.grown(chunk) if self.adapted else None
        if not self._recounting.isActive():
            self._recounting.start()
        self._pick()
        self._tell_trace()

    def set_threshold(self, enter: float) -> None:
        """Moves the operating point; flags are picked anew."""
        if self.subject is None:
            return
        if not self.subject.points:
            self.said.emit(
                self.tr(
                    "The operating point cannot be moved: the bundle that scanned this recording is not calibrated, is "
                    "not on this computer, or is still being looked up."
                )
            )
            return
        self.point = point_at(self.subject.points, min(max(enter, 0.01), 1.0))
        self._pick()
        self.candidates_changed.emit()

    # What may be seen.

    def set_rater(self, rater: Rater) -> None:
        """Another person reviews from now on."""
        self.leaving.emit()
        self.rater = rater
        self.history = History.of(self._actions, rater.rater_id)
        self._forget_adapted()
        self._pick()
        self.mode_changed.emit()
        self._tell_all()

    def set_blind(self, blind: bool) -> None:
        """Hides, or shows again, what other raters and the model say."""
        if blind != self.blind:
            self.blind = blind
            self._pick()
            self.mode_changed.emit()
            self._tell_all()

    def set_clock_times(self, clock_times: bool) -> None:
        """Shows times by the wall clock, or as time since the beginning."""
        self.clock_times = clock_times
        self.clock_changed.emit()

    def set_crop(self, crop: Crop | None) -> None:
        """Keeps the rectangle that a person drew, for the next scan."""
        self.crop = crop
        self.crop_changed.emit()

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Statements that may be seen, in order of time."""
        if self.blind:
            return tuple(each for each in self.labels.annotations if self.is_own(each))
        return self.labels.annotations

    def is_own(self, annotation: Annotation) -> bool:
        """Whether the reviewer made it."""
        return annotation.rater.rater_id == self.rater.rater_id

    @property
    def reviewed(self) -> tuple[Interval, ...]:
        """Time that the reviewer really played, or marked as looked at."""
        return self.labels.reviewed_by(self.rater.rater_id)

    @property
    def finalised(self) -> tuple[Interval, ...]:
        """Reviewed time that may train."""
        return self.labels.finalised_by(self.rater.rater_id)

    # Where the reviewer is.

    def set_position(self, time: float) -> None:
        """Is told by the player where it is."""
        self.position = time
        self.position_changed.emit(time)

    def go_to(self, time: float, *, play: bool = False) -> None:
        """Takes the player, and so all views, to a second."""
        if self.recording is not None:
            self.go_to_wanted.emit(min(max(time, 0.0), self.recording.seconds), play)

    def loop(self, interval: Interval | None) -> None:
        """Repeats an interval until told otherwise."""
        self.loop_wanted.emit(interval)

    def show(self, interval: Interval) -> None:
        """Shows an interval in the timeline's detail."""
        self.view_wanted.emit(interval)

    @property
    def selected(self) -> tuple[Candidate, ...]:
        """The selected candidates, in order of time."""
        chosen = frozenset(self._selected)
        return tuple(each for each in self.candidates if each.key in chosen)

    @property
    def current(self) -> Candidate | None:
        """The first selected candidate."""
        return next(iter(self.selected), None)

    def select(self, keys: Iterable[str], *, watch: bool = False) -> None:
        """Selects candidates by their keys; ``watch`` plays the first one from its pre-roll."""
        self._selected = tuple(keys)
        self.selection_changed.emit()
        current = self.current
        if watch and current is not None:
            self.watch(current)

    def watch(self, candidate: Candidate) -> None:
        """Plays a candidate from its pre-roll."""
        self.view_wanted.emit(candidate.interval)
        self.go_to(candidate.peak - self.manners.pre_roll, play=True)

    def next_flag(self, seek: Seek = Seek.NEXT) -> bool:
        """Selects and plays the flag that is sought from the current one, or from the playhead.

        Returns:
            Whether there was one; a sentence is said where not.
        """
        found = self.ahead(seek)
        if found is None:
            self.said.emit(self._nothing_ahead(seek))
            return False
        self.select([found.key], watch=True)
        return True

    def ahead(self, seek: Seek) -> Candidate | None:
        """What is sought from the current candidate, or from the playhead; in the order that the list was put into."""
        current = self.current
        time = current.peak if current else self.position
        return ranking.ahead(self.candidates, seek, current=current, time=time, ranking=self.ranking)

    def _nothing_ahead(self, seek: Seek) -> str:
        if self.coverage is None or not self.coverage.finished:
            return self.tr("Nothing further is flagged so far; part of the recording is not scanned yet.")
        if seek is Seek.UNREVIEWED and self.workload.left:
            return self.tr("All flags from here on have your verdict; some before do not.")
        if seek is Seek.PREVIOUS:
            return self.tr("This is the first one.")
        return self.tr(
            "Nothing further is flagged at this operating point. What was not flagged may still hold spasms."
        )

    # What follows from the rest.

    def _recount_and_tell(self) -> None:
        self._recount_trace()
        self.trace_changed.emit()

    def _recount_trace(self) -> None:
        if self.subject is None or self.picking is None:
            self.coverage, self.suggestions = None, ()
            return
        self.coverage = coverage_of(self.subject.recording, self.picking.trace, self.subject.holes)
        self.suggestions = open_suggestions(self.picking.trace, self.labels, self.rater)

    def _pick(self) -> None:
        self.clusters = self._clusters_of(self._picked)
        self._flags = Flags(self.clusters)
        self._sort_candidates()

    def _clusters_of(self, picking: Picking | None) -> tuple[Cluster, ...]:
        if picking is None or self.point is None or self.blind:
            return ()
        return picking.clusters(self.point, gap=self.manners.cluster_gap)

    def _forget_adapted(self) -> None:
        self.adapted, self.follows_adapted, self.offer = None, False, NO_OFFER

    def _sort_candidates(self) -> None:
        self.candidates = self._flags.with_statements(self.annotations, rater_id=self.rater.rater_id)
        self.workload = workload(self.candidates, pre_roll=self.manners.pre_roll)

    def _tell_trace(self) -> None:
        self.trace_changed.emit()
        self.candidates_changed.emit()

    def _tell_all(self) -> None:
        self._tell_trace()
        self.labels_changed.emit()
        self.selection_changed.emit()
