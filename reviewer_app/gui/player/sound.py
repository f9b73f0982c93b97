"""The sound of what is played, with its pitch kept at any speed; where there is a device, it leads the clock."""

import time
from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from reviewer_app.domain.recording import Recording
from reviewer_app.gui.player.clock import PlayClock
from reviewer_app.media.sound import SOUND_RATE, Samples, Tempo, sound_from

SLOWEST, FASTEST = 0.5, 2.0
"""Speeds at which sound still says something; others are silent."""

_BYTES = 4  # of one sample: two channels of 16 bits
_BUFFERED = SOUND_RATE // 5 * _BYTES  # bytes that the device may hold: what a busy window may be late by
_FEED = 25  # milliseconds between two feedings
_PATIENCE = 1.0  # seconds after which a device that takes nothing counts as gone
_AHEAD = 20  # blocks that are decoded before they are needed


class Device(Protocol):
    """Where sound goes: a loudspeaker, or what a test listens with."""

    def free(self) -> int:
        """Bytes that it takes now."""
        ...

    def write(self, sound: bytes) -> int:
        """Takes bytes; gives how many."""
        ...

    def held(self) -> int:
        """Bytes taken and not yet heard."""
        ...

    def stop(self) -> None:
        """Falls silent at once."""
        ...


class Loudspeaker:
    """The computer's default sound device."""

    def __init__(self) -> None:
        wanted = QAudioFormat()
        wanted.setSampleRate(SOUND_RATE)
        wanted.setChannelCount(2)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(QMediaDevices.defaultAudioOutput(), wanted)
        self._sink.setBufferSize(_BUFFERED)
        self._port = self._sink.start()

    @property
    def works(self) -> bool:
        """Whether it could be opened."""
        return self._port is not None and self._sink.error() == QtAudio.Error.NoError

    def free(self) -> int:
        """Bytes that it takes now."""
        return self._sink.bytesFree()

    def write(self, sound: bytes) -> int:
        """Takes bytes; gives how many."""
        return max(0, int(self._port.write(sound)))

    def held(self) -> int:
        """Bytes taken and not yet heard."""
        return max(0, self._sink.bufferSize() - self._sink.bytesFree())

    def stop(self) -> None:
        """Falls silent at once."""
        self._sink.reset()


def open_loudspeaker() -> Device | None:
    """The default device; None where the computer has none, or it cannot be opened."""
    if QMediaDevices.defaultAudioOutput().isNull():
        return None
    speaker = Loudspeaker()
    return speaker if speaker.works else None


class Sound(QObject):
    """Plays sound beside the pictures; without a device it is silent, and the wall clock leads.

    Signals:
        state_changed: Whether sound is possible or muted changed.
    """

    state_changed = Signal()

    def __init__(
        self,
        clock: PlayClock,
        parent: QObject | None = None,
        *,
        open_device: Callable[[], Device | None] = open_loudspeaker,
    ) -> None:
        super().__init__(parent)
        self.is_muted = False
        self._clock = clock
        self._open_device = open_device
        self._recording: Recording | None = None
        self._has_device = True  # until it turns out that there is none
        self._playing: _Playing | None = None
        self._ending: list[_Playing] = []  # told to end; their threads may still wait for a slow drive
        self._timer = QTimer(self, interval=_FEED)
        self._timer.timeout.connect(self._feed)

    @property
    def is_possible(self) -> bool:
        """Whether there is something to hear, and something to hear it with."""
        return not self.why_silent

    @property
    def why_silent(self) -> str:
        """Why nothing can be heard; empty where it can."""
        if not self._has_device:
            return self.tr("this computer has no sound device")
        if self._recording is not None and not any(each.has_sound for each in self._recording.segments):
            return self.tr("this recording has no sound")
        return ""

    def set_recording(self, recording: Recording | None) -> None:
        """Takes its sound from another recording, or from none."""
        self.stop()
        self._recording = recording
        self._has_device = True  # perhaps one was plugged in meanwhile
        self.state_changed.emit()

    def set_muted(self, muted: bool) -> None:
        """Falls silent, or can be heard again; at once."""
        self.is_muted = muted
        if muted:
            self.stop()
        elif self._clock.rate:
            self.play(self._clock.position, self._clock.rate)
        self.state_changed.emit()

    def play(self, position: float, rate: float) -> None:
        """Plays from a recording second on, where the speed allows that."""
        self.stop()
        if self._recording is None or self.is_muted or not self.is_possible or not SLOWEST <= rate <= FASTEST:
            return
        device = self._open_device()
        if device is None:
            self._has_device = False
            self.state_changed.emit()
            return
        self._playing = _Playing(device, self._recording, position=position, rate=rate)
        self._timer.start()

    def stop(self) -> None:
        """Falls silent."""
        self._timer.stop()
        self._ending = [each for each in self._ending if each.is_running]
        if self._playing is not None:
            self._playing.stop()
            self._ending.append(self._playing)
            self._playing = None

    def close(self) -> None:
        """Gives the device back and waits for the threads."""
        self.stop()
        for each in self._ending:
            each.wait()

    def _feed(self) -> None:
        if self._playing is None:
            return
        heard = self._playing.feed()
        if self._playing.is_stuck:  # unplugged, or never was one: pictures must not wait for it
            self.stop()
            self._has_device = False
            self.state_changed.emit()
        elif heard is not None:
            self._clock.correct(heard)


class _Playing:
    """Sound on its way from a recording to a device, from one moment on at one speed."""

    def __init__(self, device: Device, recording: Recording, *, position: float, rate: float) -> None:
        self._device = device
        self._position = position
        self._rate = rate
        self._blocks: Queue[bytes] = Queue(_AHEAD)
        self._rest = b""
        self._written = 0
        self._heard = 0.0  # seconds
        self._heard_at = time.monotonic()
        self._ended = Event()
        self._thread = Thread(target=self._decode, args=(recording,), name="sound", daemon=True)
        self._thread.start()

    def feed(self) -> float | None:
        """Gives the device what it takes; says which recording second is heard, None before any is."""
        free = self._device.free()
        while free > 0:
            if not self._rest:
                try:
                    self._rest = self._blocks.get_nowait()
                except Empty:
                    break
            taken = self._device.write(self._rest[:free])
            if not taken:
                break
            self._rest = self._rest[taken:]
            self._written += taken
            free -= taken
        heard = (self._written - self._device.held()) / _BYTES / SOUND_RATE
        if heard > self._heard or not self._rest:
            self._heard, self._heard_at = heard, time.monotonic()
        return self._position + heard * self._rate if heard > 0 else None

    @property
    def is_stuck(self) -> bool:
        """Whether the device takes nothing any more though there is something to hear."""
        return time.monotonic() - self._heard_at > _PATIENCE

    def stop(self) -> None:
        """Falls silent and lets the thread end."""
        self._ended.set()
        self._device.stop()

    def wait(self) -> None:
        """Waits for the thread to end."""
        self._thread.join()

    @property
    def is_running(self) -> bool:
        """Whether the thread has not ended yet."""
        return self._thread.is_alive()

    def _decode(self, recording: Recording) -> None:
        tempo = Tempo(self._rate) if self._rate != 1 else None
        for block in sound_from(recording, self._position):
            if not self._put(tempo.changed(block) if tempo else block):
                return

    def _put(self, block: Samples) -> bool:
        """Waits for a place; False once nobody listens any more."""
        sound = block.tobytes()
        while not self._ended.is_set():
            try:
                self._blocks.put(sound, timeout=0.05)
            except Full:
                continue
            return True
        return False
