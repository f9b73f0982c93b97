"""Evaluation: a bundle's stored scans against what raters agreed on, as a report with its figures and tables.

The folder is written under another name beside its place and gets its own name once it is whole, so that nobody ever
finds half a report in it.
"""

import tempfile
from collections.abc import Generator
from functools import partial
from pathlib import Path

from reviewer_app.errors import RequestError
from reviewer_app.evaluation.background import Background
from reviewer_app.evaluation.document_html import write_html
from reviewer_app.evaluation.document_pdf import write_pdf
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.results import StudyResults, evaluate_study
from reviewer_app.evaluation.study import Study
from reviewer_app.evaluation.study_report import study_document
from reviewer_app.evaluation.study_tables import study_tables
from reviewer_app.jobs.beat import alive, beating
from reviewer_app.jobs.current import current_bundle
from reviewer_app.jobs.figure import figure_of
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.learn_request import Evaluated, EvaluateRequest
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Figure, Message, Remark, Stage, StepsDone
from reviewer_app.jobs.study import Gathered, background_of, gather, study_of, wanted
from reviewer_app.learning.bundle import Bundle, find_bundle, read_bundle
from reviewer_app.store.library import Library
from reviewer_app.store.sheet import write_csv

REPORT, PAPER = "report.html", "report.pdf"

LONGEST = 6 * 3600.0
"""Seconds that one step may take: a lab's nights take minutes, and a person can stop the job at any time."""


def evaluate(request: EvaluateRequest) -> Generator[Message, None, Evaluated]:
    """Gathers, scores, draws and writes.

    Raises:
        RequestError: there is nothing to evaluate, or the folder cannot be written.
        BundleError: the bundle is not there, or has no operating point.
        StoreError: the library cannot be used.
    """
    writable_folder(request.to.parent)
    study, background = yield from gathered(request)
    for sentence in study.left_out:
        yield Remark(sentence)
    results = yield from beating("Scoring", lambda: evaluate_study(study), limit=LONGEST)
    place = _free(request.to)
    try:
        with tempfile.TemporaryDirectory(
            dir=place.parent, prefix=f".{place.name}-", ignore_cleanup_errors=True
        ) as beside:
            whole = Path(beside) / "whole"
            whole.mkdir()
            yield from _write(whole, results, background)
            if place.exists():
                place.rmdir()  # it is empty; Windows puts nothing in its place
            whole.replace(place)
    except OSError as error:
        raise RequestError(f"The folder {place} cannot be written: {error.strerror}.") from error
    figures = tuple(figure for each in (*results.windows, *results.events) for figure in _figures(each))
    return Evaluated(place, place / REPORT, place / PAPER, figures, str(study.rules))


def gathered(request: EvaluateRequest) -> Generator[Message, None, tuple[Study, Background]]:
    """The study, scored but without figures, and what is to be told of it.

    Raises:
        RequestError: there is nothing to evaluate.
        BundleError: the bundle is not there, or has no operating point.
        StoreError: the library cannot be used.
    """
    yield Stage("Reading the library")
    found: list[Gathered] = []
    left_out: list[str] = []
    with open_library(request.library, hold=False) as library:
        bundle = _bundle(library, request)
        numbers = wanted(library, request)
        for done, number in enumerate(numbers, start=1):
            each = gather(library, request, bundle, number)
            if isinstance(each, Gathered):
                found.append(each)
            else:
                left_out.append(each)
            yield StepsDone(done, len(numbers), "Reading the library")
        study = study_of(found, request, bundle, left_out)
        return study, background_of(library, found, request, bundle)


def _bundle(library: Library, request: EvaluateRequest) -> Bundle:
    if request.by_default:
        return current_bundle(library, request.bundle_folders, default=request.bundle)
    return read_bundle(find_bundle(request.bundle, request.bundle_folders))


def _write(folder: Path, results: StudyResults, background: Background) -> Generator[Message, None, None]:
    document = yield from beating("Drawing", lambda: study_document(results, background), limit=LONGEST)
    yield Stage("Writing the report")
    yield from alive("the page", lambda: write_html(folder / REPORT, document), limit=LONGEST)
    yield from alive("the paper", lambda: write_pdf(folder / PAPER, document), limit=LONGEST)
    pictures, tables = folder / "figures", folder / "tables"
    pictures.mkdir()
    for each in document.illustrations:
        (pictures / f"{each.name}.svg").write_bytes(each.svg)
        (pictures / f"{each.name}.png").write_bytes(each.png)
    tables.mkdir()
    remarks = (f"bundle {results.study.bundle_name}, {results.study.bundle_identity}", str(results.study.rules))
    for table in study_tables(results):
        path = tables / f"{table.name}.csv"
        write = partial(write_csv, path, table.head, table.rows, remarks=remarks)
        yield from alive(f"the table {table.name}", write, limit=LONGEST)


def _free(folder: Path) -> Path:
    """The folder, or one beside it whose name is free: an earlier report is never overwritten."""
    place, again = folder, 1
    while place.exists() and not (place.is_dir() and not any(place.iterdir())):
        again += 1
        place = folder.with_name(f"{folder.name}-{again}")
    return place


def _figures(measure: Measure) -> Generator[Figure, None, None]:
    """What a door prints of a measure: the mean over patients, and pooled."""
    yield figure_of(f"{measure.what}, mean of patients", measure.mean)
    yield figure_of(f"{measure.what}, pooled", measure.pooled)
