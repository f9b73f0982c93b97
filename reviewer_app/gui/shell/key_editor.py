"""Where a person gives actions other keys: choose the action, press the key."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer_app.errors import RequestError
from reviewer_app.gui.shortcuts import SHORTCUTS, Keys

_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyCatcher(QLineEdit):
    """A box that takes the next key pressed in it; Tab and Escape leave it, so that nobody is caught in it.

    Signals:
        caught: A key was pressed; its portable name.
    """

    caught = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Press the new key here"))
        self.setAccessibleName(self.tr("New key"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Keeps the window's own shortcuts away: the key pressed here is meant for this box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_taken(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Takes the key with its modifiers."""
        key = Qt.Key(event.key())
        if not _is_taken(event):
            event.ignore()
        elif key not in _MODIFIERS:
            # A keypad's digits count as digits: no action shall need a keypad.
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            sequence = QKeySequence(modifiers.value | key.value)
            self.caught.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))


def _is_taken(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) not in _LEAVING


class KeyEditor(QWidget):
    """All actions with their keys, and the means to change them.

    Signals:
        keys_changed: A person chose other ``Keys``.
    """

    keys_changed = Signal(object)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._table = self._make_table()
        self._catcher = KeyCatcher()
        self._catcher.setToolTip(self.tr("Choose an action above, then press the key that it shall have."))
        self._catcher.caught.connect(self._take)
        self._message = QLabel()
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._catcher, 1)
        for text, told, slot in (
            (self.tr("No key"), self.tr("The action chosen above gets no key."), self._take_away),
            (self.tr("Usual key"), self.tr("The action chosen above gets its usual key again."), self._restore),
            (self.tr("All usual keys"), self.tr("Every action gets its usual key again."), self._restore_all),
        ):
            button = QPushButton(text)
            button.setToolTip(told)
            button.clicked.connect(slot)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        layout.addLayout(row)
        layout.addWidget(self._message)
        self._show_keys()
        self._table.selectRow(0)

    @property
    def keys(self) -> Keys:
        """The keys as they are now."""
        return self._keys

    def adopt(self, keys: Keys) -> None:
        """Shows keys that were changed elsewhere."""
        self._keys = keys
        self._show_keys()

    def choose(self, action_id: str) -> None:
        """Selects an action, as a click on its row does."""
        self._table.selectRow([each.action_id for each in SHORTCUTS].index(action_id))

    @property
    def message(self) -> str:
        """What was said of the last change."""
        return self._message.text()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(SHORTCUTS), 2)
        table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        table.setAccessibleName(self.tr("Actions and their keys"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(table.fontMetrics().height() * 14)
        table.itemActivated.connect(lambda _item: self._catcher.setFocus())
        return table

    def _show_keys(self) -> None:
        for row, each in enumerate(SHORTCUTS):
            action, keys = QTableWidgetItem(each.text), "  ".join(self._keys.texts(each.action_id))
            action.setToolTip(each.group.title)
            self._table.setItem(row, 0, action)
            self._table.setItem(row, 1, QTableWidgetItem(keys or "–"))
        self._table.resizeColumnToContents(1)

    def _chosen(self) -> str:
        return SHORTCUTS[max(0, self._table.currentRow())].action_id

    def _take(self, key: str) -> None:
        action_id = self._chosen()
        self._change(lambda: self._keys.rebound(action_id, key))

    def _take_away(self) -> None:
        action_id = self._chosen()
        self._change(lambda: self._keys.rebound(action_id, ""))

    def _restore(self) -> None:
        action_id = self._chosen()
        self._change(lambda: self._keys.restored(action_id))

    def _restore_all(self) -> None:
        self._change(Keys)

    def _change(self, make: Callable[[], Keys]) -> None:
        try:
            keys = make()
        except RequestError as refusal:
            self._message.setText(str(refusal))
            return
        self._message.setText(self.tr("Changed."))
        if keys != self._keys:
            self._keys = keys
            self._show_keys()
            self.keys_changed.emit(keys)
