"""Sentences of the rooms below are told in the person's language, and none of the known forms is made up."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import reviewer_app
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.gui.media_words import SENTENCES, in_words
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.wording import missing_text
from reviewer_app.gui.shell.language import speak
from reviewer_app.gui.shell.status_bar import ReviewStatusBar
from reviewer_app.media.container import plain_file
from reviewer_app.media.viewer import Lack
from reviewer_app.paths import resources_folder
from tests.gui.subjects import recording

TRANSLATIONS = resources_folder() / "translations"
BELOW = ("media", "jobs", "domain", "store", "evaluation", "learning")


def texts_below() -> Iterator[str]:
    """Every text of the rooms below, with ``{}`` for what varies in it."""
    for room in BELOW:
        for path in (Path(reviewer_app.__file__).parent / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.fixture
def german(qapp: QApplication) -> None:
    assert speak(qapp, "de", TRANSLATIONS) == "de"


def test_each_known_form_is_one_that_the_rooms_below_write() -> None:
    written = set(texts_below())
    unknown = [form for form in SENTENCES if re.sub(r"\{\w+\}", "{}", form) not in written]
    assert unknown == [], "changed below: change it here, too"


@pytest.mark.usefixtures("german")
def test_a_file_that_is_gone_is_told_in_german_on_the_picture(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as refused:
        plain_file(tmp_path / "Nacht (1) {x}.mp4")
    facts = FrameFacts(3.0, Interval(3, 3), 3.0, missing=Lack.UNDECODABLE, trouble=str(refused.value))
    told = missing_text(recording(), facts, clock=True)
    assert told == "Die Datei Nacht (1) {x}.mp4 gibt es nicht; wurde sie verschoben oder ihr Laufwerk entfernt?"


@pytest.mark.usefixtures("german")
def test_gaps_and_unreadable_time_are_told_in_german(qapp: QApplication) -> None:
    night = recording()
    assert night.start == datetime(2026, 3, 28, 22, tzinfo=night.start.tzinfo)
    gap = FrameFacts(291.0, Interval(290, 300), 291.0, missing=Lack.GAP)
    hole = FrameFacts(4.0, Interval(4, 8), 4.0, missing=Lack.UNDECODABLE)
    assert missing_text(night, gap, clock=False) == "kein Video 0:04:50–0:05:00"
    assert "nicht" in missing_text(night, hole, clock=True)


@pytest.mark.usefixtures("german")
def test_what_a_scan_says_in_passing_is_told_in_german(qapp: QApplication) -> None:
    bar = ReviewStatusBar()
    bar.say("one.mp4 cannot be reached any more; the scan waits. What was scanned is kept.")
    assert bar.line.startswith("one.mp4 ist nicht mehr erreichbar")
    bar.deleteLater()


def test_any_other_sentence_passes_as_it_is() -> None:
    assert in_words("Something that nobody foresaw.") == "Something that nobody foresaw."
    assert in_words("") == ""
