"""A document as a PDF: pages with tables and figures, the notice at the foot of each, and no names in its metadata."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, VAlign, XPos, YPos
from fpdf.fonts import FontFace

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.document import Block, Document, Illustration, Paragraph, Rows

_FONT = "DejaVu"
"""Comes with matplotlib and has every sign that the reports use; the fonts that PDF readers bring know Latin-1 only."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for "not said": a report made again from the same study has the same bytes."""

_SIZE = 9.5
_INCH = 16.0
"""Millimetres on paper of an inch of a figure: letters of 9 points are then as high as those of the tables."""

_LINE = 4.8  # millimetres
_BLUE = (0, 114, 178)
_SHADE = (238, 242, 246)


class _Paper(FPDF):
    """A4 sheets with the notice and their number at the foot."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FONT, "B", 8)
        self.cell(0, 5, RESEARCH_NOTICE, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font(_FONT, "", 8)
        self.cell(0, 4, f"page {self.page_no()} of {{nb}}", align="C")


@cache
def _font_folder() -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def write_pdf(path: Path, document: Document) -> None:
    """Writes the document as a PDF.

    Raises:
        RequestError: it cannot be written.
    """
    paper = _Paper(format="A4")
    paper.set_margins(16, 16, 16)
    paper.set_auto_page_break(auto=True, margin=18)
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        paper.add_font(_FONT, style, _font_folder() / file)
    paper.set_title(document.title)
    paper.set_subject(RESEARCH_NOTICE)
    paper.set_producer("spasm-reviewer")
    paper.set_creation_date(_EPOCH)
    paper.set_lang("en")
    paper.add_page()
    paper.set_font(_FONT, "B", 17)
    _words(paper, document.title, line=8)
    paper.set_font(_FONT, "B", _SIZE)
    _words(paper, f"{RESEARCH_NOTICE} {document.notice}".strip())
    for number, section in enumerate(document.sections, start=1):
        _heading(paper, f"{number}. {section.title}")
        for block in section.blocks:
            _block(paper, block)
    try:
        path.write_bytes(bytes(paper.output()))
    except OSError as error:
        raise RequestError(f"{path} cannot be written: {error.strerror}.") from error


def _words(paper: FPDF, text: str, *, line: float = _LINE) -> None:
    paper.multi_cell(0, line, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _heading(paper: FPDF, text: str) -> None:
    if paper.will_page_break(40):  # a heading alone at the foot of a page leads nowhere
        paper.add_page()
    paper.ln(4)
    paper.start_section(text)
    paper.set_font(_FONT, "B", 13)
    paper.set_text_color(*_BLUE)
    _words(paper, text, line=7)
    paper.set_text_color(0, 0, 0)


def _block(paper: FPDF, block: Block) -> None:
    if isinstance(block, Paragraph):
        paper.set_font(_FONT, "B" if block.strong else "", _SIZE)
        _words(paper, block.text)
        paper.ln(1.5)
    elif isinstance(block, Rows):
        _table(paper, block)
    else:
        _figure(paper, block)


def _table(paper: FPDF, rows: Rows) -> None:
    if rows.title:
        if paper.will_page_break(25):
            paper.add_page()
        paper.set_font(_FONT, "B", _SIZE)
        _words(paper, rows.title)
    paper.set_font(_FONT, "", 8 if len(rows.head) < 8 else 6.8)
    paper.set_draw_color(190, 190, 190)
    named = any(rows.head)
    with paper.table(
        col_widths=rows.widths or None,
        line_height=4.2,
        text_align="LEFT",
        v_align=VAlign.T,
        first_row_as_headings=named,
        headings_style=FontFace(emphasis="BOLD", fill_color=_SHADE),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        padding=(0.6, 1.5, 0.6, 0.6),
    ) as table:
        for cells in (rows.head, *rows.rows) if named else rows.rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.ln(2.5)


def _figure(paper: FPDF, shown: Illustration) -> None:
    """As large as its letters ask for, at most as the page."""
    room = paper.h - paper.t_margin - 18 - 14
    scale = min(_INCH, paper.epw / shown.width, room / shown.height)
    width, height = shown.width * scale, shown.height * scale
    if paper.will_page_break(height + 14):
        paper.add_page()
    left = paper.l_margin + (paper.epw - width) / 2
    paper.image(BytesIO(shown.png), x=left, w=width, h=height, alt_text=shown.text)
    paper.set_font(_FONT, "", 8)
    _words(paper, shown.text, line=4.2)
    paper.ln(2)
