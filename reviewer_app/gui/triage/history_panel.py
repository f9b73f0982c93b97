"""All that was done to the labels of a recording, by whom and when, with undo and redo."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from reviewer_app.gui.review import Review
from reviewer_app.gui.shortcuts import Keys, shortcut, tip
from reviewer_app.gui.triage.history_model import HistoryModel
from reviewer_app.gui.triage.pressing import SpacePresses


class HistoryPanel(QWidget):
    """The visible history, newest first."""

    def __init__(self, review: Review, keys: Keys | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("History"))
        self._review = review
        self.model = HistoryModel(review)
        self.list = QListView()
        self.list.setModel(self.model)
        self.model.setParent(self.list)
        self.list.setAccessibleName(self.tr("All changes of labels, newest first"))
        self.list.setUniformItemSizes(True)
        self.list.setAlternatingRowColors(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.undo, self.redo = QPushButton(shortcut("undo").text), QPushButton(shortcut("redo").text)
        self.set_keys(keys or Keys())
        self._lay_out()
        self._connect()
        self._show_whether_possible()

    def set_keys(self, keys: Keys) -> None:
        """Names other keys in the tips, after a rebinding."""
        for button, action_id in ((self.undo, "undo"), (self.redo, "redo")):
            button.setAccessibleName(shortcut(action_id).text)
            button.setToolTip(tip(shortcut(action_id).text, keys.texts(action_id)))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.undo, self.redo):
            SpacePresses(button)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        review = self._review
        self.undo.clicked.connect(review.undo)
        self.redo.clicked.connect(review.redo)
        review.recording_changed.connect(self.model.start_again)
        review.mode_changed.connect(self.model.start_again)
        review.labels_changed.connect(self._grow)
        review.clock_changed.connect(self.model.retell)

    def _grow(self) -> None:
        self.model.grow()
        self._show_whether_possible()

    def _show_whether_possible(self) -> None:
        self.undo.setEnabled(self._review.history.undo is not None)
        self.redo.setEnabled(self._review.history.redo is not None)
