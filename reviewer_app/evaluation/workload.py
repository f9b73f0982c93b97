"""What a night costs its reviewer, and how late events begin: minutes to watch, time saved, latency."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.evaluation.curves import Froc, FrocPoint
from reviewer_app.evaluation.scoring import NAN, match_onsets, within
from reviewer_app.evaluation.study import Study

TARGETS = (0.9, 0.95, 0.99)
"""Shares of spasms that a reviewer may want to meet."""


@dataclass(frozen=True, slots=True)
class ReviewCost:
    """What must be watched to meet a share of all spasms."""

    target: float  # share of spasms to be met
    point: FrocPoint | None  # the strictest threshold that meets it; None where no threshold does

    @property
    def minutes_per_hour(self) -> float:
        """Minutes to watch per analysable hour; NaN where no threshold meets the target."""
        return self.point.minutes_per_hour if self.point else NAN

    @property
    def time_saved(self) -> float:
        """Share of the analysable time that need not be watched; NaN where no threshold meets the target."""
        return 1 - self.minutes_per_hour / 60


def review_costs(curve: Froc, *, targets: tuple[float, ...] = TARGETS) -> tuple[ReviewCost, ...]:
    """For each target the strictest threshold that meets it, with what there is to watch."""
    return tuple(
        ReviewCost(target, next((each for each in curve.points if each.sensitivity >= target), None))
        for target in targets
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its quartiles; NaN where there was nothing to measure."""

    count: int
    median: float
    lower: float  # quartile
    upper: float  # quartile


def spread(values: list[float]) -> Spread:
    """Median and quartiles of some values."""
    if not values:
        return Spread(0, NAN, NAN, NAN)
    lower, median, upper = np.quantile(values, [0.25, 0.5, 0.75])
    return Spread(len(values), float(median), float(lower), float(upper))


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from a spasm's onset to the event that found it; below 0 where the event is earlier."""

    start: Spread  # to the event's start
    peak: Spread  # to its peak


def latency(study: Study) -> Latency:
    """How late events come, over all spasms in analysable time that were found at the operating point."""
    starts: list[float] = []
    peaks: list[float] = []
    for each in study.recordings:
        onsets = [spasm.start for spasm in each.spasms]
        times = [event.peak for event in each.events]
        for spasm, event in match_onsets(onsets, times, tolerance=study.rules.scoring.tolerance):
            if within(onsets[spasm], each.analysable):
                starts.append(each.events[event].interval.start - onsets[spasm])
                peaks.append(times[event] - onsets[spasm])
    return Latency(spread(starts), spread(peaks))
