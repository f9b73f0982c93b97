"""Making a phantom: a synthetic recording with known truth."""

import os
from collections.abc import Generator
from functools import partial

from reviewer_app.errors import RequestError
from reviewer_app.jobs.beat import alive
from reviewer_app.jobs.message import Message, PhantomMade, StepsDone
from reviewer_app.jobs.request import PhantomRequest
from reviewer_app.phantom.record import PhantomNight, write_phantom
from reviewer_app.phantom.scene import SceneKind
from reviewer_app.phantom.script import PhantomPlan

STEP_LIMIT = 1800.0
"""Seconds that one step of the making may take on a slow computer."""

MOST_WORKERS = 61
"""On Windows Python's ``ProcessPoolExecutor`` takes no more, as its documentation says."""


def make_phantom(request: PhantomRequest) -> Generator[Message, None, PhantomMade]:
    """Draws, encodes and writes a night.

    Raises:
        RequestError: the request makes no sense, or the folder cannot be written or has no room.
    """
    scenes = [kind.value for kind in SceneKind]
    if request.scene not in scenes:
        raise RequestError(f"unknown scene {request.scene!r}: choose {', '.join(scenes)}.")
    plan = PhantomPlan(
        request.to,
        request.seconds,
        request.seed,
        SceneKind(request.scene),
        request.files,
        eeg=request.eeg,
        size=request.size,
        repeats=request.repeats,
        workers=usable_cores(),
    )
    steps = write_phantom(plan)
    while True:
        # Joining a file or writing the EEG of a long night may take longer than a supervisor waits for a word.
        step = yield from alive("Making the phantom", partial(next, steps), limit=STEP_LIMIT)
        if isinstance(step, PhantomNight):
            files = (*step.files, *((step.eeg,) if step.eeg else ()), step.truth)
            return PhantomMade(files, sum(event.is_spasm for event in step.events), step.seconds)
        yield StepsDone(step.done, step.total, "Making the phantom")


def usable_cores() -> int:
    """How many processes can draw at once; a batch system may grant fewer than the machine has."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)
