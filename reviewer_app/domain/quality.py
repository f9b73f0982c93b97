"""What makes a stretch of video hard to judge, in numbers and as suggestions with a reason."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import Interval

MEASURES = ("brightness", "colour_variance", "motion", "sharpness", "frames")
"""Columns of a trace's quality, per window; the first four as in Miron et al. 2025 (see ``media/quality.py``).

brightness: mean pixel, 0-255. colour_variance: mean variance over R, G, B; under a threshold the picture is night
(infrared). motion: mean absolute difference of consecutive grid frames, 0-255. sharpness: variance of the Laplacian.
frames: how many of the 16 grid frames were really there.
"""


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
