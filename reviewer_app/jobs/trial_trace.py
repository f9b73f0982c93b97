"""Traces of bundles on trial: files in the library's folder, so that a comparison can go on after a stop.

They never enter the library's database, where a person would meet them among the scans. They hold scores alone, under
names that tell nothing, and go with their recording.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.quality import widened
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, TraceChunk, TraceIdentity, frozen
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError
from reviewer_app.jobs.sweep import Shape
from reviewer_app.jobs.trainings import TRACES

SAVE_EVERY = 10
"""Chunks of 30 s between two saves: a stop costs at most five minutes of video, a night a hundred writes."""

_UNREADABLE = (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error)


@dataclass(slots=True)
class TrialTrace:
    """A trace that a sweep fills, kept in a file where one is named."""

    shape: Shape
    trace: Trace
    path: Path | None = None
    holes: tuple[Interval, ...] = ()  # undecodable stretches
    _unsaved: int = field(default=0, repr=False)

    @classmethod
    def begun(cls, shape: Shape, path: Path | None = None) -> "TrialTrace":
        """The trace in a file as far as it got; an empty one where there is no such file, or it is damaged."""
        if path is not None and path.exists():
            try:
                return cls(shape, *_read(path, shape))
            except _UNREADABLE:
                path.unlink(missing_ok=True)
        return cls(shape, Trace.empty(shape.grid, bins=shape.bins), path)

    def missing(self) -> tuple[range, ...]:
        """Runs of windows that are not scored yet."""
        return tuple(self.trace.missing())

    def keep(self, chunk: TraceChunk, holes: Sequence[Interval]) -> None:
        """Takes windows in, and writes all down now and then.

        Raises:
            RequestError: the file cannot be written.
        """
        self.trace, self.holes = self.trace.filled(chunk), (*self.holes, *holes)
        self._unsaved += 1
        if self.path is not None and (self._unsaved >= SAVE_EVERY or self.trace.finished):
            self._write(self.path)
            self._unsaved = 0

    def scored(self, recording: Recording) -> tuple[Interval, ...]:
        """Recording time that the network looked at."""
        return coverage_of(recording, self.trace, self.holes).scored

    def _write(self, path: Path) -> None:
        beside = path.with_name(f"{path.name}.new")
        trace = self.trace
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with beside.open("wb") as file:
                np.savez(
                    file,
                    scores=trace.scores,
                    states=trace.states,
                    activity=trace.activity,
                    quality=trace.quality,
                    holes=np.array([[each.start, each.stop] for each in self.holes]).reshape(-1, 2),
                )
            beside.replace(path)
        except OSError as error:
            raise RequestError(f"The scores cannot be kept in {path.parent}: {error.strerror}.") from error


def trial_path(folder: Path, identity: TraceIdentity) -> Path:
    """Where the trace of this identity lies, in a folder of trainings or of one of them."""
    name = hashlib.sha256(json.dumps(asdict(identity), sort_keys=True).encode()).hexdigest()
    return folder / TRACES / f"{_start_of(identity.recording)}-{name[:32]}.npz"


def forget_trials(trainings: Path, recording: str) -> None:
    """Deletes all trial traces of the recording with this identity, those of stopped trainings' drafts too."""
    for folder in ("", "*/"):
        for path in trainings.glob(f"{folder}{TRACES}/{_start_of(recording)}-*"):
            path.unlink(missing_ok=True)


def _start_of(recording: str) -> str:
    return hashlib.sha256(recording.encode()).hexdigest()[:16]


def _read(path: Path, shape: Shape) -> tuple[Trace, Path, tuple[Interval, ...]]:
    count = shape.grid.count
    with path.open("rb") as file, np.load(file, allow_pickle=False) as told:
        # Checked as a chunk of all windows: a file that was made otherwise must not pass for scores.
        whole = TraceChunk(
            0,
            told["scores"].astype(np.float32),
            told["states"].astype(np.uint8),
            told["activity"].astype(np.float32).reshape(count, shape.bins),
            widened(told["quality"].astype(np.float32)),
            np.zeros((count, 0), np.float16),
        )
        holes = tuple(Interval(float(start), float(stop)) for start, stop in told["holes"])
    trace = Trace(shape.grid, frozen(whole.scores), whole.states, whole.activity, whole.quality)
    return trace, path, holes
