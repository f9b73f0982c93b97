"""Scores as pixels: a strip of colours, and a curve so dense that strokes would take too long."""

from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from reviewer_app.gui.timeline.pyramid import Values

SHADES = 256


def heat_image(highest: Values) -> QImage:
    """A picture of one pixel's height, transparent where nothing is known.

    From dark blue over grey to yellow, which colour-blind eyes read like any other.
    """
    known = ~np.isnan(highest)
    pixels = np.zeros((1, len(highest), 4), np.uint8)
    shades = np.clip(np.nan_to_num(highest) * (SHADES - 1), 0, SHADES - 1).astype(np.int64)
    pixels[0, known, :3] = _shades()[shades[known]]
    pixels[0, known, 3] = 255
    return _image(pixels)


def curve_image(uppers: Values, lowers: Values, floor: float, height: int, *, colour: QColor, body: float) -> QImage:
    """A curve that goes up and down within each column, and its body down to the floor; edges are smooth.

    Args:
        uppers: Pixel of the highest value in each column, from the top; NaN where nothing is known.
        lowers: Pixel of the lowest.
        floor: Pixel of a score of 0.
        height: Pixels.
        colour: Of the line.
        body: Opacity of the body, 0-1.
    """
    # Each column reaches over to the one before it, so that the line has no breaks but at holes.
    tops = np.fmin(uppers, np.r_[np.nan, lowers[:-1]]) - 0.6
    feet = np.fmax(lowers, np.r_[np.nan, uppers[:-1]]) + 0.6
    unknown = np.isnan(uppers)
    tops[unknown], feet[unknown] = height, height
    rows = np.arange(height, dtype=np.float32)[:, None]
    over = np.clip(rows + 1 - tops.astype(np.float32), 0, 1)  # share of each pixel under the curve's top
    line = np.minimum(over, np.clip(feet.astype(np.float32) - rows, 0, 1))
    filled = np.minimum(over, np.clip(np.float32(floor) - rows, 0, 1)) * body
    filled[:, unknown] = 0
    pixels = np.empty((height, len(uppers), 4), np.uint8)
    pixels[..., :3] = colour.red(), colour.green(), colour.blue()
    pixels[..., 3] = np.maximum(line, filled) * 255
    return _image(pixels)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    # A copy, as Qt does not keep the array alive.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


@cache
def _shades() -> NDArray[np.uint8]:
    shades: NDArray[np.uint8] = pg.colormap.get("cividis").getLookupTable(0.0, 1.0, SHADES)[:, :3]
    return shades
