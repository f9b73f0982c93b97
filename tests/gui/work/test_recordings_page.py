import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.report import TraceReport
from reviewer_app.gui.work.recordings_model import STATUS
from reviewer_app.gui.work.recordings_page import RecordingsPage
from reviewer_app.gui.work.shelf import Shelf
from reviewer_app.jobs.message import BundleFacts
from reviewer_app.store import raters, recordings
from reviewer_app.store.library import Library
from tests.bundles_maker import POINTS
from tests.conftest import FilmMaker
from tests.gui.accessible import assert_accessible
from tests.gui.work.queues import SOON, order_of, queue_in
from tests.gui.work.test_closing import press, when_asked


class Desk:
    """A page with all that stands behind it."""

    def __init__(self, library: Library, folder: Path, bundles: Path) -> None:
        self.library = library
        self.rater: Rater = raters.add(library, "Anna")
        self.bundles: list[BundleFacts] = []
        self.queue = queue_in(folder, library, bundles=bundles)
        self.shelf = Shelf(library, self.queue, bundles=lambda: self.bundles, rater=lambda: self.rater)
        self.page = RecordingsPage(self.shelf)
        self.said: list[str] = []
        self.opened: list[Any] = []
        self.shelf.said.connect(self.said.append)
        self.shelf.opened.connect(self.opened.append)

    def cell(self, row: int, column: int) -> str:
        return str(self.page.rows.index(row, column).data() or "")

    def states(self) -> list[str]:
        return [self.cell(row, STATUS) for row in range(self.page.rows.rowCount())]


@pytest.fixture
def desk(tmp_path: Path, library: Library, bundles: Path, qtbot: QtBot) -> Desk:
    desk = Desk(library, tmp_path, bundles)
    qtbot.addWidget(desk.page)
    desk.page.show()
    return desk


def drop(page: RecordingsPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, data, button, keys)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), action, data, button, keys))


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(desk: Desk, qtbot: QtBot, *paths: Path) -> int:
    """Opens files as one recording, and waits until it has been looked at."""
    desk.shelf.open(paths)
    before = len(desk.opened)
    qtbot.waitUntil(lambda: len(desk.opened) > before, timeout=SOON)
    number = int(desk.opened[-1].number)
    qtbot.waitUntil(lambda: not desk.shelf._surveying, timeout=SOON)
    return number


def test_dropped_files_are_one_recording_and_each_folder_its_own(desk: Desk, film: FilmMaker, qtbot: QtBot) -> None:
    one = film("loose/A_14-MAR-2026_22h00m00.0000s_Video.mp4", frames=50)
    two = film("loose/A_14-MAR-2026_22h00m10.0000s_Video.mp4", frames=50, first_number=100)
    other = film("night/other.mp4", frames=50, first_number=300)
    assert desk.page._hint.isVisible()
    drop(desk.page, one, other.parent, two)
    assert desk.states() == ["Opening…", "Opening…"]
    qtbot.waitUntil(lambda: len(desk.opened) == 2, timeout=SOON)
    assert sorted(row.paths for row in desk.shelf.rows) == sorted([(one, two), (other,)])
    assert set(desk.states()) == {"Not scanned"}
    assert_accessible(desk.page)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a POSIX file")
def test_what_cannot_be_opened_is_a_row_that_says_why_and_nothing_else_suffers(
    desk: Desk, film: FilmMaker, tmp_path: Path, qtbot: QtBot
) -> None:
    broken, fifo, good = tmp_path / "broken.mp4", tmp_path / "pipe.mp4", film(frames=50)
    broken.write_bytes(b"\0" * 5000)
    os.mkfifo(fifo)
    for path in (broken, fifo, good):
        desk.shelf.open((path,))
    qtbot.waitUntil(lambda: "Opening…" not in desk.states(), timeout=SOON)
    rows = {desk.cell(row, 0): row for row in range(3)}
    for name in ("broken.mp4", "pipe.mp4"):
        index = desk.page.rows.index(rows[name], 0)
        assert name in desk.cell(rows[name], STATUS)
        assert index.data(Qt.ItemDataRole.DecorationRole) is not None, "told by a sign, not by colour alone"
        assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert desk.page.rows.index(rows["film.mp4"], 0).data(Qt.ItemDataRole.BackgroundRole) is None
    assert [row.number is not None for row in desk.shelf.rows] == [False, False, True]

    desk.page.table.selectRow(rows["broken.mp4"])
    assert not desk.page.review_button.isEnabled()
    assert desk.page.sentence.isVisible()
    assert desk.page.sentence.text() == desk.cell(rows["broken.mp4"], STATUS)
    click(qtbot, desk.page.delete_button)
    assert [row.title for row in desk.shelf.rows] == ["pipe.mp4", "film.mp4"]


def test_a_broken_file_that_was_mended_is_opened_by_a_double_click(
    desk: Desk, film: FilmMaker, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0" * 5000)
    desk.shelf.open((path,))
    qtbot.waitUntil(lambda: "Opening…" not in desk.states(), timeout=SOON)
    film("film.mp4", frames=50)
    desk.page.table.selectRow(0)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.opened) == 1, timeout=SOON)
    assert desk.states() == ["Not scanned"]


def test_enter_and_buttons_ask_for_review_and_scan(desk: Desk, film: FilmMaker, qtbot: QtBot) -> None:
    first = opened(desk, qtbot, film("a.mp4", frames=50))
    second = opened(desk, qtbot, film("b.mp4", frames=50, first_number=100))
    wanted: list[Any] = []
    desk.page.open_wanted.connect(wanted.append)
    desk.page.scan_wanted.connect(wanted.append)
    desk.page.choose(second)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Return)
    desk.page.table.selectAll()
    assert not desk.page.review_button.isEnabled()
    click(qtbot, desk.page.scan_button)
    assert wanted[0] == second
    assert sorted(wanted[1]) == [first, second]


def test_a_scan_shows_by_which_bundle_and_what_is_left_to_review(desk: Desk, film: FilmMaker, qtbot: QtBot) -> None:
    path = film(frames=400)
    number = opened(desk, qtbot, path)
    reports: list[TraceReport] = []
    desk.queue.finished.connect(lambda _, report: reports.append(report))
    desk.queue.add(order_of(path, number=number))
    assert desk.states() == ["Starting"]
    qtbot.waitUntil(lambda: bool(reports), timeout=SOON)
    desk.bundles = [BundleFacts("tiny", Path(), reports[0].identity.bundle, operating_points=POINTS)]
    desk.shelf.refresh()
    qtbot.waitUntil(lambda: not desk.shelf._surveying, timeout=SOON)
    flags = len(reports[0].findings.events)
    assert [desk.cell(0, column) for column in (4, 5, 6, STATUS)] == [
        "tiny",
        f"{flags} of {flags}",
        str(len(reports[0].findings.clusters)),
        "Scanned",
    ]


def test_missing_files_are_named_and_found_again(
    desk: Desk, film: FilmMaker, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film("night.mp4", frames=50)
    number = opened(desk, qtbot, path)
    moved = tmp_path / "archive" / "renamed.mp4"
    moved.parent.mkdir()
    path.rename(moved)
    desk.shelf.refresh()
    qtbot.waitUntil(lambda: desk.states() == ["Missing files: 1"], timeout=SOON)
    desk.page.choose(number)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved.parent))
    click(qtbot, desk.page.find_button)
    qtbot.waitUntil(lambda: desk.states() == ["Not scanned"], timeout=SOON)
    assert recordings.load(desk.library, number).segments[0].path == moved
    assert "All files are found again." in desk.said


def test_deleting_says_what_it_means_and_leaves_the_files_alone(desk: Desk, film: FilmMaker, qtbot: QtBot) -> None:
    path = film("night.mp4", frames=50)
    number = opened(desk, qtbot, path)
    desk.page.choose(number)
    said = when_asked(press("Keep"))
    click(qtbot, desk.page.delete_button)
    assert "stay where they are" in said[0]
    assert "night.mp4" in said[0]
    assert desk.shelf.row(number) is not None
    when_asked(press("Delete"))
    click(qtbot, desk.page.delete_button)
    qtbot.waitUntil(lambda: desk.shelf.rows == (), timeout=SOON)
    assert path.exists()
    assert recordings.summaries(desk.library) == ()


def test_a_patient_can_be_named(desk: Desk, film: FilmMaker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    number = opened(desk, qtbot, film(frames=50))
    desk.page.choose(number)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" P7 ", True))
    click(qtbot, desk.page.patient_button)
    assert desk.cell(0, 1) == "P7"
    assert recordings.load(desk.library, number).patient == "P7"


def test_rows_are_sorted_by_value_and_found_by_words(desk: Desk, film: FilmMaker, qtbot: QtBot) -> None:
    for name, frames in (("short", 50), ("longest", 600), ("long", 100)):
        opened(desk, qtbot, film(f"{name}.mp4", frames=frames, first_number=frames))
    desk.page.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [desk.cell(row, 0) for row in range(3)] == ["short.mp4", "long.mp4", "longest.mp4"]
    QTest.keyClicks(desk.page.search, "LONG scanned")
    assert [desk.cell(row, 0) for row in range(desk.page.rows.rowCount())] == ["long.mp4", "longest.mp4"]


LONG_NAME = "video-of-a-night-with-a-very-long-name-that-says-the-ward-and-the-camera_14-MAR-2026.mp4"


def test_a_single_recording_is_chosen_and_its_name_has_the_room_that_its_state_does_not_need(
    desk: Desk, film: FilmMaker, qtbot: QtBot
) -> None:
    desk.page.resize(1280, 500)
    opened(desk, qtbot, film(f"night/{LONG_NAME}", frames=50))
    assert [row.title for row in desk.page.chosen] == [LONG_NAME]
    assert desk.page.review_button.isEnabled()
    assert desk.page.scan_button.isEnabled()
    table = desk.page.table
    assert table.columnWidth(0) >= table.sizeHintForColumn(0), "not elided"
    table.setColumnWidth(0, 200)  # by hand
    desk.page.resize(1200, 500)
    assert table.columnWidth(0) == 200


def test_a_file_that_is_not_the_one_that_was_scanned_is_a_row_that_says_so(
    desk: Desk, film: FilmMaker, qtbot: QtBot
) -> None:
    path = film("night/film.mp4", frames=50)
    opened(desk, qtbot, path)
    assert desk.states() == ["Not scanned"]
    film("night/film.mp4", frames=60, first_number=500)
    desk.shelf.refresh()
    qtbot.waitUntil(lambda: "film.mp4 is not the file that belongs to this recording" in desk.states()[0], timeout=SOON)
    assert desk.page.sentence.isVisible(), "in full below the table"
