"""Recordings whose windows have scores and labels of the test's choice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.event import Event, OperatingPoint
from reviewer_app.domain.trace import Trace
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.study import RaterWords, Study, StudyRecording, StudyRules, study_recording
from tests.evaluation.nights import recording

RULES = StudyRules(draws=20)
POINT = OperatingPoint(0.5, 0.4, 1.0)


def spasms(*onsets: float) -> tuple[Interval, ...]:
    return tuple(Interval(onset, onset + 1) for onset in onsets)


def events(*peaks: float) -> tuple[Event, ...]:
    return tuple(Event(Interval(max(0.0, peak - 0.5), peak + 0.5), peak, 0.9) for peak in peaks)


def scored(scores: Sequence[float], *, quality: NDArray[np.float32] | None = None) -> Trace:
    """A trace of windows side by side, 5 s each."""
    empty = Trace.empty(WindowGrid(len(scores), stride=16))
    values = np.array(scores, np.float32)
    return replace(empty, scores=values, quality=empty.quality if quality is None else quality)


def judged(
    patient: str,
    *,
    number: int = 1,
    scores: Sequence[float] = (0.1,) * 20,
    onsets: Sequence[float] = (),
    peaks: Sequence[float] = (),
    analysable: Sequence[Interval] | None = None,
    seen: Sequence[Interval] | None = None,
    raters: Sequence[RaterWords] = (),
    quality: NDArray[np.float32] | None = None,
    rules: StudyRules = RULES,
) -> StudyRecording:
    """A recording as long as its windows, all of it analysable and seen by the model unless said otherwise."""
    seconds = 5.0 * len(scores)
    return study_recording(
        number,
        replace(recording((0, seconds)), patient=patient),
        scored(scores, quality=quality),
        events(*peaks),
        spasms=spasms(*onsets),
        analysable=[Interval(0, seconds)] if analysable is None else analysable,
        rules=rules,
        raters=raters,
        scored=[Interval(0, seconds)] if seen is None else seen,
    )


def study_of(*recordings: StudyRecording, rules: StudyRules = RULES, point: OperatingPoint = POINT) -> Study:
    return Study("starter", "b" * 64, point, rules, recordings)
