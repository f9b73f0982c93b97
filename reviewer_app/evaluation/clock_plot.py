"""Spasms around the clock: a dial of 24 hours, since spasms gather at certain hours, above all after waking."""

from collections.abc import Sequence
from io import BytesIO
from math import pi

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.projections.polar import PolarAxes

from reviewer_app.domain.night import NightReport
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import ENGLISH, Phrases
from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.figures import BLACK, BLUE, ORANGE, VERMILION

DAY = 86_400.0
_INNER, _OUTER = 0.45, 0.86  # between these stand the bars
_RINGS = {"analysable": (0.93, BLUE, ""), "looked at": (1.02, ORANGE, "////")}
_THICK = 0.07
_BAR = "#cccccc"


def clock_plot_png(night: NightReport, *, say: Phrases = ENGLISH) -> bytes:
    """The dial as a PNG of 1400 x 1400 pixels."""
    written = BytesIO()
    compose_clock_plot(night, say=say).savefig(written, format="png", metadata={"Description": RESEARCH_NOTICE})
    return written.getvalue()


def compose_clock_plot(night: NightReport, *, say: Phrases = ENGLISH) -> Figure:
    """A bar for each hour's spasms, a stroke for each spasm, and around them what was analysable and what looked at.

    An hour without a bar says something only where the ring "looked at" goes around it.
    """
    figure = Figure(figsize=(7, 7), dpi=200)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.12, 0.14, 0.76, 0.76), projection="polar")
    assert isinstance(axes, PolarAxes)
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 1.1)
    axes.set_axisbelow(True)
    axes.set_yticks([])
    axes.set_xticks([hour * pi / 12 for hour in range(0, 24, 3)], [f"{hour:02}" for hour in range(0, 24, 3)])
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.spines["polar"].set_visible(False)
    _draw_spasms(axes, night)
    for name, intervals in (("analysable", night.analysable), ("looked at", night.looked_at)):
        _draw_ring(axes, night.recording, name, intervals)
    figure.text(0.5, 0.955, say("Spasms by the clock"), ha="center", fontsize=13, fontweight="bold")
    handles = [
        Line2D(
            [], [], color=VERMILION, marker="|", markersize=10, markeredgewidth=1.6, linestyle="", label=say("a spasm")
        ),
        Patch(facecolor=_BAR, edgecolor=BLACK, label=say("spasms in the hour")),
        *(
            Patch(facecolor=colour if not pattern else "white", edgecolor=colour, hatch=pattern, label=say(name))
            for name, (_, colour, pattern) in _RINGS.items()
        ),
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.045), ncols=4, frameon=False, fontsize=9)
    figure.text(0.5, 0.02, say(RESEARCH_NOTICE), ha="center", fontsize=9, fontweight="bold")
    return figure


def hour_counts(night: NightReport) -> list[int]:
    """How many spasms fell into each hour of the local clock, all days together."""
    counts = [0] * 24
    for spasm in night.spasms:
        counts[night.recording.clock(spasm.peak).hour] += 1
    return counts


def angle(recording: Recording, time: float) -> float:
    """Where a recording second stands on the dial, clockwise from midnight."""
    local = recording.clock(time)
    return (local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6) / DAY * 2 * pi


def _draw_spasms(axes: PolarAxes, night: NightReport) -> None:
    counts = hour_counts(night)
    most = max(1, *counts)
    for hour, count in enumerate(counts):
        if count:
            height = (_OUTER - _INNER) * 0.85 * count / most
            middle = (hour + 0.5) * pi / 12
            axes.bar(middle, height, width=pi / 12 * 0.9, bottom=_INNER, color=_BAR, edgecolor=BLACK, linewidth=0.6)
            axes.text(middle, _INNER - 0.07, str(count), ha="center", va="center", fontsize=9)
    angles = [angle(night.recording, spasm.peak) for spasm in night.spasms]
    axes.vlines(angles, _OUTER - 0.05, _OUTER + 0.02, colors=VERMILION, linewidth=1.2)


def _draw_ring(axes: PolarAxes, recording: Recording, name: str, intervals: Sequence[Interval]) -> None:
    bottom, colour, pattern = _RINGS[name]
    for each in intervals:
        # More than a day goes round once; the start decides, so an hour that the clock gains or loses shifts nothing.
        width = min(each.seconds, DAY) / DAY * 2 * pi
        axes.bar(
            angle(recording, each.start),
            _THICK,
            width=width,
            bottom=bottom,
            align="edge",
            color=colour if not pattern else "white",
            edgecolor=colour,
            hatch=pattern,
            linewidth=0.5,
        )
