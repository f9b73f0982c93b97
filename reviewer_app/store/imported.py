"""Labels from files: our own tables and BIDS events become statements and time of one rater again."""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from reviewer_app.domain.annotation import (
    Action,
    Alteration,
    Arousal,
    Form,
    Label,
    Matter,
    Rater,
    Semiology,
    Side,
    Span,
    Statement,
)
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.errors import StoreError

SLACK = 1.0
"""Seconds by which a label may end behind the recording: tables are rounded, and players disagree on the last frame."""

_SPAN_WORDS = {"reviewed": Matter.REVIEWED, "finalised": Matter.FINALISED, "refused": Matter.REFUSED}
_SPAN_WORDS |= {"suggestion_refused": Matter.REFUSED}
_ANNOTATION = "annotation"
_TOLD = {_ANNOTATION, *_SPAN_WORDS, *(label.value for label in Label)}  # other programs name the label itself
_SIGNS = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What one rater says in a file."""

    statements: tuple[Statement, ...]
    spans: tuple[tuple[Matter, Interval], ...]
    passed_over: int  # rows that are nobody's statement: a model's events, gaps


@dataclass(frozen=True, slots=True)
class _Said:
    rater: str
    what: Statement | tuple[Matter, Interval]


def read_labels(path: Path, recording: Recording, *, said_by: str = "") -> Imported:
    """What a rater says in our own table of annotations (CSV) or in BIDS events (TSV).

    BIDS events of other programs count where their ``trial_type`` is one of our labels, such as ``spasm``.

    Args:
        path: The file.
        recording: Whose labels these are; nothing may lie outside it.
        said_by: Which rater, where the file holds the words of several.

    Raises:
        StoreError: the file cannot be read, a row makes no sense, or it is not said whose words are wanted.
    """
    text = _text_of(path)
    while text.startswith("# "):  # our notice, and what else stands above the table
        text = text.partition("\n")[2]
    header, table = text.partition("\n")[0], io.StringIO(text, newline="")
    if "onset" in header.strip().split("\t"):
        rows, read = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE), _bids
    elif "start_s" in header:
        rows, read = csv.DictReader(table, delimiter=";" if ";" in header else ","), _own
    else:
        raise StoreError(
            f"{path.name} holds no labels: it needs the columns of our own table (start_s, stop_s, label) or of BIDS "
            "events (onset, duration, trial_type)."
        )
    told: list[_Said] = []
    passed_over = 0
    for number, row in enumerate(rows, start=1):
        try:
            said = read({name: value or "" for name, value in row.items() if isinstance(name, str)}, recording)
        except (ValueError, KeyError) as error:
            raise StoreError(
                f"Row {number} of {path.name} cannot be understood ({error}); nothing was taken."
            ) from error
        if said is None:
            passed_over += 1
        else:
            told.append(said)
    return _of_one(told, said_by, passed_over, path)


def action_for(imported: Imported, labels: Labels, rater: Rater) -> Action | None:
    """One action that makes all of it the rater's words, apart from what stands already; None where nothing is new."""
    standing = {each.statement for each in labels.annotations if each.rater.rater_id == rater.rater_id}
    new = [each for each in dict.fromkeys(imported.statements) if each not in standing]
    alterations = [Alteration(Matter.ANNOTATION, uuid4().hex, None, each) for each in new]
    known = {
        Matter.REVIEWED: labels.reviewed_by(rater.rater_id),
        Matter.FINALISED: labels.finalised_by(rater.rater_id),
        Matter.REFUSED: labels.refused_by(rater.rater_id),
    }
    for matter, interval in dict.fromkeys(imported.spans):
        if subtract((interval,), known[matter]):
            alterations.append(Alteration(matter, uuid4().hex, None, Span(interval)))
    if not alterations:
        return None
    return Action(uuid4().hex, rater, tuple(alterations), datetime.now(UTC).isoformat())


def _text_of(path: Path) -> str:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:  # line breaks within notes stay as they are
            return file.read()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path.name} is no text in UTF-8; save it as such.") from error


def _of_one(told: Sequence[_Said], said_by: str, passed_over: int, path: Path) -> Imported:
    names = sorted({each.rater for each in told})
    if len(names) > 1 and not said_by:
        raise StoreError(f"{path.name} holds the words of {', '.join(names)}: say whose are wanted.")
    if said_by and said_by not in names:
        raise StoreError(f"{path.name} holds no words of {said_by}; it has those of {', '.join(names) or 'nobody'}.")
    own = [each.what for each in told if each.rater == said_by or not said_by]
    return Imported(
        tuple(each for each in own if isinstance(each, Statement)),
        tuple(each for each in own if not isinstance(each, Statement)),
        passed_over,
    )


def _own(row: _Row, recording: Recording) -> _Said | None:
    interval = _inside(float(row["start_s"]), float(row["stop_s"]), recording)
    rater, kind = row.get("rater", "").removeprefix("'"), row.get("kind", _ANNOTATION)
    if kind in _SPAN_WORDS:
        return _Said(rater, (_SPAN_WORDS[kind], interval))
    note = row.get("note", "").removeprefix("'")
    return _Said(rater, Statement(interval, Label(row["label"]), _semiology(row), note))


def _bids(row: _Row, recording: Recording) -> _Said | None:
    row = {name: "" if value == "n/a" else value for name, value in row.items()}
    kind, rater = row["trial_type"], _plain(row.get("rater", ""))
    # What our program suggests bears a label's name, and nobody said it.
    suggested = kind == Label.NOT_ANALYSABLE and row.get("reason")
    if suggested or kind not in _TOLD:
        return None
    start = float(row["onset"])
    interval = _inside(start, round(start + float(row["duration"] or 0), 6), recording)
    if kind in _SPAN_WORDS:
        return _Said(rater, (_SPAN_WORDS[kind], interval))
    label = Label(row["label"] if kind == _ANNOTATION else kind)
    return _Said(rater, Statement(interval, label, _semiology(row), _plain(row.get("note", ""))))


def _inside(start: float, stop: float, recording: Recording) -> Interval:
    end = recording.seconds
    if not (math.isfinite(start) and 0 <= start <= stop <= end + SLACK):
        raise ValueError(f"{start:g} s to {stop:g} s is not within the recording's {end:.1f} s")
    return Interval(min(start, end), min(stop, end))


def _semiology(row: _Row) -> Semiology:
    def said(kind: Any, name: str) -> Any:
        return kind(row[name]) if row.get(name) else None

    cry = {"": None, "yes": True, "no": False}[row.get("cry", "")]
    return Semiology(said(Form, "form"), said(Side, "side"), said(Arousal, "arousal"), cry)


def _plain(cell: str) -> str:
    """A person's text as it was before it was made fit for a cell."""
    return re.sub(r"\\(.)", lambda found: _SIGNS.get(found[1], found[0]), cell.removeprefix("'"))


def whole(recording: Recording) -> Iterable[tuple[Matter, Interval]]:
    """All of a recording as reviewed and finalised time."""
    everything = Interval(0, recording.seconds)
    return ((Matter.REVIEWED, everything), (Matter.FINALISED, everything))
