"""A figure as the bytes of a file: as lines (SVG) and as pixels (PNG), the same bytes for the same figure."""

from io import BytesIO

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from reviewer_app.domain.notice import RESEARCH_NOTICE

DOTS = 160
"""Pixels an inch of a PNG, and of what lies as pixels within an SVG."""

_SALT = "spasm-reviewer"
"""Names of parts within an SVG follow from this and from what they are, not from chance."""


def blank(width: float, height: float) -> Figure:
    """An empty figure of so many inches, with a canvas of its own: no global state, so any thread may draw."""
    figure = Figure(figsize=(width, height), dpi=DOTS)
    FigureCanvasAgg(figure)
    return figure


def svg_bytes(figure: Figure) -> bytes:
    """The figure as SVG, with letters as outlines, so that it looks the same wherever it is opened; without a date.

    The names of its parts can be set for all of matplotlib only, so one thread at a time writes SVG.
    """
    written = BytesIO()
    with mpl.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        metadata = {"Date": None, "Creator": None, "Description": RESEARCH_NOTICE}
        figure.savefig(written, format="svg", metadata=metadata)
    return written.getvalue()


def png_bytes(figure: Figure) -> bytes:
    """The figure as PNG."""
    written = BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None, "Description": RESEARCH_NOTICE})
    return written.getvalue()


def sign(figure: Figure) -> None:
    """Writes below a figure what stands wherever a score is shown: figures are copied out of their reports."""
    figure.text(
        0.5, 0.08 / figure.get_figheight(), RESEARCH_NOTICE, ha="center", va="bottom", fontsize=8, fontweight="bold"
    )
