"""Labels that were made elsewhere, or exported from here before, into a recording's ledger."""

from collections.abc import Generator
from dataclasses import replace
from functools import partial

from reviewer_app.domain.annotation import Action, Matter, Rater
from reviewer_app.domain.ledger import Labels
from reviewer_app.jobs.beat import alive
from reviewer_app.jobs.learn_request import ImportLabels, LabelsImported
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Remark, Stage
from reviewer_app.store import ledger, raters, recordings
from reviewer_app.store.imported import action_for, read_labels, whole
from reviewer_app.store.library import Library


def import_labels(request: ImportLabels) -> Generator[Message, None, LabelsImported]:
    """Makes a file's labels one rater's words, as one action: what stands already is not said twice.

    A verified backup is made first.

    Raises:
        StoreError: the file or the library cannot be used; nothing was taken.
    """
    yield Stage("Reading the labels")
    with open_library(request.library) as library:
        recording = recordings.load(library, request.recording)
        imported = read_labels(request.file, recording, said_by=request.said_by)
        if request.all_reviewed:
            imported = replace(imported, spans=(*imported.spans, *whole(recording)))
        labels = Labels.of((yield from alive("Reading the ledger", partial(ledger.load, library, request.recording))))
        yield from alive("Making a backup", library.back_up)
        rater = _rater(library, request.rater)
        action = action_for(imported, labels, rater)
        if action is not None:
            yield from alive("Writing the labels", partial(ledger.append, library, request.recording, action))
    if not any(matter is Matter.FINALISED for matter, _ in imported.spans):
        yield Remark(
            "The file does not say which time was looked at for training: nothing of it trains until its rater "
            "finalises time."
        )
    return _answer(action, rater, said=len(imported.statements) + len(imported.spans), passed_over=imported.passed_over)


def _rater(library: Library, name: str) -> Rater:
    """The rater of this name; added where nobody has it."""
    wanted = " ".join(name.split()).casefold()
    known = (each for each in raters.all_raters(library) if each.name.casefold() == wanted)
    return next(known, None) or raters.add(library, name)


def _answer(action: Action | None, rater: Rater, *, said: int, passed_over: int) -> LabelsImported:
    made = action.alterations if action else ()
    statements = sum(each.matter is Matter.ANNOTATION for each in made)
    return LabelsImported(rater, statements, len(made) - statements, said - len(made), passed_over)
