"""What a reviewer goes through: flags of the model and statements of people, side by side, and what is left of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.event import Cluster
from reviewer_app.domain.window import Interval, total_seconds

AFTER = 2.0
"""Seconds watched behind a flag before a reviewer knows."""


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

    @property
    def verdict(self) -> Label | None:
        """What the reviewer called it; None while that is open."""
        return self.own.label if self.own else None


def candidates_of(
    clusters: Sequence[Cluster], annotations: Iterable[Annotation], *, rater_id: int
) -> tuple[Candidate, ...]:
    """Flags and statements in order of time, each statement put to the flags that it judges.

    A statement judges every flag whose peak lies in it; if it holds no peak, the flag in which its middle lies. Of the
    reviewer's several statements on one flag, the one given last counts, and narrow ones before long ones of the
    same moment. Statements that judge no flag stand for themselves.
    """
    flags = sorted(
        (
            Candidate(f"flag {event.peak:.4f}", event.interval, event.peak, event.score, number, is_flag=True)
            for number, cluster in enumerate(clusters, start=1)
            for event in cluster.events
        ),
        key=lambda flag: flag.peak,
    )
    peaks = np.array([flag.peak for flag in flags])
    free: list[Candidate] = []
    for annotation in annotations:
        judged = _judged(annotation.interval, flags, peaks)
        for place in judged:
            flags[place] = _with(flags[place], annotation, rater_id)
        if not judged:
            free.append(_alone(annotation, rater_id))
    return tuple(sorted([*flags, *free], key=lambda candidate: candidate.peak))


def _judged(
    interval: Interval, flags: Sequence[Candidate], peaks: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> range:
    first, stop = np.searchsorted(peaks, (interval.start, interval.stop))
    if first < stop:
        return range(int(first), int(stop))
    # No peak inside: the flag before or after may still reach over the middle.
    for place in (int(first) - 1, int(first)):
        if 0 <= place < len(flags) and flags[place].interval.contains(interval.middle):
            return range(place, place + 1)
    return range(0)


def _with(flag: Candidate, annotation: Annotation, rater_id: int) -> Candidate:
    if annotation.rater.rater_id != rater_id:
        return replace(flag, others=(*flag.others, annotation))
    if flag.own is None or annotation.interval.seconds <= flag.own.interval.seconds:
        return replace(flag, own=annotation)
    return flag


def _alone(annotation: Annotation, rater_id: int) -> Candidate:
    own = annotation.rater.rater_id == rater_id
    return Candidate(
        key=annotation.annotation_id,
        interval=annotation.interval,
        peak=annotation.interval.middle,
        score=float("nan"),
        cluster=0,
        is_flag=False,
        own=annotation if own else None,
        others=() if own else (annotation,),
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
    in_cluster: dict[int, int] = {}
    for flag in left:
        in_cluster[flag.cluster] = in_cluster.get(flag.cluster, 0) + 1
    watched = [Interval(max(0.0, flag.peak - pre_roll), flag.peak + AFTER) for flag in left]
    return Workload(len(flags), len(left), in_cluster, total_seconds(watched) / 60)
