"""BIDS events: what the model found, what people said, and where nothing can be known, in order of time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer_app.domain.annotation import Arousal, Form, Label, Matter, Side
from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.event import Cluster
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.quality import NotAnalysable
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.said import Said
from reviewer_app.domain.window import Interval
from reviewer_app.store.sheet import clock_text, guarded, numbered, write_text
from reviewer_app.store.statements import semiology_cells

NOTHING = "n/a"
"""How BIDS writes that a cell says nothing."""

_SPAN_WORDS = {Matter.REVIEWED: "reviewed", Matter.FINALISED: "finalised", Matter.REFUSED: "suggestion_refused"}

_COLUMNS: dict[str, dict[str, Any]] = {
    "onset": {"Description": "Start on the recording's clock, which is 0 at the first frame.", "Units": "s"},
    "duration": {"Description": "Length of the event or stretch.", "Units": "s"},
    "trial_type": {
        "Description": "What the row tells.",
        "Levels": {
            "event": "A suspected spasm, picked from the model's trace; nobody has confirmed it.",
            "annotation": "A rater's statement; see label.",
            "reviewed": "Time that a rater played or marked as looked at; only there does no annotation mean no spasm.",
            "finalised": "Reviewed time that its rater released for training.",
            "suggestion_refused": "A suggestion that nothing can be judged here, which a rater does not share.",
            "gap": "No video.",
            "undecodable": "Video that could not be read.",
            "not_scanned": "Video that no model has looked at.",
            "too_short": "Video between gaps, too little of it for a window.",
            "not_analysable": "A suggestion that nothing can be judged here; see reason.",
        },
    },
    "score": {"Description": "The trace's highest value in the event, 0 to 1."},
    "cluster": {"Description": "Number of the cluster that the event belongs to."},
    "clock": {"Description": "Wall clock at the onset, ISO 8601 with its offset."},
    "reason": {"Description": "Why a stretch may be not analysable: dark, covered or frozen."},
    "label": {
        "Description": "What the rater calls the interval.",
        "Levels": {
            Label.SPASM: "An epileptic spasm.",
            Label.NOT_SPASM: "Not an epileptic spasm.",
            Label.UNSURE: "The rater cannot tell.",
            Label.OTHER_SEIZURE: "A seizure of another kind.",
            Label.ARTEFACT: "Caused from outside, such as by a carer or the camera.",
            Label.NOT_ANALYSABLE: "Nothing can be judged here.",
        },
    },
    "rater": {"Description": "Who said it: a number in this library, or the name where a person let it go out."},
    "form": {
        "Description": "How the body moves.",
        "Levels": {
            Form.FLEXOR: "Flexion.",
            Form.EXTENSOR: "Extension.",
            Form.MIXED: "Flexion and extension.",
            Form.SUBTLE: "Little movement.",
        },
    },
    "side": {
        "Description": "Which side moves more; the infant's own left and right.",
        "Levels": {Side.SYMMETRIC: "Both alike.", Side.LEFT: "The left.", Side.RIGHT: "The right."},
    },
    "arousal": {
        "Description": "The infant's state.",
        "Levels": {Arousal.AWAKE: "Awake.", Arousal.ASLEEP: "Asleep.", Arousal.ON_WAKING: "While waking up."},
    },
    "cry": {"Description": "Whether a cry belongs to it.", "Levels": {"yes": "It does.", "no": "It does not."}},
    "note": {
        "Description": (
            r"A rater's free words. Backslash, tab and line breaks are written as \\, \t, \n and \r; an apostrophe "
            "stands before texts that a spreadsheet could take for a formula."
        )
    },
    "stated_at": {"Description": "When the rater said it, ISO 8601, UTC; by the computer's clock."},
}


def write_bids_events(
    path: Path,
    recording: Recording,
    clusters: Sequence[Cluster],
    coverage: Coverage,
    suggestions: Sequence[NotAnalysable],
    *,
    provenance: dict[str, str],
    said: Said | None = None,
) -> None:
    """A BIDS ``events.tsv`` (BIDS 1.10) with its JSON beside it.

    Args:
        path: The table; the JSON has its name.
        recording: What was recorded.
        clusters: What the model found.
        coverage: Time in which it could find nothing.
        suggestions: Stretches in which, as it seems, nothing can be judged.
        provenance: Where the scores come from.
        said: What people said; None where that does not go out.

    Raises:
        StoreError: a file cannot be written.
    """
    rows: list[tuple[Interval, dict[str, str]]] = [
        (event.interval, {"trial_type": "event", "score": f"{event.score:.6f}", "cluster": str(cluster)})
        for cluster, event in numbered(clusters)
    ]
    for spans, kind in (
        (coverage.gaps, "gap"),
        (coverage.undecodable, "undecodable"),
        (coverage.too_short, "too_short"),
        (coverage.unscanned, "not_scanned"),
    ):
        rows += [(span, {"trial_type": kind}) for span in spans]
    rows += [(each.interval, {"trial_type": "not_analysable", "reason": each.reason.value}) for each in suggestions]
    rows += _said(said) if said else ()
    lines = ["\t".join(_COLUMNS)]
    for span, cells in sorted(rows, key=lambda row: (row[0], row[1]["trial_type"])):
        start = clock_text(recording, span.start)
        full = {"onset": f"{span.start:.3f}", "duration": f"{span.seconds:.3f}", "clock": start, **cells}
        lines.append("\t".join(full.get(name) or NOTHING for name in _COLUMNS))
    write_text(path, "\n".join(lines) + "\n")
    about = {"Notice": RESEARCH_NOTICE, "GeneratedBy": provenance, **_ledger(said), **_COLUMNS}
    write_text(path.with_suffix(".json"), json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def _said(said: Said) -> Iterable[tuple[Interval, dict[str, str]]]:
    for each in said.labels.annotations:
        form, side, arousal, cry = semiology_cells(each.statement.semiology)
        yield (
            each.interval,
            {
                "trial_type": "annotation",
                "label": each.label.value,
                "rater": _cell(said.name_of(each.rater)),
                "form": form,
                "side": side,
                "arousal": arousal,
                "cry": cry,
                "note": _cell(said.note_of(each.statement.note)),
                "stated_at": each.made_at,
            },
        )
    for rater, matter, interval in said.spans():
        yield interval, {"trial_type": _SPAN_WORDS[matter], "rater": _cell(said.name_of(rater))}


def _ledger(said: Said | None) -> Mapping[str, Any]:
    if said is None:
        return {}
    return {"LedgerHead": said.head, "FreeNotes": "included" if said.with_notes else "left out"}


def _cell(text: str) -> str:
    """A person's text on one line, which is never taken for a formula or for nothing."""
    for sign, written in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
        text = text.replace(sign, written)
    return f"'{text}" if text == NOTHING else guarded(text)
