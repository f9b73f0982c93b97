"""Scores at three levels, always all three: windows, spasms, clusters.

Window scores compare with published work; only spasm scores tell what a reviewer will meet in a night; cluster scores
tell whether a burst was found at all and how well its spasms were counted. Generic seizure scoring joins everything
within 90 s and so calls one hit in a cluster of twenty a full success; here every spasm counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import CLUSTER_GAP, Cluster, Event, find_clusters
from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import WINDOW_SECONDS, Interval, WindowGrid, total_seconds

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """What decides whether something counts as right; printed with every table of scores."""

    tolerance: float = 2.5  # seconds between a spasm's onset and the peak of the event that found it
    cluster_gap: float = CLUSTER_GAP  # seconds between onsets within one cluster
    skip_partial: bool = False  # leave out windows that see a part of a spasm but not its onset

    def __str__(self) -> str:
        partial = "left out" if self.skip_partial else "negative"
        return (
            f"Windows are positive when a spasm's onset lies in them; those that see only its rest are {partial}. "
            f"Spasms and events are matched one to one, onset to peak, within {self.tolerance:g} s. "
            f"A cluster joins spasms up to {self.cluster_gap:g} s apart and is found when any event overlaps it."
        )


DEFAULT_RULES = ScoringRules()


def share(part: int, whole: int) -> float:
    """A proportion that is NaN, not an error, where there was nothing to count."""
    return part / whole if whole else NAN


def within(time: float, intervals: Sequence[Interval]) -> bool:
    """Whether a second lies in any of the intervals."""
    return any(interval.contains(time) for interval in intervals)


def all_within(times: NDArray[np.floating], intervals: Sequence[Interval]) -> NDArray[np.bool_]:
    """The same for many seconds at once."""
    inside = np.zeros(times.shape, np.bool_)
    for interval in intervals:
        inside |= (interval.start <= times) & (times < interval.stop)
    return inside


# Windows


@dataclass(frozen=True, slots=True)
class WindowScores:
    """How well the scores of single windows tell spasm from no spasm; NaN where the windows are all of one kind."""

    auc: float
    threshold: float
    true_positives: int
    positives: int
    true_negatives: int
    negatives: int
    left_out: int  # windows without a score, or skipped by the rules

    @property
    def sensitivity(self) -> float:
        """Share of positive windows at or over the threshold."""
        return share(self.true_positives, self.positives)

    @property
    def specificity(self) -> float:
        """Share of negative windows under the threshold."""
        return share(self.true_negatives, self.negatives)


POSITIVE, NEGATIVE, PARTIAL = 1, 0, -1


def window_labels(grid: WindowGrid, spasms: Sequence[Interval]) -> NDArray[np.int8]:
    """What each window shows: a spasm's onset (1), nothing of a spasm (0), or only what follows an onset (-1)."""
    starts = np.arange(grid.count) * grid.stride_seconds
    stops = starts + grid.interval(0).seconds
    labels = np.full(grid.count, NEGATIVE, np.int8)
    for spasm in spasms:
        labels[(starts < spasm.stop) & (stops > spasm.start) & (labels == NEGATIVE)] = PARTIAL
        labels[(starts <= spasm.start) & (spasm.start < stops)] = POSITIVE
    return labels


def score_windows(
    scores: NDArray[np.floating],
    labels: NDArray[np.int8],
    *,
    threshold: float,
    rules: ScoringRules = DEFAULT_RULES,
) -> WindowScores:
    """Scores of windows against their labels.

    Args:
        scores: One per window; NaN where a window has none.
        labels: As ``window_labels`` gives them.
        threshold: A window is called positive at or over this.
        rules: How partial windows are treated.
    """
    if scores.shape != labels.shape:
        raise ValueError(f"{scores.shape} scores for {labels.shape} labels")
    used = ~np.isnan(scores)
    if rules.skip_partial:
        used &= labels != PARTIAL
    values, positive = scores[used], labels[used] == POSITIVE
    called = values >= threshold
    return WindowScores(
        auc=area_under_curve(values, positive),
        threshold=threshold,
        true_positives=int((called & positive).sum()),
        positives=int(positive.sum()),
        true_negatives=int((~called & ~positive).sum()),
        negatives=int((~positive).sum()),
        left_out=int((~used).sum()),
    )


# Spasms


@dataclass(frozen=True, slots=True)
class SpasmScores:
    """How many spasms were found, and how often something else was taken for one."""

    reference: int  # spasms in analysable time
    found: int  # of these, matched by an event
    events: int  # in analysable time, or matched to a spasm there
    hours: float  # analysable

    @property
    def sensitivity(self) -> float:
        """Share of spasms found."""
        return share(self.found, self.reference)

    @property
    def false_alarms(self) -> int:
        """Events that match no spasm; a second event for one spasm is one, too."""
        return self.events - self.found

    @property
    def false_alarms_per_hour(self) -> float:
        """False alarms per analysable hour."""
        return self.false_alarms / self.hours if self.hours else NAN

    @property
    def count_error(self) -> int:
        """Events less spasms: over 0 where too many were counted."""
        return self.events - self.reference


def match_onsets(onsets: Sequence[float], peaks: Sequence[float], *, tolerance: float) -> tuple[tuple[int, int], ...]:
    """As many one-to-one pairs (onset, peak) as possible, at most ``tolerance`` seconds apart.

    Both are taken in order of time. Pairing the earliest two that fit is optimal on a line: what comes later has at
    least as many partners left as in any other pairing, since every onset reaches equally far.

    Returns:
        Indices into ``onsets`` and ``peaks``, in order of time.
    """
    by_onset, by_peak = np.argsort(onsets, kind="stable"), np.argsort(peaks, kind="stable")
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(onsets) and j < len(peaks):
        onset, peak = onsets[by_onset[i]], peaks[by_peak[j]]
        if abs(onset - peak) <= tolerance:
            pairs.append((int(by_onset[i]), int(by_peak[j])))
            i, j = i + 1, j + 1
        elif onset < peak:
            i += 1
        else:
            j += 1
    return tuple(pairs)


def score_spasms(
    spasms: Sequence[Interval],
    events: Sequence[Event],
    *,
    analysable: Sequence[Interval],
    rules: ScoringRules = DEFAULT_RULES,
) -> SpasmScores:
    """Spasms found and false alarms within the time that could be analysed.

    A spasm with its onset outside that time is no miss, and an event outside it no false alarm; but an event just
    outside may still find a spasm just inside.
    """
    pairs = match_onsets([s.start for s in spasms], [e.peak for e in events], tolerance=rules.tolerance)
    spasm_of = {event: spasm for spasm, event in pairs}
    inside = [within(spasm.start, analysable) for spasm in spasms]
    counted = [
        inside[spasm_of[i]] if i in spasm_of else within(event.peak, analysable) for i, event in enumerate(events)
    ]
    return SpasmScores(
        reference=sum(inside),
        found=sum(inside[spasm] for spasm, _ in pairs),
        events=sum(counted),
        hours=total_seconds(analysable) / 3600,
    )


# Clusters

LEAST_CLUSTER = 3
"""Spasms that make a cluster for counting; how well one or two were counted says little."""


@dataclass(frozen=True, slots=True)
class ClusterOutcome:
    """What became of one cluster of the reference."""

    interval: Interval
    spasms: int  # in the reference
    counted: int  # events within it, give or take the tolerance
    found: bool

    @property
    def relative_error(self) -> float:
        """Spasms counted too many (over 0) or too few, as a share of those there are."""
        return (self.counted - self.spasms) / self.spasms


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """Which clusters were found, how well their spasms were counted, and clusters that are none."""

    outcomes: tuple[ClusterOutcome, ...]
    false_clusters: int

    @property
    def sensitivity(self) -> float:
        """Share of clusters found."""
        return share(sum(outcome.found for outcome in self.outcomes), len(self.outcomes))

    @property
    def count_error(self) -> float:
        """Mean over clusters of the relative error without its sign."""
        errors = [abs(outcome.relative_error) for outcome in self.outcomes]
        return float(np.mean(errors)) if errors else NAN


def reference_clusters(spasms: Sequence[Interval], *, gap: float) -> tuple[Cluster, ...]:
    """Clusters of a reference, by the same rule as those of a scan, from onset to onset."""
    return find_clusters([Event(spasm, spasm.start, 1.0) for spasm in spasms], gap=gap)


def score_clusters(
    spasms: Sequence[Interval],
    events: Sequence[Event],
    *,
    analysable: Sequence[Interval] | None = None,
    rules: ScoringRules = DEFAULT_RULES,
) -> ClusterScores:
    """Clusters found and counted; a lone spasm is a cluster of one.

    Args:
        spasms: The reference.
        events: At the operating point under test.
        analysable: Only spasms with their onset there make clusters, and only clusters of events with a peak there are
            false ones; None is everywhere.
        rules: For the gap and the tolerance.
    """
    inside = [each for each in spasms if analysable is None or within(each.start, analysable)]
    truth = reference_clusters(inside, gap=rules.cluster_gap)
    everywhere = reference_clusters(spasms, gap=rules.cluster_gap)
    detected = find_clusters(events, gap=rules.cluster_gap)
    outcomes = []
    for cluster in truth:
        first, last = cluster.events[0].peak - rules.tolerance, cluster.events[-1].peak + rules.tolerance
        outcomes.append(
            ClusterOutcome(
                cluster.interval,
                spasms=len(cluster.events),
                counted=sum(first <= event.peak <= last for event in events),
                found=any(event.interval.overlap(cluster.interval) > 0 for event in events),
            )
        )
    judged = [d for d in detected if analysable is None or any(within(e.peak, analysable) for e in d.events)]
    false = [d for d in judged if not any(d.interval.overlap(t.interval) > 0 for t in everywhere)]
    return ClusterScores(tuple(outcomes), len(false))


# All three


def analysable_scores(trace: Trace, analysable: Sequence[Interval]) -> NDArray[np.float32]:
    """The trace's scores of windows that have their middle in analysable time; NaN for all others."""
    middles = np.arange(trace.grid.count) * trace.grid.stride_seconds + WINDOW_SECONDS / 2
    return np.where(all_within(middles, analysable), trace.scores, np.float32(np.nan))


@dataclass(frozen=True, slots=True)
class RecordingScores:
    """The three levels for one recording, with whose it is, since statistics are by patient."""

    patient: str
    windows: WindowScores
    spasms: SpasmScores
    clusters: ClusterScores
    rules: ScoringRules


def score_recording(
    patient: str,
    trace: Trace,
    events: Sequence[Event],
    *,
    spasms: Sequence[Interval],
    analysable: Sequence[Interval],
    threshold: float,
    rules: ScoringRules = DEFAULT_RULES,
) -> RecordingScores:
    """Scores one recording at all three levels.

    Args:
        patient: Whose recording it is.
        trace: Scores of the windows.
        events: Picked from the trace at the operating point under test.
        spasms: The reference.
        analysable: Time in which both scan and reference can be trusted; windows count that have their middle there.
        threshold: For the window level.
        rules: What counts as right.
    """
    return RecordingScores(
        patient,
        score_windows(
            analysable_scores(trace, analysable), window_labels(trace.grid, spasms), threshold=threshold, rules=rules
        ),
        score_spasms(spasms, events, analysable=analysable, rules=rules),
        score_clusters(spasms, events, analysable=analysable, rules=rules),
        rules,
    )
