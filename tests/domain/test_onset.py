"""Which words of several raters are about one spasm."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.annotation import Annotation, Label, Rater
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.onset import ONSET_TOLERANCE, agreed_onset, by_spasm
from tests.store.sayings import action, made, statement


def said(*marks: tuple[int, float]) -> tuple[Annotation, ...]:
    """A spasm of a second for each rater and onset."""
    return Labels.of(
        [action(Rater(who, str(who)), made(statement(at, at + 1, label=Label.SPASM))) for who, at in marks]
    ).annotations


def grouped(*marks: tuple[int, float]) -> list[list[tuple[int, float]]]:
    return [[(each.rater.rater_id, each.interval.start) for each in group] for group in by_spasm(said(*marks))]


def test_onsets_up_to_the_tolerance_apart_are_one_spasm_of_several_raters() -> None:
    assert grouped((1, 10.0), (2, 12.5)) == [[(1, 10.0), (2, 12.5)]]
    assert grouped((1, 10.0), (2, 12.6)) == [[(1, 10.0)], [(2, 12.6)]]


def test_a_chain_of_near_onsets_is_not_one_spasm() -> None:
    assert grouped((1, 10.0), (2, 12.0), (3, 14.0)) == [[(1, 10.0), (2, 12.0)], [(3, 14.0)]]


def test_two_that_one_rater_put_close_together_stay_two_and_others_join_them_in_turn() -> None:
    assert grouped((1, 10.0), (1, 11.0), (2, 10.5), (2, 11.5)) == [[(1, 10.0), (2, 10.5)], [(1, 11.0), (2, 11.5)]]


def test_one_rater_who_is_far_off_hardly_moves_the_onset() -> None:
    (group,) = by_spasm(said((1, 10.0), (2, 10.2), (3, 12.4)))
    assert agreed_onset(group) == 10.2


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60).map(lambda half: half / 2)), max_size=30, unique=True))
def test_every_word_is_in_one_group_of_near_onsets_of_different_raters(marks: list[tuple[int, float]]) -> None:
    groups = grouped(*marks)
    assert sorted(each for group in groups for each in group) == sorted(marks)
    for group in groups:
        assert len({rater for rater, _ in group}) == len(group)
        assert max(onset for _, onset in group) - min(onset for _, onset in group) <= ONSET_TOLERANCE
