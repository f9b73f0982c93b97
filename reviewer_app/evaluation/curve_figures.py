"""What no bar shows: spasms found against false alarms (FROC), how far scores are chances, and the hours of the day."""

import math
from math import pi

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.projections.polar import PolarAxes

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.evaluation.by_the_clock import HOURS, ByTheClock
from reviewer_app.evaluation.confidence import proportion
from reviewer_app.evaluation.curves import Calibration, Froc
from reviewer_app.evaluation.figures import BLACK, BLUE, GREY, ORANGE, VERMILION
from reviewer_app.evaluation.picture import blank, sign

LEAST_RATE = 0.05
"""False alarms an hour at the left edge of a FROC: one in a night and a half; what is rarer stands there, too."""

RATES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


def compose_froc(curve: Froc, point: OperatingPoint) -> Figure:
    """Share of spasms found against false alarms an hour, for every threshold that events were picked at.

    Args:
        curve: All thresholds, and what came out at the operating point.
        point: Under test; its prediction stands beside what came out.
    """
    told = [each for each in curve.points if not math.isnan(each.sensitivity)]
    rates = np.array([each.false_alarms_per_hour for each in told])
    sensitivities = np.array([each.sensitivity for each in told])
    rate, found = curve.chosen.false_alarms_per_hour, curve.chosen.sensitivity
    figure = blank(7.5, 5.6)
    axes = figure.add_axes((0.1, 0.17, 0.86, 0.72))
    order = np.lexsort((sensitivities, rates))
    shown = np.maximum(rates[order], LEAST_RATE)
    axes.step(shown, sensitivities[order], where="post", color=BLUE, linewidth=1.8, label="all thresholds")
    share = "share found unknown" if math.isnan(found) else f"{found:.0%} found"
    said = f"operating point: {rate:.2g} an hour, {share}"
    axes.plot([max(rate, LEAST_RATE)], [found], "D", color=VERMILION, markersize=8, clip_on=False, label=said)
    expected = point.false_alarms_per_hour
    words = f"predicted for it by the bundle: {expected:.2g} an hour"
    axes.axvline(max(expected, LEAST_RATE), color=BLACK, linewidth=1.0, linestyle=(0, (4, 3)), label=words)
    if not told:
        nothing = "the reference holds 0 spasms: nothing to be found"
        axes.text(0.5, 0.5, nothing, transform=axes.transAxes, ha="center", fontsize=11)
    axes.set_xscale("log")
    highest = max(100.0, float(np.max(shown, initial=rate)) * 1.1)
    axes.set_xlim(LEAST_RATE, highest)
    axes.set_xticks(RATES, [f"≤ {RATES[0]:g}", *(f"{each:g}" for each in RATES[1:])])
    axes.minorticks_off()
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("false alarms an analysable hour")
    axes.set_ylabel("share of spasms found")
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="best", fontsize=9, framealpha=0.9)
    figure.text(0.1, 0.935, "Spasms found against false alarms (FROC)", fontsize=13, fontweight="bold")
    sign(figure)
    return figure


def compose_calibration(shown: Calibration) -> Figure:
    """Share of windows with a spasm against their score, and how many windows stand behind each point."""
    figure = blank(7.0, 7.0)
    grid = figure.add_gridspec(2, 1, height_ratios=(3, 1), left=0.12, right=0.96, top=0.88, bottom=0.14, hspace=0.08)
    axes, below = figure.add_subplot(grid[0]), figure.add_subplot(grid[1])
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), label="score = chance")
    predicted = [each.mean_score for each in shown.bins]
    values = [each.share_positive for each in shown.bins]
    exact = [proportion(round(each.share_positive * each.count), each.count, unit="windows") for each in shown.bins]
    reach = [
        [max(0.0, each.value - each.low) for each in exact],
        [max(0.0, each.high - each.value) for each in exact],
    ]
    axes.errorbar(predicted, values, yerr=reach, fmt="none", ecolor=BLUE, capsize=3, linewidth=1.2)
    axes.plot(predicted, values, "o-", color=BLUE, markersize=6, label="windows, with 95 % (as if independent)")
    axes.set_ylim(-0.02, 1.02)
    axes.set_ylabel("share of windows with a spasm")
    axes.legend(loc="upper left", fontsize=9)
    axes.tick_params(labelbottom=False)
    for each in shown.bins:
        middle = (each.low + each.high) / 2
        below.bar([middle], [each.count], width=0.9 * (each.high - each.low), color=ORANGE)
        below.text(middle, each.count * 1.3, f"{each.count:,}", ha="center", va="bottom", fontsize=7)
    below.set_yscale("log")
    below.set_ylim(0.5, 12.0 * max((each.count for each in shown.bins), default=1))
    below.set_ylabel("windows")
    below.set_xlabel("score (0–1)")
    for part in (axes, below):
        part.set_xlim(-0.02, 1.02)
        part.grid(color="#dddddd", linewidth=0.6)
        part.set_axisbelow(True)
        part.spines[["top", "right"]].set_visible(False)
    figure.text(0.12, 0.945, "Are scores chances? (calibration)", fontsize=13, fontweight="bold")
    told = f"Brier score {shown.brier:.4f}, expected calibration error {shown.expected_error:.4f}; 0 is best"
    figure.text(0.12, 0.91, told, fontsize=10)
    sign(figure)
    return figure


def compose_by_the_clock(shown: ByTheClock) -> Figure:
    """A dial of 24 hours: spasms found and missed as bars, false alarms as points, and around them what was analysed.

    An hour without a bar says something only where the ring around it is filled.
    """
    figure = blank(7, 7)
    axes = figure.add_axes((0.13, 0.15, 0.74, 0.74), projection="polar")
    assert isinstance(axes, PolarAxes)
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 1.1)
    axes.set_yticks([])
    axes.set_xticks([hour * pi / 12 for hour in range(0, HOURS, 3)], [f"{hour:02}" for hour in range(0, HOURS, 3)])
    axes.set_axisbelow(True)
    axes.grid(color="#dddddd", linewidth=0.7)
    axes.spines["polar"].set_visible(False)
    middles = (np.arange(HOURS) + 0.5) * pi / 12
    spasms = np.array(shown.found) + np.array(shown.missed)
    scale = 0.5 / max(1, int(spasms.max()))
    width = pi / 12 * 0.86
    axes.bar(middles, np.array(shown.found) * scale, width=width, bottom=0.3, color=BLUE)
    some = np.flatnonzero(shown.missed)  # an empty bar's outline would look like a short one
    axes.bar(
        middles[some],
        np.array(shown.missed)[some] * scale,
        width=width,
        bottom=0.3 + np.array(shown.found)[some] * scale,
        color="white",
        edgecolor=BLUE,
        hatch="////",
    )
    for middle, count, false in zip(middles, spasms, shown.false_alarms, strict=True):
        if count:
            axes.text(middle, 0.235, f"{count}", ha="center", va="center", fontsize=8)
        if false:
            axes.text(middle, 0.875, f"{false}", ha="center", va="center", fontsize=8, color=VERMILION)
    longest = max(*shown.hours, 1e-9)
    shades = [ORANGE if hours else "white" for hours in shown.hours]
    axes.bar(middles, 0.1 * np.array(shown.hours) / longest, width=pi / 12, bottom=0.95, color=shades)
    axes.plot(np.linspace(0, 2 * pi, 200), np.full(200, 0.95), color=GREY, linewidth=0.8)
    figure.text(0.5, 0.945, "By the clock", ha="center", fontsize=13, fontweight="bold")
    handles = [
        Patch(facecolor=BLUE, label="spasms found"),
        Patch(facecolor="white", edgecolor=BLUE, hatch="////", label="spasms missed"),
        Line2D([], [], color=VERMILION, marker="$8$", markersize=8, linestyle="", label="false alarms"),
        Patch(facecolor=ORANGE, label=f"analysed, at most {longest:.1f} h"),
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.05), ncols=4, frameon=False, fontsize=9)
    sign(figure)
    return figure
