"""The window's menus and keys: each line of the key table is an action that runs what it stands for."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from reviewer_app.gui.commands import Command
from reviewer_app.gui.shortcuts import SHORTCUTS, Group, Keys, bind_actions, make_actions


class Menus:
    """Fills a window's menu bar and holds its actions."""

    def __init__(self, window: QMainWindow, keys: Keys, *, change_rater: Command) -> None:
        self.actions_by_id = make_actions(window, keys)
        self._running: dict[str, QMetaObject.Connection] = {}
        self._reviewing = False
        order = (Group.WINDOW, *(group for group in Group if group is not Group.WINDOW))
        self.by_group = {group: QMenu(group.title, window) for group in order}
        for menu in self.by_group.values():
            window.menuBar().addMenu(menu)
        for each in SHORTCUTS:
            action = self.actions_by_id[each.action_id]
            self.by_group[each.group].addAction(action)
            # Also to the window itself: a hidden menu bar's keys do not work, as in full screen.
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            window.addAction(action)
        # Without a key: another person takes over once a night, if at all.
        rater = QAction(QCoreApplication.translate("Menus", "Review as another person…"), window)
        rater.setObjectName("change_rater")
        rater.triggered.connect(lambda *_: change_rater())
        self.by_group[Group.WINDOW].insertAction(self.actions_by_id["quit"], rater)

    def bind(self, keys: Keys) -> None:
        """Gives actions and menus their keys and texts anew."""
        bind_actions(self.actions_by_id, keys)
        for group, menu in self.by_group.items():
            menu.setTitle(group.title)

    def run(self, commands: Mapping[str, Command]) -> None:
        """Lets each action run its command; those without one rest."""
        for action_id, action in self.actions_by_id.items():
            if action_id in self._running:
                action.triggered.disconnect(self._running.pop(action_id))
            command = commands.get(action_id)
            if command is not None:
                self._running[action_id] = action.triggered.connect(lambda *_, run=command: run())
        self.set_reviewing(self._reviewing)

    def set_reviewing(self, reviewing: bool) -> None:
        """Lets the keys of the review work, or rest while another page is on show."""
        self._reviewing = reviewing
        for each in SHORTCUTS:
            can = each.action_id in self._running and (reviewing or each.group is Group.WINDOW)
            self.actions_by_id[each.action_id].setEnabled(can)
