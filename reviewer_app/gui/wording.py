"""From what a reviewer does to what the ledger keeps: the alterations of one keystroke."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from reviewer_app.domain.annotation import Alteration, Annotation, Label, Matter, Semiology, Span, Statement
from reviewer_app.domain.triage import Candidate
from reviewer_app.domain.window import Interval


def new_key() -> str:
    """A name that no other thing in any library has."""
    return uuid4().hex


def stated(statement: Statement) -> Alteration:
    """A new annotation."""
    return Alteration(Matter.ANNOTATION, new_key(), None, statement)


def restated(annotation: Annotation, statement: Statement) -> Alteration:
    """An annotation that says something else from now on."""
    return Alteration(Matter.ANNOTATION, annotation.annotation_id, annotation.statement, statement)


def retracted(annotation: Annotation) -> Alteration:
    """An annotation that stands no longer."""
    return Alteration(Matter.ANNOTATION, annotation.annotation_id, annotation.statement, None)


def judged(candidates: Iterable[Candidate], label: Label) -> tuple[Alteration, ...]:
    """A verdict on each candidate; one that says nothing new is left out.

    What else was said of a candidate (semiology, note) stays. A long statement of the reviewer that covers several
    flags is not changed by a verdict on one of them: the flag gets its own.
    """
    alterations = []
    for candidate in candidates:
        own = candidate.own
        if own is None or (candidate.is_flag and own.interval.seconds > 2 * max(candidate.interval.seconds, 5.0)):
            alterations.append(stated(Statement(candidate.named(label), label)))
        elif own.label is not label:
            # Edges that somebody set by hand stay where they are.
            is_untouched = own.interval == candidate.named(own.label)
            interval = candidate.named(label) if is_untouched else own.interval
            alterations.append(restated(own, replace(own.statement, label=label, interval=interval)))
    return tuple(alterations)


def described(
    annotations: Iterable[Annotation], *, semiology: Semiology | None = None, note: str | None = None
) -> tuple[Alteration, ...]:
    """Semiology or a note for annotations; what says nothing new is left out."""
    alterations = []
    for annotation in annotations:
        old = annotation.statement
        new = replace(
            old,
            semiology=old.semiology if semiology is None else semiology,
            note=old.note if note is None else note,
        )
        if new != old:
            alterations.append(restated(annotation, new))
    return tuple(alterations)


def spans(matter: Matter, intervals: Iterable[Interval], *, played: bool = False) -> tuple[Alteration, ...]:
    """Time that was reviewed, finalised or refused."""
    return tuple(Alteration(matter, new_key(), None, Span(interval, played)) for interval in intervals)
