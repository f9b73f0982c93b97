"""Small recordings and chunks for the tests of the store, whose values follow from the window's number."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.recording import ClockSource, EegFile, Fingerprint, Picture, Recording, Segment
from reviewer_app.domain.trace import TraceChunk, TraceIdentity, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.store import recordings, traces
from reviewer_app.store.library import Library

BERLIN = ZoneInfo("Europe/Berlin")
BINS = 8
FEATURES = 6


def segment(path: str, start: float, stop: float, *, mark: str = "a") -> Segment:
    """A segment whose content is told by ``mark``."""
    return Segment(
        path=Path(path),
        fingerprint=Fingerprint(1000, mark * 64),
        interval=Interval(start, stop),
        first_pts=0.5,
        picture=Picture(640, 480, 90, True, "h264", "yuv420p", 29.97, 1e6),
        clock_source=ClockSource.CONTAINER,
        readable=(Interval(start, stop - 1),),
        has_sound=True,
    )


def night(*, mark: str = "a", folder: str = "/nights", patient: str = "P7") -> Recording:
    """Two files with a gap between them, an EEG that began earlier, and a remark."""
    return Recording(
        segments=(
            segment(f"{folder}/one.mp4", 0, 60, mark=mark),
            segment(f"{folder}/two.mp4", 70, 130, mark=mark.upper()),
        ),
        start=datetime(2026, 3, 28, 22, 0, 0, 250000, tzinfo=BERLIN),
        patient=patient,
        remarks=("The clock of the second file is a guess.", "There is a gap."),
        eeg=(EegFile(Path(f"{folder}/night.edf"), Fingerprint(7, "e" * 64), -30.0, 300.0, ("Fp1", "Fp2"), 256.0),),
    )


def identity(recording: Recording, *, bundle: str = "b", crop: Crop = WHOLE_PICTURE, stride: int = 3) -> TraceIdentity:
    return TraceIdentity(recording.identity, bundle * 64, "c" * 64, stride, crop)


def chunk(first: int, count: int, *, state: WindowState = WindowState.SCORED) -> TraceChunk:
    """Windows whose every value tells their number, so that a wrong or doubled one shows."""
    numbers = np.arange(first, first + count)
    scored = state is WindowState.SCORED
    return TraceChunk(
        first,
        ((numbers % 97) / 97 if scored else np.full(count, np.nan)).astype(np.float32),
        np.full(count, state, np.uint8),
        np.repeat(((numbers % 89) / 89)[:, None], BINS, axis=1).astype(np.float32),
        np.repeat(numbers[:, None], len(MEASURES), axis=1).astype(np.float32),
        np.repeat((numbers % 2000)[:, None], FEATURES, axis=1).astype(np.float16),
    )


def begin(library: Library, *, windows: int = 1000, recording: Recording | None = None, bundle: str = "b") -> int:
    """A trace of the night, with nothing scanned yet."""
    scanned = recording or night()
    number = recordings.add(library, scanned)
    named = identity(scanned, bundle=bundle)
    grid = WindowGrid(windows)
    return traces.begin(library, number, named, grid, bins=BINS, features=FEATURES, bundle_name="starter 1")
