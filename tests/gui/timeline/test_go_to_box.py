"""A time typed into the box takes the review there; one that is none says so and stays to be corrected."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.gui.review import Review
from reviewer_app.gui.timeline.go_to_box import GoToBox
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import review_of


@pytest.fixture
def review() -> Review:
    return review_of()[0]


@pytest.fixture
def box(qtbot: QtBot, review: Review) -> Iterator[GoToBox]:
    window = QWidget()  # named to the end: the pytest-qt robot does not keep it, and its children go with it
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("Elsewhere"))
    box = GoToBox(review)
    column.addWidget(box)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    elsewhere(box).setFocus()
    yield box
    window.close()


def elsewhere(box: GoToBox) -> QPushButton:
    button = box.window().findChild(QPushButton)
    assert isinstance(button, QPushButton)
    return button


def test_return_goes_there_and_gives_the_keyboard_back(qtbot: QtBot, box: GoToBox, review: Review) -> None:
    box.begin()
    assert box.hasFocus()
    QTest.keyClicks(box, "22:05:30")
    with qtbot.waitSignal(review.go_to_wanted) as went:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert went.args == [330.0, False]
    assert elsewhere(box).hasFocus()


def test_beginning_again_replaces_what_was_typed(qtbot: QtBot, box: GoToBox, review: Review) -> None:
    review.set_clock_times(False)
    box.begin()
    QTest.keyClicks(box, "30")
    QTest.keyClick(box, Qt.Key.Key_Return)
    box.begin()
    QTest.keyClicks(box, "1:00")
    with qtbot.waitSignal(review.go_to_wanted) as went:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert went.args == [60.0, False]


def test_what_is_no_time_goes_nowhere_and_says_so(qtbot: QtBot, box: GoToBox, review: Review) -> None:
    box.begin()
    QTest.keyClicks(box, "soon")
    with qtbot.assertNotEmitted(review.go_to_wanted), qtbot.waitSignal(review.said) as said:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert "“soon” is not a time" in said.args[0]
    assert box.accessibleDescription() == said.args[0]
    assert box.hasFocus()
    assert box.selectedText() == "soon"
    QTest.keyClicks(box, "+90")
    assert box.accessibleDescription() == box.toolTip()


def test_escape_leaves_without_going(qtbot: QtBot, box: GoToBox, review: Review) -> None:
    box.begin()
    QTest.keyClicks(box, "22:05")
    with qtbot.assertNotEmitted(review.go_to_wanted):
        QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert elsewhere(box).hasFocus()


def test_the_hint_follows_the_clock_and_nothing_can_be_typed_without_a_recording(box: GoToBox, review: Review) -> None:
    assert "02:14" in box.placeholderText()
    review.set_clock_times(False)
    assert "1:20:00" in box.placeholderText()
    review.open(None)
    assert not box.isEnabled()


def test_where_the_keyboard_was_may_be_gone_meanwhile(qtbot: QtBot, box: GoToBox, review: Review) -> None:
    box.begin()
    button = elsewhere(box)
    with qtbot.waitSignal(button.destroyed):
        button.deleteLater()
    QTest.keyClicks(box, "22:05")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert not box.hasFocus()


def test_a_screen_reader_can_name_it_and_long_times_fit(box: GoToBox) -> None:
    assert_accessible(box)
    assert box.width() > box.fontMetrics().horizontalAdvance("02:14:07 Wed")
