"""The visible history: newest first, in words, with who and when; undo and redo are part of it."""

import re
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Form, Label, Semiology
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Manners
from reviewer_app.gui.triage.history_panel import HistoryPanel
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import BEN, Kept, review_of, subject


def open_panel(qtbot: QtBot, review: Review) -> HistoryPanel:
    panel = HistoryPanel(review)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def lines(panel: HistoryPanel) -> list[str]:
    """What is told, without when."""
    told = [panel.model.index(row).data() for row in range(panel.model.rowCount())]
    return [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ", "", line) for line in told]


def reviewing() -> tuple[Review, Kept]:
    return review_of(manners=Manners(auto_advance=False))


def test_newest_first_with_who_and_what_it_was_before(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.next_flag()
    review.judge(Label.SPASM)
    review.judge(Label.NOT_SPASM)
    review.describe(Semiology(form=Form.SUBTLE))
    review.note("eyes")
    assert lines(panel) == [
        "Anna: ● Not a spasm at 22:01:40: note “eyes”",
        "Anna: ● Not a spasm at 22:01:40: Subtle",
        "Anna: ▲ Spasm at 22:01:40 → Not a spasm",
        "Anna: ▲ Spasm at 22:01:40",
    ]
    model: QAbstractListModel = panel.model
    qtmodeltester.check(model)


def test_every_line_says_when(qtbot: QtBot) -> None:
    review, _ = reviewing()
    review.next_flag()
    review.judge(Label.SPASM)
    panel = open_panel(qtbot, review)
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  Anna: ", panel.model.index(0).data())


def test_undo_and_redo_are_told_as_what_they_did(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    assert not panel.undo.isEnabled()
    review.next_flag()
    review.judge(Label.SPASM)
    qtbot.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    assert review.workload.left == 5
    assert not panel.undo.isEnabled()
    qtbot.mouseClick(panel.redo, Qt.MouseButton.LeftButton)
    assert review.workload.left == 4
    review.undo()
    assert lines(panel) == [
        "Anna: undone: ▲ Spasm at 22:01:40",
        "Anna: redone: ▲ Spasm at 22:01:40",
        "Anna: undone: ▲ Spasm at 22:01:40",
        "Anna: ▲ Spasm at 22:01:40",
    ]


def test_watched_time_in_a_row_is_one_line(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    for start in range(0, 60, 10):
        review.played(Interval(start, start + 10))
    assert lines(panel) == ["Anna: watched 60\u00a0s of video"]
    review.next_flag()
    review.judge(Label.SPASM)
    review.played(Interval(200, 210))
    review.played(Interval(210, 215))
    assert lines(panel) == [
        "Anna: watched 15\u00a0s of video",
        "Anna: ▲ Spasm at 22:01:40",
        "Anna: watched 60\u00a0s of video",
    ]


def test_a_history_that_grew_reads_as_one_read_at_once(qtbot: QtBot) -> None:
    review, kept = reviewing()
    panel = open_panel(qtbot, review)
    review.played(Interval(0, 10))
    review.played(Interval(10, 20))
    review.next_flag()
    review.judge(Label.SPASM)
    review.undo()
    review.played(Interval(30, 40))
    review.set_rater(BEN)
    review.played(Interval(30, 40))
    again, _ = review_of(subject(actions=[action for _, action in kept]))
    assert lines(open_panel(qtbot, again)) == lines(panel)
    assert len(lines(panel)) == 5


def test_time_marked_finalised_and_refused_is_told_with_its_undo(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.mark_reviewed(Interval(0, 60))
    review.finalise()
    review.refuse_suggestion(NotAnalysable(Interval(100, 110), next(iter(Hindrance))))
    review.undo()
    assert lines(panel) == [
        "Anna: undone: 22:01:40–22:01:50 can be judged",
        "Anna: 22:01:40–22:01:50 can be judged",
        "Anna: finalised 22:00:00–22:01:00",
        "Anna: marked 22:00:00–22:01:00 as looked at",
    ]


def test_time_that_another_program_took_back_is_told_too(qtbot: QtBot) -> None:
    review, kept = reviewing()
    review.mark_reviewed(Interval(0, 60))
    _, made = kept[0]
    (said,) = made.alterations
    gone = replace(made, action_id="gone", alterations=(replace(said, old=said.new, new=None),))
    again, _ = review_of(subject(actions=[made, gone]))
    assert lines(open_panel(qtbot, again))[0] == "Anna: 22:00:00–22:01:00: taken back"


def test_a_bulk_verdict_is_one_line_that_says_how_many(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.select([each.key for each in review.candidates[:3]])
    review.judge(Label.ARTEFACT)
    assert lines(panel) == ["Anna: ■ Artefact at 22:01:40, and 2 more alike"]


def test_moved_and_taken_back(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.annotate(Interval(200, 202), Label.SPASM)
    review.move(review.annotations[0].annotation_id, Interval(201, 205))
    review.retract()
    assert lines(panel) == [
        "Anna: ▲ Spasm at 22:03:23 → taken back",
        "Anna: ▲ Spasm at 22:03:21: moved to 22:03:21–22:03:25",
        "Anna: ▲ Spasm at 22:03:21",
    ]


def test_blind_mode_hides_what_others_did(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.next_flag()
    review.judge(Label.SPASM)
    review.set_rater(BEN)
    review.select([review.candidates[0].key])
    review.judge(Label.NOT_SPASM)
    assert [line.split(":")[0] for line in lines(panel)] == ["Ben", "Anna"]
    assert not panel.redo.isEnabled()
    review.set_blind(True)
    assert [line.split(":")[0] for line in lines(panel)] == ["Ben"]
    review.set_blind(False)
    assert len(lines(panel)) == 2


def test_another_recording_has_its_own_history(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.next_flag()
    review.judge(Label.SPASM)
    review.open(subject())
    assert lines(panel) == []
    assert not panel.undo.isEnabled()
    review.open(None)
    assert lines(panel) == []


def test_notes_and_names_are_shown_as_they_were_written(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.next_flag()
    review.judge(Label.SPASM)
    review.note("<b>bold</b>")
    assert "note “<b>bold</b>”" in lines(panel)[0]
    tip = panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold&lt;/b&gt;" in tip


def test_times_follow_the_clock_switch(qtbot: QtBot) -> None:
    review, _ = reviewing()
    panel = open_panel(qtbot, review)
    review.next_flag()
    review.judge(Label.SPASM)
    with qtbot.waitSignal(panel.model.dataChanged):
        review.set_clock_times(False)
    assert lines(panel) == ["Anna: ▲ Spasm at 0:01:40"]


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    assert_accessible(open_panel(qtbot, reviewing()[0]))
