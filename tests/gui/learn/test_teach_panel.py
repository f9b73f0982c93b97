"""The most telling moments, one after the other: played, judged by the usual keys, and asked for anew when used up."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.learn.offer import Offer
from reviewer_app.gui.learn.teach_panel import AROUND, TeachPanel
from reviewer_app.gui.review import Review
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import USUAL, review_of, subject

MOMENTS = (100.0, 250.0, 330.0)
"""At a flag, and twice where none is."""


class Desk:
    """The panel, its review, and where the player was sent."""

    def __init__(self, qtbot: QtBot, *, auto_advance: bool = False) -> None:
        self.review: Review = review_of(manners=replace(USUAL, auto_advance=auto_advance))[0]
        self.panel = TeachPanel(self.review)
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.played: list[float] = []
        self.wanted = 0
        self.review.go_to_wanted.connect(lambda time, _: self.played.append(time))
        self.review.teaching_wanted.connect(self._count)

    def _count(self) -> None:
        self.wanted += 1
        self.review.set_offer(Offer("Adapting…", is_working=True))

    def offer(self, *moments: float) -> None:
        self.review.set_offer(Offer("97 % sure.", "After 4: 0.93.", moments))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_first_next_asks_and_plays_when_the_answer_is_there(desk: Desk) -> None:
    desk.panel.go_on()
    assert desk.wanted == 1
    assert desk.played == []
    desk.offer(*MOMENTS)
    assert desk.played == [96.0]  # with the pre-roll of 4 s
    assert desk.panel.told.text() == "97 % sure."
    assert desk.panel.gain.text() == "After 4: 0.93."
    assert "2 more moments" in desk.panel.here.text()
    assert_accessible(desk.panel)


def test_a_verdict_goes_to_the_flag_at_the_moment_or_names_the_moment(desk: Desk) -> None:
    desk.offer(*MOMENTS)
    desk.panel.go_on()
    assert [round(each.peak) for each in desk.review.selected] == [100]
    assert desk.panel.has_moment
    desk.panel.judge(Label.SPASM)
    desk.panel.go_on()
    assert desk.review.selected == ()
    desk.panel.judge(Label.NOT_SPASM)
    first, second = desk.review.labels.annotations
    assert (first.label, second.label) == (Label.SPASM, Label.NOT_SPASM)
    assert first.interval.contains(100.0)
    assert second.interval == Interval(250.0 - AROUND, 250.0 + AROUND)
    desk.panel.judge(Label.SPASM)  # corrected: still the same moment
    assert [each.label for each in desk.review.labels.annotations] == [Label.SPASM, Label.SPASM]


def test_what_has_a_verdict_does_not_come_again_and_when_all_have_one_it_asks_anew(desk: Desk) -> None:
    desk.review.annotate(Interval(249, 251), Label.SPASM)
    desk.offer(*MOMENTS)
    desk.panel.go_on()
    desk.panel.judge(Label.SPASM)
    desk.panel.go_on()
    assert desk.played == [96.0, 326.0]
    desk.panel.judge(Label.NOT_SPASM)
    assert desk.wanted == 0
    desk.panel.go_on()
    assert desk.wanted == 1
    desk.offer()  # nothing more is telling
    assert desk.wanted == 1
    assert "Press Next" in desk.panel.here.text()


def test_after_a_verdict_it_goes_on_by_itself_if_the_person_likes_that(qtbot: QtBot) -> None:
    desk = Desk(qtbot, auto_advance=True)
    desk.offer(*MOMENTS)
    desk.panel.go_on()
    desk.panel.judge(Label.SPASM)
    desk.panel.judge(Label.NOT_SPASM)
    assert desk.played == [96.0, 246.0, 326.0]  # never to the next flag


def test_a_flag_chosen_elsewhere_is_judged_as_usual(desk: Desk) -> None:
    assert not desk.panel.has_moment
    desk.offer(*MOMENTS)
    desk.panel.go_on()
    other = next(each for each in desk.review.candidates if round(each.peak) == 400)
    desk.review.select([other.key])
    shown = [desk.panel.has_moment]
    desk.panel.play_again()
    shown.append(desk.panel.has_moment)
    desk.panel.hide()
    shown.append(desk.panel.has_moment)
    assert shown == [False, True, False]


def test_blind_and_unscanned_there_is_nothing_to_teach(desk: Desk) -> None:
    desk.offer(*MOMENTS)
    desk.review.set_blind(True)
    assert not desk.panel.next_button.isEnabled()
    assert desk.panel.here.text().startswith("Blind")
    desk.review.set_blind(False)
    desk.review.open(replace(subject(), trace=None, identity=None))
    assert not desk.panel.next_button.isEnabled()
    desk.panel.judge(Label.SPASM)
    desk.panel.play_again()
    assert desk.review.labels.annotations == ()
