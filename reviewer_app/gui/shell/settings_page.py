"""The page of preferences; each change holds at once, and what needs a new start says so."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.domain.window import FRAME_STEP
from reviewer_app.gui.shell.key_editor import KeyEditor
from reviewer_app.gui.shell.language import language_of, spoken
from reviewer_app.gui.shell.plain_box import PlainBox
from reviewer_app.gui.shortcuts import usable_keys
from reviewer_app.settings import (
    DEVICES,
    LANGUAGES,
    LEAST_SCALE,
    MOST_PRE_ROLL,
    MOST_SCALE,
    PRECISIONS,
    THEMES,
    Settings,
)


class SettingsPage(QScrollArea):
    """All preferences as controls.

    Signals:
        settings_changed: The ``Settings`` after a change by the person.
        recovery_key_wanted: The person wants to see the library's recovery key.
    """

    settings_changed = Signal(object)
    recovery_key_wanted = Signal()

    def __init__(self, settings: Settings, *, bundles: Sequence[str] = (), library: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._library = library
        self._showing: dict[str, Callable[[Any], object]] = {}  # by the setting's name: puts a value into its control
        self._bundles = QComboBox()
        self._language_told = QLabel()  # that another language was chosen than the window speaks
        self._language_told.setWordWrap(True)
        self.setAccessibleName(self.tr("Settings"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        page = QWidget()
        columns = QHBoxLayout(page)
        left, right = QVBoxLayout(), QVBoxLayout()
        for box in (self._review_box(), self._look_box(), self._library_box()):
            left.addWidget(box)
        left.addStretch()
        for box in (self._scan_box(bundles), self._keys_box()):
            right.addWidget(box)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.setWidget(page)
        for control in (
            *page.findChildren(QComboBox),
            *page.findChildren(QSpinBox),
            *page.findChildren(QDoubleSpinBox),
        ):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)

    @property
    def settings(self) -> Settings:
        """As they are chosen now."""
        return self._settings

    def adopt(self, settings: Settings) -> None:
        """Shows settings that were changed elsewhere, such as by a key."""
        self._settings = settings
        self._tell_language()
        for name, show in self._showing.items():
            show(getattr(settings, name))

    def set_bundles(self, names: Sequence[str]) -> None:
        """Offers these bundles, and the chosen one even if it is not here."""
        chosen = self._settings.bundle
        self._bundles.blockSignals(True)
        self._bundles.clear()
        for name in dict.fromkeys((*names, chosen)):
            self._bundles.addItem(name, name)
        self._bundles.setCurrentIndex(self._bundles.findData(chosen))
        self._bundles.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Lets the wheel move the page, not a value that the pointer happens to be over."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _change(self, **values: Any) -> None:
        changed = replace(self._settings, **values)
        if changed != self._settings:
            self._settings = changed
            self._tell_language()
            self.settings_changed.emit(changed)

    def _tell_language(self) -> None:
        waits = language_of(self._settings.language) != spoken()
        self._language_told.setText(self.tr("The window speaks the new language from the next start on."))
        self._language_told.setVisible(waits)

    def _review_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Review"))
        form = QFormLayout(box)
        self._number(
            form, "pre_roll", self.tr("Play before a flag"), (0.0, MOST_PRE_ROLL, 0.5), self.tr(" s"),
            self.tr("Seconds that are played before each flag."),
        )  # fmt: skip
        self._tick(
            form, "auto_advance", self.tr("Go on after a verdict"),
            self.tr("After a verdict the next flag without one is played."),
        )  # fmt: skip
        self._tick(
            form, "clock_times", self.tr("Show the clock's time"),
            self.tr("Times are shown as the clock on the wall, otherwise as time since the recording's start."),
        )  # fmt: skip
        self._number(
            form, "false_alarms_per_hour", self.tr("False alarms at most"), (0.05, 60.0, 0.5), self.tr(" an hour"),
            self.tr("The threshold is chosen so that no more false alarms are predicted than this."),
        )  # fmt: skip
        self._number(
            form, "cluster_gap", self.tr("One cluster up to"), (1.0, 3600.0, 10.0), self.tr(" s apart"),
            self.tr("Events closer to each other than this are one cluster."),
        )  # fmt: skip
        return box

    def _look_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Look"))
        form = QFormLayout(box)
        themes = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"), self.tr("High contrast"))
        self._choice(form, "theme", self.tr("Colours"), THEMES, themes)
        scale = self._whole("font_scale", LEAST_SCALE, MOST_SCALE)
        scale.setSingleStep(10)
        scale.setSuffix(self.tr(" %"))
        # Every digit typed would change all sizes at once, and the box with them.
        scale.setKeyboardTracking(False)
        self._add(form, scale, self.tr("Size of letters"), self.tr("In per cent of the system's size."))
        languages = (self.tr("As the system"), "English", "Deutsch")
        self._choice(form, "language", self.tr("Language"), LANGUAGES, languages, self.tr("Holds from the next start."))
        form.addRow(self._language_told)
        self._tell_language()
        return box

    def _library_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Library"))
        form = QFormLayout(box)
        self._path(form, "library", self.tr("Folder"), self.tr("Holds from the next start."), is_folder=True)
        key = QPushButton(self.tr("Show the recovery key…"))
        key.setToolTip(self.tr("With this key the library can be opened on another computer."))
        key.clicked.connect(self.recovery_key_wanted)
        form.addRow(key)
        return box

    def _scan_box(self, bundles: Sequence[str]) -> QGroupBox:
        box = QGroupBox(self.tr("Scan"))
        form = QFormLayout(box)
        self.set_bundles(bundles)
        self._bundles.setObjectName("bundle")
        self._bundles.currentIndexChanged.connect(lambda _index: self._change(bundle=self._bundles.currentData()))
        self._showing["bundle"] = lambda name: self._bundles.setCurrentIndex(self._bundles.findData(name))
        self._add(form, self._bundles, self.tr("Bundle"), self.tr("The trained model that scans."))
        stride, seconds = self._whole("stride", 1, 16), QLabel()

        def tell(value: int) -> None:
            seconds.setText(
                self.tr("a window every {seconds} s").format(seconds=QLocale().toString(value * FRAME_STEP, "f", 2))
            )

        tell(stride.value())
        stride.valueChanged.connect(tell)
        self._add(
            form, stride, self.tr("Stride"), self.tr("Small: finer and slower. Large: coarser and faster."), seconds
        )
        devices = (self.tr("Choose by itself"), "CUDA", "Metal (MPS)", "OpenVINO", self.tr("Processor (PyTorch)"))
        self._choice(form, "device", self.tr("Compute on"), DEVICES, devices)
        precisions = (self.tr("Choose by itself"), "bfloat16", "float32")
        self._choice(form, "precision", self.tr("Numbers"), PRECISIONS, precisions)
        threads = self._whole("threads", 0, 1024)
        threads.setSpecialValueText(self.tr("all"))
        self._add(form, threads, self.tr("Processor threads"), self.tr("Fewer leave room for other work."))
        self._path(
            form, "person_detector", self.tr("Person detector"),
            self.tr("An ONNX file that finds people, for the automatic crop; none is needed."), is_folder=False,
        )  # fmt: skip
        return box

    def _keys_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Keys"))
        editor = KeyEditor(usable_keys(self._settings.keys)[0])
        editor.keys_changed.connect(lambda keys: self._change(keys=dict(keys.changes)))
        self._showing["keys"] = lambda changes: editor.adopt(usable_keys(changes)[0])
        QVBoxLayout(box).addWidget(editor)
        return box

    def _whole(self, name: str, least: int, most: int) -> QSpinBox:
        box = QSpinBox(minimum=least, maximum=most)
        box.setObjectName(name)
        box.setValue(getattr(self._settings, name))
        box.valueChanged.connect(lambda chosen: self._change(**{name: chosen}))
        self._showing[name] = box.setValue
        return box

    def _number(
        self, form: QFormLayout, name: str, text: str, span: tuple[float, float, float], unit: str, told: str
    ) -> None:
        least, most, step = span
        value = float(getattr(self._settings, name))
        # A value from the file may lie outside what is offered here; it must not be changed by being shown.
        box = PlainBox(decimals=2, suffix=unit, singleStep=step)
        box.setRange(min(least, value), max(most, value))
        box.setObjectName(name)
        box.setValue(value)
        self._showing[name] = box.setValue
        box.valueChanged.connect(lambda chosen: self._change(**{name: chosen}))
        self._add(form, box, text, told)

    def _tick(self, form: QFormLayout, name: str, text: str, told: str) -> None:
        box = QCheckBox(text)
        box.setChecked(bool(getattr(self._settings, name)))
        box.setObjectName(name)
        box.setToolTip(told)
        self._showing[name] = box.setChecked
        box.toggled.connect(lambda chosen: self._change(**{name: chosen}))
        form.addRow(box)

    def _choice(
        self, form: QFormLayout, name: str, text: str, values: Sequence[str], texts: Sequence[str], told: str = ""
    ) -> None:
        box = QComboBox()
        box.setObjectName(name)
        for value, shown in zip(values, texts, strict=True):
            box.addItem(shown, value)
        box.setCurrentIndex(box.findData(getattr(self._settings, name)))
        self._showing[name] = lambda value: box.setCurrentIndex(box.findData(value))
        box.currentIndexChanged.connect(lambda _index: self._change(**{name: box.currentData()}))
        self._add(form, box, text, told)

    def _path(self, form: QFormLayout, name: str, text: str, told: str, *, is_folder: bool) -> None:
        chosen: Path | None = getattr(self._settings, name)
        line = QLineEdit(str(chosen) if chosen else "")
        line.setObjectName(name)
        self._showing[name] = lambda path: line.setText(str(path) if path else "")
        line.setPlaceholderText(str(self._library) if is_folder and self._library else self.tr("none"))
        line.editingFinished.connect(
            lambda: self._change(**{name: Path(line.text().strip()).expanduser() if line.text().strip() else None})
        )
        browse = QPushButton(self.tr("Choose…"))
        browse.setAccessibleName(self.tr("Choose: {what}").format(what=text))
        browse.setToolTip(told)

        def ask() -> None:
            start = line.text() or line.placeholderText()
            found = (
                QFileDialog.getExistingDirectory(self, text, start)
                if is_folder
                else QFileDialog.getOpenFileName(self, text, start, self.tr("ONNX files (*.onnx)"))[0]
            )
            if found:
                line.setText(found)
                self._change(**{name: Path(found)})

        browse.clicked.connect(ask)
        self._add(form, line, text, told, browse)

    def _add(self, form: QFormLayout, control: QWidget, text: str, told: str, *beside: QWidget) -> None:
        control.setAccessibleName(text)
        control.setAccessibleDescription(told)
        control.setToolTip(told or text)
        row = QHBoxLayout()
        row.addWidget(control, 1)
        for each in beside:
            row.addWidget(each)
        label = QLabel(text)
        label.setBuddy(control)
        form.addRow(label, row)
