"""Small studies for tests of figures and reports: infants whose scores mostly rise at their spasms."""

from dataclasses import replace

import numpy as np

from reviewer_app.domain.event import OperatingPoint, event_curve, pick_events
from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval, WindowGrid
from reviewer_app.evaluation.scoring import POSITIVE, ScoringRules, window_labels
from reviewer_app.evaluation.study import RaterWords, Study, StudyRecording, StudyRules, study_recording
from tests.evaluation.nights import recording

POINT = OperatingPoint(0.6, 0.4, 1.0, 0.8)
RULES = StudyRules(ScoringRules(skip_partial=True), seed=3)


def trace_of(spasms: tuple[Interval, ...], seconds: float, *, seed: int, hit: float = 0.8) -> Trace:
    """A scan that finds most spasms, and takes a few other windows for one."""
    chance = np.random.default_rng(seed)
    grid = WindowGrid.over(seconds, stride=8)
    positive = window_labels(grid, spasms) == POSITIVE
    scores = np.where(positive & (chance.random(grid.count) < hit), 0.9, 0.1) + chance.uniform(-0.09, 0.09, grid.count)
    scores[chance.random(grid.count) < 0.01] = 0.95
    quality = chance.uniform(1, 200, (grid.count, len(MEASURES)))
    return replace(
        Trace.empty(grid),
        scores=scores.astype(np.float32),
        states=np.full(grid.count, WindowState.SCORED, np.uint8),
        quality=quality.astype(np.float32),
    )


def examined(
    number: int, *, spasms: int = 6, seconds: float = 900.0, raters: int = 1, rules: StudyRules = RULES
) -> StudyRecording:
    """One infant with spasms every half minute, of which each further rater misses the first ones."""
    said = tuple(Interval(60 + 30.0 * i, 61.5 + 30.0 * i) for i in range(spasms))
    night = replace(recording((0, seconds)), patient=f"P{number:03}")
    trace = trace_of(said, seconds, seed=number)
    return study_recording(
        number,
        night,
        trace,
        pick_events(event_curve(trace), POINT),
        spasms=said,
        analysable=(Interval(0, seconds),),
        rules=rules,
        raters=[RaterWords(f"rater {i + 1}", said[i:], (Interval(0, seconds),)) for i in range(raters)],
        scored=(Interval(0, seconds),),
    )


def study(patients: int = 3, *, healthy: int = 1, raters: int = 1, left_out: tuple[str, ...] = ()) -> Study:
    """A study of infants of whom the last ones have no spasm."""
    found = [
        examined(number, spasms=0 if number > patients - healthy else 6, raters=raters)
        for number in range(1, patients + 1)
    ]
    return Study("starter", "b" * 64, POINT, RULES, tuple(found), left_out)
