"""The zoomed stretch of the timeline, as far as it is looked at: curve, operating point, flags and statements."""

from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from reviewer_app.domain.event import Cluster, Curve, OperatingPoint
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline import drawing
from reviewer_app.gui.timeline.bands import Bands
from reviewer_app.gui.timeline.canvas import Canvas, Playhead
from reviewer_app.gui.timeline.drawing import Sheet
from reviewer_app.gui.timeline.frame import Frame, Spans, gutter_of, most_ticks
from reviewer_app.gui.timeline.mark_words import adapted_words
from reviewer_app.gui.timeline.marks import Marks, Row, StatementRow, flag_marks, judged_anew, selected_spans
from reviewer_app.gui.timeline.pyramid import Pyramid
from reviewer_app.gui.timeline.ticks import ticks, time_text

SHORTEST_VIEW = 2.0
"""Seconds; below that there is nothing more to see."""

LEAST_HEIGHT = 9.5
"""Letters high: three rows of marks, the axis, and as much for the curve."""

FIRST_VIEW = 3600.0
"""Seconds on show when a recording is opened."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DetailView(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph tells no types
    """A stretch of the recording under review.

    Signals:
        view_changed: Another stretch is on show (an Interval).
    """

    view_changed = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._start, self._seconds = 0.0, FIRST_VIEW
        self._pyramid: Pyramid | None = None
        self._adapted: Pyramid | None = None  # of the curve adapted to this recording
        self._bands = Bands({})
        self._flags = Marks.none()
        self._clusters: tuple[Cluster, ...] | None = None  # that the flags were read from
        self._own, self._others = StatementRow(), StatementRow()
        self._selected = Spans.of(())
        self.draft: Interval | None = None  # being made or moved
        self.held_score: float | None = None  # of the operating point, while it is being moved
        self._position = 0.0
        self._stale: set[str] = set()
        self._refreshing = QTimer(self, singleShot=True, interval=0)
        self._refreshing.timeout.connect(self._refresh)
        self._set_up_plot()
        self._canvas = Canvas(self.getViewBox(), self._draw)
        self._canvas.setZValue(1)
        self._playhead = Playhead(self.getViewBox())
        self._playhead.setZValue(2)
        self.getViewBox().sigResized.connect(self._resized)
        self._listen()
        self._take_colours()
        self._reopen()

    def _set_up_plot(self) -> None:
        self.setAccessibleName(self.tr("Detail of the timeline"))
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.hideAxis("left")
        self.hideButtons()
        self.setMenuEnabled(False)
        self.getAxis("bottom").enableAutoSIPrefix(False)
        box = self.getViewBox()
        box.setMouseEnabled(x=False, y=False)
        box.disableAutoRange()
        box.setYRange(0, 1, padding=0)
        box.setDefaultPadding(0)
        self._fit_to_letters()

    def _fit_to_letters(self) -> None:
        metrics = QFontMetricsF(self.font())
        self.getPlotItem().layout.setContentsMargins(gutter_of(metrics), 0, metrics.height() * 0.5, 0)
        self.setMinimumHeight(round(metrics.height() * LEAST_HEIGHT))
        self.getAxis("bottom").setStyle(tickFont=self.font(), tickTextOffset=3, tickLength=-4)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A little more than the least, as the picture of the infant wants the room."""
        return QSize(600, round(QFontMetricsF(self.font()).height() * LEAST_HEIGHT * 1.4))

    def _listen(self) -> None:
        review = self._review
        review.recording_changed.connect(self._reopen)
        review.trace_changed.connect(lambda: self._spoil("trace"))
        review.candidates_changed.connect(lambda: self._spoil("marks"))
        review.adaptation_changed.connect(lambda: self._spoil("adapted"))
        review.labels_changed.connect(lambda: self._spoil("marks", "reviewed"))
        review.selection_changed.connect(lambda: self._spoil("selection"))
        review.mode_changed.connect(lambda: self._spoil("trace", "marks", "reviewed"))
        review.position_changed.connect(self._follow)
        review.view_wanted.connect(self.bring_into_view)
        review.clock_changed.connect(self._show_view)

    # What is on show.

    @property
    def view(self) -> Interval:
        """The stretch on show, as far as it lies in the recording."""
        start = max(0.0, self._start)
        return Interval(start, max(start, min(self._start + self._seconds, self._length)))

    @property
    def _length(self) -> float:
        recording = self._review.recording
        return recording.seconds if recording else FIRST_VIEW

    def set_view(self, start: float, seconds: float) -> None:
        """Shows a stretch; one that is too long, too short or outside is made to fit."""
        self._seconds = min(max(seconds, SHORTEST_VIEW), max(self._length, SHORTEST_VIEW))
        self._start = min(max(0.0, start), max(0.0, self._length - self._seconds))
        self._show_view()
        self.view_changed.emit(self.view)

    def fit_event(self) -> None:
        """Shows the selected event with what is around it; without one, half a minute around the playhead."""
        current = self._review.current
        interval = current.interval if current else Interval(self._position, self._position)
        seconds = max(30.0, interval.seconds * 3)
        self.set_view(interval.middle - seconds / 2, seconds)

    def fit_hour(self) -> None:
        """Shows an hour around the playhead, or around what is on show where the playhead is elsewhere."""
        middle = self._position if self._is_on_show(self._position) else self.view.middle
        self.set_view(middle - 1800, 3600)

    def fit_all(self) -> None:
        """Shows the whole recording."""
        self.set_view(0, self._length)

    def zoom(self, factor: float, *, at: float | None = None) -> None:
        """Goes closer (under 1) or farther, while the second ``at`` stays where it is on the screen."""
        if at is None:
            at = self._position if self._is_on_show(self._position) else self.view.middle
        seconds = min(max(self._seconds * factor, SHORTEST_VIEW), max(self._length, SHORTEST_VIEW))
        self.set_view(at - (at - self._start) * seconds / self._seconds, seconds)

    def pan(self, share: float) -> None:
        """Moves on by a share of what is on show."""
        self.set_view(self._start + share * self._seconds, self._seconds)

    def bring_into_view(self, interval: Interval) -> None:
        """Shows an interval: closer where one could not make it out, and nearly unmoved where it is on show."""
        seconds = self._seconds if self._seconds <= 600 else 120.0
        seconds = max(seconds, interval.seconds * 1.5)
        margin = seconds * 0.1
        inside = self._start + margin <= interval.start and interval.stop <= self._start + self._seconds - margin
        if seconds != self._seconds or not inside:
            self.set_view(interval.middle - seconds / 2, seconds)

    def _is_on_show(self, time: float) -> bool:
        return self._start <= time <= self._start + self._seconds

    def _follow(self, time: float) -> None:
        """Keeps the playhead on show, unless the person looks elsewhere meanwhile."""
        was_on_show, jumped = self._is_on_show(self._position), abs(time - self._position) > 2
        self._position = time
        if not self._is_on_show(time) and (was_on_show or jumped) and not self.is_held:
            ahead = 0.5 if jumped else 0.1
            self.set_view(time - ahead * self._seconds, self._seconds)
        self._place_playhead()

    def _place_playhead(self) -> None:
        frame = self.sheet.frame
        self._playhead.setVisible(self._is_on_show(self._position))
        self._playhead.setPos(frame.x(self._position), 0)

    def _show_view(self) -> None:
        self.getViewBox().setXRange(self._start, self._start + self._seconds, padding=0)
        recording = self._review.recording
        if recording is not None:
            most = most_ticks(self.sheet.frame.width, QFontMetricsF(self.font()))
            marks = ticks(recording, self.view, most=most, clock=self._review.clock_times)
            self.getAxis("bottom").setTicks([[(each.time, each.text) for each in marks]])
            first, last = (time_text(recording, edge, clock=self._review.clock_times) for edge in self._edges())
            self.setAccessibleDescription(self.tr("Shows {start} to {stop}").format(start=first, stop=last))
        self._place_playhead()
        self._canvas.spoil()

    def _edges(self) -> tuple[float, float]:
        return self.view.start, self.view.stop

    # What follows from the review.

    def _spoil(self, *what: str) -> None:
        """Has something computed anew as soon as nothing else is to be done; a scan tells of much at once."""
        self._stale.update(what)
        self._refreshing.start()

    def _reopen(self) -> None:
        self.draft, self.held_score, self._position = None, None, self._review.position
        self.set_view(self._position - FIRST_VIEW / 10, min(FIRST_VIEW, self._length))
        self._spoil("trace", "marks", "reviewed", "selection")

    def _refresh(self) -> None:
        review, stale = self._review, set(self._stale)
        self._stale.clear()
        if "trace" in stale:
            self._pyramid = _followed(self._pyramid, review.base_curve)
        if stale & {"trace", "adapted"}:
            self._adapted = _followed(self._adapted, review.adapted_curve)
        self._bands = self._bands.renewed(review, stale)
        if "marks" in stale:
            self._read_marks()
        if stale & {"marks", "selection"}:
            self._selected = selected_spans(review.selected)
        self._canvas.spoil()
        self.viewport().update()  # the rows' names, too

    def _read_marks(self) -> None:
        review = self._review
        if review.clusters is self._clusters:
            self._flags = judged_anew(self._flags, review.candidates)
        else:
            self._flags, self._clusters = flag_marks(review.candidates), review.clusters
        said, me = review.annotations, review.rater.rater_id
        self._own = self._own.followed_by(tuple([each for each in said if each.rater.rater_id == me]))
        self._others = self._others.followed_by(tuple([each for each in said if each.rater.rater_id != me]))

    @property
    def point(self) -> OperatingPoint | None:
        """The operating point that is on show; None where there is none, and in blind mode."""
        point = None if self._review.blind or self._review.subject is None else self._review.point
        if point is None or self.held_score is None:
            return point
        return replace(point, enter=self.held_score, leave=point.leave / point.enter * self.held_score)

    def hold_point(self, score: float | None) -> None:
        """Shows the operating point at a score that it does not have yet; None lets it go."""
        self.held_score = score
        self._canvas.spoil()

    def set_draft(self, interval: Interval | None) -> None:
        """Shows an interval that is being made or moved."""
        self.draft = interval
        self._canvas.spoil()

    def time_at(self, place: QPointF) -> float:
        """The second at a pixel of the plot, within the recording."""
        return min(max(self.sheet.frame.time(place.x()), 0.0), self._length)

    @property
    def is_held(self) -> bool:
        """Whether the person moves something just now, so that the view must not run away."""
        return self.draft is not None or self.held_score is not None

    # How it looks.

    @property
    def sheet(self) -> Sheet:
        """How the detail lies in its picture."""
        size = self.getViewBox().rect()
        frame = Frame(0.0, max(1.0, size.width()), self._start, self._seconds)
        letter = QFontMetricsF(self.font()).height()
        return Sheet(frame, size.height(), letter, self.palette(), has_others=bool(len(self._others.marks)))

    def _draw(self, painter: QPainter) -> None:
        sheet = self.sheet
        painter.setFont(self.font())
        drawing.draw_rows(painter, sheet)
        drawing.draw_bands(painter, sheet, self._bands)
        if self._pyramid is not None:
            drawing.draw_curve(painter, sheet, self._pyramid)
        if self._adapted is not None:
            drawing.draw_adapted(painter, sheet, self._adapted, adapted_words(self._review))
        drawing.draw_selection(painter, sheet, self._selected)
        for row, marks in self._rows():
            drawing.draw_marks(painter, sheet, row, marks)
        if (point := self.point) is not None:
            drawing.draw_point(painter, sheet, point, held=self.held_score is not None)
        if self.draft is not None:
            text = self.tr("{seconds} s").format(seconds=f"{self.draft.seconds:.1f}")
            drawing.draw_draft(painter, sheet, Spans.of([self.draft]), text)

    def _rows(self) -> tuple[tuple[Row, Marks], ...]:
        every = {Row.OWN: self._own.marks, Row.FLAGS: self._flags, Row.OTHERS: self._others.marks}
        return tuple((row, every[row]) for row in self.sheet.rows)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: ARG002, N802
        """Writes the rows' names beside them."""
        sheet, origin = self.sheet, self.getViewBox().scenePos()
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        width = origin.x() - sheet.letter * 0.3
        names = {Row.OWN: self.tr("You"), Row.FLAGS: self.tr("Flags"), Row.OTHERS: self.tr("Others")}
        for row in sheet.rows:
            box = sheet.row(row).translated(origin)
            painter.drawText(QRectF(0, box.top(), width, box.height()), _RIGHT, names[row])
        for score in (0.0, 0.5, 1.0):
            box = QRectF(0, origin.y() + sheet.y(score) - sheet.letter / 2, width, sheet.letter)
            painter.drawText(box, _RIGHT, QLocale().toString(score, "f", 1))
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Shows that keys go here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Shows that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follows the theme and the size of letters."""
        super().changeEvent(event)
        if hasattr(self, "_canvas") and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit_to_letters()
            self._take_colours()
            self._show_view()

    def _take_colours(self) -> None:
        colours = self.palette()
        self.setBackground(colours.color(QPalette.ColorRole.Window))
        axis = self.getAxis("bottom")
        axis.setPen(colours.color(QPalette.ColorRole.Mid))
        axis.setTextPen(colours.color(QPalette.ColorRole.Text))

    def _resized(self) -> None:
        size = self.getViewBox().rect()
        self._canvas.resize(size)
        self._playhead.resize(size.height())
        self._show_view()


def _followed(pyramid: Pyramid | None, curve: Curve | None) -> Pyramid | None:
    if curve is None:
        return None
    return pyramid.follow(curve) if pyramid else Pyramid(curve)
