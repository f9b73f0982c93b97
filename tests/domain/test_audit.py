"""What was not flagged: nothing of it is lost, the sample is random and stays, the estimate covers the truth."""

import math
from functools import lru_cache
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.audit import STRETCH, Stretch, Unflagged, audit, poisson_interval, unflagged
from reviewer_app.domain.event import LEAST_DISTANCE, Curve
from reviewer_app.domain.window import Interval, subtract, total_seconds

interval_of = lru_cache(poisson_interval)

FIRST_OF_NIGHT_1 = [230.0, 20.0, 770.0, 620.0, 330.0]


def curve(values: list[float], *, step: float = 1.0) -> Curve:
    return Curve(step / 2, step, np.array(values), step / 2)


def intervals(limit: float = 300.0) -> st.SearchStrategy[list[Interval]]:
    edge = st.floats(0, limit, allow_nan=False)
    return st.lists(st.tuples(edge, edge).map(lambda both: Interval(min(both), max(both))), max_size=8)


def widened(flags: list[Interval]) -> list[Interval]:
    return [Interval(max(0.0, each.start - LEAST_DISTANCE), each.stop + LEAST_DISTANCE) for each in flags]


def plain(scored: list[Interval], flagged: list[Interval] | None = None) -> Unflagged:
    return unflagged(scored, flagged=flagged or [], reviewed=[], curve=None)


@given(intervals(), intervals(), intervals())
def test_the_stretches_hold_all_scored_time_that_is_not_flagged(
    scored: list[Interval], flagged: list[Interval], reviewed: list[Interval]
) -> None:
    found = unflagged(scored, flagged=flagged, reviewed=reviewed, curve=None)
    free = subtract(scored, widened(flagged))
    unseen = subtract(free, reviewed)
    for start in range(0, 300, 10):
        here = [Interval(0, start), Interval(start + STRETCH, 1000)]
        seconds = total_seconds(subtract(free, here))
        place = np.flatnonzero(found.starts == start)
        if not len(place):
            assert seconds < 1 + 1e-6, "only a rest shorter than a second is left out"
            continue
        assert found.free[place[0]] == pytest.approx(seconds, abs=1e-6)
        assert found.unseen[place[0]] == pytest.approx(total_seconds(subtract(unseen, here)), abs=1e-6)


def test_highest_scores_come_first_and_what_was_seen_is_left_out() -> None:
    values = [0.1] * 10 + [0.4] * 10 + [0.3] * 10 + [0.9] * 10 + [math.nan] * 10
    found = unflagged(
        [Interval(0, 50)], flagged=[Interval(32.5, 37.5)], reviewed=[Interval(20, 29.5)], curve=curve(values)
    )
    assert [each.interval.start for each in found.by_score()] == [10, 0, 40]
    first, second, third = found.by_score()
    assert (first.score, second.score) == (0.4, 0.1)
    assert math.isnan(third.score)
    assert found.unseen_seconds == pytest.approx(found.seconds - 9.5)


def test_a_flags_own_slope_is_not_the_highest_score_beside_it() -> None:
    values = [0.1] * 20
    values[4:9] = [0.5, 0.7, 0.95, 0.7, 0.5]
    values[14] = 0.2
    found = unflagged([Interval(0, 20)], flagged=[Interval(5, 8)], reviewed=[], curve=curve(values))
    assert [(each.interval.start, each.score) for each in found.by_score()] == [(10, 0.2), (0, 0.1)]


def test_unscanned_time_is_no_unflagged_time() -> None:
    assert [each.interval for each in plain([Interval(0, 15)]).by_score()] == [Interval(0, 10), Interval(10, 15)]
    assert list(plain([]).by_score()) == list(plain([]).sample("a")) == []
    assert plain([]).seconds == 0


def test_only_stretches_free_from_end_to_end_are_sampled() -> None:
    found = plain([Interval(0, 95)], [Interval(14, 15)])
    assert {each.interval.start for each in found.sample("a")} == {0, 20, 30, 40, 50, 60, 70, 80}


def test_the_sample_follows_from_the_seed_and_outlasts_another_operating_point() -> None:
    def sampled(seed: str, *flags: Interval) -> list[float]:
        return [each.interval.start for each in plain([Interval(0, 3600)], list(flags)).sample(seed)]

    strict = sampled("recording and rater")
    assert strict == sampled("recording and rater")
    assert strict != sampled("another rater")
    assert strict != sorted(strict)
    lax = sampled("recording and rater", Interval(103, 127))
    assert len(lax) == len(strict) - 3
    assert [each for each in strict if each in lax] == lax


def test_the_sample_is_the_same_for_ever() -> None:
    firsts = [each.interval.start for each in plain([Interval(0, 1000)]).sample("night 1")][:5]
    assert firsts == FIRST_OF_NIGHT_1


def test_the_first_of_many_samples_lie_anywhere() -> None:
    found = plain([Interval(0, 1000)])
    firsts = [next(found.sample(str(seed))).interval.start for seed in range(500)]
    assert len(set(firsts)) > 95
    assert 450 < np.mean(firsts) < 540


def stretch(start: float, *, unseen: float = 0.0) -> Stretch:
    return Stretch(Interval(start, start + STRETCH), 0.1, unseen)


def test_one_spasm_in_five_minutes_is_about_twelve_an_hour() -> None:
    sample = [stretch(100.0 * i) for i in range(30)]
    result = audit(sample, [205.0, 95.0])
    assert (result.stretches, result.seconds, result.spasms) == (30, 300, 1)
    assert result.per_hour == pytest.approx(12)
    assert result.low == pytest.approx(0.3, abs=0.01)
    assert result.high == pytest.approx(66.9, abs=0.1)


def test_only_what_was_seen_in_the_samples_own_order_counts() -> None:
    sample = [stretch(500), stretch(100), stretch(300, unseen=10), stretch(200)]
    result = audit(sample, [105.0, 205.0])
    assert (result.stretches, result.spasms) == (2, 1)


def test_before_the_first_stretch_nothing_is_claimed() -> None:
    result = audit([stretch(0, unseen=10)], [])
    assert result.stretches == 0
    assert all(math.isnan(each) for each in (result.per_hour, result.low, result.high))


def test_an_audit_finds_the_rate_of_misses() -> None:
    """Many nights with 12 lone misses an hour, each audited for 30 stretches: the intervals hold it often enough."""
    random = np.random.default_rng(7)
    rate, hours, held = 12.0, 2, []
    whole = [Interval(0, hours * 3600)]
    watched = unflagged(whole, flagged=[], reviewed=whole, curve=None)
    for night in range(200):
        misses = random.uniform(0, hours * 3600, random.poisson(rate * hours))
        result = audit(islice(watched.sample(str(night)), 30), misses)
        held.append(result.low <= rate <= result.high)
    assert np.mean(held) >= 0.95


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Half the quantiles of chi-square with 2k and 2k + 2 degrees of freedom, by SciPy.
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (100, 81.3640, 121.6268)],
)
def test_exact_limits_of_a_poisson_count(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=1e-4)


@given(st.floats(0.01, 25))
def test_the_interval_holds_the_true_mean_at_least_as_often_as_it_says(mean: float) -> None:
    covered = 0.0
    for count in range(int(mean + 8 * math.sqrt(mean) + 10)):
        low, high = interval_of(count)
        if low <= mean <= high:
            covered += math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    assert covered >= 0.95 - 1e-9


def test_no_interval_of_nonsense() -> None:
    with pytest.raises(ValueError, match="count of -1"):
        poisson_interval(-1)


def test_a_large_count_does_not_overflow() -> None:
    low, high = poisson_interval(5000)
    assert low < 5000 < high
    assert high - low == pytest.approx(2 * 1.96 * math.sqrt(5000), rel=0.02)
