"""Makes frames of the grid from decoded pictures, by the clip spec: the same pixels for scanning and for training.

AREA takes the picture on show at the middle of a cell and averages the areas that become one pixel. It keeps the
aspect: what the crop lacks to a square is black. TRILINEAR equals ``torch.nn.functional.interpolate(mode="trilinear",
align_corners=False)`` of the recording's pictures at 30 frames/s to 16 frames a window; as there, a crop that is no
square is stretched to one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE, ClipSpec, Crop, Resampling
from reviewer_app.domain.recording import Picture
from reviewer_app.domain.window import frame_time
from reviewer_app.media.quality import MEASURED_SIZE, Measured, measure
from reviewer_app.media.upright import stored_crop, stored_size, upright

TRILINEAR_RATE = 30
"""Frames/s to which the published recipe brings every video first."""

PICTURES_PER_FRAME = 150 / 16
"""Pictures at 30 frames/s for each frame of the grid."""

# Bit-exact, so that scores do not depend on the processor; full chroma, else colour is halved again when small.
_AVERAGE = (
    Interpolation.AREA | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
    | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
)  # fmt: skip

_SLICEABLE = frozenset(
    {"gray", "yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p"}
    | {"yuv420p10le", "yuv422p10le", "yuv444p10le"}
)
"""Pixel formats of which a part can be handed to the scaler without copying."""


def moments(number: int, resampling: Resampling) -> tuple[float, ...]:
    """The recording seconds whose pictures make a frame of the grid, in order."""
    if resampling is Resampling.AREA:
        return (frame_time(number),)
    position = _position(number)
    return math.floor(position) / TRILINEAR_RATE, math.ceil(position) / TRILINEAR_RATE


def _position(number: int) -> float:
    """Where a grid frame lies between the pictures at 30 frames/s (half-pixel centres: align_corners=False)."""
    return (number + 0.5) * PICTURES_PER_FRAME - 0.5


@dataclass(frozen=True, slots=True)
class _Box:
    """A part of a stored picture, in whole pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the crop lies in pictures of one size, and how large it is in the clip before turning."""

    picture: tuple[int, int]  # width and height of the pictures
    box: _Box
    clip: tuple[int, int]  # width and height


class FramePreparer:
    """Prepares the pictures of one segment; ``crop`` is already padded to the shape that it shall have."""

    def __init__(self, spec: ClipSpec, *, crop: Crop, picture: Picture) -> None:
        self._spec = spec
        self._picture = picture
        self._crop = stored_crop(crop, picture)
        self._scaler = VideoReformatter()
        self._converter = VideoReformatter()
        self._known: _Place | None = None
        self._small: tuple[VideoFrame, NDArray[np.uint8]] | None = None  # the picture scaled last
        self._last: list[tuple[VideoFrame, NDArray[np.float32]]] = []  # bilinear pictures that may be needed again

    def pixels(self, number: int, pictures: Sequence[VideoFrame]) -> NDArray[np.uint8]:
        """Frame ``number`` (size, size, 3) RGB from the pictures at its ``moments``."""
        if self._spec.resampling is Resampling.AREA:
            return self._average(pictures[0])
        before, after = (self._bilinear(picture) for picture in pictures)
        part = np.float32(_position(number) % 1)
        return np.rint(before + (after - before) * part).astype(np.uint8)

    def measured(self, picture: VideoFrame) -> Measured:
        """The quality measures of what the crop shows."""
        small = self._scaled_down(picture)
        # By whole numbers, which is many times faster.
        times = max(1, round(max(small.shape[:2]) / MEASURED_SIZE))
        return measure(_reduced(small, times))

    def _average(self, picture: VideoFrame) -> NDArray[np.uint8]:
        size, times = self._spec.size, self._times
        small = _reduced(self._scaled_down(picture), times)
        height, width = small.shape[:2]
        if (width, height) != (size, size):
            left, top = (size - width) // 2, (size - height) // 2
            canvas = np.zeros((size, size, 3), np.uint8)
            canvas[top : top + height, left : left + width] = small
            small = canvas
        return np.ascontiguousarray(upright(small, self._picture))

    @property
    def _times(self) -> int:
        """How many times finer than the clip a picture is scaled first, so that the measures can be taken of it too."""
        return -(-MEASURED_SIZE // self._spec.size)

    def _scaled_down(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """The crop, not yet turned: scaled once for the network and for the measures, as reading a picture costs."""
        if self._small is not None and self._small[0] is picture:
            return self._small[1]
        part = self._cut(picture)
        width, height = (side * self._times for side in self._place(picture).clip)
        # By planes: swscale has no fast way to interleaved RGB with full chroma.
        scaled = self._scaler.reformat(
            part, width=width, height=height, format="gbrp", interpolation=_AVERAGE, threads=1
        )
        green, blue, red = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(height, -1)[:, :width] for plane in scaled.planes
        )
        small = np.asarray(cv2.merge((red, green, blue)), np.uint8)
        self._small = (picture, small)
        return small

    def _place(self, picture: VideoFrame) -> _Place:
        size = picture.width, picture.height
        if self._known is None or self._known.picture != size:  # once for a file, as a rule
            box = self._box(picture)
            self._known = _Place(size, box, self._fit(picture, box))
        return self._known

    def _fit(self, picture: VideoFrame, part: _Box) -> tuple[int, int]:
        """Width and height of the crop in the clip, before turning: the longer displayed side fills it."""
        shown_width, shown_height = stored_size(self._picture)
        # Pixel aspect: displayed width per displayed height of one stored pixel.
        aspect = (shown_width / picture.width) / (shown_height / picture.height)
        width, height = part.width * aspect, float(part.height)
        return _fitted(width, height, self._spec.size)

    def _box(self, picture: VideoFrame) -> _Box:
        """The crop in stored pixels, at even places, where all chroma formats have a sample."""
        left, right = (_even(x * picture.width) for x in (self._crop.left, self._crop.right))
        top, bottom = (_even(y * picture.height) for y in (self._crop.top, self._crop.bottom))
        right = picture.width if self._crop.right == 1 else right
        bottom = picture.height if self._crop.bottom == 1 else bottom
        return _Box(left, top, max(2, right - left), max(2, bottom - top))

    def _cut(self, picture: VideoFrame) -> VideoFrame:
        """The cropped part of a picture, without copying a pixel where the format allows it."""
        box = self._place(picture).box
        if (box.width, box.height) == (picture.width, picture.height):
            return picture
        if picture.format.name not in _SLICEABLE:
            picture = self._converter.reformat(picture, format="yuv444p", threads=1)
        planes = tuple(_plane_part(picture, i, box) for i in range(len(picture.planes)))
        part = VideoFrame.from_dlpack(planes, format=picture.format.name, width=box.width, height=box.height)
        part.colorspace, part.color_range = picture.colorspace, picture.color_range
        return part

    def _bilinear(self, picture: VideoFrame) -> NDArray[np.float32]:
        for known, pixels in self._last:
            if known is picture:
                return pixels
        rgb = np.asarray(self._converter.reformat(picture, format="rgb24", threads=1).to_ndarray(), np.uint8)
        box, size = self._place(picture).box, self._spec.size
        pixels = _bilinear(rgb[box.top : box.top + box.height, box.left : box.left + box.width], size)
        pixels = np.ascontiguousarray(upright(pixels, self._picture))
        self._last = [*self._last[-1:], (picture, pixels)]
        return pixels


def filled_part(spec: ClipSpec, *, crop: Crop, picture: Picture) -> Crop:
    """The part of a clip that a padded crop of a picture fills, in fractions of the clip; the rest is black."""
    if spec.resampling is Resampling.TRILINEAR:
        return WHOLE_PICTURE
    size = spec.size
    sides = (crop.right - crop.left) * picture.width, (crop.bottom - crop.top) * picture.height
    width, height = _fitted(*sides, size)
    left, top = (size - width) // 2, (size - height) // 2
    return Crop(left / size, top / size, (left + width) / size, (top + height) / size)


def _fitted(width: float, height: float, size: int) -> tuple[int, int]:
    """Width and height in a clip of ``size`` of what has these, in any unit: the longer one fills it."""
    scale = size / max(width, height)
    # Cropping in whole pixels must not leave a black line beside what was meant to be a square.
    across, down = (
        size if size - side <= 2 else max(1, side) for side in (round(width * scale), round(height * scale))
    )
    return across, down


def _reduced(pixels: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """The means of blocks of ``times`` x ``times`` pixels; a rest at the right and lower border is left out."""
    if times == 1:
        return pixels
    height, width = (max(1, side // times) for side in pixels.shape[:2])
    whole = pixels[: height * times, : width * times]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _even(position: float) -> int:
    return 2 * round(position / 2)


def _plane_part(picture: VideoFrame, index: int, box: _Box) -> NDArray[np.unsignedinteger]:
    plane = picture.planes[index]
    kind = np.dtype(np.uint16 if picture.format.name.endswith("10le") else np.uint8)
    rows: NDArray[np.unsignedinteger] = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
    across, down = -(-picture.width // plane.width), -(-picture.height // plane.height)  # 2 where chroma is halved
    return rows[
        box.top // down : -(-(box.top + box.height) // down), box.left // across : -(-(box.left + box.width) // across)
    ]


def _bilinear(rgb: NDArray[np.uint8], size: int) -> NDArray[np.float32]:
    """Bilinear scaling with half-pixel centres and no antialiasing, of only the rows and columns that it touches."""
    (top, bottom, down), (left, right, across) = (_taps(length, size) for length in rgb.shape[:2])
    rows = np.concatenate([rgb[top], rgb[bottom]])
    corners = np.concatenate([rows[:, left], rows[:, right]], axis=1).astype(np.float32)
    upper, lower = corners[:size], corners[size:]
    mixed = upper + (lower - upper) * down[:, None, None]
    result: NDArray[np.float32] = mixed[:, :size] + (mixed[:, size:] - mixed[:, :size]) * across[None, :, None]
    return result


def _taps(length: int, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """For each output pixel its two neighbours in the input and the weight of the second."""
    position = np.maximum((np.arange(size) + 0.5) * (length / size) - 0.5, 0)
    first = position.astype(np.intp)
    return first, np.minimum(first + 1, length - 1), (position - first).astype(np.float32)
