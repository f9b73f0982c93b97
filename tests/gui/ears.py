"""Hearing what another thread tells, as the window does."""

from PySide6.QtCore import QObject, SignalInstance


class Ear(QObject):
    """Hears in the test's thread.

    A plain function, as pytest-qt's robot connects it, may still be called in the other thread while it is taken away
    in this one, which takes the whole run down.
    """

    def __init__(self, signal: SignalInstance) -> None:
        super().__init__()
        self.heard: list[object] = []
        signal.connect(self._hear)

    def _hear(self, what: object) -> None:
        self.heard.append(what)
