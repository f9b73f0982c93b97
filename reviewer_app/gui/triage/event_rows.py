"""Which candidates the list shows, and in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.triage import Candidate


class Order(Enum):
    """By what the list is sorted."""

    TIME = auto()
    SCORE = auto()  # the highest first
    UNCERTAINTY = auto()  # the nearest to the operating point first
    CLUSTER = auto()


class Kind(Enum):
    """Which candidates are listed, apart from those with a certain label."""

    ALL = auto()
    OPEN = auto()  # flags without a verdict of the reviewer
    UNFLAGGED = auto()  # named by a person, not by the model


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shall hold."""

    kind: Kind | Label = Kind.ALL
    rater_id: int | None = None  # only what this rater spoke of; None: anybody or nobody
    words: str = ""  # must occur in a note
    order: Order = Order.TIME
    descending: bool = False

    def rows(self, candidates: Iterable[Candidate], *, enter: float) -> list[Candidate]:
        """The wanted candidates in the wanted order.

        Args:
            candidates: in order of time.
            enter: the operating point's threshold.
        """
        rows = [each for each in candidates if self._holds(each)]
        if self.order is Order.TIME:
            return rows[::-1] if self.descending else rows
        # What nobody scored comes last, whichever way the rest is sorted.
        known = [each for each in rows if self._key(each, enter) is not None]
        unknown = [each for each in rows if self._key(each, enter) is None]
        known.sort(key=lambda each: self._key(each, enter) or 0.0, reverse=self.descending)
        return known + unknown

    def _key(self, candidate: Candidate, enter: float) -> float | None:
        if self.order is Order.CLUSTER:
            return float(candidate.cluster) if candidate.cluster else None
        if not candidate.is_flag:
            return None
        return abs(candidate.score - enter) if self.order is Order.UNCERTAINTY else -candidate.score

    def _holds(self, candidate: Candidate) -> bool:
        if self.kind is Kind.OPEN and not (candidate.is_flag and candidate.own is None):
            return False
        if self.kind is Kind.UNFLAGGED and candidate.is_flag:
            return False
        said = list(self._said(candidate))
        if self.rater_id is not None and not said:
            return False
        if isinstance(self.kind, Label) and not any(each.label is self.kind for each in said):
            return False
        words = self.words.strip().casefold()
        return not words or any(words in each.statement.note.casefold() for each in said)

    def _said(self, candidate: Candidate) -> Iterator[Annotation]:
        for each in (candidate.own, *candidate.others):
            if each is not None and (self.rater_id is None or each.rater.rater_id == self.rater_id):
                yield each
