from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.detail import Detail
from reviewer_app.gui.timeline.detail_view import SHORTEST_VIEW
from reviewer_app.gui.timeline.mark_words import plain_tip
from reviewer_app.gui.timeline.marks import Row
from tests.gui.subjects import BEN, PEAKS, subject
from tests.gui.timeline.stage import LEFT, click, drag, open_menu, settle, spot, staged

SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def wheel(detail: Detail, place: QPoint, notches: float, *, modifier: Qt.KeyboardModifier | None = None) -> None:
    event = QWheelEvent(
        QPointF(place),
        QPointF(detail.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifier or Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(detail.viewport(), event)


def own(review: Review) -> list[tuple[Any, ...]]:
    return [(each.interval.start, each.interval.stop, each.label) for each in review.labels.annotations]


def draft(detail: Detail) -> Interval | None:
    return detail.draft


# What is on show.


def test_a_short_recording_is_shown_whole(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    assert timeline.detail.view == Interval(0, 600)


def test_the_wheel_zooms_around_the_second_under_the_mouse(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    detail = timeline.detail
    place = spot(detail, 400)
    wheel(detail, place, 3)
    assert detail.view.seconds == pytest.approx(600 / 1.25**3)
    assert abs(spot(detail, 400).x() - place.x()) <= 1
    wheel(detail, place, -3)
    assert detail.view == Interval(0, 600)


def test_the_wheel_never_shows_less_than_two_seconds_or_more_than_there_is(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    wheel(timeline.detail, spot(timeline.detail, 100), 60)
    assert timeline.detail.view.seconds == pytest.approx(SHORTEST_VIEW)
    wheel(timeline.detail, spot(timeline.detail, 100), -100)
    assert timeline.detail.view == Interval(0, 600)


def test_the_wheel_with_shift_pans(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    timeline.detail.set_view(200, 80)
    wheel(timeline.detail, spot(timeline.detail, 220), -1, modifier=SHIFT)
    assert timeline.detail.view == Interval(210, 290)


def test_dragging_pans_and_stops_at_the_ends(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    detail = timeline.detail
    detail.set_view(200, 100)
    drag(qtbot, detail, spot(detail, 280, score=0.2), spot(detail, 250, score=0.2))
    assert detail.view.start == pytest.approx(230, abs=0.2)
    detail.set_view(10, 100)
    drag(qtbot, detail, spot(detail, 20, score=0.2), spot(detail, 100, score=0.2))
    assert detail.view == Interval(0, 100)


def test_fit_event_shows_the_selected_event_in_the_middle(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.select([review.candidates[3].key])
    timeline.fit_event()
    assert timeline.visible_interval().middle == pytest.approx(400, abs=1)
    assert timeline.visible_interval().seconds == pytest.approx(30)


def test_fit_hour_and_fit_all_in_a_short_recording_show_all(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    for fit in (timeline.fit_hour, timeline.fit_all):
        timeline.detail.set_view(100, 20)
        fit()
        assert timeline.visible_interval() == Interval(0, 600)


def test_the_playhead_takes_the_view_along_unless_the_person_looks_elsewhere(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    detail = timeline.detail
    detail.set_view(0, 50)
    review.set_position(49.9)
    review.set_position(50.1)
    assert detail.view.contains(50.1)
    detail.set_view(300, 50)
    review.set_position(50.2)
    assert detail.view == Interval(300, 350)
    review.set_position(500.0)  # a jump: the person went there
    assert detail.view.contains(500)


def test_what_shall_be_seen_is_brought_into_view_and_close_enough(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    timeline.detail.set_view(0, 30)
    review.show(Interval(400, 403))
    assert timeline.detail.view == Interval(386.5, 416.5)
    review.show(Interval(405, 408))
    assert timeline.detail.view == Interval(386.5, 416.5)  # it was on show


def test_playing_does_not_draw_the_curve_again(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    drawn = timeline.detail._canvas.drawn
    for tick in range(20):
        review.set_position(10 + tick / 25)
        timeline.detail.viewport().repaint()
    assert timeline.detail._canvas.drawn == drawn


# Selecting.


def test_a_click_on_a_flag_selects_it_without_playing(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    with qtbot.assertNotEmitted(review.go_to_wanted):
        click(qtbot, timeline.detail, spot(timeline.detail, PEAKS[3], row=Row.FLAGS))
    assert [each.peak for each in review.selected] == pytest.approx([PEAKS[3]], abs=0.4)


def test_a_double_click_watches_from_the_pre_roll(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    with qtbot.waitSignal(review.go_to_wanted) as went:
        QTest.mouseDClick(timeline.detail.viewport(), LEFT, pos=spot(timeline.detail, PEAKS[0], row=Row.FLAGS))
    time, play = went.args
    assert time == pytest.approx(PEAKS[0] - 4, abs=0.5)
    assert play


def test_a_click_on_empty_time_goes_there(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    with qtbot.waitSignal(review.go_to_wanted) as went:
        click(qtbot, timeline.detail, spot(timeline.detail, 250))
    assert went.args[0] == pytest.approx(250, abs=0.5)
    assert not went.args[1]


def test_a_click_beside_the_plot_goes_nowhere(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    timeline.detail.set_view(200, 100)
    with qtbot.assertNotEmitted(review.go_to_wanted):
        click(qtbot, timeline.detail, QPoint(3, 100))


def test_a_click_on_a_statement_selects_what_it_judges(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.annotate(Interval(200, 210), Label.ARTEFACT)
    review.select([])
    settle(qtbot, timeline)
    click(qtbot, timeline.detail, spot(timeline.detail, 205, row=Row.OWN))
    assert [each.verdict for each in review.selected] == [Label.ARTEFACT]


# Naming and moving.


@pytest.mark.parametrize("row", [Row.OWN, None])
def test_dragging_over_empty_time_names_an_interval(qtbot: QtBot, row: Row | None) -> None:
    timeline, review, kept = staged(qtbot)
    detail = timeline.detail
    detail.set_view(150, 100)
    modifier = Qt.KeyboardModifier.NoModifier if row else SHIFT
    drag(qtbot, detail, spot(detail, 200, row=row), spot(detail, 212, row=row), modifier=modifier)
    assert not kept
    QTest.keyClicks(open_menu(detail), "4")
    [(start, stop, label)] = own(review)
    assert (start, stop) == pytest.approx((200, 212), abs=0.2)
    assert label is Label.OTHER_SEIZURE
    assert len(kept) == 1
    assert draft(detail) is None


def test_leaving_the_menu_names_nothing(qtbot: QtBot) -> None:
    timeline, _, kept = staged(qtbot)
    detail = timeline.detail
    drag(qtbot, detail, spot(detail, 200, row=Row.OWN), spot(detail, 240, row=Row.OWN))
    QTest.keyClick(open_menu(detail), Qt.Key.Key_Escape)
    assert not kept
    assert draft(detail) is None


def test_an_edge_of_an_own_statement_is_dragged_and_kept_once(qtbot: QtBot) -> None:
    timeline, review, kept = staged(qtbot)
    review.annotate(Interval(200, 220), Label.SPASM)
    detail = timeline.detail
    detail.set_view(150, 100)
    settle(qtbot, timeline)
    drag(qtbot, detail, spot(detail, 220, row=Row.OWN), spot(detail, 230, row=Row.OWN))
    [(start, stop, label)] = own(review)
    assert (start, stop, label) == (200, pytest.approx(230, abs=0.2), Label.SPASM)
    assert len(kept) == 2
    settle(qtbot, timeline)
    drag(qtbot, detail, spot(detail, 200, row=Row.OWN), spot(detail, 240, row=Row.OWN))
    [(start, stop, _)] = own(review)
    assert 0 < stop - start < 0.2  # an edge never passes the other
    assert stop == pytest.approx(230, abs=0.2)


def test_another_raters_statement_cannot_be_moved(qtbot: QtBot) -> None:
    timeline, review, kept = staged(qtbot)
    review.annotate(Interval(200, 220), Label.SPASM)
    review.set_rater(BEN)
    detail = timeline.detail
    detail.set_view(150, 100)
    settle(qtbot, timeline)
    drag(qtbot, detail, spot(detail, 220, row=Row.OTHERS), spot(detail, 240, row=Row.OTHERS))
    assert own(review) == [(200, 220, Label.SPASM)]
    assert len(kept) == 1


def test_a_drag_keeps_to_its_statement_though_others_go_meanwhile(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.annotate(Interval(200, 220), Label.SPASM)
    review.annotate(Interval(180, 190), Label.ARTEFACT)
    detail = timeline.detail
    detail.set_view(150, 100)
    settle(qtbot, timeline)
    target, begin, end = detail.viewport(), spot(detail, 220, row=Row.OWN), spot(detail, 230, row=Row.OWN)
    QTest.mousePress(target, LEFT, pos=begin)
    QTest.mouseMove(target, begin + QPoint(20, 0))
    review.undo()
    settle(qtbot, timeline)
    QTest.mouseMove(target, end)
    QTest.mouseRelease(target, LEFT, pos=end)
    assert own(review) == [(200, pytest.approx(230, abs=0.2), Label.SPASM)]


def test_a_drag_ends_with_its_recording(qtbot: QtBot) -> None:
    timeline, review, kept = staged(qtbot)
    detail = timeline.detail
    begin = spot(detail, 200, row=Row.OWN)
    QTest.mousePress(detail.viewport(), LEFT, pos=begin)
    QTest.mouseMove(detail.viewport(), begin + QPoint(50, 0))
    assert draft(detail) is not None
    review.open(subject())
    assert draft(detail) is None
    QTest.mouseRelease(detail.viewport(), LEFT, pos=begin + QPoint(50, 0))
    assert draft(detail) is None
    assert not kept


# The operating point.


def test_dragging_the_line_moves_the_operating_point_and_picks_flags_anew(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    detail = timeline.detail
    assert review.point is not None
    begin = spot(detail, 300, score=review.point.enter)
    drag(qtbot, detail, begin, spot(detail, 300, score=0.4))
    assert review.point.enter == pytest.approx(0.4, abs=0.02)
    assert detail.held_score is None
    drag(qtbot, detail, spot(detail, 300, score=review.point.enter), spot(detail, 300, score=1.05))
    assert review.point.enter == 1.0
    assert review.workload.flags == 0


def test_the_line_stays_where_it_is_when_it_is_only_clicked(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    before = review.point
    assert before is not None
    click(qtbot, timeline.detail, spot(timeline.detail, 300, score=before.enter))
    assert review.point == before


# Without a mouse.


def test_keys_pan_zoom_and_move_the_operating_point(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    detail = timeline.detail
    detail.set_view(200, 100)
    QTest.keyClick(detail, Qt.Key.Key_Right)
    assert detail.view.start == pytest.approx(210)
    QTest.keyClick(detail, Qt.Key.Key_Left, CONTROL)
    assert detail.view.start == pytest.approx(160)
    QTest.keyClick(detail, Qt.Key.Key_Up)
    assert detail.view.seconds == pytest.approx(80)
    assert review.point is not None
    before = review.point.enter
    QTest.keyClick(detail, Qt.Key.Key_Down, CONTROL)
    assert review.point.enter == pytest.approx(before - 0.01)


def test_an_interval_is_named_by_keys_alone(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    detail = timeline.detail
    review.set_position(300.0)
    detail.set_view(250, 100)
    for _ in range(6):
        QTest.keyClick(detail, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(detail, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(detail, Qt.Key.Key_Return)
    QTest.keyClicks(open_menu(detail), "1")
    assert own(review) == [(300, pytest.approx(305), Label.SPASM)]


def test_escape_drops_an_interval_that_keys_began(qtbot: QtBot) -> None:
    timeline, _, _ = staged(qtbot)
    QTest.keyClick(timeline.detail, Qt.Key.Key_Right, SHIFT)
    assert draft(timeline.detail) is not None
    QTest.keyClick(timeline.detail, Qt.Key.Key_Escape)
    assert draft(timeline.detail) is None


def test_edges_of_the_selected_statement_are_moved_by_keys(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.annotate(Interval(200, 220), Label.SPASM)
    QTest.keyClick(timeline.detail, Qt.Key.Key_Left, ALT)
    QTest.keyClick(timeline.detail, Qt.Key.Key_Right, ALT | SHIFT)
    assert own(review) == [(pytest.approx(199.9), pytest.approx(220.1), Label.SPASM)]


def test_moving_an_edge_of_nothing_says_what_to_do(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    with qtbot.waitSignal(review.said) as said:
        QTest.keyClick(timeline.detail, Qt.Key.Key_Left, ALT)
    assert "Select" in said.args[0]


# In words.


def words(detail: Detail, time: float, row: Row | None = None) -> str:
    sheet = detail.sheet
    y = sheet.y(0.9) if row is None else sheet.row(row).center().y()
    return "\n".join(detail.words_at(QPointF(sheet.frame.x(time), y)))


def test_whatever_is_drawn_is_told_in_words_too(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    detail = timeline.detail
    review.annotate(Interval(200, 210), Label.ARTEFACT)
    review.set_rater(BEN)
    settle(qtbot, timeline)
    assert "no verdict" in words(detail, PEAKS[3], Row.FLAGS)
    assert "score 0.89" in words(detail, PEAKS[3])
    assert "■ Artefact · 22:03:20.0–22:03:30.0 · Anna" in words(detail, 205, Row.OTHERS)
    assert "no video" in words(detail, 295)
    review.select([review.candidates[0].key])
    review.judge(Label.UNSURE)
    settle(qtbot, timeline)
    assert "your verdict: Unsure" in words(detail, PEAKS[0], Row.FLAGS)
    assert "◆ Unsure" in words(detail, PEAKS[0], Row.OWN)


def test_a_name_is_never_taken_for_markup() -> None:
    assert "<b>" not in plain_tip(["<b>Anna</b> & Ben"])
    assert "&lt;b&gt;Anna" in plain_tip(["<b>Anna</b> & Ben"])


def test_blind_nothing_of_the_model_is_told(qtbot: QtBot) -> None:
    timeline, review, _ = staged(qtbot)
    review.set_blind(True)
    settle(qtbot, timeline)
    assert words(timeline.detail, PEAKS[3]) == words(timeline.detail, PEAKS[3], Row.FLAGS) == "22:06:40.0"
