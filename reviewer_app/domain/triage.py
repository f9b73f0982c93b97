"""What a reviewer goes through: flags of the model and statements of people, side by side, and what is left of them."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.event import Cluster
from reviewer_app.domain.window import Interval

AFTER = 2.0
"""Seconds watched behind a flag before a reviewer knows."""


RISE, FALL = 0.5, 1.0
"""Seconds before and behind a flag's peak that are called a spasm. On phantom nights the onset lies 0.4 to 0.65 s
before the peak for half of the spasms found; the flag itself begins 3.6 s before that where the curve is restless."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to be judged, or judged: a flag of the model, or an interval that a person named.

    Attributes:
        key: Stable while the operating point stays: the flag's peak, or the annotation's id.
        interval: Where it lies.
        peak: The second to look at.
        score: The curve's value at the peak, 0-1; NaN where only a person named it.
        cluster: Number of the model's cluster from 1; 0 outside any.
        is_flag: Whether the model named it.
        own: The reviewer's statement on it.
        others: Statements of other raters on it.
    """

    key: str
    interval: Interval
    peak: float
    score: float
    cluster: int
    is_flag: bool
    own: Annotation | None = None
    others: tuple[Annotation, ...] = ()

    def named(self, label: Label) -> Interval:
        """The interval that a verdict with one key is about.

        A flag that is a spasm is one where it peaks: what learns from it, and what is scored by it, goes by its onset.
        """
        if not self.is_flag or label is not Label.SPASM:
            return self.interval
        return Interval(max(self.interval.start, self.peak - RISE), min(self.interval.stop, self.peak + FALL))

    @property
    def verdict(self) -> Label | None:
        """What the reviewer called it; None while that is open."""
        return self.own.label if self.own else None


class Flags:
    """The model's flags in order of time, to which statements are put again and again.

    Candidates whose statements are still the same objects come out as the same objects: a verdict among 20,000 flags
    makes one new candidate.
    """

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._flags = sorted(
            (
                Candidate(f"flag {event.peak:.4f}", event.interval, event.peak, event.score, number, is_flag=True)
                for number, cluster in enumerate(clusters, start=1)
                for event in cluster.events
            ),
            key=lambda flag: flag.peak,
        )
        self._peaks = np.array([flag.peak for flag in self._flags])
        self._judged: dict[int, Candidate] = {}  # by place; as they were last time
        self._free: dict[str, Candidate] = {}  # by the annotation's id, likewise

    def with_statements(self, annotations: Sequence[Annotation], *, rater_id: int) -> tuple[Candidate, ...]:
        """Flags and statements in order of time, each statement put to the flags that it judges.

        A statement judges every flag whose peak lies in it; if it holds no peak, the flag in which its middle lies. Of
        the reviewer's several statements on one flag, the one given last counts, and narrow ones before long ones of
        the same moment. Statements that judge no flag stand for themselves.
        """
        own: dict[int, Annotation] = {}
        others: dict[int, tuple[Annotation, ...]] = {}
        free: dict[str, Candidate] = {}
        for annotation, judged in zip(annotations, self._judged_by(annotations), strict=True):
            is_own = annotation.rater.rater_id == rater_id
            for place in judged:
                if not is_own:
                    others[place] = (*others.get(place, ()), annotation)
                elif place not in own or annotation.interval.seconds <= own[place].interval.seconds:
                    own[place] = annotation
            if not judged:
                free[annotation.annotation_id] = self._alone(annotation, is_own=is_own)
        self._judged = {
            place: self._with(place, own.get(place), others.get(place, ())) for place in own.keys() | others.keys()
        }
        found = [*self._flags]
        for place, flag in self._judged.items():
            found[place] = flag
        self._free = free
        return tuple(sorted([*found, *free.values()], key=lambda candidate: candidate.peak) if free else found)

    def _with(self, place: int, own: Annotation | None, others: tuple[Annotation, ...]) -> Candidate:
        known = self._judged.get(place)
        if known is not None and known.own is own and known.others == others:
            return known
        return replace(self._flags[place], own=own, others=others)

    def _alone(self, annotation: Annotation, *, is_own: bool) -> Candidate:
        known = self._free.get(annotation.annotation_id)
        if known is not None and annotation is (known.own if is_own else next(iter(known.others), None)):
            return known
        return _alone(annotation, is_own=is_own)

    def _judged_by(self, annotations: Sequence[Annotation]) -> Iterable[range]:
        """The places of the flags that each statement judges."""
        count = len(annotations)
        starts = np.fromiter((each.statement.interval.start for each in annotations), float, count)
        stops = np.fromiter((each.statement.interval.stop for each in annotations), float, count)
        firsts, behind = np.searchsorted(self._peaks, starts), np.searchsorted(self._peaks, stops)
        for annotation, first, stop in zip(annotations, firsts.tolist(), behind.tolist(), strict=True):
            yield range(first, stop) if first < stop else self._reaching_over(annotation.interval.middle, first)

    def _reaching_over(self, middle: float, behind: int) -> range:
        # No peak inside: the flag before or after may still reach over the middle.
        for place in (behind - 1, behind):
            if 0 <= place < len(self._flags) and self._flags[place].interval.contains(middle):
                return range(place, place + 1)
        return range(0)


def candidates_of(
    clusters: Iterable[Cluster], annotations: Iterable[Annotation], *, rater_id: int
) -> tuple[Candidate, ...]:
    """Flags and statements in order of time, each statement put to the flags that it judges (see ``Flags``)."""
    return Flags(clusters).with_statements(tuple(annotations), rater_id=rater_id)


def _alone(annotation: Annotation, *, is_own: bool) -> Candidate:
    return Candidate(
        key=annotation.annotation_id,
        interval=annotation.interval,
        peak=annotation.interval.middle,
        score=math.nan,
        cluster=0,
        is_flag=False,
        own=annotation if is_own else None,
        others=() if is_own else (annotation,),
    )


class Seek(Enum):
    """What a reviewer wants to see next."""

    NEXT = auto()
    PREVIOUS = auto()
    UNREVIEWED = auto()  # the next flag without a verdict of the reviewer
    CLUSTER = auto()  # the first flag of the next cluster


def neighbour(
    candidates: Sequence[Candidate], seek: Seek, *, current: Candidate | None, time: float
) -> Candidate | None:
    """The candidate that is sought, from the second ``time``; None where there is none."""
    near = 1e-6
    if seek is Seek.PREVIOUS:
        return next((each for each in reversed(candidates) if each.peak < time - near), None)
    here = current.cluster if current else 0
    for each in candidates:
        if each.peak <= time + near:
            continue
        if seek is Seek.UNREVIEWED and (not each.is_flag or each.own is not None):
            continue
        if seek is Seek.CLUSTER and (each.cluster == 0 or each.cluster == here):
            continue
        return each
    return None


@dataclass(frozen=True, slots=True)
class Workload:
    """How much of a review is left."""

    flags: int
    left: int  # flags without a verdict of the reviewer
    left_in_cluster: dict[int, int]  # by the cluster's number; clusters that are done are not in it
    minutes: float  # of video to watch for the flags that are left, pre-roll included


def workload(candidates: Iterable[Candidate], *, pre_roll: float) -> Workload:
    """Counts what is left to review.

    Args:
        candidates: all of a recording.
        pre_roll: seconds watched before each flag.
    """
    flags = [candidate for candidate in candidates if candidate.is_flag]
    left = [flag for flag in flags if flag.own is None]
    peaks = np.sort([flag.peak for flag in left])
    starts, stops = np.maximum(0.0, peaks - pre_roll), peaks + AFTER
    # Where two of them overlap, it is watched once.
    watched = float(np.sum(stops - starts) - np.sum(np.maximum(0.0, stops[:-1] - starts[1:])))
    return Workload(len(flags), len(left), dict(Counter(flag.cluster for flag in left)), watched / 60)
