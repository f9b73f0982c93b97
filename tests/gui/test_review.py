"""The state under review: flags come in order, verdicts stand at once, nothing is overwritten, undo is a statement."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Form, Label, Matter, Semiology
from reviewer_app.domain.trace import Trace, TraceChunk
from reviewer_app.domain.triage import Seek
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.gui.picking import Picking
from reviewer_app.gui.subject import Manners, Shown
from tests.gui.subjects import ANNA, BEN, IDENTITY, PEAKS, POINTS, review_of, subject, trace


def peaks_of(review: object) -> list[float]:
    return [round(each.peak) for each in review.candidates]  # type: ignore[attr-defined]


def test_flags_are_the_peaks_in_their_clusters(qtbot: QtBot) -> None:
    review, _ = review_of()
    assert peaks_of(review) == [round(peak) for peak in PEAKS]
    assert [each.cluster for each in review.candidates] == [1, 1, 1, 2, 2]
    assert review.workload.left == 5
    assert review.workload.left_in_cluster == {1: 3, 2: 2}


def test_the_next_flag_is_watched_from_its_pre_roll(qtbot: QtBot) -> None:
    review, _ = review_of(manners=Manners(pre_roll=4.0))
    with qtbot.waitSignal(review.go_to_wanted) as wanted:
        assert review.next_flag()
    assert wanted.args == [pytest.approx(96, abs=0.5), True]
    review.next_flag()
    assert review.current is not None
    assert round(review.current.peak) == 108
    review.next_flag(Seek.CLUSTER)
    assert round(review.current.peak) == 400
    review.next_flag(Seek.PREVIOUS)
    assert round(review.current.peak) == 116


def test_nothing_ahead_never_says_that_there_are_no_spasms(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.set_position(590)
    with qtbot.waitSignal(review.said) as said:
        assert not review.next_flag()
    assert "may still hold spasms" in said.args[0]
    half, _ = review_of(subject(scanned=0.5))
    half.set_position(590)
    with qtbot.waitSignal(half.said) as said:
        assert not half.next_flag()
    assert "not scanned yet" in said.args[0]


def test_a_verdict_is_handed_on_at_once_and_the_next_open_flag_comes(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.next_flag()
    review.judge(Label.SPASM)
    ((number, action),) = kept
    assert number == 7
    assert action.rater == ANNA
    (alteration,) = action.alterations
    assert alteration.new is not None
    assert review.candidates[0].verdict is Label.SPASM
    assert review.workload.left == 4
    assert review.current is review.candidates[1]


def test_without_auto_advance_the_flag_stays(qtbot: QtBot) -> None:
    review, _ = review_of(manners=Manners(auto_advance=False))
    review.next_flag()
    review.judge(Label.NOT_SPASM)
    assert review.current is review.candidates[0]


def test_a_second_verdict_supersedes_and_the_same_again_says_nothing(qtbot: QtBot) -> None:
    review, kept = review_of(manners=Manners(auto_advance=False))
    review.next_flag()
    review.judge(Label.SPASM)
    review.describe(Semiology(form=Form.FLEXOR))
    review.judge(Label.UNSURE)
    review.judge(Label.UNSURE)
    assert len(kept) == 3
    assert len({each.key for _, action in kept for each in action.alterations}) == 1
    own = review.candidates[0].own
    assert own is not None
    assert own.label is Label.UNSURE
    assert own.statement.semiology.form is Form.FLEXOR


def test_a_bulk_verdict_is_one_action_and_one_undo(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.select([each.key for each in review.candidates[:3]])
    review.judge(Label.ARTEFACT)
    assert len(kept) == 1
    assert [each.verdict for each in review.candidates] == [Label.ARTEFACT] * 3 + [None] * 2
    review.undo()
    assert [each.verdict for each in review.candidates] == [None] * 5
    review.redo()
    assert [each.verdict for each in review.candidates] == [Label.ARTEFACT] * 3 + [None] * 2
    assert len(kept) == 3, "undo and redo are kept, too"


def test_undo_reaches_back_over_a_restart(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.next_flag()
    review.judge(Label.SPASM)
    review.judge(Label.NOT_SPASM)
    again, more = review_of(subject(actions=[action for _, action in kept]))
    assert [each.verdict for each in again.candidates[:2]] == [Label.SPASM, Label.NOT_SPASM]
    again.undo()
    again.undo()
    assert again.workload.left == 5
    with qtbot.waitSignal(again.said) as said:
        again.undo()
    assert "undo" in said.args[0]
    assert len(more) == 2


def test_semiology_goes_to_the_verdict_just_given(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.next_flag()
    review.judge(Label.SPASM)
    assert review.current is review.candidates[1], "the next flag is on show by now"
    review.describe(Semiology(form=Form.SUBTLE, cry=True))
    review.note("eyes only")
    own = review.candidates[0].own
    assert own is not None
    assert own.statement.semiology == Semiology(form=Form.SUBTLE, cry=True)
    assert own.statement.note == "eyes only"


def test_raters_never_touch_each_others_words(qtbot: QtBot) -> None:
    review, kept = review_of(manners=Manners(auto_advance=False))
    review.next_flag()
    review.judge(Label.SPASM)
    review.set_rater(BEN)
    review.next_flag(Seek.PREVIOUS)
    review.select([review.candidates[0].key])
    review.judge(Label.NOT_SPASM)
    flag = review.candidates[0]
    assert flag.verdict is Label.NOT_SPASM
    assert [each.label for each in flag.others] == [Label.SPASM]
    assert kept[0][1].alterations[0].key != kept[1][1].alterations[0].key
    review.undo()
    review.undo()
    assert [each.label for each in review.candidates[0].others] == [Label.SPASM], "Anna's stands"


def test_after_a_change_of_rater_nobody_describes_the_others_last_verdict(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.next_flag()
    review.judge(Label.SPASM)
    (own,) = review.described
    review.set_rater(BEN)
    assert review.described == ()
    review.describe(Semiology(form=Form.FLEXOR))
    review.note("Ben's", on=[own.annotation_id])
    assert len(kept) == 1


def test_blind_hides_the_model_and_the_others(qtbot: QtBot) -> None:
    review, _ = review_of(manners=Manners(auto_advance=False))
    review.next_flag()
    review.judge(Label.SPASM)
    review.set_rater(BEN)
    review.annotate(Interval(200, 202), Label.UNSURE)
    review.set_blind(True)
    assert review.trace is None
    assert review.curve is None
    assert [each.interval for each in review.candidates] == [Interval(200, 202)]
    assert [each.rater for each in review.annotations] == [BEN]
    review.set_blind(False)
    assert len(review.candidates) == 6


def test_a_long_statement_judges_every_flag_in_it(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.annotate(Interval(90, 130), Label.NOT_ANALYSABLE)
    assert [each.verdict for each in review.candidates] == [Label.NOT_ANALYSABLE] * 3 + [None] * 2
    review.select([review.candidates[1].key])
    review.judge(Label.SPASM)
    verdicts = [each.verdict for each in review.candidates]
    assert verdicts == [Label.NOT_ANALYSABLE, Label.SPASM, Label.NOT_ANALYSABLE, None, None]


def test_another_verdict_moves_the_edges_that_the_first_one_set_and_no_others(qtbot: QtBot) -> None:
    review, _ = review_of(manners=Manners(auto_advance=False))
    review.next_flag()
    (flag,) = review.selected
    review.judge(Label.NOT_SPASM)
    assert [each.interval for each in review.annotations] == [flag.interval]
    review.judge(Label.SPASM)
    (own,) = review.annotations
    assert own.interval == flag.named(Label.SPASM)
    assert own.interval.start == pytest.approx(flag.peak - 0.5)
    by_hand = Interval(flag.peak - 0.8, flag.peak + 0.2)
    review.move(own.annotation_id, by_hand)
    review.judge(Label.UNSURE)
    assert [each.interval for each in review.annotations] == [by_hand]


def test_an_annotation_gets_new_edges_and_can_be_taken_back(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.annotate(Interval(200, 202), Label.SPASM)
    (own,) = review.annotations
    review.move(own.annotation_id, Interval(201, 204))
    assert [each.interval for each in review.annotations] == [Interval(201, 204)]
    review.retract()
    assert list(review.annotations) == []
    review.undo()
    assert [each.interval for each in review.annotations] == [Interval(201, 204)]


def test_what_was_played_is_reviewed_once_and_only_that_is_finalised(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.played(Interval(10, 20))
    review.played(Interval(12, 18))
    review.played(Interval(15, 30))
    review.mark_reviewed(Interval(100, 110))
    assert review.reviewed == (Interval(10, 30), Interval(100, 110))
    assert list(review.finalised) == []
    review.finalise()
    assert review.finalised == review.reviewed
    assert len(kept) == 4, "what was reviewed already is not told again"
    review.undo()
    assert list(review.finalised) == []


def test_the_threshold_moves_the_flags_and_the_predictions(qtbot: QtBot) -> None:
    review, _ = review_of()
    assert review.point is not None
    strict = review.point.false_alarms_per_hour
    review.set_threshold(0.45)
    assert review.point.enter == 0.45
    assert strict < review.point.false_alarms_per_hour < 8
    review.set_threshold(0.999)
    assert review.candidates == ()


def test_a_suggestion_is_accepted_or_refused_and_then_gone(qtbot: QtBot) -> None:
    dark = trace()
    quality = dark.quality.copy()
    quality[300:340, 0] = 3.0
    quality[400:440, 0] = 3.0
    review, _ = review_of()
    darkened = Trace(dark.grid, dark.scores, dark.states, dark.activity, quality)
    review.set_trace(Shown(darkened, (), IDENTITY, "tiny"))
    first, second = review.suggestions
    review.accept_suggestion(first)
    assert [each.label for each in review.annotations] == [Label.NOT_ANALYSABLE]
    review.refuse_suggestion(second)
    assert list(review.suggestions) == []
    review.undo()
    assert review.suggestions == (second,)


def test_another_bundles_trace_waits_for_its_calibration(qtbot: QtBot) -> None:
    review, _ = review_of()
    review.set_trace(Shown(trace(), (), replace(IDENTITY, bundle="c" * 64), "other"))
    assert review.candidates == ()
    review.set_bundle("", POINTS)
    assert len(review.candidates) == 5


def test_other_wishes_move_the_operating_point(qtbot: QtBot) -> None:
    review, _ = review_of(manners=Manners(false_alarms_per_hour=1))
    review.set_manners(Manners(false_alarms_per_hour=8))
    assert review.point == POINTS[-1]


def test_without_calibration_nothing_is_flagged_and_people_can_still_annotate(qtbot: QtBot) -> None:
    review, _ = review_of(subject(points=()))
    assert review.candidates == ()
    assert review.point is None
    review.annotate(Interval(5, 6), Label.SPASM)
    assert len(review.candidates) == 1


@pytest.mark.parametrize("bins", [8, 0])
def test_a_growing_trace_gives_the_same_curve_as_a_finished_one(bins: int) -> None:
    whole = trace()
    activity = whole.activity if bins else np.empty((whole.grid.count, 0), np.float32)
    whole = Trace(whole.grid, whole.scores, whole.states, activity, whole.quality)
    growing = Picking.of(Trace.empty(WindowGrid(whole.grid.count, whole.grid.stride), bins=bins))
    order = np.random.default_rng(1).permutation(range(0, whole.grid.count, 40))
    for first in order:
        part = slice(int(first), min(int(first) + 40, whole.grid.count))
        chunk = TraceChunk(
            part.start,
            whole.scores[part].copy(),
            whole.states[part].copy(),
            activity[part].copy(),
            whole.quality[part].copy(),
            np.zeros((part.stop - part.start, 2), np.float16),
        )
        growing = growing.grown(chunk)
    np.testing.assert_allclose(growing.curve.values, Picking.of(whole).curve.values, rtol=1e-12)


def test_a_played_span_is_no_annotation(qtbot: QtBot) -> None:
    review, kept = review_of()
    review.played(Interval(0, 5))
    assert [each.matter for _, action in kept for each in action.alterations] == [Matter.REVIEWED]
    assert review.annotations == ()


def test_moving_the_operating_point_while_the_calibration_is_unknown_says_why_it_stays(qtbot: QtBot) -> None:
    review, _ = review_of(subject(points=()))
    with qtbot.waitSignal(review.said) as heard:
        review.set_threshold(0.5)
    assert "The operating point cannot be moved" in heard.args[0]
    assert review.point is None
