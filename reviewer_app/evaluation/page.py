"""What every page for the file is made of: its look, its tables, its words for time."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.night import spacing
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import ENGLISH, Phrases
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.errors import RequestError

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #111; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .3rem .8rem; border: 1px solid #bbb; }
th { background: #eef2f6; text-align: left; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; } img.wide { width: 100%; }
.notice { border-left: .4rem solid #0072b2; padding: .4rem 1rem; background: #eef6fb; }
"""


def write_page(path: Path, title: str, parts: Sequence[str], *, notice: str = "", say: Phrases = ENGLISH) -> None:
    """Writes a page as HTML that reaches for nothing outside its folder.

    Args:
        path: the file.
        title: plain text.
        parts: HTML of the body, below the title and the notices.
        notice: what a bundle says of itself; plain text.
        say: the reader's language; title and parts are in it already.

    Raises:
        RequestError: the page cannot be written.
    """
    page = (
        f"<!doctype html><html lang='{say.language}'><head><meta charset='utf-8'>"
        # Whatever a name or a note holds: no script runs, nothing is fetched.
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p class='notice'><strong>{escape(say(RESEARCH_NOTICE))}</strong> {escape(notice)}</p>"
        f"{''.join(parts)}</body></html>\n"
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise RequestError(f"{path} cannot be written: {error.strerror}.") from error


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows of plain text; without a heading where all its cells are empty."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head) if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>" if top else f"<table>{body}</table>"


def embedded(png: bytes, text: str, *, wide: bool = False) -> str:
    """A picture within the page itself, so that the page can be filed alone.

    Args:
        png: the picture.
        text: what it shows, for those who cannot see it.
        wide: whether it goes over the whole screen; on paper, over its width.
    """
    data = b64encode(png).decode("ascii")
    # The width is for Qt, which prints the page and knows it from the attribute only.
    kind = " class='wide'" if wide else ""
    width = 620 if wide else 380
    return f"<p><img{kind} width='{width}' src='data:image/png;base64,{data}' alt='{escape(text)}'></p>"


def length(seconds: float) -> str:
    """A duration in hours, minutes and seconds; a line does not break between a number and its unit."""
    whole = round(seconds)
    return f"{whole // 3600}\u00a0h {whole // 60 % 60:02}\u00a0min {whole % 60:02}\u00a0s"


def clock(recording: Recording, time: float, *, say: Phrases = ENGLISH) -> str:
    """The day and the clock's time at a recording second."""
    local = recording.clock(time)
    return f"{local:%d} {say.month(local)} {local:%H:%M:%S}"


def spans(recording: Recording, intervals: Sequence[Interval], *, say: Phrases = ENGLISH) -> str:
    """Stretches by the clock, with their lengths."""
    return "; ".join(span(recording, each, say=say) for each in intervals) or say("none")


def span(recording: Recording, interval: Interval, *, say: Phrases = ENGLISH) -> str:
    """A stretch by the clock, with its length."""
    return say(
        "{start} to {stop} ({seconds} s)",
        start=clock(recording, interval.start, say=say),
        stop=clock(recording, interval.stop, say=say),
        seconds=f"{interval.seconds:.1f}",
    )


def spacing_words(cluster: Cluster, *, alone: str) -> str:
    """How a cluster's events follow each other, under ``SPACING_HEAD``; other words where there is only one."""
    found = spacing(cluster)
    return f"{found.median:.1f}, {found.least:.1f}, {found.most:.1f}" if found else alone


SPACING_HEAD = "spacing in s: median, least, most"
