"""Long bad stretches are suggested as not analysable, with their reason; a moment or a sleeper is not."""

import numpy as np
import pytest

from reviewer_app.domain.quality import MEASURES, Hindrance
from reviewer_app.domain.suggestion import suggest_not_analysable
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid

GOOD = {"brightness": 90.0, "colour_variance": 200.0, "motion": 0.8, "sharpness": 400.0, "frames": 16.0}
GOOD["visibility"] = float("nan")  # nobody looked for the infant


def trace_of(stretches: list[tuple[int, dict[str, float]]]) -> Trace:
    """A trace with a stride of one second or so, from runs of windows that differ from good ones as told."""
    rows = [[{**GOOD, **odd}[name] for name in MEASURES] for count, odd in stretches for _ in range(count)]
    empty = Trace.empty(WindowGrid(len(rows), 3))
    return Trace(empty.grid, empty.scores, empty.states, empty.activity, np.array(rows, np.float32))


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


def test_a_dim_room_that_is_never_really_dark_is_not_suggested() -> None:
    assert suggest_not_analysable(trace_of([(20, {}), (60, {"brightness": 16.0}), (20, {})])) == ()
