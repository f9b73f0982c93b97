"""The reference of a recording: the spasms that its raters agree on, and the time in which their silence counts.

Only finalised time is used, as for training. With one rater the reference is what that rater said. With several, each
spasm counts whose onset most of those call one who finalised that second; where exactly half of them do, they are
divided, and what is found there counts neither for nor against.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.onset import ONSET_TOLERANCE, agreed_onset, by_spasm
from reviewer_app.domain.window import Interval, subtract, union

OPEN = frozenset({Label.UNSURE, Label.OTHER_SEIZURE, Label.NOT_ANALYSABLE})
"""Labels under which nobody knows whether there is a spasm, so that nothing there is right or wrong."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the scores of a scan are compared with."""

    spasms: tuple[Interval, ...] = ()  # in order of onset
    analysable: tuple[Interval, ...] = ()  # finalised time in which it is known whether a spasm begins
    divided: int = 0  # onsets on which the raters are divided


def reference_of(labels: Labels, raters: Iterable[int]) -> Reference:
    """The reference that follows from the words of some raters.

    Args:
        labels: All that stands of what was said of the recording.
        raters: Ids of those whose words count; who finalised nothing, says nothing.
    """
    finalised = {rater: spans for rater in raters if (spans := labels.finalised_by(rater))}
    holes = [
        _widened(each.interval)
        for each in labels.annotations
        if each.label in OPEN and each.rater.rater_id in finalised
    ]
    spasms: list[Interval] = []
    divided = 0
    said = (each for each in labels.annotations if each.label is Label.SPASM)
    counted = (each for each in said if _holds(finalised.get(each.rater.rater_id, ()), each.interval.start))
    for group in by_spasm(counted):
        agreed = Interval(agreed_onset(group), median(each.interval.stop for each in group))
        judges = {rater for rater, spans in finalised.items() if _holds(spans, agreed.start)}
        judges |= {each.rater.rater_id for each in group}
        if 2 * len(group) > len(judges):
            spasms.append(agreed)
        elif 2 * len(group) == len(judges):
            divided += 1
            holes.append(_widened(agreed))
    known = union(span for spans in finalised.values() for span in spans)
    return Reference(tuple(sorted(spasms)), subtract(known, holes), divided)


def _holds(spans: Iterable[Interval], time: float) -> bool:
    return any(span.contains(time) for span in spans)


def _widened(span: Interval) -> Interval:
    return Interval(max(0.0, span.start - ONSET_TOLERANCE), span.stop + ONSET_TOLERANCE)
