"""One page to read after a scan: what was looked at, what was flagged, and what that does not mean."""

from html import escape
from pathlib import Path

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import total_seconds
from reviewer_app.evaluation.page import SPACING_HEAD, clock, length, spacing_words, span, spans, table, write_page


def write_report(path: Path, report: TraceReport, *, picture: Path) -> None:
    """Writes the page as HTML that needs nothing but the picture beside it.

    Raises:
        RequestError: the page cannot be written.
    """
    parts = [
        table(("", ""), _facts(report)),
        f"<p><img src='{escape(picture.name)}' alt='Timeline of the recording with the trace and the events'></p>",
        *_found(report),
        "<h2>What this cannot tell</h2>",
        "<p>A stretch without events is not a stretch without spasms: subtle spasms, spasms out of the picture and "
        "spasms in time that was not scored are missed. An event is a suggestion to look, made by a model; nobody has "
        "confirmed it.</p>",
    ]
    write_page(path, "Scan report", parts, notice=report.notice)


def _facts(report: TraceReport) -> list[tuple[str, str]]:
    recording, coverage, point = report.recording, report.coverage, report.findings.point
    facts = [
        ("Recording", f"number {report.recording_number} of the library, {counted(len(recording.segments), 'files')}"),
        ("Starts", f"{recording.start:%Y-%m-%d %H:%M:%S %Z}"),
        ("Recorded", f"{length(recording.video_seconds)} of video within {length(recording.seconds)}"),
        ("Scored", length(total_seconds(coverage.scored))),
        ("Without video", spans(recording, coverage.gaps)),
        ("Undecodable", spans(recording, coverage.undecodable)),
        ("Too short for a window", spans(recording, coverage.too_short)),
        ("Not scanned yet", spans(recording, coverage.unscanned)),
        ("Perhaps not analysable", _suggestions(report)),
        ("Bundle", f"{report.bundle_name} ({report.identity.bundle[:12]})"),
        ("Crop, stride", f"{report.identity.crop}; {report.identity.stride} grid frames"),
    ]
    if point is not None:
        words = f"enter {point.enter:.3f}, leave {point.leave:.3f}"
        facts.append(("Operating point", f"{words}; predicted {point.false_alarms_per_hour:.2g} false alarms an hour"))
    return facts


def _found(report: TraceReport) -> list[str]:
    if report.findings.point is None:
        return ["<p>The bundle has no calibrated operating point, so no events were picked of the trace.</p>"]
    if not report.findings.events:
        return ["<p>The trace does not reach the operating point. That does not tell whether there were spasms.</p>"]
    recording, clusters = report.recording, report.findings.clusters
    rows = [(str(number), *_cluster_cells(recording, each)) for number, each in enumerate(clusters, start=1)]
    events = [
        (
            str(number),
            clock(recording, event.peak),
            f"{event.peak:.1f}",
            f"{event.interval.seconds:.1f}",
            f"{event.score:.3f}",
        )
        for number, each in enumerate(clusters, start=1)
        for event in each.events
    ]
    return [
        f"<h2>{counted(len(events), 'events')} in {counted(len(clusters), 'clusters')}</h2>",
        table(("cluster", "from", "to", "events", SPACING_HEAD), rows),
        table(("cluster", "clock", "recording second", "lasts s", "score"), events),
    ]


def _cluster_cells(recording: Recording, cluster: Cluster) -> tuple[str, str, str, str]:
    reach, words = cluster.interval, spacing_words(cluster, alone="one event")
    return clock(recording, reach.start), clock(recording, reach.stop), str(len(cluster.events)), words


def _suggestions(report: TraceReport) -> str:
    found = [f"{span(report.recording, each.interval)} ({each.reason.value})" for each in report.not_analysable]
    return "; ".join(found) or "nothing suggested"
