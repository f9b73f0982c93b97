"""Scores as colours: from dark blue over grey to yellow, which colour-blind eyes read like any other."""

from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from reviewer_app.gui.timeline.pyramid import Values

SHADES = 256


def heat_image(highest: Values) -> QImage:
    """A picture of one pixel's height, transparent where nothing is known."""
    known = ~np.isnan(highest)
    pixels = np.zeros((1, len(highest), 4), np.uint8)
    shades = np.clip(np.nan_to_num(highest) * (SHADES - 1), 0, SHADES - 1).astype(np.int64)
    pixels[0, known, :3] = _shades()[shades[known]]
    pixels[0, known, 3] = 255
    # A copy, as Qt does not keep the array alive.
    return QImage(pixels.data, len(highest), 1, 4 * len(highest), QImage.Format.Format_RGBA8888).copy()


@cache
def _shades() -> NDArray[np.uint8]:
    shades: NDArray[np.uint8] = pg.colormap.get("cividis").getLookupTable(0.0, 1.0, SHADES)[:, :3]
    return shades
