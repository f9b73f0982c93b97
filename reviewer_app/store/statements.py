"""What people said, for spreadsheets: one row a statement, and one for each stretch that a rater reviewed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewer_app.domain.annotation import Annotation, Semiology
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.said import Said
from reviewer_app.domain.window import Interval
from reviewer_app.store.sheet import clock_text, guarded, place_in_files, write_csv

COLUMNS = (
    "kind",  # annotation, reviewed, finalised, refused
    "annotation",  # its id in the library, kept through all its changes
    "rater",
    "label",
    "start_s",
    "stop_s",
    "clock_at_start",
    "file",
    "file_time_at_start_s",
    "form",
    "side",
    "arousal",
    "cry",
    "note",
    "stated_at",
)


def write_annotations_csv(path: Path, said: Said) -> None:
    """All statements of all raters, then the time that each of them looked at.

    Times have every digit. A text that a spreadsheet could take for a formula begins with an apostrophe.

    Raises:
        StoreError: the file cannot be written.
    """
    remarks = [
        f"Head of the ledger: {said.head or 'nothing was said'}",
        "Only reviewed time without an annotation is time in which a rater found nothing.",
        *([] if said.with_notes else ["Free notes are left out."]),
    ]
    write_csv(path, COLUMNS, _rows(said), remarks=remarks)


def _rows(said: Said) -> Iterable[Sequence[str]]:
    for each in said.labels.annotations:
        yield _annotation(said, each)
    for rater, matter, interval in said.spans():
        place = _place(said.recording, interval)
        yield [matter.value, "", guarded(said.name_of(rater)), "", *place, "", "", "", "", "", ""]


def _annotation(said: Said, annotation: Annotation) -> Sequence[str]:
    statement = annotation.statement
    return [
        "annotation",
        annotation.annotation_id,
        guarded(said.name_of(annotation.rater)),
        annotation.label.value,
        *_place(said.recording, annotation.interval),
        *semiology_cells(statement.semiology),
        guarded(said.note_of(statement.note)),
        annotation.made_at,
    ]


def _place(recording: Recording, interval: Interval) -> Sequence[str]:
    start = interval.start
    times = [repr(float(start)), repr(float(interval.stop)), clock_text(recording, start)]
    return [*times, *place_in_files(recording, start)]


def semiology_cells(semiology: Semiology) -> tuple[str, str, str, str]:
    """Form, side, arousal and cry; each empty where nothing was said."""
    cry = {None: "", True: "yes", False: "no"}[semiology.cry]
    form, side, arousal = (each.value if each else "" for each in (semiology.form, semiology.side, semiology.arousal))
    return form, side, arousal, cry
