"""Scans with a bundle on trial: as any scan, but what comes out goes into a trial trace, not into a library."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import TraceIdentity
from reviewer_app.domain.window import DEFAULT_STRIDE, Interval
from reviewer_app.jobs.beat import Headway
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.loading import load_predictor
from reviewer_app.jobs.message import Message, ScanProgress, StepsDone
from reviewer_app.jobs.request import Compute
from reviewer_app.jobs.sweep import Sweep, sweep_patiently
from reviewer_app.jobs.trial_trace import TrialTrace
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.manifest import clip_digest
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.video import RecordingFrames


@dataclass(slots=True)
class TrialScanner:
    """A bundle that scans; its network is loaded once, and only if something has to be scored."""

    bundle: Bundle
    compute: Compute = field(default_factory=Compute)
    control: Control = field(default_factory=lambda: Control(get_context("spawn")))
    _predictor: Predictor | None = field(default=None, repr=False)

    def identity(self, recording: Recording, crop: Crop) -> TraceIdentity:
        """What the traces are of, at the stride that bundles are calibrated at."""
        clip = clip_digest(self.bundle.description.clip)
        return TraceIdentity(recording.identity, self.bundle.identity, clip, DEFAULT_STRIDE, crop)

    def scanned(
        self, recording: Recording, kept: TrialTrace, *, crop: Crop, skip: tuple[Interval, ...] = ()
    ) -> Generator[Message, None, None]:
        """Scores what a trace lacks; it is finished afterwards.

        Args:
            recording: Where to look.
            kept: Where scores go.
            crop: The part of the picture to look at.
            skip: Stretches that bring the decoder down.

        Raises:
            MediaError: a file cannot be read.
            BundleError: the bundle cannot be trusted.
        """
        predictor = yield from self._ready()
        clip = self.bundle.description.clip
        headway = Headway()
        source = RecordingFrames(recording, clip, crop=crop, skip=skip, threads=self.compute.threads, tell=headway)
        done = kept.shape.grid.count - sum(map(len, kept.missing()))
        sweep = Sweep(kept, source, predictor, self.control, done, headway)
        with closing(sweep_patiently(sweep, [each.path for each in recording.segments])) as messages:
            for message in messages:
                if isinstance(message, ScanProgress):
                    yield StepsDone(message.done, message.total, f"scanning with {self.bundle.name}")
                else:
                    yield message

    def _ready(self) -> Generator[Message, None, Predictor]:
        if self._predictor is None:
            self._predictor = yield from load_predictor(self.bundle, self.compute)
        return self._predictor
