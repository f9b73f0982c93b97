"""The paper's figures: a bar for each patient whose windows allow it, every rare false alarm in sight, equal bytes."""

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.evaluation import paper_figures
from reviewer_app.evaluation.confidence import Estimate
from reviewer_app.evaluation.paper_figures import PatientSet, compose_patients, compose_sets, predictions
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.picture import png_bytes, svg_bytes
from reviewer_app.evaluation.study import PatientWindows

UNKNOWN = Estimate(math.nan, math.nan, math.nan, 0, "patients")


def measure(key: str, values: tuple[float, ...], *, better: bool | None = True) -> Measure:
    known = [each for each in values if not math.isnan(each)]
    mean = Estimate(float(np.mean(known)), 0.1, 0.9, len(known), "patients") if known else UNKNOWN
    by_patient = tuple((f"P{i}", value) for i, value in enumerate(values))
    return Measure(key, f"window {key}", by_patient, mean, mean, better)


def patient_set(values: tuple[float, ...], *, windows: int = 20, name: str = "all") -> PatientSet:
    chance = np.random.default_rng(1)
    positive = np.arange(windows) % 5 == 0
    each = tuple(PatientWindows(f"P{i}", chance.random(windows), positive) for i in range(len(values)))
    return PatientSet(name, each, (measure("auc", values), measure("sensitivity", values)), 0.5)


def bars(figure: Figure, row: int) -> int:
    """Bars of patients in a row of the figure; two axes a row, the left one with the patients."""
    return sum(isinstance(patch, Rectangle) for patch in figure.axes[2 * row].patches)


def crosses(figure: Figure, row: int) -> int:
    marks = [line for line in figure.axes[2 * row].lines if line.get_marker() == "x"]
    return sum(np.size(line.get_xdata()) for line in marks)


@pytest.mark.parametrize("patients", [1, 3, 20, 150])
def test_every_patient_has_one_bar_in_each_row(patients: int) -> None:
    figure = compose_patients("Windows", patient_set((0.8,) * patients))
    assert [bars(figure, row) for row in (0, 1)] == [patients, patients]
    assert len(figure.axes) == 2 * 3
    assert figure.get_figwidth() <= 16


def test_what_cannot_be_told_is_a_cross_and_not_an_empty_place() -> None:
    figure = compose_patients("Windows", patient_set((0.8, math.nan, 0.0)))
    assert bars(figure, 0) == 2
    assert crosses(figure, 0) == 1
    alone = compose_patients("Windows", patient_set((math.nan,)))
    assert (bars(alone, 0), crosses(alone, 0)) == (0, 1)


def test_the_notice_and_the_numbers_stand_on_the_figure_itself() -> None:
    texts = [each.get_text() for each in compose_patients("Windows", patient_set((0.8, 0.9))).texts]
    assert RESEARCH_NOTICE in texts
    assert "2 patients, 40 windows (8 with a spasm)" in texts


def test_each_set_has_its_own_rows_and_heading() -> None:
    figure = compose_sets("Sets", (patient_set((0.8,), name="held out"), patient_set((0.7, 0.6), name="external")))
    assert [bars(figure, row) for row in (0, 1, 3, 4)] == [1, 1, 2, 2]
    headings = [axes.get_title(loc="left") for axes in figure.axes]
    assert [each.splitlines()[0] for each in headings if each] == ["held out", "external"]


def test_rates_are_drawn_up_to_what_they_reach() -> None:
    shown = patient_set((0.8, 0.7))
    rates = replace(shown, measures=(measure("false_alarms_per_hour", (30.0, math.nan), better=False),))
    axes = compose_patients("False alarms", rates).axes
    assert axes[0].get_ylim()[1] > 30
    assert axes[1].get_ylim() == axes[0].get_ylim()
    unknown = replace(shown, measures=(measure("false_alarms_per_hour", (math.nan, math.nan), better=False),))
    assert compose_patients("False alarms", unknown).axes[0].get_ylim()[1] > 0


def test_measures_of_other_patients_are_refused() -> None:
    shown = patient_set((0.8, 0.7))
    with pytest.raises(ValueError, match="other patients"):
        replace(shown, measures=(measure("auc", (0.5,)),))


def test_of_too_many_windows_all_spasms_and_the_highest_false_score_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_figures, "MOST_POINTS", 120)
    monkeypatch.setattr(paper_figures, "LEAST_NEGATIVE", 50)
    shown = patient_set((0.8, 0.7), windows=200)
    whole, drawn = 400, predictions(shown.windows)
    scores = np.concatenate([each.scores for each in shown.windows])
    positive = np.concatenate([each.positive for each in shown.windows])
    assert len(drawn.scores) == 130 < whole
    assert drawn.positive.sum() == positive.sum()
    assert drawn.scores[~drawn.positive].max() == scores[~positive].max()
    assert set(drawn.patient) == {0, 1}
    subtitle = compose_patients("Windows", shown).texts[1].get_text()
    assert "130 drawn" in subtitle


def test_equal_figures_have_equal_bytes_without_a_date() -> None:
    first, second = (compose_patients("Windows", patient_set((0.8, math.nan))) for _ in range(2))
    svg = svg_bytes(first)
    assert svg == svg_bytes(second)
    assert b"dc:date" not in svg
    assert RESEARCH_NOTICE.encode() in svg
    assert png_bytes(first) == png_bytes(second)
