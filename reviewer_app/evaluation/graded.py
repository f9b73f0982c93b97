"""Spasms found and false alarms at every threshold at once: which events pay for a spasm, from the highest down."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.domain.event import Event
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.evaluation.scoring import DEFAULT_RULES, ScoringRules, match_onsets, within


@dataclass(frozen=True, slots=True)
class Graded:
    """What candidate events, picked with a threshold near zero, amount to when the bar is set higher.

    At any bar, the spasms whose event reaches it are as many as ``match_onsets`` could pair with the events that do,
    and the false events that reach it are the rest.
    """

    hours: float  # analysable
    found: tuple[Event | None, ...]  # for each spasm in analysable time, in order of onset; None where nothing is near
    false: tuple[Event, ...]  # in analysable time, the highest first

    @property
    def spasm_peaks(self) -> tuple[float, ...]:
        """The height of the event that finds each spasm; 0 where none does."""
        return tuple(event.score if event else 0.0 for event in self.found)

    @property
    def false_peaks(self) -> tuple[float, ...]:
        """The heights of the events that find none."""
        return tuple(event.score for event in self.false)


def grade(
    spasms: Sequence[Interval],
    events: Sequence[Event],
    *,
    analysable: Sequence[Interval],
    rules: ScoringRules = DEFAULT_RULES,
) -> Graded:
    """Pairs candidate events with spasms so that the pairing is the best one at every threshold.

    An event is taken, the highest first, if those taken before still find a spasm each beside it. The sets of events
    that can all find a spasm form a matroid, so that this greedy choice has the most pairs not only in the end but
    among the events over any height.

    Args:
        spasms: The reference, in order of onset.
        events: Candidates; those under the bar in question do not count there.
        analysable: Time in which scan and reference can be trusted: a spasm that begins outside is no miss, its event
            no false alarm.
        rules: How far apart onset and peak may be.
    """
    onsets = [spasm.start for spasm in spasms]
    taken: list[Event] = []
    rest: list[Event] = []
    for event in sorted(events, key=lambda each: (-each.score, each.peak)):
        near = any(abs(event.peak - onset) <= rules.tolerance for onset in onsets)
        peaks = [each.peak for each in (*taken, event)]
        if near and len(match_onsets(onsets, peaks, tolerance=rules.tolerance)) == len(peaks):
            taken.append(event)
        else:
            rest.append(event)
    pairs = dict(match_onsets(onsets, [event.peak for event in taken], tolerance=rules.tolerance))
    return Graded(
        hours=total_seconds(analysable) / 3600,
        found=tuple(
            taken[pairs[i]] if i in pairs else None for i, onset in enumerate(onsets) if within(onset, analysable)
        ),
        false=tuple(event for event in rest if within(event.peak, analysable)),
    )
