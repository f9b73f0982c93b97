"""Coverage: missing video is never counted as looked at."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid, total_seconds
from tests.domain.test_recording import segment
from tests.domain.test_trace import chunk

START = datetime(2026, 11, 14, 22, 0, tzinfo=UTC)


def recording(*parts: tuple[float, float]) -> Recording:
    return Recording(tuple(segment(*part) for part in parts), START)


def trace(seconds: float, states: list[WindowState]) -> Trace:
    grid = WindowGrid.over(seconds, stride=16)
    return Trace.empty(grid).filled(chunk(0, states))


@given(st.lists(st.sampled_from(list(WindowState)), min_size=4, max_size=4), st.integers(1, 9), st.integers(0, 5))
def test_a_recording_is_divided_without_remainder(states: list[WindowState], stop: int, gap: int) -> None:
    night = recording((0, stop), (stop + gap, 20))
    divided = coverage_of(night, trace(20, states), holes=[Interval(3, 4)])
    parts = [*divided.scored, *divided.gaps, *divided.undecodable, *divided.unscanned, *divided.too_short]
    assert sum(part.seconds for part in parts) == pytest.approx(20)
    assert total_seconds(parts) == pytest.approx(20)


def test_a_hole_met_while_scanning_does_not_count_as_seen() -> None:
    divided = coverage_of(recording((0, 10)), trace(10, [WindowState.SCORED] * 2), holes=[Interval(4, 5)])
    assert divided.undecodable == (Interval(4, 5),)
    assert divided.finished
    assert not divided.complete
    assert total_seconds(divided.scored) == pytest.approx(9)


def test_a_file_too_short_for_a_window_does_not_pass_for_scored() -> None:
    night = recording((0, 10), (12, 14), (20, 25))
    states = [WindowState.SCORED, WindowState.SCORED, WindowState.GAP, WindowState.GAP, WindowState.SCORED]
    divided = coverage_of(night, trace(25, states))
    assert divided.gaps == (Interval(10, 12), Interval(14, 20))
    assert divided.too_short == (Interval(12, 14),)
    assert divided.scored == (Interval(0, 10), Interval(20, 25))
    assert divided.finished
    assert not divided.complete


def test_video_that_is_both_broken_and_not_yet_scanned_is_not_yet_scanned() -> None:
    divided = coverage_of(recording((0, 10)), Trace.empty(WindowGrid.over(10)), holes=[Interval(4, 5)])
    assert divided.unscanned == (Interval(0, 10),)
    assert not divided.finished
    assert divided.scored == ()
