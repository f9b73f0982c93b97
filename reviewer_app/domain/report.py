"""All that is known of one scanned recording, in one value that doors show and exports write."""

from dataclasses import dataclass

from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.event import Cluster, Event, OperatingPoint
from reviewer_app.domain.quality import NotAnalysable
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, TraceIdentity


@dataclass(frozen=True, slots=True)
class Findings:
    """Events and clusters of one trace at one operating point."""

    point: OperatingPoint | None  # None where the bundle is away or has no calibration to choose one from
    events: tuple[Event, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class TraceReport:
    """A trace with its recording, what became of every second, and what was found at an operating point."""

    recording_number: int  # in the library
    recording: Recording
    identity: TraceIdentity
    trace: Trace
    coverage: Coverage
    findings: Findings
    not_analysable: tuple[NotAnalysable, ...]
    bundle_name: str
    notice: str  # what the bundle says of itself wherever it is named
