"""What a person says before a scan: which network looks, how closely, where in the picture; and whose night it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.recording import ClockSource
from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW
from reviewer_app.gui.shell.notice import bundle_notice
from reviewer_app.gui.work.estimate import estimate
from reviewer_app.gui.work.job_words import duration_text
from reviewer_app.gui.work.pace import PaceBook
from reviewer_app.gui.work.recording_row import RecordingRow
from reviewer_app.gui.work.scan_order import ScanOrder
from reviewer_app.jobs.message import BundleFacts

_NOWHERE = Path()
_GUESSED = (ClockSource.MODIFIED, ClockSource.SEQUENCE)


class ScanDialog(QDialog):
    """Asks how recordings shall be scanned; ``orders`` says what was answered."""

    def __init__(
        self,
        rows: Sequence[RecordingRow],
        *,
        bundles: Sequence[BundleFacts],
        bundle: str,
        stride: int,
        drawn: Crop | None = None,
        book: PaceBook | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Shows what the settings prefer.

        Args:
            rows: What to scan.
            bundles: All that are on this machine; empty while they are not known yet.
            bundle: The name of the one to begin with.
            stride: Grid frames between windows, to begin with.
            drawn: The rectangle that the person drew in the recording under review.
            book: Speeds of earlier scans.
            parent: The window.
        """
        super().__init__(parent)
        self._rows = tuple(row for row in rows if row.number is not None)
        self._book = book
        self._refused = tuple(each.problem for each in bundles if each.problem)
        self._bundles = tuple(each for each in bundles if not each.problem) or (BundleFacts(bundle, _NOWHERE),)
        self.setWindowTitle(self.tr("Scan"))
        self.setAccessibleName(self.tr("Scan"))
        self.bundle_box = self._make_bundle_box(bundle)
        self.stride_box = self._make_stride_box(stride)
        self._every = QLabel()
        self.automatic, self.whole, self.drawn = self._make_crop_choice(drawn)
        self._drawn_crop = drawn
        self.patient_line, self.began_box, self.began_edit = self._make_facts()
        self._about = _told()
        self._takes = _told()
        self._lay_out()
        self.bundle_box.currentIndexChanged.connect(self._show)
        self.stride_box.valueChanged.connect(self._show)
        self._show()

    @property
    def orders(self) -> tuple[ScanOrder, ...]:
        """The scans as the person wants them, in the order of the rows."""
        orders = tuple(
            ScanOrder(
                title=row.title,
                paths=row.paths,
                bundle=self._chosen.name,
                stride=self.stride_box.value(),
                crop=self._crop,
                patient=row.patient,
                number=row.number,
            )
            for row in self._rows
        )
        if len(orders) != 1:
            return orders
        return (replace(orders[0], patient=self.patient_line.text().strip(), start=self._began),)

    @property
    def _chosen(self) -> BundleFacts:
        return self._bundles[max(0, self.bundle_box.currentIndex())]

    @property
    def _crop(self) -> Crop | None:
        if self.drawn.isChecked():
            return self._drawn_crop
        return WHOLE_PICTURE if self.whole.isChecked() else None

    @property
    def _began(self) -> datetime | None:
        if not self.began_box.isChecked():
            return None
        stated = self.began_edit.dateTime().toString(Qt.DateFormat.ISODate)
        zone = self._rows[0].start.tzinfo if self._rows[0].start else None
        return datetime.fromisoformat(stated).replace(tzinfo=zone)

    # Building.

    def _make_bundle_box(self, bundle: str) -> QComboBox:
        box = QComboBox()
        box.addItems([each.name for each in self._bundles])
        box.setCurrentIndex(max(0, box.findText(bundle)))
        box.setAccessibleName(self.tr("Bundle that scans"))
        box.setToolTip(self.tr("A bundle is a trained network with all that it needs to score."))
        return box

    def _make_stride_box(self, stride: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, FRAMES_PER_WINDOW)
        box.setValue(stride)
        box.setAccessibleName(self.tr("Stride"))
        box.setToolTip(
            self.tr(
                "How far windows of 5 s lie apart, in steps of 0.3125 s: smaller looks more closely and takes longer. "
                "Bundles are calibrated at 3."
            )
        )
        return box

    def _make_crop_choice(self, drawn: Crop | None) -> tuple[QRadioButton, QRadioButton, QRadioButton]:
        automatic = QRadioButton(self.tr("&Automatic, as the bundle says"))
        whole = QRadioButton(self.tr("&Whole picture"))
        drawn_button = QRadioButton(self.tr("The &rectangle drawn in the picture (Shift+Y)"))
        drawn_button.setEnabled(drawn is not None and len(self._rows) == 1)
        (drawn_button if drawn_button.isEnabled() else automatic).setChecked(True)
        for button in (automatic, whole, drawn_button):
            button.setAccessibleName(self.tr("What is scanned: {choice}").format(choice=button.text().replace("&", "")))
        return automatic, whole, drawn_button

    def _make_facts(self) -> tuple[QLineEdit, QCheckBox, QDateTimeEdit]:
        first = self._rows[0]
        patient = QLineEdit(first.patient)
        patient.setAccessibleName(self.tr("Pseudonym of the patient"))
        patient.setPlaceholderText(self.tr("A pseudonym, never the name"))
        began = QCheckBox(self.tr("The recording really &began at"))
        began.setToolTip(self.tr("Tick this where the time below is wrong."))
        edit = QDateTimeEdit()
        edit.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        edit.setCalendarPopup(True)
        edit.setAccessibleName(self.tr("When the recording began"))
        if first.start is not None:
            edit.setDateTime(QDateTime.fromString(f"{first.start:%Y-%m-%dT%H:%M:%S}", Qt.DateFormat.ISODate))
        edit.setEnabled(False)
        began.toggled.connect(edit.setEnabled)
        return patient, began, edit

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("B&undle"), self.bundle_box)
        form.addRow(self._about)
        stride = QLabel(self.tr("&Stride"))
        stride.setBuddy(self.stride_box)
        form.addRow(stride, _beside(self.stride_box, self._every))
        crops = QVBoxLayout()
        for button in (self.automatic, self.whole, self.drawn):
            crops.addWidget(button)
        form.addRow(self.tr("Looks at"), crops)
        if len(self._rows) == 1:
            form.addRow(self.tr("&Patient"), self.patient_line)
            form.addRow(self.began_box, self.began_edit)
            if self._rows[0].survey and self._rows[0].survey.clock in _GUESSED:
                form.addRow(_told(self.tr("The files do not tell when they were recorded: the time is a guess.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.scan_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.scan_button.setText(self.tr("S&can"))
        self.scan_button.setAccessibleName(self.tr("Scan"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        # Not by a minimum width, which would take the place of what the longest choice needs.
        column.addStrut(self.fontMetrics().averageCharWidth() * 80)
        column.addWidget(_told(self._what()))
        column.addLayout(form)
        column.addWidget(self._takes)
        column.addWidget(buttons)
        self.scan_button.setFocus()

    def _what(self) -> str:
        if len(self._rows) == 1:
            row = self._rows[0]
            return self.tr("{title}, {length} h").format(title=row.title, length=row.length)
        return self.tr("Recordings, one after the other: {titles}").format(
            titles=", ".join(row.title for row in self._rows)
        )

    # Showing.

    def _show(self) -> None:
        bundle, stride = self._chosen, self.stride_box.value()
        self._every.setText(
            self.tr("a window every {seconds} s").format(seconds=QLocale().toString(stride * FRAME_STEP, "f", 2))
        )
        told = [
            bundle_notice(bundle.notice),
            self.tr("Licence: {licence}").format(licence=bundle.licence) if bundle.licence else "",
            self.tr("Network: {network}").format(network=bundle.network) if bundle.network else "",
            *(self.tr("Cannot be used: {problem}").format(problem=problem) for problem in self._refused),
            ""
            if bundle.operating_points or not bundle.identity
            else self.tr("It is not calibrated: it gives a curve, but nothing is flagged."),
        ]
        self._about.setText("\n".join(text for text in told if text))
        expected = estimate(self._rows, bundle, stride, self._book)
        time = duration_text(max(60.0, expected.seconds))  # "about under a minute" is no English
        self._takes.setText(
            self.tr("Takes about {time}, going by earlier scans on this computer.").format(time=time)
            if expected.is_measured
            else self.tr(
                "Takes about {time}: a rule of thumb from the picture and the network, without a graphics card. The "
                "first scan measures it."
            ).format(time=time)
        )


def _told(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _beside(one: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(one)
    row.addWidget(other, 1)
    return row
