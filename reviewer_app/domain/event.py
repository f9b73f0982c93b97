"""From a trace to events and clusters: smoothing, peak picking with hysteresis, operating points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, WINDOW_SECONDS, Interval

CLUSTER_GAP = 60.0
"""Seconds; events closer than this belong to one cluster (spasms in a cluster come 5-30 s apart)."""

LEAST_DISTANCE = 2.5
"""Seconds between two events; spasms of one cluster come 5-10 s apart, so this splits no spasm and joins no two."""


_MIDDLE_FRAME = (FRAMES_PER_WINDOW - 1) / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """Evenly spaced values over recording time, from which events are picked; NaN where nothing is known."""

    start: float  # recording second of the first value
    step: float  # seconds between values
    values: NDArray[np.float64]  # (n,) 0-1
    half_width: float  # seconds that a value reaches to either side of its time

    def time(self, index: float) -> float:
        """The recording second of a (possibly fractional) position in the values."""
        return self.start + index * self.step


def event_curve(trace: Trace) -> Curve:
    """The curve on which events are picked.

    Where the network tells activity within the window, every grid frame gets two means over the windows that see it: of
    their activity there, and of their scores. A window that sees the frame in its middle, with what came before and
    what comes after, counts most: on phantom nights that finds more spasms at the same rate of false alarms. The curve
    is the geometric mean of both: activity says when, the score says whether. Otherwise a window's score stands at the
    window's middle; a spasm then shows as a plateau up to 5 s wide.
    """
    if trace.bins == 0:
        values = trace.scores.astype(np.float64)
        return Curve(WINDOW_SECONDS / 2, trace.grid.stride_seconds, values, WINDOW_SECONDS / 2)
    activity = np.repeat(trace.activity, FRAMES_PER_WINDOW // trace.bins, axis=1)  # (windows, 16)
    total, weights, score = (np.zeros(trace.grid.frame_count) for _ in range(3))
    scored = ~np.isnan(trace.scores)
    firsts = np.flatnonzero(scored) * trace.grid.stride
    for offset in range(FRAMES_PER_WINDOW):
        # Windows start at distinct frames, so a plain fancy-indexed addition counts each of them once.
        weight = 1 - abs(offset - _MIDDLE_FRAME) / (_MIDDLE_FRAME + 1.5)
        total[firsts + offset] += weight * activity[scored, offset]
        score[firsts + offset] += weight * trace.scores[scored]
        weights[firsts + offset] += weight
    with np.errstate(invalid="ignore"):
        values = np.sqrt((total / weights) * (score / weights))
    return Curve(FRAME_STEP / 2, FRAME_STEP, values, FRAME_STEP / 2)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold pair, chosen by the false alarms per hour that it is predicted to give."""

    enter: float  # an event must reach this
    leave: float  # and lasts while the curve stays at or over this
    false_alarms_per_hour: float  # predicted, from the bundle's calibration
    sensitivity: float = float("nan")  # predicted share of spasms found, where the calibration tells

    def __post_init__(self) -> None:
        if not 0 < self.leave <= self.enter <= 1 or self.false_alarms_per_hour < 0:
            raise ValueError(f"not an operating point: {self}")


def choose_operating_point(points: Sequence[OperatingPoint], false_alarms_per_hour: float) -> OperatingPoint:
    """The most sensitive point predicted to stay at or under the given rate; the strictest there is if none does."""
    if not points:
        raise ValueError("there are no operating points to choose from")
    allowed = [point for point in points if point.false_alarms_per_hour <= false_alarms_per_hour]
    return min(allowed, key=lambda p: p.enter) if allowed else max(points, key=lambda p: p.enter)


@dataclass(frozen=True, slots=True)
class Event:
    """A peak-picked excursion of the trace over the operating point: one suspected spasm."""

    interval: Interval
    peak: float  # recording second of the highest value
    score: float  # the curve's value there, 0-1


@dataclass(frozen=True, slots=True)
class Cluster:
    """Events closer to each other than the cluster gap."""

    events: tuple[Event, ...]

    @property
    def interval(self) -> Interval:
        """From the first event's start to the last one's stop."""
        return Interval(self.events[0].interval.start, max(event.interval.stop for event in self.events))

    @property
    def spacings(self) -> tuple[float, ...]:
        """Seconds from each event's peak to the next one's."""
        return tuple(b.peak - a.peak for a, b in zip(self.events, self.events[1:], strict=False))


VALLEY = 0.6
"""Between two peaks of one excursion the curve must fall to this share of the lower one for them to be two events."""


def pick_events(curve: Curve, point: OperatingPoint) -> tuple[Event, ...]:
    """Events of a curve: excursions over ``leave`` that reach ``enter``, split at deep valleys.

    Hysteresis keeps a flickering curve one event; the valley rule keeps two spasms 5-10 s apart two events even where
    the curve does not fall below ``leave`` between them. Peaks nearer than ``LEAST_DISTANCE`` are one event.
    """
    values = np.nan_to_num(curve.values, nan=0.0)
    over = np.diff(np.r_[0, (values >= point.leave).astype(np.int8), 0])
    firsts, stops = np.flatnonzero(over == 1), np.flatnonzero(over == -1)
    if not len(firsts):
        return ()
    # Low excursions are passed over at once, and lists are walked, not arrays: while somebody drags the operating
    # point of a long recording, tens of thousands are looked at again and again.
    high = np.maximum.reduceat(values, firsts) >= point.enter
    events: list[Event] = []
    for first, stop in zip(firsts[high].tolist(), stops[high].tolist(), strict=True):
        excursion = values[first:stop].tolist()
        for left, right in _split(excursion, curve.step):
            part = excursion[left:right]
            if max(part) >= point.enter:
                _add(events, _event(curve, first + left, part))
    return tuple(events)


def _add(events: list[Event], new: Event) -> None:
    """Appends an event, or widens the last one where both peaks are too near for two spasms; the higher peak stands."""
    if events and new.peak - events[-1].peak < LEAST_DISTANCE:
        last = events.pop()
        higher = max(last, new, key=lambda event: event.score)
        new = Event(Interval(last.interval.start, new.interval.stop), higher.peak, higher.score)
    events.append(new)


def _event(curve: Curve, left: int, part: list[float]) -> Event:
    # The middle of the highest plateau, not its first sample: window scores saturate.
    score = max(part)
    plateau = [i for i, value in enumerate(part) if value >= score * 0.98]
    peak = curve.time(left + (plateau[0] + plateau[-1]) / 2)
    start = max(0.0, curve.time(left) - curve.half_width)
    return Event(Interval(start, curve.time(left + len(part) - 1) + curve.half_width), peak, score)


def _split(values: list[float], step: float) -> Iterable[tuple[int, int]]:
    """Cuts an excursion at the lowest point between peaks that are far enough apart and deep enough divided."""
    left = top = low = 0  # where the current part began; its highest sample so far; the lowest since that top
    for i in range(1, len(values)):
        if values[i] < values[low]:
            low = i
        deep = values[low] <= VALLEY * min(values[top], values[i])
        if deep and (i - top) * step >= LEAST_DISTANCE and low > top:
            yield left, low
            left, top, low = low, i, i
        elif values[i] > values[top]:
            top = low = i
    yield left, len(values)


def find_clusters(events: Sequence[Event], *, gap: float = CLUSTER_GAP) -> tuple[Cluster, ...]:
    """Groups events whose peaks follow each other within ``gap`` seconds; a lone event is a cluster of one."""
    groups: list[list[Event]] = []
    for event in sorted(events, key=lambda e: e.peak):
        if groups and event.peak - groups[-1][-1].peak <= gap:
            groups[-1].append(event)
        else:
            groups.append([event])
    return tuple(Cluster(tuple(group)) for group in groups)


def point_at(points: Sequence[OperatingPoint], enter: float) -> OperatingPoint:
    """The operating point at a threshold that a person chose, with what the calibration predicts there.

    Between calibrated points the rate of false alarms is interpolated on a logarithmic scale and the sensitivity
    linearly; beyond them the nearest point's figures stand, since nothing was measured there.

    Args:
        points: calibrated ones, in any order.
        enter: the wanted threshold, over 0 and at most 1.
    """
    if not points:
        raise ValueError("there are no operating points to go by")
    ordered = sorted(points, key=lambda point: point.enter)
    enters = [point.enter for point in ordered]
    rates = np.log([max(point.false_alarms_per_hour, 1e-6) for point in ordered])
    return OperatingPoint(
        enter=enter,
        leave=enter * float(np.interp(enter, enters, [point.leave / point.enter for point in ordered])),
        false_alarms_per_hour=float(np.exp(np.interp(enter, enters, rates))),
        sensitivity=float(np.interp(enter, enters, [point.sensitivity for point in ordered])),
    )
