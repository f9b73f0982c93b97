"""What raters said of a recording, as it may leave the library."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer_app.domain.annotation import Matter, Rater
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval

SPANS = (Matter.REVIEWED, Matter.FINALISED, Matter.REFUSED)


@dataclass(frozen=True, slots=True)
class Said:
    """All that stands of what raters said of a recording, and how much of it a person lets go out."""

    recording: Recording
    labels: Labels
    raters: tuple[Rater, ...]  # those whose words are in it, and perhaps more
    head: str  # of the recording's ledger: says of which state this is all
    with_names: bool = False  # raters by their names rather than by numbers
    with_notes: bool = False  # with free notes, in which people write anything

    def name_of(self, rater: Rater) -> str:
        """How a rater is told."""
        return rater.name if self.with_names else f"rater {rater.rater_id}"

    def note_of(self, note: str) -> str:
        """A note, if notes may go out."""
        return note if self.with_notes else ""

    def spans(self) -> Iterator[tuple[Rater, Matter, Interval]]:
        """The time that each rater reviewed, finalised or, as a suggestion, refused."""
        told = (self.labels.reviewed_by, self.labels.finalised_by, self.labels.refused_by)
        for rater in self.raters:
            for matter, by in zip(SPANS, told, strict=True):
                for interval in by(rater.rater_id):
                    yield rater, matter, interval
