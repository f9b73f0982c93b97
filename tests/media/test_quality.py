import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.domain.source import GridFrame
from reviewer_app.media.quality import measure, window_quality

PIXELS = np.zeros((16, 16, 3), np.uint8)


def noise(deviation: float, seed: int = 0) -> NDArray[np.uint8]:
    values = np.random.default_rng(seed).normal(120, deviation, (128, 128, 3))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


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
        GridFrame(1, PIXELS, quality=(30.0, 3.0, 15.0), motion=2.0, visibility=0.25),
        GridFrame(2, None, undecodable=True),
        GridFrame(3, PIXELS, quality=(20.0, 2.0, 10.0), motion=4.0),
    ]
    assert window_quality(frames).tolist() == [20.0, 2.0, 3.0, 10.0, 3.0, 0.25]


def test_a_window_without_pictures_has_no_quality() -> None:
    quality = window_quality([GridFrame(0, None)])
    assert quality.dtype == np.float32
    assert np.isnan(quality[:4]).all()
    assert quality[4] == 0
    assert np.isnan(quality[5])


def test_where_no_detector_looked_visibility_is_unknown() -> None:
    assert np.isnan(window_quality([GridFrame(0, PIXELS, quality=(10.0, 1.0, 5.0))])[5])


def test_pictures_of_another_shape_have_no_motion_between_them() -> None:
    assert np.isnan(measure(noise(20)).motion_since(measure(noise(20)[:72])))
