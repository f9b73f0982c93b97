"""Nights with very many flags, and a page on which the verdict keys work."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Action, Label, Rater, Statement
from reviewer_app.domain.event import Cluster, Event
from reviewer_app.domain.triage import Flags
from reviewer_app.domain.window import Interval
from reviewer_app.gui import wording
from reviewer_app.gui.review import Review
from reviewer_app.gui.shortcuts import Keys, make_actions
from tests.gui.subjects import ANNA


def said(interval: Interval, label: Label, *, rater: Rater = ANNA, note: str = "") -> Action:
    """An action that names an interval."""
    alteration = wording.stated(Statement(interval, label, note=note))
    return Action(wording.new_key(), rater, (alteration,), "2026-01-01T00:00:00+00:00")


def flag_often(review: Review, count: int) -> None:
    """Has the model flag a second every ten, in clusters of ten."""
    review.clusters = tuple(
        Cluster(
            tuple(
                Event(Interval(second, second + 2), second + 1, 0.6 + second % 7 / 20)
                for second in (number * 130 + 10.0 * place for place in range(10))
            )
        )
        for number in range(count // 10)
    )
    review._flags = Flags(review.clusters)
    review._sort_candidates()
    review.candidates_changed.emit()


def page(panel: QWidget, review: Review, qtbot: QtBot) -> None:
    """A window with a panel in it, and the verdict keys."""
    window = QWidget()
    QVBoxLayout(window).addWidget(panel)
    actions = make_actions(window, Keys())
    for label in Label:
        action = actions[f"verdict_{label.value}"]
        action.triggered.connect(lambda _checked=False, label=label: review.judge(label))
        window.addAction(action)
    # qtbot itself holds widgets weakly; what is called at the end holds this one until then.
    qtbot.addWidget(window, before_close_func=lambda _: window.hide())
    window.resize(700, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
