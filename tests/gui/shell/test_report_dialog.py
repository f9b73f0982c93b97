"""The report's dialog asks for names and notes every time anew; the PDF is the page, printed without a printer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Rater
from reviewer_app.domain.ledger import EMPTY_LABELS
from reviewer_app.domain.night import night_report
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.errors import RequestError
from reviewer_app.evaluation.night_report import write_night_report
from reviewer_app.gui.shell.pdf import print_page
from reviewer_app.gui.shell.report_dialog import ReportChoice, ReportDialog
from tests.evaluation.nights import timeline
from tests.gui.accessible import assert_accessible


@pytest.fixture
def page(tmp_path: Path) -> Path:
    scan = timeline(peaks=(100, 107))
    path = tmp_path / "recording-7-report.html"
    write_night_report(path, night_report(7, scan.recording, EMPTY_LABELS, Rater(1, "Anna"), scan=scan))
    return path


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ReportDialog:
    dialog = ReportDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def tick(dialog: ReportDialog, text: str) -> None:
    box = next(each for each in dialog.findChildren(QCheckBox) if each.text().startswith(text))
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def words_of(pdf: Path) -> str:
    document = QPdfDocument()
    document.load(str(pdf))
    texts = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    return " ".join(" ".join(texts).split())


def test_names_and_notes_are_off_until_they_are_ticked(dialog: ReportDialog, tmp_path: Path) -> None:
    assert dialog.choice == ReportChoice(tmp_path)
    tick(dialog, "With the raters' names")
    tick(dialog, "With the notes")
    tick(dialog, "Tables")
    assert dialog.choice == ReportChoice(tmp_path, csv=True, with_names=True, with_notes=True)


def test_nothing_to_write_cannot_be_written(dialog: ReportDialog) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled()
    tick(dialog, "Page")
    tick(dialog, "Paper")
    assert not ok.isEnabled()
    tick(dialog, "Events")
    assert ok.isEnabled()
    assert dialog.choice.wants_tables
    assert not dialog.choice.wants_page


def test_the_folder_is_chosen_in_the_systems_dialog(
    dialog: ReportDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "file"))
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Choose…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.choice.folder == tmp_path / "file"
    assert_accessible(dialog)


def test_the_request_carries_the_choice(tmp_path: Path) -> None:
    scan = timeline()
    night = night_report(7, scan.recording, EMPTY_LABELS, Rater(1, "Anna"), scan=scan)
    request = ReportChoice(tmp_path, with_names=True).request(night)
    assert (request.to, request.with_names, request.with_notes) == (tmp_path, True, False)


def test_the_pdf_says_what_the_page_says(qtbot: QtBot, page: Path) -> None:
    written = ReportChoice(page.parent).finished(page)
    assert written == (page, page.with_suffix(".pdf"))
    words = words_of(written[1])
    for text in ("Report of a review", RESEARCH_NOTICE, "What this cannot tell", "Predicted false alarms"):
        assert text in words
    assert "font-size" not in words
    assert written[1].stat().st_size > 20_000, "the pictures are in it"
    assert str(page.parent).encode() not in written[1].read_bytes()


def test_only_the_pdf_is_left_where_only_that_is_wanted(qtbot: QtBot, page: Path) -> None:
    written = ReportChoice(page.parent, html=False).finished(page)
    assert written == (page.with_suffix(".pdf"),)
    assert sorted(page.parent.iterdir()) == [page.with_suffix(".pdf")]


def test_a_pdf_that_cannot_be_written_is_said(qtbot: QtBot, page: Path) -> None:
    with pytest.raises(RequestError, match="cannot be written"):
        print_page(page, page.parent / "missing" / "report.pdf")
