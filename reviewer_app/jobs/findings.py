"""From what a library holds to what a door shows: coverage, events, clusters, suggestions, and what people said."""

from collections.abc import Generator

from reviewer_app.domain.coverage import coverage_of
from reviewer_app.domain.event import choose_operating_point, event_curve, find_clusters, pick_events
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.report import Findings, TraceReport
from reviewer_app.domain.said import Said
from reviewer_app.domain.suggestion import suggest_not_analysable
from reviewer_app.domain.trace import Trace
from reviewer_app.errors import RequestError
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.library_request import Told, ToldRequest
from reviewer_app.jobs.message import Message, Remark, Stage
from reviewer_app.jobs.request import EventRules, EventsRequest
from reviewer_app.learning.bundle import Bundle, list_bundles
from reviewer_app.store import ledger, raters, recordings, traces
from reviewer_app.store.library import Library


def find_events(trace: Trace, bundle: Bundle | None, rules: EventRules) -> Findings:
    """Events and clusters at the bundle's operating point for the wanted rate of false alarms.

    Without a calibrated bundle nothing is picked: a bare threshold would promise what nobody measured.
    """
    if bundle is None or not bundle.is_calibrated:
        return Findings(None, (), ())
    point = choose_operating_point(bundle.description.operating_points, rules.false_alarms_per_hour)
    events = pick_events(event_curve(trace), point)
    return Findings(point, events, find_clusters(events, gap=rules.cluster_gap))


def trace_report(library: Library, trace_id: int, bundle: Bundle | None, rules: EventRules) -> TraceReport:
    """Everything that a door shows of one stored trace."""
    summary = traces.summary(library, trace_id)
    recording = recordings.load(library, summary.recording_id)
    trace = traces.load(library, trace_id)
    holes = [span for span, _ in traces.skips(library, trace_id)]
    return TraceReport(
        recording_number=summary.recording_id,
        recording=recording,
        identity=summary.identity,
        trace=trace,
        coverage=coverage_of(recording, trace, holes),
        findings=find_events(trace, bundle, rules),
        not_analysable=suggest_not_analysable(trace),
        bundle_name=summary.bundle_name,
        notice=bundle.description.notice if bundle else "",
    )


def list_findings(request: EventsRequest) -> Generator[Message, None, tuple[TraceReport, ...]]:
    """The reports of all stored traces that were asked for.

    Raises:
        RequestError: the library has no such recording, or no scan of it.
        StoreError: the library cannot be used.
    """
    yield Stage("Reading the library")
    bundles = {b.identity: b for b in list_bundles(request.bundle_folders) if isinstance(b, Bundle)}
    reports = []
    with open_library(request.library, hold=False) as library:
        for summary in traces.summaries(library, recording_id=request.recording):
            bundle = bundles.get(summary.identity.bundle)
            if bundle is None:
                yield Remark(
                    f"The bundle {summary.bundle_name} that scored recording {summary.recording_id} is not on this "
                    "machine: its trace is kept, but no events can be picked."
                )
            reports.append(trace_report(library, summary.trace_id, bundle, request.rules))
    if not reports:
        raise RequestError(
            "The library holds no scanned recording yet: run 'spasm-reviewer scan PATH' first."
            if request.recording is None
            else f"The library holds no scan of recording {request.recording}; 'spasm-reviewer events' lists all."
        )
    return tuple(reports)


def tell(request: ToldRequest) -> Generator[Message, None, Told]:
    """What raters said of a recording, and what its newest scan found.

    Raises:
        StoreError: the library has no such recording, cannot be used, or was changed by other means.
    """
    yield Stage("Reading the library")
    with open_library(request.library, hold=False) as library:
        recording = recordings.load(library, request.recording)
        actions = ledger.load(library, request.recording)
        said = Said(
            recording,
            Labels.of(actions),
            raters.all_raters(library),
            actions[-1].digest if actions else "",
            with_names=request.with_names,
            with_notes=request.with_notes,
        )
        summaries = traces.summaries(library, recording_id=request.recording)
        if not summaries:
            return Told(said, None)
        newest = summaries[-1]
        bundles = (each for each in list_bundles(request.bundle_folders) if isinstance(each, Bundle))
        bundle = next((each for each in bundles if each.identity == newest.identity.bundle), None)
        return Told(said, trace_report(library, newest.trace_id, bundle, request.rules))
