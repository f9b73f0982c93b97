"""Results as plain JSON, for scripts: the same facts as the tables, numbers unrounded."""

from typing import Any

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval


def report_json(report: TraceReport) -> dict[str, Any]:
    """A trace report without the trace itself; its CSV holds that."""
    recording, findings, coverage = report.recording, report.findings, report.coverage
    point = findings.point
    return {
        "notice": RESEARCH_NOTICE,
        "bundle": {"name": report.bundle_name, "identity": report.identity.bundle, "notice": report.notice},
        "recording": {"number": report.recording_number, **_recording(recording)},
        "crop": str(report.identity.crop),
        "stride": report.identity.stride,
        "coverage": {
            "finished": coverage.finished,
            "complete": coverage.complete,
            "scored": _spans(coverage.scored),
            "gaps": _spans(coverage.gaps),
            "undecodable": _spans(coverage.undecodable),
            "not_scanned": _spans(coverage.unscanned),
            "too_short": _spans(coverage.too_short),
        },
        "not_analysable": [
            {"start": e.interval.start, "stop": e.interval.stop, "reason": e.reason.value}
            for e in report.not_analysable
        ],
        "operating_point": point
        and {
            "enter": point.enter,
            "leave": point.leave,
            "predicted_false_alarms_per_hour": point.false_alarms_per_hour,
        },
        "clusters": [_cluster(recording, cluster) for cluster in findings.clusters],
    }


def _recording(recording: Recording) -> dict[str, Any]:
    return {
        "identity": recording.identity,
        "start": recording.start.isoformat(),
        "seconds": recording.seconds,
        "video_seconds": recording.video_seconds,
        "files": [
            {
                "name": segment.path.name,
                "start": segment.interval.start,
                "stop": segment.interval.stop,
                "clock_source": segment.clock_source.value,
            }
            for segment in recording.segments
        ],
        "eeg": [{"start": each.start, "seconds": each.seconds, "channels": each.channels} for each in recording.eeg],
        "remarks": recording.remarks,
    }


def _cluster(recording: Recording, cluster: Cluster) -> dict[str, Any]:
    return {
        "start": cluster.interval.start,
        "stop": cluster.interval.stop,
        "clock": recording.clock(cluster.interval.start).isoformat(),
        "events": [
            {
                "start": event.interval.start,
                "stop": event.interval.stop,
                "peak": event.peak,
                "clock": recording.clock(event.peak).isoformat(),
                "score": event.score,
            }
            for event in cluster.events
        ],
    }


def _spans(spans: tuple[Interval, ...]) -> list[list[float]]:
    return [[span.start, span.stop] for span in spans]
