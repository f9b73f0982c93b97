"""When a picture that was asked for is on the screen."""

from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.picture import PictureView
from reviewer_app.gui.player.player import Player


class Painted(QObject):
    """Waits until the picture view has painted what the player was sent to."""

    def __init__(self, player: Player, view: PictureView) -> None:
        super().__init__()
        self._player = player
        self._arrived: FrameFacts | None = None
        self._painted: tuple[float, FrameFacts] | None = None
        self._loop = QEventLoop()
        player.frame_shown.connect(self._take)
        view.installEventFilter(self)

    def after(self, asked_at: float, *, patience: float = 10.0) -> tuple[float, FrameFacts] | None:
        """When the picture of the newest seek since then stood on the screen, and what it was; None if it never did.

        Args:
            asked_at: From ``time.perf_counter``; what was asked for before does not count.
            patience: Seconds.
        """
        giving_up = QTimer(singleShot=True, interval=round(patience * 1000))
        giving_up.timeout.connect(self._loop.quit)
        giving_up.start()
        # A picture that was asked for before may be painted only now; it ends no wait.
        while giving_up.isActive() and not (self._painted and self._painted[1].asked_at >= asked_at):
            self._loop.exec()
        giving_up.stop()
        painted, self._painted = self._painted, None
        return painted if painted is not None and painted[1].asked_at >= asked_at else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        """Sees the view paint."""
        if event.type() == QEvent.Type.Paint and self._arrived is not None:
            facts, self._arrived = self._arrived, None
            # Comes after this paint, once its pixels are with the window system.
            QTimer.singleShot(0, lambda: self._note(facts))
        return False

    def _take(self, facts: FrameFacts) -> None:
        if facts.asked_at:
            self._arrived = facts

    def _note(self, facts: FrameFacts) -> None:
        self._painted = perf_counter(), facts
        self._loop.quit()
