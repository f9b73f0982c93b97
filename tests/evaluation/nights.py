"""Scanned nights for the tests of this room: a recording of some files, all of whose windows are in one state."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.event import Event, OperatingPoint, find_clusters
from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.report import Findings, TraceReport
from reviewer_app.domain.trace import Trace, TraceIdentity, WindowState
from reviewer_app.domain.window import Interval, WindowGrid

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 11, 14, 22, 3, tzinfo=BERLIN)


def recording(*parts: tuple[float, float], start: datetime = EVENING) -> Recording:
    picture, print_ = Picture(640, 480), Fingerprint(1, "0" * 64)
    segments = [
        Segment(Path(f"{i}.mp4"), print_, Interval(*part), 0.0, picture, ClockSource.CONTAINER)
        for i, part in enumerate(parts)
    ]
    return Recording(tuple(segments), start)


def timeline(
    seconds: float = 720, *, peaks: tuple[float, ...] = (), state: WindowState = WindowState.SCORED
) -> TraceReport:
    """A recording of one file, all of whose windows are in one state."""
    night, grid = recording((0, seconds)), WindowGrid.over(seconds)
    score = 0.1 if state is WindowState.SCORED else np.nan
    trace = replace(
        Trace.empty(grid),
        scores=np.full(grid.count, score, np.float32),
        states=np.full(grid.count, state, np.uint8),
    )
    events = tuple(Event(Interval(peak - 1, peak + 1), peak, 0.9) for peak in peaks)
    return TraceReport(
        1,
        night,
        TraceIdentity(night.identity, "b" * 64, "c" * 64, 3, WHOLE_PICTURE),
        trace,
        coverage_of(night, trace),
        Findings(OperatingPoint(0.5, 0.3, 1.0), events, find_clusters(events)),
        not_analysable=(),
        bundle_name="starter",
        notice="",
    )
