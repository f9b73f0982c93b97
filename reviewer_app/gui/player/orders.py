"""What the window asks of the decode thread; the newest wish replaces the older ones that it makes pointless."""

from dataclasses import dataclass, replace
from threading import Condition

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.media.scout import Scout


@dataclass(frozen=True, slots=True)
class Film:
    """What to look into."""

    recording: Recording
    skip: tuple[Interval, ...] = ()  # recording seconds that killed the decoder before
    scout: Scout | None = None  # goes ahead in another thread


@dataclass(frozen=True, slots=True)
class Wish:
    """What has been asked since the thread asked last."""

    film: Film | None = None
    film_changed: bool = False
    seek: float | None = None  # recording second
    steps: int = 0  # pictures on, or back where negative
    rate: float | None = None  # recording seconds a second, 0 to pause; None: as before
    until: float = 0.0  # where playing ends
    box: tuple[int, int] | None = None  # device pixels that the picture may fill; None: as before
    ended: bool = False
    asked_at: float = 0.0  # when the seek or the steps were asked for, by time.perf_counter


class Orders:
    """A letter box with room for one wish, which grows until it is taken."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._wish: Wish | None = None
        self._cancelling = 0  # seeks so far

    def look_into(self, film: Film | None) -> None:
        """Asks for another recording, or none; what was asked before is pointless now."""
        with self._changed:
            self._cancelling += 1
            box = self._wish.box if self._wish else None
            self._put(Wish(film=film, film_changed=True, rate=0.0, box=box))

    def seek(self, time: float, *, asked_at: float) -> None:
        """Asks for another second; steps and seeks before are pointless now."""
        with self._changed:
            self._cancelling += 1
            self._put(replace(self._wish or Wish(), seek=time, steps=0, asked_at=asked_at))

    def step(self, count: int, *, asked_at: float) -> None:
        """Asks for the next pictures, or those before."""
        with self._changed:
            wish = self._wish or Wish()
            self._put(replace(wish, steps=wish.steps + count, rate=0.0, asked_at=asked_at))

    def play(self, rate: float, *, until: float) -> None:
        """Asks to play from where the thread is, or where it is sent."""
        with self._changed:
            self._put(replace(self._wish or Wish(), rate=rate, until=until))

    def pause(self) -> None:
        """Asks to stand still."""
        with self._changed:
            self._put(replace(self._wish or Wish(), rate=0.0))

    def fill(self, box: tuple[int, int]) -> None:
        """Asks for pictures that fill so many device pixels."""
        with self._changed:
            self._put(replace(self._wish or Wish(), box=box))

    def end(self) -> None:
        """Asks the thread to end."""
        with self._changed:
            self._cancelling += 1
            self._put(replace(self._wish or Wish(), ended=True))

    def take(self, *, patience: float | None) -> Wish | None:
        """The wish, once there is one; None where patience, in seconds, ran out."""
        with self._changed:
            if self._wish is None and (patience is None or patience > 0):
                self._changed.wait_for(lambda: self._wish is not None, patience)
            wish, self._wish = self._wish, None
            return wish

    @property
    def serial(self) -> int:
        """A number that grows with whatever makes the current search pointless."""
        return self._cancelling

    def _put(self, wish: Wish) -> None:
        self._wish = wish
        self._changed.notify_all()
