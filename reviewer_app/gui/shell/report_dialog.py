"""What to write for the file, where, and whether names go with it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.night import NightReport
from reviewer_app.gui.shell.notice import research_notice
from reviewer_app.gui.shell.pdf import print_page
from reviewer_app.gui.shell.report_words import report_phrases
from reviewer_app.jobs.request import ReportRequest


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """What a person wants to be written."""

    folder: Path
    html: bool = True
    pdf: bool = True
    csv: bool = False  # tables of the trace and of what was said
    bids: bool = False  # events for pipelines
    with_names: bool = False  # of raters, and the patient's pseudonym
    with_notes: bool = False  # what was written freely

    @property
    def wants_page(self) -> bool:
        """Whether the page is to be made at all."""
        return self.html or self.pdf

    @property
    def wants_tables(self) -> bool:
        """Whether something for other programs is to be made."""
        return self.csv or self.bids

    def request(self, night: NightReport) -> ReportRequest:
        """The job that writes the page; ``finished`` takes what it answers."""
        return ReportRequest(
            night, self.folder, with_names=self.with_names, with_notes=self.with_notes, say=report_phrases()
        )

    def finished(self, page: Path) -> tuple[Path, ...]:
        """Prints the page a job has written, where that is wanted; names what is left in the folder.

        Raises:
            RequestError: the PDF cannot be written.
        """
        written = (page,) if self.html else ()
        if self.pdf:
            paper = page.with_suffix(".pdf")
            print_page(page, paper)
            written = (*written, paper)
        if not self.html:
            page.unlink(missing_ok=True)
        return written


class ReportDialog(QDialog):
    """Asks for a ``ReportChoice``; names and notes are left out unless ticked, every time anew."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report for the file"))
        self.setAccessibleName(self.tr("Report for the file"))
        self._folder = QLineEdit(str(folder))
        self._folder.setAccessibleName(self.tr("Folder to write into"))
        self._folder.setToolTip(self.tr("The files are written into this folder; nothing in it is overwritten."))
        tick = self._tick
        self._html = tick(self.tr("Page (HTML)"), self.tr("One file to read in any browser."), is_on=True)
        self._pdf = tick(self.tr("Paper (PDF)"), self.tr("The same page on A4."), is_on=True)
        self._csv = tick(self.tr("Tables (CSV)"), self.tr("All that was said and scored, for spreadsheets."))
        self._bids = tick(self.tr("Events (BIDS)"), self.tr("All that was said and found, for pipelines."))
        self._names = tick(
            self.tr("With the raters' names and the patient's pseudonym"), self.tr("Otherwise raters are numbered.")
        )
        self._notes = tick(self.tr("With the notes"), self.tr("What was written freely may name people."))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Write"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._folder.textChanged.connect(self._judge)
        self._lay_out()
        self._judge()

    @property
    def choice(self) -> ReportChoice:
        """What is chosen now."""
        return ReportChoice(
            Path(self._folder.text().strip()).expanduser(),
            html=self._html.isChecked(),
            pdf=self._pdf.isChecked(),
            csv=self._csv.isChecked(),
            bids=self._bids.isChecked(),
            with_names=self._names.isChecked(),
            with_notes=self._notes.isChecked(),
        )

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Choose…"))
        browse.setAccessibleName(self.tr("Choose the folder"))
        browse.setToolTip(self._folder.toolTip())
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.addWidget(self._folder, 1)
        where.addWidget(browse)
        layout = QVBoxLayout(self)
        label = QLabel(self.tr("Folder"))
        label.setBuddy(self._folder)
        layout.addWidget(label)
        layout.addLayout(where)
        for title, ticks in (
            (self.tr("What to write"), (self._html, self._pdf, self._csv, self._bids)),
            (self.tr("What may tell who it is about"), (self._names, self._notes)),
        ):
            box = QGroupBox(title)
            column = QVBoxLayout(box)
            for each in ticks:
                column.addWidget(each)
            layout.addWidget(box)
        notice = QLabel(research_notice())
        notice.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(notice)
        layout.addWidget(self._buttons)
        self._folder.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def _tick(self, text: str, told: str, *, is_on: bool = False) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(told)
        box.setChecked(is_on)
        box.toggled.connect(self._judge)
        return box

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Folder to write into"), self._folder.text())
        if found:
            self._folder.setText(found)

    def _judge(self) -> None:
        something = self.choice.wants_page or self.choice.wants_tables
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(something and bool(self._folder.text().strip()))
