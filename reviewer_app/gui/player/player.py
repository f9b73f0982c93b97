"""What plays a recording: where it is, how fast, and what is on show; the widgets and keys only ask it."""

import time
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.clock import PlayClock
from reviewer_app.gui.player.decode_thread import DecodeThread, FrameFacts, Tally
from reviewer_app.gui.player.orders import Film
from reviewer_app.gui.player.scout_thread import ScoutThread
from reviewer_app.gui.player.sound import Sound
from reviewer_app.gui.player.watched import Watched
from reviewer_app.gui.player.wave_thread import WaveThread
from reviewer_app.media.scout import Scout

RATES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 8.0, 16.0)
"""Speeds that keys and buttons go through."""

CRAWL = 0.25
"""Speed while the stop key is held with one of its neighbours."""

SHORTEST_LOOP = 0.2
"""Seconds."""

REPORT_EVERY = 2.0
"""Seconds of playing after which what was watched is told."""

_TICK = 50
"""Milliseconds between two reports of the position while playing."""


class Direction(Enum):
    """Which way it plays."""

    FORWARDS = 1
    BACKWARDS = -1


class Player(QObject):
    """Plays one recording at a time, by threads that it owns; ``close`` ends them.

    Signals:
        recording_changed: Another recording, or none, is in it.
        position_changed: The playhead moved (recording second).
        playing_changed: Playing began or ended.
        rate_changed: The speed changed.
        loop_changed: Another interval is repeated, or none (None).
        frame_shown: Another picture, or the lack of one, is on show (FrameFacts); ``image`` is it.
        played: An interval was really shown, forwards and no faster than can be watched.
        trouble: A sentence on why nothing can be shown.
    """

    recording_changed = Signal()
    position_changed = Signal(float)
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    loop_changed = Signal(object)
    frame_shown = Signal(object)
    played = Signal(object)
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recording: Recording | None = None
        self.image: QImage | None = None
        self.facts: FrameFacts | None = None
        self.position = 0.0
        self.rate = 1.0
        self.is_playing = False
        self.held = False  # the stop key is held down
        self.looping: Interval | None = None
        self._direction = Direction.FORWARDS
        self._crawling = False
        self._on_show = True
        self._watched = Watched()
        self._told_at = 0.0
        self._sought = 0.0  # when the seek was asked for whose picture has not come yet; 0 where none is awaited
        self._clock = PlayClock()
        self.sound = Sound(self._clock, self)
        self.waves = WaveThread(self)
        self._scouts = ScoutThread(self)
        self._expected: tuple[float, ...] | None = None  # what the scouts have not heard yet
        self._sending = QTimer(self, singleShot=True, interval=0)
        self._sending.timeout.connect(self._send_scouts)
        self._thread = DecodeThread(self._clock, self)
        self._thread.shot_ready.connect(self._fetch)
        self._thread.runs_from.connect(self._note_start)
        self._thread.stands_at.connect(self._note_stand)
        self._thread.reached.connect(self._note_end)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self._thread.start()

    # What is in it.

    def set_recording(self, recording: Recording | None, *, skip: Iterable[Interval] = ()) -> None:
        """Puts another recording in, or none, and shows its start.

        Args:
            recording: What to play.
            skip: Recording seconds that killed the decoder in a scan; they are not decoded here either.
        """
        self._end_watching()
        self._set_playing(False)
        self.sound.set_recording(recording)
        self.recording, self.image, self.facts = recording, None, None
        self.looping, self.position, self._sought, self._expected = None, 0.0, 0.0, None
        skipped = tuple(skip)
        scout = Scout(recording, skip=skipped) if recording else None
        self._scouts.follow(scout)
        self._thread.orders.look_into(Film(recording, skipped, scout) if recording else None)
        self.recording_changed.emit()
        self.loop_changed.emit(None)
        if recording is not None:
            self.go_to(0.0)

    @property
    def tally(self) -> Tally:
        """How many pictures were shown and dropped so far."""
        return self._thread.tally

    def set_box(self, width: int, height: int) -> None:
        """Is told by the picture how many device pixels it may fill."""
        self._thread.orders.fill((max(1, width), max(1, height)))

    def set_on_show(self, on_show: bool) -> None:
        """Is told whether anybody can see the picture; only then does playing count as watching."""
        if not on_show:
            self._end_watching()
        self._on_show = on_show

    def close(self) -> None:
        """Ends the thread and the sound; the player is of no use any more."""
        self._end_watching()
        self._timer.stop()
        self._sending.stop()
        self.sound.close()
        self.waves.end()
        self._thread.end()
        self._scouts.end()

    # Where it is.

    def go_to(self, time_: float, *, play: bool = False) -> None:
        """Goes to a recording second, and plays or stays there."""
        if self.recording is None:
            return
        target = min(max(time_, 0.0), self.recording.seconds)
        if self.looping is not None and not self.looping.start <= target <= self.looping.stop:
            self.loop(None)
        self._end_watching()
        self.sound.stop()
        self._direction = Direction.FORWARDS if play else self._direction
        self._move_to(target)
        self._sought = time.perf_counter()
        self._thread.orders.seek(target, asked_at=self._sought)
        self._order(play)

    def expect(self, times: Iterable[float]) -> None:
        """Is told where it will probably be sent next, the likeliest first, so that the picture is there at once."""
        self._expected = tuple(times)
        self._sending.start()

    def step(self, count: int) -> None:
        """Shows the next picture, or an earlier one where negative."""
        if self.recording is None:
            return
        self._end_watching()
        self._set_playing(False)
        self._thread.orders.step(count, asked_at=time.perf_counter())

    def loop(self, interval: Interval | None) -> None:
        """Repeats an interval until told otherwise; a very short one is made long enough to be seen."""
        if interval is not None and interval.seconds < SHORTEST_LOOP:
            interval = Interval(interval.start, interval.start + SHORTEST_LOOP)
        if interval == self.looping or self.recording is None:
            return
        self.looping = interval
        self.loop_changed.emit(interval)
        if interval is not None:
            self.go_to(interval.start, play=True)
        elif self.is_playing:
            self._order(True)

    # How it plays.

    def play(self) -> None:
        """Plays forwards from where it is; from the start where it is at the end."""
        if self.recording is None:
            return
        self._direction = Direction.FORWARDS
        if self.position >= self._end() - 1e-3:
            self.go_to(self.looping.start if self.looping else 0.0, play=True)
        else:
            self._order(True)

    def pause(self) -> None:
        """Stays at the picture that is on show."""
        self._order(False)

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def set_rate(self, rate: float) -> None:
        """Plays at another speed, now or when next asked to.

        Raises:
            ValueError: The speed is not within those of ``RATES``.
        """
        if not RATES[0] <= rate <= RATES[-1]:
            raise ValueError(f"not a speed: {rate}")
        if rate != self.rate:
            self._end_watching()
            self.rate = rate
            self.rate_changed.emit(rate)
            if self.is_playing:
                self._order(True)

    def faster(self) -> None:
        """Takes the next higher speed."""
        self.set_rate(next((each for each in RATES if each > self.rate), RATES[-1]))

    def slower(self) -> None:
        """Takes the next lower speed."""
        self.set_rate(next((each for each in reversed(RATES) if each < self.rate), RATES[0]))

    def press_forward(self) -> None:
        """What the key L does: play, and faster each time; slow while K is held."""
        self._shuttle(Direction.FORWARDS)

    def press_reverse(self) -> None:
        """What the key J does: play backwards, and faster each time; slow while K is held."""
        self._shuttle(Direction.BACKWARDS)

    def press_stop(self) -> None:
        """What the key K does: pause, and forget a speed that shuttling raised."""
        self.pause()
        if self.rate > 1:
            self.set_rate(1.0)

    def hold(self, held: bool) -> None:
        """Is told whether the stop key is held down."""
        self.held = held
        if not held:
            self.end_crawl()

    def end_crawl(self) -> None:
        """Pauses where it plays slowly because two keys were held."""
        if self._crawling:
            self.pause()

    def _shuttle(self, direction: Direction) -> None:
        if self.recording is None:
            return
        again = self.is_playing and self._direction is direction
        self._direction = direction
        if self.held:
            self._crawling = True
            self._order(True, crawl=True)
        elif again:
            self.faster()
        else:
            if self.rate > 1:
                self.set_rate(1.0)
            self._order(True)

    def _order(self, play: bool, *, crawl: bool = False) -> None:
        """Tells the thread what to do from where it is."""
        self._crawling = crawl and play
        if self.recording is None:
            return
        if not play:
            self._set_playing(False)
            self._thread.orders.pause()
            return
        rate = (CRAWL if crawl else self.rate) * self._direction.value
        self._set_playing(True)
        self._thread.orders.play(rate, until=self._end() if rate > 0 else self._start())

    def _start(self) -> float:
        return self.looping.start if self.looping and self.looping.start < self.position else 0.0

    def _end(self) -> float:
        assert self.recording is not None
        return self.looping.stop if self.looping else self.recording.seconds

    def _send_scouts(self) -> None:
        """Sends them once nothing is sought: they would leave the very place that it is sought at, or be in its way."""
        if self.recording is not None and self._expected is not None and not self._sought:
            expected, self._expected = self._expected, None
            last = self.recording.seconds
            self._scouts.expect([min(max(each, 0.0), last) for each in expected])

    # What the thread says. What it said before it heard of the last seek is out of date.

    def _fetch(self) -> None:
        shot = self._thread.take()
        if shot is None:
            return
        facts = shot.facts
        self.image, self.facts = shot.image, facts
        if self._sought and (facts.asked_at == self._sought or facts.trouble):
            self._sought = 0.0
            self._sending.start()
        if facts.rate:
            self._watch(facts)
        elif not self.is_playing and not facts.trouble and not self._sought:
            self._move_to(facts.position)
        self.frame_shown.emit(facts)
        if facts.trouble:
            self._set_playing(False)
            self.trouble.emit(facts.trouble)

    def _note_start(self, position: float) -> None:
        if self.is_playing and not self._sought:
            self._move_to(position)
            rate = self._clock.rate
            if self.facts is not None:
                self._watch(replace(self.facts, rate=rate))
            self.sound.play(position, rate)

    def _note_stand(self, position: float) -> None:
        if not self.is_playing and not self._sought:
            self._tell_watched(self._watched.end(position))
            self._stand_at(position)

    def _note_end(self, position: float) -> None:
        if not self.is_playing or self._sought:
            return
        self._tell_watched(self._watched.end(position))
        if self.looping is not None and self._direction is Direction.FORWARDS:
            self.go_to(self.looping.start, play=True)
            return
        self._set_playing(False)
        self._stand_at(position)

    def _stand_at(self, position: float) -> None:
        """What was played stands still from now on."""
        self._move_to(position)
        if self.facts is not None and self.facts.rate:
            self.facts = replace(self.facts, rate=0.0)
            self.frame_shown.emit(self.facts)

    def _tick(self) -> None:
        if self._clock.rate and self.recording is not None and not self._sought:
            self._move_to(min(max(self._clock.position, 0.0), self.recording.seconds))
        if time.perf_counter() - self._told_at > REPORT_EVERY:
            self._tell_watched(self._watched.taken())

    def _watch(self, facts: FrameFacts) -> None:
        if self._on_show:
            self._tell_watched(self._watched.add(facts))

    def _move_to(self, position: float) -> None:
        if position != self.position:
            self.position = position
            self.position_changed.emit(position)

    def _set_playing(self, playing: bool) -> None:
        if playing == self.is_playing:
            return
        self.is_playing = playing
        if playing:
            self._told_at = time.perf_counter()
            self._timer.start()
        else:
            self._timer.stop()
            self.sound.stop()
        self.playing_changed.emit(playing)

    def _end_watching(self) -> None:
        self._tell_watched(self._watched.end(self._clock.position if self._clock.rate else None))

    def _tell_watched(self, interval: Interval | None) -> None:
        if interval is not None:
            self._told_at = time.perf_counter()
            self.played.emit(interval)
