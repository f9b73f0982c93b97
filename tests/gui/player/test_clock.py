"""The clock runs by the wall, and drifts to the sound."""

import math

import pytest

from reviewer_app.gui.player.clock import PlayClock


class Wall:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.mark.parametrize("rate", [0.25, 1.0, 16.0, -2.0])
def test_it_runs_at_its_rate(wall: Wall, rate: float) -> None:
    clock = PlayClock(wall)
    clock.start(50.0, rate)
    wall.seconds += 2.0
    assert clock.position == 50.0 + 2.0 * rate
    assert clock.seconds_until(50.0 + 3.0 * rate) == pytest.approx(1.0)
    assert clock.seconds_until(50.0 + rate) == pytest.approx(-1.0)


def test_it_stands_where_it_is_stopped(wall: Wall) -> None:
    clock = PlayClock(wall)
    clock.start(50.0, 1.0)
    wall.seconds += 2.0
    assert clock.stop() == 52.0
    wall.seconds += 5.0
    assert clock.position == 52.0
    assert clock.seconds_until(53.0) == math.inf
    clock.correct(60.0)  # sound that comes late
    assert clock.position == 52.0


def test_small_differences_to_the_sound_go_away_slowly_and_large_ones_at_once(wall: Wall) -> None:
    clock = PlayClock(wall)
    clock.start(50.0, 1.0)
    clock.correct(49.9)
    assert 49.9 < clock.position < 50.0
    for _ in range(40):
        wall.seconds += 0.025
        clock.correct(49.9 + (wall.seconds - 100.0))
    assert clock.position == pytest.approx(50.9, abs=0.001)
    clock.correct(48.0)
    assert clock.position == 48.0
