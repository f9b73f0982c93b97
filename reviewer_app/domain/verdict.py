"""What a reviewer's words say of single windows: which of them show what was judged, and which show nothing at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import FRAMES_PER_WINDOW, WINDOW_SECONDS, Interval, WindowGrid

JUDGED = {Label.SPASM: True, Label.NOT_SPASM: False, Label.ARTEFACT: False}
"""Labels that teach, and whether they say spasm. Unsure teaches nothing; another seizure is neither the one nor the
other, and what cannot be judged is not judged."""

REACH = 1.25
"""Seconds around a window's middle in which an onset must lie for the window to show it: its inner half. Nearer to the
edge a spasm is cut off, and a network that never saw its release has no reason to find it."""

ONSET_WITHIN = 1.0
"""Seconds after the beginning of a statement in which the spasm is taken to begin: hands are not exact, spasms last
1-2 s, and flags begin a little early."""

SILENCE = 5.0
"""Seconds between anything that was said and a window that is taken to show nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was judged, with the scored windows that show it."""

    time: float  # recording second
    is_spasm: bool
    windows: tuple[int, ...]


def verdicts_of(labels: Labels, trace: Trace, rater_id: int) -> tuple[Verdict, ...]:
    """A rater's verdicts in order of time; those without a scored window are left out.

    A window that shows a spasm counts for that alone, though it may also lie in a long stretch called something else.
    """
    own = [each for each in labels.annotations if each.rater.rater_id == rater_id and each.label in JUDGED]
    middles = middles_of(trace.grid)
    scored = trace.states == WindowState.SCORED
    spasms = [_verdict(each, middles, scored) for each in own if JUDGED[each.label]]
    scored[[window for each in spasms for window in each.windows]] = False
    others = [_verdict(each, middles, scored) for each in own if not JUDGED[each.label]]
    return tuple(sorted((each for each in (*spasms, *others) if each.windows), key=lambda each: each.time))


def quiet_windows(labels: Labels, trace: Trace, rater_id: int) -> NDArray[np.int64]:
    """Windows that do not overlap each other, in time that the rater finalised without saying anything about it.

    Only there does silence mean that nothing was seen: reviewed time that is not finalised may still get its verdicts.
    """
    middles = middles_of(trace.grid)
    starts, stops = middles - WINDOW_SECONDS / 2, middles + WINDOW_SECONDS / 2
    inside = np.zeros(trace.grid.count, np.bool_)
    for span in labels.finalised_by(rater_id):
        inside |= (starts >= span.start) & (stops <= span.stop)
    for each in labels.annotations:  # whoever said it
        inside &= (stops + SILENCE <= each.interval.start) | (starts - SILENCE >= each.interval.stop)
    apart = -(-FRAMES_PER_WINDOW // trace.grid.stride)
    return np.flatnonzero((inside & (trace.states == WindowState.SCORED))[::apart]) * apart


def middles_of(grid: WindowGrid) -> NDArray[np.float64]:
    """The recording second in the middle of each window."""
    return np.arange(grid.count, dtype=np.float64) * grid.stride_seconds + WINDOW_SECONDS / 2


def _verdict(annotation: Annotation, middles: NDArray[np.float64], scored: NDArray[np.bool_]) -> Verdict:
    interval, is_spasm = annotation.interval, JUDGED[annotation.label]
    if is_spasm:
        time = interval.start + min(interval.seconds / 2, ONSET_WITHIN)
        shown = Interval(time, time)
    else:
        # All of a long stretch that is none; of a short one as much as of a spasm.
        time, shown = interval.middle, interval
    first, stop = np.searchsorted(middles, (shown.start - REACH, shown.stop + REACH))
    return Verdict(time, is_spasm, tuple((np.flatnonzero(scored[first:stop]) + first).tolist()))
