"""What leaves the program leaves it only as ticked, and what could not be written is said aloud."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.errors import RequestError
from reviewer_app.gui.export import Export
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.report_dialog import ReportChoice
from reviewer_app.jobs.request import ExportRequest, ReportRequest
from tests.gui.desks import Asked, session_in
from tests.journeys.stage import fill, place_in

Desk = tuple[Export, Session, list[Asked], list[str]]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    number = fill(place_in(tmp_path))
    with session_in(tmp_path) as (session, asked):
        window = QWidget()
        qtbot.addWidget(window)
        assert session.open(number)
        export = Export(session, window)
        said: list[str] = []
        export.said.connect(said.append)
        yield export, session, asked, said


def requests(asked: list[Asked]) -> list[Any]:
    return [each.request for each in asked if isinstance(each.request, ExportRequest | ReportRequest)]


def test_names_and_notes_leave_only_where_they_are_ticked(desk: Desk, tmp_path: Path) -> None:
    export, _, asked, _ = desk
    export.write(ReportChoice(tmp_path / "out", csv=True))
    page, tables = requests(asked)
    assert (page.with_names, page.with_notes) == (False, False)
    assert (tables.said.with_names, tables.said.with_notes) == (False, False)
    export.write(ReportChoice(tmp_path / "out", csv=True, with_names=True, with_notes=True))
    page, tables = requests(asked)[2:]
    assert (page.with_names, page.with_notes) == (True, True)
    assert (tables.said.with_names, tables.said.with_notes) == (True, True)


def test_only_what_was_ticked_is_made(desk: Desk, tmp_path: Path) -> None:
    export, _, asked, _ = desk
    export.write(ReportChoice(tmp_path / "out", html=False, pdf=False, bids=True))
    (tables,) = requests(asked)
    assert isinstance(tables, ExportRequest)
    assert (tables.csv, tables.bids) == (False, True)


def test_where_it_was_written_is_said(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    export, _, asked, said = desk
    export.write(ReportChoice(tmp_path / "out", html=False, pdf=False, csv=True))
    files = (tmp_path / "out" / "events.csv", tmp_path / "out" / "trace.csv")
    with qtbot.waitSignal(export.written) as written:
        asked[-1].then(files)
    assert written.args == [files]
    assert said == [f"Written to {tmp_path / 'out'}."]


def test_what_could_not_be_written_is_said_in_a_box_that_nobody_overlooks(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, _, asked, said = desk
    boxes: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: boxes.append(text))
    export.write(ReportChoice(tmp_path / "out"))
    asked[-1].otherwise(RequestError("The folder out may not be written to."))
    assert boxes == said == ["The folder out may not be written to."]


def test_without_a_recording_it_says_what_to_do(desk: Desk) -> None:
    export, session, asked, said = desk
    session.review.open(None)
    export.ask()
    export.write(ReportChoice(Path("nowhere"), csv=True))
    assert said == ["Open a recording first."]
    assert requests(asked) == []
