import threading
import time
from collections.abc import Generator
from contextlib import closing

import pytest

from reviewer_app.errors import MediaError
from reviewer_app.jobs.beat import streamed
from reviewer_app.jobs.message import Heartbeat


def test_steps_are_handed_over_in_order_and_all_are_done_in_one_thread_of_their_own() -> None:
    threads = set()

    def steps() -> Generator[int, None, None]:
        for number in range(5):
            threads.add(threading.get_ident())
            yield number

    assert list(streamed(steps())) == [0, 1, 2, 3, 4]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_long_step_beats() -> None:
    def steps() -> Generator[int, None, None]:
        time.sleep(1.2)
        yield 1

    given = list(streamed(steps()))
    assert given[0] == Heartbeat()
    assert given[-1] == 1


def test_an_error_of_ours_comes_out_after_what_was_given() -> None:
    def steps() -> Generator[int, None, None]:
        yield 1
        raise MediaError("gone")

    stream = streamed(steps())
    assert next(stream) == 1
    with pytest.raises(MediaError, match="gone"):
        list(stream)


def test_closing_closes_the_steps_and_waits_for_that() -> None:
    closed = threading.Event()

    def steps() -> Generator[int, None, None]:
        try:
            yield from range(1000)
        finally:
            time.sleep(0.2)
            closed.set()

    with closing(streamed(steps())) as stream:
        assert next(stream) == 0
    assert closed.is_set()
