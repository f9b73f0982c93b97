"""Figures 2, 3 and 4 of Miron et al. (npj Digital Medicine 2025), in their layout, for one patient or for hundreds.

Figure 2 shows each patient's AUC, sensitivity, specificity and accuracy as bars, their mean with its interval and the
pooled figure beside, and below them every prediction as a point with the threshold as a line. Figure 3 shows the same
for each set of patients of another origin, figure 4 how often patients without a spasm in view were falsely flagged.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from reviewer_app.evaluation.figures import BLACK, BLUE, GREY, ORANGE, VERMILION
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.picture import blank, sign
from reviewer_app.evaluation.study import PatientWindows

SKY, GREEN = "#56B4E9", "#009E73"
_COLOURS = (BLUE, ORANGE, GREEN, SKY)

LEAST_SLOTS = 6
"""So many patients are given room even where there are fewer: a single bar does not fill the page."""

MOST_NAMED = 40
"""With more patients than this their labels would run into each other, and every few only is named."""

MOST_POINTS = 30_000
"""Predictions drawn at most, so that a file with millions of windows can still be opened."""

LEAST_NEGATIVE = 1000
"""Windows without a spasm that are drawn however many there are with one."""


@dataclass(frozen=True, slots=True)
class PatientSet:
    """Patients of one origin, with what is drawn of them."""

    name: str
    windows: tuple[PatientWindows, ...]  # of each patient
    measures: tuple[Measure, ...]  # of the same patients, in the same order
    threshold: float

    def __post_init__(self) -> None:
        patients = [each.patient for each in self.windows]
        if any([patient for patient, _ in measure.by_patient] != patients for measure in self.measures):
            raise ValueError(f"the measures of {self.name!r} are of other patients than its windows")


def compose_patients(title: str, shown: PatientSet) -> Figure:
    """Figures 2 and 4: one row of bars for each measure, and a last one with all predictions."""
    rows = len(shown.measures) + 1
    figure = blank(_width(len(shown.windows)), 1.25 * rows + 2.2)
    grid = _grid(figure, rows, shown)
    _draw_set(figure, grid, shown, first=0)
    _finish(figure, title, _subtitle(shown), threshold=shown.threshold)
    return figure


def compose_sets(title: str, sets: Sequence[PatientSet]) -> Figure:
    """Figure 3: what figure 2 shows, for each of several sets below one another."""
    each = [len(shown.measures) + 1 for shown in sets]
    widest = max(sets, key=lambda shown: len(shown.windows))
    # A row without axes between two sets keeps their headings apart.
    rows = sum(each) + len(sets) - 1
    figure = blank(_width(len(widest.windows)), 1.15 * rows + 2.4)
    grid = _grid(figure, rows, widest)
    first = 0
    for shown, count in zip(sets, each, strict=True):
        axes = _draw_set(figure, grid, shown, first=first)
        axes.set_title(f"{shown.name}\n{_subtitle(shown)}", loc="left", fontsize=9.5, fontweight="bold", pad=8)
        first += count + 1
    _finish(figure, title, "", threshold=widest.threshold)
    return figure


def _width(patients: int) -> float:
    """Inches; a patient gets less room the more there are, and a page never more than can be looked at."""
    return min(16.0, 8.0 + 0.06 * patients)


def _grid(figure: Figure, rows: int, widest: PatientSet) -> GridSpec:
    height = figure.get_figheight()
    share = max(5.0, min(14.0, len(widest.windows) / 3))
    return figure.add_gridspec(
        rows,
        2,
        width_ratios=(share, 1.5),
        left=0.9 / figure.get_figwidth(),
        right=1 - 0.25 / figure.get_figwidth(),
        top=1 - 0.95 / height,
        bottom=1.15 / height,
        hspace=0.28,
        wspace=0.06,
    )


def _draw_set(figure: Figure, grid: GridSpec, shown: PatientSet, *, first: int) -> Axes:
    """Draws a set from a row of the grid on; gives its uppermost axes, for a heading."""
    uppermost: Axes | None = None
    for i, measure in enumerate(shown.measures):
        bars, whole = figure.add_subplot(grid[first + i, 0]), figure.add_subplot(grid[first + i, 1])
        _draw_bars(bars, measure, colour=_COLOURS[i % len(_COLOURS)])
        # A row is too low for all words; that it is about windows, and the threshold, stand elsewhere in the figure.
        name = measure.what.removeprefix("window ").removesuffix(f" at {shown.threshold:g}")
        bars.set_ylabel(fill(name, 14), fontsize=8.5)
        _draw_whole(whole, measure, colour=_COLOURS[i % len(_COLOURS)])
        if uppermost is None:
            uppermost = bars
            whole.set_xticks([0, 1], ["mean", "pooled"], fontsize=8)
            whole.tick_params(axis="x", top=False, bottom=False, labeltop=True, labelbottom=False, pad=1)
    row = first + len(shown.measures)
    points, together = figure.add_subplot(grid[row, 0]), figure.add_subplot(grid[row, 1])
    _draw_points(points, together, shown)
    return uppermost or points


def _draw_bars(axes: Axes, measure: Measure, *, colour: str) -> None:
    values = np.array([value for _, value in measure.by_patient], dtype=np.float64)
    places = np.arange(len(values))
    known = ~np.isnan(values)
    axes.bar(places[known], values[known], width=0.8, color=colour, linewidth=0)
    top = _top(measure)
    axes.set_ylim(0, top)
    # A bar of height 0 and a measure that cannot be told must not look alike.
    axes.plot(places[~known], np.full((~known).sum(), 0.06 * top), "x", color=GREY, markersize=4, clip_on=False)
    zero = known & (values == 0)
    axes.plot(places[zero], np.zeros(zero.sum()), "_", color=colour, markersize=5, markeredgewidth=2, clip_on=False)
    _places(axes, len(values))
    axes.set_xticks([])
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def _top(measure: Measure) -> float:
    """Shares end at 1, and false-alarm shares, which are small, at what they reach; rates an hour at theirs."""
    reached = [value for _, value in measure.by_patient if not math.isnan(value)]
    if measure.higher_is_better:
        return 1.05
    ends = [each for each in (measure.mean.high, measure.pooled.high, measure.pooled.value) if not math.isnan(each)]
    return 1.12 * max(*reached, *ends, 0.01, 0.0)


def _draw_whole(axes: Axes, measure: Measure, *, colour: str) -> None:
    """The mean over patients with its interval, and the pooled figure with its own as a diamond beside it."""
    mean, pooled = measure.mean, measure.pooled
    axes.set_xlim(-0.6, 1.6)
    axes.set_ylim(0, _top(measure))
    if not math.isnan(mean.value):
        axes.bar([0], [mean.value], width=0.8, color="white", edgecolor=colour, hatch="////", linewidth=1.2)
    for place, each in ((0, mean), (1, pooled)):
        if not math.isnan(each.low):
            reach = [[max(0.0, each.value - each.low)], [max(0.0, each.high - each.value)]]
            axes.errorbar([place], [each.value], yerr=reach, color=BLACK, capsize=3, linewidth=1.2)
    axes.plot([1], [pooled.value], "D", color=BLACK, markersize=5, clip_on=False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)


def _draw_points(axes: Axes, together: Axes, shown: PatientSet) -> None:
    """Every prediction in its patient's column, positives over negatives, and all of them once more beside."""
    told = predictions(shown.windows)
    order = np.argsort(told.positive, kind="stable")
    scores, positive, patient = told.scores[order], told.positive[order], told.patient[order]
    # Not chance but the golden ratio spreads the points within their column: the same figure has the same bytes.
    spread = (np.arange(len(scores)) * 0.618033988749895) % 1 - 0.5
    size = 3.0 if len(scores) > 3000 else 8.0
    for mask, colour, marker in ((~positive, GREY, "o"), (positive, VERMILION, "^")):
        for where, x in ((axes, patient[mask] + 0.7 * spread[mask]), (together, positive[mask] + 0.7 * spread[mask])):
            where.scatter(x, scores[mask], s=size, c=colour, marker=marker, linewidths=0, alpha=0.7, rasterized=True)
    for where in (axes, together):
        where.axhline(shown.threshold, color=BLACK, linewidth=1.0, linestyle=(0, (4, 3)))
        where.set_ylim(-0.03, 1.03)
    axes.set_ylabel("prediction", fontsize=8.5)
    _places(axes, len(shown.windows))
    names = [each.patient for each in shown.windows]
    named = range(0, len(names), max(1, math.ceil(len(names) / MOST_NAMED)))
    turned = 90 if max(len(name) for name in names) > 4 or len(named) > 20 else 0
    axes.set_xticks(list(named), [names[i] for i in named], rotation=turned, fontsize=8)
    together.set_xlim(-0.6, 1.6)
    together.set_xticks([0, 1], ["other", "spasm"], fontsize=8)
    together.set_yticks([])
    together.spines[["top", "right", "left"]].set_visible(False)


@dataclass(frozen=True, slots=True)
class Predictions:
    """Windows that are drawn as points."""

    scores: NDArray[np.float64]  # (n,)
    positive: NDArray[np.bool_]  # (n,)
    patient: NDArray[np.int64]  # (n,) place of the patient among the set's


def predictions(windows: Sequence[PatientWindows]) -> Predictions:
    """At most ``MOST_POINTS`` predictions, unless more windows hold a spasm: all of those, and others evenly by score.

    The highest score of a window without a spasm is always among them: the rare false alarms are what one looks for.
    """
    scores = np.concatenate([each.scores for each in windows])
    positive = np.concatenate([each.positive for each in windows])
    patient = np.repeat(np.arange(len(windows)), [len(each.scores) for each in windows])
    negative = np.flatnonzero(~positive)
    room = max(LEAST_NEGATIVE, MOST_POINTS - int(positive.sum()))
    if len(negative) > room:
        ranked = negative[np.argsort(scores[negative], kind="stable")]
        drawn = ranked[np.linspace(0, len(ranked) - 1, room).astype(np.int64)]
        kept = np.sort(np.r_[np.flatnonzero(positive), drawn])
        scores, positive, patient = scores[kept], positive[kept], patient[kept]
    return Predictions(scores, positive, patient)


def _places(axes: Axes, patients: int) -> None:
    missing = max(0, LEAST_SLOTS - patients) / 2
    axes.set_xlim(-0.6 - missing, patients - 0.4 + missing)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)


def _subtitle(shown: PatientSet) -> str:
    count, windows = len(shown.windows), sum(len(each.scores) for each in shown.windows)
    spasms = sum(int(each.positive.sum()) for each in shown.windows)
    drawn = len(predictions(shown.windows).scores)
    some = f", {drawn:,} drawn" if drawn < windows else ""
    return f"{count} patient{'s' if count != 1 else ''}, {windows:,} windows ({spasms:,} with a spasm{some})"


def _finish(figure: Figure, title: str, subtitle: str, *, threshold: float) -> None:
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.28 / height, title, fontsize=13, fontweight="bold", va="center")
    figure.text(0.02, 1 - 0.53 / height, subtitle, fontsize=10, va="center")
    handles = [
        Line2D([], [], color=BLUE, marker="s", markersize=8, linestyle="", label="a patient"),
        Line2D([], [], color=GREY, marker="x", linestyle="", label="cannot be told: windows of one kind only"),
        Line2D([], [], color=BLACK, marker="|", markersize=9, linestyle="", label="mean of patients, 95 % CI"),
        Line2D([], [], color=BLACK, marker="D", markersize=5, linestyle="", label="all patients pooled"),
        Line2D([], [], color=VERMILION, marker="^", linestyle="", label="window with a spasm"),
        Line2D([], [], color=GREY, marker="o", linestyle="", label="other window"),
        Line2D([], [], color=BLACK, linestyle=(0, (4, 3)), label=f"threshold {threshold:g}"),
    ]
    place = (0.5, 0.3 / height)
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=place, ncols=4, frameon=False, fontsize=8)
    sign(figure)
