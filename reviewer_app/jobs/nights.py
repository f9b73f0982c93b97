"""Recordings scanned with a bundle on trial and compared with what their raters agree on.

No trace enters the library: see ``trial_trace``. Where the library holds a finished trace of the very same bundle, crop
and stride, that one is taken and nothing is computed.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import OperatingPoint, event_curve, pick_events
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.reference import Reference, reference_of
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid, subtract
from reviewer_app.errors import MediaError
from reviewer_app.evaluation.graded import Graded, grade
from reviewer_app.evaluation.scoring import PARTIAL, POSITIVE, analysable_scores, window_labels
from reviewer_app.jobs.beat import Headway, watched
from reviewer_app.jobs.crop import crop_by
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.jobs.scan import CRASHED
from reviewer_app.jobs.sweep import Shape
from reviewer_app.jobs.trainings import TRAININGS
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.jobs.trial_trace import TrialTrace, trial_path
from reviewer_app.media.identity import fingerprint
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store.library import Library
from reviewer_app.store.traces import TraceSummary

FLOOR = OperatingPoint(enter=0.001, leave=0.0005, false_alarms_per_hour=0.0)
"""So low that every candidate is picked; where to set the bar is what is to be found out.

Honest scores of a night with few spasms are low: at 0.001 one window in a thousand is right.
"""


@dataclass(frozen=True, slots=True)
class Night:
    """A recording with a bundle's trace and what its raters agree on."""

    number: int  # in the library
    recording: Recording
    trace: Trace
    scored: tuple[Interval, ...]  # recording time that the network looked at
    reference: Reference

    @property
    def analysable(self) -> tuple[Interval, ...]:
        """Time in which both the trace and the reference can be trusted."""
        return common(self.reference.analysable, self.scored)

    @property
    def patient(self) -> str:
        """Whose recording it is; one without a patient counts as a patient of its own."""
        return self.recording.patient or f"recording {self.number}"

    def since(self, second: float) -> "Night":
        """The same, judged only from a second of the recording on."""
        late = common(self.reference.analysable, (Interval(second, max(second, self.recording.seconds)),))
        return replace(self, reference=replace(self.reference, analysable=late))

    def windows(self) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Scores of the windows that count, and whether a spasm begins in each."""
        scores = analysable_scores(self.trace, self.analysable)
        labels = window_labels(self.trace.grid, self.reference.spasms)
        counts = ~np.isnan(scores) & (labels != PARTIAL)
        return scores[counts], labels[counts] == POSITIVE

    def graded(self) -> Graded:
        """Which candidate events find a spasm and which are false, at every threshold."""
        events = pick_events(event_curve(self.trace), FLOOR)
        return grade(self.reference.spasms, events, analysable=self.analysable)

    def outcome(self) -> "ReferenceOutcome":
        """The figures that operating points follow from."""
        graded = self.graded()
        return ReferenceOutcome(self.number, self.patient, graded.hours, graded.false_peaks, graded.spasm_peaks)


@dataclass(frozen=True, slots=True)
class ReferenceOutcome:
    """What a bundle made of one recording whose spasms are known, in figures."""

    number: int  # of the recording
    patient: str
    hours: float  # finalised and scored
    false_peaks: tuple[float, ...]  # heights of candidate events that are no spasm
    spasm_peaks: tuple[float, ...]  # the height of the event that found each spasm; 0 where none did


@dataclass(frozen=True, slots=True)
class Trial:
    """A bundle on trial over the recordings of a library."""

    scanner: TrialScanner
    library: Library
    folder: Path | None = None  # of a training, whose draft is on trial and whose scores go with it

    def nights(
        self, numbers: Sequence[int], rater_ids: Sequence[int] = ()
    ) -> Generator[Message, None, tuple[Night, ...]]:
        """The recordings with their traces and references, in the order given.

        A recording whose files are away or changed, or of which nothing is finalised, is left out with a remark.

        Args:
            numbers: Of the recordings in the library.
            rater_ids: Whose words are the reference; empty means all, by majority.

        Raises:
            BundleError: the bundle cannot be trusted.
            StoreError: the library cannot be read.
        """
        known = tuple(rater_ids) or tuple(each.rater_id for each in raters.all_raters(self.library))
        found = []
        for number in numbers:
            reference = reference_of(Labels.of(ledger.load(self.library, number)), known)
            if not reference.analysable:
                yield Remark(f"Recording {number} is left out: no time of it is finalised.")
                continue
            recording = recordings.load(self.library, number)
            try:
                trace, scored = yield from self._trace(number, recording)
            except MediaError as error:
                yield Remark(f"Recording {number} is left out: {error}")
                continue
            found.append(Night(number, recording, trace, scored, reference))
        return tuple(found)

    def _trace(self, number: int, recording: Recording) -> Generator[Message, None, tuple[Trace, tuple[Interval, ...]]]:
        scans = traces.summaries(self.library, recording_id=number)
        told = self.scanner.bundle.description
        # Where a person, a detector or an earlier scan chose a crop, all bundles look there, as training did.
        crop = scans[-1].identity.crop if scans else (yield from crop_by(told.clip.crop, recording))
        identity = self.scanner.identity(recording, crop)
        shape = Shape(WindowGrid.over(recording.seconds), told.network.bins, features=0)
        stored = next((scan for scan in scans if scan.identity == identity and scan.stored == scan.grid.count), None)
        if stored is not None:
            kept = TrialTrace(shape, traces.load(self.library, stored.trace_id), holes=self._skips([stored]))
            return kept.trace, kept.scored(recording)
        kept = TrialTrace.begun(shape, trial_path(self.folder or self.library.folder / TRAININGS, identity))
        if not kept.trace.finished:
            yield from watched("Checking the files", partial(_refuse_other_files, recording))
            yield from self.scanner.scanned(recording, kept, crop=crop, skip=self._skips(scans, CRASHED))
        return kept.trace, kept.scored(recording)

    def _skips(self, scans: Sequence[TraceSummary], of: str = "") -> tuple[Interval, ...]:
        """Stretches that scans stepped over, for one reason or for any."""
        skips = [skip for scan in scans for skip in traces.skips(self.library, scan.trace_id)]
        return tuple(span for span, reason in skips if not of or reason == of)


def common(one: Sequence[Interval], other: Sequence[Interval]) -> tuple[Interval, ...]:
    """Time that both hold."""
    return subtract(one, subtract(one, other))


def _refuse_other_files(recording: Recording, tell: Headway) -> None:
    for segment in recording.segments:
        tell(segment.path)
        if not segment.path.exists() or fingerprint(segment.path) != segment.fingerprint:
            raise MediaError(f"{segment.path.name} is not where it was, or is not the file that was labelled.")
