"""The sentences of a page or picture in its reader's language; a door that knows it brings the translations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Translations by the English text, which stands in the code; what has none stays English."""

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, text: str, /, **values: object) -> str:
        """A text in the reader's language, with values in its places.

        Args:
            text: English, as in the code.
            values: for the places in braces.
        """
        found = self.texts.get(text, text)
        return found.format(**values) if values else found

    def weekday(self, moment: datetime) -> str:
        """The day of the week in short; the system's own language does not matter."""
        return self(WEEKDAYS[moment.weekday()])

    def month(self, moment: datetime) -> str:
        """The month in short."""
        return self(MONTHS[moment.month - 1])


ENGLISH = Phrases()


def counted(count: int, things: str, *, one: str = "") -> str:
    """A number with its English noun: 0 patients, 1 patient, 2 patients.

    Args:
        count: How many.
        things: The noun for many.
        one: The noun for one, where more than the last s falls away: stretch of stretches.
    """
    return f"1 {one or things.removesuffix('s')}" if count == 1 else f"{count} {things}"
