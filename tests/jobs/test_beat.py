import threading
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from reviewer_app.errors import MediaError
from reviewer_app.jobs import beat
from reviewer_app.jobs.beat import Headway, streamed, watched
from reviewer_app.jobs.message import Heartbeat, Message


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


def test_reading_that_gets_on_may_take_longer_than_the_limit_and_its_beats_tell_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beat, "LIMIT", 1.0)

    def read(tell: Headway) -> str:
        for number in range(4):
            tell(Path("there") / f"{number}.mp4")
            time.sleep(0.7)
        return "read"

    def watch() -> Generator[Message, None, None]:
        answers.append((yield from watched("Reading", read)))

    answers: list[str] = []
    beats = [each for each in watch() if isinstance(each, Heartbeat)]
    assert answers == ["read"]
    assert {each.at for each in beats} <= {f"{number}.mp4" for number in range(4)}, "no folder is told"
    assert beats[-1].steps == 4


def test_reading_without_a_step_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "LIMIT", 0.6)
    done = threading.Event()
    with pytest.raises(MediaError, match="Reading took more than"):
        list(watched("Reading", lambda tell: done.wait(60)))
    done.set()
