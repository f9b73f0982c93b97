"""What leaves the library for other programs: CSV for spreadsheets, BIDS events for pipelines.

No names and no paths go out: a file is told by its place in the recording. Times are recording seconds, the clock, and
the file's own seconds, so that a row can be found again in any player.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewer_app.domain.coverage import Coverage
from reviewer_app.domain.event import Cluster, Event
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.quality import MEASURES, NotAnalysable, is_night
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError

STATE_WORDS = {
    WindowState.NOT_SCANNED: "not scanned",
    WindowState.SCORED: "scored",
    WindowState.GAP: "no video",
    WindowState.UNDECODABLE: "undecodable",
}

_BIDS_COLUMNS = {
    "onset": {"Description": "Start on the recording's clock, which is 0 at the first frame.", "Units": "s"},
    "duration": {"Description": "Length of the event or stretch.", "Units": "s"},
    "trial_type": {
        "Description": "What the row tells.",
        "Levels": {
            "event": "A suspected spasm, picked from the model's trace; nobody has confirmed it.",
            "gap": "No video.",
            "undecodable": "Video that could not be read.",
            "not_scanned": "Video that no model has looked at.",
            "too_short": "Video between gaps, too little of it for a window.",
            "not_analysable": "A suggestion that nothing can be judged here; see reason.",
        },
    },
    "score": {"Description": "The trace's highest value in the event, 0 to 1."},
    "cluster": {"Description": "Number of the cluster that the event belongs to."},
    "clock": {"Description": "Wall clock at the onset, ISO 8601 with its offset."},
    "reason": {"Description": "Why a stretch may be not analysable: dark, covered or frozen."},
}


def place_in_files(recording: Recording, time: float) -> tuple[str, str]:
    """The number of the file shown at a recording second, from 1, and that file's own second; empty in a gap."""
    segment = recording.segment_at(time)
    if segment is None:
        return "", ""
    return str(recording.segments.index(segment) + 1), f"{segment.media_time(time):.3f}"


def write_trace_csv(path: Path, recording: Recording, trace: Trace) -> None:
    """One row per window: where it lies, what became of it, its score and its quality.

    Raises:
        StoreError: the file cannot be written.
    """
    header = ["window_start_s", "window_stop_s", "clock", "file", "file_time_s", "state", "score", *MEASURES, "night"]
    night = is_night(trace.quality)

    def rows() -> Iterable[Sequence[str]]:
        for window in range(trace.grid.count):
            span = trace.grid.interval(window)
            state = WindowState(trace.states[window])
            measures = ["" if value != value else f"{value:.3f}" for value in trace.quality[window].tolist()]
            infrared = "" if measures[MEASURES.index("colour_variance")] == "" else "yes" if night[window] else "no"
            score = f"{trace.scores[window]:.6f}" if state is WindowState.SCORED else ""
            place = place_in_files(recording, span.start)
            yield [
                f"{span.start:.4f}",
                f"{span.stop:.4f}",
                _clock(recording, span.start),
                *place,
                STATE_WORDS[state],
                score,
                *measures,
                infrared,
            ]

    _write_csv(path, header, rows())


def write_events_csv(path: Path, recording: Recording, clusters: Sequence[Cluster]) -> None:
    """One row per event, with its cluster.

    Raises:
        StoreError: the file cannot be written.
    """
    header = [
        "event",
        "cluster",
        "start_s",
        "stop_s",
        "peak_s",
        "clock_at_peak",
        "file",
        "file_time_at_peak_s",
        "score",
    ]

    def rows() -> Iterable[Sequence[str]]:
        for number, (cluster, event) in enumerate(_numbered(clusters), start=1):
            span = event.interval
            place = place_in_files(recording, event.peak)
            times = [f"{span.start:.3f}", f"{span.stop:.3f}", f"{event.peak:.3f}", _clock(recording, event.peak)]
            yield [str(number), str(cluster), *times, *place, f"{event.score:.6f}"]

    _write_csv(path, header, rows())


def write_bids_events(
    path: Path,
    recording: Recording,
    clusters: Sequence[Cluster],
    coverage: Coverage,
    suggestions: Sequence[NotAnalysable],
    *,
    provenance: dict[str, str],
) -> None:
    """A BIDS ``events.tsv`` (BIDS 1.10) with its JSON beside it: events, and all time in which none can lie.

    Raises:
        StoreError: a file cannot be written.
    """
    rows: list[tuple[Interval, str, str, str, str]] = [
        (event.interval, "event", f"{event.score:.6f}", str(cluster), "n/a") for cluster, event in _numbered(clusters)
    ]
    for spans, kind in (
        (coverage.gaps, "gap"),
        (coverage.undecodable, "undecodable"),
        (coverage.too_short, "too_short"),
        (coverage.unscanned, "not_scanned"),
    ):
        rows += [(span, kind, "n/a", "n/a", "n/a") for span in spans]
    rows += [(each.interval, "not_analysable", "n/a", "n/a", each.reason.value) for each in suggestions]
    lines = ["\t".join(_BIDS_COLUMNS)]
    for span, kind, score, cluster_number, reason in sorted(rows):
        start = [f"{span.start:.3f}", f"{span.seconds:.3f}", kind]
        lines.append("\t".join([*start, score, cluster_number, _clock(recording, span.start), reason]))
    _write_text(path, "\n".join(lines) + "\n")
    about = {"Notice": RESEARCH_NOTICE, "GeneratedBy": provenance, **_BIDS_COLUMNS}
    _write_text(path.with_suffix(".json"), json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def _numbered(clusters: Sequence[Cluster]) -> Iterable[tuple[int, Event]]:
    for number, cluster in enumerate(clusters, start=1):
        for event in cluster.events:
            yield number, event


def _clock(recording: Recording, time: float) -> str:
    return recording.clock(time).isoformat(timespec="milliseconds")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            file.write(f"# {RESEARCH_NOTICE}\n")
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
