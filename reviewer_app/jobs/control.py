"""The strings by which a running job is held: pause, and where its decoder is."""

from multiprocessing.context import SpawnContext
from typing import Protocol


class Flag(Protocol):
    """What threading's and multiprocessing's events have in common."""

    def is_set(self) -> bool:
        """Whether the flag is up."""
        ...

    def set(self) -> None:
        """Puts the flag up."""
        ...

    def clear(self) -> None:
        """Takes the flag down."""
        ...


class Control:
    """Shared between the door and the job, across the process border.

    ``position`` is written by the decoder before each step and read by the supervisor after a crash: it says which
    second brought the process down, which no message could, since messages wait in buffers.
    """

    def __init__(self, context: SpawnContext) -> None:
        self._paused: Flag = context.Event()
        self._position = context.Value("d", -1.0, lock=False)

    def pause(self) -> None:
        """Asks the job to wait at its next step."""
        self._paused.set()

    def resume(self) -> None:
        """Lets a paused job go on."""
        self._paused.clear()

    @property
    def paused(self) -> bool:
        """Whether the job has been asked to wait."""
        return self._paused.is_set()

    @property
    def position(self) -> float:
        """The recording second that the decoder is at; negative while nothing is being decoded."""
        return float(self._position.value)

    @position.setter
    def position(self, time: float) -> None:
        self._position.value = time
