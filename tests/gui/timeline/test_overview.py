from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.trace import TraceChunk, WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.gui.subject import Subject
from reviewer_app.gui.timeline.bands import Kind
from reviewer_app.gui.timeline.frame import Frame
from reviewer_app.gui.timeline.overview import Overview
from reviewer_app.gui.timeline.overview_drawing import Bracket, Strip, draw_clusters
from tests.gui.subjects import recording, subject, trace
from tests.gui.timeline.stage import LEFT, along, settle, staged


def pixels(overview: Overview, row: QRectF, start: float, stop: float) -> np.ndarray:
    """The overview's colours in a row between two seconds, as (height, width, 3), without what moves."""
    image = overview._picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    whole = lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    across = slice(int(overview.x_at(start)) + 2, int(overview.x_at(stop)) - 2)
    return whole[int(row.top()) + 2 : int(row.bottom()) - 2, across]


# Going there.


def test_a_click_goes_there_and_a_drag_goes_along(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    overview = timeline.overview
    timeline.detail.set_view(0, 50)
    went: list[float] = []
    review.go_to_wanted.connect(lambda time, play: went.append(time))
    QTest.mousePress(overview, LEFT, pos=along(overview, 300))
    QTest.mouseMove(overview, along(overview, 350))
    QTest.mouseMove(overview, along(overview, 420))
    QTest.mouseRelease(overview, LEFT, pos=along(overview, 420))
    QTest.mouseMove(overview, along(overview, 100))
    assert went == pytest.approx([300, 350, 420], abs=0.5)


def test_dragging_the_frames_edges_changes_what_the_detail_shows(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    overview, detail = timeline.overview, timeline.detail
    detail.set_view(200, 100)
    QTest.mousePress(overview, LEFT, pos=along(overview, 300))
    QTest.mouseMove(overview, along(overview, 400))
    QTest.mouseRelease(overview, LEFT, pos=along(overview, 400))
    assert (detail.view.start, detail.view.stop) == pytest.approx((200, 400), abs=0.5)
    QTest.mousePress(overview, LEFT, pos=along(overview, 200))
    QTest.mouseMove(overview, along(overview, 100))
    QTest.mouseRelease(overview, LEFT, pos=along(overview, 100))
    assert (detail.view.start, detail.view.stop) == pytest.approx((100, 400), abs=0.6)


def test_a_frame_too_thin_for_two_edges_is_dragged_whole(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    overview, detail = timeline.overview, timeline.detail
    detail.set_view(200, 4)
    QTest.mousePress(overview, LEFT, pos=along(overview, 202))
    QTest.mouseMove(overview, along(overview, 402))
    QTest.mouseRelease(overview, LEFT, pos=along(overview, 402))
    assert detail.view.seconds == pytest.approx(4)
    assert detail.view.middle == pytest.approx(402, abs=1)


def test_pointing_tells_the_second_and_leaving_that_there_is_none(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    told: list[float | None] = []
    timeline.overview.time_pointed_at.connect(told.append)
    QTest.mouseMove(timeline.overview, along(timeline.overview, 120))
    assert told[-1] == pytest.approx(120, abs=0.5)


def test_keys_go_page_by_page_to_the_ends_and_by_the_hour(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.go_to_wanted.connect(lambda time, play: review.set_position(time))
    timeline.detail.set_view(0, 60)
    went = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(timeline.overview, key)
        went.append(review.position)
    assert went == pytest.approx([60, 120, 60, 600, 0, 0])


def test_up_and_down_zoom_the_detail(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    timeline.detail.set_view(200, 100)
    QTest.keyClick(timeline.overview, Qt.Key.Key_Up)
    assert timeline.detail.view == Interval(210, 290)


# What it shows.


def test_a_peak_is_brighter_than_quiet_time(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    overview = timeline.overview
    peak = pixels(overview, overview.strip.scores, 98, 119).max(axis=(0, 1))
    quiet = pixels(overview, overview.strip.scores, 150, 250).max(axis=(0, 1))
    assert peak[0] > 200
    assert quiet[0] < 60


def test_what_was_not_scanned_never_looks_like_a_low_score(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot, subject(scanned=0.4))
    overview = timeline.overview
    quiet = pixels(overview, overview.strip.scores, 150, 220)
    for start, stop in ((300, 380), (450, 550)):
        unscanned = pixels(overview, overview.strip.scores, start, stop)
        assert len(np.unique(unscanned.reshape(-1, 3), axis=0)) > 1  # a pattern, not a colour
        assert not (set(map(tuple, unscanned.reshape(-1, 3))) & set(map(tuple, quiet.reshape(-1, 3))))


def test_without_a_scan_everything_but_the_gap_is_not_scanned(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot, Subject(7, recording()))
    assert timeline.overview.kinds_at(100) == (Kind.UNSCANNED,)
    assert timeline.overview.kinds_at(295) == (Kind.GAP,)


def test_a_scan_fills_the_strip_while_it_runs(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot, subject(scanned=0.1))
    overview, whole = timeline.overview, trace()
    before = pixels(overview, overview.strip.scores, 98, 119).copy()
    first = round(0.1 * whole.grid.count)
    part = slice(first, first + 200)
    review.add_chunk(
        TraceChunk(
            first,
            whole.scores[part].copy(),
            np.full(200, WindowState.SCORED, np.uint8),
            whole.activity[part].copy(),
            whole.quality[part].copy(),
            np.zeros((200, 0), np.float16),
        )
    )
    qtbot.wait(1100)  # coverage is counted anew once a second
    settle(qtbot, timeline)
    after = pixels(overview, overview.strip.scores, 98, 119)
    assert after[..., 0].max() > 200 > before[..., 0].min()
    assert Kind.UNSCANNED not in overview.kinds_at(110)


def test_a_hole_of_one_second_in_a_long_night_can_be_seen(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    clean = pixels(timeline.overview, timeline.overview.strip.scores, 440, 460).copy()
    review.open(replace(subject(), holes=(Interval(450.0, 450.1),)))
    settle(qtbot, timeline)
    holed = pixels(timeline.overview, timeline.overview.strip.scores, 440, 460)
    assert (holed != clean).any(axis=2).any(axis=0).sum() >= 2
    assert timeline.overview.kinds_at(450.05) == (Kind.UNDECODABLE,)


def test_reviewed_and_finalised_time_shows_in_its_row(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    overview = timeline.overview
    rows = overview.strip.reviewed
    before = pixels(overview, rows, 20, 80).copy()
    review.mark_reviewed(Interval(10, 90))
    settle(qtbot, timeline)
    reviewed = pixels(overview, rows, 20, 80).copy()
    review.finalise()
    settle(qtbot, timeline)
    finalised = pixels(overview, rows, 20, 80)
    assert (reviewed != before).any()
    assert (finalised != reviewed).any()
    assert overview.kinds_at(50) == (Kind.REVIEWED, Kind.FINALISED)


def test_in_blind_mode_nothing_of_the_model_is_left_on_it(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.judge(Label.SPASM)
    review.set_blind(True)
    settle(qtbot, timeline)
    overview = timeline.overview
    base = QColor(overview.palette().base().color())
    scores = pixels(overview, overview.strip.scores, 20, 250)
    assert (scores == np.array([base.red(), base.green(), base.blue()])).all()
    above = pixels(overview, overview.strip.clusters, 20, 250)
    assert len(np.unique(above.reshape(-1, 3), axis=0)) == 1
    assert overview.kinds_at(295) == (Kind.GAP,)  # what a file lacks is no opinion


def test_selecting_and_playing_do_not_draw_the_night_again(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    picture = timeline.overview._picture.cacheKey()
    review.select([review.candidates[1].key])
    settle(qtbot, timeline)
    review.set_position(33.0)
    timeline.overview.repaint()
    assert timeline.overview._picture.cacheKey() == picture


def test_without_a_recording_nothing_happens(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.open(None)
    settle(qtbot, timeline)
    QTest.mouseClick(timeline.overview, LEFT, pos=QPoint(300, 40))
    QTest.keyClick(timeline.overview, Qt.Key.Key_Right)
    QTest.mouseClick(timeline.detail.viewport(), LEFT, pos=QPoint(300, 100))
    for fit in (timeline.fit_event, timeline.fit_hour, timeline.fit_all):
        fit()
    settle(qtbot, timeline)
    assert timeline.words.text() == ""


@pytest.mark.parametrize(("count", "numbers"), [(3, 3), (1000, 0)])
def test_numbers_that_would_touch_are_left_out(qapp: QApplication, count: int, numbers: int) -> None:
    written: list[str] = []

    class Pen(QPainter):
        def drawText(self, *given: Any) -> None:  # type: ignore[override]  # noqa: N802 - as Qt spells it
            written.append(given[-1])

    image = QImage(1200, 100, QImage.Format.Format_RGB32)
    strip = Strip(Frame(0.0, 1200.0, 0.0, 72 * 3600.0), 14.0, qapp.palette())
    brackets = [Bracket(i + 1, Interval(i * 86_400 / count * 3, i * 86_400 / count * 3 + 60), 20) for i in range(count)]
    painter = Pen(image)
    draw_clusters(painter, strip, brackets, {each.number: 20 for each in brackets})
    painter.end()
    assert written == ["20"] * numbers
