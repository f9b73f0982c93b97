"""The two places where rooms meet without knowing each other: pixels in, scores out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class GridFrame:
    """One sample of the frame grid, prepared by the clip spec; ``pixels`` is None where there is no picture."""

    number: int  # grid frame
    pixels: NDArray[np.uint8] | None  # (size, size, 3) RGB
    undecodable: bool = False  # a file claims a picture here, but it cannot be decoded
    quality: tuple[float, float, float] = (float("nan"),) * 3  # brightness, colour variance, sharpness
    motion: float = float("nan")  # mean absolute difference to the grid frame before, 0-255
    visibility: float = float("nan")  # how sure a person detector was of somebody, 0-1; it looks once in a window


class FrameSource(Protocol):
    """Anything that gives the prepared frames of a recording's grid, in order."""

    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        """Grid frames ``first`` to ``stop - 1``, one after the other; closing the iterator closes the files."""
        ...


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a few clips."""

    probability: NDArray[np.float32]  # (n,) 0-1
    activity: NDArray[np.float32]  # (n, bins) 0-1; bins is 0 where the network has no second target
    embeddings: NDArray[np.float16]  # (n, features)


class Scorer(Protocol):
    """Anything that turns clips into scores; the score of a clip does not depend on the clips beside it."""

    def score(self, clips: NDArray[np.uint8]) -> Scores:
        """Scores of ``clips`` (n, 16, size, size, 3) uint8 RGB."""
        ...
