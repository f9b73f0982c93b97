"""The scan: from files on disk to a stored trace that a killed process can take up again."""

import shutil
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import FRAME_STEP, LEAST_FRAMES, WindowGrid
from reviewer_app.errors import MediaError, RequestError
from reviewer_app.jobs.beat import beating, watched
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.crop import crop_by
from reviewer_app.jobs.current import current_bundle
from reviewer_app.jobs.findings import trace_report
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.loading import load_predictor
from reviewer_app.jobs.message import Message, Remark, ScanStarted
from reviewer_app.jobs.request import ScanRequest
from reviewer_app.jobs.sweep import Shape, StoredTrace, Sweep, begin_trace, sweep_patiently
from reviewer_app.learning.bundle import Bundle, find_bundle, read_bundle
from reviewer_app.learning.manifest import clip_digest
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.crop import person_crop
from reviewer_app.media.identity import fingerprint
from reviewer_app.media.open import open_recording
from reviewer_app.media.person import PersonDetector
from reviewer_app.media.video import RecordingFrames
from reviewer_app.store import recordings, traces
from reviewer_app.store.library import Library

OVERHEAD = 800
"""Bytes of a window beside activity and embedding: score, state, quality, and a sixth of a page of SQLite's at most."""

CRASHED = "crash"
"""Why a stretch is skipped: it brought the decoder down twice."""


def scan(request: ScanRequest, control: Control) -> Generator[Message, None, TraceReport]:
    """Opens, scores and stores a recording; see ``ScanRequest``.

    Raises:
        MediaError: the files cannot be used, or went away or changed while they were read.
        BundleError: the bundle cannot be trusted.
        StoreError: the library cannot be used.
        RequestError: there is no room for the trace.
    """
    bundle = None if request.by_default else (yield from beating("Checking the bundle", partial(_load, request)))
    recording = yield from watched(
        "Opening the recording",
        lambda tell: open_recording(request.paths, patient=request.patient, start=request.start, tell=tell),
    )
    if recording.video_seconds < LEAST_FRAMES * FRAME_STEP:
        raise MediaError(
            f"The recording lasts {recording.video_seconds:.1f} s; a window needs at least "
            f"{LEAST_FRAMES * FRAME_STEP} s of video. Add the files that come before or after it."
        )
    for text in recording.remarks:
        yield Remark(text)
    with open_library(request.library) as library:
        number = yield from _add(library, recording)
        # A recording keeps the clock that it was first stored with, since its traces lie on that clock.
        recording = recordings.load(library, number)
        if bundle is None:  # only now is it known whose recording it is
            bundle = yield from beating("Checking the bundle", partial(_load_current, request, library, recording))
        grid = WindowGrid.over(recording.seconds, stride=request.stride)
        # Only the loaded network tells how large its embeddings are; looking for the infant may take longer by far.
        predictor = yield from load_predictor(bundle, request.compute)
        shape = Shape(grid, predictor.bins, predictor.features)
        require_space(request.library.folder, grid.count * bytes_per_window(shape))
        crop = yield from _find_crop(request, recording, bundle)
        detector = yield from _load_detector(request)
        identity = TraceIdentity(
            recording.identity, bundle.identity, clip_digest(bundle.description.clip), request.stride, crop
        )
        stored = _begin(request, library, number, bundle.name, identity, shape)
        done = grid.count - sum(map(len, stored.missing()))
        yield ScanStarted(recording, identity, grid.count, done, bundle.name, predictor.device_name)
        source = RecordingFrames(
            recording,
            bundle.description.clip,
            crop=crop,
            skip=tuple(span for span, reason in traces.skips(library, stored.trace_id) if reason == CRASHED),
            threads=request.compute.threads,
            detector=detector,
        )
        sweep = Sweep(stored, source, predictor, control, done)
        yield from _said(sweep_patiently(sweep, [segment.path for segment in recording.segments]), predictor)
        _refuse_changed_files(recording, stored)
        return trace_report(library, stored.trace_id, bundle, request.rules)


def _said(messages: Generator[Message], predictor: Predictor) -> Generator[Message]:
    """The messages, with what the predictor has to say for itself told as it happens, such as a lack of memory."""
    said = 0
    with closing(messages):
        for message in messages:
            yield message
            for text in predictor.warnings[said:]:
                yield Remark(text)
            said = len(predictor.warnings)


def _load(request: ScanRequest) -> Bundle:
    # The predictor checks the weights' hash and the golden clip; nothing is scored before.
    return read_bundle(find_bundle(request.bundle, request.bundle_folders))


def _load_current(request: ScanRequest, library: Library, recording: Recording) -> Bundle:
    return current_bundle(library, request.bundle_folders, default=request.bundle, patient=recording.patient)


def bytes_per_window(shape: Shape) -> int:
    """Room that a window of such a trace takes in the library at most."""
    return 2 * shape.features + 4 * shape.bins + OVERHEAD


def require_space(folder: Path, needed: int) -> None:
    """Refuses work whose result would not fit, before it starts.

    Raises:
        RequestError: the folder's disk has less room than what is needed and a reserve of 50 MB.
    """
    free = shutil.disk_usage(folder).free
    if free < needed + 50_000_000:
        raise RequestError(
            f"Not enough space in {folder}: {free / 1e6:.0f} MB free, {(needed + 50_000_000) / 1e6:.0f} MB needed. "
            "Free some space or name another folder."
        )


def _find_crop(request: ScanRequest, recording: Recording, bundle: Bundle) -> Generator[Message, None, Crop]:
    """The rectangle to score: the person's, or the one that the bundle's clip spec asks for."""
    if request.crop is not None:
        return request.crop
    if (detector := request.person_detector) is not None:
        return (yield from watched("Looking for the infant", lambda tell: person_crop(recording, detector, tell=tell)))
    return (yield from crop_by(bundle.description.clip.crop, recording))


def _load_detector(request: ScanRequest) -> Generator[Message, None, PersonDetector | None]:
    """What tells how visible the infant is, where the person named one."""
    if request.person_detector is None:
        return None
    return (yield from beating("Loading the person detector", partial(PersonDetector, request.person_detector)))


def _add(library: Library, recording: Recording) -> Generator[Message, None, int]:
    """The recording's number in the library; says so when a file is not the one that it was."""
    for path in recordings.replaced(library, recording):
        yield Remark(
            f"{path.name} is not the file that was scanned under this name before: it is treated as a new recording, "
            "and the earlier scores stay with the earlier one."
        )
    return recordings.add(library, recording)


def _begin(
    request: ScanRequest, library: Library, number: int, bundle_name: str, identity: TraceIdentity, shape: Shape
) -> StoredTrace:
    """Finds or makes the trace in the library."""
    begin = partial(begin_trace, library, number, identity, shape, bundle_name=bundle_name)
    stored = begin()
    if request.fresh:
        traces.delete(library, stored.trace_id)
        stored = begin()
    for skip in request.skips:
        traces.add_skip(library, stored.trace_id, skip, CRASHED)
    return stored


def _refuse_changed_files(recording: Recording, stored: StoredTrace) -> None:
    """Throws scores away that came from a file that was not the same from beginning to end."""
    for segment in recording.segments:
        if fingerprint(segment.path) != segment.fingerprint:
            traces.delete(stored.library, stored.trace_id)
            raise MediaError(
                f"{segment.path.name} changed while it was scanned (is it still being recorded?); its scores were "
                "thrown away. Scan it again when it is finished."
            )
