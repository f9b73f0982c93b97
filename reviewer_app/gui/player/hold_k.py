"""Holding the stop key makes its neighbours play slowly, for as long as they are held with it."""

from PySide6.QtCore import QEvent, QKeyCombination, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from reviewer_app.gui.player.player import Player


class HoldK(QObject):
    """Watches keys go down and up, and never takes one away; install it on the window.

    It reads the keys from the actions each time, so that a rebound key works at once.
    """

    def __init__(self, player: Player, *, stop: QAction, forward: QAction, reverse: QAction) -> None:
        super().__init__(player)
        self._player = player
        self._stop = stop
        self._neighbours = (forward, reverse)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notes the stop key and its neighbours; the window's own handling goes on."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:  # the key may come up elsewhere
            self._player.hold(False)
        elif isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and _is_key_of(self._stop, event):
                self._player.hold(True)
            elif kind == QEvent.Type.KeyRelease and _is_key_of(self._stop, event):
                self._player.hold(False)
            elif kind == QEvent.Type.KeyRelease and any(_is_key_of(each, event) for each in self._neighbours):
                self._player.end_crawl()
        return False


def _is_key_of(action: QAction, event: QKeyEvent) -> bool:
    """Whether the event is about a key of the action; modifiers may be let go first, so only the key counts."""
    return any(_first(sequence).key() == event.key() for sequence in action.shortcuts() if sequence.count() == 1)


def _first(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # Qt's stubs forget it
    return first
