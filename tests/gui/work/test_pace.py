from pathlib import Path

import pytest

from reviewer_app.gui.work.pace import Pace, PaceBook, PaceKey

KEY = PaceKey("starter", 3, 720)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def noted(pace: Pace, clock: Clock, *, rate: float, seconds: int, done: int) -> int:
    for _ in range(seconds):
        clock.time += 1
        done += round(rate)
        pace.note(done)
    return done


def test_the_present_speed_is_that_of_the_last_twenty_seconds() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.windows_per_second is None
    done = noted(pace, clock, rate=10, seconds=60, done=0)
    assert pace.windows_per_second == pytest.approx(10)
    noted(pace, clock, rate=40, seconds=25, done=done)
    assert pace.windows_per_second == pytest.approx(40)


def test_a_pause_counts_neither_now_nor_over_all() -> None:
    clock = Clock()
    pace = Pace(clock)
    done = noted(pace, clock, rate=10, seconds=40, done=0)
    pace.rest()
    assert pace.windows_per_second is None
    clock.time += 3600
    noted(pace, clock, rate=10, seconds=40, done=done)
    assert pace.windows_per_second == pytest.approx(10)
    assert pace.average == pytest.approx(10)


def test_a_short_scan_says_nothing_about_the_next() -> None:
    clock = Clock()
    pace = Pace(clock)
    noted(pace, clock, rate=10, seconds=5, done=0)
    assert pace.average is None


def test_windows_that_an_earlier_scan_stored_are_not_this_ones_speed() -> None:
    clock = Clock()
    pace = Pace(clock)
    noted(pace, clock, rate=10, seconds=40, done=100_000)
    assert pace.average == pytest.approx(10)


def test_speeds_are_kept_between_starts(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "speeds.json"
    PaceBook(path).note(KEY, 41.234)
    assert PaceBook(path).speed(KEY) == 41.23
    assert PaceBook(path).speed(PaceKey("starter", 1, 720)) is None


@pytest.mark.parametrize("text", ["", "no JSON", "[1]", '{"a": "b"}', '{"a": -1}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "speeds.json"
    path.write_text(text)
    book = PaceBook(path)
    assert book.speed(KEY) is None
    book.note(KEY, 2.0)
    assert PaceBook(path).speed(KEY) == 2.0


def test_a_file_that_cannot_be_written_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    book = PaceBook(tmp_path / "cache" / "speeds.json")
    book.note(KEY, 2.0)
    assert book.speed(KEY) == 2.0
