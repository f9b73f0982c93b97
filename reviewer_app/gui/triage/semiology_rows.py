"""What a spasm looked like, in one keystroke or one click each; saying nothing is as good."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from reviewer_app.domain.annotation import Arousal, Form, Semiology, Side
from reviewer_app.gui.shortcuts import Keys, shortcut, tip
from reviewer_app.gui.triage.words import semiology_action

ASPECTS: Final[Mapping[str, tuple[Form | Side | Arousal, ...]]] = {
    "form": tuple(Form),
    "side": tuple(Side),
    "arousal": tuple(Arousal),
}
CRY: Final = "cry"


def toggled(semiology: Semiology, aspect: str, value: object) -> Semiology:
    """With one more word said; the same word again takes it back."""
    changes: dict[str, Any] = {aspect: None if getattr(semiology, aspect) == value else value}
    return replace(semiology, **changes)


class SemiologyRows(QWidget):
    """Buttons that show what was said, and say it.

    Signals:
        chosen: A word was clicked (the semiology's field, its value).
    """

    chosen = Signal(str, object)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What it looked like"))
        self.buttons: dict[tuple[str, object], QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (aspect, title) in enumerate(self._titles().items()):
            grid.addWidget(QLabel(title), row, 0)
            for column, value in enumerate(ASPECTS[aspect], start=1):
                grid.addWidget(self._button(keys, aspect, value, semiology_action(value)), row, column)
        grid.addWidget(self._button(keys, CRY, True, CRY), 1, 4)

    def _titles(self) -> dict[str, str]:
        return {"form": self.tr("Form"), "side": self.tr("Side"), "arousal": self.tr("State")}

    def _button(self, keys: Keys, aspect: str, value: object, action_id: str) -> QPushButton:
        text = shortcut(action_id).text
        button = QPushButton(text)
        button.setCheckable(True)
        button.setAccessibleName(text)
        button.setToolTip(tip(text, keys.texts(action_id)))
        button.clicked.connect(lambda: self.chosen.emit(aspect, value))
        self.buttons[aspect, value] = button
        return button

    def show_semiology(self, semiology: Semiology | None) -> None:
        """Shows what was said; None where there is nothing to say it of."""
        self.setEnabled(semiology is not None)
        for (aspect, value), button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(semiology is not None and getattr(semiology, aspect) == value)
