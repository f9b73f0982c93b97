"""One scan in the queue, as the screen shows it."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer_app.gui.work.scan_order import ScanOrder


class JobState(StrEnum):
    """Where a scan is in its life."""

    WAITING = "waiting"
    HELD = "held"  # will not start before the person says so
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"


ACTIVE = frozenset((JobState.RUNNING, JobState.PAUSED, JobState.STOPPING))
"""States in which a child process exists."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is."""

    done: int = 0  # windows
    total: int = 0
    speed: float | None = None  # x real time, of late
    seconds_left: float | None = None
    stage: str = ""  # what it does before it counts windows
    away: bool = False  # it waits for files that cannot be reached
    device: str = ""  # what computes, in words
    remarks: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """A scan that waits, runs or has ended."""

    job_id: int  # the order's in the library
    order: ScanOrder
    state: JobState = JobState.WAITING
    progress: Progress = Progress()
    problem: str = ""  # why it failed
    number: int | None = None  # of the recording in the library, once it is known

    @property
    def is_active(self) -> bool:
        """Whether a child process works, or waits, for it."""
        return self.state in ACTIVE

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self.state in (JobState.DONE, JobState.FAILED)
