"""The report speaks the window's language: every text that it asks for is marked for translation, and no other is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from reviewer_app.domain.annotation import Annotation, Arousal, Form, Label, Rater, Semiology, Side, Statement
from reviewer_app.domain.night import NightReport
from reviewer_app.domain.notice import STARTER_NOTICE
from reviewer_app.domain.phrases import MONTHS, WEEKDAYS, Phrases
from reviewer_app.domain.quality import Hindrance, NotAnalysable
from reviewer_app.domain.report import Findings, TraceReport
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.triage import candidates_of
from reviewer_app.domain.window import Interval
from reviewer_app.evaluation.night_report import write_night_report
from reviewer_app.gui.shell.language import speak
from reviewer_app.gui.shell.report_words import WORDS, report_phrases
from reviewer_app.paths import resources_folder
from tests.evaluation.nights import recording, timeline

ANNA, BERT = Rater(1, "Anna"), Rater(2, "Bert")


class Asked(dict[str, str]):
    """Remembers what was looked up."""

    def get(self, text: str, default: str = "") -> str:  # type: ignore[override]
        self[text] = ""
        return default


def labelled(scan: TraceReport) -> NightReport:
    """A night with something of everything that a rater can say."""
    cries = (True, False, None, True)
    looks = [
        Semiology(form, side, arousal, cry)
        for form, side, arousal, cry in zip(Form, (*Side, None), (*Arousal, None), cries, strict=True)
    ]
    spasms = [Statement(Interval(10 * i, 10 * i + 2), Label.SPASM, look) for i, look in enumerate(looks)]
    others = [Statement(Interval(300 + 20 * i, 304 + 20 * i), label, note="n") for i, label in enumerate(Label)]
    said = [Annotation(str(i), ANNA, each, "2026-11-14T22:00:00Z") for i, each in enumerate((*spasms, *others))]
    found = candidates_of(scan.findings.clusters, said, rater_id=1)
    shown = replace(scan.recording, patient="P")
    return NightReport(1, shown, scan, ANNA, (BERT,), found, (Interval(0, 60),), (Interval(600, 620),))


def nights() -> Iterator[NightReport]:
    scan = timeline(peaks=(100, 107, 400))
    doubtful = (NotAnalysable(Interval(0, 60), Hindrance.DARK),)
    yield labelled(replace(scan, not_analysable=doubtful, notice=STARTER_NOTICE))
    for state in WindowState:
        yield labelled(timeline(state=state))
    yield labelled(replace(scan, findings=Findings(None, (), ())))
    yield replace(labelled(scan), scan=None, candidates=())
    holed = recording((0, 300), (400, 720))
    yield labelled(replace(scan, recording=holed, coverage=replace(scan.coverage, gaps=holed.gaps)))


def test_the_report_asks_for_no_text_that_is_not_marked_and_none_is_marked_in_vain(tmp_path: Path) -> None:
    asked = Asked()
    for night in nights():
        say = Phrases("xx", asked)
        write_night_report(tmp_path / "r.html", night, with_names=True, with_notes=True, say=say)
    write_night_report(tmp_path / "r.html", night, say=say)
    assert {*asked, *WEEKDAYS, *MONTHS} - {""} == {*WORDS}


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "de", resources_folder() / "translations")
    yield
    speak(qapp, "en", resources_folder() / "translations")


def test_in_a_german_window_the_report_is_german(german: None, tmp_path: Path) -> None:
    phrases = report_phrases()
    assert phrases.language == "de"
    write_night_report(tmp_path / "r.html", labelled(timeline(peaks=(100,))), say=phrases)
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<html lang='de'>" in page
    assert "Nur für die Forschung. Nicht zur Diagnose. Kein Alarm." in page
    assert "Was dies nicht sagen kann" in page
    assert "What this cannot tell" not in page


def test_in_an_english_window_the_report_is_english(qapp: QApplication) -> None:
    phrases = report_phrases()
    assert phrases.language == "en"
    assert phrases("What this cannot tell") == "What this cannot tell"
