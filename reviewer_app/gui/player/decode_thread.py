"""The thread that finds, converts and paces the pictures; the window never waits for it."""

import math
from collections import deque
from dataclasses import dataclass, replace
from threading import Lock

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.gui.player.clock import PlayClock
from reviewer_app.gui.player.orders import Film, Orders, Wish
from reviewer_app.media.reel import AbandonedError
from reviewer_app.media.viewer import Converter, Lack, Missing, ShownFrame, Sight, Viewer

SHORTEST_SHOWN = 1 / 75
"""Seconds between two pictures that a screen can show; what comes faster is passed over."""

HOPELESS = 1.0
"""Seconds that pictures may be late before the thread looks for the due one instead of decoding all between."""

PREPARED = 4
"""Pictures that are converted before they are due: what a busy computer may be late by."""

GAP_SHOWN = 2.0
"""Seconds for which playing shows that there is no video before it goes on behind the gap."""

DECODER_THREADS = 4
"""More would delay the first picture after a seek, and a scan may want the other cores."""


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What is known of what is on show."""

    position: float  # the recording second that it is shown for
    interval: Interval  # recording seconds for which it is on show
    time: float  # recording second of its time stamp
    segment: int | None = None  # position of its segment; None where there is no picture
    media_time: float = 0.0  # the file's own second
    missing: Lack | None = None  # why there is no picture
    rate: float = 0.0  # at which it was played; 0 when sought or stepped to
    asked_at: float = 0.0  # when it was asked for, by time.perf_counter; 0 when played
    trouble: str = ""  # a sentence on why nothing can be shown


@dataclass(frozen=True, slots=True)
class Shot:
    """A converted picture, ready to be painted."""

    facts: FrameFacts
    image: QImage | None  # None where there is no picture


@dataclass(slots=True)
class Tally:
    """How the pictures fared; grows only."""

    shown: int = 0  # handed to the window
    dropped: int = 0  # came too late for their moment, and were not converted or not fetched
    passed_over: int = 0  # faster than a screen shows


class DecodeThread(QThread):
    """Obeys ``orders``; what it finds waits in ``take`` until the window fetches it.

    Signals:
        shot_ready: Something new waits to be fetched.
        runs_from: Playing begins, or goes on elsewhere, at a recording second; the clock runs.
        stands_at: Playing was paused at a recording second.
        reached: Playing came to the end that was asked for, and stands.
    """

    shot_ready = Signal()
    runs_from = Signal(float)
    stands_at = Signal(float)
    reached = Signal(float)

    def __init__(self, clock: PlayClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders = Orders()
        self.tally = Tally()
        self._clock = clock
        self._lock = Lock()
        self._waiting: Shot | None = None
        self._viewer: Viewer | None = None
        self._converter = Converter()
        self._sight: Sight | None = None
        self._position = 0.0
        self._coming: deque[tuple[Sight, Shot]] = deque()  # converted, not yet due
        self._nothing_follows = False  # the recording ends with what is on show
        self._rate = 0.0
        self._until = 0.0  # recording second at which playing ends
        self._begun_at = 0.0  # recording second from which the last one of those coming is shown
        self._leave_at = 0.0  # recording second at which the next one is due
        self._box = (1280, 720)

    def take(self) -> Shot | None:
        """The newest picture that was not fetched yet."""
        with self._lock:
            shot, self._waiting = self._waiting, None
            if shot is not None:
                self.tally.shown += 1
            return shot

    def end(self) -> None:
        """Ends the thread and waits for it."""
        self.orders.end()
        self.wait()

    def run(self) -> None:
        """Obeys until told to end."""
        try:
            while True:
                wish = self.orders.take(patience=self._patience())
                if wish is not None and wish.ended:
                    break
                try:
                    if wish is not None:
                        self._obey(wish)
                    if self._rate:
                        self._play_on()
                except AbandonedError:
                    continue
                except MediaError as error:
                    self._tell_trouble(str(error))
        finally:
            self._look_into(None)

    def _patience(self) -> float | None:
        """Seconds to wait for a wish; None for as long as it takes."""
        if not self._rate or self._sight is None:
            return None
        if self._has_room:
            return 0.0
        due = self._clock.seconds_until(self._until)
        if self._coming:
            due = min(due, self._clock.seconds_until(self._leave_at))
        return min(max(0.0, due), 0.5)  # the sound may set the clock right meanwhile

    # Wishes.

    def _obey(self, wish: Wish) -> None:
        if wish.film_changed:
            self._look_into(wish.film)
        if wish.box is not None and wish.box != self._box:
            self._box = wish.box
            self._coming.clear()
            self._nothing_follows = False
            if self._sight is not None and wish.seek is None and not wish.steps:
                self._show(self._sight, rate=self._rate)
        if self._viewer is None:
            return
        rate = self._rate if wish.rate is None else wish.rate
        if wish.rate is not None:
            self._until = wish.until
        if not rate:
            self._stand()
        if wish.seek is not None:
            self._seek(self._viewer, wish.seek, wish.asked_at)
        if wish.steps:
            self._step(self._viewer, wish.steps, wish.asked_at)
        if rate and (wish.seek is not None or rate != self._rate):
            self._run_from(self._position, rate)

    def _look_into(self, film: Film | None) -> None:
        if self._viewer is not None:
            self._viewer.close()
        self._clock.stop()
        self._viewer = None
        self._sight, self._rate, self._position = None, 0.0, 0.0
        self._coming.clear()
        with self._lock:
            self._waiting = None
        if film is not None:
            threads = min(DECODER_THREADS, QThread.idealThreadCount())
            self._viewer = Viewer(film.recording, skip=film.skip, scout=film.scout, threads=threads)

    def _stand(self) -> None:
        """Stands still within what is on show."""
        if not self._rate:
            return
        self._position = self._clock.stop()
        self._rate = 0.0
        self._coming.clear()
        if self._sight is not None:
            interval = self._sight.interval
            self._position = min(max(self._position, interval.start), math.nextafter(interval.stop, -math.inf))
        self.stands_at.emit(self._position)

    def _seek(self, viewer: Viewer, time: float, asked_at: float) -> None:
        serial = self.orders.serial
        self._clock.stop()
        self._sight, self._rate = None, 0.0
        self._coming.clear()
        self._position = time
        self._sight = viewer.at(time, wanted=lambda: self.orders.serial == serial)
        self._show(self._sight, asked_at=asked_at)

    def _step(self, viewer: Viewer, count: int, asked_at: float) -> None:
        serial = self.orders.serial
        for _ in range(abs(count)):
            here = self._sight or viewer.at(self._position)
            find = viewer.after if count > 0 else viewer.before
            found = find(here, wanted=lambda: self.orders.serial == serial)
            if found is None:
                break
            self._sight = found
            self._position = found.time if isinstance(found, ShownFrame) else found.interval.start
        if self._sight is not None:
            self._show(self._sight, asked_at=asked_at)

    # Playing.

    def _run_from(self, position: float, rate: float) -> None:
        self._coming.clear()
        self._nothing_follows = False
        self._begun_at = position
        if self._sight is not None:
            self._rate = rate
            self._start_clock(self._sight, position)

    def _start_clock(self, sight: Sight, position: float) -> None:
        self._clock.start(position, self._rate)
        self._leave_at = self._end_on_show(sight, position)
        self.runs_from.emit(position)

    @property
    def _has_room(self) -> bool:
        """Whether more can be prepared."""
        return len(self._coming) < PREPARED and not self._nothing_follows

    def _play_on(self) -> None:
        """Shows what is due, prepares what comes next, and stands where playing shall end."""
        if self._viewer is None or self._sight is None:
            return
        if self._clock.seconds_until(self._until) <= 0:
            self._rate = 0.0
            self._position = self._until
            self._clock.start(self._until, 0.0)
            self.reached.emit(self._until)
        elif self._coming and self._clock.seconds_until(self._leave_at) <= 0:
            while len(self._coming) > 1 and self._clock.seconds_until(_end(self._coming[0][0], self._rate)) < 0:
                self._coming.popleft()
                self.tally.dropped += 1
            self._go_on_to(*self._coming.popleft())
        elif self._has_room:
            self._prepare(self._viewer, self._coming[-1][0] if self._coming else self._sight)

    def _go_on_to(self, sight: Sight, shot: Shot) -> None:
        before, self._sight = self._sight, sight
        self._hand_over(shot)
        begin = _begin(sight, self._rate)
        if isinstance(before, Missing) and self._clock.seconds_until(begin) > SHORTEST_SHOWN:
            self._start_clock(sight, begin)  # the rest of the stretch without pictures is passed over
        else:
            self._leave_at = self._end_on_show(sight, self._clock.position)

    def _end_on_show(self, sight: Sight, position: float) -> float:
        """The recording second at which playing leaves a sight."""
        end = _end(sight, self._rate)
        if isinstance(sight, ShownFrame):
            return end
        longest = position + GAP_SHOWN * self._rate
        return min(end, longest) if self._rate > 0 else max(end, longest)

    def _prepare(self, viewer: Viewer, sight: Sight) -> None:
        """Finds and converts the next picture that can be shown in time."""
        serial = self.orders.serial

        def wanted() -> bool:
            return self.orders.serial == serial

        follow = viewer.after if self._rate > 0 else viewer.before
        found: Sight | None = sight
        while found is not None and found is sight:
            if -self._clock.seconds_until(_end(sight, self._rate)) > HOPELESS:
                found = viewer.at(self._clock.position, wanted=wanted)
                self.tally.dropped += 1
                break
            found = follow(sight, wanted=wanted)
            if found is not None and self._is_pointless(found):
                sight = found
        if found is None:
            self._nothing_follows = True
        else:
            self._begun_at = _begin(found, self._rate)
            self._coming.append((found, self._shot(found, rate=self._rate)))

    def _is_pointless(self, sight: Sight) -> bool:
        """Whether a picture comes too late, or sooner after the one before than a screen can show it."""
        if isinstance(sight, Missing):
            return False
        if self._clock.seconds_until(_end(sight, self._rate)) < 0:
            self.tally.dropped += 1
            return True
        if abs(_begin(sight, self._rate) - self._begun_at) < abs(self._rate) * SHORTEST_SHOWN:
            self.tally.passed_over += 1
            return True
        return False

    # What the window gets.

    def _show(self, sight: Sight, *, rate: float = 0.0, asked_at: float = 0.0) -> None:
        self._hand_over(self._shot(sight, rate=rate, asked_at=asked_at))

    def _shot(self, sight: Sight, *, rate: float, asked_at: float = 0.0) -> Shot:
        position = _begin(sight, rate) if rate else self._position
        if isinstance(sight, Missing):
            return Shot(FrameFacts(position, sight.interval, position, missing=sight.why, asked_at=asked_at), None)
        facts = FrameFacts(
            position,
            sight.interval,
            sight.time,
            segment=sight.position,
            media_time=sight.media_time,
            rate=rate,
            asked_at=asked_at,
        )
        try:
            return Shot(facts, self._image(sight))
        except MediaError:  # a pixel format that cannot be converted
            return Shot(replace(facts, segment=None, missing=Lack.UNDECODABLE), None)

    def _image(self, shown: ShownFrame) -> QImage:
        width, height = fitted(shown.picture.width, shown.picture.height, self._box)
        pixels = self._converter.pixels(shown, width=width, height=height)
        # The copy owns its pixels; an image around an array would not keep the array alive.
        return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()

    def _hand_over(self, shot: Shot) -> None:
        with self._lock:
            first = self._waiting is None
            if self._waiting is not None:
                self.tally.dropped += bool(self._waiting.facts.rate)
                if not shot.facts.asked_at:
                    # It answers the seek, too, that a busy window has not heard of: who waits for that would wait on.
                    shot = Shot(replace(shot.facts, asked_at=self._waiting.facts.asked_at), shot.image)
            self._waiting = shot
        if first:
            self.shot_ready.emit()

    def _tell_trouble(self, trouble: str) -> None:
        self._clock.stop()
        self._rate = 0.0
        self._coming.clear()
        nothing = Interval(self._position, self._position)
        facts = FrameFacts(self._position, nothing, self._position, missing=Lack.UNDECODABLE, trouble=trouble)
        self._hand_over(Shot(facts, None))
        self.stands_at.emit(self._position)


def fitted(width: int, height: int, box: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture that fills a box; never larger than it was recorded: painters enlarge for nothing."""
    scale = min(1.0, box[0] / width, box[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _begin(sight: Sight, rate: float) -> float:
    return sight.interval.start if rate > 0 else sight.interval.stop


def _end(sight: Sight, rate: float) -> float:
    return sight.interval.stop if rate > 0 else sight.interval.start
