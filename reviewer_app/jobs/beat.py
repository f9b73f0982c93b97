"""Blocking work that has no steps of its own, done in a thread so that the job can keep speaking."""

import queue
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.jobs.message import Heartbeat, Message, Stage

Value = TypeVar("Value")

LIMIT = 300.0
"""Seconds after which blocking work is given up, where its caller names no other."""


@dataclass(slots=True)
class Headway:
    """How far the reading of files got; told by the thread that reads, and seen by the one that waits."""

    file: Path | None = None
    steps: int = 0

    def __call__(self, file: Path) -> None:
        """Notes a step; called a million times while a night is opened."""
        self.file = file
        self.steps += 1

    def beat(self) -> Heartbeat:
        """What the supervisor hears meanwhile: it kills a child that stays at the same step."""
        return Heartbeat(at=self.file.name if self.file else "", steps=self.steps)


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


def beating(name: str, call: Callable[[], Value], *, limit: float = LIMIT) -> Generator[Message, None, Value]:
    """Says what is going on, does ``call`` in a thread, beats twice a second, and returns what it gave.

    Raises:
        MediaError: the call took longer than ``limit`` seconds; its thread is left behind, to end with the process.
        SpasmReviewerError: whatever the call raised.
    """
    yield Stage(name)
    return (yield from alive(name, call, limit=limit))


def watched(name: str, call: Callable[[Headway], Value]) -> Generator[Message, None, Value]:
    """Does work that reads files and tells each step of it: it may take hours as long as it gets on.

    Raises:
        MediaError: there was no step for ``LIMIT`` seconds; a supervisor loses its patience much earlier.
        SpasmReviewerError: whatever the call raised.
    """
    yield Stage(name)
    return (yield from alive_reading(name, call))


def alive_reading(name: str, call: Callable[[Headway], Value]) -> Generator[Message, None, Value]:
    """The same for one of many steps, without saying its name each time.

    Raises:
        MediaError: there was no step for ``LIMIT`` seconds.
        SpasmReviewerError: whatever the call raised.
    """
    headway = Headway()
    return (yield from _awaited(_Work(partial(call, headway)), name, LIMIT, headway))


def alive(name: str, call: Callable[[], Value], *, limit: float = LIMIT) -> Generator[Message, None, Value]:
    """Does one of many pieces of work, without saying its name each time.

    Raises:
        MediaError: the call took longer than ``limit`` seconds.
        SpasmReviewerError: whatever the call raised.
    """
    return (yield from _awaited(_Work(call), name, limit, Headway()))


def _awaited(work: _Work[Value], name: str, limit: float, headway: Headway) -> Generator[Message, None, Value]:
    work.start()
    seen, deadline = 0, time.monotonic() + limit
    while work.is_alive():
        work.join(0.5)
        if not work.is_alive():
            break
        if headway.steps != seen:
            seen, deadline = headway.steps, time.monotonic() + limit
        if time.monotonic() > deadline:
            raise MediaError(f"{name} took more than {limit:.0f} s and was given up: is the drive still there?")
        yield headway.beat()
    if work.error is not None:
        raise work.error
    if not work.value:
        raise RuntimeError(f"{name}: the work ended without a result")
    return work.value[0]


class _Steps(threading.Thread, Generic[Value]):
    """Goes through a generator and hands over what it gives, one thing at a time."""

    def __init__(self, steps: Generator[Value, None, object]) -> None:
        super().__init__(name="steps", daemon=True)
        self._steps = steps
        self._given: queue.Queue[Value | SpasmReviewerError | None] = queue.Queue(1)
        self._closing = threading.Event()

    def run(self) -> None:
        try:
            with closing(self._steps):
                for value in self._steps:
                    if not self._put(value):
                        return
            self._put(None)
        except SpasmReviewerError as error:
            self._put(error)

    def _put(self, value: Value | SpasmReviewerError | None) -> bool:
        while not self._closing.is_set():
            try:
                self._given.put(value, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def next(self) -> Value | Heartbeat | SpasmReviewerError | None:
        """What was given; a beat where there was nothing for half a second; None at the end."""
        try:
            return self._given.get(timeout=0.5)
        except queue.Empty:
            if not self.is_alive() and self._given.empty():
                raise RuntimeError("the work ended without a word") from None
            return Heartbeat()

    def close(self) -> None:
        """Ends the work at its next step, and waits for that."""
        self._closing.set()
        self.join()


def streamed(steps: Generator[Value, None, object]) -> Generator[Value | Heartbeat, None, None]:
    """What a generator gives, from one thread for all of its steps, with beats while a step takes long.

    Closing it closes the generator at its next step, and waits for that.

    Raises:
        SpasmReviewerError: whatever the generator raised.
    """
    work = _Steps(steps)
    work.start()
    try:
        while (value := work.next()) is not None:
            if isinstance(value, SpasmReviewerError):
                raise value
            yield value
    finally:
        work.close()
