"""One evaluated study: recordings with traces of one bundle, what raters agreed on there, and the rules of scoring.

Everything that this room computes about a study (curves, means over patients, workload, agreement ...) starts from
these values; ``results.evaluate_study`` computes all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import Event, OperatingPoint
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, frozen
from reviewer_app.domain.window import Interval, subtract, total_seconds
from reviewer_app.evaluation.confidence import DRAWS
from reviewer_app.evaluation.scoring import (
    DEFAULT_RULES,
    PARTIAL,
    POSITIVE,
    RecordingScores,
    ScoringRules,
    analysable_scores,
    score_recording,
    window_labels,
)

PAPER_THRESHOLD = 0.5
"""Of a network's own output, at which Miron et al. 2025 call a window; fit to compare with their tables, unusable for a
night."""


@dataclass(frozen=True, slots=True)
class StudyRules:
    """All that decides what the figures of a study are; printed with them."""

    scoring: ScoringRules = DEFAULT_RULES
    threshold: float = PAPER_THRESHOLD  # the score which that is, for the window level; events follow the point
    pre_roll: float = 4.0  # seconds watched before each event
    seed: int = 0  # of the resampling of patients
    draws: int = DRAWS  # how often they are resampled

    def __str__(self) -> str:
        return (
            f"{self.scoring} Windows are called at a score of {self.threshold:g} or more, where "
            f"the network's own output is {PAPER_THRESHOLD:g}, as published. Reviewing an event takes "
            f"{self.pre_roll:g} s before its peak and a little after it. Intervals are of 95 %; for figures "
            f"of all patients together these are resampled {self.draws} times with seed {self.seed}."
        )


@dataclass(frozen=True, slots=True)
class RaterWords:
    """What one rater called spasms in a recording, and the time in which the rater's silence means something."""

    rater: str  # pseudonym, such as "rater 1"
    spasms: tuple[Interval, ...]
    finalised: tuple[Interval, ...]  # recording time
    undecided: tuple[Interval, ...] = ()  # what the rater called unsure, another seizure, or not analysable

    @property
    def heard(self) -> tuple[Interval, ...]:
        """Finalised time in which the rater said of each second whether a spasm begins there."""
        return subtract(self.finalised, self.undecided)


@dataclass(frozen=True, slots=True)
class PatientWindows:
    """The windows of one patient that count, from all of the patient's recordings."""

    patient: str
    scores: NDArray[np.float64]  # (n,) 0-1, no NaN
    positive: NDArray[np.bool_]  # (n,)


@dataclass(frozen=True, slots=True)
class StudyRecording:
    """One recording of a study with its scores at three levels; made by ``study_recording``."""

    number: int  # in the library
    patient: str  # pseudonym
    recording: Recording
    trace: Trace
    events: tuple[Event, ...]  # at the study's operating point
    spasms: tuple[Interval, ...]  # the reference
    analysable: tuple[Interval, ...]  # where both trace and reference can be trusted
    scored: tuple[Interval, ...]  # where the trace has scores, whatever raters say there
    raters: tuple[RaterWords, ...]
    scores: RecordingScores
    window_scores: NDArray[np.float32]  # (windows,) NaN where a window does not count
    labels: NDArray[np.int8]  # (windows,) as ``scoring.window_labels`` gives them

    @property
    def recorded_hours(self) -> float:
        """Hours of video."""
        return self.recording.video_seconds / 3600

    @property
    def hours(self) -> float:
        """Analysable hours."""
        return self.scores.spasms.hours


def study_recording(
    number: int,
    recording: Recording,
    trace: Trace,
    events: Sequence[Event],
    *,
    spasms: Sequence[Interval],
    analysable: Sequence[Interval],
    rules: StudyRules,
    raters: Sequence[RaterWords] = (),
    scored: Sequence[Interval] = (),
) -> StudyRecording:
    """Scores a recording for a study.

    Args:
        number: The recording's number in the library.
        recording: Whose patient, length and pictures count; without a patient it counts as a patient of its own.
        trace: Of the bundle under test.
        events: Picked from the trace at the study's operating point.
        spasms: The reference.
        analysable: Time that is scored and finalised.
        rules: Of the study.
        raters: What each rater said alone.
        scored: Time that the trace has scores of; only there is the model compared with each rater.
    """
    patient = recording.patient or f"recording {number}"
    labels = window_labels(trace.grid, spasms)
    window_scores = analysable_scores(trace, analysable)
    if rules.scoring.skip_partial:
        window_scores = np.where(labels == PARTIAL, np.float32(np.nan), window_scores)
    return StudyRecording(
        number=number,
        patient=patient,
        recording=recording,
        trace=trace,
        events=tuple(events),
        spasms=tuple(spasms),
        analysable=tuple(analysable),
        scored=tuple(scored),
        raters=tuple(raters),
        scores=score_recording(
            patient,
            trace,
            events,
            spasms=spasms,
            analysable=analysable,
            threshold=rules.threshold,
            rules=rules.scoring,
        ),
        window_scores=frozen(window_scores),
        labels=frozen(labels),
    )


@dataclass(frozen=True, slots=True)
class Study:
    """What is evaluated, by which rules, and what had to be left out."""

    bundle_name: str
    bundle_identity: str  # hex sha256
    point: OperatingPoint
    rules: StudyRules
    recordings: tuple[StudyRecording, ...]
    left_out: tuple[str, ...] = ()  # sentences: which recording of the library, and why

    def __post_init__(self) -> None:
        if not self.recordings:
            raise ValueError("a study needs at least one recording")

    @property
    def patients(self) -> tuple[str, ...]:
        """Everybody in the study, in order."""
        return tuple(sorted({each.patient for each in self.recordings}))

    @property
    def months(self) -> str:
        """When recordings began, by their clocks: the first month and the last, since days could tell a patient."""
        began = sorted({f"{each.recording.start:%Y-%m}" for each in self.recordings})
        return " to ".join(began if len(began) == 1 else (began[0], began[-1]))

    @property
    def recorded_hours(self) -> float:
        """Hours of video."""
        return sum(each.recorded_hours for each in self.recordings)

    @property
    def analysable_hours(self) -> float:
        """Hours that are scored and finalised."""
        return sum(each.hours for each in self.recordings)

    @property
    def finalised_hours(self) -> float:
        """Hours that at least one rater finalised, scored or not."""
        spans = ([span for words in each.raters for span in words.finalised] for each in self.recordings)
        return sum(map(total_seconds, spans)) / 3600

    def by_patient(self) -> tuple[tuple[str, tuple[StudyRecording, ...]], ...]:
        """Each patient with all recordings of that patient, patients in order."""
        whose = attrgetter("patient")
        ordered = sorted(self.recordings, key=whose)  # sorting is stable: a patient's recordings keep their order
        return tuple((patient, tuple(group)) for patient, group in groupby(ordered, key=whose))

    def windows(self) -> tuple[PatientWindows, ...]:
        """Each patient's windows that count, patients in order."""
        return tuple(_patient_windows(patient, recordings) for patient, recordings in self.by_patient())


def _patient_windows(patient: str, recordings: Sequence[StudyRecording]) -> PatientWindows:
    scores = np.concatenate([each.window_scores for each in recordings]).astype(np.float64)
    positive = np.concatenate([each.labels for each in recordings]) == POSITIVE
    used = ~np.isnan(scores)
    return PatientWindows(patient, frozen(scores[used]), frozen(positive[used]))
