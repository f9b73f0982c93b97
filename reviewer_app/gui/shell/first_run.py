"""The first page a person ever sees: who are you, where do the labels lie, and what to look at first.

Each step can be skipped; nothing waits for an answer.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.gui.shell.notice import research_notice
from reviewer_app.gui.shell.rater_dialog import RaterBox


class FirstRunPage(QWidget):
    """Three steps to the first recording.

    Signals:
        rater_named: The person said who reviews; the name.
        library_chosen: The library shall lie in another folder; its ``Path``.
        recovery_key_wanted: The person wants to see the library's recovery key; answer with ``show_recovery_key``.
        demo_wanted: The demo recording shall be made and opened.
        open_wanted: Files of the person's own shall be opened.
        left: The person is done with the page or skipped it.
    """

    rater_named = Signal(str)
    library_chosen = Signal(object)
    recovery_key_wanted = Signal()
    demo_wanted = Signal()
    open_wanted = Signal()
    left = Signal()

    def __init__(self, *, library: Path, rater: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("First steps"))
        self._rater = RaterBox([rater] if rater else [], rater)
        self._library = _line(str(library))
        self._key = _line("")
        self._problem = _text("")
        self._steps = QStackedWidget()
        for step in (self._who(), self._where(), self._what()):
            self._steps.addWidget(step)
        self._place = _text("")
        self._back = self._button(self.tr("Back"), self.tr("To the step before."), lambda: self._go(-1))
        self._next = self._button(self.tr("Next"), self.tr("To the next step."), self._go_on)
        self._skip = self._button(
            self.tr("Skip"), self.tr("Straight to the program; all of this can wait."), self.left.emit
        )
        buttons = QHBoxLayout()
        for each in (self._place, self._skip):
            buttons.addWidget(each)
        buttons.addStretch()
        for each in (self._back, self._next):
            buttons.addWidget(each)
        column = QVBoxLayout()
        column.addWidget(_title("Spasm Reviewer"))
        column.addWidget(_text(research_notice()))
        column.addWidget(self._steps, 1)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(self.fontMetrics().averageCharWidth() * 130)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(middle, 8)
        outer.addStretch(1)
        self._next.setDefault(True)
        self._show_step(0)

    @property
    def step(self) -> int:
        """The step on show, from 0."""
        return self._steps.currentIndex()

    def show_recovery_key(self, key: str) -> None:
        """Shows the library's recovery key, to be written down."""
        self._key.setText(key)
        self._key.setVisible(True)
        self._key.setFocus()

    def show_library(self, folder: Path) -> None:
        """Shows where the library lies, or will lie."""
        self._library.setText(str(folder))

    def show_library_step(self) -> None:
        """Shows the step that is about the library."""
        self._show_step(1)

    def show_problem(self, sentence: str) -> None:
        """Says what did not work; empty when all is well."""
        self._problem.setText(sentence)

    def _who(self) -> QWidget:
        told = self.tr(
            "Every label carries the name of the person who gave it, so that several can review in one library without "
            "overwriting each other. Initials are enough. The name stays in the library."
        )
        line = self._rater.lineEdit()
        assert line is not None
        line.returnPressed.connect(self._go_on)
        return _step(self.tr("Who are you?"), told, self._rater)

    def _where(self) -> QWidget:
        told = self.tr(
            "Labels and scores lie in an encrypted library on this computer. Recordings stay where they are and are "
            "never changed. Nothing is sent anywhere."
        )
        self._library.setAccessibleName(self.tr("Folder of the library"))
        other = self._button(self.tr("Another folder…"), self.tr("Keep the library elsewhere."), self._choose_library)
        key_told = _text(
            self.tr(
                "If this computer breaks, only the recovery key opens a copy of the library. Write it down and keep it "
                "away from the computer."
            )
        )
        show = self._button(
            self.tr("Show the recovery key"), self.tr("To be written down."), self.recovery_key_wanted.emit
        )
        self._key.setAccessibleName(self.tr("Recovery key"))
        self._key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._key.setVisible(False)
        return _step(self.tr("Where do the labels lie?"), told, self._library, other, key_told, show, self._key)

    def _what(self) -> QWidget:
        told = self.tr(
            "The demo is a synthetic recording with known spasms, made on this computer within minutes. Use it to "
            "learn the keys; ? shows them all. Or open recordings of your own: files and folders can also be dropped "
            "on the window."
        )
        demo = self._button(
            self.tr("Try the demo recording"), self.tr("Makes and opens a synthetic recording."), self.demo_wanted.emit
        )
        files = self._button(self.tr("Open my recordings…"), self.tr("Choose files to open."), self.open_wanted.emit)
        for each in (demo, files):
            each.clicked.connect(self.left)
        return _step(self.tr("What do you want to see first?"), told, demo, files)

    def _choose_library(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of the library"), self._library.text())
        if folder:
            self._library.setText(folder)
            self._key.setVisible(False)
            self.library_chosen.emit(Path(folder))

    def _go_on(self) -> None:
        if self.step == 0 and self._rater.name:
            self.rater_named.emit(self._rater.name)
        if self.step == self._steps.count() - 1:
            self.left.emit()
        else:
            self._go(1)

    def _go(self, by: int) -> None:
        self._show_step(self.step + by)

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.show_problem("")
        last = self._steps.count() - 1
        self._place.setText(self.tr("Step {step} of {steps}").format(step=step + 1, steps=last + 1))
        self._back.setEnabled(step > 0)
        self._next.setText(self.tr("Done") if step == last else self.tr("Next"))
        if step == 0:
            self._rater.setFocus()

    def _button(self, text: str, told: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(told)
        button.clicked.connect(lambda _checked=False: slot())
        return button


def _step(title: str, told: str, *controls: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addStretch(1)
    layout.addWidget(_title(title))
    layout.addWidget(_text(told))
    for each in controls:
        if isinstance(each, QPushButton):
            layout.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            layout.addWidget(each)
    layout.addStretch(2)
    return page


def _title(text: str) -> QLabel:
    label = QLabel(text)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * 1.6)
    font.setBold(True)
    label.setFont(font)
    return label


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # A font on the page does not reach its parts where the program has a style sheet, so each gets its own.
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * 1.2)
    label.setFont(font)
    return label


def _line(text: str) -> QLineEdit:
    """Something to be read and copied, not changed."""
    line = QLineEdit(text)
    line.setReadOnly(True)
    line.setCursorPosition(0)
    return line
