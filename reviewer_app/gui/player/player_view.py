"""The player as it is seen: the picture, under it the buttons and the waveform."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer_app.domain.clip import Crop
from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.picture import PictureView
from reviewer_app.gui.player.player import Player
from reviewer_app.gui.player.transport import Transport
from reviewer_app.gui.player.waveform import Waveform


class PlayerView(QWidget):
    """Shows what a player plays, and offers its methods as buttons.

    Signals:
        crop_drawn: The person drew what the model shall see (Crop).
        full_screen_wanted: The picture was double-clicked.
    """

    crop_drawn = Signal(object)
    full_screen_wanted = Signal()

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Player"))
        self._player = player
        self.picture = PictureView()
        self.transport = Transport(player)
        self.waveform = Waveform(player.waves)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        column.addWidget(self.picture, 1)
        column.addWidget(self.waveform)
        column.addWidget(self.transport)
        self.picture.box_wanted.connect(player.set_box)
        self.picture.crop_drawn.connect(self.crop_drawn)
        self.picture.double_clicked.connect(self.full_screen_wanted)
        self.waveform.sought.connect(player.go_to)
        player.recording_changed.connect(self._show_recording)
        player.frame_shown.connect(self._show_frame)
        player.position_changed.connect(self.waveform.set_position)
        self._show_recording()

    # What keys do.

    def rotate(self) -> None:
        """Turns the picture by a quarter."""
        self.picture.rotate()

    def reset(self) -> None:
        """Shows the picture as it was recorded."""
        self.picture.reset()

    def toggle_crop(self) -> None:
        """Marks what the model sees, or no longer."""
        self.picture.show_crop(not self.picture.crop_is_shown)

    def draw_crop(self) -> None:
        """Lets the person draw what the model shall see; the same again ends that."""
        self.picture.draw_crop(not self.picture.is_drawing)

    # What the window tells.

    def set_overlay(self, overlay: QImage | None, interval: Interval | None = None) -> None:
        """Lays an image with transparency over the pictures of an interval, while they stand still."""
        self.picture.set_overlay(overlay, interval)

    def set_crop(self, crop: Crop | None) -> None:
        """Says what the model sees, or shall see."""
        self.picture.set_crop(crop)

    def set_clock_times(self, clock: bool) -> None:
        """Writes times by the wall clock, or as time since the beginning."""
        self.picture.set_clock_times(clock)
        self.transport.set_clock_times(clock)

    def show_only_picture(self, only: bool) -> None:
        """Hides or shows again what is around the picture, for the full screen."""
        self.waveform.setVisible(not only)
        self.transport.setVisible(not only)

    # Qt's own.

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Playing counts as watching from now on."""
        super().showEvent(event)
        self._player.set_on_show(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Playing does not count as watching while nobody can see it."""
        super().hideEvent(event)
        self._player.set_on_show(False)

    def _show_recording(self) -> None:
        self.picture.set_recording(self._player.recording)
        self.waveform.set_recording(self._player.recording)

    def _show_frame(self) -> None:
        if self._player.facts is not None:
            self.picture.show_frame(self._player.image, self._player.facts)
