"""The gap review looks where the score is highest, and its random sample tells the truth about what was missed."""

import math
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.domain.audit import (
    SHORTEST,
    STRETCH,
    Misses,
    highest_first,
    is_watched,
    poisson_interval,
    sample_seed,
    sampled,
    unflagged,
    watched_sample,
)
from reviewer_app.domain.event import Curve
from reviewer_app.domain.window import FRAME_STEP, Interval, subtract, total_seconds, union

NIGHT = (Interval(0, 3600),)


def curve(peaks: dict[float, float], seconds: float = 600.0) -> Curve:
    times = (np.arange(int(seconds / FRAME_STEP)) + 0.5) * FRAME_STEP
    values = np.full(len(times), 0.01)
    for second, height in peaks.items():
        np.maximum(values, height - 0.1 * np.abs(times - second), out=values)
    return Curve(FRAME_STEP / 2, FRAME_STEP, values, FRAME_STEP / 2)


def test_what_lies_next_to_a_flag_belongs_to_it() -> None:
    assert unflagged((Interval(0, 100),), [Interval(50, 52)]) == (Interval(0, 47.5), Interval(54.5, 100))
    assert unflagged((Interval(0, 100),), [Interval(1, 2)]) == (Interval(4.5, 100),)


def test_the_highest_unflagged_peaks_come_first_and_never_flagged_time() -> None:
    ups = curve({100: 0.9, 200: 0.5, 300: 0.3, 400: 0.4})
    free = unflagged((Interval(0, 600),), [Interval(92, 108)])
    first = list(islice(highest_first(ups, free), 3))
    assert [round(each.peak) for each in first] == [200, 400, 300]
    assert [each.score for each in first] == pytest.approx([0.5, 0.4, 0.3], abs=0.02)
    assert all(not each.interval.overlap(Interval(92, 108)) for each in highest_first(ups, free))


def test_all_of_the_time_comes_once() -> None:
    free = (Interval(0, 47.5), Interval(60, 60.5), Interval(70, 500))
    found = [each.interval for each in highest_first(curve({30: 0.5}), free)]
    assert sum(each.seconds for each in found) == pytest.approx(total_seconds(found))
    # What is left are slivers in which nobody could tell a spasm.
    assert all(each.seconds < SHORTEST for each in subtract(free, found))
    assert not subtract(found, free)


def test_nothing_comes_where_nothing_was_scored() -> None:
    values = np.full(100, np.nan)
    assert not list(highest_first(Curve(0.0, FRAME_STEP, values, 0.1), (Interval(0, 30),)))
    assert not list(highest_first(curve({}), ()))


def test_a_whole_night_is_searched_within_a_moment() -> None:
    ups = Curve(0.0, FRAME_STEP, np.random.default_rng(0).random(800_000), 0.1)
    found = list(islice(highest_first(ups, (Interval(0, 250_000),)), 20))
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


times = st.lists(
    st.tuples(st.floats(0, 2000), st.floats(0, 300)).map(lambda each: Interval(each[0], sum(each))), max_size=6
).map(union)


@given(time=times, seed=st.integers(0, 2**64 - 1))
def test_the_sample_covers_the_time_once_but_for_slivers(time: tuple[Interval, ...], seed: int) -> None:
    stretches = list(sampled(time, seed=seed))
    assert sum(each.seconds for each in stretches) == pytest.approx(total_seconds(stretches), abs=1e-6)
    assert all(SHORTEST <= each.seconds <= STRETCH for each in stretches)
    assert all(each.seconds < SHORTEST for each in subtract(time, stretches))
    assert not subtract(stretches, time)


@given(seed=st.integers(0, 2**64 - 1), flag=st.floats(0, 3500))
def test_another_flag_changes_the_sample_only_where_it_lies(seed: int, flag: float) -> None:
    cut = Interval(flag, flag + 2)
    before = list(sampled(NIGHT, seed=seed))
    after = list(sampled(unflagged(NIGHT, [cut]), seed=seed))
    near = Interval(max(0, flag - 12.5), flag + 14.5)
    assert [each for each in before if not each.overlap(near)] == [each for each in after if not each.overlap(near)]


def test_the_order_of_a_sample_is_the_same_for_ever() -> None:
    seed = sample_seed("1000-aaaaaaaaaaaaaaaa", 1)
    assert seed == 2393163453757606193
    assert [each.start for each in islice(sampled(NIGHT, seed=seed), 5)] == []


def test_raters_and_recordings_have_samples_of_their_own() -> None:
    assert len({sample_seed(name, rater) for name in "ab" for rater in (1, 2)}) == 4


@settings(max_examples=20)
@given(seed=st.integers(0, 2**64 - 1))
def test_every_part_of_the_night_is_as_likely_to_be_sampled(seed: int) -> None:
    # 40 seeds from each example: the mean second of a sample lies in the middle of the night.
    means = [np.mean([each.middle for each in islice(sampled(NIGHT, seed=(seed + k) % 2**64), 30)]) for k in range(40)]
    assert abs(np.mean(means) - 1800) < 5 * 1039 / math.sqrt(30 * 40)


def test_a_stretch_is_watched_when_all_but_its_edge_was_played() -> None:
    assert is_watched(Interval(10, 20), [Interval(9, 14), Interval(14, 19.6)])
    assert not is_watched(Interval(10, 20), [Interval(9, 14), Interval(15, 20)])


def test_what_was_watched_out_of_turn_does_not_count_yet() -> None:
    order = [Interval(50, 60), Interval(10, 20), Interval(90, 100)]
    assert watched_sample(order, [Interval(40, 70), Interval(85, 100)]) == (order[:1], order[1])
    assert watched_sample(order, [Interval(0, 100)]) == (order, None)
    assert watched_sample(order, ()) == ([], order[0])


def test_one_spasm_in_five_minutes_says_how_little_that_tells() -> None:
    stretches = [Interval(20.0 * k, 20.0 * k + 10) for k in range(30)]
    found = Misses.of(stretches, [65.0, 75.0])  # the second one was found outside the sample
    assert (found.stretches, found.seconds, found.spasms, found.per_hour) == (30, 300, 1, 12)
    assert (round(found.low, 1), round(found.high)) == (0.3, 67)


def test_none_found_still_leaves_an_upper_end() -> None:
    found = Misses.of([Interval(0, 300)], [])
    assert (found.per_hour, found.low) == (0, 0)
    assert found.high == pytest.approx(3.689 * 12, rel=1e-3)


def test_before_anything_was_watched_nothing_is_known() -> None:
    nothing = Misses.of([], [5.0])
    assert math.isnan(nothing.per_hour)
    assert (nothing.low, nothing.high) == (0, math.inf)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood's table, as in Ulm 1990 (Am J Epidemiol 131:373).
    [
        (0, 0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.2422, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (100, 81.36, 121.63),
    ],
)
def test_the_interval_is_the_exact_one(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), rel=2e-3, abs=1e-6)


@given(mean=st.floats(0.05, 60))
def test_the_interval_holds_the_truth_at_least_as_often_as_it_says(mean: float) -> None:
    counts = range(int(mean + 12 * math.sqrt(mean) + 20))
    chance = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in counts]
    holds = sum(p for k, p in zip(counts, chance, strict=True) if _holds(k, mean))
    assert holds >= 0.95 - 1e-6


def _holds(count: int, mean: float) -> bool:
    low, high = poisson_interval(count)
    return low <= mean <= high


def test_on_nights_with_clusters_the_estimate_is_right_on_average_and_its_interval_nearly_always() -> None:
    rng = np.random.default_rng(7)
    held, rates = 0, []
    nights = 200
    for night in range(nights):
        begins = rng.uniform(0, 28_000, 12)
        spasms = np.concatenate([begin + np.cumsum(rng.uniform(5, 30, 10)) for begin in begins])
        stretches = list(islice(sampled((Interval(0, 28_800),), seed=night), 60))
        found = Misses.of(stretches, spasms.tolist())
        truth = float(np.sum(spasms < 28_800)) / 8
        held += found.low <= truth <= found.high
        rates.append(found.per_hour / truth)
    assert np.mean(rates) == pytest.approx(1, abs=0.1)
    assert held / nights >= 0.92
