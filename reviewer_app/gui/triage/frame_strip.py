"""The sixteen pictures of a window side by side, with warmth where the score comes from."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.explanation import Explanation

WARM = (213, 94, 0)  # Okabe and Ito's vermillion
STRONGEST = 150  # opacity, of 255, where the score depends on most: the picture still shows through
OVERLAY_SIDE = 512
"""Pixels of an overlay, whatever the shape of the picture that it is stretched to."""

ROW = 8
"""Pictures in a row."""


def warmth(saliency: NDArray[np.float32]) -> QImage:
    """Saliency (h, w), 0-1, as an image of one colour that is the less transparent the more it matters."""
    pixels = np.empty((*saliency.shape, 4), np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = WARM
    pixels[..., 3] = np.rint(np.clip(saliency, 0, 1) * STRONGEST)
    height, width = saliency.shape
    return QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888).copy()


def picture_of(frame: NDArray[np.uint8]) -> QImage:
    """A frame (h, w, 3) RGB as an image."""
    height, width = frame.shape[:2]
    return QImage(frame.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()


def overlay_of(explanation: Explanation) -> QImage:
    """Warmth to be stretched over the displayed picture, in the part of it that was scored; the strongest moment's."""
    seen = _part(explanation.saliency.max(axis=0), explanation.filled)
    whole = QImage(QSize(OVERLAY_SIDE, OVERLAY_SIDE), QImage.Format.Format_RGBA8888)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = explanation.place
    corners = QPointF(place.left, place.top), QPointF(place.right, place.bottom)
    painter.drawImage(QRectF(*(corner * OVERLAY_SIDE for corner in corners)), warmth(seen))
    painter.end()
    return whole


def _part(saliency: NDArray[np.float32], filled: Crop) -> NDArray[np.float32]:
    """Saliency without what is black in the clip."""
    size = len(saliency)
    left, right = round(filled.left * size), round(filled.right * size)
    return saliency[round(filled.top * size) : round(filled.bottom * size), left:right]


class FrameStrip(QWidget):
    """Shows an explanation's frames; the longer the bar below one, the more the score falls without it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: tuple[QImage, ...] = ()
        self._warmths: tuple[QImage, ...] = ()
        self._falls: NDArray[np.float32] = np.zeros(0, np.float32)
        self._is_warm = True
        self.setAccessibleName(self.tr("Pictures of the window"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Shows the pictures, or none."""
        self._frames = tuple(picture_of(each) for each in explanation.frames) if explanation else ()
        self._warmths = tuple(warmth(each) for each in explanation.saliency) if explanation else ()
        self._falls = explanation.falls if explanation else np.zeros(0, np.float32)
        told = self._told()
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def set_warm(self, is_warm: bool) -> None:
        """Shows or hides where the score comes from."""
        self._is_warm = is_warm
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for two rows."""
        width = self.fontMetrics().averageCharWidth() * 60
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as two rows of squares, and their bars."""
        return 2 * (width // ROW + self._bar()) + 2

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        """Paints the pictures row after row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side, bar = self.width() // ROW, self._bar()
        strongest = max(float(self._falls.max(initial=0.0)), 1e-6)
        for place, frame in enumerate(self._frames):
            left, top = place % ROW * side, place // ROW * (side + bar)
            square = QRectF(left + 1, top + 1, side - 2, side - 2)
            painter.drawImage(square, frame)
            if self._is_warm:
                painter.drawImage(square, self._warmths[place])
            share = max(0.0, float(self._falls[place])) / strongest
            painter.fillRect(QRectF(left + 1, top + side + 1, (side - 2) * share, bar - 2), QColor(*WARM))
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(QRectF(left + 1, top + side + 1, side - 2, bar - 2))

    def _told(self) -> str:
        """What the bars show, for those who cannot see them."""
        if self._falls.max(initial=0.0) <= 0:
            return ""
        said = self.tr("The score falls most without picture {number} of {count}.")
        return said.format(number=int(self._falls.argmax()) + 1, count=len(self._falls))

    def _bar(self) -> int:
        return max(4, self.fontMetrics().height() // 2)
