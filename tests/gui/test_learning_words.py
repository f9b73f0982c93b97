"""What the rooms below say about learning is told in German, measure by measure and sentence by sentence."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.evaluation.paired import Difference, OnePatient, differences
from reviewer_app.evaluation.patients import event_measures, window_measures
from reviewer_app.evaluation.study import PatientWindows, StudyRules
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.learning_words import counted_in_words
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.shell.language import speak
from reviewer_app.jobs.compare import advice
from reviewer_app.jobs.evaluate import _figures
from reviewer_app.jobs.learn_request import Comparison, Evaluated, Paired, Trained
from reviewer_app.jobs.message import Figure, Stage, StepsDone
from reviewer_app.paths import resources_folder
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.evaluation.judged import judged, study_of
from tests.gui.learn.stand_ins import STARTER, WARD, StandIn

SHARE = Difference("spasms found, both at 1 false alarm an hour", 0.5, 0.7, 0.1, 0.3, 7, higher_is_better=True)
ALARMS = Difference(
    "false alarms an hour, each at its own operating point", 1.0, 2.0, 0.5, 1.5, 7, higher_is_better=False
)
ONE = OnePatient(
    patient="P1",
    hours=2.0,
    spasm_peaks=(0.9,),
    false_peaks=(0.7,),
    reference=1,
    found=1,
    false_alarms=1,
    clusters=(True,),
    count_errors=(0.5,),
    auc=0.8,
    brier=0.1,
    calibration_error=0.05,
    is_calibrated=True,
)


@pytest.fixture(autouse=True)
def german(qapp: QApplication) -> None:
    assert speak(qapp, "de", resources_folder() / "translations") == "de"


def measures() -> Iterator[str]:
    """Every name that the tables of the window show."""
    for rate in (1.0, 2.5):
        yield from (each.what for each in differences([ONE], [ONE], rate=rate, seed=0, draws=2))
    windows = PatientWindows("P1", np.array([0.9, 0.1]), np.array([True, False]))
    study = study_of(judged("a"))
    for each in chain(window_measures([windows], StudyRules()), event_measures(study)):
        yield from (figure.what for figure in _figures(each))


def test_each_measure_of_a_comparison_and_an_evaluation_has_a_german_name() -> None:
    named = {each: in_words(each) for each in measures()}
    english = [each for each, told in named.items() if told == each]
    assert english == []
    assert named["spasms found, both at 2.5 false alarms an hour"] == (
        "gefundene Spasmen, beide bei 2,5 Fehlalarmen in der Stunde"
    )
    assert named["window sensitivity at 0.5, pooled"] == "Sensitivität der Fenster bei 0,5, alle zusammen"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            (SHARE, ALARMS),
            "Bei diesen 7 Patienten ist der Kandidat besser (gefundene Spasmen, beide bei 1 Fehlalarm in der Stunde). "
            "Schlechter ist er bei: Fehlalarme in der Stunde, jedes am eigenen Arbeitspunkt. "
            "Wie es bei anderen Patienten und Kameras ist, bleibt unbekannt.",
        ),
        (
            (
                replace(SHARE, low=-0.3, high=-0.1),
                replace(ALARMS, low=-1.5, high=-0.5),
                replace(ALARMS, what="window AUC"),
            ),
            "Bei diesen 7 Patienten ist der Kandidat schlechter (gefundene Spasmen, beide bei 1 Fehlalarm in der "
            "Stunde). Besser ist er bei: Fehlalarme in der Stunde, jedes am eigenen Arbeitspunkt. "
            "Wie es bei anderen Patienten und Kameras ist, bleibt unbekannt.",
        ),
        ((replace(SHARE, low=-0.1),), "Mit 7 Patienten sind die beiden nicht zu unterscheiden."),
        (
            (replace(SHARE, patients=1),),
            "Mit 1 Patient sind die beiden nicht zu unterscheiden: Mindestens 6 braucht es, bis ein Unterschied mehr "
            "als Zufall ist.",
        ),
        (
            (replace(SHARE, one=float("nan"), patients=2),),
            "In der abgeschlossenen Zeit von 2 Patienten liegt kein Spasmus; welches Modellpaket mehr findet, ist "
            "darum offen.",
        ),
    ],
    ids=["better", "worse", "alike", "few", "no spasm"],
)
def test_advice_is_told_in_german_down_to_its_measures(found: tuple[Difference, ...], told: str) -> None:
    assert in_words(advice(found)) == told


def test_sentences_that_stand_together_are_each_told_in_german() -> None:
    refusal = "ward-2.1 has no operating point, so nothing would be flagged: it cannot be promoted."
    assert in_words(f"{advice((replace(SHARE, low=-0.1),))} {refusal}") == (
        "Mit 7 Patienten sind die beiden nicht zu unterscheiden. ward-2.1 hat keinen Arbeitspunkt, darum würde nichts "
        "markiert: Es kann nicht übernommen werden."
    )


def test_the_rules_of_an_evaluation_are_told_in_german() -> None:
    told = in_words(str(StudyRules()))
    assert told.startswith("Fenster sind positiv, wenn der Beginn eines Spasmus in ihnen liegt; die nur seinen Rest")
    assert "ausgelassen." in told or "negativ." in told
    assert "Windows" not in told


def test_names_stay_names_in_every_sentence() -> None:
    assert in_words("negative is the current bundle already; there is nothing to compare.").startswith("negative ist")


def test_one_and_many_are_told_apart() -> None:
    assert [counted_in_words(count, "recordings") for count in (1, 2)] == ["1 Aufnahme", "2 Aufnahmen"]
    assert counted_in_words(1, "verdicts") == "1 verdict"  # what nobody has translated stays English


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[LearnPage]:
    with Library.open(tmp_path / "library", keys=KeyFile(tmp_path / "key")) as library:
        page = LearnPage(StandIn(library).as_session)
        qtbot.addWidget(page)
        yield page


def session_of(page: LearnPage) -> Any:
    return page.lessons._session


def test_the_window_shows_measures_advice_and_progress_in_german(page: LearnPage, tmp_path: Path) -> None:
    lessons, session = page.lessons, session_of(page)
    lessons.compare("ward")
    session.last().told(Stage("Scanning held-out recordings with ward"))
    assert page.bundles.advice.text() == "Zurückgehaltene Aufnahmen werden mit ward durchsucht"
    session.last().told(StepsDone(1, 4, "scanning with ward"))
    assert page.bundles.advice.text() == "Durchsucht mit ward: 25 %"
    figures = (Paired(ALARMS.what, 1.0, 2.0, 1.0, 0.5, 1.5, 7, higher_is_better=False),)
    told = advice((SHARE,))
    session.last().then(Comparison(STARTER, WARD, figures, 4, 12.5, told, may_be_promoted=True, identity="c" * 64))
    assert page.bundles.figures.rows[0][0] == (
        "Fehlalarme in der Stunde, jedes am eigenen Arbeitspunkt (weniger ist besser)"
    )
    assert page.bundles.advice.text().endswith("Wie es bei anderen Patienten und Kameras ist, bleibt unbekannt.")
    lessons.evaluate("ward", tmp_path)
    figure = Figure("spasms found, pooled", 0.8, 0.7, 0.9, 1, "patients")
    session.last().then(Evaluated(tmp_path, tmp_path, tmp_path, (figure,), str(StudyRules())))
    row = page.reports.model.rows[0]
    assert (row[0], row[3]) == ("gefundene Spasmen, alle zusammen", "1 Patient")
    assert page.reports.told.text().startswith("Fenster sind positiv")
    lessons.trained.emit(Trained(WARD, (replace(figure, what="window AUC"),), 1, 1.0))
    assert page.training.result.text().endswith("AUC der Fenster: 0,800")
