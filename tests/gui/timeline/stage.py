"""A timeline on show, and a hand that finds seconds and scores on it."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Subject
from reviewer_app.gui.timeline.detail import Detail
from reviewer_app.gui.timeline.marks import Row
from reviewer_app.gui.timeline.overview import Overview
from reviewer_app.gui.timeline.timeline import Timeline
from tests.gui.subjects import Kept, review_of

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def staged(qtbot: QtBot, given: Subject | None = None) -> tuple[Timeline, Review, Kept]:
    """A timeline 1200 pixels wide over the made-up night, fully drawn."""
    review, kept = review_of(given)
    timeline = Timeline(review)
    qtbot.addWidget(timeline)
    timeline.resize(1200, 420)
    timeline.show()
    qtbot.waitExposed(timeline)
    settle(qtbot, timeline)
    return timeline, review, kept


def settle(qtbot: QtBot, timeline: Timeline) -> None:
    """Lets what changed be drawn."""
    qtbot.waitUntil(lambda: not timeline.detail._stale and not timeline.overview._stale)
    timeline.grab()


def spot(detail: Detail, time: float, *, row: Row | None = None, score: float = 0.9) -> QPoint:
    """The pixel of the detail's viewport at a second, in a row or at a score."""
    sheet = detail.sheet
    y = sheet.y(score) if row is None else sheet.row(row).center().y()
    scene = detail.getViewBox().mapToScene(QPointF(sheet.frame.x(time), y))
    found: QPoint = detail.mapFromScene(scene)
    return found


def drag(qtbot: QtBot, detail: Detail, start: QPoint, stop: QPoint, *, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    """Presses, moves in steps, lets go."""
    target = detail.viewport()
    QTest.mousePress(target, LEFT, modifier, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(target, start + (stop - start) * share)
    QTest.mouseRelease(target, LEFT, modifier, stop)


def click(qtbot: QtBot, detail: Detail, place: QPoint) -> None:
    """One click of the left button."""
    QTest.mouseClick(detail.viewport(), LEFT, NO_KEY, place)


def open_menu(detail: Detail) -> QMenu:
    """The menu that asks what an interval is."""
    menus = [each for each in detail.findChildren(QMenu) if each.isVisible()]
    assert len(menus) == 1
    menu: QMenu = menus[0]
    return menu


def along(overview: Overview, time: float) -> QPoint:
    """The pixel of the overview at a second, in the scores."""
    return QPointF(overview.x_at(time), overview.strip.scores.center().y()).toPoint()
