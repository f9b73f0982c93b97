"""Which way is up: from a file's display matrix to a quarter turn and a mirror."""

import math
import struct
from dataclasses import dataclass

TOLERANCE = 5.0
"""Degrees by which a stored rotation may miss a quarter turn; phones round, nobody films at 30 degrees on purpose."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """How the stored picture becomes the one a person sees: mirrored first, then turned clockwise."""

    rotation: int = 0  # degrees: 0, 90, 180, 270
    mirrored: bool = False  # left to right
    makes_sense: bool = True  # False where the file says something that no display can do


def read_orientation(matrix: bytes) -> Orientation:
    """The orientation that a display matrix asks for; upright where the matrix makes no sense.

    The matrix holds nine 32-bit numbers; of these ``a b c d`` (the first two of the first two rows, 16.16 fixed point)
    map a stored point: x' = a x + c y, y' = b x + d y, with y pointing down (ISO 14496-12, 8.3.2).
    """
    if len(matrix) != 36:
        return Orientation(makes_sense=False)
    a, b, _, c, d, *_ = (value / 65536 for value in struct.unpack("=9i", matrix))
    size = math.hypot(a, b)
    area = a * d - b * c
    if size == 0 or area == 0:
        return Orientation(makes_sense=False)
    mirrored = area < 0
    if mirrored:
        # Undo the mirror, which comes first, so that only the turn is left.
        a, b = -a, -b
    degrees = math.degrees(math.atan2(b, a)) % 360
    turns = round(degrees / 90)
    if abs(degrees - 90 * turns) > TOLERANCE:
        return Orientation(makes_sense=False)
    return Orientation(turns % 4 * 90, mirrored)
