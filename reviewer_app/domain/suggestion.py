"""From a trace's quality to suggestions: stretches in which nothing can be judged, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.quality import MEASURES, Hindrance, NotAnalysable
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, subtract, union


@dataclass(frozen=True, slots=True)
class _Rule:
    """How low a measure must be for nothing to be judged: under ``enter`` once, and under ``leave`` all along."""

    reason: Hindrance
    measure: str
    enter: float
    leave: float
    least_seconds: float


RULES = (
    # Infrared wards lie at 40-120 of 255; below 12 only lamps show. 10 s: a hand before a lamp is no darkness.
    _Rule(Hindrance.DARK, "brightness", enter=12, leave=18, least_seconds=10),
    # The Laplacian of camera noise alone has 20 times the noise's variance: 5-15 at this size. Rooms have hundreds.
    _Rule(Hindrance.COVERED, "sharpness", enter=15, leave=25, least_seconds=10),
    # A repeated picture differs by exactly 0 between key pictures, and by a fraction of a level at them: under 0.03
    # over a window. A sleeper's breath moves a tenth of the picture by a level or more (0.1), and cameras add noise.
    _Rule(Hindrance.FROZEN, "motion", enter=0.005, leave=0.03, least_seconds=30),
)
"""In this order: a stretch gets the first reason that fits."""


def suggest_not_analysable(trace: Trace) -> tuple[NotAnalysable, ...]:
    """Stretches of scanned video in which nothing can be judged, in order of time, each with its reason.

    They are suggestions for a person: nothing is left out of a scan because of them.
    """
    taken: tuple[Interval, ...] = ()
    found: list[NotAnalysable] = []
    for rule in RULES:
        values = trace.quality[:, MEASURES.index(rule.measure)]
        stretches = subtract(_stretches(trace, values, rule), taken)
        found += [NotAnalysable(each, rule.reason) for each in stretches if each.seconds >= rule.least_seconds]
        taken = union((*taken, *stretches))
    return tuple(sorted(found, key=lambda each: each.interval))


def _stretches(trace: Trace, values: NDArray[np.float32], rule: _Rule) -> Iterator[Interval]:
    """Runs of windows under ``leave`` (NaN is not) of which at least one is under ``enter``."""
    low = np.diff(np.r_[0, (values < rule.leave).astype(np.int8), 0])
    for first, stop in zip(np.flatnonzero(low == 1), np.flatnonzero(low == -1), strict=True):
        if values[first:stop].min() < rule.enter:
            yield Interval(trace.grid.interval(int(first)).start, trace.grid.interval(int(stop) - 1).stop)
