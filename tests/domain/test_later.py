from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.later import time_cut


def test_the_cut_lies_in_the_longest_pause_around_two_thirds_of_the_spasms() -> None:
    cluster = [0.0, 8.0, 16.0, 24.0]
    assert time_cut([*cluster, *(600 + each for each in cluster), *(5000 + each for each in cluster)]) == 2812.0


def test_a_longer_pause_early_in_the_recording_leaves_enough_to_learn_from() -> None:
    assert time_cut([0.0, 9000.0, 9010.0, 9030.0]) == 9020.0


def test_two_spasms_are_parted_and_one_cannot_be() -> None:
    assert time_cut([30.0, 10.0]) == 20.0
    assert time_cut([10.0, 10.0]) is None
    assert time_cut([]) is None


@given(st.lists(st.integers(0, 10_000), min_size=2, unique=True))
def test_at_least_half_of_the_spasms_are_learned_from_and_at_least_one_judges(onsets: list[int]) -> None:
    cut = time_cut([float(onset) for onset in onsets])
    assert cut is not None
    before = sum(onset < cut for onset in onsets)
    assert len(onsets) / 2 - 0.5 <= before < len(onsets)
