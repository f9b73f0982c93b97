"""Made-up traces, as long and as full of flags as a measurement wants them."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.trace import Trace, TraceIdentity, WindowState
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, Interval, WindowGrid
from reviewer_app.gui.subject import Subject

POINTS = (OperatingPoint(0.8, 0.4, 0.5, 0.6), OperatingPoint(0.6, 0.3, 2.0, 0.8), OperatingPoint(0.3, 0.15, 8.0, 0.9))

IN_A_CLUSTER = 20
"""Flags of a cluster; between two clusters lies twice their distance and more than the cluster gap."""

_BINS = 8
_USUAL_QUALITY = (90.0, 200.0, 0.8, 400.0, 16.0, np.nan)


def long_night(hours: float, flags: int) -> Subject:
    """A recording of one file an hour, none of which exists, with so many flags in clusters."""
    seconds = hours * 3600
    edges = np.linspace(0, seconds, max(1, round(hours)) + 1).tolist()
    picture = Picture(1280, 720, codec="h264", frame_rate=25)
    segments = tuple(
        Segment(
            Path(f"/bench/{i:03d}.mp4"),
            Fingerprint(1000, f"{i:064x}"),
            # A gap of half a minute before the next file.
            Interval(start, stop - 30 if i % 4 == 3 else stop),
            0.0,
            picture,
            ClockSource.CONTAINER,
        )
        for i, (start, stop) in enumerate(pairwise(edges))
    )
    recording = Recording(segments, datetime(2026, 3, 2, 18, 0, tzinfo=UTC), "BENCH")
    return flagged(Subject(1, recording), clustered(seconds, flags))


def clustered(seconds: float, flags: int) -> NDArray[np.float64]:
    """Seconds of flags in clusters of twenty, spread evenly."""
    clusters = max(1, flags // IN_A_CLUSTER)
    period = seconds / clusters
    step = min(6.5, period / (2 * IN_A_CLUSTER))
    inside = 3.0 + step * np.arange(IN_A_CLUSTER)
    return (period * np.arange(clusters)[:, None] + inside).ravel()


def flagged(subject: Subject, peaks: NDArray[np.float64]) -> Subject:
    """A recording under review with a finished trace that peaks at these seconds, and an operating point."""
    identity = TraceIdentity(subject.recording.identity, "b" * 64, "c" * 64, 3, WHOLE_PICTURE)
    trace = _trace(subject.recording.seconds, peaks)
    return replace(subject, trace=trace, identity=identity, bundle_name="bench", points=POINTS)


def _trace(seconds: float, peaks: NDArray[np.float64]) -> Trace:
    grid = WindowGrid.over(seconds)
    starts = np.arange(grid.count) * grid.stride_seconds
    noise = np.random.default_rng(0).random(grid.count) * 0.15
    scores = np.maximum(0.95 - 0.06 * _distance(starts + np.float64(2.5), peaks) ** 2, noise).astype(np.float32)
    centres = starts[:, None] + (np.arange(_BINS) + 0.5) * FRAME_STEP * FRAMES_PER_WINDOW / _BINS
    activity = np.clip(0.95 - 0.3 * _distance(centres, peaks), 0.01, 1).astype(np.float32)
    quality = np.tile(np.array(_USUAL_QUALITY, np.float32), (grid.count, 1))
    return Trace(grid, scores, np.full(grid.count, WindowState.SCORED, np.uint8), activity, quality)


def _distance(times: NDArray[np.float64], peaks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds to the nearest peak."""
    after = np.searchsorted(peaks, times).clip(1, max(1, len(peaks) - 1))
    nearest: NDArray[np.float64] = np.minimum(
        np.abs(times - peaks[after - 1]), np.abs(times - peaks[after % len(peaks)])
    )
    return nearest
