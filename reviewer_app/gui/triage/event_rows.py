"""Which candidates the list shows, and in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
        rows = self._kept(candidates)
        if self.order is Order.TIME:
            return rows[::-1] if self.descending else rows
        keys = [self._key(each, enter) for each in rows]
        known = sorted((key, place) for place, key in enumerate(keys) if key is not None)
        if self.descending:
            known = sorted(known, key=lambda each: -each[0])  # equals stay in order of time
        # What nobody scored comes last, whichever way the rest is sorted.
        return [rows[place] for _, place in known] + [rows[place] for place, key in enumerate(keys) if key is None]

    @property
    def in_order_of_time(self) -> bool:
        """Whether what is listed goes forward in time."""
        return self.order is Order.TIME and not self.descending

    def ranked(self, candidates: Iterable[Candidate], *, enter: float) -> list[Candidate]:
        """All candidates in the wanted order, also those that the list leaves out."""
        return replace(self, kind=Kind.ALL, rater_id=None, words="").rows(candidates, enter=enter)

    def _key(self, candidate: Candidate, enter: float) -> float | None:
        if self.order is Order.CLUSTER:
            return float(candidate.cluster) if candidate.cluster else None
        if not candidate.is_flag:
            return None
        return abs(candidate.score - enter) if self.order is Order.UNCERTAINTY else -candidate.score

    def _kept(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        match self.kind:
            case Kind.OPEN:
                rows = [each for each in candidates if each.is_flag and each.own is None]
            case Kind.UNFLAGGED:
                rows = [each for each in candidates if not each.is_flag]
            case _:
                rows = list(candidates)
        asks_what_was_said = isinstance(self.kind, Label) or self.rater_id is not None or self.words.strip()
        return [each for each in rows if self._is_said(each)] if asks_what_was_said else rows

    def _is_said(self, candidate: Candidate) -> bool:
        words = self.words.strip().casefold()
        return any(
            (not isinstance(self.kind, Label) or each.label is self.kind) and words in each.statement.note.casefold()
            for each in self._said(candidate)
        )

    def _said(self, candidate: Candidate) -> Iterator[Annotation]:
        for each in (candidate.own, *candidate.others):
            if each is not None and (self.rater_id is None or each.rater.rater_id == self.rater_id):
                yield each
