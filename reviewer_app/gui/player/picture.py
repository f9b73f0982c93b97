"""The picture on the screen, at the screen's own pixels, with the time on it; what is missing is said in words."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.colours import POINT_COLOUR
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.framing import Framing
from reviewer_app.gui.player.wording import missing_text, rate_text, time_text

_NEARER = 1.25  # by which one notch of the wheel zooms
_VEIL = QColor(0, 0, 0, 150)
_LIGHT = QColor(240, 240, 240)
_DARK = QColor(16, 16, 16)  # around pictures, in every theme: eyes judge movement better beside black
_LARGER = 1.3  # than other text: the time is read from further away
_SMALLEST_CROP = 0.05  # of width and height; less was a slip of the hand


class PictureView(QWidget):
    """Shows one picture at a time.

    Signals:
        box_wanted: The picture may fill so many device pixels (width, height).
        crop_drawn: The person drew what the model shall see (Crop).
        double_clicked: Somewhere on the picture.
    """

    box_wanted = Signal(int, int)
    crop_drawn = Signal(object)
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Picture"))
        self.setToolTip(self.tr("Wheel: zoom. Drag: move. Double click: full screen."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        unit = self.fontMetrics().height()
        self.setMinimumSize(12 * unit, 8 * unit)
        self._recording: Recording | None = None
        self._image: QImage | None = None
        self._facts: FrameFacts | None = None
        self._overlay: QImage | None = None
        self._overlaid: Interval | None = None
        self._framing = Framing()
        self._size = QSizeF()  # of the displayed picture
        self._clock = True
        self._crop: Crop | None = None
        self._crop_is_shown = False
        self._drawing = False
        self._pressed: QPointF | None = None  # where the mouse went down
        self._dragged: QPointF | None = None  # where it is

    # What is shown.

    def set_recording(self, recording: Recording | None) -> None:
        """Prepares for another recording; the person's zoom and turn do not outlast it."""
        self._recording, self._image, self._facts, self._overlay = recording, None, None, None
        self._size = QSizeF()
        if recording is not None:
            picture = recording.segments[0].picture
            self._size = QSizeF(picture.width, picture.height)
        self._drawing, self._crop = False, None
        self.reset()

    def show_frame(self, image: QImage | None, facts: FrameFacts) -> None:
        """Shows a picture, or says that there is none."""
        self._image, self._facts = image, facts
        lacks = "" if facts.missing is None or self._recording is None else self._missing(self._recording, facts)
        self.setAccessibleDescription(lacks)
        if self._recording is not None and facts.segment is not None:
            picture = self._recording.segments[facts.segment].picture
            self._size = QSizeF(picture.width, picture.height)
        self.update()

    def set_overlay(self, overlay: QImage | None, interval: Interval | None = None) -> None:
        """Lays an image with transparency over the picture, stretched to it, while it stands still.

        Args:
            overlay: The image; None takes it away.
            interval: Recording seconds that it says something about; other pictures stay bare. None: all.
        """
        self._overlay, self._overlaid = overlay, interval
        self.update()

    @property
    def overlay_is_shown(self) -> bool:
        """Whether the overlay lies over the picture now; a moving picture is shown as it is."""
        if self._overlay is None or self._facts is None or self._facts.rate or self._facts.missing is not None:
            return False
        return self._overlaid is None or self._overlaid.contains(self._facts.time)

    def set_clock_times(self, clock: bool) -> None:
        """Writes times by the wall clock, or as time since the beginning."""
        self._clock = clock
        self.update()

    def set_crop(self, crop: Crop | None) -> None:
        """Says what the model sees; None where that is not known."""
        self._crop = crop
        self.update()

    # How it is looked at.

    @property
    def framing(self) -> Framing:
        """The person's zoom, place and turn."""
        return self._framing

    def rotate(self) -> None:
        """Turns the picture by a quarter, clockwise."""
        self._frame(self._framing.turned())

    def reset(self) -> None:
        """Shows the whole picture as it was recorded."""
        self._frame(Framing())

    @property
    def crop_is_shown(self) -> bool:
        """Whether what the model sees is marked."""
        return self._crop_is_shown

    def show_crop(self, shown: bool) -> None:
        """Marks what the model sees, or does not."""
        self._crop_is_shown = shown
        self.update()

    @property
    def is_drawing(self) -> bool:
        """Whether dragging draws what the model shall see."""
        return self._drawing

    def draw_crop(self, drawing: bool) -> None:
        """Lets the next drag draw what the model shall see; or no longer."""
        self._drawing = drawing
        self._pressed = self._dragged = None
        self.setCursor(Qt.CursorShape.CrossCursor if drawing else Qt.CursorShape.ArrowCursor)
        self.update()

    def to_picture(self, point: QPointF) -> QPointF:
        """Where in the upright picture, in fractions, a place of the widget lies."""
        inverse, _ = self._framing.transform(self._size, self._own_size()).inverted()
        return inverse.map(point)

    def _frame(self, framing: Framing) -> None:
        self._framing = framing.within(self._size, self._own_size())
        self._want_box()
        self.update()

    def _want_box(self) -> None:
        ratio = self.devicePixelRatioF() * self._framing.zoom
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        self.box_wanted.emit(*((height, width) if self._framing.turns % 2 else (width, height)))

    def _own_size(self) -> QSizeF:
        return QSizeF(self.size())

    # Qt's own.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Asks for pictures of the new size."""
        super().resizeEvent(event)
        self._frame(self._framing)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zooms at the cursor."""
        factor = _NEARER ** (event.angleDelta().y() / 120)
        self._frame(self._framing.zoomed(factor, at=event.position(), picture=self._size, widget=self._own_size()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begins to drag."""
        if event.button() == Qt.MouseButton.LeftButton and not self._size.isEmpty():
            self._pressed = self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Moves the picture, or draws."""
        if self._pressed is None or self._dragged is None:
            return
        if not self._drawing:
            by = event.position() - self._dragged
            self._frame(self._framing.moved(by, picture=self._size, widget=self._own_size()))
        self._dragged = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ends the drag; what was drawn is told."""
        crop = self._drawn() if self._drawing else None
        self._pressed = self._dragged = None
        if crop is not None:
            self._crop, self._crop_is_shown = crop, True
            self.draw_crop(False)
            self.crop_drawn.emit(crop)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Asks for the full screen."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def _drawn(self) -> Crop | None:
        """The rectangle between where the mouse went down and where it is; None where it is too small to be meant."""
        if self._pressed is None or self._dragged is None:
            return None
        one, other = self.to_picture(self._pressed), self.to_picture(self._dragged)
        left, right = sorted(min(max(x, 0.0), 1.0) for x in (one.x(), other.x()))
        top, bottom = sorted(min(max(y, 0.0), 1.0) for y in (one.y(), other.y()))
        return Crop(left, top, right, bottom) if min(right - left, bottom - top) >= _SMALLEST_CROP else None

    # Painting.

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        """Paints the picture and what is written on it."""
        with QPainter(self) as painter:  # a painter that outlives an error takes the program down
            painter.fillRect(self.rect(), _DARK)
            if self._recording is None:
                return
            if self._image is not None:
                self._paint_picture(painter, self._image)
            self._paint_crop(painter)
            if self._facts is not None:
                self._paint_words(painter, self._recording, self._facts)

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        on_screen = self._framing.area(self._size, self._own_size())
        turned = image.size().transposed() if self._framing.turns % 2 else image.size()
        exact = (
            abs(on_screen.width() * ratio - turned.width()) < 1
            and abs(on_screen.height() * ratio - turned.height()) < 1
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        if exact and not self._framing.turns:
            # Put to whole device pixels, so that every pixel is shown as it was made.
            place = QPointF(round(on_screen.x() * ratio) / ratio, round(on_screen.y() * ratio) / ratio)
            painter.drawImage(QRectF(place, QSizeF(image.size()) / ratio), image)
        else:
            painter.setTransform(self._framing.transform(self._size, self._own_size()), combine=True)
            painter.drawImage(QRectF(0, 0, 1, 1), image)
        painter.restore()
        if self._overlay is not None and self.overlay_is_shown:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(self._framing.transform(self._size, self._own_size()), combine=True)
            painter.drawImage(QRectF(0, 0, 1, 1), self._overlay)
            painter.restore()

    def _paint_crop(self, painter: QPainter) -> None:
        crop = self._drawn() if self._drawing else None
        if crop is None and self._crop_is_shown:
            crop = self._crop
        if crop is None:
            return
        inside = QRectF(crop.left, crop.top, crop.right - crop.left, crop.bottom - crop.top)
        shape = self._framing.transform(self._size, self._own_size()).mapRect(inside)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        hole.addRect(shape)
        painter.fillPath(outside - hole, QColor(0, 0, 0, 110))
        pen = QPen(QColor(POINT_COLOUR), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(shape)

    def _paint_words(self, painter: QPainter, recording: Recording, facts: FrameFacts) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        margin = metrics.height() / 2
        if facts.missing is not None:
            self._paint_missing(painter, recording, facts)
            return
        lines = [
            time_text(recording, facts.time, clock=True, parts=3),
            self.tr("{elapsed} from the start").format(elapsed=time_text(recording, facts.time, clock=False, parts=3)),
        ]
        if not self._clock:
            lines.reverse()
        _write(painter, metrics, lines, QPointF(margin, margin))
        if facts.rate not in (0.0, 1.0):
            speed = rate_text(facts.rate)
            arrow = "◀ " if facts.rate < 0 else "▶ "
            width = metrics.horizontalAdvance(arrow + speed)
            _write(painter, metrics, [arrow + speed], QPointF(self.width() - width - 2 * margin, margin))

    def _missing(self, recording: Recording, facts: FrameFacts) -> str:
        return missing_text(recording, facts, clock=self._clock)

    def _paint_missing(self, painter: QPainter, recording: Recording, facts: FrameFacts) -> None:
        text = self._missing(recording, facts)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.fillRect(self.rect(), QColor(48, 48, 48))
        painter.fillRect(self.rect(), Qt.BrushStyle.BDiagPattern)
        place = QRectF(self.rect()).adjusted(20, 20, -20, -20)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        words = painter.boundingRect(place, flags, text).adjusted(-12, -8, 12, 8)
        painter.fillRect(words, _DARK)
        painter.setPen(_LIGHT)
        painter.drawText(place, flags, text)


def _write(painter: QPainter, metrics: QFontMetricsF, lines: list[str], place: QPointF) -> None:
    """Writes lines on a dark veil, readable on any picture."""
    pad = metrics.height() / 4
    width = max(metrics.horizontalAdvance(line) for line in lines)
    painter.fillRect(QRectF(place.x(), place.y(), width + 2 * pad, metrics.height() * len(lines) + 2 * pad), _VEIL)
    painter.setPen(_LIGHT)
    for i, line in enumerate(lines):
        painter.drawText(QPointF(place.x() + pad, place.y() + pad + metrics.ascent() + i * metrics.height()), line)
