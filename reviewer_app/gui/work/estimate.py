"""How long a scan will take: as measured on this machine, or by a rule of thumb that says that it is one."""

import os
from dataclasses import dataclass

from reviewer_app.domain.window import FRAME_STEP
from reviewer_app.gui.work.pace import PaceBook, PaceKey
from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.jobs.message import BundleFacts

PIXELS_PER_CORE = 2e8
"""Pixels decoded a second by a core: 18.9 x real time of 1280 x 720 at 25 frames/s on two cores (README, Measures)."""

MOST_CORES = 8
"""Decoders gain little from more."""

USUAL_PIXELS = 1280 * 720 * 25
"""Of a second of video, where nobody has looked at the picture yet."""

SMALL_WINDOW = 0.003
"""Core seconds that a small network takes for a window: 1.4 ms on two cores (README, Measures)."""

HIERA_WINDOW = 0.9
"""The same for a Hiera-B: 0.44 s on two cores."""

BEGINNING = 15.0
"""Seconds before the first window: libraries, hashes, the golden clip, the search for the crop."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long scans will take together."""

    seconds: float
    is_measured: bool  # from earlier scans like these on this machine; else by the rule of thumb


def pace_key(row: RecordingRow, bundle: str, stride: int) -> PaceKey:
    """Under what the speed of such a scan is kept."""
    picture = row.survey.picture if row.survey else None
    return PaceKey(bundle, stride, picture.height if picture else 0)


def estimate(rows: tuple[RecordingRow, ...], bundle: BundleFacts, stride: int, book: PaceBook | None) -> Estimate:
    """What scanning these recordings, one after the other, will take."""
    seconds, measured = 0.0, True
    for row in rows:
        speed = book.speed(pace_key(row, bundle.name, stride)) if book else None
        measured = measured and speed is not None
        seconds += row.seconds / speed if speed else _thumb(row, bundle, stride)
    return Estimate(seconds + BEGINNING * len(rows), measured)


def _thumb(row: RecordingRow, bundle: BundleFacts, stride: int) -> float:
    cores = os.cpu_count() or 1
    picture = row.survey.picture if row.survey else None
    pixels = picture.width * picture.height * (picture.frame_rate or 25) if picture else USUAL_PIXELS
    decoding = row.seconds * pixels / PIXELS_PER_CORE / min(cores, MOST_CORES)
    window = HIERA_WINDOW if bundle.network.startswith("hiera") else SMALL_WINDOW
    network = row.seconds / (stride * FRAME_STEP) * window / cores
    return 1.1 * max(decoding, network)
