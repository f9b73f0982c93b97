"""Pictures for files and reports; alone in using matplotlib, and without its global state, so any thread may draw.

Colours are Okabe and Ito's, which the colour-blind can tell apart; every state also has a pattern of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from reviewer_app.domain.event import Cluster, Curve, event_curve
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import ENGLISH, Phrases
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.report import TraceReport
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.errors import RequestError

BLACK, BLUE, VERMILION, PURPLE, ORANGE, GREY = "#000000", "#0072B2", "#D55E00", "#CC79A7", "#E69F00", "#999999"
LEFT = 0.055
"""Where text and axes begin, as a share of the figure's width."""

CEILING = 1.02
"""Top of the curve's axis: a score of 1 keeps its line in sight."""

COLUMNS = 1480
"""Pixels across the strip; more values than that are pooled, so that a single high one still shows."""

TICK_STEPS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
MOST_TICKS = 16


@dataclass(frozen=True, slots=True)
class State:
    """How one kind of time that is not simply scored is drawn."""

    text: str
    colour: str
    pattern: str
    face: str


GAP = State("no video (gap)", GREY, "///", "#ffffff")
UNDECODABLE = State("cannot be decoded", PURPLE, "xxx", "#f7e6ef")
UNSCANNED = State("not scanned yet", GREY, "...", "#eeeeee")
TOO_SHORT = State("too short for a window", BLACK, "++", "#eeeeee")
NOT_ANALYSABLE = State("perhaps not analysable", ORANGE, "\\\\\\", "#fdf3dc")


def draw_timeline(path: Path, report: TraceReport) -> None:
    """Writes a PNG of 1600 x 700 pixels: the night as a heat strip, its curve, events, clusters and missing time.

    Raises:
        RequestError: the file cannot be written.
    """
    figure = compose_timeline(report)
    try:
        figure.savefig(path, format="png", metadata={"Description": RESEARCH_NOTICE})
    except OSError as error:
        raise RequestError(f"The picture {path} cannot be written: {error.strerror or error}.") from error


def compose_timeline(report: TraceReport, *, say: Phrases = ENGLISH) -> Figure:
    """The same picture, in the reader's language, to be looked at or written as something else."""
    figure = Figure(figsize=(16, 7), dpi=100)
    FigureCanvasAgg(figure)
    marks, strip, plot = figure.subplots(3, 1, sharex=True, height_ratios=[1.1, 0.8, 2.6])
    figure.subplots_adjust(left=LEFT, right=0.965, top=0.87, bottom=0.235, hspace=0.06)
    curve = event_curve(report.trace)
    _draw_marks(marks, report, say)
    _draw_strip(strip, curve, report.recording.seconds, say)
    _draw_curve(plot, curve, report, say)
    states = _states(report)
    for state, intervals in states:
        _shade(strip, state, intervals, top=1)
        _shade(plot, state, intervals, top=CEILING)
    _draw_clock(plot, report.recording, say)
    _write_around(figure, report, [state for state, intervals in states if intervals], say)
    return figure


def _draw_marks(axes: Axes, report: TraceReport, say: Phrases) -> None:
    """Events as strokes, taller where several fall together; clusters as brackets with their number of events."""
    axes.set_ylim(0, 1)
    seconds = report.recording.seconds
    # Strokes of 2 pixels each: a cluster seen from afar is a profile, not a block.
    peaks = [min(event.peak, seconds) for event in report.findings.events]  # the last window may run past the end
    heights, edges = np.histogram(peaks, bins=COLUMNS // 2, range=(0, seconds))
    used = heights > 0
    tallest = max(2, int(heights.max()))
    tops = 0.06 + 0.2 + 0.2 * (heights[used] - 1) / (tallest - 1)
    axes.vlines((edges[:-1] + edges[1:])[used] / 2, 0.06, tops, colors=VERMILION, linewidth=1.6)
    _draw_brackets(axes, [each for each in report.findings.clusters if len(each.events) > 1], seconds / COLUMNS)
    axes.set_yticks([0.16, 0.6], [say("events"), say("clusters")])
    axes.tick_params(length=0, labelbottom=False)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)


def _draw_brackets(axes: Axes, clusters: Sequence[Cluster], per_pixel: float) -> None:
    """One bracket per cluster; where numbers would collide, those of the largest clusters stand."""
    numbered: list[float] = []
    for cluster in sorted(clusters, key=lambda each: -len(each.events)):
        start, stop = cluster.interval.start, cluster.interval.stop
        widened = max(0.0, 4 * per_pixel - (stop - start)) / 2  # a bracket of under 4 pixels could not be seen
        left, right = start - widened, stop + widened
        axes.plot([left, left, right, right], [0.54, 0.64, 0.64, 0.54], color=BLACK, linewidth=1.2)
        middle = cluster.interval.middle
        if all(abs(middle - other) >= 28 * per_pixel for other in numbered):
            numbered.append(middle)
            axes.text(middle, 0.7, str(len(cluster.events)), ha="center", va="bottom", fontsize=10)


def _draw_strip(axes: Axes, curve: Curve, seconds: float, say: Phrases) -> None:
    """The highest value per pixel as a colour; nothing where nothing is known."""
    edges, _, highest = pooled(curve, seconds)
    axes.pcolormesh(edges, [0, 1], highest[np.newaxis, :], cmap="cividis", vmin=0, vmax=1, rasterized=True)
    axes.set_yticks([0.5], [say("score")])
    axes.tick_params(length=0, labelbottom=False)


def _draw_curve(axes: Axes, curve: Curve, report: TraceReport, say: Phrases) -> None:
    """Lowest to highest value per pixel, with the operating point's two thresholds."""
    edges, lowest, highest = pooled(curve, report.recording.seconds)
    axes.stairs(highest, edges, baseline=lowest, fill=True, color=BLUE, alpha=0.35, linewidth=0, zorder=2)
    axes.stairs(highest, edges, baseline=None, color=BLUE, linewidth=0.9, zorder=2)
    if (point := report.findings.point) is not None:
        right = axes.get_yaxis_transform()
        axes.axhline(point.enter, color=BLACK, linewidth=1.2, zorder=3)
        axes.axhline(point.leave, color=BLACK, linewidth=1.0, linestyle=(0, (4, 3)), zorder=3)
        axes.text(1.004, point.enter, say("enter"), transform=right, va="bottom", fontsize=9)
        axes.text(1.004, point.leave, say("leave"), transform=right, va="top", fontsize=9)
    axes.set_ylim(0, CEILING)
    axes.set_xlim(0, report.recording.seconds)
    axes.set_ylabel(say("score (0–1)"))
    axes.grid(axis="x", color="#dddddd", linewidth=0.7)
    axes.spines[["top", "right"]].set_visible(False)


def pooled(
    curve: Curve, seconds: float, *, columns: int = COLUMNS
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Edges of at most ``columns`` equal stretches of a recording, with the lowest and highest value in each.

    A stretch without a known value is NaN; one high value among thousands still decides its stretch.
    """
    count = max(1, min(columns, round(seconds / curve.step)))
    edges = np.linspace(0, seconds, count + 1)
    times = curve.start + np.arange(len(curve.values)) * curve.step
    known = ~np.isnan(curve.values)
    column = np.minimum(times[known] / seconds * count, count - 1).astype(np.int64)
    lowest, highest = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(lowest, column, curve.values[known])
    np.maximum.at(highest, column, curve.values[known])
    empty = np.isinf(lowest)
    lowest[empty] = highest[empty] = np.nan
    # The first and last value speak for the half window before and after them, too.
    for beyond, value in ((edges[1:] <= times[0], curve.values[0]), (edges[:-1] >= times[-1], curve.values[-1])):
        lowest[beyond & empty] = highest[beyond & empty] = value
    return edges, lowest, highest


def _states(report: TraceReport) -> list[tuple[State, tuple[Interval, ...]]]:
    coverage = report.coverage
    elsewhere = [*coverage.gaps, *coverage.undecodable, *coverage.unscanned, *coverage.too_short]
    doubtful = subtract((each.interval for each in report.not_analysable), elsewhere)
    return [
        (GAP, coverage.gaps),
        (UNDECODABLE, coverage.undecodable),
        (UNSCANNED, coverage.unscanned),
        (TOO_SHORT, coverage.too_short),
        (NOT_ANALYSABLE, doubtful),
    ]


def _shade(axes: Axes, state: State, intervals: Sequence[Interval], *, top: float) -> None:
    # Not-analysable time keeps its scores in sight; the others have none, so nothing may show through.
    opacity = 0.3 if state is NOT_ANALYSABLE else 1.0
    with mpl.rc_context({"hatch.linewidth": 0.8}):
        axes.broken_barh(
            [(each.start, each.seconds) for each in intervals],
            (0, top),
            facecolor=to_rgba(state.face, opacity),
            edgecolor=state.colour,
            hatch=state.pattern,
            linewidth=0.8,
            zorder=1.5,
        )


def _draw_clock(axes: Axes, recording: Recording, say: Phrases) -> None:
    ticks = clock_ticks(recording, say=say)
    axes.set_xticks([time for time, _ in ticks], [text for _, text in ticks])
    axes.set_xlabel(say("local time ({zone} at the start)", zone=recording.start.tzname()))


def clock_ticks(recording: Recording, *, say: Phrases = ENGLISH) -> list[tuple[float, str]]:
    """Recording seconds at which the local clock is round, with what it shows there.

    The walk is in UTC, so an hour that a night loses or gains is lost or gained on the axis, too; the first tick, the
    first after midnight, and the first after the clock changed say so.
    """
    step = next((s for s in TICK_STEPS if recording.seconds / s <= MOST_TICKS), TICK_STEPS[-1])
    # Zones differ from UTC by whole quarters of an hour, so no round local time is missed.
    stride = min(step, 900) if step % 900 == 0 else min(step, 60)
    start = recording.start.astimezone(UTC)
    first = -(-int(start.timestamp()) // stride) * stride
    ticks: list[tuple[float, str]] = []
    before: datetime | None = None
    for moment in range(first, int(start.timestamp() + recording.seconds) + 1, stride):
        time = (datetime.fromtimestamp(moment, UTC) - start) / timedelta(seconds=1)
        local = recording.clock(max(0.0, time))
        if (local.hour * 3600 + local.minute * 60 + local.second) % step == 0:
            ticks.append((time, _tick_text(local, before, say, seconds=step < 60)))
            before = local
    return ticks[:: 1 + len(ticks) // (MOST_TICKS + 2)]  # weeks would otherwise be crowded with midnights


def _tick_text(local: datetime, before: datetime | None, say: Phrases, *, seconds: bool) -> str:
    text = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    if before is None or before.date() != local.date():
        return f"{text}\n{say.weekday(local)} {local.day} {say.month(local)}"
    if before.utcoffset() != local.utcoffset():
        return f"{text}\n{local.tzname()}"
    return text


def _write_around(figure: Figure, report: TraceReport, states: Sequence[State], say: Phrases) -> None:
    """Title, legend and the sentences that stand wherever a score is shown."""
    recording, begun = report.recording, report.recording.start
    title = say("Suspected spasms in a recording of {length}", length=_length(recording.seconds))
    figure.text(LEFT, 0.945, title, fontsize=15, fontweight="bold")
    day = f"{say.weekday(begun)} {begun.day} {say.month(begun)} {begun:%Y, %H:%M}"
    subtitle = (say("begun {day}", day=day), say("bundle {name}", name=report.bundle_name), *_found(report, say))
    figure.text(LEFT, 0.9, "  ·  ".join(subtitle), fontsize=11)
    scale = mpl.colormaps["cividis"]
    event, cluster = say("event"), say("cluster of two or more, with its events")
    handles = [
        Line2D([], [], color=VERMILION, marker="|", markersize=12, markeredgewidth=1.6, linestyle="", label=event),
        Line2D([], [], color=BLACK, linewidth=1.2, label=cluster),
        Patch(facecolor=scale(0.05), label=say("low score")),
        Patch(facecolor=scale(0.95), label=say("high score")),
        *(Patch(facecolor=s.face, edgecolor=s.colour, hatch=s.pattern, label=say(s.text)) for s in states),
    ]
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.05, 0.065), ncols=8, frameon=False, fontsize=9.5)
    figure.text(LEFT, 0.045, say(RESEARCH_NOTICE), fontsize=12, fontweight="bold")
    reminder = f"{say('Time without events may still hold spasms.')} {say(report.notice)}"
    figure.text(LEFT, 0.016, reminder.strip(), fontsize=9.5)


def _found(report: TraceReport, say: Phrases) -> tuple[str, ...]:
    findings = report.findings
    if (point := findings.point) is None:
        return (say("the bundle has no calibrated operating point, so nothing was flagged"),)
    grouped = sum(len(cluster.events) > 1 for cluster in findings.clusters)
    return (
        say("events: {events}, clusters of two or more: {clusters}", events=len(findings.events), clusters=grouped),
        say(
            "operating point: enter {enter}, leave {leave}, predicted false alarms an hour: {rate}",
            enter=f"{point.enter:.2g}",
            leave=f"{point.leave:.2g}",
            rate=f"{point.false_alarms_per_hour:.2g}",
        ),
    )


def _length(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
