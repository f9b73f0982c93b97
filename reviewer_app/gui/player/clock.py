"""The clock by which pictures are shown: the wall's, set right by sound where there is some."""

import math
import time
from collections.abc import Callable
from threading import Lock

HARD = 0.25
"""Seconds of difference to the sound beyond which the clock jumps instead of drifting."""

SOFTNESS = 0.2
"""Part of a small difference to the sound that is made good at once: pictures must not tremble."""


class PlayClock:
    """Says which recording second is due; read and set from any thread."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._lock = Lock()
        self._anchor = now()  # moment at which the position was right
        self._position = 0.0
        self._rate = 0.0  # recording seconds for each second; negative backwards, 0 while it stands

    def start(self, position: float, rate: float) -> None:
        """Runs from a position on."""
        with self._lock:
            self._anchor, self._position, self._rate = self._now(), position, rate

    def stop(self) -> float:
        """Stands still; gives where."""
        position = self.position
        self.start(position, 0.0)
        return position

    def correct(self, position: float) -> None:
        """Is told by the sound where it is."""
        with self._lock:
            if not self._rate:
                return
            now = self._now()
            own = self._position + (now - self._anchor) * self._rate
            difference = position - own
            part = 1.0 if abs(difference) > HARD else SOFTNESS
            self._anchor, self._position = now, own + difference * part

    @property
    def rate(self) -> float:
        """Recording seconds for each second; 0 while it stands."""
        with self._lock:
            return self._rate

    @property
    def position(self) -> float:
        """The recording second that is due."""
        with self._lock:
            return self._position + (self._now() - self._anchor) * self._rate

    def seconds_until(self, position: float) -> float:
        """Seconds until a position is due; 0 or less where it is already, infinite while the clock stands."""
        with self._lock:
            if not self._rate:
                return math.inf
            here = self._position + (self._now() - self._anchor) * self._rate
            return (position - here) / self._rate
