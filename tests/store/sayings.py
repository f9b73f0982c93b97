"""What raters say in the tests of the store, in one line each."""

import dataclasses
from collections.abc import Sequence
from uuid import uuid4

from hypothesis import strategies as st

from reviewer_app.domain.annotation import (
    Action,
    Alteration,
    Arousal,
    Form,
    Label,
    Matter,
    Rater,
    Semiology,
    Side,
    Span,
    Statement,
)
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.said import Said
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


def said_of_all_kinds(*, note: str = "", with_names: bool = False, with_notes: bool = False) -> Said:
    """Two raters, every label, and time of every matter."""
    anna, ben = Rater(1, "Anna"), Rater(2, "Ben")
    labels = Labels.of(
        [
            action(anna, *(made(statement(20 * i, label=label, note=note)) for i, label in enumerate(Label))),
            action(ben, made(statement(100, said=Semiology(Form.FLEXOR, Side.LEFT, Arousal.ASLEEP, cry=False)))),
            action(anna, covered(0, 60), covered(80, 120, played=True), covered(0, 50, matter=Matter.FINALISED)),
            action(ben, covered(10, 20), covered(70, 75, matter=Matter.REFUSED)),
        ]
    )
    return Said(examples.night(), labels, (anna, ben), "d" * 64, with_names=with_names, with_notes=with_notes)


def as_told(said: Said, *, digits: int | None = None) -> list[tuple[str, Statement, str]]:
    """What a reader of an export shall find, with times of so many digits."""
    told = []
    for each in said.labels.annotations:
        span = each.interval
        if digits is not None:
            start = round(span.start, digits)
            span = Interval(start, round(start + round(span.seconds, digits), digits))
        told.append((each.rater.name, dataclasses.replace(each.statement, interval=span), each.made_at))
    return told


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["n/a", "=1", "'", "\\n", "\r\n"]
)
STATEMENTS = st.builds(
    Statement,
    st.builds(lambda start, seconds: Interval(start, start + seconds), st.floats(0, 120), st.floats(0, 9)),
    st.sampled_from(Label),
    st.builds(
        Semiology,
        st.none() | st.sampled_from(Form),
        st.none() | st.sampled_from(Side),
        st.none() | st.sampled_from(Arousal),
        st.none() | st.booleans(),
    ),
    TEXTS,
)
SAID = st.builds(
    lambda statements, name: Said(
        examples.night(),
        Labels.of([action(Rater(1, name), *(made(each) for each in statements))]),
        (Rater(1, name),),
        "d" * 64,
        with_names=True,
        with_notes=True,
    ),
    st.lists(STATEMENTS, max_size=4),
    TEXTS,
)
"""What one rater of any name said in any words, with everything allowed to go out."""
