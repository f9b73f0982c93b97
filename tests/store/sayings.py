"""What raters say in the tests of the store, in one line each."""

from collections.abc import Sequence
from uuid import uuid4

from reviewer_app.domain.annotation import Action, Alteration, Label, Matter, Rater, Semiology, Span, Statement
from reviewer_app.domain.window import Interval
from reviewer_app.store import ledger, raters, recordings
from reviewer_app.store.library import Library
from tests.store import examples

WHEN = "2026-05-01T22:00:00+00:00"


def statement(
    start: float,
    stop: float | None = None,
    *,
    label: Label = Label.SPASM,
    note: str = "",
    said: Semiology | None = None,
) -> Statement:
    return Statement(Interval(start, start + 2 if stop is None else stop), label, said or Semiology(), note)


def made(new: Statement, *, key: str = "") -> Alteration:
    return Alteration(Matter.ANNOTATION, key or uuid4().hex, None, new)


def changed(alteration: Alteration, new: Statement | None) -> Alteration:
    """The next change of the same thing."""
    return Alteration(alteration.matter, alteration.key, alteration.new, new)


def covered(start: float, stop: float, *, matter: Matter = Matter.REVIEWED, played: bool = False) -> Alteration:
    return Alteration(matter, uuid4().hex, None, Span(Interval(start, stop), played))


def action(rater: Rater, *alterations: Alteration, when: str = WHEN) -> Action:
    return Action(uuid4().hex, rater, alterations, when)


def begun(library: Library, *names: str) -> tuple[int, Sequence[Rater]]:
    """A night in the library, and raters with these names."""
    return recordings.add(library, examples.night()), [raters.add(library, name) for name in names]


def told(library: Library, number: int, rater: Rater, *alterations: Alteration) -> Action:
    """An action that was kept."""
    return ledger.append(library, number, action(rater, *alterations))
