"""One colour and one shape for each label and state, which colour-blind eyes tell apart (Okabe and Ito 2008)."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor

from reviewer_app.domain.annotation import Label


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of thing is drawn; the symbol alone tells it too."""

    colour: str  # "#rrggbb", readable on dark and on light
    symbol: str  # pyqtgraph's name of the shape
    glyph: str  # the same shape as a character, for lists and buttons

    @property
    def qcolor(self) -> QColor:
        """The colour for a painter."""
        return QColor(self.colour)


LABEL_MARKS: Final = {
    Label.SPASM: Mark("#d55e00", "t1", "▲"),  # vermillion, upright triangle
    Label.NOT_SPASM: Mark("#0072b2", "o", "●"),  # blue, disc
    Label.UNSURE: Mark("#e69f00", "d", "◆"),  # orange, diamond
    Label.OTHER_SEIZURE: Mark("#cc79a7", "star", "★"),  # purple, star
    Label.ARTEFACT: Mark("#56b4e9", "s", "■"),  # sky blue, square
    Label.NOT_ANALYSABLE: Mark("#8c8c8c", "x", "✕"),  # grey, cross
}

FLAG_MARK: Final = Mark("#009e73", "t", "▽")  # green, hanging triangle: the model's, not yet judged
TRACE_COLOUR: Final = "#009e73"
ADAPTED_COLOUR: Final = "#cc79a7"  # purple; drawn as a line without a body, too
PLAYHEAD_COLOUR: Final = "#f0e442"
REVIEWED_COLOUR: Final = "#56b4e9"
GAP_COLOUR: Final = "#6e6e6e"
UNDECODABLE_COLOUR: Final = "#a0522d"
NIGHT_COLOUR: Final = "#1d2b53"
POINT_COLOUR: Final = "#e69f00"
