"""Which part of a window its score depends on: hide a part, score again, and see how far the score falls.

Occlusion sensitivity (Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks", section 4.2), in
space and time. A hidden part shows the window's median picture, so that what moved there stands still: to a network
that looks for movement, a grey patch would be one more movement.
"""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.source import Scorer
from reviewer_app.domain.window import FRAMES_PER_WINDOW

BATCH = 16


@dataclass(frozen=True, slots=True)
class Patches:
    """How a window is cut into parts that are hidden one at a time."""

    across: int  # parts of the width, and of the height
    along: int  # parts of the time

    def __post_init__(self) -> None:
        if self.across < 1 or self.along < 1 or FRAMES_PER_WINDOW % self.along:
            raise ValueError(f"not a way to cut a window: {self}")


FINE, COARSE = Patches(8, 4), Patches(6, 2)
"""A large network scores fifty times more slowly, so it is asked less."""

LARGE = 128
"""Pixels above which a clip counts as large."""


def patches_for(size: int) -> Patches:
    """How finely clips of a size are cut; the size alone decides, so that the same clip is always explained alike."""
    return COARSE if size > LARGE else FINE


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a window's score depends on.

    Attributes:
        score: Of the window as it is, 0-1.
        saliency: (16, S, S) float32, 0-1 of the greatest: how far the score's log-odds fall without a part.
        falls: (16,) float32: how far the log-odds fall without a frame; negative where they rise.
    """

    score: float
    saliency: NDArray[np.float32]
    falls: NDArray[np.float32]


def attribute(
    scorer: Scorer, clip: NDArray[np.uint8], *, patches: Patches
) -> Generator[tuple[int, int], None, Attribution]:
    """Explains the score of one clip (16, S, S, 3); yields (clips scored, clips to score) after each batch."""
    still = np.median(clip, axis=0).astype(np.uint8)  # (S, S, 3): the window without movement
    hidden = [*_parts(patches, size=clip.shape[1]), *_frames()]
    whole = float(scorer.score(clip[None]).probability[0])
    falls = np.empty(len(hidden), np.float32)
    for first in range(0, len(hidden), BATCH):
        batch = np.stack([_without(clip, still, part) for part in hidden[first : first + BATCH]])
        falls[first : first + BATCH] = _log_odds(whole) - _log_odds(scorer.score(batch).probability)
        yield min(first + BATCH, len(hidden)), len(hidden)
    saliency = np.zeros(clip.shape[:3], np.float32)
    for part, fall in zip(hidden[:-FRAMES_PER_WINDOW], falls, strict=False):
        saliency[part] = max(float(fall), 0.0)
    greatest = float(saliency.max())
    return Attribution(whole, saliency / greatest if greatest > 0 else saliency, falls[-FRAMES_PER_WINDOW:])


Part = tuple[slice, slice, slice]
"""Frames, rows and columns that are hidden together."""


def _parts(patches: Patches, *, size: int) -> list[Part]:
    edges = np.linspace(0, size, patches.across + 1).round().astype(int)
    sides = [slice(int(a), int(b)) for a, b in pairwise(edges)]
    step = FRAMES_PER_WINDOW // patches.along
    times = [slice(first, first + step) for first in range(0, FRAMES_PER_WINDOW, step)]
    return list(product(times, sides, sides))


def _frames() -> list[Part]:
    everywhere = slice(None)
    return [(slice(frame, frame + 1), everywhere, everywhere) for frame in range(FRAMES_PER_WINDOW)]


def _without(clip: NDArray[np.uint8], still: NDArray[np.uint8], part: Part) -> NDArray[np.uint8]:
    changed = clip.copy()
    changed[part] = still[part[1:]]
    return changed


def _log_odds(scores: float | NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores near 0 and 1 hardly move; their log-odds do."""
    held = np.clip(np.asarray(scores, np.float64), 1e-6, 1 - 1e-6)
    odds: NDArray[np.float64] = np.log(held / (1 - held))
    return odds
