"""The whole recording on one line: where it is worth looking, what was looked at, and where the player is."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline import overview_drawing as drawing
from reviewer_app.gui.timeline.bands import Bands, Kind
from reviewer_app.gui.timeline.canvas import Playhead, draw_playhead
from reviewer_app.gui.timeline.frame import Frame, Spans, gutter_of, most_ticks
from reviewer_app.gui.timeline.marks import selected_spans
from reviewer_app.gui.timeline.overview_drawing import Strip
from reviewer_app.gui.timeline.pyramid import Pyramid
from reviewer_app.gui.timeline.ticks import ticks, time_text

EDGE_REACH = 5.0
"""Pixels by which one may miss the frame of the detail's view."""

LONG_STEP = 3600.0
"""Seconds that Page Up and Page Down go."""


class Overview(QWidget):
    """The recording under review from beginning to end.

    Signals:
        view_wanted: The person drags the detail's view to another stretch (start and length in seconds).
        time_pointed_at: The mouse is over a second; None when it has left.
    """

    view_wanted = Signal(float, float)
    time_pointed_at = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._pyramid: Pyramid | None = None
        self._bands = Bands({})
        self._clusters: tuple[Cluster, ...] | None = None  # that these two were read from
        self._peaks = np.zeros(0)
        self._brackets: tuple[drawing.Bracket, ...] = ()
        self._selected = Spans.of(())
        self._view = Interval(0, 0)
        self._position = 0.0
        self._picture = QPixmap()
        self._held: tuple[str, float] | None = None  # what is being dragged, and where in it it was taken
        self._stale = {"trace", "reviewed", "flags", "selection"}
        self._refreshing = QTimer(self, singleShot=True, interval=0)
        self._refreshing.timeout.connect(self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Overview of the recording"))
        self._listen()
        self._reopen()

    def _listen(self) -> None:
        review = self._review
        review.recording_changed.connect(self._reopen)
        review.trace_changed.connect(lambda: self._spoil("trace"))
        review.candidates_changed.connect(lambda: self._spoil("flags"))
        review.labels_changed.connect(lambda: self._spoil("reviewed"))
        review.selection_changed.connect(lambda: self._spoil("selection"))
        review.mode_changed.connect(lambda: self._spoil("trace", "reviewed"))
        review.clock_changed.connect(lambda: self._spoil("clock"))
        review.position_changed.connect(self._follow)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows."""
        return QSize(600, round(self.strip.height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows."""
        return QSize(200, round(self.strip.height))

    def show_view(self, view: Interval) -> None:
        """Marks what the detail shows."""
        if view != self._view:
            self._view = view
            self.update()

    @property
    def strip(self) -> Strip:
        """How the overview lies on the screen."""
        metrics = QFontMetricsF(self.font())
        left = gutter_of(metrics)
        frame = Frame(left, max(1.0, self.width() - left - metrics.height() * 0.5), 0.0, self._length)
        return Strip(frame, metrics.height(), self.palette())

    @property
    def _length(self) -> float:
        recording = self._review.recording
        return recording.seconds if recording else 3600.0

    # What follows from the review.

    def _spoil(self, *what: str) -> None:
        self._stale.update(what)
        self._refreshing.start()

    def _reopen(self) -> None:
        self._held, self._position = None, self._review.position
        self._spoil("trace", "reviewed", "selection")
        self._describe()

    def _refresh(self) -> None:
        stale, review = set(self._stale), self._review
        self._stale.clear()
        if "trace" in stale:
            curve = review.curve
            if curve is None:
                self._pyramid = None
            else:
                self._pyramid = self._pyramid.follow(curve) if self._pyramid else Pyramid(curve)
        self._bands = self._bands.renewed(review, stale)
        if "flags" in stale:
            self._read_flags()
        if "selection" in stale:
            self._selected = selected_spans(review.selected)
        if stale == {"selection"}:
            self.update()
        else:
            self._redraw()

    def _read_flags(self) -> None:
        clusters = self._review.clusters
        if clusters is not self._clusters:
            self._clusters = clusters
            self._peaks = np.array([each.peak for cluster in clusters for each in cluster.events])
            self._brackets = drawing.brackets_of(clusters)

    def _redraw(self) -> None:
        self._picture = QPixmap()
        self.update()

    def _follow(self, time: float) -> None:
        before, self._position = self._position, time
        for each in (before, time):
            x = self.strip.frame.x(each)
            half = Playhead.WIDTH / 2 + 1
            self.update(QRectF(x - half, 0, 2 * half, self.height()).toAlignedRect())
        if int(before) != int(time):
            self._describe()

    def _describe(self) -> None:
        recording = self._review.recording
        if recording is not None:
            now = time_text(recording, self._position, clock=self._review.clock_times)
            self.setAccessibleDescription(self.tr("At {time}. Left and right go a page.").format(time=now))

    # How it looks.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Shows the picture of the recording, and over it what moves."""
        ratio = self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            self._draw_moving(painter)

    def _draw_moving(self, painter: QPainter) -> None:
        strip = self.strip
        if self._review.recording is not None:
            drawing.draw_region(painter, strip, self._view.start, self._view.stop)
            drawing.draw_selected(painter, strip, self._selected)
            draw_playhead(painter, QPointF(strip.frame.x(self._position), 0.0), strip.body.height())
        if self.hasFocus():
            painter.setPen(strip.colour(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _drawn(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        # A painter left open by an error would take the program down.
        with QPainter(picture) as painter:
            painter.setFont(self.font())
            self._draw_still(painter)
        return picture

    def _draw_still(self, painter: QPainter) -> None:
        strip, review = self.strip, self._review
        drawing.draw_ground(painter, strip)
        if self._pyramid is not None:
            drawing.draw_heat(painter, strip, self._pyramid)
        drawing.draw_bands(painter, strip, self._bands)
        drawing.draw_flags(painter, strip, self._peaks)
        drawing.draw_clusters(painter, strip, self._brackets, review.workload.left_in_cluster)
        if review.recording is not None:
            most = most_ticks(strip.frame.width, QFontMetricsF(self.font()))
            whole = Interval(0, self._length)
            drawing.draw_axis(painter, strip, ticks(review.recording, whole, most=most, clock=review.clock_times))
        drawing.draw_names(painter, strip, self._names(strip))

    def _names(self, strip: Strip) -> tuple[tuple[QRectF, str], ...]:
        return (
            (strip.clusters, self.tr("Clusters")),
            (strip.scores, self.tr("Scores")),
            (strip.night, self.tr("Night")),
            (strip.reviewed, self.tr("Looked at")),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """Draws anew."""
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follows the theme and the size of letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self._redraw()

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Takes the view by its frame, or goes where the press is."""
        if event.button() != Qt.MouseButton.LeftButton or self._review.recording is None:
            return
        hold = self._hold(event.position().x())
        self._held = (hold, self._time(event) - self._view.start)
        if hold == "playhead":
            self._review.go_to(self._time(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drags what is held; else points at a second."""
        if self._held is None:
            hold = self._hold(event.position().x())
            self.setCursor(_CURSORS[hold])
            self.time_pointed_at.emit(self._time(event) if self._review.recording else None)
            return
        hold, beside = self._held
        time = self._time(event)
        if hold == "start":
            self.view_wanted.emit(min(time, self._view.stop - 2), max(2.0, self._view.stop - time))
        elif hold == "stop":
            self.view_wanted.emit(self._view.start, max(2.0, time - self._view.start))
        elif hold == "view":
            self.view_wanted.emit(time - beside, self._view.seconds)
        else:
            self._review.go_to(time)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Lets go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Lets the detail zoom around the second under the mouse."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        seconds = self._view.seconds * 1.25 ** (-turn / 120)
        time = self.strip.frame.time(event.position().x())
        middle = time if not self._view.contains(time) else self._view.middle
        self.view_wanted.emit(middle - seconds / 2, seconds)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Points at nothing any more."""
        self.time_pointed_at.emit(None)

    def kinds_at(self, time: float) -> tuple[Kind, ...]:
        """What is known of a second, apart from its score."""
        return self._bands.kinds_at(time)

    def x_at(self, time: float) -> float:
        """The pixel of a second."""
        return self.strip.frame.x(time)

    def _time(self, event: QMouseEvent) -> float:
        return min(max(self.strip.frame.time(event.position().x()), 0.0), self._length)

    def _hold(self, x: float) -> str:
        """What a press at a pixel takes: an edge of the detail's view, else the playhead."""
        frame = self.strip.frame
        start, stop = frame.x(self._view.start), frame.x(self._view.stop)
        near = (abs(x - start), abs(x - stop))
        if min(near) > EDGE_REACH:
            return "playhead"
        if stop - start < 4 * EDGE_REACH:  # too thin to be taken by one edge
            return "view"
        return "start" if near[0] < near[1] else "stop"

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Goes through the recording page by page; a page is what the detail shows."""
        page, time = self._view.seconds, self._position
        targets = {
            Qt.Key.Key_Left: time - page,
            Qt.Key.Key_Right: time + page,
            Qt.Key.Key_PageUp: time - LONG_STEP,
            Qt.Key.Key_PageDown: time + LONG_STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._length,
        }
        key = Qt.Key(event.key())
        if key in targets:
            self._review.go_to(targets[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            seconds = page * (0.8 if key == Qt.Key.Key_Up else 1.25)
            self.view_wanted.emit(self._view.middle - seconds / 2, seconds)
        else:
            super().keyPressEvent(event)


_CURSORS = {
    "playhead": Qt.CursorShape.PointingHandCursor,
    "view": Qt.CursorShape.OpenHandCursor,
    "start": Qt.CursorShape.SizeHorCursor,
    "stop": Qt.CursorShape.SizeHorCursor,
}
