"""Who is healthy and which clips are learned from, as a person says so in the window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import RequestError
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.learn.lessons import MOST_LINES
from reviewer_app.gui.learn.new_snapshot import NewSnapshotDialog, SnapshotOrder
from reviewer_app.jobs.learn_request import MakeSnapshot, SnapshotFacts
from reviewer_app.jobs.message import Remark, Stage
from reviewer_app.store import recordings
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from tests.conftest import FilmMaker
from tests.gui.accessible import assert_accessible
from tests.gui.learn.stand_ins import StandIn, snapshot_facts
from tests.journeys.stage import LONG, start_in, window_on
from tests.store.examples import night

Answer = Callable[[NewSnapshotDialog], None]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[StandIn]:
    with Library.open(tmp_path / "library", keys=KeyFile(tmp_path / "key")) as library:
        for patient, mark in (("P2", "a"), ("h1", "b"), ("", "c"), ("H1 ", "d")):
            recordings.add(library, night(mark=mark, folder=f"/nights/{mark}", patient=patient))
        yield StandIn(library)


@pytest.fixture
def page(session: StandIn, qtbot: QtBot) -> LearnPage:
    page = LearnPage(session.as_session)
    qtbot.addWidget(page)
    page.show()
    return page


def make(page: LearnPage, monkeypatch: pytest.MonkeyPatch, answer: Answer = lambda _: None) -> None:
    """Clicks through the page's dialog."""

    def choose(dialog: NewSnapshotDialog) -> int:
        answer(dialog)
        ok = dialog.findChild(QDialogButtonBox)
        assert ok is not None
        QTest.mouseClick(ok.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
        return dialog.result()

    monkeypatch.setattr(NewSnapshotDialog, "exec", choose)
    QTest.mouseClick(page.snapshots.make_button, Qt.MouseButton.LeftButton)


def tick(dialog: NewSnapshotDialog, patient: str) -> None:
    """Presses the space bar on a patient."""
    (item,) = dialog.patients.findItems(patient, Qt.MatchFlag.MatchExactly)
    dialog.patients.setCurrentItem(item)
    dialog.show()
    QTest.keyClick(dialog.patients, Qt.Key.Key_Space)


def asked(session: StandIn) -> MakeSnapshot:
    request = session.last().request
    assert isinstance(request, MakeSnapshot)
    return request


def healthy_before(*patients: str) -> SnapshotFacts:
    facts = snapshot_facts()
    sources = tuple(replace(facts.snapshot.sources[0], patient=each, healthy=True) for each in patients)
    return replace(facts, snapshot=replace(facts.snapshot, sources=(*sources, facts.snapshot.sources[1])))


def test_nobody_is_healthy_and_no_clips_are_taken_unless_a_person_says_so(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page, monkeypatch)
    assert (asked(session).healthy, asked(session).clips) == ((), None)


def test_each_patient_is_listed_once_and_marked_by_a_key(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []

    def mark(dialog: NewSnapshotDialog) -> None:
        listed.extend(dialog.patients.item(row).text() for row in range(dialog.patients.count()))
        tick(dialog, "h1")

    make(page, monkeypatch, mark)
    assert listed == ["h1", "P2"]  # two spellings are one person; a recording without a patient is nobody's
    assert asked(session).healthy == ("h1",)


def test_who_was_healthy_in_the_newest_snapshot_is_marked_already(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.last().then((healthy_before("H1"), healthy_before("P2")))
    make(page, monkeypatch)
    assert asked(session).healthy == ("h1",)
    session.last().then(snapshot_facts("a" * 64))
    page.lessons.refresh()
    session.last().then((healthy_before("H1"),))
    make(page, monkeypatch, lambda dialog: tick(dialog, "h1"))
    assert asked(session).healthy == ()


def test_a_library_that_names_no_patient_says_where_to_name_them(qtbot: QtBot) -> None:
    dialog = NewSnapshotDialog((), ())
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.patients.isVisible()
    assert dialog.order == SnapshotOrder()
    assert_accessible(dialog)


def test_a_folder_of_clips_is_taken_and_given_up_again(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path))

    def take(dialog: NewSnapshotDialog) -> None:
        QTest.mouseClick(dialog.clips_button, Qt.MouseButton.LeftButton)
        assert dialog.clips_told.text() == str(tmp_path)

    make(page, monkeypatch, take)
    assert asked(session).clips == tmp_path
    session.last().then(snapshot_facts())

    def give_up(dialog: NewSnapshotDialog) -> None:
        take(dialog)
        QTest.mouseClick(dialog.no_clips_button, Qt.MouseButton.LeftButton)

    make(page, monkeypatch, give_up)
    assert asked(session).clips is None


def test_a_folder_that_was_not_chosen_changes_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: "")
    dialog = NewSnapshotDialog(("P1",), ())
    qtbot.addWidget(dialog)
    QTest.mouseClick(dialog.clips_button, Qt.MouseButton.LeftButton)
    assert dialog.order.clips is None


def test_enter_in_the_name_freezes_and_asks_for_no_folder(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = NewSnapshotDialog(("P1",), ())
    qtbot.addWidget(dialog)
    dialog.show()
    assert [each.text() for each in dialog.findChildren(QPushButton) if each.isDefault()] == ["Freeze"]
    QTest.keyClicks(dialog.name, "week")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.order.name) == (1, "week")


def test_what_goes_on_and_what_came_of_it_stands_on_the_page(
    page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = page.snapshots
    assert not view.told.isVisible()
    make(page, monkeypatch)
    session.last().told(Stage("Looking at the clips"))
    assert view.told.text() == "Looking at the clips"
    for number in range(MOST_LINES + 2):
        session.last().told(Remark(f"{number}.mp4 lasts 9.0 s and was left out: clips are of 5 s."))
    lacking = "patients.csv does not say whose clip a.mp4 is: a clip needs a patient."
    session.last().otherwise(RequestError(lacking))
    lines = view.told.text().splitlines()
    assert len(lines) == MOST_LINES + 2
    assert lines[0].startswith("0.mp4 lasts 9.0 s")
    assert lines[-2:] == ["2 more remarks.", lacking]
    page.lessons.compare("ward")
    assert view.told.text().splitlines() == lines  # another step's job says nothing of snapshots


def test_making_a_snapshot_can_be_stopped(page: LearnPage, session: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    view = page.snapshots
    assert not view.stop_button.isEnabled()
    make(page, monkeypatch)
    QTest.mouseClick(view.stop_button, Qt.MouseButton.LeftButton)
    assert session.last().cancelled
    assert (view.told.text(), view.stop_button.isEnabled()) == ("Stopped.", False)
    page.lessons.compare("ward")
    assert not view.stop_button.isEnabled()


def test_clips_are_learned_from_through_the_queue_and_errors_are_one_sentence(
    tmp_path: Path, film: FilmMaker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("spasm/a.mp4", "not_spasm/b.mp4", "not_spasm/c.mp4")):
        film(f"clips/{name}", frames=50, fps=10, first_number=100 * number)
    clips, table = tmp_path / "clips", tmp_path / "clips" / "patients.csv"
    table.write_text("file,patient,healthy\nspasm/a.mp4,P1,no\nnot_spasm/b.mp4,P1,no\n")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(clips))

    def take(dialog: NewSnapshotDialog) -> None:
        QTest.mouseClick(dialog.clips_button, Qt.MouseButton.LeftButton)

    with window_on(start_in(tmp_path), qtbot) as window:
        page = window.learn_page
        page.show()
        make(page, monkeypatch, take)
        qtbot.waitUntil(lambda: not page.lessons.is_busy, timeout=LONG)
        lacking = "does not say whose clip not_spasm/c.mp4 is: a clip needs a patient."
        assert page.snapshots.told.text() == f"{table} {lacking}"
        table.write_text(table.read_text() + "not_spasm/c.mp4,H1,yes\n")
        make(page, monkeypatch, take)
        qtbot.waitUntil(lambda: bool(page.lessons.snapshots), timeout=LONG)
        assert "The snapshot holds 3 windows." in page.snapshots.told.text()
        assert dict(page.lessons.snapshots[0].snapshot.roles)["H1"] is Role.TRAIN
