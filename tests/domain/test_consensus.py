import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.domain.annotation import (
    Action,
    Alteration,
    Label,
    Matter,
    Rater,
    Semiology,
    Side,
    Span,
    Statement,
)
from reviewer_app.domain.consensus import LAST_SECONDS, Agreed, agree
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.snapshot import Consensus, SnapshotRules
from reviewer_app.domain.window import FRAME_STEP, WINDOW_SECONDS, Interval, subtract

ANNA, BEN, CARO = Rater(1, "Anna"), Rater(2, "Ben"), Rater(3, "Caro")
NUMBERS = itertools.count()
WHOLE = (Interval(0, 100),)


def said(
    rater: Rater, start: float, label: Label = Label.SPASM, *, seconds: float = 2, side: Side | None = None
) -> Action:
    statement = Statement(Interval(start, start + seconds), label, Semiology(side=side))
    change = Alteration(Matter.ANNOTATION, f"{rater.name} {label.value} {start:g}", None, statement)
    return Action(f"action {next(NUMBERS)}", rater, (change,), "now")


def finalised(rater: Rater, start: float = 0, stop: float = 100) -> Action:
    change = Alteration(Matter.FINALISED, f"span {next(NUMBERS)}", None, Span(Interval(start, stop)))
    return Action(f"action {next(NUMBERS)}", rater, (change,), "now")


def agreed(
    *actions: Action, video: Iterable[Interval] = WHOLE, rules: SnapshotRules | None = None, source: int = 0
) -> Agreed:
    return agree(Labels.of(actions), video, rules=rules or SnapshotRules(), source=source)


def soft() -> SnapshotRules:
    return SnapshotRules(Consensus.SOFT)


def adjudicated() -> SnapshotRules:
    return SnapshotRules(Consensus.ADJUDICATED, adjudicator=CARO.rater_id)


def others_over(found: Agreed, start: float, stop: float) -> list[float]:
    return [each.start for each in found.others if each.start < stop and each.start + WINDOW_SECONDS > start]


def test_a_spasm_gives_as_many_windows_as_asked_with_its_onset_at_different_places() -> None:
    found = agreed(finalised(ANNA), said(ANNA, 50.1, side=Side.LEFT), source=4)
    places = [50.1 - each.start for each in found.spasms]
    assert len(places) == 3
    # Thirds of the 4.5 s in which it may begin: 3.75, 2.25 and 0.75 s, each to the nearest grid frame.
    assert places == pytest.approx([3.75, 2.25, 0.75], abs=FRAME_STEP / 2)
    for each in found.spasms:
        assert (each.source, each.target, each.onsets, each.side) == (4, 1.0, (50.1,), Side.LEFT)
        assert each.annotations == ("Anna spasm 50.1",)
        assert (each.start / FRAME_STEP).is_integer()


def test_more_windows_than_there_are_places_for_an_onset_are_not_made_up() -> None:
    found = agreed(finalised(ANNA), said(ANNA, 50), rules=SnapshotRules(shifts=40))
    starts = [each.start for each in found.spasms]
    assert starts == [frame * FRAME_STEP for frame in range(146, 161)]  # 45.625 s to 50 s
    assert all(start <= 50 < start + WINDOW_SECONDS - LAST_SECONDS for start in starts)


def test_a_window_that_sees_only_the_rest_of_a_spasm_or_its_first_half_second_has_no_target() -> None:
    found = agreed(finalised(ANNA), said(ANNA, 50, seconds=4), rules=SnapshotRules(stride=1))
    # Begun before the window, or in its last half second: neither with a spasm nor without.
    assert others_over(found, 50, 54) == []
    assert max(each.start for each in found.others if each.start < 50) == 45.0
    assert min(each.start for each in found.others if each.start > 50) == 54.0625


def test_time_without_a_word_is_without_a_spasm_only_where_it_is_finalised() -> None:
    found = agreed(finalised(ANNA, 10, 30), said(ANNA, 20.5, Label.NOT_SPASM), said(BEN, 25), said(ANNA, 60))
    starts = [each.start for each in found.others]
    assert starts == [10.0, 12.5, 15.0, 17.5, 20.0, 22.5, 25.0]
    assert found.spasms == ()  # Ben finalised nothing, and Anna not the time of her spasm
    assert [each.start for each in found.others if each.annotations == ("Anna not_spasm 20.5",)] == [17.5, 20.0]


@pytest.mark.parametrize("label", [Label.NOT_ANALYSABLE, Label.OTHER_SEIZURE])
def test_what_anybody_called_not_analysable_or_another_seizure_is_left_out(label: Label) -> None:
    found = agreed(finalised(ANNA), said(BEN, 40, label, seconds=20), said(ANNA, 50), rules=SnapshotRules(stride=1))
    assert found.spasms == ()
    assert others_over(found, 40, 60) == []
    assert {35.0, 60.0} <= {each.start for each in found.others}


def test_gaps_and_what_cannot_be_decoded_are_left_out() -> None:
    video = (Interval(0, 20), Interval(30, 70))
    found = agreed(finalised(ANNA), said(ANNA, 19), video=video, rules=SnapshotRules(stride=1, shifts=9))
    assert all(each.start + WINDOW_SECONDS <= 20 for each in found.spasms)
    assert found.spasms  # at places that there are, though not those wanted
    assert others_over(found, 20, 30) == []
    assert max(each.start for each in found.others) == 65.0


def test_a_majority_decides_and_a_divided_panel_is_left_out_and_counted() -> None:
    panel = (finalised(ANNA), finalised(BEN), finalised(CARO))
    two = agreed(*panel, said(ANNA, 50), said(BEN, 50.4))
    assert [each.target for each in two.spasms] == [1.0] * 3
    assert {each.onsets for each in two.spasms} == {(50.2,)}
    assert {each.annotations for each in two.spasms} == {("Anna spasm 50", "Ben spasm 50.4")}
    one = agreed(*panel, said(ANNA, 50))
    assert (one.spasms, one.divided) == ((), 0)
    assert others_over(one, 50, 52) == [47.5, 50.0]
    pair = agreed(finalised(ANNA), finalised(BEN), said(ANNA, 50))
    assert (pair.spasms, pair.divided) == ((), 2)  # the same two windows of the stride


def test_raters_who_mark_different_spasms_in_one_window_do_not_agree_on_it() -> None:
    found = agreed(finalised(ANNA), finalised(BEN), said(ANNA, 50, seconds=0.5), said(BEN, 53, seconds=0.5))
    assert found.spasms == ()
    assert found.divided > 0


def test_two_spasms_of_one_rater_stay_two_however_close() -> None:
    found = agreed(finalised(ANNA), said(ANNA, 50, seconds=1), said(ANNA, 51.5, seconds=1))
    assert {(50.0, 51.5)} <= {each.onsets for each in found.spasms}


def test_unsure_is_left_out_unless_the_consensus_is_soft() -> None:
    words = (finalised(ANNA), said(ANNA, 50, Label.UNSURE))
    for rules in (SnapshotRules(), adjudicated()):
        found = agreed(*words, rules=rules)
        assert (found.spasms, others_over(found, 50, 52), found.divided) == ((), [], 0)
    found = agreed(*words, rules=soft())
    assert [(each.target, each.onsets) for each in found.spasms] == [(0.5, ())] * 3


def test_a_soft_target_is_the_mean_of_those_heard() -> None:
    panel = (finalised(ANNA), finalised(BEN), finalised(CARO, 0, 20))
    found = agreed(*panel, said(ANNA, 50), said(BEN, 50.5, Label.UNSURE), rules=soft())
    assert {(each.target, each.onsets) for each in found.spasms} == {(0.75, (50.0,))}


def test_the_adjudicator_decides_where_they_were_heard_and_else_all_must_agree() -> None:
    panel = (finalised(ANNA), finalised(BEN), finalised(CARO, 30, 100))
    against = agreed(*panel, said(ANNA, 50), said(BEN, 50), said(CARO, 50, Label.ARTEFACT), rules=adjudicated())
    assert against.spasms == ()
    assert [each.annotations for each in against.others if 46 <= each.start <= 50] == [("Caro artefact 50",)] * 2
    alone = agreed(*panel, said(CARO, 50, side=Side.RIGHT), rules=adjudicated())
    assert {(each.onsets, each.side) for each in alone.spasms} == {((50.0,), Side.RIGHT)}
    before = agreed(*panel, said(ANNA, 10), said(BEN, 10.2), said(ANNA, 20), rules=adjudicated())
    assert {each.onsets for each in before.spasms} == {(10.1,)}
    assert before.divided == 2


def test_sides_that_differ_are_no_side() -> None:
    both = (said(ANNA, 50, side=Side.LEFT), said(BEN, 50, side=Side.RIGHT))
    found = agreed(finalised(ANNA), finalised(BEN), *both)
    assert {each.side for each in found.spasms} == {None}


@pytest.mark.parametrize("wrong", [{"stride": 0}, {"stride": 17}, {"shifts": 0}, {"negatives": -1.0}])
def test_rules_without_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="no rules"):
        SnapshotRules(**wrong)  # type: ignore[arg-type]


def test_an_adjudicator_decides_nothing_in_another_consensus_and_is_needed_in_theirs() -> None:
    rules = SnapshotRules(adjudicator=CARO.rater_id)
    words = (*map(finalised, (ANNA, BEN, CARO)), said(ANNA, 50), said(BEN, 50))
    assert agreed(*words, rules=rules) == agreed(*words)
    with pytest.raises(ValueError, match="adjudicator"):
        SnapshotRules(Consensus.ADJUDICATED)


SECONDS = st.floats(0, 60).map(lambda value: round(value, 2))
WORDS = st.lists(
    st.builds(
        lambda rater, start, label, seconds: (rater, start, label, seconds),
        st.sampled_from([ANNA, BEN, CARO]),
        SECONDS,
        st.sampled_from(Label),
        st.floats(0, 8),
    ),
    max_size=12,
)
SPANS = st.lists(st.tuples(st.sampled_from([ANNA, BEN, CARO]), SECONDS, SECONDS), max_size=5)


@settings(max_examples=150, deadline=None)
@given(words=WORDS, spans=SPANS, hole=st.tuples(SECONDS, SECONDS), consensus=st.sampled_from(Consensus))
def test_no_window_leaves_the_grid_or_overlaps_time_that_may_not_train(
    words: list[tuple[Rater, float, Label, float]],
    spans: list[tuple[Rater, float, float]],
    hole: tuple[float, float],
    consensus: Consensus,
) -> None:
    numbered = (
        Alteration(Matter.ANNOTATION, str(i), None, Statement(Interval(start, start + seconds), label))
        for i, (_, start, label, seconds) in enumerate(words)
    )
    actions = [Action(f"a{i}", words[i][0], (change,), "now") for i, change in enumerate(numbered)]
    actions += [finalised(rater, min(ends), max(ends)) for rater, *ends in spans]
    labels = Labels.of(actions)
    left_out = Interval(min(hole), max(hole))
    adjudicator = CARO.rater_id if consensus is Consensus.ADJUDICATED else None
    rules = SnapshotRules(consensus, adjudicator, stride=2)
    video = subtract((Interval(0, 50),), (left_out,))
    found = agree(labels, video, rules=rules, source=0)
    never = [each.interval for each in labels.annotations if each.label in (Label.NOT_ANALYSABLE, Label.OTHER_SEIZURE)]
    for each in (*found.spasms, *found.others):
        window = Interval(each.start, each.start + WINDOW_SECONDS)
        assert (each.start / FRAME_STEP).is_integer()
        assert window.stop <= 50
        assert all(window.overlap(time) == 0 for time in (left_out, *never))
        assert any(subtract((window,), labels.finalised_by(rater)) == () for rater in labels.finalisers)
        begun = [
            a
            for a in labels.annotations
            if a.label is Label.SPASM and each.start <= a.interval.start < each.start + WINDOW_SECONDS - LAST_SECONDS
        ]
        assert each in found.others or begun or consensus is Consensus.SOFT
        assert not (each.target == 1 and not each.onsets)
        assert (each.target == 0) == (each in found.others)
    assert found == agree(Labels.of(actions), video, rules=rules, source=0)
