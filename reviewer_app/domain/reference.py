"""The reference of a recording: the spasms that its raters agree on, and the time in which their silence counts.

Only finalised time is used, as for training. With one rater the reference is what that rater said. With several, each
spasm counts whose onset most of those call one who finalised that second; where exactly half of them do, they are
divided, and what is found there counts neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.window import Interval, subtract, union

NEAR = 2.5
"""Seconds between two raters' onsets of one spasm, at most; an event may lie as far from the onset that it finds."""

OPEN = frozenset({Label.UNSURE, Label.OTHER_SEIZURE, Label.NOT_ANALYSABLE})
"""Labels under which nobody knows whether there is a spasm, so that nothing there is right or wrong."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the scores of a scan are compared with."""

    spasms: tuple[Interval, ...] = ()  # in order of onset
    analysable: tuple[Interval, ...] = ()  # finalised time in which it is known whether a spasm begins
    divided: int = 0  # onsets on which the raters are divided


@dataclass(slots=True)
class _Group:
    """One spasm as its raters saw it."""

    said: dict[int, Interval] = field(default_factory=dict)  # by rater

    @property
    def interval(self) -> Interval:
        """The middle of what they said."""
        spans = self.said.values()
        return Interval(median(span.start for span in spans), median(span.stop for span in spans))


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
    for group in _groups(labels, finalised):
        agreed = group.interval
        judges = {rater for rater, spans in finalised.items() if _holds(spans, agreed.start)} | group.said.keys()
        if 2 * len(group.said) > len(judges):
            spasms.append(agreed)
        elif 2 * len(group.said) == len(judges):
            divided += 1
            holes.append(_widened(agreed))
    known = union(span for spans in finalised.values() for span in spans)
    return Reference(tuple(sorted(spasms)), subtract(known, holes), divided)


def _groups(labels: Labels, finalised: Mapping[int, Sequence[Interval]]) -> list[_Group]:
    """Onsets of different raters that are near enough to be of one spasm, in order of time."""
    groups: list[_Group] = []
    for each in labels.annotations:  # in order of time
        rater, span = each.rater.rater_id, each.interval
        if each.label is not Label.SPASM or not _holds(finalised.get(rater, ()), span.start):
            continue
        joined = next((group for group in groups[-len(finalised) :] if _is_of(group, rater, span)), None)
        if joined is None:
            groups.append(joined := _Group())
        joined.said[rater] = span
    return groups


def _is_of(group: _Group, rater: int, span: Interval) -> bool:
    return rater not in group.said and all(abs(span.start - other.start) <= NEAR for other in group.said.values())


def _holds(spans: Iterable[Interval], time: float) -> bool:
    return any(span.contains(time) for span in spans)


def _widened(span: Interval) -> Interval:
    return Interval(max(0.0, span.start - NEAR), span.stop + NEAR)
