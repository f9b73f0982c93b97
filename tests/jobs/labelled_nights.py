"""Libraries with nights that raters have labelled, and their snapshots; no video is needed for either."""

from multiprocessing import get_context
from typing import TypeVar

from reviewer_app.domain.annotation import Matter, Rater
from reviewer_app.domain.snapshot import Snapshot, SnapshotRules
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Remark
from reviewer_app.jobs.request import Asks, LibraryPlace
from reviewer_app.jobs.run import run_job
from reviewer_app.store import raters, recordings
from reviewer_app.store.library import Library
from tests.store import examples, sayings

Answer = TypeVar("Answer")
FEW_EACH = SnapshotRules(negatives=2)


def drive(request: Asks[Answer]) -> tuple[Answer, list[Message]]:
    job = run_job(request, Control(get_context("spawn")))
    messages = []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return stop.value, messages


def answer(request: Asks[Answer]) -> Answer:
    return drive(request)[0]


def remarks(messages: list[Message]) -> str:
    return " ".join(each.text for each in messages if isinstance(each, Remark))


def night(library: Library, mark: str, *, patient: str | None = None, spasms: tuple[float, ...] = (20, 90)) -> int:
    """A recording whose first two minutes Anna finalised, with her spasms."""
    number = recordings.add(library, examples.night(mark=mark, patient=f"P{mark}" if patient is None else patient))
    said = (sayings.made(sayings.statement(onset)) for onset in spasms)
    sayings.told(library, number, anna(library), *said, sayings.covered(0, 120, matter=Matter.FINALISED))
    return number


def anna(library: Library) -> Rater:
    return next((each for each in raters.all_raters(library) if each.name == "Anna"), None) or raters.add(
        library, "Anna"
    )


def filled(place: LibraryPlace, marks: str = "abcde") -> None:
    with open_library(place) as library:
        for mark in marks:
            night(library, mark)


def onsets(snapshot: Snapshot, source: int = 0) -> set[float]:
    return {onset for each in snapshot.windows if each.source == source for onset in each.onsets}
