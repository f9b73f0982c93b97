"""How fast a scan goes: now, for the time that is left; and over all, for the estimate of the next one."""

import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

RECENT = 20.0
"""Seconds over which the present speed is measured: long enough to be steady, short enough to notice a change."""

LEAST = 30.0
"""Seconds of work after which a scan's speed says something about the next one."""


class Pace:
    """Windows done over time, without the time in which the scan paused."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """Nothing is measured yet.

        Args:
            now: A clock in seconds.
        """
        self._now = now
        self._recent: deque[tuple[float, int]] = deque()
        self._windows, self._seconds = 0, 0.0

    def note(self, done: int) -> None:
        """So many windows are done."""
        now = self._now()
        if self._recent:
            before, had = self._recent[-1]
            self._windows += done - had
            self._seconds += now - before
        self._recent.append((now, done))
        while now - self._recent[0][0] > RECENT and len(self._recent) > 2:
            self._recent.popleft()

    def rest(self) -> None:
        """The scan pauses: what comes next is measured afresh."""
        self._recent.clear()

    @property
    def windows_per_second(self) -> float | None:
        """The present speed; None while too little is known."""
        if len(self._recent) < 2:
            return None
        (first, had), (last, have) = self._recent[0], self._recent[-1]
        return (have - had) / (last - first) if last - first >= 1 and have > had else None

    @property
    def average(self) -> float | None:
        """Windows a second over all; None while too little is known."""
        return self._windows / self._seconds if self._seconds >= LEAST and self._windows > 0 else None


@dataclass(frozen=True, slots=True)
class PaceKey:
    """Scans that may be expected to go alike on the same machine."""

    bundle: str  # its name
    stride: int
    lines: int  # height of the picture

    def __str__(self) -> str:
        return f"{self.bundle}|{self.stride}|{self.lines}"


class PaceBook:
    """The speeds (x real time) of earlier scans on this machine, in a small file that may be lost without harm."""

    def __init__(self, path: Path) -> None:
        """Reads what is there.

        Args:
            path: A JSON file; it need not exist.
        """
        self._path = path
        self._speeds: dict[str, float] = {}
        with suppress(OSError, ValueError, AttributeError):
            kept = json.loads(path.read_text("utf-8"))
            self._speeds = {str(key): float(speed) for key, speed in kept.items() if float(speed) > 0}

    def speed(self, key: PaceKey) -> float | None:
        """How many times faster than real time the last such scan was; None where there was none."""
        return self._speeds.get(str(key))

    def note(self, key: PaceKey, speed: float) -> None:
        """Keeps how fast a scan was."""
        self._speeds[str(key)] = round(speed, 2)
        # What cannot be kept is measured again: not worth a word.
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_name(self._path.name + ".new")
            fresh.write_text(json.dumps(self._speeds), encoding="utf-8")
            fresh.replace(self._path)
