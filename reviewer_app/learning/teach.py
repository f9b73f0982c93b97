"""Which windows would teach most: those of which the adapted head is unsure, and near to what would be flagged."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.trace import Trace
from reviewer_app.domain.verdict import middles_of
from reviewer_app.domain.window import WINDOW_SECONDS, Interval
from reviewer_app.learning.adapt import Floats

NEAR = 1.5
"""Logits from the operating point within which a verdict may well change what is flagged."""

APART = 20.0
"""Seconds between two windows that are asked about: neighbours teach the same."""

BEYOND = 2.5
"""Seconds around what was judged that count as judged, too."""

MOST = 20


def most_telling(
    trace: Trace, scores: Floats, deviations: NDArray[np.float32], *, enter: float, judged: Sequence[Interval]
) -> tuple[float, ...]:
    """Recording seconds worth a verdict, the best first.

    How unsure the score is counts as much as how near it is to the operating point: far above or below it, a verdict
    that turns the head a little changes no flag.

    Args:
        trace: Tells when in a window something goes on.
        scores: Adapted ones (windows,), NaN where there is none.
        deviations: Of their logits.
        enter: What a flag must reach.
        judged: What already has a verdict.
    """
    moments, values = _moments(trace, scores)
    away = _logit(values) - _logit(np.array(enter))
    telling = deviations * np.exp(-((away / NEAR) ** 2) / 2)
    telling[np.isnan(telling)] = 0.0
    for each in judged:
        telling[(moments > each.start - BEYOND) & (moments < each.stop + BEYOND)] = 0.0
    found: list[float] = []
    for window in np.argsort(-telling, kind="stable"):
        if telling[window] <= 0.0 or len(found) == MOST:
            break
        if all(abs(moments[window] - other) >= APART for other in found):
            found.append(float(moments[window]))
    return tuple(found)


def _moments(trace: Trace, scores: Floats) -> tuple[Floats, Floats]:
    """When in each window most goes on, and about how high the curve stands then."""
    if trace.bins == 0:
        return middles_of(trace.grid), scores
    activity = np.nan_to_num(trace.activity)
    starts = np.arange(trace.grid.count) * trace.grid.stride_seconds
    moments = starts + (activity.argmax(axis=1) + 0.5) * WINDOW_SECONDS / trace.bins
    return moments, np.sqrt(activity.max(axis=1) * scores)


def _logit(chance: Floats) -> Floats:
    held = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.log(held / (1 - held))
