"""Why a window was flagged: its pictures as the network saw them, and what its score depends on."""

from collections.abc import Generator
from contextlib import closing
from functools import partial

from reviewer_app.domain.clip import ClipSpec, Crop
from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import FRAMES_PER_WINDOW, frame_time
from reviewer_app.errors import BundleError, MediaError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.feed import WindowFrames
from reviewer_app.jobs.message import Message, StepsDone
from reviewer_app.jobs.request import ExplainRequest
from reviewer_app.learning.bundle import Bundle, list_bundles
from reviewer_app.learning.explain import attribute, patches_for
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.crop import padded
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
    seen = yield from beating("Reading the pictures", partial(_window, request, request.recording, spec))
    predictor = yield from beating(
        "Loading the network",
        partial(
            Predictor,
            bundle,
            device=request.compute.device,
            precision=request.compute.precision,
            threads=request.compute.threads or None,
        ),
    )
    clip = seen.clip()
    work = attribute(predictor, clip, patches=patches_for(spec.size))
    while True:
        try:
            done, total = next(work)
        except StopIteration as stop:
            found = stop.value
            return Explanation(request.window, _place(request), found.score, clip, found.saliency, found.falls)
        yield StepsDone(done, total, WHAT)


def _bundle(request: ExplainRequest) -> Bundle:
    wanted = request.identity.bundle
    for bundle in list_bundles(request.bundle_folders):
        if isinstance(bundle, Bundle) and bundle.identity == wanted:
            return bundle
    raise BundleError(
        "The bundle that scored this recording is not on this machine, so its score cannot be explained. Import it, or "
        "scan again with another one."
    )


def _place(request: ExplainRequest) -> Crop:
    """Where in the displayed picture the network looked, by the segment that the window begins in."""
    recording = request.recording
    segment = recording.segment_at(frame_time(request.window * request.identity.stride)) or recording.segments[0]
    return padded(request.identity.crop, segment.picture)


def _window(request: ExplainRequest, recording: Recording, spec: ClipSpec) -> WindowFrames:
    first = request.window * request.identity.stride
    source = RecordingFrames(recording, spec, crop=request.identity.crop, threads=request.compute.threads)
    with closing(source.frames(first, first + FRAMES_PER_WINDOW)) as frames:  # type: ignore[type-var]
        seen = WindowFrames(request.window, tuple(frames))
    if seen.state is not WindowState.SCORED:
        raise MediaError("There are too few pictures in this window to score it, so there is nothing to explain.")
    return seen
