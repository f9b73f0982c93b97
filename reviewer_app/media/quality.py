"""Measures what makes video hard to judge, and suggests which stretches may not be analysable.

All measures are taken on the part of the picture that the network looks at, its longer side brought to about 128 pixels
by averaging areas, whatever the recording's resolution: so they can be compared between recordings. Between bundles of
different clip sizes sharpness differs by up to a quarter, the other measures hardly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.source import GridFrame

MEASURED_SIZE = 128
"""Pixels, about, of the longer side of the picture that is measured: what a whole divisor of the clip size gives."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one picture, and what the motion to the next one is measured against."""

    grey: NDArray[np.uint8]  # (height, width), the longer about 128
    quality: tuple[float, float, float]  # brightness, colour variance, sharpness

    def motion_since(self, before: "Measured") -> float:
        """Mean absolute difference of grey levels to an earlier picture, 0-255; NaN where that had another shape."""
        if self.grey.shape != before.grey.shape:
            return float("nan")
        return float(cv2.norm(self.grey, before.grey, cv2.NORM_L1)) / self.grey.size


def measure(rgb: NDArray[np.uint8]) -> Measured:
    """Measures a picture whose longer side has about 128 pixels.

    Brightness is the mean over all pixels and channels; colour variance the mean over pixels of the variance over R, G
    and B; sharpness the variance of the 3 x 3 Laplacian of the grey picture (Miron et al. 2025).
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    red, green, blue = cv2.split(rgb)
    # The variance of three numbers is the sum of their three squared differences over 9: no pass through floats.
    pairs = ((red, green), (green, blue), (blue, red))
    variance = sum(float(cv2.norm(one, other, cv2.NORM_L2SQR)) for one, other in pairs) / 9 / grey.size
    brightness = sum(cv2.mean(rgb)) / 3
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return Measured(grey, (brightness, variance, float(deviation[0, 0]) ** 2))


def window_quality(frames: Sequence[GridFrame]) -> NDArray[np.float32]:
    """Means over a window's frames, in the order of ``MEASURES``; NaN where no frame could be measured."""
    shown = [frame for frame in frames if frame.pixels is not None]
    values = np.full(len(MEASURES), np.nan, np.float32)
    values[MEASURES.index("frames")] = len(shown)
    if not shown:
        return values
    values[:2] = np.mean([frame.quality[:2] for frame in shown], axis=0)
    values[MEASURES.index("sharpness")] = np.mean([frame.quality[2] for frame in shown])
    seen = [frame.visibility for frame in shown if not np.isnan(frame.visibility)]
    if seen:
        values[MEASURES.index("visibility")] = np.mean(seen)
    motions = [frame.motion for frame in shown if not np.isnan(frame.motion)]
    if motions:
        values[MEASURES.index("motion")] = np.mean(motions)
    return values
