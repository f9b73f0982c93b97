"""The sheet of all keys, as it is now bound."""

from itertools import combinations, pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.gui.shortcuts import SHORTCUTS, Group, Keys

_COLUMNS = 3


class KeySheet(QDialog):
    """Every action with its keys, in groups; the help key or Escape closes it."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for key in keys.of("help"):
            closing = QShortcut(QKeySequence(key, QKeySequence.SequenceFormat.PortableText), self)
            closing.activated.connect(self.reject)
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("All keys"))
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        for groups in _columns():
            column = QVBoxLayout()
            for group in groups:
                column.addWidget(_box(group, keys))
            column.addStretch()
            row.addLayout(column)
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("All keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        hint = QLabel(self.tr("Every key can be changed in the settings. None needs a keypad."))
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        wanted = sheet.sizeHint()
        around = 2 * self.fontMetrics().height()
        room = self.screen().availableSize() * 0.9
        self.resize(min(wanted.width() + around, room.width()), min(wanted.height() + 5 * around, room.height()))


def _columns() -> list[list[Group]]:
    """The groups in their order, in columns of which the longest is as short as can be."""
    groups = list(Group)
    splits = [
        [groups[start:stop] for start, stop in pairwise((0, *cuts, len(groups)))]
        for cuts in combinations(range(1, len(groups)), _COLUMNS - 1)
    ]
    return min(splits, key=lambda columns: max(sum(map(_lines, column)) for column in columns))


def _lines(group: Group) -> int:
    return 2 + sum(each.group is group for each in SHORTCUTS)


def _box(group: Group, keys: Keys) -> QGroupBox:
    box = QGroupBox(group.title)
    grid = QGridLayout(box)
    grid.setColumnStretch(1, 1)
    for row, each in enumerate(each for each in SHORTCUTS if each.group is group):
        grid.addWidget(_caps(keys.texts(each.action_id)), row, 0)
        text = QLabel(each.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(text, row, 1)
    return box


def _caps(keys: tuple[str, ...]) -> QLabel:
    label = QLabel("  ".join(keys) or "–")
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
    return label
