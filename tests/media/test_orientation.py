import struct
from collections.abc import Sequence

import pytest

from reviewer_app.media.orientation import Orientation, read_orientation


def matrix(a: float, b: float, c: float, d: float) -> bytes:
    return struct.pack("=9i", *(round(v * 65536) for v in (a, b, 0, c, d, 0)), 0, 0, 1 << 30)


@pytest.mark.parametrize(
    ("values", "rotation", "mirrored"),
    [
        ((1, 0, 0, 1), 0, False),
        ((0, 1, -1, 0), 90, False),  # right becomes down: clockwise
        ((-1, 0, 0, -1), 180, False),
        ((0, -1, 1, 0), 270, False),
        ((-1, 0, 0, 1), 0, True),
        ((1, 0, 0, -1), 180, True),  # upside down is a mirror and half a turn
        ((0, -1, -1, 0), 90, True),  # mirrored, right is left; turned clockwise, left is up
        ((0, 1, 1, 0), 270, True),
        ((0.02, 0.999, -0.999, 0.02), 90, False),
    ],
)
def test_quarter_turns_and_mirrors_are_read(values: Sequence[float], rotation: int, mirrored: bool) -> None:
    a, b, c, d = values
    assert read_orientation(matrix(a, b, c, d)) == Orientation(rotation, mirrored)


@pytest.mark.parametrize("content", [bytes(36), b"", matrix(0.7, 0.7, -0.7, 0.7), matrix(1, 1, 1, 1)])
def test_a_matrix_that_no_display_can_follow_leaves_the_picture_as_stored(content: bytes) -> None:
    assert read_orientation(content) == Orientation(makes_sense=False)
