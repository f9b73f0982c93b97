"""Verdicts, looks and notes by key and mouse: what they apply to is said, nothing typed is lost, failures stay told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Arousal, Form, Label, Semiology, Side, Statement
from reviewer_app.gui.review import Review
from reviewer_app.gui.saver import SaveState
from reviewer_app.gui.shortcuts import Keys
from reviewer_app.gui.subject import Manners
from reviewer_app.gui.triage import note_line
from reviewer_app.gui.triage.semiology_rows import toggled
from reviewer_app.gui.triage.verdict_panel import VerdictPanel
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import ANNA, BEN, Kept, review_of

LEFT = Qt.MouseButton.LeftButton


class Stage:
    """The panel beside something else that can have the focus."""

    def __init__(self, qtbot: QtBot, manners: Manners = Manners(auto_advance=False)) -> None:  # noqa: B008
        self.review: Review
        self.kept: Kept
        self.review, self.kept = review_of(manners=manners)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.panel, self.elsewhere = VerdictPanel(self.review), QListWidget()
        column = QVBoxLayout(self.window)
        column.addWidget(self.panel)
        column.addWidget(self.elsewhere)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.elsewhere.setFocus()
        qtbot.waitUntil(self.elsewhere.hasFocus)
        self.qtbot = qtbot

    def flag(self, place: int) -> None:
        self.review.select([self.review.candidates[place].key])

    def press(self, label: Label) -> None:
        self.qtbot.mouseClick(self.panel.buttons[label], LEFT)

    def say(self, aspect: str, value: object) -> None:
        self.qtbot.mouseClick(self.panel.semiology.buttons[aspect, value], LEFT)

    def type(self, text: str) -> None:
        self.panel.focus_note()
        self.qtbot.keyClicks(self.panel.note, text)

    def notes(self) -> list[str]:
        return [each.statement.note for each in self.review.annotations]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_a_click_is_a_verdict_and_the_button_stays_chosen(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.ARTEFACT)
    assert stage.review.candidates[0].verdict == "artefact"
    assert [label for label, button in stage.panel.buttons.items() if button.isChecked()] == [Label.ARTEFACT]
    stage.press(Label.SPASM)
    assert stage.review.candidates[0].verdict == "spasm"
    stage.flag(1)
    assert not any(button.isChecked() for button in stage.panel.buttons.values())


def test_a_click_on_the_standing_verdict_neither_takes_it_back_nor_says_it_twice(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.press(Label.SPASM)
    assert stage.review.candidates[0].verdict is Label.SPASM
    assert stage.panel.buttons[Label.SPASM].isChecked()
    assert len(stage.kept) == 1


def test_without_a_selection_no_button_stays_pressed_and_the_panel_says_what_it_needs(stage: Stage) -> None:
    stage.press(Label.SPASM)
    assert stage.kept == []
    assert not any(button.isChecked() for button in stage.panel.buttons.values())
    assert "needs a flag" in stage.panel.about.text()


def test_every_button_names_its_key_also_after_a_rebinding(stage: Stage) -> None:
    assert stage.panel.buttons[Label.SPASM].text() == "1  Spasm"
    assert "1" in stage.panel.buttons[Label.SPASM].toolTip()
    stage.panel.set_keys(Keys({"verdict_spasm": "9", "form_flexor": "F9", "form_mixed": ""}))
    assert stage.panel.buttons[Label.SPASM].text() == "9  Spasm"
    forms = stage.panel.semiology.buttons
    assert forms["form", Form.FLEXOR].text() == "Flexor"
    assert "F9" in forms["form", Form.FLEXOR].toolTip()
    assert forms["form", Form.MIXED].text() == "Mixed"


def test_the_looks_go_to_the_verdict_that_is_named(qtbot: QtBot) -> None:
    stage = Stage(qtbot, Manners(auto_advance=True))
    stage.flag(0)
    stage.press(Label.SPASM)
    assert stage.review.current is stage.review.candidates[1], "the next flag is on show by now"
    assert "22:01:48" in stage.panel.about.text()
    assert "Spasm at 22:01:40" in stage.panel.described.text()
    stage.say("form", Form.FLEXOR)
    stage.say("side", Side.LEFT)
    stage.say("arousal", Arousal.ON_WAKING)
    stage.say("cry", True)
    own = stage.review.candidates[0].own
    assert own is not None
    assert own.statement.semiology == Semiology(Form.FLEXOR, Side.LEFT, Arousal.ON_WAKING, cry=True)
    assert stage.review.candidates[1].own is None


def test_another_word_replaces_and_the_same_word_takes_back(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.say("form", Form.FLEXOR)
    stage.say("form", Form.SUBTLE)
    chosen = [key for key, button in stage.panel.semiology.buttons.items() if button.isChecked()]
    assert chosen == [("form", Form.SUBTLE)]
    stage.say("form", Form.SUBTLE)
    (own,) = stage.review.annotations
    assert own.statement.semiology == Semiology()


def test_toggling_touches_one_aspect_only() -> None:
    said = Semiology(Form.FLEXOR, Side.LEFT, cry=True)
    assert toggled(said, "cry", True) == Semiology(Form.FLEXOR, Side.LEFT)
    assert toggled(said, "side", Side.RIGHT) == Semiology(Form.FLEXOR, Side.RIGHT, cry=True)


def test_looks_and_note_wait_for_a_verdict(stage: Stage) -> None:
    stage.flag(0)
    assert not stage.panel.semiology.isEnabled()
    assert not stage.panel.note.isEnabled()
    assert "need not be" in stage.panel.described.text()
    stage.press(Label.UNSURE)
    assert stage.panel.semiology.isEnabled()
    assert stage.panel.note.isEnabled()


def test_enter_keeps_the_note_and_gives_the_keyboard_back(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.elsewhere.setFocus()
    stage.type("left arm, 1 s")
    stage.qtbot.keyClick(stage.panel.note, Qt.Key.Key_Return)
    assert stage.notes() == ["left arm, 1 s"]
    assert stage.elsewhere.hasFocus()


def test_escape_keeps_it_too(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("head")
    stage.qtbot.keyClick(stage.panel.note, Qt.Key.Key_Escape)
    assert stage.notes() == ["head"]


def test_leaving_the_field_keeps_the_note(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("eyes")
    stage.elsewhere.setFocus()
    assert stage.notes() == ["eyes"]


def test_a_pause_of_typing_keeps_the_note(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("smile")
    assert stage.notes() == [""], "a keystroke alone is not yet a statement"
    stage.qtbot.waitUntil(lambda: stage.notes() == ["smile"], timeout=note_line.PAUSE + 2000)
    stage.qtbot.keyClicks(stage.panel.note, "s")
    assert stage.panel.note.text() == "smiles", "the cursor stays where it was"


def test_a_note_stays_with_the_flag_that_it_was_begun_for(stage: Stage) -> None:
    stage.flag(1)
    stage.press(Label.ARTEFACT)
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("begun for the first")
    stage.flag(1)
    assert stage.notes() == ["begun for the first", ""]
    assert stage.panel.note.text() == ""


def test_a_note_outlives_a_verdict_given_while_it_is_typed(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("unsure after all")
    stage.review.judge(Label.UNSURE)
    stage.elsewhere.setFocus()
    (own,) = stage.review.annotations
    assert (own.label, own.statement.note) == (Label.UNSURE, "unsure after all")


def test_a_note_in_the_making_outlives_another_recording_and_another_rater(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("arms")
    stage.review.set_rater(BEN)
    assert stage.notes() == ["arms"]
    stage.review.set_rater(ANNA)
    stage.flag(0)
    stage.type(" and legs")
    stage.review.open(None)
    _, last = stage.kept[-1]
    statement = last.alterations[0].new
    assert isinstance(statement, Statement)
    assert statement.note == "arms and legs"


def test_a_note_is_plain_text(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("<b>=cmd()</b>")
    stage.elsewhere.setFocus()
    assert stage.notes() == ["<b>=cmd()</b>"]
    stage.flag(1)
    stage.flag(0)
    assert stage.panel.note.text() == "<b>=cmd()</b>"


def test_letters_in_a_note_are_no_commands(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.type("123 nfe")
    stage.elsewhere.setFocus()
    assert stage.review.candidates[0].verdict is Label.SPASM
    assert stage.notes() == ["123 nfe"]


def test_a_failed_save_is_told_until_it_is_resolved(stage: Stage) -> None:
    stage.panel.show_saving(SaveState(1))
    assert stage.panel.saving.text() == "… Saving"
    stage.panel.show_saving(SaveState(1, "the disk is full <b>."))
    stage.flag(0)
    stage.press(Label.SPASM)
    assert stage.panel.saving.text() == "⚠ NOT SAVED: the disk is full <b>."
    assert stage.panel.saving.textFormat() is Qt.TextFormat.PlainText
    stage.panel.show_saving(SaveState())
    assert stage.panel.saving.text() == "✓ Saved"


def test_a_bulk_verdict_says_to_how_many_it_goes(stage: Stage) -> None:
    stage.review.select([each.key for each in stage.review.candidates[:3]])
    assert "all 3 selected" in stage.panel.about.text()
    stage.press(Label.NOT_SPASM)
    assert len(stage.kept) == 1
    assert stage.panel.buttons[Label.NOT_SPASM].isChecked()
    assert "3 verdicts" in stage.panel.described.text()


def test_another_raters_verdict_chooses_no_button(stage: Stage) -> None:
    stage.flag(0)
    stage.press(Label.SPASM)
    stage.review.set_rater(BEN)
    stage.flag(0)
    assert not any(button.isChecked() for button in stage.panel.buttons.values())
    assert not stage.panel.note.isEnabled()


def test_times_follow_the_clock_switch(stage: Stage) -> None:
    stage.flag(0)
    stage.review.set_clock_times(False)
    assert "0:01:40" in stage.panel.about.text()


def test_a_click_takes_the_way_that_the_page_gives_it(qtbot: QtBot) -> None:
    review, kept = review_of()
    given: list[Label] = []
    panel = VerdictPanel(review, judge=given.append)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.mouseClick(panel.buttons[Label.UNSURE], LEFT)
    assert given == [Label.UNSURE]
    assert kept == []


def test_every_control_has_a_name(stage: Stage) -> None:
    assert_accessible(stage.panel)
