"""What a rank does in tests of its supervisor: no torch, so that it starts at once."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from reviewer_app.errors import RequestError
from reviewer_app.learning.seat import Seat


def speak(said: Connection, folder: Path, seat: Seat, save: float, last_words: Path) -> None:
    """Takes a while, then says two words and its end; the others say their end alone."""
    time.sleep(1.2)
    if seat.rank == 0:
        said.send("one")
        said.send("two")
    said.send(None)


def refuse(said: Connection, folder: Path, seat: Seat, save: float, last_words: Path) -> None:
    """The last one refuses; the others notice at once that it has gone, and fail."""
    if seat.rank < seat.ranks - 1:
        time.sleep(0.2)
        fail(last_words, "RuntimeError: Connection closed by peer")
    said.send(RequestError("The memory of the graphics card is too small for one clip."))


def stumble(said: Connection, folder: Path, seat: Seat, save: float, last_words: Path) -> None:
    """The last one meets a fault; the others wait for it."""
    if seat.rank < seat.ranks - 1:
        time.sleep(60)
    fail(last_words, "Traceback ...\nZeroDivisionError: a bug")


def wait(said: Connection, folder: Path, seat: Seat, save: float, last_words: Path) -> None:
    """Waits, as for the others."""
    time.sleep(60)


def fail(last_words: Path, words: str) -> None:
    """Ends as Python does after an error that nobody caught."""
    last_words.write_text(words)
    os._exit(1)
