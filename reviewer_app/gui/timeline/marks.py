"""Flags and statements as arrays, a row for each kind, so that thousands are drawn and found as fast as ten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from operator import is_
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.annotation import Annotation, Label
from reviewer_app.domain.triage import Candidate
from reviewer_app.gui.colours import FLAG_MARK, LABEL_MARKS, Mark
from reviewer_app.gui.timeline.frame import Frame, Spans, Times


class Row(Enum):
    """Where a mark stands; own statements above the curve, others' below it."""

    OWN = auto()
    FLAGS = auto()
    OTHERS = auto()


STYLES: Final = (
    *(LABEL_MARKS[label] for label in (Label.SPASM, Label.OTHER_SEIZURE, Label.UNSURE)),
    *(LABEL_MARKS[label] for label in (Label.NOT_SPASM, Label.ARTEFACT, Label.NOT_ANALYSABLE)),
    FLAG_MARK,
    FLAG_MARK,
)
"""By style number; where several marks fall on one place, the symbol of the lowest number stands."""

OPEN_FLAG: Final = 6
JUDGED_FLAG: Final = 7
"""A flag that has a verdict: drawn hollow and without its colour."""

_STYLE_OF: Final = {
    label: number
    for number, mark in enumerate(STYLES[:OPEN_FLAG])
    for label, other in LABEL_MARKS.items()
    if other is mark
}


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one row, in order of their starts; flags that widen each other are nearly so."""

    spans: Spans
    middles: Times  # (n,) recording seconds where the symbol stands
    styles: NDArray[np.uint8]  # (n,) index into STYLES
    keys: tuple[str, ...] = ()  # of candidates in the row of flags, ids of annotations in the others
    longest: float = field(init=False)  # seconds

    def __post_init__(self) -> None:
        lengths = self.spans.stops - self.spans.starts
        object.__setattr__(self, "longest", float(lengths.max()) if len(lengths) else 0.0)

    @classmethod
    def none(cls) -> "Marks":
        """An empty row."""
        return cls(Spans.of(()), np.zeros(0), np.zeros(0, np.uint8))

    def __len__(self) -> int:
        return len(self.keys)

    def seen(self, frame: Frame) -> slice:
        """Marks that may lie in a frame."""
        first = np.searchsorted(self.spans.starts, frame.start - self.longest)
        stop = np.searchsorted(self.spans.starts, frame.start + frame.seconds, side="right")
        return slice(int(first), int(stop))

    def at(self, time: float, *, reach: float) -> int | None:
        """The mark at a second, else the nearest one within ``reach`` seconds; the shortest where several lie there."""
        first = int(np.searchsorted(self.spans.starts, time - self.longest - reach))
        stop = int(np.searchsorted(self.spans.starts, time + reach, side="right"))
        if first >= stop:
            return None
        starts, stops = self.spans.starts[first:stop], self.spans.stops[first:stop]
        away = np.maximum(0.0, np.maximum(starts - time, time - stops))
        best = int(np.lexsort((stops - starts, away))[0])
        return first + best if away[best] <= reach else None

    def symbols(self, frame: Frame, *, room: float) -> list[tuple[float, int]]:
        """Pixel and style of the symbols that fit beside each other, ``room`` pixels each."""
        part = self.seen(frame)
        xs = frame.xs(self.middles[part])
        styles = self.styles[part]
        inside = (xs >= frame.left) & (xs <= frame.left + frame.width)
        xs, styles = xs[inside], styles[inside]
        if not len(xs):
            return []
        order = np.lexsort((xs, styles, ((xs - frame.left) // room).astype(np.int64)))
        xs, styles = xs[order], styles[order]
        places = ((xs - frame.left) // room).astype(np.int64)
        first = np.r_[True, places[1:] != places[:-1]]
        chosen = list(zip(xs[first].tolist(), styles[first].tolist(), strict=True))
        # Two neighbours may stand at a common border; the one to the right gives way.
        kept: list[tuple[float, int]] = []
        for x, style in chosen:
            if kept and x - kept[-1][0] < room * 0.75:
                if style < kept[-1][1]:
                    kept[-1] = (x, style)
                continue
            kept.append((x, style))
        return kept


def flag_marks(candidates: Iterable[Candidate]) -> Marks:
    """The row of the model's flags, in order of their peaks."""
    flags = [each for each in candidates if each.is_flag]
    count = len(flags)
    spans = Spans(
        np.fromiter((each.interval.start for each in flags), np.float64, count),
        np.fromiter((each.interval.stop for each in flags), np.float64, count),
    )
    peaks = np.fromiter((each.peak for each in flags), np.float64, count)
    return Marks(spans, peaks, _flag_styles(flags), tuple(each.key for each in flags))


def judged_anew(before: Marks, candidates: Iterable[Candidate]) -> Marks:
    """The same flags after a verdict on some of them."""
    return replace(before, styles=_flag_styles([each for each in candidates if each.is_flag]))


def _flag_styles(flags: Sequence[Candidate]) -> NDArray[np.uint8]:
    return np.fromiter((OPEN_FLAG if each.own is None else JUDGED_FLAG for each in flags), np.uint8, len(flags))


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row of statements, and what it was made from; a keystroke among 20,000 changes few of them."""

    said: tuple[Annotation, ...] = ()  # in order of time
    marks: Marks = field(default_factory=Marks.none)

    def followed_by(self, said: tuple[Annotation, ...]) -> "StatementRow":
        """The row of other statements; only what lies between the same first and last ones is read anew."""
        least = min(len(said), len(self.said))
        first = next((i for i, same in enumerate(map(is_, said, self.said)) if not same), least)
        backwards = enumerate(map(is_, reversed(said), reversed(self.said)))
        last = next((i for i, same in backwards if not same), least)
        last = min(last, least - first)
        if first == len(said) == len(self.said):
            return self
        head, tail = slice(0, first), slice(len(self.said) - last, None)
        fresh, old = _statement_marks(said[first : len(said) - last]), self.marks
        spans = Spans(
            np.r_[old.spans.starts[head], fresh.spans.starts, old.spans.starts[tail]],
            np.r_[old.spans.stops[head], fresh.spans.stops, old.spans.stops[tail]],
        )
        marks = Marks(
            spans,
            (spans.starts + spans.stops) / 2,
            np.r_[old.styles[head], fresh.styles, old.styles[tail]],
            (*old.keys[head], *fresh.keys, *old.keys[tail]),
        )
        return StatementRow(said, marks)


def _statement_marks(said: Sequence[Annotation]) -> Marks:
    spans = Spans.of([each.interval for each in said])
    styles = np.array([_STYLE_OF[each.label] for each in said], np.uint8)
    return Marks(spans, (spans.starts + spans.stops) / 2, styles, tuple(each.annotation_id for each in said))


def judged_by(annotation_id: str, candidates: Iterable[Candidate]) -> str:
    """The key of the candidate that a statement judges; empty where it judges none, as another one counts more."""
    for each in candidates if annotation_id else ():
        if any(said.annotation_id == annotation_id for said in (each.own, *each.others) if said is not None):
            return each.key
    return ""


def selected_spans(candidates: Sequence[Candidate]) -> Spans:
    """Where the selected candidates lie, with the reviewer's own edges where there are any."""
    return Spans.of([each.own.interval if each.own and not each.is_flag else each.interval for each in candidates])


def mark_of(style: int) -> Mark:
    """How a style is drawn."""
    return STYLES[style]
