"""The thread in which a scout goes ahead, while the person still looks at something else."""

from collections.abc import Iterable
from threading import Condition

from PySide6.QtCore import QObject, QThread

from reviewer_app.media.scout import Scout


class ScoutThread(QThread):
    """Sends a scout to the places that are expected next; starts with the first one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._scout: Scout | None = None
        self._left: list[Scout] = []  # scouts of other recordings, to be closed
        self._serial = 0  # grows with each change
        self._done = 0
        self._ended = False

    def follow(self, scout: Scout | None) -> None:
        """Works with the scout of another recording."""
        with self._changed:
            if self._scout is not None:
                self._left.append(self._scout)
            self._scout = scout
            self._note_change()

    def expect(self, times: Iterable[float]) -> None:
        """Says where the person will probably look next, the likeliest first."""
        with self._changed:
            if self._scout is None:
                return
            self._scout.expect(times)
            self._note_change()
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)

    def end(self) -> None:
        """Ends the thread, waits for it, and closes what it opened."""
        with self._changed:
            self._ended = True
            self._note_change()
        self.wait()
        self.follow(None)
        self._close_left()

    def run(self) -> None:
        """Goes ahead until told to end."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or self._done != self._serial)
                if self._ended:
                    return
                scout, serial = self._scout, self._serial
            self._close_left()
            if scout is not None:
                self._prepare(scout, serial)
            self._done = serial

    def _prepare(self, scout: Scout, serial: int) -> None:
        scout.prepare(lambda: self._serial == serial)

    def _close_left(self) -> None:
        with self._changed:
            left, self._left = self._left, []
        for scout in left:
            scout.close()

    def _note_change(self) -> None:
        self._serial += 1
        self._changed.notify_all()
