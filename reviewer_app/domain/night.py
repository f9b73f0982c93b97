"""What a report for the file tells of a recording: what one rater saw in it, how far that reaches, how it was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reviewer_app.domain.annotation import Annotation, Label, Rater, Semiology
from reviewer_app.domain.event import CLUSTER_GAP, Cluster, Event, find_clusters
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.triage import Candidate, candidates_of
from reviewer_app.domain.window import Interval, subtract


@dataclass(frozen=True, slots=True)
class Spacing:
    """Seconds from each spasm of a cluster to the next one."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class NightReport:
    """One rater's findings in one recording.

    Attributes:
        number: The recording's in the library.
        recording: What was recorded.
        scan: What a model found; None where none has looked.
        rater: Whose findings these are.
        others: Who else said something about the recording.
        candidates: Flags and statements with the rater's verdicts.
        reviewed: Time that the rater played or marked as looked at.
        not_analysable: Time in which, as the rater says, nothing can be judged.
        cluster_gap: Seconds; spasms closer than this are one cluster.
    """

    number: int
    recording: Recording
    scan: TraceReport | None
    rater: Rater
    others: tuple[Rater, ...]
    candidates: tuple[Candidate, ...]
    reviewed: tuple[Interval, ...]
    not_analysable: tuple[Interval, ...]
    cluster_gap: float = CLUSTER_GAP

    @property
    def analysable(self) -> tuple[Interval, ...]:
        """Time with video that can be decoded and in which, as far as the rater said, something can be judged."""
        unread = self.scan.coverage.undecodable if self.scan else self.recording.undecodable
        whole = (Interval(0, self.recording.seconds),)
        return subtract(whole, (*self.recording.gaps, *unread, *self.not_analysable))

    @property
    def looked_at(self) -> tuple[Interval, ...]:
        """Analysable time that the rater reviewed: how far the findings reach."""
        return subtract(self.analysable, subtract(self.analysable, self.reviewed))

    @property
    def spasms(self) -> tuple[Candidate, ...]:
        """What the rater calls a spasm, in order of time."""
        return self.judged(Label.SPASM)

    @property
    def open_flags(self) -> int:
        """Flags of the model on which the rater has given no verdict."""
        return sum(each.is_flag and each.own is None for each in self.candidates)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The rater's spasms grouped; a lone one is a cluster of one."""
        events = [Event(each.interval, each.peak, each.score) for each in self.spasms]
        return find_clusters(events, gap=self.cluster_gap)

    def judged(self, label: Label) -> tuple[Candidate, ...]:
        """What the rater gave this label, in order of time."""
        return tuple(each for each in self.candidates if each.verdict is label)

    @property
    def semiologies(self) -> tuple[Semiology, ...]:
        """What each of the rater's spasms looked like, as far as was said."""
        return tuple(each.own.statement.semiology for each in self.spasms if each.own)

    @property
    def notes(self) -> tuple[Annotation, ...]:
        """The rater's statements with a note, each once, in order of time."""
        said = {each.own.annotation_id: each.own for each in self.candidates if each.own and each.own.statement.note}
        return tuple(said.values())


def spacing(cluster: Cluster) -> Spacing | None:
    """How a cluster's spasms follow each other; None where there is only one."""
    seconds = cluster.spacings
    return Spacing(median(seconds), min(seconds), max(seconds)) if seconds else None


def night_report(
    number: int,
    recording: Recording,
    labels: Labels,
    rater: Rater,
    *,
    scan: TraceReport | None = None,
    cluster_gap: float = CLUSTER_GAP,
) -> NightReport:
    """One rater's findings, from all that stands in a recording's ledger and, where there is one, its scan."""
    clusters = scan.findings.clusters if scan else ()
    own = [each for each in labels.annotations if each.rater.rater_id == rater.rater_id]
    return NightReport(
        number=number,
        recording=recording,
        scan=scan,
        rater=rater,
        others=_others(labels.annotations, rater),
        candidates=candidates_of(clusters, own, rater_id=rater.rater_id),
        reviewed=labels.reviewed_by(rater.rater_id),
        not_analysable=tuple(each.interval for each in own if each.label is Label.NOT_ANALYSABLE),
        cluster_gap=cluster_gap,
    )


def _others(annotations: Iterable[Annotation], rater: Rater) -> tuple[Rater, ...]:
    found = {each.rater.rater_id: each.rater for each in annotations if each.rater.rater_id != rater.rater_id}
    return tuple(found[key] for key in sorted(found))
