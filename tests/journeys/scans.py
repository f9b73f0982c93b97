"""Scans for a child process that meet on purpose what real ones only meet when something is wrong."""

import os
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.domain.source import GridFrame
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.request import ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.media.video import RecordingFrames

FATAL_AT = 40
"""The grid frame, 0.3125 s each, that a stand-in for a faulty decoder does not survive."""

HOLDS_AT = 40
"""The grid frame before which ``holding`` waits for a file called ``go``."""

UNPLUGGED_AT = 110
"""The grid frame at which the drive goes away; a file that is open is read to its end all the same."""


def faulty_decoder(request: Any, control: Control) -> Generator[Message, None, Any]:
    """One frame makes the first process abort, and every later one hang for good."""
    aborted = _folder_of(request) / "aborted"

    def meet(frame: GridFrame) -> None:
        if frame.pixels is not None and frame.number == FATAL_AT:
            if aborted.exists():
                time.sleep(3600)
            aborted.touch()
            os.abort()

    return (yield from _meeting(meet, request, control))


def unplugging(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The folder of the files goes away in the middle of the scan, once."""
    drive = _folder_of(request)

    def meet(frame: GridFrame) -> None:
        pulled = drive.with_name("pulled")
        if frame.number == UNPLUGGED_AT and not pulled.exists():
            pulled.touch()
            drive.rename(drive.with_name("unplugged"))

    return (yield from _meeting(meet, request, control))


def holding(request: Any, control: Control) -> Generator[Message, None, Any]:
    """The decoder waits until there is a file called ``go`` beside the recording."""
    folder = _folder_of(request)

    def meet(frame: GridFrame) -> None:
        while frame.number == HOLDS_AT and not (folder / "go").exists():
            time.sleep(0.05)

    return (yield from _meeting(meet, request, control))


def _folder_of(request: Any) -> Path:
    return Path(request.paths[0].parent) if isinstance(request, ScanRequest) else Path()


def _meeting(meet: Callable[[GridFrame], None], request: Any, control: Control) -> Generator[Message, None, Any]:
    """The real job; a scan meets something before each of its frames."""
    frames = RecordingFrames.frames

    def met(self: RecordingFrames, first: int, stop: int) -> Iterator[GridFrame]:
        for frame in frames(self, first, stop):
            meet(frame)
            yield frame

    with pytest.MonkeyPatch.context() as patch:
        if isinstance(request, ScanRequest):
            patch.setattr(RecordingFrames, "frames", met)
        return (yield from run_job(request, control))
