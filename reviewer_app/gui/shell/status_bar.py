"""The line at the window's foot: what goes on, whether all is saved, and what the program is not for."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.shell.elided import ElidedLabel
from reviewer_app.gui.shell.notice import bundle_notice, research_notice

MOMENT = 8000
"""Milliseconds that a sentence in passing stays at least."""
READING = 80
"""Milliseconds that a person has for each of its letters."""


class ReviewStatusBar(QStatusBar):
    """Always shows the notice and the state of saving; the work and sentences in passing share the room left of them.

    Signals:
        retry_wanted: The person wants what is not saved to be saved now.
    """

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(self.fontMetrics().averageCharWidth(), 0, 0, 0)
        self._work_line, self._sentence = "", ""
        self._passing = QTimer(self, singleShot=True)
        self._passing.timeout.connect(self._pass)
        self._work = ElidedLabel()
        self._work.setAccessibleName(self.tr("What goes on"))
        self._bundle = ElidedLabel()
        self._bundle.setAccessibleName(self.tr("What the model says of itself"))
        self._saving = ElidedLabel()
        self._retry = QPushButton(self.tr("Save again"))
        self._retry.setToolTip(self.tr("Try now to save what is not saved."))
        self._retry.clicked.connect(self.retry_wanted)
        self._notice = QLabel(research_notice())
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        bold = QFont(self._notice.font())
        bold.setBold(True)
        self._notice.setFont(bold)
        self._notice.setContentsMargins(0, 0, self.fontMetrics().averageCharWidth(), 0)
        self.addWidget(self._work, 2)
        self.addWidget(self._bundle, 1)
        for each in (self._saving, self._retry, self._notice):
            self.addPermanentWidget(each)
        self.show_saved()

    def say(self, sentence: str) -> None:
        """Shows a sentence in place of the work, for as long as it takes to read it."""
        self._sentence = in_words(" ".join(sentence.split()))
        self._passing.start(max(MOMENT, READING * len(self._sentence)))
        self._show_line()

    def show_work(self, line: str) -> None:
        """Shows what is being done; empty when nothing is."""
        self._work_line = line
        self._show_line()

    @property
    def line(self) -> str:
        """What stands there now: a sentence in passing, or the work."""
        return self._work.text()

    def show_bundle_notice(self, notice: str) -> None:
        """Shows what the bundle under review says of itself; empty where it says nothing."""
        self._bundle.say(bundle_notice(notice))

    def show_saved(self) -> None:
        """Everything that was said is on the disk."""
        self._show(self.tr("✓ All saved"))

    def show_saving(self) -> None:
        """Something is on its way to the disk."""
        self._show(self.tr("… Saving"))

    def show_not_saved(self, why: str) -> None:
        """Something could not be saved: said until ``show_saved``, with the way to try again."""
        self._show(self.tr("⚠ NOT SAVED: {why}").format(why=why), is_alarming=True)

    @property
    def saving_text(self) -> str:
        """What the bar says about saving now."""
        return self._saving.text()

    def _pass(self) -> None:
        self._sentence = ""
        self._show_line()

    def _show_line(self) -> None:
        self._work.say(self._sentence or self._work_line)
        self._work.setVisible(bool(self._work.text()))  # else what the model says of itself had a third of the room
        # A sentence needs the room more than what the model says of itself all the time.
        self._bundle.setVisible(not self._sentence)

    def _show(self, text: str, *, is_alarming: bool = False) -> None:
        self._saving.say(text)
        self._saving.setAccessibleName(text)
        self._saving.setAutoFillBackground(is_alarming)
        # Turned round as a selection is: seen at once in every theme, and not by colour alone, for the words say it.
        ground, letters = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
        if is_alarming:
            ground, letters = QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText
        self._saving.setBackgroundRole(ground)
        self._saving.setForegroundRole(letters)
        font = QFont(self.font())
        font.setBold(is_alarming)
        self._saving.setFont(font)
        self._retry.setVisible(is_alarming)
