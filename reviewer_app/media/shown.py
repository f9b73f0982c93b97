"""Which picture of a segment is on show when: the one rule, for the model and for people."""

import math

from reviewer_app.domain.recording import Segment
from reviewer_app.media.decoder import MOST_ROUNDING, Decoded
from reviewer_app.media.packets import LONGEST_HELD

USUAL_RATE = 25.0
"""Frames/s where a file does not tell its own."""


class ShowRule:
    """Says from when to when the decoded pictures of one segment stand for its video.

    A picture is shown from its PTS (which files round, so half a tick decides for it) until the next one. The first
    picture also covers the little before it. Where pictures are lost, or none comes for longer than ``LONGEST_HELD``,
    the one before is shown for its own time only: the file claims the rest and gives nothing for it.
    """

    def __init__(self, segment: Segment) -> None:
        self._period = 1 / (segment.picture.frame_rate or USUAL_RATE)
        self._stop = segment.media_time(segment.interval.stop)
        spans = segment.readable or (segment.interval,)
        self.readable = tuple((span.start - self._period, span.stop) for span in spans)  # recording seconds

    def is_readable(self, time: float) -> bool:
        """Whether the segment was found to hold a picture for a recording second when it was opened."""
        return any(start <= time < stop for start, stop in self.readable)

    def nearest(self, time: float, *, within: float) -> float:
        """The second closest to ``time`` in the readable stretch around another second; ``time`` where there is none.

        Pictures that are mixed for one second may lie a little beyond a file's first or last: those stand for them.
        """
        for start, stop in self.readable:
            if start <= within < stop:
                first = min(start + self._period, within)
                return min(max(time, first), math.nextafter(stop, -math.inf))
        return time

    def shown_from(self, first: Decoded) -> float:
        """The file's second from which its first picture is shown."""
        return first.time if first.after_loss else first.time - LONGEST_HELD - self._period

    def shown_until(self, held: Decoded, coming: Decoded | None, *, lost: bool) -> float:
        """The file's second up to which a picture is shown, given the next one; infinite for a file's sound end.

        Args:
            held: The picture.
            coming: The one after it; None at the file's end.
            lost: Whether pictures between the two, or those up to the file's end, could not be decoded.
        """
        until = self._stop if coming is None else coming.time
        if not lost and until - held.time <= LONGEST_HELD + self._period:
            return math.inf if coming is None else until
        return min(until, held.time + self._period + MOST_ROUNDING)  # the picture's own time
