"""The recordings that a snapshot's windows lie in, opened and known to be the very files that were labelled."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.snapshot import SnapshotSource
from reviewer_app.domain.window import Interval, union
from reviewer_app.errors import MediaError
from reviewer_app.jobs.beat import Headway, alive_reading
from reviewer_app.jobs.message import Message, Remark, StepsDone
from reviewer_app.jobs.scan import CRASHED
from reviewer_app.media.identity import fingerprint
from reviewer_app.media.open import open_recording
from reviewer_app.store import recordings, traces
from reviewer_app.store.library import Library


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A source of a snapshot with the recording that it is about."""

    told: SnapshotSource
    recording: Recording
    skip: tuple[Interval, ...] = ()  # recording seconds that brought the decoder down when it was scanned


def open_sources(
    library: Library, sources: Sequence[SnapshotSource], *, without_missing: bool
) -> Generator[Message, None, tuple[OpenedSource | None, ...]]:
    """Opens the sources, in their order.

    Args:
        library: Where recordings are looked up.
        sources: What to open; clip files need no library.
        without_missing: Whether a source that cannot be used is left out, as None, and said in a remark.

    Raises:
        MediaError: A file is missing or is not the one that was labelled, and nothing may be left out.
    """
    opened: list[OpenedSource | None] = []
    for place, source in enumerate(sources):
        try:
            opened.append((yield from alive_reading("Opening a recording", partial(_opened, library, source))))
        except MediaError as error:
            if not without_missing:
                raise MediaError(f"{error} Bring it back, or train without what is missing (--without-missing).") from (
                    error
                )
            yield Remark(f"Left out: {error}")
            opened.append(None)
        yield StepsDone(place + 1, len(sources), "opening what was labelled")
    return tuple(opened)


def _opened(library: Library, source: SnapshotSource, tell: Headway) -> OpenedSource:
    if source.file is not None:
        recording = open_recording((source.file,), patient=source.patient, tell=tell)
        if recording.identity != source.identity:
            raise MediaError(f"{source.file.name} is not the file that was labelled.")
        return OpenedSource(source, recording)
    number = recordings.find(library, source.identity)
    if number is None:
        raise MediaError("The library no longer holds one of the snapshot's recordings.")
    recording = recordings.load(library, number)
    for segment in recording.segments:
        tell(segment.path)
        if fingerprint(segment.path) != segment.fingerprint:
            raise MediaError(f"{segment.path.name} is not the file that was labelled.")
    return OpenedSource(source, recording, _skipped(library, number))


def _skipped(library: Library, number: int) -> tuple[Interval, ...]:
    """What any scan of the recording had to step over, so that training does not fall over it again."""
    return union(
        span
        for trace in traces.summaries(library, recording_id=number)
        for span, reason in traces.skips(library, trace.trace_id)
        if reason == CRASHED
    )
