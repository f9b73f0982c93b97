"""What a review leaves for the file: one page that holds all of it."""

from collections.abc import Generator
from pathlib import Path

from reviewer_app.evaluation.night_report import write_night_report
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import ReportRequest


def report_night(request: ReportRequest) -> Generator[Message, None, tuple[Path, ...]]:
    """Writes the page and names it; a page of an earlier day is not overwritten.

    Raises:
        RequestError: the folder cannot be written.
    """
    folder, number = writable_folder(request.to), request.night.number
    yield Stage("Writing the report")
    page, again = folder / f"recording-{number}-report.html", 1
    while page.exists():
        again += 1
        page = folder / f"recording-{number}-report-{again}.html"
    write_night_report(
        page, request.night, with_names=request.with_names, with_notes=request.with_notes, say=request.say
    )
    return (page,)
