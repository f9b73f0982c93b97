"""One page to read after a scan: what was looked at, what was flagged, and what that does not mean."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from statistics import median

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval, total_seconds
from reviewer_app.errors import RequestError

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #111; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .3rem .8rem; border: 1px solid #bbb; }
th { background: #eef2f6; text-align: left; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; } .notice { border-left: .4rem solid #0072b2; padding: .4rem 1rem; background: #eef6fb; }
"""


def write_report(path: Path, report: TraceReport, *, picture: Path) -> None:
    """Writes the page as HTML that needs nothing but the picture beside it.

    Raises:
        RequestError: the page cannot be written.
    """
    parts = [
        f"<p class='notice'><strong>{escape(RESEARCH_NOTICE)}</strong> {escape(report.notice)}</p>",
        _table(("", ""), _facts(report)),
        f"<p><img src='{escape(picture.name)}' alt='Timeline of the recording with the trace and the events'></p>",
        *_found(report),
        "<h2>What this cannot tell</h2>",
        "<p>A stretch without events is not a stretch without spasms: subtle spasms, spasms out of the picture and "
        "spasms in time that was not scored are missed. An event is a suggestion to look, made by a model; nobody has "
        "confirmed it.</p>",
    ]
    page = (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Scan report</title>"
        f"<style>{_STYLE}</style></head><body><h1>Scan report</h1>{''.join(parts)}</body></html>\n"
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise RequestError(f"{path} cannot be written: {error.strerror}.") from error


def _facts(report: TraceReport) -> list[tuple[str, str]]:
    recording, coverage, point = report.recording, report.coverage, report.findings.point
    facts = [
        ("Recording", f"number {report.recording_number} of the library, {len(recording.segments)} file(s)"),
        ("Starts", f"{recording.start:%Y-%m-%d %H:%M:%S %Z}"),
        ("Recorded", f"{_length(recording.video_seconds)} of video within {_length(recording.seconds)}"),
        ("Scored", _length(total_seconds(coverage.scored))),
        ("Without video", _spans(recording, coverage.gaps)),
        ("Undecodable", _spans(recording, coverage.undecodable)),
        ("Too short for a window", _spans(recording, coverage.too_short)),
        ("Not scanned yet", _spans(recording, coverage.unscanned)),
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
            _clock(recording, event.peak),
            f"{event.peak:.1f}",
            f"{event.interval.seconds:.1f}",
            f"{event.score:.3f}",
        )
        for number, each in enumerate(clusters, start=1)
        for event in each.events
    ]
    return [
        f"<h2>{len(events)} events in {len(clusters)} clusters</h2>",
        _table(("cluster", "from", "to", "events", "spacing in s: median, least, most"), rows),
        _table(("cluster", "clock", "recording second", "lasts s", "score"), events),
    ]


def _cluster_cells(recording: Recording, cluster: Cluster) -> tuple[str, str, str, str]:
    spacings = cluster.spacings
    spacing = f"{median(spacings):.1f}, {min(spacings):.1f}, {max(spacings):.1f}" if spacings else "one event"
    span = cluster.interval
    return _clock(recording, span.start), _clock(recording, span.stop), str(len(cluster.events)), spacing


def _suggestions(report: TraceReport) -> str:
    spans = [f"{_span(report.recording, each.interval)} ({each.reason.value})" for each in report.not_analysable]
    return "; ".join(spans) or "nothing suggested"


def _spans(recording: Recording, spans: Sequence[Interval]) -> str:
    return "; ".join(_span(recording, span) for span in spans) or "none"


def _span(recording: Recording, span: Interval) -> str:
    return f"{_clock(recording, span.start)} to {_clock(recording, span.stop)} ({span.seconds:.1f} s)"


def _length(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600} h {whole // 60 % 60:02} min {whole % 60:02} s"


def _clock(recording: Recording, time: float) -> str:
    return f"{recording.clock(time):%d %b %H:%M:%S}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head) if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>" if top else f"<table>{body}</table>"
