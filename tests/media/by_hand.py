"""Recordings put together from files without asking their clocks, for tests that decode."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reviewer_app.domain.recording import ClockSource, Fingerprint, Recording, Segment
from reviewer_app.domain.window import Interval
from reviewer_app.media.probe import probe


def recording_of(*paths: Path, starts: Sequence[float] | None = None) -> Recording:
    """The files one after the other, or each at the recording second given for it."""
    segments: list[Segment] = []
    for i, path in enumerate(paths):
        found = probe(path)
        follows = segments[-1].interval.stop if segments else 0.0
        start = follows if starts is None else starts[i]
        segments.append(
            Segment(
                path,
                Fingerprint(path.stat().st_size, f"{i:016x}"),
                Interval(start, start + found.seconds),
                found.first_pts,
                found.picture,
                ClockSource.GIVEN,
                tuple(Interval(start + span.start, start + span.stop) for span in found.readable),
            )
        )
    return Recording(tuple(segments), datetime(2024, 3, 5, 22, 0, tzinfo=UTC))
