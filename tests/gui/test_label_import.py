"""Labels from elsewhere come into the recording under review as one action, and it is told what was not taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import RequestError
from reviewer_app.gui.label_import import LabelImport
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.import_dialog import ImportChoice, ImportDialog
from reviewer_app.jobs.learn_request import ImportLabels, LabelsImported
from reviewer_app.jobs.message import Remark
from reviewer_app.store import ledger
from tests.gui.accessible import assert_accessible
from tests.gui.desks import Asked, session_in
from tests.journeys.stage import LONG, fill, place_in, press, reviewing, saved

EVENTS = "onset\tduration\ttrial_type\n20\t2\tspasm\n40\t1\tartefact\n50\t1\tflag\n"


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.tsv"
    path.write_text(EVENTS)
    return path


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What boxes say."""
    told: list[str] = []
    for kind in ("information", "warning"):
        monkeypatch.setattr(QMessageBox, kind, lambda _parent, _title, text: told.append(text))
    return told


def fill_in(dialog: ImportDialog, file: Path, *, rater: str = "", said_by: str = "", all_reviewed: bool = False) -> int:
    """Writes into the dialog as a person does, and takes it."""
    dialog.show()
    dialog.file.clear()
    QTest.keyClicks(dialog.file, str(file))
    if rater:
        dialog.rater.setCurrentText(rater)
    QTest.keyClicks(dialog.said_by, said_by)
    dialog.all_reviewed.setChecked(all_reviewed)
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    return dialog.result()


def test_labels_come_in_by_a_key_are_seen_at_once_and_leave_by_one_undo(
    tmp_path: Path, events: Path, boxes: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImportDialog, "exec", lambda dialog: fill_in(dialog, events, all_reviewed=True))
    with reviewing(tmp_path, qtbot) as window:
        assert window.session is not None
        review = window.session.review
        press(window, Qt.Key.Key_N, Qt.Key.Key_1)  # a verdict before, which one undo must not touch
        before = review.labels
        assert len(before.annotations) == 1
        press(window, Qt.Key.Key_I, with_keys=Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(boxes), timeout=LONG)
        assert boxes[0].split("\n\n") == [
            "Now the words of Anna: labels 2, stretches of time 2.",
            "Not taken, since no rater says so (a model's events, gaps): 1.",
            "Undo takes all of it back.",
        ]
        assert {each.interval.start for each in review.annotations} >= {20.0, 40.0}
        assert [each.seconds for each in review.finalised] == [600.0]
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=LONG)
        press(window, Qt.Key.Key_Z, with_keys=Qt.KeyboardModifier.ControlModifier)
        assert review.labels.annotations == before.annotations
        assert review.finalised == ()
        qtbot.waitUntil(lambda: saved(window), timeout=LONG)
        assert review.subject is not None
        kept = ledger.load(window.session.desk.library, review.subject.number)
        assert [each.action_id for each in kept] == [each.action_id for each in review.actions]


Desk = tuple[LabelImport, Session, list[Asked], list[str]]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """With a recording under review and an import whose question the test answers."""
    number = fill(place_in(tmp_path))
    with session_in(tmp_path) as (session, asked):
        window = QWidget()
        qtbot.addWidget(window)
        assert session.open(number)
        said: list[str] = []
        session.said.connect(said.append)
        yield LabelImport(session, window), session, asked, said


def found(rater: Rater, *, statements: int = 1, known: int = 0) -> LabelsImported:
    return LabelsImported(rater, statements, 0, known, 0)


def test_the_job_is_asked_for_what_was_chosen(desk: Desk, events: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels, session, asked, _ = desk
    monkeypatch.setattr(ImportDialog, "exec", lambda dialog: fill_in(dialog, events, rater=" Dora ", said_by="B"))
    labels.ask()
    assert session.review.subject is not None
    number = session.review.subject.number
    assert asked[-1].request == ImportLabels(session.desk.place, number, events, "Dora", "B", all_reviewed=False)


def test_whose_undo_takes_anothers_labels_back_is_told_with_the_jobs_remarks(
    desk: Desk, events: Path, boxes: list[str]
) -> None:
    labels, session, asked, _ = desk
    labels.take(ImportChoice(events, "Dora"))
    asked[-1].told(Remark("Nothing of it trains."))
    asked[-1].then(found(session.desk.rater("Dora")))
    assert boxes[0].split("\n\n")[1:] == [
        "Nothing of it trains.",
        "To take all of it back, review as Dora and undo.",
    ]


def test_labels_that_stand_already_are_told_as_not_taken(desk: Desk, events: Path, boxes: list[str]) -> None:
    labels, session, asked, _ = desk
    labels.take(ImportChoice(events, "Anna"))
    asked[-1].then(found(session.review.rater, statements=0, known=2))
    assert boxes == ["Nothing new was taken over.\n\nNot taken, since this rater has said so before: 2."]


def test_a_refusal_is_one_sentence_and_the_choice_can_be_put_right(
    desk: Desk, events: Path, boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels, _, asked, said = desk
    refusal = "events.tsv holds the words of A, B: say whose are wanted."
    labels.take(ImportChoice(events, "Dora", all_reviewed=True))
    monkeypatch.setattr(ImportDialog, "exec", lambda dialog: fill_in(dialog, dialog.choice.file, said_by="B") and 1)
    asked[-1].otherwise(RequestError(refusal))
    assert boxes == [refusal]
    assert refusal in said
    request = asked[-1].request
    assert (request.file, request.rater, request.said_by) == (events, "Dora", "B")


def test_a_refusal_about_a_recording_that_was_left_asks_nothing_again(
    desk: Desk, events: Path, boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels, session, asked, said = desk
    labels.take(ImportChoice(events, "Dora"))
    session.review.open(None)
    monkeypatch.setattr(ImportDialog, "exec", lambda _: pytest.fail("asked for a recording that is not under review"))
    asked[-1].otherwise(RequestError("No."))
    assert boxes == ["No."]
    labels.ask()
    assert said[-1] == "Open a recording first."


def test_a_dialog_that_is_left_asks_for_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    labels, _, asked, _ = desk
    before = len(asked)
    monkeypatch.setattr(ImportDialog, "exec", lambda _: 0)
    labels.ask()
    assert len(asked) == before


def test_the_dialog_wants_a_file_and_a_name(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = ImportDialog(("Anna", "Dora"), "Anna")
    qtbot.addWidget(dialog)
    dialog.show()
    assert_accessible(dialog)
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    QTest.mouseClick(dialog.browse, Qt.MouseButton.LeftButton)
    assert ok.isEnabled()
    assert dialog.choice == ImportChoice(tmp_path / "a.csv", "Anna")
    dialog.rater.setCurrentText("  ")
    assert not ok.isEnabled()
