"""Jobs for a child process that do on purpose what real ones only do when something is wrong."""

import os
import signal
import time
from collections.abc import Generator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from reviewer_app.errors import MediaError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import ChunkStored, Heartbeat, Message, Remark, Stage
from reviewer_app.jobs.request import LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job


def request_in(folder: Path) -> ScanRequest:
    """A request whose folder the stand-ins use to leave traces of themselves."""
    place = LibraryPlace(folder, folder / "key")
    return ScanRequest((folder / "film.mp4",), place, "none", ())


def _lives(request: Any) -> int:
    """How often a child has begun on this request."""
    diary = request.library.folder / "diary"
    with diary.open("a") as file:
        file.write(f"{os.getpid()}\n")
    return len(diary.read_text().splitlines())


def speak(request: Any, control: Control) -> Generator[Message, None, Any]:
    yield Stage("one")
    yield Remark("two")
    return request.paths


def refuse(request: Any, control: Control) -> Generator[Message, None, Any]:
    yield Stage("one")
    raise MediaError("film.mp4 is cut short; copy it again.")


def fault(request: Any, control: Control) -> Generator[Message, None, Any]:
    _lives(request)
    yield Stage("one")
    raise ZeroDivisionError("a bug")


def die_once(request: Any, control: Control) -> Generator[Message, None, Any]:
    life = _lives(request)
    control.position = 40.0
    yield Stage("one")
    if life == 1:
        os.abort()
    return life


def die_at_42(request: Any, control: Control) -> Generator[Message, None, Any]:
    _lives(request)
    yield Stage("one")
    if not any(skip.contains(42.0) for skip in request.skips):
        control.position = 42.0
        os.abort()
    return request.skips


def hang_at_42(request: Any, control: Control) -> Generator[Message, None, Any]:
    _lives(request)
    yield Stage("one")
    if not any(skip.contains(42.0) for skip in request.skips):
        control.position = 42.0
        time.sleep(1000)
    return request.skips


def beat_at_42(request: Any, control: Control) -> Generator[Message, None, Any]:
    """Its decoder hangs in a thread of its own, and it beats beside it."""
    _lives(request)
    yield Stage("one")
    while not any(skip.contains(42.0) for skip in request.skips):
        control.position = 42.0
        time.sleep(0.1)
        yield Heartbeat()
    return request.skips


def read_in_vain(request: Any, control: Control) -> Generator[Message, None, Any]:
    """Hangs in a file before any of its video is decoded."""
    _lives(request)
    yield Stage("one")
    for _ in range(1000):
        time.sleep(0.1)
        yield Heartbeat(at="film.mp4", steps=7)


def read_slowly(request: Any, control: Control) -> Generator[Message, None, Any]:
    """Hears nothing but beats for long, but each file is another one, or read further."""
    _lives(request)
    for file in range(5):
        for step in range(5):
            time.sleep(0.1)
            yield Heartbeat(at=f"{file}.mp4", steps=step)
    return True


def wait_at_42(request: Any, control: Control) -> Generator[Message, None, Any]:
    """As a paused scan does, and one whose drive is away."""
    _lives(request)
    control.position = 42.0
    for _ in range(20):
        time.sleep(0.1)
        yield Heartbeat(paused=True)
    return request.skips


def die_always(request: Any, control: Control) -> Generator[Message, None, Any]:
    _lives(request)
    yield Stage("one")
    os.abort()


def beat_for_ever(request: Any, control: Control) -> Generator[Message, None, Any]:
    _lives(request)
    try:
        while True:
            yield Heartbeat(paused=control.paused)
            time.sleep(0.05)
    finally:
        (request.library.folder / "closed").touch()


def scan_until_struck(request: ScanRequest, seconds: float) -> None:
    """Scans in this process until the kernel ends it without a warning, as kill -9 would.

    Args:
        request: the scan.
        seconds: of computing time after the first stored chunk, so that no busy machine moves the moment.
    """
    for message in run_job(request, Control(get_context("spawn"))):
        if isinstance(message, ChunkStored) and not signal.getitimer(signal.ITIMER_PROF)[0]:
            signal.setitimer(signal.ITIMER_PROF, seconds)
