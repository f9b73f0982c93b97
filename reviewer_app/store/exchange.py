"""What the model said, for spreadsheets: the trace and its events as CSV.

No names and no paths go out: a file is told by its place in the recording. Times are recording seconds, the clock, and
the file's own seconds, so that a row can be found again in any player.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewer_app.domain.event import Cluster
from reviewer_app.domain.quality import MEASURES, is_night
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.store.sheet import clock_text, numbered, place_in_files, write_csv

STATE_WORDS = {
    WindowState.NOT_SCANNED: "not scanned",
    WindowState.SCORED: "scored",
    WindowState.GAP: "no video",
    WindowState.UNDECODABLE: "undecodable",
}


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
                clock_text(recording, span.start),
                *place,
                STATE_WORDS[state],
                score,
                *measures,
                infrared,
            ]

    write_csv(path, header, rows())


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
        for number, (cluster, event) in enumerate(numbered(clusters), start=1):
            span = event.interval
            place = place_in_files(recording, event.peak)
            times = [f"{span.start:.3f}", f"{span.stop:.3f}", f"{event.peak:.3f}", clock_text(recording, event.peak)]
            yield [str(number), str(cluster), *times, *place, f"{event.score:.6f}"]

    write_csv(path, header, rows())
