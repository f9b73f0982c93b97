"""Reviewing what was not flagged: highest scores first, a sample that stays random, and words that claim no more."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.audit import AuditResult
from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.audit_words import audit_text, left_out_text
from reviewer_app.gui.triage.gap_review import GapReview
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import ANNA, BEN, review_of, subject, trace

LEFT = Qt.MouseButton.LeftButton
QUIET_PEAK = 503.0
"""A peak too low to be flagged."""


class Stage:
    """The panel with a player that plays what it is told, at once."""

    def __init__(self, qtbot: QtBot, review: Review | None = None) -> None:
        self.qtbot = qtbot
        self.review = review or self._review()
        self.panel = GapReview(self.review)
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.played: list[float] = []
        self.review.go_to_wanted.connect(lambda time, play: self.played.append(time) if play else None)

    @staticmethod
    def _review() -> Review:
        low = trace()
        scores = trace(peaks=(QUIET_PEAK,))
        values, activity = low.scores.copy(), low.activity.copy()
        near = scores.scores > 0.3
        values[near], activity[near] = scores.scores[near] * 0.4, scores.activity[near] * 0.4
        night = Trace(low.grid, values, low.states, activity, low.quality)
        review, _ = review_of(replace(subject(), trace=night))
        assert [round(each.peak) for each in review.candidates] == [100, 108, 116, 400, 407]
        return review

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(getattr(self.panel, name), LEFT)

    def choose_random(self) -> None:
        self.panel.at_random.setChecked(True)

    def play_through(self) -> Interval:
        """The player plays the stretch under review to its end, in steps, and tells so."""
        current = self.panel.current
        assert current is not None
        place = current.interval
        for second in range(int(place.start), int(place.stop)):
            self.review.set_position(second + 0.01)
        self.review.played(place)
        self.review.set_position(place.stop + 0.05)
        return place

    def starts(self, count: int) -> list[float]:
        """Where the next stretches begin, each looked at."""
        found = []
        for _ in range(count):
            self.press("next")
            assert self.panel.current is not None
            found.append(self.panel.current.interval.start)
            self.review.played(self.panel.current.interval)
        return found


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_the_highest_unflagged_score_is_played_first(stage: Stage) -> None:
    stage.press("next")
    assert stage.panel.current is not None
    assert stage.panel.current.interval == Interval(500, 510)
    assert stage.played == [500]
    assert "22:08:20–22:08:30" in stage.panel.here.text()
    assert "highest score" in stage.panel.here.text()


def test_nothing_flagged_and_nothing_seen_comes(stage: Stage) -> None:
    stage.review.played(Interval(490, 520))
    starts = stage.starts(20)
    assert len(set(starts)) == 20
    assert not {490, 500, 510} & set(starts)


def test_playing_to_the_end_marks_nothing_by_itself_but_goes_on(stage: Stage) -> None:
    stage.press("next")
    first = stage.play_through()
    assert stage.panel.current is not None
    assert stage.panel.current.interval != first
    assert stage.played == [first.start, stage.panel.current.interval.start]
    assert stage.review.reviewed == (first,), "only what the player told"


def test_without_going_on_it_stays(stage: Stage) -> None:
    stage.panel.goes_on.setChecked(False)
    stage.press("next")
    first = stage.play_through()
    assert stage.panel.current is not None
    assert stage.panel.current.interval == first


def test_a_jump_elsewhere_does_not_go_on(stage: Stage) -> None:
    stage.press("next")
    stage.review.set_position(503)
    stage.review.set_position(20)
    assert len(stage.played) == 1


def test_previous_and_again(stage: Stage) -> None:
    assert not stage.panel.previous.isEnabled()
    stage.press("next")
    stage.press("next")
    second = stage.played[-1]
    stage.press("again")
    stage.press("previous")
    assert stage.played == [500, second, second, 500]
    assert not stage.panel.previous.isEnabled()


def test_a_stretch_left_early_comes_again_in_the_end(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.mark_reviewed(Interval(20, 600))
    stage = Stage(qtbot, review)
    for _ in range(3):
        stage.press("next")
    assert stage.played[0] == stage.played[2] != stage.played[1]


def test_when_all_is_seen_it_says_so_and_plays_nothing(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.mark_reviewed(Interval(0, 600))
    stage = Stage(qtbot, review)
    with qtbot.waitSignal(review.said):
        stage.press("next")
    assert stage.played == []
    assert "Not looked at yet: 0\u00a0s" in stage.panel.left.text()


def test_a_verdict_key_cannot_fall_on_a_flag_out_of_sight(stage: Stage) -> None:
    stage.review.next_flag()
    stage.press("next")
    assert stage.review.selected == ()
    stage.review.judge(Label.SPASM)
    assert stage.review.annotations == ()


def test_a_spasm_is_named_at_the_playhead(stage: Stage) -> None:
    stage.press("next")
    stage.review.set_position(503)
    stage.press("spasm")
    (own,) = stage.review.annotations
    assert own.label is Label.SPASM
    assert own.interval.contains(502.5)
    stage.review.judge(Label.UNSURE)
    assert [each.label for each in stage.review.annotations] == [Label.UNSURE], "a key then changes it"


def test_a_verdict_key_names_what_is_at_the_playhead(stage: Stage) -> None:
    stage.press("next")
    stage.review.set_position(503)
    stage.panel.judge(Label.OTHER_SEIZURE)
    stage.review.set_position(505)
    stage.panel.judge(Label.UNSURE)
    assert [each.label for each in stage.review.annotations] == [Label.UNSURE], "soon after, it corrects"
    stage.review.set_position(509)
    stage.panel.judge(Label.SPASM)
    assert [each.label for each in stage.review.annotations] == [Label.UNSURE, Label.SPASM]


def test_a_verdict_key_judges_the_flag_that_is_selected(stage: Stage) -> None:
    stage.press("next")
    stage.review.next_flag()
    stage.panel.judge(Label.SPASM)
    assert stage.review.candidates[0].verdict is Label.SPASM


def test_a_verdict_key_needs_a_selection_while_another_panel_is_in_front(stage: Stage) -> None:
    stage.press("next")
    stage.panel.hide()
    with stage.qtbot.waitSignal(stage.review.said) as said:
        stage.panel.judge(Label.SPASM)
    assert "Select a flag first" in said.args[0]
    assert stage.review.annotations == ()


def test_the_sample_is_each_raters_own_and_comes_back_after_closing(qtbot: QtBot) -> None:
    review, kept = review_of()
    stage = Stage(qtbot, review)
    stage.choose_random()
    firsts = stage.starts(4)
    again, _ = review_of(subject(actions=[action for _, action in kept]))
    later = Stage(qtbot, again)
    later.choose_random()
    assert "looked at: 4 (40\u00a0s)" in later.panel.result.text()
    rest = later.starts(3)
    assert not set(rest) & set(firsts)
    straight = Stage(qtbot, review_of()[0])
    straight.choose_random()
    assert straight.starts(7) == firsts + rest
    other = Stage(qtbot, review_of(rater=BEN)[0])
    other.choose_random()
    assert other.starts(7) != firsts + rest


def test_a_skipped_sample_stretch_comes_again_before_anything_counts(stage: Stage) -> None:
    stage.choose_random()
    stage.press("next")
    stage.press("next")
    stage.review.played(Interval(stage.played[1], stage.played[1] + 10))
    assert "looked at" not in stage.panel.result.text()
    stage.press("next")
    assert stage.played[2] == stage.played[0]


def test_the_estimate_runs_with_the_sample(stage: Stage) -> None:
    stage.choose_random()
    assert "drawn by lot" in stage.panel.result.text()
    stage.starts(5)
    stage.qtbot.waitUntil(lambda: "looked at: 5 (50\u00a0s)" in stage.panel.result.text())
    assert "you named in them: 0." in stage.panel.result.text()
    assert "can still not be ruled out" in stage.panel.result.text()
    stage.review.set_position(stage.played[2] + 5)
    stage.press("spasm")
    stage.qtbot.waitUntil(lambda: "in them: 1. That is about 72 (1.8–" in stage.panel.result.text())


def test_blind_mode_tells_nothing_of_what_was_flagged(stage: Stage) -> None:
    stage.review.set_blind(True)
    stage.qtbot.waitUntil(lambda: "Blind" in stage.panel.left.text())
    assert not stage.panel.next.isEnabled()


def test_what_was_not_scanned_is_told_and_never_played(qtbot: QtBot) -> None:
    stage = Stage(qtbot, review_of(subject(scanned=0.5))[0])
    assert "5\u00a0min of video were not scanned" in stage.panel.left.text()
    assert max(stage.starts(20)) < 310
    unscanned = Stage(qtbot, review_of(subject(scanned=0.0))[0])
    assert "Nothing is scanned yet" in unscanned.panel.left.text()
    assert not unscanned.panel.next.isEnabled()


def test_another_recording_begins_anew(stage: Stage) -> None:
    stage.press("next")
    stage.review.open(subject())
    assert stage.panel.current is None
    stage.review.open(None)
    stage.qtbot.waitUntil(lambda: not stage.panel.next.isEnabled())
    assert not stage.panel.spasm.isEnabled()


def test_another_rater_has_looked_at_other_time(stage: Stage) -> None:
    stage.press("next")
    stage.review.played(Interval(500, 510))
    stage.review.set_rater(BEN)
    assert stage.panel.current is None
    stage.press("next")
    assert stage.played[-1] == 500
    stage.review.set_rater(ANNA)
    stage.press("next")
    assert stage.played[-1] != 500


def test_all_of_it_by_the_keyboard(stage: Stage) -> None:
    stage.panel.next.setFocus()
    stage.qtbot.keyClick(stage.panel.next, Qt.Key.Key_Space)
    assert stage.played == [500]
    stage.panel.by_score.setFocus()
    stage.qtbot.keyClick(stage.panel.by_score, Qt.Key.Key_Right)
    assert stage.panel.at_random.isChecked()


def test_every_control_has_a_name(stage: Stage) -> None:
    assert_accessible(stage.panel)


def test_the_estimate_in_words() -> None:
    found = audit_text(AuditResult(30, 300, 1, 12.0, 0.304, 66.9), unflagged_seconds=7.5 * 3600)
    assert "in them: 1. That is about 12 (0.3–67) an hour of unflagged time" in found
    assert "90 (2.3–500) in the 7.5\u00a0h that were not flagged" in found
    none = audit_text(AuditResult(30, 300, 0, 0.0, 0.0, 44.3), unflagged_seconds=3600)
    assert "Up to 44 an hour" in none
    assert "clusters" in none


@pytest.mark.parametrize("spasms", [0, 1])
def test_no_estimate_is_an_all_clear(spasms: int) -> None:
    text = audit_text(AuditResult(500, 5000, spasms, 0.7 * spasms, 0.0, 2.7), unflagged_seconds=3600).lower()
    assert "no spasm" not in text
    assert "normal" not in text


def test_time_that_nobody_could_see_is_told() -> None:
    whole = Coverage((Interval(0, 100),), (), (), ())
    assert left_out_text(whole) == ""
    holes = Coverage((Interval(0, 100),), (Interval(200, 900),), (Interval(100, 130),), (Interval(130, 160),))
    assert "60\u00a0s" in left_out_text(holes), "a gap holds no video that could be scanned"
    assert left_out_text(None) == ""
