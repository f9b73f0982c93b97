"""Blocking work that has no steps of its own, done in a thread so that the job can keep speaking."""

import threading
import time
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.jobs.message import Heartbeat, Message, Stage

Value = TypeVar("Value")


class _Work(threading.Thread, Generic[Value]):
    """Runs one call and keeps what it gave or raised."""

    def __init__(self, call: Callable[[], Value]) -> None:
        super().__init__(name="blocking work", daemon=True)
        self._call = call
        self.value: list[Value] = []
        self.error: SpasmReviewerError | None = None

    def run(self) -> None:
        try:
            self.value.append(self._call())
        except SpasmReviewerError as error:
            self.error = error


def beating(name: str, call: Callable[[], Value], *, limit: float = 300.0) -> Generator[Message, None, Value]:
    """Says what is going on, does ``call`` in a thread, beats twice a second, and returns what it gave.

    Raises:
        MediaError: the call took longer than ``limit`` seconds; its thread is left behind, to end with the process.
        SpasmReviewerError: whatever the call raised.
    """
    yield Stage(name)
    return (yield from alive(name, call, limit=limit))


def alive(name: str, call: Callable[[], Value], *, limit: float = 300.0) -> Generator[Message, None, Value]:
    """The same for one of many steps, without saying its name each time.

    Raises:
        MediaError: the call took longer than ``limit`` seconds.
        SpasmReviewerError: whatever the call raised.
    """
    work = _Work(call)
    work.start()
    deadline = time.monotonic() + limit
    while work.is_alive():
        work.join(0.5)
        if not work.is_alive():
            break
        if time.monotonic() > deadline:
            raise MediaError(f"{name} took more than {limit:.0f} s and was given up: is the drive still there?")
        yield Heartbeat()
    if work.error is not None:
        raise work.error
    if not work.value:
        raise RuntimeError(f"{name}: the work ended without a result")
    return work.value[0]
