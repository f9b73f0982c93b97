import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import LEAST_FRAMES, WindowGrid
from reviewer_app.errors import MediaError
from reviewer_app.jobs.feed import AHEAD, FrameFeed, WindowFrames, windows_of
from tests.jobs.fakes import SIZE, FakeSource


def frames(count: int) -> list[GridFrame]:
    return list(FakeSource().frames(0, count))


def test_the_feed_gives_every_frame_in_order() -> None:
    with FrameFeed(FakeSource(), range(7, 300)) as feed:
        assert [frame.number for frame in feed if frame] == list(range(7, 300))


def test_leaving_the_feed_early_closes_the_source_and_ends_the_thread() -> None:
    source = FakeSource()
    with FrameFeed(source, range(10_000)) as feed:
        next(iter(feed))
    assert source.closed == 1
    assert len(source.given) <= AHEAD + 3
    assert not any(thread.name == "decoder" for thread in threading.enumerate())


def test_a_refusal_of_the_decoder_comes_out_after_the_frames_before_it() -> None:
    seen: list[GridFrame | None] = []
    with FrameFeed(FakeSource(fails_at=5), range(100)) as feed, pytest.raises(MediaError, match="gone"):
        seen.extend(feed)
    assert [frame.number for frame in seen if frame] == [0, 1, 2, 3, 4]


def test_a_slow_decoder_shows_as_nothing_for_now() -> None:
    class Slow:
        def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
            time.sleep(0.3)
            yield GridFrame(first, None)

    with FrameFeed(Slow(), range(1), patience=0.05) as feed:
        given = list(feed)
    assert given[0] is None
    assert given[-1] == GridFrame(0, None)


@pytest.mark.parametrize("stride", [1, 3, 16])
def test_windows_share_the_grid_and_step_by_the_stride(stride: int) -> None:
    grid = WindowGrid(5, stride)
    windows = [each for each in windows_of(frames(grid.frame_count), grid, seen_by=lambda _: None) if each]
    assert [each.window for each in windows] == [0, 1, 2, 3, 4]
    for each in windows:
        first = grid.first_frame(each.window)
        assert [frame.number for frame in each.frames] == list(range(first, first + 16))


def test_windows_of_a_resumed_scan_are_numbered_as_in_a_whole_one() -> None:
    grid = WindowGrid(20, 3)
    late = list(FakeSource().frames(grid.first_frame(11), grid.frame_count))
    windows = [each for each in windows_of(late, grid, seen_by=lambda _: None) if each]
    assert [each.window for each in windows] == list(range(11, 20))


def window(missing: set[int], *, undecodable: bool) -> WindowFrames:
    source = FakeSource(undecodable=missing) if undecodable else FakeSource(gaps=missing)
    return WindowFrames(0, tuple(source.frames(0, 16)))


def test_a_window_of_which_more_than_half_is_missing_is_not_scored() -> None:
    enough = set(range(16 - LEAST_FRAMES))
    assert window(enough, undecodable=False).state is WindowState.SCORED
    assert window(enough | {15}, undecodable=False).state is WindowState.GAP
    assert window(enough | {15}, undecodable=True).state is WindowState.UNDECODABLE


def test_a_missing_frame_shows_the_one_before_it_or_at_the_start_the_next() -> None:
    clip = window({0, 1, 5}, undecodable=False).clip()
    assert clip.shape == (16, SIZE, SIZE, 3)
    assert clip[:, 0, 0, 0].tolist() == [2, 2, 2, 3, 4, 4, *range(6, 16)]
    assert clip.dtype == np.uint8
