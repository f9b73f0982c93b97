"""Generic seizure scores, as SzCORE computes them, beside ours: known to every reader, but misleading for spasms.

SzCORE (Dan et al., Epilepsia 2024) joins events less than 90 s apart, splits those over 5 min, and calls a seizure
found when anything overlaps it from 30 s before to 60 s after. The counting itself is done by ``timescoring``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timescoring.annotations import Annotation
from timescoring.scoring import EventScoring

from reviewer_app.domain.window import Interval, union
from reviewer_app.evaluation.scoring import NAN, share, within
from reviewer_app.evaluation.study import Study

MERGE, BEFORE, AFTER, LONGEST = 90.0, 30.0, 60.0, 300.0
"""Seconds: events nearer than this are one; tolerance before and after a seizure; longest event before it is split."""

RATE = 10
"""Samples a second, at which timescoring counts."""

WHY_MISLEADING = (
    "Generic seizure scoring was made for seizures that last minutes and come hours apart. It joins all that lies less "
    "than 90 s apart and forgives 30 s before and 60 s after. Spasms last a second or two and come every 5 to 10 s, so "
    "a whole cluster becomes one seizure, and a single hit anywhere in it, or up to a minute beside it, counts as full "
    "success: three clusters of twenty spasms with one hit each score a sensitivity of 1.00, while 57 of 60 spasms "
    "were missed (0.05 per spasm). False alarms near each other, or near a cluster, vanish likewise. Read these "
    "figures only to compare with work on other seizures; how many spasms were found stands at the level of spasms."
)

RULES = (
    f"Events less than {MERGE:g} s apart are joined, those over {LONGEST:g} s are split, and a seizure counts as found "
    f"when anything overlaps it from {BEFORE:g} s before to {AFTER:g} s after (SzCORE, by timescoring)."
)


@dataclass(frozen=True, slots=True)
class GenericScores:
    """Seizures in the generic sense: joined spasms against joined events."""

    reference: int  # joined spasms
    found: int
    false_alarms: int  # joined events
    hours: float  # in which false alarms were looked for

    def __add__(self, other: "GenericScores") -> "GenericScores":
        return GenericScores(
            self.reference + other.reference,
            self.found + other.found,
            self.false_alarms + other.false_alarms,
            self.hours + other.hours,
        )

    @property
    def sensitivity(self) -> float:
        """Share of joined spasms found."""
        return share(self.found, self.reference)

    @property
    def precision(self) -> float:
        """Share of joined events that are right; a long event that is right for two seizures counts twice."""
        return share(self.found, self.found + self.false_alarms)

    @property
    def f1(self) -> float:
        """Harmonic mean of sensitivity and precision."""
        return share(2 * self.found, self.found + self.false_alarms + self.reference)

    @property
    def false_alarms_per_day(self) -> float:
        """Joined false events in 24 h, the unit of SzCORE."""
        return self.false_alarms / self.hours * 24 if self.hours else NAN


def score_generic(spasms: Sequence[Interval], events: Sequence[Interval], *, seconds: float) -> GenericScores:
    """Scores one recording.

    Args:
        spasms: The reference.
        events: Where the program sees spasms.
        seconds: How long the recording is.
    """
    samples = math.ceil(seconds * RATE)
    scored = EventScoring(
        _annotation(spasms, samples),
        _annotation(events, samples),
        EventScoring.Parameters(
            toleranceStart=BEFORE,
            toleranceEnd=AFTER,
            minOverlap=0,
            maxEventDuration=LONGEST,
            minDurationBetweenEvents=MERGE,
        ),
    )
    return GenericScores(int(scored.refTrue), int(scored.tp), int(scored.fp), seconds / 3600)


def _annotation(intervals: Sequence[Interval], samples: int) -> Annotation:
    # timescoring joins neighbours in the order given and trusts that none lies in another.
    return Annotation([(each.start, each.stop) for each in union(intervals)], RATE, samples)


def generic_scores(study: Study) -> GenericScores:
    """All recordings of a study together, by what lies in analysable time."""
    total = GenericScores(0, 0, 0, 0.0)
    for each in study.recordings:
        inside = [s for s in each.spasms if within(s.start, each.analysable)]
        events = [e.interval for e in each.events if within(e.peak, each.analysable)]
        # Recording time that nobody could judge would thin out the false alarms.
        total += replace(score_generic(inside, events, seconds=each.recording.seconds), hours=each.hours)
    return total
