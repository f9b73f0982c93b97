"""Keeps what the reviewer says, in a thread of its own: a library that is busy or full never stops the window.

Actions are written one after the other, in the order in which they were made. One that cannot be written is tried again
until it can; until then the window says NOT SAVED and keeps showing it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from reviewer_app.domain.annotation import Action
from reviewer_app.errors import StoreError

TRY_AGAIN = 2.0
"""Seconds between two attempts to save."""

Append = Callable[[int, Action], object]
"""Writes an action of a recording for good; raises a ``StoreError`` where that fails."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether all that was said is kept."""

    waiting: int = 0  # actions not yet kept
    problem: str = ""  # why the first of them cannot be; empty while it is being written

    @property
    def is_saved(self) -> bool:
        """Whether nothing is left to keep."""
        return self.waiting == 0


class Saver(QThread):
    """Writes actions one after the other.

    Signals:
        state_changed: A ``SaveState``: something waits, was kept, or could not be.
    """

    state_changed = Signal(object)

    def __init__(self, append: Append, parent: QObject | None = None, *, try_again: float = TRY_AGAIN) -> None:
        super().__init__(parent)
        self._append = append
        self._try_again = try_again
        self._changed = Condition()
        self._waiting: deque[tuple[int, Action]] = deque()
        self._problem = ""
        self._at_once = False  # whether to try again without waiting
        self._stopping = False

    @property
    def state(self) -> SaveState:
        """Whether all that was said is kept."""
        with self._changed:
            return SaveState(len(self._waiting), self._problem)

    def save(self, number: int, action: Action) -> None:
        """Takes an action of a recording to be kept; returns at once."""
        with self._changed:
            self._waiting.append((number, action))
            self._changed.notify()
        self.state_changed.emit(self.state)

    def try_now(self) -> None:
        """Tries again at once to keep what could not be kept."""
        with self._changed:
            self._at_once = True
            self._changed.notify()

    def finish(self, seconds: float) -> bool:
        """Ends the thread once everything is kept.

        Args:
            seconds: to wait at most.

        Returns:
            Whether everything was kept; where not, what waits is given up.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify()
        kept = self.wait(int(seconds * 1000))
        if not kept:
            with self._changed:
                self._waiting.clear()
                self._at_once = True
                self._changed.notify()
            self.wait()
        return kept

    def run(self) -> None:
        """Is the thread's life."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if not self._waiting:
                    return
                first = self._waiting[0]
            self._keep(*first)

    def _keep(self, number: int, action: Action) -> None:
        try:
            self._append(number, action)
        except StoreError as error:
            with self._changed:
                self._problem = str(error)
            self.state_changed.emit(self.state)
            with self._changed:
                self._changed.wait_for(lambda: self._at_once, self._try_again)
                self._at_once = False
            return
        with self._changed:
            self._problem = ""
            if self._waiting:  # not given up meanwhile
                self._waiting.popleft()
        self.state_changed.emit(self.state)
