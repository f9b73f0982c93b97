"""Clips: what decides their pixels is stated once, and nonsense is refused before a pixel is read."""

import math

import pytest

from reviewer_app.domain.clip import WHOLE_PICTURE, ClipSpec, Crop


@pytest.mark.parametrize(
    "corners",
    [(0.5, 0, 0.5, 1), (0.6, 0, 0.5, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.01), (0, 0.9, 1, 0.1), (math.nan, 0, 1, 1)],
)
def test_a_crop_without_area_or_outside_the_picture_is_refused(corners: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="give left,top,right,bottom between 0 and 1"):
        Crop(*corners)


def test_a_crop_is_written_as_it_is_given() -> None:
    assert str(Crop(0.25, 0, 0.75, 1)) == "0.2500,0.0000,0.7500,1.0000"
    assert str(WHOLE_PICTURE) == "0.0000,0.0000,1.0000,1.0000"


def test_a_clip_spec_is_for_the_windows_of_this_program() -> None:
    assert ClipSpec(size=128).frames == 16
    for wrong in ({"frames": 8}, {"seconds": 4.0}):
        with pytest.raises(ValueError, match="16 frames over 5 s"):
            ClipSpec(**wrong)


@pytest.mark.parametrize("size", [8, 4096])
def test_a_clip_of_absurd_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=f"a clip of {size} pixels"):
        ClipSpec(size=size)


def test_a_deviation_that_cannot_be_divided_by_is_refused() -> None:
    with pytest.raises(ValueError, match="deviation must be positive"):
        ClipSpec(deviation=(0.2, 0.0, 0.2))
