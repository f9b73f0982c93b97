"""From a snapshot to clips on disk: the pixels of its windows, made by the very code that makes those of a scan."""

import shutil
from bisect import bisect_left
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot
from reviewer_app.domain.source import FrameSource, GridFrame
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, WINDOW_SECONDS, frame_time
from reviewer_app.errors import MediaError, RequestError
from reviewer_app.jobs.beat import Headway
from reviewer_app.jobs.clip_sources import OpenedSource, open_sources
from reviewer_app.jobs.crop import crop_by
from reviewer_app.jobs.feed import FrameFeed, WindowFrames
from reviewer_app.jobs.message import Message, Remark, StepsDone
from reviewer_app.jobs.scan import require_space
from reviewer_app.jobs.trainings import KEPT, digest_of
from reviewer_app.learning.clip_store import ClipLabel, ClipStore, ClipWriter, create_store, open_store
from reviewer_app.learning.manifest import clip_digest
from reviewer_app.media.video import RecordingFrames
from reviewer_app.store.library import Library

TOGETHER: Final = 32
"""Grid frames, 10 s: to decode what lies between two windows closer than this costs less than to seek."""

KEEP_EVERY: Final = 200
"""Clips after which those made so far are made to outlast a crash."""


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """Which of a snapshot's windows to make clips of, and how."""

    snapshot: Snapshot
    identity: str  # of the snapshot
    clip: ClipSpec
    roles: frozenset[Role]  # of patients whose windows are wanted; others are never decoded
    jitter: int = 0  # frames in each margin
    without_missing: bool = False  # whether windows of files that are not there are left out

    def numbers(self) -> tuple[int, ...]:
        """Places in the snapshot of the wanted windows, by recording and time, as they are decoded."""
        patients = {patient for patient, role in self.snapshot.roles if role in self.roles}
        sources, windows = self.snapshot.sources, self.snapshot.windows
        wanted = [number for number, each in enumerate(windows) if sources[each.source].patient in patients]
        return tuple(sorted(wanted, key=lambda number: (windows[number].source, windows[number].start)))


@dataclass(frozen=True, slots=True)
class Clips:
    """Clips on disk and the windows that they show, place by place."""

    store: ClipStore
    windows: tuple[LabelledWindow, ...]
    numbers: tuple[int, ...]  # of the windows: their places in the snapshot
    sources: Mapping[int, OpenedSource]  # those that are not missing, by their place in the snapshot

    def patient(self, place: int) -> str:
        """Whose clip it is."""
        return self.store.labels[place].patient

    def leave(self, *, keep: bool) -> None:
        """Ends the work with the pixels: deletes them, or says in their folder that somebody wants them kept."""
        if keep:
            (self.store.folder / KEPT).touch()
        else:
            shutil.rmtree(self.store.folder, ignore_errors=True)


def make_clips(library: Library, order: ClipOrder, *, folder: Path) -> Generator[Message, None, Clips]:
    """Decodes each recording once, in order of time, and keeps the wanted windows; a stopped making goes on.

    Args:
        library: Of the snapshot.
        order: What to make.
        folder: In which the clips' own folder is made.

    Raises:
        MediaError: Files are missing or were replaced, or none of the windows can be seen.
        RequestError: There is no room for the clips.
    """
    told = order.snapshot
    wanted = [told.windows[number].source for number in order.numbers()]
    places = sorted(set(wanted))
    found = yield from open_sources(
        library, [told.sources[place] for place in places], without_missing=order.without_missing
    )
    sources = {place: source for place, source in zip(places, found, strict=True) if source is not None}
    numbers = tuple(number for number, source in zip(order.numbers(), wanted, strict=True) if source in sources)
    windows = tuple(told.windows[number] for number in numbers)
    if not windows:
        raise MediaError("None of the snapshot's recordings can be used for this training.")
    store = _store(order, windows, sources, folder)
    with ClipWriter(store) as writer:
        for source, group in groupby(store.waiting, key=lambda place: windows[place].source):
            yield from _fill(writer, sources[source], windows, tuple(group), order)
            writer.keep()
    if left_out := len(windows) - len(store.present):
        yield Remark(
            f"{left_out} of {len(windows)} windows lie where nothing can be decoded, or in gaps, and are left out."
        )
    if not store.present:
        raise MediaError("None of the snapshot's windows can be decoded.")
    return Clips(store, windows, numbers, sources)


def clips_folder(folder: Path, order: ClipOrder) -> Path:
    """Where the clips of an order lie."""
    told = {"snapshot": order.identity, "clip": clip_digest(order.clip), "jitter": order.jitter}
    return folder / f"clips-{digest_of({**told, 'of': sorted(order.roles)})[:16]}"


def _store(
    order: ClipOrder, windows: Sequence[LabelledWindow], sources: Mapping[int, OpenedSource], folder: Path
) -> ClipStore:
    onsets = _onsets(order.snapshot)
    labels = [_label(window, sources[window.source], onsets[window.source], jitter=order.jitter) for window in windows]
    where, size = clips_folder(folder, order), order.clip.size
    # Which files are missing may change from one time to the next.
    identity = f"{where.name} of {len(sources)}: {digest_of({'sources': sorted(sources)})}"
    if not _is_there(where, identity):
        shutil.rmtree(where, ignore_errors=True)
        require_space(folder, len(labels) * (FRAMES_PER_WINDOW + 2 * order.jitter) * size * size * 3)
    return create_store(where, labels, size=size, jitter=order.jitter, identity=identity)


def _is_there(folder: Path, identity: str) -> bool:
    """Whether these very clips were begun; what cannot be read can be made anew."""
    try:
        return folder.exists() and open_store(folder).identity == identity
    except RequestError:
        return False


def _onsets(snapshot: Snapshot) -> dict[int, tuple[float, ...]]:
    """All onsets that are known of each source, in recording seconds."""
    known: dict[int, set[float]] = {}
    for window in snapshot.windows:
        known.setdefault(window.source, set()).update(window.onsets)
    return {source: tuple(sorted(onsets)) for source, onsets in known.items()}


def _label(window: LabelledWindow, source: OpenedSource, onsets: Sequence[float], *, jitter: int) -> ClipLabel:
    first = first_frame(window)
    # Whatever begins a window's length or more away can neither be moved into it nor still be going on.
    nearest = slice(
        bisect_left(onsets, window.start - WINDOW_SECONDS), bisect_left(onsets, window.start + 2 * WINDOW_SECONDS)
    )
    near = tuple((onset - window.start) / FRAME_STEP for onset in onsets[nearest])
    after = first + FRAMES_PER_WINDOW
    return ClipLabel(
        target=window.target,
        patient=source.told.patient,
        side=window.side,
        onsets=None if window.target > 0 and not window.onsets else near,
        before=_usable(source, range(first - 1, max(-1, first - jitter - 1), -1)),
        after=_usable(source, range(after, after + jitter)),
    )


def _usable(source: OpenedSource, frames: Sequence[int]) -> int:
    """How many of the frames lie in usable video, until the first that does not."""
    unusable = (*source.recording.undecodable, *source.told.left_out)
    for count, frame in enumerate(frames):
        time = frame_time(frame)
        if source.recording.segment_at(time) is None or any(span.contains(time) for span in unusable):
            return count
    return len(frames)


def first_frame(window: LabelledWindow) -> int:
    """The grid frame that a window begins with."""
    return round(window.start / FRAME_STEP)


def _fill(
    writer: ClipWriter, source: OpenedSource, windows: Sequence[LabelledWindow], places: Sequence[int], order: ClipOrder
) -> Generator[Message, None, None]:
    """Makes the clips of one recording."""
    crop = source.told.crop or (yield from crop_by(order.clip.crop, source.recording))
    headway = Headway()
    frames = RecordingFrames(source.recording, order.clip, crop=crop, skip=source.skip, tell=headway)
    firsts = [first_frame(windows[place]) for place in places]
    waiting: dict[int, list[int]] = {}
    for first, place in zip(firsts, places, strict=True):
        waiting.setdefault(first, []).append(place)  # spasms close together may ask for the same window twice
    done, total = len(windows) - len(writer.store.waiting), len(windows)
    with closing(frames_around(frames, sorted(waiting), margin=order.jitter)) as around:
        for seen in around:
            if seen is None:
                yield headway.beat()
                continue
            first, pixels = seen
            for place in waiting[first]:
                if pixels is None:
                    writer.leave_out(place)
                else:
                    writer.put(place, pixels)
                done += 1
                if done % KEEP_EVERY == 0:
                    writer.keep()
            yield StepsDone(done, total, "making clips")


def frames_around(
    source: FrameSource, firsts: Sequence[int], *, margin: int
) -> Generator[tuple[int, NDArray[np.uint8] | None] | None]:
    """The pixels of windows with a margin of frames before and after them.

    Args:
        source: Gives the frames.
        firsts: The grid frames that windows begin with, rising.
        margin: Frames before and after each.

    Yields:
        First frame and pixels (16 + 2 * margin, size, size, 3); None for pixels where the scan would not score the
        window; None alone where the decoder had nothing for a while.
    """
    for run in _runs(firsts):
        wanted = set(run)
        frames = range(max(0, run[0] - margin), run[-1] + FRAMES_PER_WINDOW + margin)
        # Before a recording's first frame there is nothing, as in a gap.
        seen = [GridFrame(number, None) for number in range(run[0] - margin, frames.start)]
        with FrameFeed(source, frames) as feed:
            for frame in feed:
                if frame is None:
                    yield None
                    continue
                seen = [*seen[-(FRAMES_PER_WINDOW + 2 * margin - 1) :], frame]
                first = frame.number - FRAMES_PER_WINDOW - margin + 1
                if first in wanted:
                    yield first, _pixels(seen, margin=margin)


def _runs(firsts: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for first in firsts:
        if run and first - run[-1] > FRAMES_PER_WINDOW + TOGETHER:
            yield run
            run = []
        run.append(first)
    if run:
        yield run


def _pixels(frames: Sequence[GridFrame], *, margin: int) -> NDArray[np.uint8] | None:
    """The window as the scan sees it, and what there is around it; missing frames there repeat their neighbours."""
    window = WindowFrames(0, tuple(frames[margin : margin + FRAMES_PER_WINDOW]))
    if window.state is not WindowState.SCORED:
        return None
    pixels = list(window.clip())
    for frame in reversed(frames[:margin]):
        pixels.insert(0, pixels[0] if frame.pixels is None else frame.pixels)
    for frame in frames[margin + FRAMES_PER_WINDOW :]:
        pixels.append(pixels[-1] if frame.pixels is None else frame.pixels)
    return np.stack(pixels)
