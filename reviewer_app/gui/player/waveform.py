"""The waveform under the picture: the cry after a spasm can be seen before it is heard."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.colours import PLAYHEAD_COLOUR
from reviewer_app.gui.player.wave_thread import WaveThread, WaveWish
from reviewer_app.media.sound import Envelope

SHOWN = 20.0
"""Seconds that are shown at a time; they turn like pages, so that the eye need not follow."""

_OVERLAP = SHOWN / 4  # of two pages: what just happened stays in sight


class Waveform(QWidget):
    """Draws how loud it is around the playhead; a click goes there.

    Signals:
        sought: A click asks for a recording second.
    """

    sought = Signal(float)

    def __init__(self, thread: WaveThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Waveform"))
        self.setToolTip(
            self.tr("Waveform of {seconds} seconds around the playhead; click to go there.").format(
                seconds=round(SHOWN)
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._thread = thread
        self._recording: Recording | None = None
        self._page: Interval | None = None
        self._envelope: Envelope | None = None
        self._drawn: QPixmap | None = None
        self._position = 0.0
        thread.ready.connect(self._show_envelope)

    def set_recording(self, recording: Recording | None) -> None:
        """Shows another recording from its start."""
        self._recording, self._page, self._envelope, self._drawn = recording, None, None, None
        self.set_position(0.0)

    def set_position(self, position: float) -> None:
        """Moves the playhead, and turns the page where it leaves this one."""
        before, self._position = self._x_of(self._position), position
        page = self._page_at(position)
        if page != self._page:
            self._page, self._envelope, self._drawn = page, None, None
            self._want()
            self.update()
        elif before is not None and (here := self._x_of(position)) is not None and round(before) != round(here):
            for x in (before, here):
                self.update(int(x) - 3, 0, 7, self.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Three lines of text high."""
        unit = self.fontMetrics().height()
        return QSize(20 * unit, 3 * unit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draws anew in the new width."""
        super().resizeEvent(event)
        self._drawn = None
        self._want()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Goes where it was clicked."""
        if self._page is not None and event.button() == Qt.MouseButton.LeftButton:
            self.sought.emit(self._page.start + event.position().x() / max(1, self.width()) * self._page.seconds)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        """Paints the waveform, or why there is none, and the playhead."""
        if self._drawn is None or self._drawn.size() != self.size() * self.devicePixelRatioF():
            self._drawn = self._draw()
        here = self._x_of(self._position)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)
            if here is None:
                return
            for colour, width in ((QColor(Qt.GlobalColor.black), 3.0), (QColor(PLAYHEAD_COLOUR), 1.5)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(QLineF(here, 0, here, self.height()))

    @property
    def text(self) -> str:
        """What is written instead of a waveform; empty where there is one, or it is not known yet."""
        if self._envelope is None or self._envelope.has_sound:
            return ""
        return self.tr("no sound here")

    def _page_at(self, position: float) -> Interval | None:
        if self._recording is None:
            return None
        if self._page is not None and self._page.contains(position):
            return self._page
        step = SHOWN - _OVERLAP
        start = max(0.0, math.floor((position - _OVERLAP / 2) / step) * step)
        return Interval(start, start + SHOWN)

    def _want(self) -> None:
        if self._recording is not None and self._page is not None and self.width() > 1 and self.isVisible():
            self._thread.want(WaveWish(self._recording, self._page, self.width()))

    def _show_envelope(self, recording: Recording, envelope: Envelope) -> None:
        if recording is self._recording and envelope.interval == self._page:
            self._envelope, self._drawn = envelope, None
            self.setAccessibleDescription(self.text)
            self.update()

    def _x_of(self, position: float) -> float | None:
        if self._page is None or not self._page.start <= position <= self._page.stop:
            return None
        return (position - self._page.start) / self._page.seconds * self.width()

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        palette = self.palette()
        pixmap.fill(palette.color(QPalette.ColorRole.Base))
        with QPainter(pixmap) as painter:
            if self._envelope is not None and self._envelope.has_sound:
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1))
                painter.drawLines(self._lines(self._envelope))
            elif self.text:
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text)
        return pixmap

    def _lines(self, envelope: Envelope) -> list[QLineF]:
        # The square root lets a breath be seen beside a cry.
        middle, height = self.height() / 2, self.height() / 2 - 1
        up, down = np.sqrt(envelope.high) * height, np.sqrt(-envelope.low) * height
        step = self.width() / len(up)
        last = self._recording.seconds if self._recording is not None else 0.0
        count = round(len(up) * min(1.0, (last - envelope.interval.start) / envelope.interval.seconds))
        return [_line((i + 0.5) * step, middle - float(up[i]), middle + float(down[i])) for i in range(count)]


def _line(x: float, top: float, bottom: float) -> QLineF:
    return QLineF(QPointF(x, top - 0.5), QPointF(x, bottom + 0.5))
