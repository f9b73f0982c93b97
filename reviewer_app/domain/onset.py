"""Which raters' words are about one spasm, and when it began: one rule for what trains and for what scores."""

from collections.abc import Iterable, Sequence
from statistics import median

from reviewer_app.domain.annotation import Annotation, Rater

ONSET_TOLERANCE = 2.5
"""Onsets that raters put at most so many seconds apart are one spasm's; spasms of a cluster are 5 s apart or more."""


def by_spasm(annotations: Iterable[Annotation]) -> list[list[Annotation]]:
    """Annotations of different raters about one spasm, together, each group in order of time.

    An annotation joins the first group that its rater has not spoken in and all of whose onsets are near, so two that
    one rater put close together stay two.
    """
    groups: list[list[Annotation]] = []
    for each in sorted(annotations, key=_order):
        # Groups begin in order of time, so the last ones are the only ones that can still be near.
        first = len(groups)
        while first and each.interval.start - groups[first - 1][0].interval.start <= ONSET_TOLERANCE:
            first -= 1
        group = next((group for group in groups[first:] if not _has_spoken(each.rater, group)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return groups


def agreed_onset(group: Sequence[Annotation]) -> float:
    """The middle of what raters said, in recording seconds: one who is far off moves it less than in a mean."""
    return median(each.interval.start for each in group)


def _has_spoken(rater: Rater, group: Sequence[Annotation]) -> bool:
    return any(each.rater.rater_id == rater.rater_id for each in group)


def _order(annotation: Annotation) -> tuple[float, str]:
    return annotation.interval.start, annotation.annotation_id
