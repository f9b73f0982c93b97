"""What a spasm looked like, in one keystroke or one click each; saying nothing is as good."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from reviewer_app.domain.annotation import Arousal, Form, Semiology, Side
from reviewer_app.gui.shortcuts import Keys, shortcut, tip
from reviewer_app.gui.triage.choice_button import ChoiceButton
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
        self.buttons: dict[tuple[str, object], ChoiceButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(round(self.fontMetrics().height() / 4))
        for row, (aspect, title) in enumerate(self._titles().items()):
            grid.addWidget(QLabel(title), row, 0)
            for column, value in enumerate(ASPECTS[aspect], start=1):
                grid.addWidget(self._button(aspect, value), row, column)
        grid.addWidget(self._button(CRY, True), len(ASPECTS) - 1, max(map(len, ASPECTS.values())))
        for column in range(1, grid.columnCount()):
            grid.setColumnStretch(column, 1)
        self.set_keys(keys)

    def set_keys(self, keys: Keys) -> None:
        """Names other keys, after a rebinding; on the button itself only where that is one sign."""
        for (aspect, value), button in self.buttons.items():
            action_id = _action(aspect, value)
            text, key = self._short(value) or shortcut(action_id).text, keys.text(action_id)
            button.setText(self.tr("{key}  {word}").format(key=key, word=text) if len(key) == 1 else text)
            button.setToolTip(tip(shortcut(action_id).text, keys.texts(action_id)))

    def _titles(self) -> dict[str, str]:
        return {"form": self.tr("Form"), "side": self.tr("Side"), "arousal": self.tr("State")}

    def _short(self, value: object) -> str:
        """Fewer letters for a button than for the list of keys, where the heading beside it says the rest."""
        short: dict[object, str] = {Side.LEFT: self.tr("Left"), Side.RIGHT: self.tr("Right"), True: self.tr("Cry")}
        return short.get(value, "")

    def _button(self, aspect: str, value: object) -> ChoiceButton:
        button = ChoiceButton()
        button.setAccessibleName(shortcut(_action(aspect, value)).text)
        button.clicked.connect(lambda: self.chosen.emit(aspect, value))
        self.buttons[aspect, value] = button
        return button

    def show_semiology(self, semiology: Semiology | None) -> None:
        """Shows what was said; None where there is nothing to say it of."""
        self.setEnabled(semiology is not None)
        for (aspect, value), button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(semiology is not None and getattr(semiology, aspect) == value)


def _action(aspect: str, value: object) -> str:
    return semiology_action(value) if isinstance(value, Form | Side | Arousal) else aspect
