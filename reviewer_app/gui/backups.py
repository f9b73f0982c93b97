"""Backups while people work: made in a thread of their own, so that neither the window nor a verdict waits for one."""

from collections.abc import Callable
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from reviewer_app.errors import StoreError

EVERY = 30 * 60.0
"""Seconds between two backups of a library that changes."""


class BackupKeeper(QThread):
    """Makes a backup from time to time, and the last one when it is finished.

    Signals:
        failed: No backup could be made; the sentence says why.
    """

    failed = Signal(str)

    def __init__(self, back_up: Callable[[], object], parent: QObject | None = None, *, every: float = EVERY) -> None:
        """Nothing happens before ``start``.

        Args:
            back_up: Makes a backup if something has changed; raises a ``StoreError`` where that fails.
            parent: Of the thread.
            every: Seconds between two backups.
        """
        super().__init__(parent)
        self._back_up = back_up
        self._every = every
        self._changed = Condition()
        self._stopping = False

    def finish(self) -> None:
        """Makes the last backup and ends the thread; returns when both are done."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        """Is the thread's life."""
        stopping = False
        while not stopping:
            with self._changed:
                stopping = self._changed.wait_for(lambda: self._stopping, self._every)
            try:
                self._back_up()
            except StoreError as error:
                self.failed.emit(str(error))
