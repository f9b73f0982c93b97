"""A document as one HTML page that holds its own pictures and reaches for nothing outside itself."""

from base64 import b64encode
from html import escape
from pathlib import Path

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.evaluation.document import Block, Document, Paragraph, Rows
from reviewer_app.evaluation.page import table, write_page

_PRINT = (
    "<style>h2 { border-top: 2px solid #0072b2; padding-top: .6rem; margin-top: 2.2rem; } "
    "table { font-size: .92em; } .scroll { overflow-x: auto; } caption { text-align: left; font-weight: bold; } "
    "figure { margin: 1.2rem 0; } figcaption { color: #444; font-size: .92em; } .running { display: none; } "
    "nav li { display: inline-block; margin-right: 1.2rem; } nav ul { padding: 0; } "
    "@media print { .running { display: block; position: fixed; bottom: 0; left: 0; right: 0; text-align: center; "
    "font-size: 9pt; background: #fff; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }</style>"
)


def write_html(path: Path, document: Document) -> None:
    """Writes the page; on paper the notice stands at the foot of every sheet.

    Raises:
        RequestError: it cannot be written.
    """
    links = "".join(
        f"<li><a href='#s{number}'>{escape(section.title)}</a></li>"
        for number, section in enumerate(document.sections, start=1)
    )
    parts = [_PRINT, f"<div class='running'>{escape(RESEARCH_NOTICE)}</div><nav><ul>{links}</ul></nav>"]
    for number, section in enumerate(document.sections, start=1):
        parts.append(f"<h2 id='s{number}'>{number}. {escape(section.title)}</h2>")
        parts += [_block(each) for each in section.blocks]
    parts.append(f"<p class='notice'><strong>{escape(RESEARCH_NOTICE)}</strong></p>")
    write_page(path, document.title, parts, notice=document.notice)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        inner = escape(block.text)
        return f"<p><strong>{inner}</strong></p>" if block.strong else f"<p>{inner}</p>"
    if isinstance(block, Rows):
        heading = f"<h3>{escape(block.title)}</h3>" if block.title else ""
        return f"{heading}<div class='scroll'>{table(block.head, block.rows)}</div>"
    data, text = b64encode(block.svg).decode("ascii"), escape(block.text)
    # As an image rather than inline: two figures' names of parts cannot meet, and no script could run.
    image = f"<img id='{escape(block.name)}' src='data:image/svg+xml;base64,{data}' alt='{text}'>"
    return f"<figure>{image}<figcaption>{text}</figcaption></figure>"
