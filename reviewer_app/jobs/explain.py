"""Why a window was flagged: its pictures as the network saw them, and what its score depends on."""

from collections.abc import Generator
from contextlib import closing
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import ClipSpec, Crop
from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.source import Scorer
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import FRAMES_PER_WINDOW, frame_time
from reviewer_app.errors import BundleError, MediaError
from reviewer_app.jobs.beat import Headway, alive, beating, watched
from reviewer_app.jobs.feed import WindowFrames
from reviewer_app.jobs.loading import load_predictor
from reviewer_app.jobs.message import Message, StepsDone
from reviewer_app.jobs.request import ExplainRequest
from reviewer_app.learning.bundle import Bundle, list_bundles
from reviewer_app.learning.explain import Attribution, attribute, patches_for
from reviewer_app.media.crop import padded
from reviewer_app.media.prepare import filled_part
from reviewer_app.media.video import RecordingFrames

WHAT = "Hiding one part after the other"


def explain(request: ExplainRequest) -> Generator[Message, None, Explanation]:
    """Explains one window of a trace.

    Raises:
        BundleError: the bundle that made the trace is not on this machine, or cannot be trusted.
        MediaError: the window has no pictures, or its file cannot be read any more.
    """
    bundle = yield from beating("Looking for the bundle", partial(_bundle, request))
    spec = bundle.description.clip
    seen = yield from watched("Reading the pictures", partial(_window, request, spec))
    predictor = yield from load_predictor(bundle, request.compute)
    clip = seen.clip()
    found = yield from _attribute(predictor, clip)
    place, filled = _place(request, seen, spec)
    return Explanation(request.window, place, filled, found.score, clip, found.saliency, found.falls)


def _attribute(scorer: Scorer, clip: NDArray[np.uint8]) -> Generator[Message, None, Attribution]:
    """Beats while a batch is scored: a large network takes half a minute for one on a slow machine."""
    work = attribute(scorer, clip, patches=patches_for(clip.shape[1]))
    while True:
        step = yield from alive(WHAT, partial(_next, work))
        if isinstance(step, Attribution):
            return step
        yield StepsDone(*step, WHAT)


def _next(work: Generator[tuple[int, int], None, Attribution]) -> tuple[int, int] | Attribution:
    try:
        return next(work)
    except StopIteration as stop:
        found: Attribution = stop.value
        return found


def _bundle(request: ExplainRequest) -> Bundle:
    wanted = request.identity.bundle
    for bundle in list_bundles(request.bundle_folders):
        if isinstance(bundle, Bundle) and bundle.identity == wanted:
            return bundle
    raise BundleError(
        "The bundle that scored this recording is not on this machine, so its score cannot be explained. Import it, or "
        "scan again with another one."
    )


def _place(request: ExplainRequest, seen: WindowFrames, spec: ClipSpec) -> tuple[Crop, Crop]:
    """Where in the displayed picture the network looked, and where in its clip that lies.

    By the file of the window's first picture: a window in which the picture's shape changes is shown by that one.
    """
    first = next(frame.number for frame in seen.frames if frame.pixels is not None)
    segment = request.recording.segment_at(frame_time(first))
    assert segment is not None  # it gave the picture
    place = padded(request.identity.crop, segment.picture)
    return place, filled_part(spec, crop=place, picture=segment.picture)


def _window(request: ExplainRequest, spec: ClipSpec, tell: Headway) -> WindowFrames:
    first = request.window * request.identity.stride
    source = RecordingFrames(
        request.recording, spec, crop=request.identity.crop, threads=request.compute.threads, tell=tell
    )
    with closing(source.frames(first, first + FRAMES_PER_WINDOW)) as frames:  # type: ignore[type-var]
        seen = WindowFrames(request.window, tuple(frames))
    if seen.state is not WindowState.SCORED:
        raise MediaError("There are too few pictures in this window to score it, so there is nothing to explain.")
    return seen
