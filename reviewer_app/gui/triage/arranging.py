"""Which candidates the list shows, and in which order."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.triage import Candidate


class Order(Enum):
    """By what the list is sorted; each in the direction that a reviewer wants first."""

    TIME = auto()
    SCORE = auto()  # highest first
    CLUSTER = auto()
    UNCERTAINTY = auto()  # nearest to the operating point first


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the candidates is shown; the empty one shows all."""

    label: Label | None = None  # that the reviewer or the chosen rater gave
    only_open: bool = False  # without a verdict of the reviewer
    rater_id: int | None = None  # who said something about it
    text: str = ""  # in a note, whatever its case

    def takes(self, candidate: Candidate) -> bool:
        """Whether a candidate is shown."""
        if self.only_open and (candidate.own is not None or not candidate.is_flag):
            return False
        if self.label is None and self.rater_id is None and not self.text:
            return True
        return any(self._matches(each) for each in statements_on(candidate))

    def _matches(self, annotation: Annotation) -> bool:
        if self.rater_id is not None and annotation.rater.rater_id != self.rater_id:
            return False
        if self.label is not None and annotation.label is not self.label:
            return False
        return self.text.casefold() in annotation.statement.note.casefold()


def statements_on(candidate: Candidate) -> tuple[Annotation, ...]:
    """All that was said of a candidate, the reviewer's own first."""
    return candidate.others if candidate.own is None else (candidate.own, *candidate.others)


def arranged(
    candidates: Sequence[Candidate], choice: Choice, order: Order, *, backwards: bool, enter: float
) -> tuple[Candidate, ...]:
    """The candidates to show, sorted.

    Args:
        candidates: in order of time.
        choice: which of them.
        order: by what.
        backwards: turns the order round; what has no score stays at the end.
        enter: the operating point's threshold.
    """
    shown = [each for each in candidates if choice.takes(each)]
    key = _key(order, enter)
    if key is None:
        return tuple(reversed(shown)) if backwards else tuple(shown)
    known = [each for each in shown if not math.isnan(key(each))]
    unknown = [each for each in shown if math.isnan(key(each))]
    return (*sorted(known, key=key, reverse=backwards), *unknown)


def _key(order: Order, enter: float) -> Callable[[Candidate], float] | None:
    match order:
        case Order.TIME:
            return None
        case Order.SCORE:
            return lambda each: -each.score
        case Order.CLUSTER:
            return lambda each: each.cluster or math.nan
        case Order.UNCERTAINTY:
            return lambda each: abs(each.score - enter)
