"""Something to review without a library: a made-up night whose curve peaks where it is told to."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from reviewer_app.domain.annotation import Action, Rater
from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.recording import ClockSource, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.trace import Trace, TraceIdentity, WindowState
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, Interval, WindowGrid
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Manners, Subject

ANNA, BEN = Rater(1, "Anna"), Rater(2, "Ben")
POINTS = (OperatingPoint(0.8, 0.4, 0.5, 0.6), OperatingPoint(0.6, 0.3, 2.0, 0.8), OperatingPoint(0.3, 0.15, 8.0, 0.9))
IDENTITY = TraceIdentity("r", "b" * 64, "c" * 64, 3, WHOLE_PICTURE)
USUAL = Manners()
PEAKS = (100.0, 108.0, 116.0, 400.0, 407.0)
"""Five spasms in two clusters."""


def recording(seconds: float = 600.0) -> Recording:
    """Two files with a gap of 10 s between them, from ten at night on."""
    half = seconds / 2
    picture = Picture(640, 480, codec="h264", frame_rate=25)
    return Recording(
        segments=tuple(
            Segment(
                Path(f"/nights/{name}.mp4"),
                Fingerprint(1000, mark * 64),
                interval,
                0.0,
                picture,
                ClockSource.CONTAINER,
            )
            for name, mark, interval in (
                ("one", "a", Interval(0, half - 10)),
                ("two", "b", Interval(half, seconds)),
            )
        ),
        start=datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo("Europe/Berlin")),
        patient="P7",
    )


def trace(seconds: float = 600.0, peaks: Sequence[float] = PEAKS, *, scanned: float = 1.0) -> Trace:
    """A finished trace (or its first part) with a sharp peak at each of the given seconds."""
    grid = WindowGrid.over(seconds)
    starts = np.arange(grid.count) * grid.stride_seconds
    middles = starts + 2.5
    distance = np.full(grid.count, np.inf)
    for peak in peaks:
        np.minimum(distance, np.abs(middles - peak), out=distance)
    scores = np.clip(0.95 - 0.06 * distance**2, 0.02, 1).astype(np.float32)
    bins = 8
    centres = starts[:, None] + (np.arange(bins) + 0.5) * FRAME_STEP * FRAMES_PER_WINDOW / bins
    near = np.full(centres.shape, np.inf)
    for peak in peaks:
        np.minimum(near, np.abs(centres - peak), out=near)
    activity = np.clip(0.95 - 0.3 * near, 0.01, 1).astype(np.float32)
    quality = np.tile(np.array([90, 200, 0.8, 400, 16, np.nan], np.float32), (grid.count, 1))
    assert quality.shape[1] == len(MEASURES)
    states = np.full(grid.count, WindowState.SCORED, np.uint8)
    unscanned = slice(round(scanned * grid.count), None)
    states[unscanned] = WindowState.NOT_SCANNED
    for values in (scores, activity, quality):
        values[unscanned] = np.nan
    return Trace(grid, scores, states, activity, quality)


def subject(
    *, actions: Sequence[Action] = (), scanned: float = 1.0, points: tuple[OperatingPoint, ...] = POINTS
) -> Subject:
    """The night with its trace."""
    return Subject(
        7,
        recording(),
        tuple(actions),
        trace=trace(scanned=scanned),
        identity=IDENTITY,
        bundle_name="tiny",
        bundle_notice="Trained on nothing.",
        points=points,
    )


class Kept(list[tuple[int, Action]]):
    """Stands in for the saver: keeps what it is given."""

    def __call__(self, number: int, action: Action) -> None:
        self.append((number, action))


def review_of(given: Subject | None = None, *, rater: Rater = ANNA, manners: Manners = USUAL) -> tuple[Review, Kept]:
    """A review with the night, and what it hands on to be saved."""
    kept = Kept()
    review = Review(kept, rater=rater, manners=manners)
    review.open(subject() if given is None else given)
    return review, kept
