"""What a scan leaves in a folder: the trace, the events, a picture of the night, a page to read."""

from collections.abc import Generator
from pathlib import Path

from reviewer_app import __version__
from reviewer_app.domain.report import TraceReport
from reviewer_app.evaluation.figures import draw_timeline
from reviewer_app.evaluation.report import write_report
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.jobs.request import ExportRequest
from reviewer_app.store.exchange import write_bids_events, write_events_csv, write_trace_csv


def export(request: ExportRequest) -> Generator[Message, None, tuple[Path, ...]]:
    """Writes the files and names them, the page to read first.

    Raises:
        RequestError: the folder cannot be written.
        StoreError: a file cannot be written.
    """
    report, folder = request.report, writable_folder(request.to)
    page, picture = folder / "report.html", folder / "timeline.png"
    trace, events, bids = folder / "trace.csv", folder / "events.csv", folder / "events.tsv"
    clusters = report.findings.clusters
    yield Stage("Writing the trace")
    write_trace_csv(trace, report.recording, report.trace)
    write_events_csv(events, report.recording, clusters)
    write_bids_events(
        bids,
        report.recording,
        clusters,
        report.coverage,
        report.not_analysable,
        provenance=provenance(report),
    )
    yield Stage("Drawing the timeline")
    draw_timeline(picture, report)
    write_report(page, report, picture=picture)
    return page, picture, trace, events, bids, bids.with_suffix(".json")


def provenance(report: TraceReport) -> dict[str, str]:
    """What a file says of where its scores come from."""
    return {
        "Name": "spasm-reviewer",
        "Version": __version__,
        "Bundle": report.bundle_name,
        "BundleIdentity": report.identity.bundle,
        "BundleNotice": report.notice,
    }
