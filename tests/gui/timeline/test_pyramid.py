import numpy as np
import pytest

from reviewer_app.domain.event import Curve
from reviewer_app.gui.timeline.pyramid import Pyramid


def curve(values: np.ndarray, *, step: float = 1.0, half_width: float | None = None) -> Curve:
    return Curve(step / 2, step, np.asarray(values, float), step / 2 if half_width is None else half_width)


@pytest.mark.parametrize("count", [1, 7, 100, 1280])
def test_columns_hold_every_peak_and_stray_by_a_quarter_column_at_most(count: int) -> None:
    random = np.random.default_rng(1)
    values = random.random(20_011)
    lows, highs = Pyramid(curve(values)).columns(0, len(values), count)
    width = len(values) / count
    for i in range(count):
        inner = values[int(np.floor(i * width)) : int(np.ceil((i + 1) * width))]
        outer = values[max(0, int(np.floor((i - 0.25) * width)) - 1) : int(np.ceil((i + 1.25) * width)) + 1]
        assert inner.max() <= highs[i] <= outer.max()
        assert outer.min() <= lows[i] <= inner.min()


def test_one_high_value_among_millions_shows() -> None:
    values = np.zeros(2_000_000)
    values[1_234_567] = 0.9
    _, highs = Pyramid(curve(values)).columns(0, len(values), 1000)
    assert highs.max() == 0.9
    assert 1 <= np.count_nonzero(highs) <= 2


def test_a_hole_stays_a_hole_and_does_not_swallow_its_neighbours() -> None:
    values = np.full(10_000, 0.5)
    values[4000:6000] = np.nan
    lows, highs = Pyramid(curve(values)).columns(0, len(values), 100)
    assert np.all(np.isnan(highs[41:59]))
    assert np.all(np.isnan(lows[41:59]))
    assert np.all(highs[:40] == 0.5)
    assert np.all(highs[60:] == 0.5)


def test_outside_of_the_curve_nothing_is_known() -> None:
    _, highs = Pyramid(curve(np.ones(100))).columns(-100, 200, 30)
    assert np.all(np.isnan(highs[:10]))
    assert np.all(highs[10:20] == 1)
    assert np.all(np.isnan(highs[20:]))


def test_the_first_and_last_value_speak_for_the_half_window_beside_them() -> None:
    seconds = Curve(2.5, 1.0, np.array([0.1, 0.2, 0.9]), 2.5)
    _, highs = Pyramid(seconds).columns(0, 7, 14)
    assert np.allclose(highs, [0.1] * 6 + [0.2] * 2 + [0.9] * 6)


def test_more_columns_than_values_repeat_them() -> None:
    _, highs = Pyramid(curve(np.array([0.1, 0.2, 0.3]))).columns(0, 3, 12)
    assert np.allclose(highs, np.repeat([0.1, 0.2, 0.3], 4))


def test_following_a_chunk_equals_building_anew() -> None:
    random = np.random.default_rng(2)
    values = np.full(50_003, np.nan)
    pyramid = Pyramid(curve(values))
    for first in range(0, len(values), 7919):
        values = values.copy()
        values[first : first + 7919] = random.random(len(values[first : first + 7919]))
        if first > 20_000:
            values[first - 13_000] = np.nan
        pyramid = pyramid.follow(curve(values))
        for count in (3, 1000):
            for ours, fresh in zip(
                pyramid.columns(0, 50_003, count), Pyramid(curve(values)).columns(0, 50_003, count), strict=True
            ):
                assert np.array_equal(ours, fresh, equal_nan=True)


def test_following_another_curve_begins_anew() -> None:
    pyramid = Pyramid(curve(np.zeros(10))).follow(curve(np.ones(20)))
    assert np.all(pyramid.columns(0, 20, 5)[0] == 1)
