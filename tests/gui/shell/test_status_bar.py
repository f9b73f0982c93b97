"""The status bar always says what the program is not for, and says NOT SAVED until all is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.gui.shell.elided import ElidedLabel
from reviewer_app.gui.shell.notice import KNOWN, SAID, bundle_notice
from reviewer_app.gui.shell.status_bar import ReviewStatusBar
from tests.gui.accessible import assert_accessible


@pytest.fixture
def bar(qtbot: QtBot) -> ReviewStatusBar:
    bar = ReviewStatusBar()
    qtbot.addWidget(bar)
    bar.resize(1280, bar.sizeHint().height())
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def visible_texts(bar: ReviewStatusBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def test_the_research_notice_stays_in_sight_whatever_else_is_said(bar: ReviewStatusBar) -> None:
    bar.show_work("Scanning 1 of 3: 40 %, 12 x real time, 20 min left " * 5)
    bar.show_bundle_notice(STARTER_NOTICE)
    bar.show_not_saved("The disk is full. " * 10)
    bar.say("A sentence in passing. " * 10)
    label = next(each for each in bar.findChildren(QLabel) if each.text() == RESEARCH_NOTICE)
    assert label.isVisible()
    assert label.width() >= label.sizeHint().width()
    assert bar.rect().contains(label.geometry())


def test_not_saved_stays_until_saved_and_offers_to_try_again(bar: ReviewStatusBar, qtbot: QtBot) -> None:
    retry = bar.findChild(QPushButton)
    assert isinstance(retry, QPushButton)
    assert not retry.isVisible()
    bar.show_not_saved("The disk is full.")
    bar.say("Something else")
    assert "⚠ NOT SAVED: The disk is full." in visible_texts(bar)
    with qtbot.waitSignal(bar.retry_wanted):
        QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert bar.saving_text.startswith("⚠ NOT SAVED")
    bar.show_saving()
    assert bar.saving_text == "… Saving"
    bar.show_saved()
    assert bar.saving_text == "✓ All saved"
    assert not retry.isVisible()


def test_a_sentence_stands_in_place_of_the_work_until_it_is_read(bar: ReviewStatusBar, qtbot: QtBot) -> None:
    bar.show_work("Scanning")
    bar.say("Nothing is left\nto undo.")
    assert bar.line == "Nothing is left to undo."
    bar.show_work("Scanning on")
    assert bar.line == "Nothing is left to undo."
    bar._passing.start(0)
    qtbot.waitUntil(lambda: bar.line == "Scanning on")


def test_a_long_sentence_stays_for_longer(bar: ReviewStatusBar) -> None:
    bar.say("x" * 1000)
    assert bar._passing.remainingTime() > 60_000


def test_a_line_without_room_is_told_whole_in_its_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("<b>a long sentence</b> of a person")
    qtbot.addWidget(label)
    label.resize(label.minimumSizeHint())
    label.show()
    qtbot.waitExposed(label)
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    assert label.toolTip() == "<b>a long sentence</b> of a person"
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_bar_can_be_read_by_a_screen_reader(bar: ReviewStatusBar) -> None:
    bar.show_not_saved("The disk is full.")
    assert_accessible(bar)


def test_notices_to_translate_are_those_of_the_house() -> None:
    assert SAID == KNOWN
    assert bundle_notice("Trained on our own nights.") == "Trained on our own nights."
