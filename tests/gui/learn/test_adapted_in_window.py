"""The second curve, the keys and the panel of adapted scores, where the person meets them: in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.gui import colours
from reviewer_app.gui.learn.offer import Offer
from reviewer_app.gui.main_window import MainWindow
from reviewer_app.gui.timeline.detail import Detail
from tests.gui.learn.test_adapting import adaptation
from tests.gui.subjects import review_of
from tests.journeys.stage import press, reviewing


def has_colour(picture: QImage, wanted: str) -> bool:
    target = QColor(wanted)
    return any(
        abs(seen.red() - target.red()) + abs(seen.green() - target.green()) + abs(seen.blue() - target.blue()) < 12
        for seen in (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    )


@pytest.mark.parametrize("seconds", [600.0, 20.0])
def test_the_second_curve_is_drawn_in_its_own_colour_far_and_near(qtbot: QtBot, seconds: float) -> None:
    review, _ = review_of()
    detail = Detail(review)
    qtbot.addWidget(detail)
    detail.resize(400, 160)
    detail.show()
    detail.set_view(90.0 if seconds < 100 else 0.0, seconds)
    qtbot.wait(30)
    assert not has_colour(detail.grab().toImage(), colours.ADAPTED_COLOUR)
    review.set_adaptation(adaptation(), Offer("97 % sure."))
    qtbot.wait(30)
    assert has_colour(detail.grab().toImage(), colours.ADAPTED_COLOUR)
    assert has_colour(detail.grab().toImage(), colours.TRACE_COLOUR)  # the bundle's own stays
    review.set_adaptation(None, Offer())
    qtbot.wait(30)
    assert not has_colour(detail.grab().toImage(), colours.ADAPTED_COLOUR)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with reviewing(tmp_path, qtbot) as window:
        yield window


def test_verdict_keys_judge_the_moment_that_the_panel_shows(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    review, page = window.session.review, window.review_page
    review.set_offer(Offer("97 % sure.", "", (1.5,)))
    press(window, Qt.Key.Key_T, with_keys=Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.teach.has_moment)
    press(window, Qt.Key.Key_5)
    (said,) = review.labels.annotations
    assert said.label is Label.ARTEFACT
    assert said.interval.contains(1.5)


def test_the_key_of_the_switch_says_why_it_cannot_be_on_yet(window: MainWindow) -> None:
    assert window.session is not None
    review, said = window.session.review, list[str]()
    review.said.connect(said.append)
    review.set_offer(Offer("Too few verdicts."))
    press(window, Qt.Key.Key_D, with_keys=Qt.KeyboardModifier.ShiftModifier)
    assert said == ["Too few verdicts."]
    assert not review.follows_adapted
