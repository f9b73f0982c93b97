"""Which time a person has really watched, from the pictures that were on show."""

from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.decode_thread import FrameFacts

FASTEST_WATCHED = 4.0
"""Played faster, a spasm (1-2 s) is over before anybody sees it."""

LONGEST_LEFT_OUT = 0.5
"""Recording seconds without a picture in time that still count as watched; a spasm lasts longer."""


class Watched:
    """Grows with each picture played forwards; ``taken`` gives what is new."""

    def __init__(self) -> None:
        self._start: float | None = None
        self._stop = 0.0  # up to where pictures were shown
        self._latest = 0.0  # up to where the one on show lasts

    def add(self, facts: FrameFacts) -> Interval | None:
        """Counts a picture that is on show from now on; gives what was watched before it where it does not follow."""
        if facts.segment is None or not 0 < facts.rate <= FASTEST_WATCHED:
            return self.end(None)
        done = None
        if self._start is not None and not -1e-6 <= facts.interval.start - self._latest <= LONGEST_LEFT_OUT:
            done = self.end(None)
        if self._start is None:
            self._start = facts.interval.start
        # A picture counts once the next one follows or playing ends within it.
        self._stop = max(facts.interval.start, self._start)
        self._latest = facts.interval.stop
        return done

    def taken(self) -> Interval | None:
        """What was watched since the last time; the watching goes on."""
        if self._start is None or self._stop <= self._start:
            return None
        watched = Interval(self._start, self._stop)
        self._start = self._stop
        return watched

    def end(self, position: float | None) -> Interval | None:
        """What was watched up to a position within the last picture, or up to that picture; the watching ends."""
        if self._start is not None and position is not None:
            self._stop = min(max(position, self._stop), self._latest)
        watched, self._start = self.taken(), None
        return watched
