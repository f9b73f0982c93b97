"""A report apart from how it is written down: sections of paragraphs, tables and figures, as one HTML page or a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from reviewer_app.evaluation.picture import png_bytes, svg_bytes


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    strong: bool = False  # nobody should read past it


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; every cell is plain text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    widths: tuple[float, ...] = ()  # of the columns, as parts of the whole; none: all alike

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"rows of {self.title!r} that are not as long as the heading {self.head}")


@dataclass(frozen=True, slots=True)
class Illustration:
    """A figure as it is written into files; drawn once, since drawing takes longest."""

    name: str  # of its files
    text: str  # what it shows, for those who cannot see it
    svg: bytes
    png: bytes
    width: float  # inches
    height: float


def illustration(name: str, text: str, figure: Figure) -> Illustration:
    """Draws a figure as lines and as pixels."""
    width, height = figure.get_size_inches()
    return Illustration(name, text, svg_bytes(figure), png_bytes(figure), float(width), float(height))


Block = Paragraph | Rows | Illustration


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    notice: str  # what the bundle says of itself, beside the notice that stands in every report
    sections: tuple[Section, ...]

    @property
    def illustrations(self) -> tuple[Illustration, ...]:
        """Its figures, in order."""
        return tuple(each for section in self.sections for each in section.blocks if isinstance(each, Illustration))


def facts(pairs: Sequence[tuple[str, str]], *, title: str = "") -> Rows:
    """A table of names and what they are."""
    return Rows(("", ""), tuple(pairs), title, widths=(1, 2))
