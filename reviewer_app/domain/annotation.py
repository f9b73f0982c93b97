"""What raters say about a recording: statements, the ledger that keeps every change of them, and who said so.

Nothing here is ever overwritten. Each keystroke appends entries to the recording's ledger; the labels on show, the
reviewed spans and what can be undone are all computed from the entries alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from reviewer_app.domain.window import Interval


class Label(StrEnum):
    """What a rater calls an interval."""

    SPASM = "spasm"
    NOT_SPASM = "not_spasm"
    UNSURE = "unsure"
    OTHER_SEIZURE = "other_seizure"
    ARTEFACT = "artefact"
    NOT_ANALYSABLE = "not_analysable"


class Form(StrEnum):
    """How the body moves in a spasm."""

    FLEXOR = "flexor"
    EXTENSOR = "extensor"
    MIXED = "mixed"
    SUBTLE = "subtle"


class Side(StrEnum):
    """Whether both sides of the infant move alike, or which one moves more; the infant's own left and right."""

    SYMMETRIC = "symmetric"
    LEFT = "left"
    RIGHT = "right"


class Arousal(StrEnum):
    """The infant's state when it happens."""

    AWAKE = "awake"
    ASLEEP = "asleep"
    ON_WAKING = "on_waking"


@dataclass(frozen=True, slots=True)
class Semiology:
    """What an event looked like, as far as the rater said; None where nothing was said."""

    form: Form | None = None
    side: Side | None = None
    arousal: Arousal | None = None
    cry: bool | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One rater's words about one interval."""

    interval: Interval
    label: Label
    semiology: Semiology = Semiology()
    note: str = ""  # free text, plain


@dataclass(frozen=True, slots=True)
class Rater:
    """An identity on annotations."""

    rater_id: int
    name: str  # as the person wrote it; stays in the library


@dataclass(frozen=True, slots=True)
class Annotation:
    """A statement that stands now: neither superseded nor retracted."""

    annotation_id: str  # hex uuid, kept through all changes of the statement
    rater: Rater
    statement: Statement
    made_at: str  # ISO 8601, UTC: of the entry that gave it its present form; to be read, never to order by

    @property
    def interval(self) -> Interval:
        """Where it lies."""
        return self.statement.interval

    @property
    def label(self) -> Label:
        """What it says."""
        return self.statement.label


class Matter(StrEnum):
    """What a ledger's alteration is about."""

    ANNOTATION = "annotation"  # its values are statements
    REVIEWED = "reviewed"  # an interval that the rater really played, or marked as looked at
    FINALISED = "finalised"  # a reviewed interval that may train
    REFUSED = "refused"  # a suggestion "not analysable" that the rater does not share


@dataclass(frozen=True, slots=True)
class Span:
    """The value of an alteration that is about time alone."""

    interval: Interval
    played: bool = False  # really played, rather than marked by hand


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that changes: from nothing (made), to nothing (retracted), or from one value to another."""

    matter: Matter
    key: str  # hex uuid of the thing, kept through all its changes
    old: Statement | Span | None
    new: Statement | Span | None

    def __post_init__(self) -> None:
        if self.old is None and self.new is None:
            raise ValueError("an alteration needs an old or a new value")
        kind = Statement if self.matter is Matter.ANNOTATION else Span
        if not all(isinstance(value, kind | None) for value in (self.old, self.new)):
            raise ValueError(f"an alteration about {self.matter.value} has a value of another kind")


@dataclass(frozen=True, slots=True)
class Action:
    """What one keystroke changed: all of it is kept, or nothing; undone and redone as one."""

    action_id: str  # hex uuid; writing the same action twice keeps it once
    rater: Rater
    alterations: tuple[Alteration, ...]
    made_at: str  # ISO 8601, UTC; to be read, never to order by
    reverses: str = ""  # the id of the action that this one takes back; empty for an ordinary one
    digest: str = ""  # hash over this action and the one before it in the ledger; empty until it is stored
