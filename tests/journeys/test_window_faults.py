"""What a person meets in the window when the machine fails: it is said, nothing is lost, and the rest goes on."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.ledger import Labels
from reviewer_app.gui.main_window import Page
from reviewer_app.gui.triage.event_model import Column
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import Settings, read_settings
from reviewer_app.store import ledger, raters
from reviewer_app.store.place import refuse_unsafe_place
from tests.conftest import FilmMaker
from tests.gui.triage.nights import said
from tests.journeys.stage import (
    LONG,
    click,
    drop,
    fill,
    library_of,
    open_number,
    place_in,
    press,
    reviewing,
    saved,
    show_flags,
    start_in,
    window_on,
)

ROOT = Path(__file__).parents[2]
KILLS = 20

OTHER = """
import sys
from pathlib import Path
from tests.journeys.stage import library_of, place_in
library = library_of(place_in(Path(sys.argv[1])), hold=sys.argv[2] == "hold")
if sys.argv[2] == "hold":
    print("ready", flush=True)
    sys.stdin.read()
else:
    with library.atomic():
        print("ready", flush=True)
        sys.stdin.read()
"""

LABELLING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reviewer_app.gui.commands import VERDICTS
from reviewer_app.gui.desk import Desk
from reviewer_app.gui.review import Review
from reviewer_app.gui.saver import Saver
from reviewer_app.gui.shortcuts import Keys, make_actions
from reviewer_app.gui.subject import Manners
from PySide6.QtWidgets import QMainWindow
from tests.journeys.stage import place_in, show_flags

app = QApplication([])
desk = Desk(place_in(Path(sys.argv[1])))

def append(number, action):
    desk.append(number, action)
    print(action.action_id, flush=True)  # on the disk

saver = Saver(append)
review = Review(saver.save, rater=desk.rater("Anna"), manners=Manners())
review.open(desk.subject(int(sys.argv[2])))
show_flags(review)
window = QMainWindow()
actions = make_actions(window, Keys())
for name, label in VERDICTS.items():
    actions[name].triggered.connect(lambda *_, label=label: review.judge(label))
actions["next_flag"].triggered.connect(lambda *_: review.next_flag())
actions["undo"].triggered.connect(lambda *_: review.undo())
window.addActions(list(actions.values()))
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window, 60000)
saver.start()
print("ready", flush=True)
while True:
    review.set_position(0)
    for key in (Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        QTest.keyClick(window, key)
        app.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    while saver.state.waiting > 3:  # as fast as the disk, not faster
        app.processEvents()
"""


@contextmanager
def other_program(folder: Path, does: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the library, or is in the middle of writing to it."""
    call = [sys.executable, "-c", OTHER, str(folder), does]
    process = subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_while_another_program_writes_the_window_says_not_saved_and_saves_later(tmp_path: Path, qtbot: QtBot) -> None:
    with reviewing(tmp_path, qtbot) as window:
        assert window.session is not None
        review = window.session.review
        with other_program(tmp_path, "write"):
            press(window, Qt.Key.Key_N, Qt.Key.Key_1)
            assert review.candidates[0].verdict is Label.SPASM, "on show at once"
            qtbot.waitUntil(lambda: "NOT SAVED" in window.bar.saving_text, timeout=LONG)
            press(window, Qt.Key.Key_2)
            assert review.candidates[1].verdict is Label.NOT_SPASM, "the window goes on"
        qtbot.waitUntil(lambda: "All saved" in window.bar.saving_text, timeout=LONG)
        assert saved(window)
        number = review.subject.number  # type: ignore[union-attr]
        kept = [action.action_id for action in ledger.load(window.session.desk.library, number)]
        assert kept == [action.action_id for action in review.actions]


def test_a_library_that_is_open_elsewhere_is_refused_with_its_holder(tmp_path: Path, qtbot: QtBot) -> None:
    fill(place_in(tmp_path))
    with other_program(tmp_path, "hold") as other, window_on(start_in(tmp_path), qtbot) as window:
        assert window.session is None
        assert window.pages.currentIndex() == Page.FIRST_RUN
        assert f"is open in another program (process {other.pid}" in window.bar._sentence


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process grows: a page of the library does not fit, what is there can be read."""
    limits = pytest.importorskip("resource", reason="no limits of files here")
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (4000, hard))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_the_window_says_not_saved_keeps_the_verdict_on_show_and_saves_when_there_is_room(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with reviewing(tmp_path, qtbot) as window:
        assert window.session is not None
        review, desk = window.session.review, window.session.desk
        number = review.subject.number  # type: ignore[union-attr]
        with full_disk():
            press(window, Qt.Key.Key_N, Qt.Key.Key_1)
            qtbot.waitUntil(lambda: "NOT SAVED" in window.bar.saving_text, timeout=LONG)
            assert "The disk is full or failing" in window.bar.saving_text
            press(window, Qt.Key.Key_2)
            assert [each.verdict for each in review.candidates[:2]] == [Label.SPASM, Label.NOT_SPASM], "still on show"
            assert "NOT SAVED" in window.bar.saving_text
            assert ledger.load(desk.library, number) == (), "rolled back, and what is there can be read"
        click(window.bar, "Save again")
        qtbot.waitUntil(lambda: "All saved" in window.bar.saving_text, timeout=LONG)
        told = [action.action_id for action in review.actions]
    with library_of(place_in(tmp_path)) as library:
        library.check()
        assert [action.action_id for action in ledger.load(library, number)] == told


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [("Dropbox", "ext4", 'inside "Dropbox"'), ("share", "nfs4", "on a network share (nfs4)")],
)
def test_a_library_in_a_cloud_folder_or_on_a_share_is_refused_on_the_first_page(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, why: str
) -> None:
    def refuse(folder: Path, *, file_system: str) -> None:
        refuse_unsafe_place(folder, file_system=kind if folder.name == name else file_system)

    monkeypatch.setattr("reviewer_app.store.library.refuse_unsafe_place", refuse)
    start = start_in(tmp_path, is_first=True, settings=Settings(language="en"))
    with window_on(start, qtbot) as window:
        page = window.first_run
        click(page, "Next")
        choose(monkeypatch, tmp_path / name)
        click(page, "Another folder…")
        assert (window.session, window.pages.currentIndex(), page.step) == (None, Page.FIRST_RUN, 1)
        told = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        assert any(why in text and "put the library on a disk of this computer" in text for text in told)
        assert str(tmp_path / "library") in [each.text() for each in page.findChildren(QLineEdit)], (
            "not the refused one"
        )
        assert not (tmp_path / name).exists()
        choose(monkeypatch, tmp_path / "here")
        click(page, "Another folder…")
        assert window.session is not None
        told = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        assert not any(why in text for text in told)
    assert read_settings(start.settings_file).library == tmp_path / "here"
    with library_of(LibraryPlace(tmp_path / "here", start.place.key_folder)) as library:
        library.check()


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The person will choose this folder in the system's dialog."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


def test_two_raters_judge_one_flag_and_each_sees_both(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reviewing(tmp_path, qtbot) as window:
        assert window.session is not None
        review, events = window.session.review, window.review_page.events
        number = review.subject.number  # type: ignore[union-attr]
        press(window, Qt.Key.Key_N, Qt.Key.Key_1)
        with library_of(place_in(tmp_path), hold=False) as elsewhere:  # at the same time, in another program
            ben = raters.add(elsewhere, "Ben")
            ledger.append(elsewhere, number, said(review.candidates[0].interval, Label.NOT_SPASM, rater=ben))
        press(window, Qt.Key.Key_P, Qt.Key.Key_3)
        qtbot.waitUntil(lambda: saved(window), timeout=LONG)
        open_number(window, number, qtbot)
        show_flags(review)

        def row() -> tuple[str, str]:
            shown = (events.model.index(0, column).data() for column in (Column.VERDICT, Column.OTHERS))
            return tuple(map(str, shown))  # type: ignore[return-value]

        assert row()[0] == "Unsure"
        assert row()[1].endswith("Not a spasm"), "Anna sees what Ben calls it"
        monkeypatch.setattr("reviewer_app.gui.main_window.ask_for_rater", lambda *_: "Ben")
        window.change_rater()
        assert row()[0] == "Not a spasm"
        assert row()[1].endswith("Unsure"), "and Ben what Anna calls it"
        review.select([review.candidates[0].key])
        press(window, Qt.Key.Key_4)
        assert row()[0] == "Other seizure"
        qtbot.waitUntil(lambda: saved(window), timeout=LONG)
    with library_of(place_in(tmp_path)) as library:
        library.check()
        actions = ledger.load(library, number)
    assert [each.rater.name for each in actions] == ["Anna", "Ben", "Anna", "Ben"], "nobody's word is lost"
    standing = {each.rater.name: each.label for each in Labels.of(actions).annotations}
    assert standing == {"Anna": Label.UNSURE, "Ben": Label.OTHER_SEIZURE}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_broken_file_and_a_pipe_are_rows_that_say_why_and_a_good_film_opens_beside_them(
    tmp_path: Path, film: FilmMaker, qtbot: QtBot
) -> None:
    broken, pipe = tmp_path / "broken.mp4", tmp_path / "pipe.mp4"
    broken.write_bytes(b"no film at all" * 1000)
    os.mkfifo(pipe)
    good = film("good.mp4", frames=60)
    with window_on(start_in(tmp_path), qtbot) as window:
        shelf = window.work_page.shelf
        drop(window, pipe)
        drop(window, broken)
        qtbot.waitUntil(lambda: sum(bool(row.problem) for row in shelf.rows) == 2, timeout=LONG)
        window.opening.order_scans = lambda numbers: None  # type: ignore[method-assign]  # asks in a dialog
        drop(window, good)
        qtbot.waitUntil(lambda: window.pages.currentIndex() == Page.REVIEW, timeout=LONG)
        assert {row.paths for row in shelf.rows if row.problem} == {(pipe,), (broken,)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_no_label_is_lost_when_the_window_is_killed_while_labelling(tmp_path: Path) -> None:
    number = fill(place_in(tmp_path))
    chance = random.Random(7)
    acknowledged: list[str] = []
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for _ in range(KILLS):
        call = [sys.executable, "-c", LABELLING, str(tmp_path), str(number)]
        with subprocess.Popen(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            try:
                assert child.stdout.readline() == "ready\n"
                told = [child.stdout.readline().strip() for _ in range(chance.randint(0, 40))]
            finally:
                child.kill()
            rest = child.communicate()[0].splitlines(keepends=True)
        acknowledged += [*told, *(line.strip() for line in rest if line.endswith("\n"))]
    with library_of(place_in(tmp_path)) as library:
        kept = [action.action_id for action in ledger.load(library, number)]  # checks the chain
        library.check()
    assert len(acknowledged) > KILLS
    assert [each for each in kept if each in set(acknowledged)] == acknowledged, "in their order, each once"
    assert len(kept) <= len(acknowledged) + KILLS, "at most the one that was being told"
