"""How long the timeline takes to follow the mouse over a long recording full of flags."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.gui.bench.booth import open_window, spin, wait_until
from reviewer_app.gui.bench.figure import Figure, Spread
from reviewer_app.gui.bench.night import long_night
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.main_window import Page
from reviewer_app.gui.timeline.timeline import Timeline

MOST_DRAWN = 16.0
"""Milliseconds for 95 of 100 redraws: one picture of a screen with 60 a second."""

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def measure_redraw(*, hours: float, flags: int, count: int = 120) -> list[Figure]:
    """Pans, zooms and drags the operating point in a window 1280 pixels wide; a redraw ends with the painted pixels.

    Raises:
        SpasmReviewerError: no window can be opened.
    """
    with TemporaryDirectory() as folder, open_window(start_in(Path(folder))) as (window, session):
        window.show_page(Page.REVIEW)
        review = session.review
        session.player.blockSignals(True)  # the files of this night do not exist
        begin = perf_counter()
        review.open(long_night(hours, flags))
        opened = perf_counter() - begin
        timeline = window.review_page.timeline
        wait_until(lambda: timeline.detail.view.seconds > 0, "drawing the timeline")
        spin(1.0)
        found = len(review.candidates)
        timeline.detail.set_view(hours * 1800, hours * 450)
        spin(0.5)
        pan = _redraws(timeline, _pans(timeline, count))
        timeline.fit_all()
        spin(0.5)
        zoom = _redraws(timeline, _zooms(timeline, count))
        timeline.fit_all()
        spin(0.5)
        drag = _redraws(timeline, _drags_of_the_point(timeline, count))
        picks = _timed([partial(review.set_threshold, 0.5 + 0.01 * i) for i in range(12)])
        session.player.blockSignals(False)
    several = [("pan", pan), ("zoom", zoom), ("drag of the operating point", drag)]
    figures = [Figure(f"flags in {hours:g} h of the made-up night", found, "flags")]
    for name, seconds in several:
        spread = Spread.of(seconds)
        figures.append(Figure(f"timeline redraw, {name}, p50", spread.middle, "ms"))
        figures.append(Figure(f"timeline redraw, {name}, p95", spread.p95, "ms", MOST_DRAWN))
    figures.append(Figure("flags picked anew after the operating point moved, p50", Spread.of(picks).middle, "ms"))
    figures.append(Figure("opening it", opened * 1000, "ms"))
    return figures


def _redraws(timeline: Timeline, moves: Sequence[QEvent]) -> list[float]:
    """Seconds from each event until overview and detail are painted."""
    target = timeline.detail.viewport()

    def follow(event: QEvent) -> Callable[[], None]:
        def act() -> None:
            QCoreApplication.sendEvent(target, event)
            target.repaint()
            timeline.overview.repaint()

        return act

    return _timed([follow(event) for event in moves])


def _timed(acts: Sequence[Callable[[], object]]) -> list[float]:
    spent = []
    for act in acts:
        begin = perf_counter()
        act()
        spent.append(perf_counter() - begin)
        QCoreApplication.processEvents()
    return spent


def _pans(timeline: Timeline, count: int) -> list[QEvent]:
    """To the left with the button down, over half the night."""
    target = timeline.detail.viewport()
    width, y = target.width(), target.height() * 0.7
    xs = [width * (0.9 - 0.6 * i / count) for i in range(count)]
    press = _mouse(QEvent.Type.MouseButtonPress, target, QPointF(xs[0], y))
    QCoreApplication.sendEvent(target, press)
    moves: list[QEvent] = [_mouse(QEvent.Type.MouseMove, target, QPointF(x, y)) for x in xs[1:]]
    return [*moves, _mouse(QEvent.Type.MouseButtonRelease, target, QPointF(xs[-1], y))]


def _zooms(timeline: Timeline, count: int) -> list[QEvent]:
    """In to seconds and out again, at the cursor."""
    target = timeline.detail.viewport()
    place = QPointF(target.width() * 0.6, target.height() * 0.7)
    half = count // 2
    return [_wheel(target, place, 120 if i < half else -120) for i in range(count)]


def _drags_of_the_point(timeline: Timeline, count: int) -> list[QEvent]:
    """Up and down; picking the flags anew comes between redraws and is told for itself."""
    detail, target = timeline.detail, timeline.detail.viewport()
    point = detail.point
    assert point is not None
    scene = detail.getViewBox().mapToScene(QPointF(detail.sheet.frame.width * 0.6, detail.sheet.y(point.enter)))
    place = QPointF(detail.mapFromScene(scene))
    QCoreApplication.sendEvent(target, _mouse(QEvent.Type.MouseButtonPress, target, place))
    moves: list[QEvent] = [
        _mouse(QEvent.Type.MouseMove, target, place + QPointF(0, (i % 30) - 15.0)) for i in range(count)
    ]
    return [*moves, _mouse(QEvent.Type.MouseButtonRelease, target, place)]


def _mouse(kind: QEvent.Type, target: QWidget, place: QPointF) -> QMouseEvent:
    button = NONE if kind is QEvent.Type.MouseMove else LEFT
    held = NONE if kind is QEvent.Type.MouseButtonRelease else LEFT
    return QMouseEvent(
        kind, place, QPointF(target.mapToGlobal(place.toPoint())), button, held, Qt.KeyboardModifier.NoModifier
    )


def _wheel(target: QWidget, place: QPointF, turn: int) -> QWheelEvent:
    return QWheelEvent(
        place,
        QPointF(target.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, turn),
        NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
