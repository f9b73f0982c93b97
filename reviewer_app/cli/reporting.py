"""``report``: what one rater saw in a recording, as a page for the file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from reviewer_app import paths
from reviewer_app.cli.scanning import (
    FalseAlarmsOption,
    LibraryOption,
    NotesOption,
    event_rules,
    library_place,
    show_written,
)
from reviewer_app.cli.show import Watch
from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.night import night_report
from reviewer_app.domain.said import Said
from reviewer_app.errors import RequestError
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.library_request import ToldRequest
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import ReportRequest
from reviewer_app.settings import read_settings


def report(
    recording: Annotated[int, typer.Argument(help="Number of the recording in the library.")],
    to: Annotated[Path, typer.Option("--to", help="The folder that the page is written into.")],
    rater: Annotated[
        str, typer.Option("--rater", help="Whose findings; needed where several people reviewed the recording.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Write raters' names and the patient's pseudonym; else raters are numbered.")
    ] = False,
    notes: NotesOption = False,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
) -> None:
    """Write what a rater saw in a recording as a page for the file (HTML); a PDF is made only in the window."""
    settings = read_settings(paths.config_file())
    writable_folder(to)
    place, rules = library_place(settings, library), event_rules(settings, false_alarms)
    told = Watch().drive(supervise(ToldRequest(place, recording, paths.bundle_folders(), rules)))
    said = told.said
    night = night_report(
        recording,
        said.recording,
        said.labels,
        choose_rater(said, rater),
        scan=told.report,
        cluster_gap=rules.cluster_gap,
    )
    show_written(Watch().drive(supervise(ReportRequest(night, to, with_names=names, with_notes=notes))))


def choose_rater(said: Said, name: str) -> Rater:
    """The rater of a name; without one, the only person who said something of the recording.

    Raises:
        RequestError: there is no such rater, or it is not clear who is meant.
    """
    if name := name.strip():
        found = [each for each in said.raters if each.name.casefold() == name.casefold()]
        if not found:
            raise RequestError(f"The library knows no rater {name!r}; it knows: {_names(said.raters) or 'nobody yet'}.")
        return found[0]
    spoke = {each.rater.rater_id for each in said.labels.annotations} | {rater.rater_id for rater, *_ in said.spans()}
    found = [each for each in said.raters if each.rater_id in spoke]
    if not found:
        raise RequestError("Nobody has reviewed this recording yet, so there is nothing to report; or name a --rater.")
    if len(found) > 1:
        raise RequestError(f"Several people reviewed this recording; choose one with --rater: {_names(found)}.")
    return found[0]


def _names(raters: Iterable[Rater]) -> str:
    return ", ".join(each.name for each in raters)
