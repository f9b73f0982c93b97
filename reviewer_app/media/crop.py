"""Chooses and shapes the rectangle of the picture that the network looks at."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.recording import Picture, Recording
from reviewer_app.media.headway import Tell, nobody
from reviewer_app.media.person import PersonDetector
from reviewer_app.media.sample import Burst, sample_bursts

ROWS = 48
"""Cells into which the picture's height is divided to add up movement: 2 % of it each, less than an infant's arm."""

BURSTS = 48
"""Places of the recording that are looked at: one every ten minutes of a night."""

LEAST_MOVEMENT = 6.0
"""Grey levels by which a cell must change in 0.3 s; averaged over a cell, camera noise stays below 2."""

MOST_MOVING = 0.5
"""A burst in which more of the picture changes is light switched on, or the camera itself moving: it says nothing."""

SHARE = 0.75
"""Of all movement, how much the crop must hold; the rest is people passing and what goes on beside the bed."""

PERSON_SHARE = 0.95
"""Of what a person detector finds; its boxes are whole people already."""

SMALLEST = 0.35
"""Of the picture's shorter side; a smaller crop would enlarge a hand to a whole infant."""

MARGIN = 0.15
"""Of the square's side, added all round: limits reach out further in a spasm than in sleep."""

LEAST_BURSTS = 3
"""Bursts in which something must move in the same place before movement decides anything."""

PERSON_PICTURES = 24
"""Pictures in which a person is looked for; a detector takes about 0.1 s for each."""


def padded(crop: Crop, picture: Picture) -> Crop:
    """The crop grown to a square of displayed pixels around its middle, moved to stay inside the picture.

    Where the square is larger than the picture, that side becomes as long as the picture allows; what is then missing
    to a square is black in the clip (see ``prepare``).
    """
    side = max((crop.right - crop.left) * picture.width, (crop.bottom - crop.top) * picture.height)
    left, right = _grown(crop.left, crop.right, side / picture.width)
    top, bottom = _grown(crop.top, crop.bottom, side / picture.height)
    return Crop(left, top, right, bottom)


def automatic_crop(recording: Recording, *, bursts: int = BURSTS, tell: Tell = nobody) -> Crop:
    """The square in which movement accumulates over the whole recording; the whole picture where nothing tells.

    Each burst says of each cell only whether something moved there. So an infant who moves a little in many bursts
    outweighs a nurse who fills the picture in one. The same recording always gives the same crop.

    Raises:
        MediaError: A file cannot be opened any more.
    """
    cells = _cells(recording)
    seen = sample_bursts(recording, count=bursts, tell=tell)
    moved = [mask for burst in seen if (mask := _movement(burst, cells)) is not None]
    if not moved:
        return WHOLE_PICTURE
    often = np.sum(moved, axis=0, dtype=np.float64)
    if often.max() < min(LEAST_BURSTS, bursts):
        return WHOLE_PICTURE
    # Squared, so that a place where something moves twice as often counts as much as four others.
    return _around(np.square(often), recording.segments[0].picture, share=SHARE)


def person_crop(recording: Recording, model: Path, *, pictures: int = PERSON_PICTURES, tell: Tell = nobody) -> Crop:
    """The square around where an ONNX person detector finds somebody most often; by movement if it finds nobody.

    Raises:
        MediaError: The detector cannot be loaded or is of another kind, or a file cannot be opened any more.
    """
    detector = PersonDetector(model)
    rows, columns = _cells(recording)
    often = np.zeros((rows, columns))
    for burst in sample_bursts(recording, count=pictures, tell=tell):
        for box in detector.find(burst.pictures[-1]):
            part = np.s_[
                int(box.top * rows) : -int(-box.bottom * rows), int(box.left * columns) : -int(-box.right * columns)
            ]
            often[part] += 1
    if not often.any():
        return automatic_crop(recording, tell=tell)
    return _around(np.square(often), recording.segments[0].picture, share=PERSON_SHARE)


def _cells(recording: Recording) -> tuple[int, int]:
    """Rows and columns of square cells over the displayed picture."""
    picture = recording.segments[0].picture
    return ROWS, max(1, round(ROWS * picture.width / picture.height))


def _movement(burst: Burst, cells: tuple[int, int]) -> NDArray[np.bool_] | None:
    """In which cells something moved; None where the whole picture changed."""
    rows, columns = cells
    small = [
        cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (columns, rows), interpolation=cv2.INTER_AREA)
        for picture in burst.pictures
    ]
    change = np.max([cv2.absdiff(one, other) for one, other in pairwise(small)], axis=0)
    # A grainy picture flickers all over: what moves must stand out from its own burst.
    moved: NDArray[np.bool_] = change > max(LEAST_MOVEMENT, 3 * float(np.median(change)))
    return None if moved.mean() > MOST_MOVING else moved


def _around(weights: NDArray[np.float64], picture: Picture, *, share: float) -> Crop:
    """The smallest square that holds this share of the weights, with a margin."""
    rows, columns = weights.shape
    sums = np.pad(weights, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    for side, top, left in _best_squares(sums, rows, columns):
        held = sums[top + side, left + side] - sums[top, left + side] - sums[top + side, left] + sums[top, left]
        if held >= share * weights.sum():
            margin = side * MARGIN
            crop = Crop(
                max(0.0, (left - margin) / columns),
                max(0.0, (top - margin) / rows),
                min(1.0, (left + side + margin) / columns),
                min(1.0, (top + side + margin) / rows),
            )
            return padded(crop, picture)
    return WHOLE_PICTURE


def _best_squares(sums: NDArray[np.float64], rows: int, columns: int) -> Iterator[tuple[int, int, int]]:
    """For each side length, from the smallest on, the square that holds most: side, top, left."""
    shorter = min(rows, columns)
    for side in range(max(1, round(SMALLEST * shorter)), shorter + 1):
        held = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
        top, left = np.unravel_index(int(held.argmax()), held.shape)
        yield side, int(top), int(left)


def _grown(start: float, stop: float, length: float) -> tuple[float, float]:
    """A stretch of 0-1 made ``length`` long around its middle."""
    if length >= 1:
        return 0.0, 1.0
    start = min(max(0.0, (start + stop - length) / 2), 1 - length)
    return start, min(1.0, start + length)
