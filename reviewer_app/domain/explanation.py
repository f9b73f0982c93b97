"""Why a window scored as it did, in pictures: plain values that a job sends and a view shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.trace import frozen


@dataclass(frozen=True, slots=True)
class Explanation:
    """One window as the network saw it, and what its score depends on.

    Attributes:
        window: Its number in the trace's grid.
        place: The rectangle of the displayed picture that was scored.
        filled: The part of each frame that shows it, in fractions of the frame; the rest is black.
        score: 0-1, computed anew.
        frames: (16, S, S, 3) uint8 RGB: the crop of the picture that was scored.
        saliency: (16, S, S) float32, 0-1 of the greatest: how far the score falls when a part is made to stand still.
        falls: (16,) float32: how far the score's log-odds fall when one frame is; negative where they rise.
    """

    window: int
    place: Crop
    filled: Crop
    score: float
    frames: NDArray[np.uint8]
    saliency: NDArray[np.float32]
    falls: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.frames.shape != (*self.saliency.shape, 3) or self.falls.shape != self.frames.shape[:1]:
            raise ValueError(
                f"an explanation of {self.frames.shape} with a saliency of {self.saliency.shape} and falls of "
                f"{self.falls.shape}"
            )
        for values in (self.frames, self.saliency, self.falls):
            frozen(values)
