"""What several raters agree on, second by second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.annotation import Label, Matter, Rater
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.reference import reference_of
from reviewer_app.domain.window import Interval
from tests.store.sayings import action, covered, made, statement

ANNA, BEN, CLEO = Rater(1, "Anna"), Rater(2, "Ben"), Rater(3, "Cleo")
EVERYBODY = (1, 2, 3)


def labels(*said: tuple[Rater, float, Label], finalised: dict[Rater, tuple[float, float]]) -> Labels:
    """What raters called spasms and other things, and the time that each finalised."""
    actions = [action(rater, made(statement(start, start + 1, label=label))) for rater, start, label in said]
    actions += [action(rater, covered(*span, matter=Matter.FINALISED)) for rater, span in finalised.items()]
    return Labels.of(actions)


def test_with_one_rater_the_reference_is_what_that_rater_said() -> None:
    said = labels((ANNA, 10, Label.SPASM), (ANNA, 30, Label.NOT_SPASM), finalised={ANNA: (0, 100)})
    found = reference_of(said, EVERYBODY)
    assert found.spasms == (Interval(10, 11),)
    assert found.analysable == (Interval(0, 100),)


def test_without_finalised_time_there_is_no_reference() -> None:
    said = labels((ANNA, 10, Label.SPASM), finalised={})
    assert reference_of(said, EVERYBODY).analysable == ()
    assert reference_of(said, EVERYBODY).spasms == ()


def test_a_spasm_outside_the_raters_own_finalised_time_does_not_count() -> None:
    said = labels((ANNA, 10, Label.SPASM), finalised={ANNA: (20, 100)})
    assert reference_of(said, EVERYBODY).spasms == ()


@pytest.mark.parametrize("label", [Label.UNSURE, Label.OTHER_SEIZURE, Label.NOT_ANALYSABLE])
def test_where_nobody_knows_nothing_is_right_or_wrong(label: Label) -> None:
    said = labels((ANNA, 50, label), finalised={ANNA: (0, 100)})
    assert reference_of(said, EVERYBODY).analysable == (Interval(0, 47.5), Interval(53.5, 100))


def test_an_open_word_of_somebody_who_finalised_nothing_takes_no_time_away() -> None:
    said = labels((BEN, 50, Label.UNSURE), finalised={ANNA: (0, 100)})
    assert reference_of(said, EVERYBODY).analysable == (Interval(0, 100),)


def test_most_raters_decide_and_the_spasm_lies_in_their_middle() -> None:
    everywhere = {ANNA: (0.0, 100.0), BEN: (0.0, 100.0), CLEO: (0.0, 100.0)}
    said = labels((ANNA, 10, Label.SPASM), (BEN, 11, Label.SPASM), (CLEO, 60, Label.SPASM), finalised=everywhere)
    found = reference_of(said, EVERYBODY)
    assert found.spasms == (Interval(10.5, 11.5),)
    assert found.analysable == (Interval(0, 100),)
    assert found.divided == 0


def test_where_raters_are_divided_nothing_counts() -> None:
    said = labels((ANNA, 10, Label.SPASM), finalised={ANNA: (0, 100), BEN: (0, 100)})
    found = reference_of(said, EVERYBODY)
    assert (found.spasms, found.divided) == ((), 1)
    assert found.analysable == (Interval(0, 7.5), Interval(13.5, 100))


def test_only_those_who_finalised_a_second_are_heard_on_it() -> None:
    said = labels((ANNA, 10, Label.SPASM), (ANNA, 70, Label.SPASM), finalised={ANNA: (0, 100), BEN: (50, 100)})
    found = reference_of(said, EVERYBODY)
    assert found.spasms == (Interval(10, 11),)
    assert found.divided == 1
    assert reference_of(said, (1,)).spasms == (Interval(10, 11), Interval(70, 71))


def test_two_spasms_of_one_rater_are_two_however_near() -> None:
    said = labels((ANNA, 10, Label.SPASM), (ANNA, 12, Label.SPASM), finalised={ANNA: (0, 100)})
    assert len(reference_of(said, EVERYBODY).spasms) == 2


@given(st.lists(st.integers(0, 900), unique=True, max_size=12))
def test_raters_who_say_the_same_agree_on_all_of_it(tenths: list[int]) -> None:
    said = labels(
        *((rater, tenth / 10, Label.SPASM) for tenth in tenths for rater in (ANNA, BEN, CLEO)),
        finalised={ANNA: (0, 100), BEN: (0, 100), CLEO: (0, 100)},
    )
    found = reference_of(said, EVERYBODY)
    assert found.spasms == reference_of(said, (1,)).spasms
    assert len(found.spasms) == len(tenths)
    assert found.divided == 0
