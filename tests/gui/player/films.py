"""What the tests of the player share: reading the number off a picture, and waiting for it."""

import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reviewer_app.gui.player.player import Player
from tests.media_maker import read_number


def pixels_of(image: QImage | None) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Red, green and blue of an image."""
    assert image is not None
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def number_shown(player: Player) -> int:
    """Which frame of a test film is on show."""
    return read_number(pixels_of(player.image))


def wait_for_number(qtbot: QtBot, player: Player, number: int) -> None:
    """Until a frame of a test film is on show."""

    qtbot.waitUntil(lambda: player.image is not None and number_shown(player) == number, timeout=5000)
