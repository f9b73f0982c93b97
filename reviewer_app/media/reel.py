"""The pictures of one file around the place where a person looks, so that steps both ways need no new decoding."""

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass

from av.video.frame import VideoFrame

from reviewer_app.domain.recording import Segment
from reviewer_app.errors import MediaError
from reviewer_app.media.decoder import Decoded, FileDecoder, Stretch
from reviewer_app.media.shown import ShowRule

READ_ON = 1.5
"""Seconds up to which going on decoding is tried instead of seeking: most files have a key picture that often."""

FEWEST_KEPT = 24
"""Pictures that are kept in memory whatever their size: a second, to step back through."""


class AbandonedError(Exception):
    """Whoever asked for a picture wants another one by now."""


def always() -> bool:
    """The answer of somebody who waits for as long as it takes."""
    return True


@dataclass(frozen=True, slots=True)
class Still:
    """What a file shows from one of its own seconds up to another: one picture, or nothing."""

    start: float
    stop: float
    shown: Decoded | None  # None where the file gives nothing

    @property
    def frame(self) -> VideoFrame | None:
        """The picture as it is stored."""
        return self.shown.frame if self.shown else None


class Reel:
    """The stills of one file, of which those around the last one asked for are kept."""

    def __init__(self, segment: Segment, *, stretch: Stretch, most_bytes: int, threads: int) -> None:
        self.most_bytes = most_bytes  # of memory for pictures; 0 keeps only the answer
        self._segment = segment
        self._stretch = stretch
        self._threads = threads
        self._rule = ShowRule(segment)
        self._decoder: FileDecoder | None = None
        self._pictures: Generator[Decoded] | None = None  # what comes after those kept
        self._kept: deque[Decoded] = deque()  # neighbours, in order
        self._known_from = math.inf  # from here on the kept ones tell what is shown
        self._ended = False  # the last one kept is the file's last

    def at(self, time: float, *, wanted: Callable[[], bool] = always) -> Still:
        """What the file shows at one of its own seconds.

        Args:
            time: The file's own second, within the segment.
            wanted: Asked between pictures whether the answer still matters.

        Raises:
            AbandonedError: It does not matter any more; what was decoded so far is kept.
            MediaError: The file cannot be opened any more.
        """
        if not self._reaches(time):
            self._open(time)
        while not self._ended and not (self._kept and self._kept[-1].time > time):
            if not wanted():
                raise AbandonedError
            self._read(until=time)
        return self._look_up(time)

    def holds(self, time: float) -> bool:
        """Whether the answer for a second is in memory."""
        return self._known_from <= time and (self._ended or (bool(self._kept) and self._kept[-1].time > time))

    def close(self) -> None:
        """Closes the file and forgets its pictures."""
        if self._pictures is not None:
            self._pictures.close()
        self._pictures, self._decoder = None, None
        self._kept.clear()
        self._known_from, self._ended = math.inf, False

    def _reaches(self, time: float) -> bool:
        """Whether the answer is among what is kept or follows it soon."""
        if self._known_from > time or self._pictures is None:
            return self.holds(time)
        return self._ended or not self._kept or time - self._kept[-1].time <= READ_ON

    def _open(self, time: float) -> None:
        self.close()
        self._decoder = FileDecoder(self._segment, stretch=self._stretch, threads=self._threads)
        self._pictures = self._decoder.pictures(time)
        self._known_from = time

    def _read(self, *, until: float) -> None:
        """Decodes one more picture, and lets those go that lie furthest before the wanted moment."""
        assert self._pictures is not None
        try:
            picture = next(self._pictures, None)
        except MediaError:
            self.close()  # what is kept would pass for the file's end
            raise
        if picture is None:
            self._ended = True
            return
        if not self._kept:
            self._known_from = min(self._known_from, picture.time)
        self._kept.append(picture)
        # The one before the wanted moment is the answer, which must stay.
        while len(self._kept) > self._most_kept(picture.frame) and self._kept[1].time <= until:
            self._kept.popleft()
            self._known_from = self._kept[0].time

    def _most_kept(self, frame: VideoFrame) -> int:
        size = sum(plane.buffer_size for plane in frame.planes)
        return max(FEWEST_KEPT, self.most_bytes // max(1, size)) if self.most_bytes else 2

    def _look_up(self, time: float) -> Still:
        i = bisect_right(self._kept, time, key=lambda each: each.time)
        held = self._kept[i - 1] if i else None
        coming = self._kept[i] if i < len(self._kept) else None
        lost = self._decoder.lost if coming is None and self._decoder else bool(coming and coming.after_loss)
        if held is None:
            return self._before_first(time, coming)
        until = self._rule.shown_until(held, coming, lost=lost)
        if time < until:
            return Still(held.time, until, held)
        return Still(until, coming.time if coming else math.inf, None)

    def _before_first(self, time: float, first: Decoded | None) -> Still:
        if first is None:
            return Still(-math.inf, math.inf, None)
        start = self._rule.shown_from(first)
        return Still(start, first.time, first) if start <= time else Still(-math.inf, start, None)
