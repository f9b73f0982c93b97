"""What comes under review at once, and how a person likes to go through it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reviewer_app.domain.annotation import Action
from reviewer_app.domain.event import CLUSTER_GAP, OperatingPoint
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, TraceIdentity
from reviewer_app.domain.window import Interval

Save = Callable[[int, Action], None]
"""Takes an action of a recording to be kept; returns at once."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The trace that is shown of a recording: the one that was begun last."""

    trace: Trace
    holes: tuple[Interval, ...]  # undecodable stretches that the scan met
    identity: TraceIdentity  # of what, and by which bundle
    bundle_name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """All that is opened at once when a recording comes under review."""

    number: int  # in the library
    recording: Recording
    actions: tuple[Action, ...] = ()  # the recording's ledger
    trace: Trace | None = None  # None before the first scan
    holes: tuple[Interval, ...] = ()  # undecodable stretches that the scan met
    identity: TraceIdentity | None = None  # the trace's
    bundle_name: str = ""
    bundle_notice: str = ""  # what the bundle says of itself wherever it is named
    points: tuple[OperatingPoint, ...] = ()  # the bundle's; empty where it is away or not calibrated

    @property
    def bundle(self) -> str:
        """The identity of the bundle that gave the trace; empty without one."""
        return self.identity.bundle if self.identity else ""

    def showing(self, shown: Shown, notice: str, points: tuple[OperatingPoint, ...]) -> "Subject":
        """The same recording with another trace, and what its bundle says of itself."""
        return replace(
            self,
            trace=shown.trace,
            holes=shown.holes,
            identity=shown.identity,
            bundle_name=shown.bundle_name,
            bundle_notice=notice,
            points=points,
        )


@dataclass(frozen=True, slots=True)
class Manners:
    """How a person likes to review; from the settings."""

    pre_roll: float = 4.0  # seconds played before a flag
    auto_advance: bool = True  # to the next open flag after a verdict
    false_alarms_per_hour: float = 1.0
    cluster_gap: float = CLUSTER_GAP
