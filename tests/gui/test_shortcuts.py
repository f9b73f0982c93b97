"""The table of keys: nothing clashes, nothing needs a keypad, a change is refused in words or works at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.errors import RequestError
from reviewer_app.gui.shortcuts import (
    SHORTCUTS,
    Keys,
    Shortcut,
    bind_actions,
    make_actions,
    portable,
    shortcut,
    usable_keys,
)

# What an American and a German keyboard both type without AltGr, besides letters, digits and function keys.
ON_BOTH = set(",.-+=?") | {"Space"}


def test_the_shipped_keys_do_not_clash() -> None:
    Keys()
    assert len({each.action_id for each in SHORTCUTS}) == len(SHORTCUTS)


@pytest.mark.parametrize("each", SHORTCUTS, ids=lambda each: each.action_id)
def test_every_action_has_a_key_that_german_and_american_keyboards_share(each: Shortcut) -> None:
    def is_on_both(key: str) -> bool:
        sign = key.split("+")[-1] if not key.endswith("+") else "+"
        return sign in ON_BOTH or sign.isalnum()

    assert any(is_on_both(key) for key in each.keys)
    for key in each.keys:
        assert QKeySequence(key, QKeySequence.SequenceFormat.PortableText).count() == 1
        assert "Num+" not in key
        assert portable(key) == key


def test_a_changed_key_replaces_all_keys_of_its_action() -> None:
    keys = Keys().rebound("verdict_spasm", "Q")
    assert keys.of("verdict_spasm") == ("Q",)
    assert keys.of("verdict_unsure") == ("3",)
    assert keys.restored("verdict_spasm") == Keys()


def test_a_key_can_be_taken_away_and_given_to_another() -> None:
    keys = Keys().rebound("why", "").rebound("note", "W")
    assert keys.of("why") == ()
    assert keys.text("why") == ""
    assert keys.of("note") == ("W",)


def test_a_taken_key_is_refused_and_the_owner_named() -> None:
    with pytest.raises(RequestError, match="The key W already stands for “Why was this flagged") as refusal:
        Keys().rebound("note", "W")
    assert "Give that another key first." in str(refusal.value)


def test_the_second_key_of_an_action_is_taken_too() -> None:
    with pytest.raises(RequestError, match="already stands for “Spasm”"):
        Keys().rebound("note", "S")


def test_a_restored_key_that_is_taken_meanwhile_is_refused() -> None:
    keys = Keys().rebound("why", "Q").rebound("note", "W")
    with pytest.raises(RequestError, match="already stands for"):
        keys.restored("why")


@pytest.mark.parametrize("key", ["Foo", "A, B", "Return", "Tab", "Up", "Esc"])
def test_what_is_no_key_or_moves_the_focus_is_refused(key: str) -> None:
    with pytest.raises(RequestError):
        Keys({"note": key})


def test_an_unknown_action_in_the_settings_is_refused_by_name() -> None:
    with pytest.raises(RequestError, match="no action “notes”"):
        Keys({"notes": "D"})


def test_a_settings_file_with_keys_that_clash_does_not_stop_the_program() -> None:
    assert usable_keys({"note": "Q"}) == (Keys({"note": "Q"}), "")
    keys, sentence = usable_keys({"note": "W"})
    assert keys == Keys()
    assert sentence.startswith("All keys are the usual ones: The key W already stands for")


def test_shift_belongs_to_letters_but_not_to_signs() -> None:
    assert portable("Shift+?") == "?"
    assert portable("Shift+F") == "Shift+F"
    assert portable("Ctrl+Shift+Z") == "Ctrl+Shift+Z"
    assert portable("Shift+F5") == "Shift+F5"
    assert portable("Shift+Space") == "Shift+Space"


def test_a_real_key_press_triggers_its_action_once_and_only_its_own(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window, Keys())
    window.addActions(list(actions.values()))
    done: list[str] = []
    for action_id, action in actions.items():
        action.triggered.connect(lambda _checked=False, name=action_id: done.append(name))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    # Signs come without Shift here: a screen's platform offers them so, the one without a screen knows no keyboard.
    pressed = [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "verdict_spasm"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, "verdict_spasm"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier, "side_symmetric"),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier, "help"),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, "step_back"),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, "settings"),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, "faster"),
    ]
    for key, modifier, _ in pressed:
        QTest.keyClick(window, key, modifier)
    assert done == [name for _, _, name in pressed]


def test_rebinding_takes_effect_at_once_and_is_told_in_the_tip(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window, Keys())
    assert actions["verdict_spasm"].toolTip() == "Spasm (1 · S)"
    bind_actions(actions, Keys().rebound("verdict_spasm", ""))
    assert actions["verdict_spasm"].toolTip() == "Spasm"
    assert actions["verdict_spasm"].shortcuts() == []


def test_letters_typed_into_a_box_are_text_and_not_commands(qtbot: QtBot) -> None:
    window = QWidget()
    layout, box = QVBoxLayout(window), QLineEdit()
    layout.addWidget(box)
    qtbot.addWidget(window)
    actions = make_actions(window, Keys())
    window.addActions(list(actions.values()))
    done: list[str] = []
    for action_id, action in actions.items():
        action.triggered.connect(lambda _checked=False, name=action_id: done.append(name))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    box.setFocus()
    QTest.keyClicks(box, "1 Spasm, left?")
    assert box.text() == "1 Spasm, left?"
    assert done == []


def test_a_held_verdict_key_does_not_judge_the_next_flags_too(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window, Keys())
    assert not any(actions[each.action_id].autoRepeat() for each in SHORTCUTS if each.action_id.startswith("verdict"))
    assert actions["step_forward"].autoRepeat()
    assert shortcut("step_forward").repeats
