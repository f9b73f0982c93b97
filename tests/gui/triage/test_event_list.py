"""The list of flags: sorted and filtered as wanted, one selection with the review, fluid with 20,000 rows."""

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Form, Label, Semiology
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Manners
from reviewer_app.gui.triage.event_list import EventList
from reviewer_app.gui.triage.event_model import Column
from reviewer_app.gui.triage.event_rows import Kind, Order
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import BEN, PEAKS, review_of, subject
from tests.gui.triage.nights import flag_often, page, said

STAYING = Manners(auto_advance=False)


def shown(events: EventList, column: Column) -> list[str]:
    return [str(events.model.index(row, column).data()) for row in range(events.model.rowCount())]


def seconds(events: EventList) -> list[int]:
    return [round(each.peak) for each in events.model.rows]


def chosen(events: EventList) -> list[int]:
    return sorted(index.row() for index in events.table.selectionModel().selectedRows())


def click(events: EventList, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = events.table.visualRect(events.model.index(row, 0)).center()
    QTest.mouseClick(events.table.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def click_head(events: EventList, column: Column) -> None:
    head = events.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) // 2, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


@pytest.fixture
def review(qtbot: QtBot) -> Review:
    return review_of(manners=STAYING)[0]


@pytest.fixture
def events(review: Review, qtbot: QtBot) -> EventList:
    events = EventList(review)
    page(events, review, qtbot)
    return events


def test_every_flag_is_a_row_in_order_of_time(events: EventList) -> None:
    assert seconds(events) == [round(each) for each in PEAKS]
    assert shown(events, Column.TIME)[0] == "22:01:40"
    assert shown(events, Column.CLUSTER) == ["1", "1", "1", "2", "2"]
    assert shown(events, Column.VERDICT) == ["▽ open"] * 5


def test_times_follow_the_clock_that_the_person_wants(events: EventList, review: Review) -> None:
    review.set_clock_times(False)
    assert shown(events, Column.TIME)[0] == "0:01:40"


def test_a_click_selects_for_all_and_the_verdict_key_judges_it(events: EventList, review: Review) -> None:
    click(events, 1)
    assert [round(each.peak) for each in review.selected] == [108]
    QTest.keyClick(events.table, Qt.Key.Key_2)
    assert review.candidates[1].verdict is Label.NOT_SPASM
    assert shown(events, Column.VERDICT)[1] == "Not a spasm"
    assert chosen(events) == [1]


def test_keys_judge_everything_that_is_selected_in_one_action(events: EventList, review: Review) -> None:
    click(events, 1)
    click(events, 3, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(events.table, Qt.Key.Key_5)
    assert [each.verdict for each in review.candidates] == [None, *[Label.ARTEFACT] * 3, None]
    assert len(review.actions) == 1
    review.undo()
    assert review.workload.left == 5


def test_the_arrow_keys_select_too(events: EventList, review: Review) -> None:
    click(events, 0)
    QTest.keyClick(events.table, Qt.Key.Key_Down)
    QTest.keyClick(events.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [round(each.peak) for each in review.selected] == [108, 116]


def test_what_is_selected_elsewhere_is_selected_here(events: EventList, review: Review) -> None:
    review.next_flag()
    review.next_flag()
    assert chosen(events) == [1]
    review.select([each.key for each in review.candidates[2:4]])
    assert chosen(events) == [2, 3]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_watches_the_row_at_hand(events: EventList, review: Review, qtbot: QtBot, key: Qt.Key) -> None:
    click(events, 3)
    with qtbot.waitSignal(review.go_to_wanted) as wanted:
        QTest.keyClick(events.table, key)
    assert wanted.args == [pytest.approx(396, abs=0.5), True]


def test_a_double_click_watches(events: EventList, review: Review, qtbot: QtBot) -> None:
    place = events.table.visualRect(events.model.index(2, 0)).center()
    click(events, 2)  # as a hand does: press, release, press again
    with qtbot.waitSignal(review.go_to_wanted) as wanted:
        QTest.mouseDClick(events.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert wanted.args == [pytest.approx(112, abs=0.5), True]


def test_letters_never_jump_to_a_row(events: EventList, review: Review) -> None:
    click(events, 0)
    QTest.keyClick(events.table, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(events.table, "o")
    assert chosen(events) == [0]


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it_round(events: EventList) -> None:
    click_head(events, Column.SCORE)
    scores = [each.score for each in events.model.rows]
    assert scores == sorted(scores, reverse=True)
    assert events.filter.order_box.currentData() is Order.SCORE
    click_head(events, Column.SCORE)
    assert [each.score for each in events.model.rows] == sorted(scores)
    click_head(events, Column.TIME)
    assert seconds(events) == [round(each) for each in PEAKS]


def test_a_column_without_an_order_does_not_pretend_to_sort(events: EventList) -> None:
    click_head(events, Column.VERDICT)
    assert events.table.horizontalHeader().sortIndicatorSection() == Column.TIME


def test_the_most_uncertain_flags_are_the_nearest_to_the_operating_point(qtbot: QtBot) -> None:
    review, _ = review_of()
    flag_often(review, 100)
    events = EventList(review)
    qtbot.addWidget(events)
    events.filter.sort(Order.UNCERTAINTY, descending=False)
    assert review.point is not None
    margins = [abs(each.score - review.point.enter) for each in events.model.rows]
    assert margins == sorted(margins)
    assert margins[0] < margins[-1]


def test_the_order_of_equals_is_that_of_time(qtbot: QtBot) -> None:
    review, _ = review_of()
    flag_often(review, 100)
    events = EventList(review)
    qtbot.addWidget(events)
    events.filter.sort(Order.CLUSTER, descending=True)
    rows = events.model.rows
    assert [each.cluster for each in rows] == sorted((each.cluster for each in rows), reverse=True)
    assert all(a.peak < b.peak for a, b in pairwise(rows) if a.cluster == b.cluster)


def test_what_a_person_named_has_no_score_and_comes_last_whichever_way(events: EventList, review: Review) -> None:
    review.annotate(Interval(50, 52), Label.SPASM)
    assert shown(events, Column.SCORE)[0] == "–"
    for descending in (False, True):
        events.filter.sort(Order.SCORE, descending=descending)
        assert seconds(events)[-1] == 51


def test_only_open_flags(events: EventList, review: Review) -> None:
    events.filter.kind_box.setCurrentIndex(events.filter.kind_box.findText("Without my verdict"))
    assert events.filter.wanted.kind is Kind.OPEN
    click(events, 1)
    QTest.keyClick(events.table, Qt.Key.Key_1)
    assert seconds(events) == [100, 116, 400, 407]
    # The verdict may still be described, and the arrows go on from here.
    assert [round(each.peak) for each in review.selected] == [108]
    QTest.keyClick(events.table, Qt.Key.Key_Down)
    assert [round(each.peak) for each in review.selected] in ([116], [400])


def test_only_one_label(events: EventList, review: Review) -> None:
    click(events, 2)
    QTest.keyClick(events.table, Qt.Key.Key_3)
    events.filter.kind_box.setCurrentIndex(events.filter.kind_box.findText("◆ Unsure"))
    assert seconds(events) == [116]


def test_only_what_people_named_beside_the_flags(events: EventList, review: Review) -> None:
    review.annotate(Interval(50, 52), Label.SPASM)
    events.filter.kind_box.setCurrentIndex(events.filter.kind_box.findText("Named by a person only"))
    assert seconds(events) == [51]


def test_only_what_one_rater_spoke_of(qtbot: QtBot) -> None:
    review, _ = review_of(subject(actions=[said(Interval(107, 109), Label.SPASM, rater=BEN)]))
    events = EventList(review)
    qtbot.addWidget(events)
    assert shown(events, Column.OTHERS) == ["", "▲ Spasm", "", "", ""]
    box = events.filter.rater_box
    box.setCurrentIndex(box.findText("Ben"))
    assert seconds(events) == [108]
    review.set_blind(True)  # now nobody may know that Ben said something
    assert box.count() == 1
    assert events.filter.wanted.rater_id is None


def test_only_notes_with_certain_words(qtbot: QtBot) -> None:
    review, _ = review_of(subject(actions=[said(Interval(399, 401), Label.SPASM, note="Eyes ROLL up")]))
    events = EventList(review)
    page(events, review, qtbot)
    assert shown(events, Column.NOTE) == ["", "", "", "✎", ""]
    events.filter.words_box.setFocus()
    QTest.keyClicks(events.filter.words_box, "roll")
    assert seconds(events) == [400]
    QTest.keyClicks(events.filter.words_box, "x1")  # a letter, and no verdict
    assert seconds(events) == []
    assert review.workload.left == 4


def test_enter_leads_from_the_words_to_the_rows_so_that_keys_judge_again(events: EventList, review: Review) -> None:
    click(events, 0)
    events.filter.words_box.setFocus()
    QTest.keyClick(events.filter.words_box, Qt.Key.Key_Return)
    assert events.table.hasFocus()
    QTest.keyClick(events.table, Qt.Key.Key_1)
    assert review.candidates[0].verdict is Label.SPASM


def test_a_verdict_key_judges_while_a_box_above_the_list_has_the_focus(events: EventList, review: Review) -> None:
    click(events, 0)
    events.filter.kind_box.setFocus()
    QTest.keyClick(events.filter.kind_box, Qt.Key.Key_2)
    assert review.candidates[0].verdict is Label.NOT_SPASM
    assert events.filter.wanted.kind is Kind.ALL


def test_notes_are_told_as_they_were_written(qtbot: QtBot) -> None:
    review, _ = review_of(subject(actions=[said(Interval(399, 401), Label.SPASM, note="<b>x</b> & <img src=x>")]))
    events = EventList(review)
    qtbot.addWidget(events)
    tip = events.model.index(3, Column.NOTE).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;img" in tip
    assert events.model.index(3, Column.NOTE).data(Qt.ItemDataRole.AccessibleTextRole) == "<b>x</b> & <img src=x>"


def test_the_tip_tells_what_it_looked_like(events: EventList, review: Review) -> None:
    click(events, 0)
    QTest.keyClick(events.table, Qt.Key.Key_1)
    review.describe(Semiology(form=Form.FLEXOR))
    assert "Spasm: Flexor" in events.model.index(0, Column.VERDICT).data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_left_is_told_in_all_and_by_cluster(events: EventList, review: Review) -> None:
    assert events.left_label.text().startswith("Left to review: 5 of 5 flags")
    assert events.clusters_label.text() == "cluster 1: 3 · cluster 2: 2"
    click(events, 0)
    QTest.keyClick(events.table, Qt.Key.Key_1)
    assert events.left_label.text().startswith("Left to review: 4 of 5 flags")
    assert events.clusters_label.text() == "cluster 1: 2 · cluster 2: 2"


def test_of_many_clusters_the_rest_is_told_together(qtbot: QtBot) -> None:
    review, _ = review_of()
    events = EventList(review)
    qtbot.addWidget(events)
    flag_often(review, 100)
    assert events.clusters_label.text().endswith("in 4 more clusters: 40")


def test_the_end_of_the_list_is_no_all_clear(events: EventList, review: Review) -> None:
    QTest.keySequence(events.table, "Ctrl+A")
    QTest.keyClick(events.table, Qt.Key.Key_2)
    assert "0 of 5" in events.left_label.text()
    assert "may still hold spasms" in events.left_label.text()
    review.set_threshold(1.0)
    assert "may still hold spasms" in events.left_label.text()


def test_why_nothing_is_flagged_is_told(qtbot: QtBot) -> None:
    review, _ = review_of(subject(scanned=0.1))
    events = EventList(review)
    qtbot.addWidget(events)
    assert "not scanned yet" in events.left_label.text()
    review.open(subject(points=()))
    assert "no operating points" in events.left_label.text()
    review.set_blind(True)
    assert "Blind" in events.left_label.text()
    review.open(None)
    assert events.left_label.text() == ""


def test_rows_that_stay_keep_selection_and_place_while_verdicts_come(qtbot: QtBot) -> None:
    review, _ = review_of(manners=STAYING)
    flag_often(review, 1000)
    events = EventList(review)
    page(events, review, qtbot)
    review.select([review.candidates[500].key])
    scrolled = events.table.verticalScrollBar().value()
    assert scrolled > 0
    review.judge(Label.SPASM)
    assert chosen(events) == [500]
    assert events.table.verticalScrollBar().value() == scrolled
    events.filter.sort(Order.SCORE, descending=False)
    assert [events.model.rows[row].key for row in chosen(events)] == [review.candidates[500].key]


def test_20000_flags_are_judged_without_a_stop(qtbot: QtBot) -> None:
    review, _ = review_of(manners=STAYING)
    flag_often(review, 20_000)
    events = EventList(review)
    page(events, review, qtbot)
    begin = time.perf_counter()
    review.select([review.candidates[9000].key])
    review.judge(Label.SPASM)
    # Generous, for a busy machine; an item for each row would take many seconds.
    assert time.perf_counter() - begin < 2
    events.table.selectAll()
    assert len(review.selected) == 20_000
    review.judge(Label.ARTEFACT)
    assert review.workload.left == 0
    assert time.perf_counter() - begin < 20


def test_the_list_goes_with_its_recording(events: EventList, review: Review) -> None:
    click(events, 0)
    review.open(None)
    assert events.model.rowCount() == 0
    assert not events.table.selectionModel().hasSelection()


def test_rows_grow_with_the_letters(events: EventList) -> None:
    before = events.table.rowHeight(0), events.table.columnWidth(Column.VERDICT)
    font = events.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    events.setFont(font)
    assert events.table.rowHeight(0) > 1.5 * before[0]
    assert events.table.columnWidth(Column.VERDICT) > 1.5 * before[1]


def test_a_sign_is_seen_on_a_selected_row_in_every_theme(events: EventList, review: Review) -> None:
    review.select([review.candidates[0].key])
    review.judge(Label.NOT_SPASM)
    for colour in ("#ffffff", "#000000"):
        palette = events.table.palette()
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(colour))
        events.table.setPalette(palette)
        icon = events.model.index(0, Column.VERDICT).data(Qt.ItemDataRole.DecorationRole)
        shape = icon.pixmap(64, QIcon.Mode.Selected).toImage()
        assert shape.pixelColor(32, 36) == QColor(colour)


def test_every_control_has_a_name(events: EventList) -> None:
    assert_accessible(events)
