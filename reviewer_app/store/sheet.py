"""What all exported tables share: where a second lies, and cells that no spreadsheet takes for a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewer_app.domain.event import Cluster, Event
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.recording import Recording
from reviewer_app.errors import StoreError

_RISKY = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']")
"""How a text begins that a spreadsheet may run, in ASCII or in full width; and the sign that guards against it."""


def guarded(text: str) -> str:
    """A person's text for a cell: a spreadsheet shows it and never runs it (OWASP, "CSV injection").

    An apostrophe stands before texts that could be taken for a formula, and before those that begin with one: so
    taking one apostrophe away from the beginning always gives the text as it was.
    """
    return f"'{text}" if _RISKY.match(text) else text


def place_in_files(recording: Recording, time: float) -> tuple[str, str]:
    """The number of the file shown at a recording second, from 1, and that file's own second; empty in a gap."""
    segment = recording.segment_at(time)
    if segment is None:
        return "", ""
    return str(recording.segments.index(segment) + 1), f"{segment.media_time(time):.3f}"


def clock_text(recording: Recording, time: float) -> str:
    """The wall clock at a recording second, ISO 8601 with its offset."""
    return recording.clock(time).isoformat(timespec="milliseconds")


def numbered(clusters: Sequence[Cluster]) -> Iterable[tuple[int, Event]]:
    """All events, each with the number of its cluster."""
    for number, cluster in enumerate(clusters, start=1):
        for event in cluster.events:
            yield number, event


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, remarks: Sequence[str] = ()) -> None:
    """Writes a table under the notice and remarks, each in a line of its own that begins with ``#``.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        # Half a surrogate pair, which a file cannot hold, becomes a question mark.
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            file.writelines(f"# {line}\n" for line in (RESEARCH_NOTICE, *remarks))
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error


def write_text(path: Path, text: str) -> None:
    """Writes a text file.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
