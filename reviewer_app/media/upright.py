"""Turns stored pictures upright, and finds in them what a person pointed at: the one place that rotates and mirrors."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.recording import Picture

Kind = TypeVar("Kind", bound=np.generic)


def upright(pixels: NDArray[Kind], picture: Picture) -> NDArray[Kind]:
    """The picture as a person sees it, from stored pixels (height, width, ...), scaled or not: a view, not a copy."""
    shown = pixels[:, ::-1] if picture.mirrored else pixels
    return np.rot90(shown, -picture.rotation // 90)  # rot90 turns counter-clockwise


def stored_crop(crop: Crop, picture: Picture) -> Crop:
    """Where in the stored picture the given rectangle of the displayed picture lies."""
    left, top, right, bottom = crop.left, crop.top, crop.right, crop.bottom
    for _ in range(picture.rotation // 90):
        # Undo a clockwise quarter turn: what a person sees at the top lay at the left.
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    if picture.mirrored:
        left, right = 1 - right, 1 - left
    return Crop(left, top, right, bottom)


def stored_size(picture: Picture) -> tuple[int, int]:
    """Width and height of the displayed picture before it was turned."""
    turned = picture.rotation % 180 == 90
    return (picture.height, picture.width) if turned else (picture.width, picture.height)
