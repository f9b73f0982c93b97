import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.domain.quality import MEASURES, Hindrance
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.media.quality import measure, suggest_not_analysable, window_quality

PIXELS = np.zeros((16, 16, 3), np.uint8)
GOOD = {"brightness": 90.0, "colour_variance": 200.0, "motion": 0.8, "sharpness": 400.0, "frames": 16.0}


def noise(deviation: float, seed: int = 0) -> NDArray[np.uint8]:
    values = np.random.default_rng(seed).normal(120, deviation, (128, 128, 3))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def trace_of(stretches: list[tuple[int, dict[str, float]]]) -> Trace:
    """A trace with a stride of one second or so, from runs of windows that differ from good ones as told."""
    rows = [[{**GOOD, **odd}[name] for name in MEASURES] for count, odd in stretches for _ in range(count)]
    empty = Trace.empty(WindowGrid(len(rows), 3))
    return Trace(empty.grid, empty.scores, empty.states, empty.activity, np.array(rows, np.float32))


def test_measures_are_what_their_names_say() -> None:
    rgb = noise(20)
    brightness, colour_variance, sharpness = measure(rgb).quality
    assert brightness == pytest.approx(rgb.mean(), abs=1e-6)
    assert colour_variance == pytest.approx(rgb.astype(float).var(axis=2).mean(), rel=1e-6)
    grey = measure(rgb).grey.astype(float)
    inner = -4 * grey[1:-1, 1:-1] + grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    assert sharpness == pytest.approx(inner.var(), rel=0.05)


def test_motion_is_the_mean_absolute_difference() -> None:
    one, other = noise(20, 1), noise(20, 2)
    expected = np.abs(measure(one).grey.astype(int) - measure(other).grey).mean()
    assert measure(one).motion_since(measure(other)) == pytest.approx(expected)
    assert measure(one).motion_since(measure(one.copy())) == 0


def test_a_windows_quality_is_the_mean_over_frames_with_a_picture() -> None:
    frames = [
        GridFrame(0, PIXELS, quality=(10.0, 1.0, 5.0)),
        GridFrame(1, PIXELS, quality=(30.0, 3.0, 15.0), motion=2.0),
        GridFrame(2, None, undecodable=True),
        GridFrame(3, PIXELS, quality=(20.0, 2.0, 10.0), motion=4.0),
    ]
    assert window_quality(frames).tolist() == [20.0, 2.0, 3.0, 10.0, 3.0]


def test_a_window_without_pictures_has_no_quality() -> None:
    quality = window_quality([GridFrame(0, None)])
    assert quality.dtype == np.float32
    assert np.isnan(quality[:4]).all()
    assert quality[4] == 0


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"brightness": 4.0, "sharpness": 3.0}, Hindrance.DARK),
        ({"sharpness": 5.0}, Hindrance.COVERED),
        ({"motion": 0.0}, Hindrance.FROZEN),
    ],
)
def test_a_long_bad_stretch_is_suggested_once_with_its_reason(odd: dict[str, float], reason: Hindrance) -> None:
    (found,) = suggest_not_analysable(trace_of([(50, {}), (60, odd), (50, {})]))
    assert found.reason is reason
    assert found.interval == Interval(50 * 0.9375, 109 * 0.9375 + 5)


def test_a_flickering_measure_is_one_stretch() -> None:
    stretches = [(20, {"brightness": 8.0 if i % 2 else 16.0}) for i in range(6)]
    assert len(suggest_not_analysable(trace_of([(20, {}), *stretches, (20, {})]))) == 1


@pytest.mark.parametrize("odd", [{"brightness": 4.0}, {"sharpness": 5.0}, {"motion": 0.0}])
def test_a_moment_is_not_suggested(odd: dict[str, float]) -> None:
    assert suggest_not_analysable(trace_of([(50, {}), (3, odd), (50, {})])) == ()


def test_an_infant_asleep_under_camera_noise_is_not_frozen() -> None:
    assert suggest_not_analysable(trace_of([(400, {"motion": 0.08})])) == ()


def test_a_repeated_picture_is_frozen_across_its_key_pictures() -> None:
    between_keys, at_key = (6, {"motion": 0.0}), (5, {"motion": 0.02})
    found = suggest_not_analysable(trace_of([(20, {}), *[between_keys, at_key] * 6, (20, {})]))
    assert [each.reason for each in found] == [Hindrance.FROZEN]


def test_what_is_not_scanned_is_not_suggested() -> None:
    assert suggest_not_analysable(Trace.empty(WindowGrid(300, 3))) == ()


def test_pictures_of_another_shape_have_no_motion_between_them() -> None:
    assert np.isnan(measure(noise(20)).motion_since(measure(noise(20)[:72])))
