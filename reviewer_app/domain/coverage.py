"""What became of each second of a recording in a scan, so that missing video never looks like a quiet night."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, subtract, union


@dataclass(frozen=True, slots=True)
class Coverage:
    """A recording's time, divided without remainder into five kinds."""

    scored: tuple[Interval, ...]  # looked at by the network
    gaps: tuple[Interval, ...]  # no video, or too little of it for a window
    undecodable: tuple[Interval, ...]  # video that cannot be read
    unscanned: tuple[Interval, ...]  # not yet looked at
    too_short: tuple[Interval, ...] = ()  # video between gaps, too little of it for a window

    @property
    def finished(self) -> bool:
        """Whether nothing is left to scan."""
        return not self.unscanned

    @property
    def complete(self) -> bool:
        """Whether every second that a file holds was scored."""
        return self.finished and not self.undecodable and not self.too_short


def coverage_of(recording: Recording, trace: Trace, holes: Iterable[Interval] = ()) -> Coverage:
    """Divides the recording's time by what the scan found there.

    Args:
        recording: what was scanned.
        trace: its scores so far.
        holes: undecodable stretches, down to single grid frames, that the scan met; windows beside them are scored with
            the picture held, but the hole itself does not count as seen.
    """
    whole = Interval(0, recording.seconds)
    gaps = recording.gaps
    # A file too short for a window, alone between gaps, is never looked at; it must not pass for scored.
    too_short = subtract(trace.time_in(WindowState.GAP, within=whole), gaps)
    unscanned = subtract(trace.time_in(WindowState.NOT_SCANNED, within=whole), gaps)
    unread = union([*holes, *recording.undecodable, *trace.time_in(WindowState.UNDECODABLE, within=whole)])
    undecodable = subtract(unread, [*gaps, *unscanned, *too_short])
    scored = subtract((whole,), [*gaps, *unscanned, *undecodable, *too_short])
    return Coverage(scored, gaps, undecodable, unscanned, too_short)
