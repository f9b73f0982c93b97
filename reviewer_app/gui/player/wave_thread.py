"""The thread that finds out how loud a stretch is; the newest wish replaces the one before."""

from dataclasses import dataclass
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.media.sound import envelope


@dataclass(frozen=True, slots=True)
class WaveWish:
    """Which stretch shall be drawn."""

    recording: Recording
    interval: Interval
    columns: int


class WaveThread(QThread):
    """Answers wishes, the latest first; starts with the first one.

    Signals:
        ready: A stretch is known (Recording, Envelope).
    """

    ready = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._wish: WaveWish | None = None
        self._ended = False

    def want(self, wish: WaveWish) -> None:
        """Asks for a stretch; what was asked before and is not begun is forgotten."""
        with self._changed:
            self._wish = wish
            self._changed.notify_all()
        if not self.isRunning() and not self._ended:
            self.start(QThread.Priority.LowPriority)

    def end(self) -> None:
        """Ends the thread and waits for it."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self.wait()

    def run(self) -> None:
        """Answers until told to end."""
        while (wish := self._next()) is not None:
            self.ready.emit(wish.recording, envelope(wish.recording, wish.interval, columns=wish.columns))

    def _next(self) -> WaveWish | None:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._wish is not None)
            wish, self._wish = self._wish, None
            return None if self._ended else wish
