import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.domain.annotation import Action, Alteration, Label, Matter, Rater, Semiology, Span, Statement
from reviewer_app.domain.ledger import EMPTY_LABELS, History, Labels, reversal
from reviewer_app.domain.window import Interval, union

ANNA, BEN = Rater(1, "Anna"), Rater(2, "Ben")
WHEN = "2026-05-01T22:00:00+00:00"
NUMBERS = itertools.count()


def action(rater: Rater, *alterations: Alteration) -> Action:
    return Action(f"action {next(NUMBERS)}", rater, alterations, WHEN)


def made(start: float, *, label: Label = Label.SPASM) -> Alteration:
    return Alteration(Matter.ANNOTATION, f"{next(NUMBERS)}", None, Statement(Interval(start, start + 2), label))


def span(start: float, stop: float, *, matter: Matter = Matter.REVIEWED, played: bool = False) -> Alteration:
    return Alteration(matter, f"{next(NUMBERS)}", None, Span(Interval(start, stop), played))


def then(one: Alteration, new: Statement | Span | None) -> Alteration:
    return Alteration(one.matter, one.key, one.new, new)


def test_annotations_of_all_raters_stand_in_order_of_time() -> None:
    labels = Labels.of([action(ANNA, made(30), made(10)), action(BEN, made(20))])
    assert [(each.interval.start, each.rater) for each in labels.annotations] == [(10, ANNA), (20, BEN), (30, ANNA)]


def test_an_annotation_keeps_its_id_through_its_changes_and_tells_when_it_got_its_form() -> None:
    first = made(10)
    assert isinstance(first.new, Statement)
    later = replace(first.new, interval=Interval(50, 51), label=Label.UNSURE, semiology=Semiology(cry=True))
    change = replace(action(ANNA, then(first, later)), made_at="later")
    labels = Labels.of([action(ANNA, first, made(20)), change])
    annotation = labels.get(first.key)
    assert annotation is not None
    assert (annotation.statement, annotation.made_at, annotation.label) == (later, "later", Label.UNSURE)
    assert labels.annotations[-1] is annotation
    assert Labels.of([action(ANNA, first), action(ANNA, then(first, None))]) == EMPTY_LABELS
    assert EMPTY_LABELS.get(first.key) is None


def test_time_that_was_said_to_be_reviewed_is_told_as_one_for_each_rater_and_matter() -> None:
    labels = Labels.of(
        [
            action(ANNA, span(0, 10), span(20, 30, played=True), span(10, 15)),
            action(BEN, span(5, 25)),
            action(ANNA, span(2, 8, matter=Matter.FINALISED)),
            action(ANNA, span(40, 50, matter=Matter.REFUSED)),
        ]
    )
    assert labels.reviewed_by(1) == (Interval(0, 15), Interval(20, 30))
    assert labels.reviewed_by(2) == (Interval(5, 25),)
    assert labels.finalised_by(1) == (Interval(2, 8),)
    assert labels.refused_by(1) == (Interval(40, 50),)
    assert labels.finalised_by(2) == labels.refused_by(2) == labels.reviewed_by(3) == ()
    assert labels.finalisers == (1,)


def test_time_that_another_span_covers_too_stays_covered() -> None:
    wide = span(0, 20)
    actions = [action(ANNA, wide), action(ANNA, span(5, 8, played=True)), action(ANNA, then(wide, None))]
    assert Labels.of(actions).reviewed_by(1) == (Interval(5, 8),)
    moved = action(ANNA, then(wide, Span(Interval(10, 12))))
    assert Labels.of([*actions[:2], moved]).reviewed_by(1) == (Interval(5, 8), Interval(10, 12))


def test_an_action_that_does_not_fit_is_refused_and_changes_nothing() -> None:
    annotation, reviewed = made(10), span(0, 5)
    labels = Labels.of([action(ANNA, annotation, reviewed)])
    for misfit, sentence in (
        (action(BEN, then(annotation, None)), "another rater"),
        (action(ANNA, annotation), "not as action"),
        (action(ANNA, then(made(11), None)), "not as action"),
        (action(ANNA, made(50), then(then(annotation, replace(_statement(annotation), note="x")), None)), "not as"),
        (action(ANNA, reviewed), "not as the action"),
        (action(BEN, then(reviewed, None)), "not as the action"),
    ):
        with pytest.raises(ValueError, match=sentence):
            labels.after(misfit)
    assert labels == Labels.of([action(ANNA, annotation, reviewed)])


def _statement(alteration: Alteration) -> Statement:
    assert isinstance(alteration.new, Statement)
    return alteration.new


def test_what_was_really_played_is_not_undone_and_keeps_no_redo_away() -> None:
    verdict, played = action(ANNA, made(10)), action(ANNA, span(0, 30, played=True))
    history = History.of([verdict, played], 1)
    assert history.undo is verdict
    undone = reversal(verdict, made_at=WHEN)
    history = history.after(undone).after(replace(played, action_id="again", alterations=(span(30, 40, played=True),)))
    assert history.redo is undone
    with pytest.raises(ValueError, match="taken back"):
        reversal(played, made_at=WHEN)
    both = action(ANNA, made(50), span(50, 60, played=True))
    assert [each.matter for each in reversal(both, made_at=WHEN).alterations] == [Matter.ANNOTATION]


def test_a_new_action_leaves_nothing_to_redo_and_another_rater_changes_nothing() -> None:
    first = action(ANNA, made(10))
    history = History.of([first, reversal(first, made_at=WHEN)], 1)
    assert (history.undo, history.redo is None) == (None, False)
    assert history.after(action(BEN, made(5))) is history
    second = action(ANNA, made(20))
    assert (history.after(second).undo, history.after(second).redo) == (second, None)


def test_an_action_taken_back_out_of_turn_is_done_again_by_redo() -> None:
    first, second = action(ANNA, made(10)), action(ANNA, made(20))
    back = reversal(first, made_at=WHEN)
    history = History.of([first, second, back], 1)
    assert (history.undo, history.redo) == (second, back)
    unknown = replace(reversal(second, made_at=WHEN), reverses="not in this ledger")
    assert History.of([first, unknown], 1).undo is unknown


def test_of_the_parts_of_an_action_the_last_is_taken_back_first() -> None:
    first = made(10)
    twice = action(ANNA, first, then(first, replace(_statement(first), label=Label.UNSURE)))
    assert Labels.of([twice, reversal(twice, made_at=WHEN)]) == EMPTY_LABELS


# Whole ledgers: each step is something that a rater does next, to what stands then.

STEPS = st.lists(
    st.tuples(
        st.sampled_from([ANNA, BEN]),
        st.sampled_from(["make", "change", "retract", "mark", "play", "finalise", "unmark", "undo", "redo"]),
        st.integers(0, 30),
        st.integers(1, 9),
    ),
    max_size=40,
)


def ledger_of(steps: list[tuple[Rater, str, int, int]]) -> list[Action]:
    actions: list[Action] = []
    for rater, what, start, seconds in steps:
        made_now = _next(actions, rater, what, Interval(start, start + seconds))
        if made_now is not None:
            actions.append(made_now)
    return actions


def _next(actions: list[Action], rater: Rater, what: str, interval: Interval) -> Action | None:
    labels = Labels.of(actions)
    own = [each for each in labels.annotations if each.rater == rater]
    spans = [
        alteration
        for each in actions
        for alteration in each.alterations
        if each.rater == rater and alteration.matter is Matter.REVIEWED and alteration.new is not None
    ]
    history = History.of(actions, rater.rater_id)
    match what:
        case "make":
            return action(rater, made(interval.start), made(interval.stop))
        case "mark" | "play":
            return action(rater, span(interval.start, interval.stop, played=what == "play"))
        case "finalise":
            return action(rater, span(interval.start, interval.stop, matter=Matter.FINALISED))
        case "unmark":
            gone = {a.key for each in actions for a in each.alterations if a.new is None}
            left = [each for each in spans if each.key not in gone and each.new is not None]
            return action(rater, then(left[0], None)) if left else None
        case "undo" | "redo":
            last = history.undo if what == "undo" else history.redo
            return reversal(last, made_at=WHEN) if last else None
    if not own:
        return None
    chosen = own[int(interval.start) % len(own)]
    new = replace(chosen.statement, interval=interval, label=Label.UNSURE) if what == "change" else None
    return action(rater, Alteration(Matter.ANNOTATION, chosen.annotation_id, chosen.statement, new))


@given(STEPS)
def test_one_action_after_the_other_gives_what_the_whole_ledger_gives(
    steps: list[tuple[Rater, str, int, int]],
) -> None:
    actions = ledger_of(steps)
    labels, histories = EMPTY_LABELS, [History(1), History(2)]
    for each in actions:
        labels, histories = labels.after(each), [history.after(each) for history in histories]
    assert labels == Labels.of(actions)
    assert histories == [History.of(actions, 1), History.of(actions, 2)]
    assert Labels() == EMPTY_LABELS


@given(STEPS)
def test_current_labels_are_what_the_alterations_alone_say(steps: list[tuple[Rater, str, int, int]]) -> None:
    """Against the plainest reading there is: the last new value of each key, with nothing clever."""
    actions = ledger_of(steps)
    last = {each.key: (one.rater.rater_id, each) for one in actions for each in one.alterations}
    standing = [(rater, each) for rater, each in last.values() if each.new is not None]
    labels = Labels.of(actions)
    statements = sorted(each.key for _, each in standing if isinstance(each.new, Statement))
    assert sorted(each.annotation_id for each in labels.annotations) == statements
    assert all(each.statement == last[each.annotation_id][1].new for each in labels.annotations)
    assert [each.interval for each in labels.annotations] == sorted(each.interval for each in labels.annotations)
    for rater_id in (1, 2):
        for matter, told in ((Matter.REVIEWED, labels.reviewed_by), (Matter.FINALISED, labels.finalised_by)):
            own = [each.new for rater, each in standing if rater == rater_id and each.matter is matter]
            assert told(rater_id) == union(value.interval for value in own if value)


@given(STEPS)
def test_all_undone_and_all_redone_gives_the_same_labels(steps: list[tuple[Rater, str, int, int]]) -> None:
    actions = ledger_of(steps)
    before = Labels.of(actions)
    undone = 0
    while (last := History.of(actions, 1).undo) is not None:
        actions.append(reversal(last, made_at=WHEN))
        undone += 1
    assert [each for each in Labels.of(actions).annotations if each.rater == ANNA] == []
    for _ in range(undone):
        again = History.of(actions, 1).redo
        assert again is not None
        actions.append(reversal(again, made_at=WHEN))
    assert Labels.of(actions) == before


@given(STEPS)
def test_two_raters_never_touch_each_others_labels(steps: list[tuple[Rater, str, int, int]]) -> None:
    actions = ledger_of(steps)
    together = Labels.of(actions)
    for rater in (ANNA, BEN):
        alone = Labels.of(each for each in actions if each.rater == rater)
        assert alone.annotations == tuple(each for each in together.annotations if each.rater == rater)
        assert alone.reviewed_by(rater.rater_id) == together.reviewed_by(rater.rater_id)
        assert alone.finalised_by(rater.rater_id) == together.finalised_by(rater.rater_id)


@settings(max_examples=20)
@given(st.integers(0, 19_999))
def test_what_lies_before_a_keystroke_stays_the_same_object(place: int) -> None:
    """So that views may keep what they drew, and a keystroke among many labels costs no more than a copy of a list."""
    labels = MANY
    annotation = labels.annotations[place]
    new = replace(annotation.statement, label=Label.UNSURE)
    one = Alteration(Matter.ANNOTATION, annotation.annotation_id, annotation.statement, new)
    after = labels.after(action(ANNA, one))
    changed = [i for i, (a, b) in enumerate(zip(labels.annotations, after.annotations, strict=True)) if a is not b]
    assert changed == [place]


MANY = Labels.of([action(ANNA, *(made(3 * i) for i in range(20_000)))])
