from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.work.suggestions_panel import SuggestionsPanel
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import review_of, subject


def dark_between(trace: Trace, *spans: tuple[int, int]) -> Trace:
    """The trace of a night whose picture is black in some windows."""
    quality = trace.quality.copy()
    for first, stop in spans:
        quality[first:stop, 0] = 2.0
    return Trace(trace.grid, trace.scores, trace.states, trace.activity, quality)


@pytest.fixture
def review() -> Review:
    given = subject()
    assert given.trace is not None
    dark = dark_between(given.trace, (20, 60), (200, 260))
    made, _ = review_of(replace(given, trace=dark))
    return made


@pytest.fixture
def panel(review: Review, qtbot: QtBot) -> SuggestionsPanel:
    panel = SuggestionsPanel(review)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_dark_stretches_are_told_with_their_reason(panel: SuggestionsPanel) -> None:
    assert panel.model.rowCount() == 2
    texts = [panel.model.index(0, column).data() for column in range(3)]
    assert texts[0].startswith("22:00:")
    assert "Dark" in texts[2]
    assert_accessible(panel)


def test_an_accepted_stretch_becomes_not_analysable_and_leaves_the_list(
    panel: SuggestionsPanel, review: Review, qtbot: QtBot
) -> None:
    interval = panel.model.rows[0].interval
    assert not panel.accept_button.isEnabled()
    panel.table.selectRow(0)
    press(qtbot, panel.accept_button)
    (made,) = review.annotations
    assert (made.label, made.interval) == (Label.NOT_ANALYSABLE, interval)
    assert panel.model.rowCount() == 1


def test_a_refused_stretch_leaves_the_list_and_comes_back_when_that_is_undone(
    panel: SuggestionsPanel, review: Review, qtbot: QtBot
) -> None:
    panel.table.selectAll()
    press(qtbot, panel.refuse_button)
    assert panel.model.rowCount() == 0
    assert review.annotations == ()
    review.undo()
    assert panel.model.rowCount() == 1


def test_enter_plays_a_stretch(panel: SuggestionsPanel, review: Review, qtbot: QtBot) -> None:
    wanted: list[tuple[float, bool]] = []
    shown: list[Interval] = []
    review.go_to_wanted.connect(lambda time, play: wanted.append((time, play)))
    review.view_wanted.connect(shown.append)
    panel.table.setFocus()
    panel.table.selectRow(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    interval = panel.model.rows[1].interval
    assert wanted == [(interval.start, True)]
    assert shown == [interval]


def test_times_follow_the_clock_or_the_beginning(panel: SuggestionsPanel, review: Review) -> None:
    review.set_clock_times(False)
    assert panel.model.index(0, 0).data().startswith("0:00:")


def test_a_part_that_is_not_scanned_is_never_called_fine(qtbot: QtBot) -> None:
    review, _ = review_of(subject(scanned=0.5))
    panel = SuggestionsPanel(review)
    qtbot.addWidget(panel)
    assert "not scanned yet" in panel._told.text()
    review.open(None)
    assert "come with the scan" in panel._told.text()
