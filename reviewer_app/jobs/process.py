"""Runs a job in a process of its own, so that no codec, driver or hang can take the door down with it.

The child runs ``run_job`` and sends what it yields; the supervisor passes that on. A child that says nothing for 30 s,
or only beats while its decoder does not move or a file gives nothing, is killed, and until then the supervisor beats in
its place, so that whoever drives it can close it at any second; one that died is started again and goes on from the
last stored chunk; when the same second brings it down twice, that stretch is skipped and counted as undecodable; a file
that gives nothing even before is named and refused. A child whose supervisor is gone ends at its next message.
"""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.window import Interval, union
from reviewer_app.errors import MediaError, SpasmReviewerError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import ChunkStored, Heartbeat, Message, Remark
from reviewer_app.jobs.request import Asks, ScanRequest
from reviewer_app.jobs.run import run_job

Answer = TypeVar("Answer")

SILENCE = 30.0
"""Seconds without a word after which a child counts as hung."""

STARTING = 120.0
"""The same while it starts: importing the network libraries from a cold disk takes its time."""

SAME_SECOND = 2.0
"""Two crashes this close together, in recording seconds, have the same cause."""

FRUITLESS = 6
"""Crashes in a row without a stored chunk between them, after which the job is given up."""

_EARLY_CRASHES = 2
_STARTS_AGAIN = "The job process ended unexpectedly; it starts again from what is stored."
_TICK = 0.25


@dataclass(frozen=True, slots=True)
class _Finished:
    answer: Any


@dataclass(frozen=True, slots=True)
class _Failed:
    error: SpasmReviewerError


class Runner(Protocol):
    """What a child process runs; ``run_job``, or a test's stand-in for it."""

    def __call__(self, request: Asks[Any], control: Control, /) -> Generator[Message, None, Any]:
        """Messages, and an answer at the end."""
        ...


class _Crashed(Exception):  # noqa: N818  (not an error of ours: it never leaves this file)
    """The child ended, or was ended, without a result.

    Attributes:
        fault: Python's last word, where it had one.
        at: The file whose reading stood still, where that is why.
    """

    def __init__(self, text: str, *, fault: str = "", at: str = "") -> None:
        super().__init__(text)
        self.fault = fault
        self.at = at


@dataclass(slots=True)
class Crashes:
    """Where the decoder was when children died, and what to leave out because of it."""

    positions: list[float] = field(default_factory=list)
    skips: tuple[Interval, ...] = ()
    fruitless: int = 0
    early: int = 0  # crashes before the first window
    stood_still: set[str] = field(default_factory=set)  # files that gave nothing

    def refuse_again(self, file: str, request: Asks[Any]) -> None:
        """Ends the job where a file gave nothing before, unless there is a way left around reading it.

        Raises:
            MediaError: the file, and what to do.
        """
        spared = isinstance(request, ScanRequest) and request.crop is None  # by looking for no crop: see ``avoided``
        if file in self.stood_still and not spared:
            raise MediaError(
                f"Reading {file} got no further for {SILENCE:.0f} s, twice. Copy it again or leave it out; where it "
                "lies on another machine, see whether that answers."
            )
        self.stood_still.add(file)

    def add(self, position: float) -> str:
        """Notes a crash at a recording second, or before the first (negative); says what follows from it."""
        self.fruitless += 1
        if position < 0:
            self.early += 1
            if self.early == _EARLY_CRASHES:
                return "The job process ends before the first window: it tries again with the whole picture."
            return _STARTS_AGAIN
        new = self._new_skip(position)
        if new is None:
            self.positions.append(position)
            return _STARTS_AGAIN
        self.skips = union([*self.skips, new])
        return (
            f"The stretch from {new.start:.1f} s to {new.stop:.1f} s brings the decoder down: it is left out and "
            "counted as undecodable."
        )

    def _new_skip(self, position: float) -> Interval | None:
        """What to leave out from now on; a stretch that did not help, as decoding starts before it, is doubled."""
        near = [skip for skip in self.skips if skip.start - SAME_SECOND <= position <= skip.stop + SAME_SECOND]
        if near:
            start, stop = min(near[0].start, max(0.0, position - 0.5)), max(near[-1].stop, position)
            return Interval(start, stop + (stop - start))
        if any(abs(position - other) <= SAME_SECOND for other in self.positions):
            return Interval(max(0.0, position - 0.5), position + SAME_SECOND)
        return None

    def avoided(self, request: ScanRequest) -> ScanRequest:
        """The request for the next child: what is stored stays, and what brought children down is left out."""
        # Looking for the crop seeks all over the recording, so it may meet what kills the decoder before any window.
        crop = WHOLE_PICTURE if request.crop is None and self.early >= _EARLY_CRASHES else request.crop
        return replace(request, skips=self.skips, crop=crop, fresh=False)


def supervise(
    request: Asks[Answer], control: Control | None = None, *, run: Runner = run_job
) -> Generator[Message, None, Answer]:
    """The messages and the answer of a job that runs in a child process; closing the generator ends the child.

    Args:
        request: what to do.
        control: by which to pause it; made where none is given.
        run: what the child calls; anything importable that takes a request and its control.

    Raises:
        SpasmReviewerError: what the job raised, or that it could not be kept alive.
    """
    context = multiprocessing.get_context("spawn")
    control = control or Control(context)
    crashes = Crashes()
    while True:
        try:
            with closing(_run_child(_Order(request, control, run), context, crashes)) as child:
                return cast("Answer", (yield from child))
        except _Crashed as crash:
            if crash.fault:
                raise SpasmReviewerError(
                    f"A fault in the program ended the job ({crash.fault}). What was stored before is kept; please "
                    "report this sentence."
                ) from None
            if crash.at:
                crashes.refuse_again(crash.at, request)
            remark = crashes.add(control.position)
            if crashes.fruitless >= FRUITLESS:
                raise SpasmReviewerError(
                    f"The job process {crash} {FRUITLESS} times without getting any further and was given up. What was "
                    "stored before is kept."
                ) from None
        # Only a scan can leave out what brings it down.
        yield Remark(remark if isinstance(request, ScanRequest) else _STARTS_AGAIN)
        if isinstance(request, ScanRequest):
            request = cast("Asks[Answer]", crashes.avoided(request))


@dataclass(slots=True)
class _Reading:
    """Whether the reading of files gets on: the thread beside it may beat for ever while it hangs."""

    control: Control
    place: tuple[float, str, int] = (-1.0, "", 0)  # recording second, or file and step in it
    stuck: float = 0.0  # seconds
    heard: float = field(default_factory=time.monotonic)

    def hangs(self, message: Message) -> bool:
        """Whether only beats came for too long, and all of them while reading was at one and the same step."""
        now, position = time.monotonic(), self.control.position
        waits = isinstance(message, Heartbeat) and not message.paused and (position >= 0 or message.at != "")
        place = (position, message.at, message.steps) if isinstance(message, Heartbeat) else (position, "", 0)
        # At most a second for each beat: a laptop that slept must not make a healthy decoder look hung.
        self.stuck = self.stuck + min(now - self.heard, 1.0) if waits and place == self.place else 0.0
        self.heard, self.place = now, place
        return self.stuck >= SILENCE


@dataclass(frozen=True, slots=True)
class _Order:
    """What a child is to do."""

    request: Asks[Any]
    control: Control
    run: Runner


def _run_child(order: _Order, context: SpawnContext, crashes: Crashes) -> Generator[Message, None, Any]:
    control = order.control
    control.position = -1.0
    ours, theirs = context.Pipe(duplex=False)
    last_words = Path(tempfile.mkdtemp(prefix="spasm-reviewer-")) / "stderr"
    process = context.Process(target=_work, args=(theirs, order, last_words), name="job", daemon=False)
    process.start()
    theirs.close()
    reading = _Reading(control)
    try:
        while True:
            try:
                message = yield from _next_message(ours, process, control)
            except _Crashed as crash:
                raise _Crashed(str(crash), fault=_fault(last_words, process)) from None
            match message:
                case _Finished(answer):
                    return answer
                case _Failed(error):
                    raise error
                case message:
                    if isinstance(message, ChunkStored):
                        crashes.fruitless = 0
                    if reading.hangs(message):
                        process.kill()
                        process.join()
                        raise _Crashed("read nothing for too long", at=reading.place[1])
                    yield message
    finally:
        # A closed pipe ends the child at its next message, with its last chunk stored; a deaf one is killed.
        ours.close()
        process.join(5.0)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
        shutil.rmtree(last_words.parent, ignore_errors=True)


def _fault(last_words: Path, process: SpawnProcess) -> str:
    """The last line of a traceback; empty where no Python error ended the child."""
    if process.exitcode != 1 or not last_words.exists():
        return ""
    lines = last_words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it ended without a word"


def _next_message(
    ours: Connection, process: SpawnProcess, control: Control
) -> Generator[Heartbeat, None, Message | _Finished | _Failed]:
    """What the child says next, and a beat for every second in which it says nothing."""
    silent = 0.0
    while not ours.poll(_TICK):
        # Ticks are counted, not the clock: a laptop that slept must not make a healthy child look hung.
        silent += _TICK
        # Looked at anew each time: decoding may begin, and hang, after the last word.
        if silent >= (STARTING if control.position < 0 else SILENCE):
            process.kill()
            process.join()
            raise _Crashed("said nothing for too long")
        if silent % 1.0 == 0:
            yield Heartbeat()
    try:
        message: Message | _Finished | _Failed = ours.recv()
    except (EOFError, ConnectionResetError):
        process.join()
        raise _Crashed(f"ended with code {process.exitcode}") from None
    return message


def _work(connection: Connection, order: _Order, last_words: Path) -> None:
    """The child's life: run the job, send all it says, leave without waiting for threads that may hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to handle
    # What libraries chatter, natively or as warnings, is nothing to a reviewer; a fault's last line is.
    with last_words.open("wb") as file:
        os.dup2(file.fileno(), 2)
    warnings.simplefilter("ignore")
    # A broken pipe says that the supervisor has gone: what is stored is stored.
    with suppress(BrokenPipeError), closing(connection):
        connection.send(Heartbeat())
        try:
            with closing(order.run(order.request, order.control)) as job:
                connection.send(_Finished(_send_all(job, connection)))
        except SpasmReviewerError as error:
            connection.send(_Failed(error))
    for worker in multiprocessing.active_children():
        worker.kill()  # a phantom's drawing processes would wait for work for ever
    os._exit(0)


def _send_all(job: Generator[Message, None, Any], connection: Connection) -> Any:
    while True:
        try:
            connection.send(next(job))
        except StopIteration as stop:
            return stop.value
