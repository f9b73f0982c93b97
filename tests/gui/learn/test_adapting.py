"""Scores adapted to the recording under review: asked for in time, offered when they are better, never mixed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.annotation import Label
from reviewer_app.domain.trace import TraceChunk
from reviewer_app.domain.window import Interval
from reviewer_app.errors import BundleError, StoreError
from reviewer_app.gui.learn import adapting as module
from reviewer_app.gui.learn.adapted_switch import AdaptedSwitch
from reviewer_app.gui.learn.adapting import Adapting
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Shown
from reviewer_app.gui.timeline.mark_words import time_words
from reviewer_app.gui.timeline.readout import readout
from reviewer_app.gui.triage.why_panel import Ask
from reviewer_app.jobs.learn_request import Adapted, AdaptRequest
from reviewer_app.jobs.message import Figure
from reviewer_app.jobs.request import LibraryPlace
from tests.gui.accessible import assert_accessible
from tests.gui.learn.stand_ins import Queue
from tests.gui.subjects import ANNA, BEN, IDENTITY, PEAKS, review_of, subject, trace

PLACE = LibraryPlace(Path("/library"), Path("/keys"), held=True)
NEW_PEAK = 250.0


def adaptation(peaks: tuple[float, ...] = (100.0, NEW_PEAK), *, rater: int = 1, verdicts: int = 12) -> Adaptation:
    """Scores that keep one of the night's peaks, drop the others, and find a new one."""
    scores = trace(peaks=peaks).scores
    return Adaptation(np.zeros(5), scores, np.full(len(scores), 0.5, np.float32), rater, verdicts, 0.97, "h")


def answer(*, offered: bool = True, lacking: tuple[int, int] = (0, 0), sureness: float | None = 0.97) -> Adapted:
    return Adapted(
        adaptation=3 if offered else 0,
        verdicts=12,
        base=Figure("base", 0.71, 0.5, 0.9, 8, "verdicts"),
        adapted=Figure("adapted", 0.93, 0.8, 1.0, 8, "verdicts"),
        offered=offered,
        reason="",
        gain_per_verdict=0.02,
        teach=(33.0, 180.0, 300.0),
        sureness=sureness,
        lacking=lacking,
        growth=((0, 0.71), (4, 0.93)),
    )


@dataclass
class Desk:
    """A review with its adapting; the job and the library are the test's."""

    review: Review
    adapting: Adapting
    queue: Queue
    stored: dict[int, Adaptation]  # by rater

    @property
    def asked(self) -> list[AdaptRequest]:
        return [each.request for each in self.queue.asked]

    def judge(self, count: int, *, first: int = 0) -> None:
        for place in range(first, first + count):
            self.review.annotate(Interval(place * 3.0, place * 3.0 + 1), (Label.SPASM, Label.NOT_SPASM)[place % 2])


def has_adapted(review: Review) -> bool:
    return review.adapted is not None


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "PAUSE", 1)
    review, _ = review_of()
    queue, stored = Queue(), dict[int, Adaptation]()
    made = Adapting(review, cast("Ask", queue.ask), lambda _, rater: stored.get(rater), PLACE, (Path("/bundles"),))
    yield Desk(review, made, queue, stored)
    made.close()


def flags(review: Review) -> list[float]:
    return [round(each.peak) for each in review.candidates if each.is_flag]


def test_it_is_asked_for_by_itself_once_enough_is_new(desk: Desk, qtbot: QtBot) -> None:
    desk.judge(4)
    qtbot.wait(50)
    assert desk.asked == []
    desk.judge(1, first=4)
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    (request,) = desk.asked
    assert desk.review.point is not None
    assert (request.recording, request.rater_id, request.library) == (7, ANNA.rater_id, PLACE)
    assert request.enter == desk.review.point.enter
    assert desk.review.offer.is_working
    desk.review.annotate(Interval(500, 501), Label.UNSURE)  # which teaches nothing
    qtbot.wait(50)
    assert len(desk.asked) == 1


def test_each_verdict_counts_while_the_switch_is_on_or_a_person_asks(desk: Desk, qtbot: QtBot) -> None:
    desk.stored[1] = adaptation(verdicts=0)
    desk.review.open(subject())
    desk.review.follow_adapted(True)
    desk.judge(1)
    qtbot.waitUntil(lambda: len(desk.asked) == 1)
    desk.review.follow_adapted(False)
    desk.judge(1, first=1)
    qtbot.wait(50)
    assert len(desk.asked) == 1
    desk.queue.asked[0].then(answer())
    desk.review.teaching_wanted.emit()
    assert len(desk.asked) == 2
    desk.judge(1, first=2)
    qtbot.waitUntil(lambda: len(desk.asked) == 3)
    assert desk.queue.asked[1].cancelled  # its verdicts are not all of them any more


def test_the_switch_is_off_greyed_with_the_reason_and_lets_flags_follow_the_adapted_curve(
    desk: Desk, qtbot: QtBot
) -> None:
    review, switch = desk.review, AdaptedSwitch(desk.review)
    qtbot.addWidget(switch)
    before = flags(review)
    assert (switch.isEnabled(), switch.isChecked()) == (False, False)
    desk.adapting.ask_now()
    desk.queue.asked[-1].then(answer(offered=False, lacking=(4, 2), sureness=None))
    assert not switch.isEnabled()
    assert "4" in switch.toolTip()
    assert "2" in switch.toolTip()
    desk.adapting.ask_now()
    desk.queue.asked[-1].then(answer(offered=False, sureness=0.61))
    assert "61" in switch.toolTip()
    desk.stored[1] = adaptation()
    desk.adapting.ask_now()
    desk.queue.asked[-1].then(answer())
    assert (switch.isEnabled(), switch.isChecked()) == (True, False)
    assert flags(review) == before == [round(each) for each in PEAKS]
    switch.click()
    # The new peak has a score but no activity there: nothing moves, so nothing is flagged.
    assert flags(review) == [100]
    assert "false alarms" not in readout(review)
    switch.click()
    assert flags(review) == before
    assert "false alarms" in readout(review)
    assert_accessible(switch)


def test_flags_stay_at_the_second_at_which_something_goes_on(desk: Desk) -> None:
    desk.stored[1] = adaptation((100.0, 109.0, 116.0))  # half a window beside one of them
    desk.review.open(subject())
    before = {round(each.peak): each.peak for each in desk.review.candidates if each.is_flag}
    desk.review.follow_adapted(True)
    for each in desk.review.candidates:
        assert min(abs(each.peak - peak) for peak in before.values()) < 0.7


def test_what_leaves_the_window_is_the_bundles_own(desk: Desk) -> None:
    desk.stored[1] = adaptation()
    desk.review.open(subject())
    plain = desk.review.report
    desk.review.follow_adapted(True)
    adapted = desk.review.report
    assert plain is not None
    assert adapted is not None
    assert adapted.findings == plain.findings
    np.testing.assert_array_equal(adapted.trace.scores, plain.trace.scores)


def test_scores_are_another_persons_own_and_hidden_in_blind_mode(desk: Desk, qtbot: QtBot) -> None:
    switch = AdaptedSwitch(desk.review)
    qtbot.addWidget(switch)
    desk.stored[1] = adaptation()
    desk.review.open(subject())
    desk.review.follow_adapted(True)
    desk.review.set_blind(True)
    assert desk.review.adapted_curve is None
    assert not switch.isEnabled()
    assert flags(desk.review) == []
    desk.review.set_blind(False)
    assert flags(desk.review) == [100]
    desk.review.set_rater(BEN)
    assert not has_adapted(desk.review)
    assert not desk.review.follows_adapted
    assert flags(desk.review) == [round(each) for each in PEAKS]
    desk.review.set_rater(ANNA)
    assert has_adapted(desk.review)
    assert not desk.review.follows_adapted  # off until somebody wants it


def test_what_the_curve_is_and_how_sure_stands_under_the_mouse(desk: Desk) -> None:
    desk.stored[1] = adaptation()
    desk.review.open(subject())
    recording = desk.review.recording
    assert recording is not None
    _, base, adapted = time_words(desk.review, recording, 100.0)
    assert base.startswith("score")
    assert adapted.startswith("adapted to this recording, 12 verdicts: 0.")
    assert "between" in adapted


def test_another_recording_forgets_the_question_and_a_new_scan_the_scores(desk: Desk) -> None:
    desk.stored[1] = adaptation()
    desk.review.open(subject())
    desk.adapting.ask_now()
    desk.review.follow_adapted(True)
    desk.review.open(replace(subject(), number=8))
    assert desk.queue.asked[-1].cancelled
    assert not desk.review.follows_adapted
    desk.stored.clear()
    other = replace(IDENTITY, bundle="d" * 64)
    desk.review.set_trace(Shown(trace(), (), other, "other"))
    assert desk.review.adapted is None


def test_a_scan_that_goes_on_brings_the_bundles_own_scores_to_both_curves(desk: Desk) -> None:
    half = subject(scanned=0.5)
    assert half.trace is not None
    scores = np.where(np.isnan(half.trace.scores), half.trace.scores, np.float32(0.3))
    desk.stored[1] = replace(adaptation(), scores=scores, deviations=scores)
    desk.review.open(half)
    first = int(np.isnan(scores).argmax())
    whole = trace()
    part = slice(first, first + 20)
    desk.review.add_chunk(
        TraceChunk(
            first,
            whole.scores[part].copy(),
            whole.states[part].copy(),
            whole.activity[part].copy(),
            whole.quality[part].copy(),
            np.zeros((20, 4), np.float16),
        )
    )
    assert desk.review.adapted is not None
    np.testing.assert_array_equal(desk.review.adapted.picking.trace.scores[part], whole.scores[part])


def test_what_went_wrong_is_said_and_nothing_is_offered(desk: Desk) -> None:
    desk.adapting.ask_now()
    desk.queue.asked[-1].otherwise(BundleError("The bundle is away."))
    assert desk.review.offer.told == "The bundle is away."
    assert not desk.review.offer.is_working
    assert desk.review.adapted is None


def test_a_damaged_adaptation_stops_nobody_from_reviewing(qtbot: QtBot) -> None:
    def load(_number: int, _rater: int) -> Adaptation:
        raise StoreError("A stored adaptation is damaged.")

    review, _ = review_of()
    said: list[str] = []
    review.said.connect(said.append)
    made = Adapting(review, cast("Ask", Queue().ask), load, PLACE, ())
    review.open(subject())
    assert said == ["A stored adaptation is damaged."]
    assert review.adapted is None
    assert flags(review) == [round(each) for each in PEAKS]
    made.close()


def test_before_a_scan_there_is_nothing_to_ask(desk: Desk) -> None:
    desk.review.open(replace(subject(), trace=None, identity=None))
    desk.adapting.ask_now()
    desk.review.open(None)
    desk.adapting.ask_now()
    assert desk.asked == []
