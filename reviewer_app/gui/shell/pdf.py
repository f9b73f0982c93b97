"""A page for the file on paper: the same HTML, printed as PDF without a printer or a screen."""

import re
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument

from reviewer_app.errors import RequestError

# In place of the screen's, which speaks of widths and units that paper does not have.
_SHEET = """
body { font-family: sans-serif; font-size: 9pt; } h1 { font-size: 16pt; } h2 { font-size: 12pt; }
table { border-collapse: collapse; } td, th { padding: 3px 6px; border: 0.5px solid #999999; }
th { background-color: #eef2f6; text-align: left; } .notice { background-color: #eef6fb; }
"""
_SCREEN_SHEET = re.compile(r"<style>.*?</style>", re.DOTALL)


def print_page(html: Path, pdf: Path) -> None:
    """Prints a page of the reports as PDF on A4.

    Raises:
        RequestError: the page cannot be read or the PDF not be written.
    """
    try:
        text = html.read_text(encoding="utf-8")
        # Qt tells only that it failed, and that late.
        pdf.open("wb").close()
    except OSError as error:
        raise RequestError(f"{pdf} cannot be written: {error.strerror}.") from error
    writer = QPdfWriter(str(pdf))
    # Qt leaves 2 cm around what it prints, so the sheet itself needs no margin.
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setResolution(300)
    writer.setTitle("Spasm Reviewer")
    writer.setCreator("Spasm Reviewer")
    page = QTextDocument()
    page.setDefaultStyleSheet(_SHEET)
    page.setHtml(_SCREEN_SHEET.sub("", text, count=1))
    page.print_(writer)
