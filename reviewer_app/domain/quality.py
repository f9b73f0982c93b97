"""What makes a stretch of video hard to judge, in numbers and as suggestions with a reason."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import Interval

MEASURES = ("brightness", "colour_variance", "motion", "sharpness", "frames", "visibility")
"""Columns of a trace's quality, per window; all but frames as in Miron et al. 2025 (see ``media/quality.py``).

brightness: mean pixel, 0-255. colour_variance: mean variance over R, G, B; under a threshold the picture is night
(infrared). motion: mean absolute difference of consecutive grid frames, 0-255. sharpness: variance of the Laplacian.
frames: how many of the 16 grid frames were really there. visibility: how sure a person detector was, 0-1, that somebody
is where the network looks; NaN where none was named.
"""

EARLIER_MEASURES = len(MEASURES) - 1
"""Columns of traces from before visibility was measured, and of those to which it would add nothing."""


def widened(quality: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of all measures, from rows that lack the last ones: what nobody measured is unknown.

    Args:
        quality: (n, columns); at least ``EARLIER_MEASURES`` of them, at most all.
    """
    n, columns = quality.shape
    if not EARLIER_MEASURES <= columns <= len(MEASURES):
        raise ValueError(f"quality has {EARLIER_MEASURES} to {len(MEASURES)} columns, not {columns}")
    return np.hstack([quality, np.full((n, len(MEASURES) - columns), np.nan, np.float32)])


def narrowed(quality: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same rows without the last measure, where it is known of none."""
    return quality[:, :EARLIER_MEASURES] if np.isnan(quality[:, EARLIER_MEASURES:]).all() else quality


NIGHT_COLOUR_VARIANCE = 12.0
"""Below this mean variance over R, G and B a picture is night: infrared is grey, and what chroma noise and compression
leave is a few levels squared, while lit rooms measure hundreds. Ours: the published threshold is not stated."""


def is_night(quality: NDArray[np.float32]) -> NDArray[np.bool_]:
    """For each row of a trace's quality, whether the camera saw by infrared; False where nothing was measured."""
    night: NDArray[np.bool_] = quality[:, MEASURES.index("colour_variance")] < NIGHT_COLOUR_VARIANCE
    return night


class Hindrance(StrEnum):
    """Why a stretch may be not analysable."""

    DARK = "dark"
    COVERED = "covered"  # a picture without detail: the lens is covered or the camera faces a wall
    FROZEN = "frozen"  # the same picture over and over: the recorder hung


@dataclass(frozen=True, slots=True)
class NotAnalysable:
    """A suggestion, for a person to accept or refuse, that nothing can be judged here."""

    interval: Interval
    reason: Hindrance
