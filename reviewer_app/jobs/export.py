"""What a scan found and what people said, as files in a folder: tables, a picture of the night, a page to read."""

from collections.abc import Generator
from pathlib import Path

from reviewer_app import __version__
from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.evaluation.figures import draw_timeline
from reviewer_app.evaluation.report import write_report
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import ExportRequest
from reviewer_app.store.bids import write_bids_events
from reviewer_app.store.exchange import write_events_csv, write_trace_csv
from reviewer_app.store.statements import write_annotations_csv


def export(request: ExportRequest) -> Generator[Message, None, tuple[Path, ...]]:
    """Writes the files and names them, the page to read first where there is one.

    Raises:
        RequestError: the folder cannot be written.
        StoreError: a file cannot be written.
    """
    report, said, folder = request.report, request.said, writable_folder(request.to)
    written: tuple[Path, ...] = ()
    if report is not None:
        written = yield from _export_scan(report, folder, csv=request.csv)
    if said is not None and request.csv:
        yield Stage("Writing what people said")
        annotations = folder / "annotations.csv"
        write_annotations_csv(annotations, said)
        written += (annotations,)
    if request.bids:
        yield Stage("Writing the events")
        bids = folder / "events.tsv"
        _write_bids(bids, request)
        written += (bids, bids.with_suffix(".json"))
    return written


def _export_scan(report: TraceReport, folder: Path, *, csv: bool) -> Generator[Message, None, tuple[Path, ...]]:
    page, picture = folder / "report.html", folder / "timeline.png"
    yield Stage("Drawing the timeline")
    draw_timeline(picture, report)
    write_report(page, report, picture=picture)
    if not csv:
        return page, picture
    trace, events = folder / "trace.csv", folder / "events.csv"
    yield Stage("Writing the trace")
    write_trace_csv(trace, report.recording, report.trace)
    write_events_csv(events, report.recording, report.findings.clusters)
    return page, picture, trace, events


def _write_bids(path: Path, request: ExportRequest) -> None:
    report, said = request.report, request.said
    if report is not None:
        write_bids_events(
            path,
            report.recording,
            report.findings.clusters,
            report.coverage,
            report.not_analysable,
            provenance=provenance(report),
            said=said,
        )
    elif said is not None:
        coverage = _not_scanned(said.recording)
        write_bids_events(path, said.recording, (), coverage, (), provenance=_PROGRAM, said=said)


def _not_scanned(recording: Recording) -> Coverage:
    unread = recording.undecodable
    unscanned = subtract((Interval(0, recording.seconds),), (*recording.gaps, *unread))
    return Coverage(scored=(), gaps=recording.gaps, undecodable=unread, unscanned=unscanned)


_PROGRAM = {"Name": "spasm-reviewer", "Version": __version__}


def provenance(report: TraceReport) -> dict[str, str]:
    """What a file says of where its scores come from."""
    return {
        **_PROGRAM,
        "Bundle": report.bundle_name,
        "BundleIdentity": report.identity.bundle,
        "BundleNotice": report.notice,
    }
