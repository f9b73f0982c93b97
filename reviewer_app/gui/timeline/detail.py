"""The zoomed stretch of the timeline under the reviewer's hand: mouse, wheel and keys."""

from time import perf_counter

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.detail_view import DetailView
from reviewer_app.gui.timeline.drags import Drag, EdgeDrag, NewDrag, PanDrag, PointDrag
from reviewer_app.gui.timeline.holds import REACH, Held, Hold, hold_at
from reviewer_app.gui.timeline.label_menu import ask_label
from reviewer_app.gui.timeline.mark_words import flag_words, plain_tip, statement_words, time_words
from reviewer_app.gui.timeline.marks import Row, judged_by

WHEEL_STEP = 1.25
"""How much farther one notch of the wheel goes."""

NOTCH = 120.0
"""What Qt counts for one notch."""

CLICK = 4
"""Pixels within which a press and its release are a click."""

POINT_PAUSE = 30
"""Milliseconds between two pickings of flags while the operating point is dragged, at least."""

SHORT_STEP = 0.1
"""Seconds that a key moves an edge."""

POINT_STEP = 0.01
"""How far a key moves the operating point."""

_CURSORS = {
    Hold.VIEW: Qt.CursorShape.ArrowCursor,
    Hold.POINT: Qt.CursorShape.SizeVerCursor,
    Hold.START: Qt.CursorShape.SizeHorCursor,
    Hold.STOP: Qt.CursorShape.SizeHorCursor,
    Hold.NEW: Qt.CursorShape.CrossCursor,
}
_SHIFT, _CONTROL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Detail(DetailView):
    """The detail, in which flags are selected, statements made and moved, and the operating point is set.

    Signals:
        time_pointed_at: The mouse is over a second; None when it has left.
    """

    time_pointed_at = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(review, parent)
        self._drag: Drag | None = None
        self._held = Held(Hold.VIEW)
        self._pressed_at: QPointF | None = None
        self._anchor: float | None = None  # where an interval made by keys began
        self._setting_point = QTimer(self, singleShot=True, interval=POINT_PAUSE)
        self._setting_point.timeout.connect(self._set_point)
        # What was taken hold of belongs to the recording and the person before.
        review.recording_changed.connect(self.let_go)
        review.mode_changed.connect(self.let_go)

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Takes hold of what lies there."""
        if event.button() != Qt.MouseButton.LeftButton or self._review.recording is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self._place(event)
        if not 0 <= place.x() <= self.sheet.frame.width:
            return  # beside the plot there is no time
        self._pressed_at = place
        self._held = self._hold(place, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Moves what is held; else shows what could be."""
        place = self._place(event)
        if self._pressed_at is None:
            self.setCursor(_CURSORS[self._hold(place, event.modifiers()).hold])
            self.time_pointed_at.emit(self.time_at(place))
            return
        if self._drag is None and (place - self._pressed_at).manhattanLength() > CLICK:
            self._drag = self._begin(self._held, self._pressed_at)
            if self._held.hold is Hold.VIEW:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._drag is not None:
            self._drag.move(place)
            if self._held.hold is Hold.POINT and not self._setting_point.isActive():
                self._setting_point.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Lets go, or selects what was clicked on."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        drag, self._drag, place = self._drag, None, self._pressed_at
        self._pressed_at = None
        if drag is None:
            self._click(place)
        else:
            self._drop(drag.drop(), self._held, event.globalPosition())
        self.setCursor(_CURSORS[self._hold(self._place(event), event.modifiers()).hold])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Plays the flag or statement from its pre-roll."""
        key = self.key_at(self._place(event))
        if event.button() == Qt.MouseButton.LeftButton and key:
            self._review.select([key], watch=True)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zooms at the cursor; sideways, or with Shift, it pans."""
        turn = event.angleDelta()
        if event.modifiers() & _SHIFT or abs(turn.x()) > abs(turn.y()):
            self.pan(-(turn.x() or turn.y()) / NOTCH / 8)
        else:
            place = self.getViewBox().mapFromScene(self.mapToScene(event.position().toPoint()))
            self.zoom(WHEEL_STEP ** (-turn.y() / NOTCH), at=self.time_at(place))
        event.accept()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002, N802
        """Points at nothing any more."""
        self.time_pointed_at.emit(None)

    def _place(self, event: QMouseEvent) -> QPointF:
        place: QPointF = self.getViewBox().mapFromScene(self.mapToScene(event.position().toPoint()))
        return place

    def _hold(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Held:
        naming = bool(modifiers & _SHIFT)
        return hold_at(self.sheet, place.x(), place.y(), own=self._own.marks, point=self.point, naming=naming)

    def _begin(self, held: Held, place: QPointF) -> Drag:
        match held.hold:
            case Hold.POINT:
                return PointDrag(self, place)
            case Hold.NEW:
                return NewDrag(self, place)
            case Hold.START | Hold.STOP if held.interval is not None:
                return EdgeDrag(self, held.interval, is_start=held.hold is Hold.START)
        return PanDrag(self, place)

    def _drop(self, made: Interval | float | None, held: Held, place: QPointF) -> None:
        if isinstance(made, float):
            self._setting_point.stop()
            self._set_point()
        elif isinstance(made, Interval) and held.hold is Hold.NEW:
            self.ask_label(made, place)
            return
        elif isinstance(made, Interval):
            self._review.move(held.annotation_id, made)  # which does nothing if it stands no longer
        self.hold_point(None)
        self.set_draft(None)

    def let_go(self) -> None:
        """Ends whatever is being dragged or made, without any effect."""
        self._drag, self._pressed_at, self._anchor = None, None, None
        self._setting_point.stop()
        self.hold_point(None)
        self.set_draft(None)

    def ask_label(self, interval: Interval, place: QPointF) -> None:
        """Asks what an interval is; it stays on show until that is answered."""
        self.set_draft(interval)

        def choose(label: Label) -> None:
            self._review.annotate(interval, label)

        ask_label(self, place.toPoint(), chosen=choose, closed=lambda: self.set_draft(None))

    def _set_point(self) -> None:
        if self.held_score is None:
            return
        begin = perf_counter()
        self._review.set_threshold(self.held_score)
        # Among 20,000 flags this takes long: the line must get its turn to move in between.
        took = round((perf_counter() - begin) * 1000)
        self._setting_point.setInterval(max(POINT_PAUSE, 2 * took))

    def _click(self, place: QPointF) -> None:
        key = self.key_at(place)
        if key:
            self._review.select([key])
        else:
            self._review.go_to(self.time_at(place))

    def key_at(self, place: QPointF) -> str:
        """The candidate that a click at a pixel of the plot means; empty where there is none."""
        row, found = self._mark_at(place)
        return found if row is Row.FLAGS else judged_by(found, self._review.candidates)

    def _mark_at(self, place: QPointF) -> tuple[Row, str]:
        """The row at a pixel of the plot, and the key of its mark there; empty where there is none."""
        sheet = self.sheet
        row = next((row for row in Row if sheet.row(row).contains(place)), Row.FLAGS)
        marks = dict(self._rows())[row]
        found = marks.at(self.time_at(place), reach=REACH * sheet.frame.per_pixel)
        return row, marks.keys[found] if found is not None else ""

    # Words.

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Says what lies under a mouse that rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lines = self.words_at(self.getViewBox().mapFromScene(self.mapToScene(event.pos())))
            QToolTip.showText(event.globalPos(), plain_tip(lines) if lines else "", self)
            return True
        return bool(super().viewportEvent(event))

    def words_at(self, place: QPointF) -> list[str]:
        """What lies at a pixel of the plot, a line each."""
        review, sheet = self._review, self.sheet
        if review.recording is None or not QRectF(0, 0, sheet.frame.width, sheet.height).contains(place):
            return []
        time = self.time_at(place)
        lines = list(time_words(review, review.recording, time))
        lines += [kind.text for kind in self._bands.kinds_at(time)]
        row, found = self._mark_at(place)
        if found and row is Row.FLAGS:
            lines += [flag_words(review, each) for each in review.candidates if each.key == found]
        elif found and (said := review.labels.get(found)) is not None:
            lines.append(statement_words(review, said))
        return lines

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Moves the view, the operating point, or the edges of an interval."""
        key, modifiers = event.key(), event.modifiers()
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        height = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}.get(Qt.Key(key), 0)
        if side and modifiers & _ALT:
            self._nudge(side, is_start=not modifiers & _SHIFT)
        elif side and modifiers & _SHIFT:
            self._stretch(side)
        elif side:
            self.pan(side * (0.5 if modifiers & _CONTROL else 0.1))
        elif height and modifiers & _CONTROL:
            self._step_point(height)
        elif height:
            self.zoom(WHEEL_STEP**-height)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.draft is not None:
            self.ask_label(self.draft, QPointF(self.mapToGlobal(self.rect().center())))
            self._anchor = None
        elif key == Qt.Key.Key_Escape and (self.is_held or self._drag is not None):
            self.let_go()
        else:
            super().keyPressEvent(event)

    def _stretch(self, side: int) -> None:
        """Makes an interval from the playhead on, or lets it grow or shrink."""
        step = max(SHORT_STEP, self.view.seconds / 100)
        if self._anchor is None or self.draft is None:
            self._anchor, self._far = self._position, self._position
        self._far = min(max(self._far + side * step, 0.0), self._length)
        self.set_draft(Interval(min(self._anchor, self._far), max(self._anchor, self._far)))

    def _nudge(self, side: int, *, is_start: bool) -> None:
        """Moves an edge of the statement that is selected."""
        current = self._review.current
        if current is None or current.own is None:
            self._review.said.emit(self.tr("Select a statement of yours first; then its edges can be moved."))
            return
        start, stop = current.own.interval.start, current.own.interval.stop
        if is_start:
            start = min(max(0.0, start + side * SHORT_STEP), stop - SHORT_STEP)
        else:
            stop = min(max(start + SHORT_STEP, stop + side * SHORT_STEP), self._length)
        if 0 <= start < stop:
            self._review.move(current.own.annotation_id, Interval(start, stop))

    def _step_point(self, height: int) -> None:
        if self.point is not None:
            self._review.set_threshold(self.point.enter + height * POINT_STEP)
