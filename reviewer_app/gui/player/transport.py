"""The buttons under the picture: every one says what it does and which key does the same."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from reviewer_app.gui.player.player import RATES, Player
from reviewer_app.gui.player.wording import rate_text, time_text


class Transport(QWidget):
    """Plays, pauses, steps, and chooses the speed; shows where the player is."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._clock = True
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._reverse = self._button("◀◀", self.tr("Play backwards; again for faster"), player.press_reverse)
        self._back = self._button("◀│", self.tr("One frame back"), lambda: player.step(-1))
        self._play = self._button("▶", self.tr("Play"), player.toggle)
        self._on = self._button("│▶", self.tr("One frame on"), lambda: player.step(1))
        self._forward = self._button("▶▶", self.tr("Play forwards; again for faster"), player.press_forward)
        self._speed = self._make_speed()
        self._loop = self._button("⟲", self.tr("End the repetition"), lambda: player.loop(None))
        self._mute = self._button("♪", self.tr("Sound"), self._toggle_sound)
        self._mute.setCheckable(True)
        self._mute.setChecked(not player.sound.is_muted)
        self._play.setMinimumWidth(self._play.sizeHint().width() + self.fontMetrics().horizontalAdvance("❚"))
        self._row.addStretch(1)
        self._time = QLabel()
        self._time.setIndent(0)
        self._time.setContentsMargins(0, 0, self.fontMetrics().height() // 2, 0)
        self._time.setTextFormat(Qt.TextFormat.PlainText)
        self._time.setAccessibleName(self.tr("Time"))
        self._row.addWidget(self._time)
        player.playing_changed.connect(self._show_playing)
        player.rate_changed.connect(self._show_rate)
        player.position_changed.connect(self._show_time)
        player.recording_changed.connect(self._show_all)
        player.loop_changed.connect(self._show_all)
        player.sound.state_changed.connect(self._show_all)
        self._show_rate(player.rate)
        self._show_all()

    def set_clock_times(self, clock: bool) -> None:
        """Writes times by the wall clock, or as time since the beginning."""
        self._clock = clock
        self._show_time()

    def set_keys(self, texts: dict[str, str]) -> None:
        """Names in the tooltips the keys that do the same, by the ids of their actions."""
        for action_id, button in (
            ("reverse", self._reverse),
            ("step_back", self._back),
            ("play_pause", self._play),
            ("step_forward", self._on),
            ("forward", self._forward),
            ("loop_event", self._loop),
        ):
            key = texts.get(action_id)
            name = button.accessibleName()
            button.setToolTip(self.tr("{action} ({key})").format(action=name, key=key) if key else name)

    def _button(self, sign: str, name: str, clicked: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRaise(True)
        # Keys go to the picture's actions; a button that holds the focus would take the space bar for itself.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(clicked)
        self._row.addWidget(button)
        return button

    def _make_speed(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Speed"))
        box.setToolTip(self.tr("Speed"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for rate in RATES:
            box.addItem(rate_text(rate), rate)
        box.activated.connect(lambda i: self._player.set_rate(RATES[i]))
        self._row.addWidget(box)
        return box

    def _toggle_sound(self) -> None:
        self._player.sound.set_muted(not self._mute.isChecked())

    def _show_all(self) -> None:
        has_film = self._player.recording is not None
        for control in (self._reverse, self._back, self._play, self._on, self._forward, self._speed):
            control.setEnabled(has_film)
        self._loop.setVisible(self._player.looping is not None)
        sound = self._player.sound
        self._mute.setEnabled(sound.is_possible)
        name = self.tr("Sound") if sound.is_possible else self.tr("Sound: {why}").format(why=sound.why_silent)
        self._mute.setAccessibleName(name)
        self._mute.setToolTip(name)
        self._show_time()

    def _show_playing(self, playing: bool) -> None:
        self._play.setText("❚❚" if playing else "▶")
        self._play.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))

    def _show_rate(self, rate: float) -> None:
        nearest = min(range(len(RATES)), key=lambda i: abs(RATES[i] - rate))
        self._speed.setCurrentIndex(nearest)

    def _show_time(self) -> None:
        recording = self._player.recording
        if recording is None:
            self._time.clear()
            return
        here = time_text(recording, self._player.position, clock=self._clock, parts=1)
        last = time_text(recording, recording.seconds, clock=self._clock)
        self._time.setText(self.tr("{here} of {last}").format(here=here, last=last))
