"""Goes ahead to where a person will probably look next, so that the picture is there when the key is pressed."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval, union
from reviewer_app.errors import MediaError
from reviewer_app.media.reel import AbandonedError, Reel
from reviewer_app.media.scenes import scene_at, scenes_of

MOST_PLACES = 3
"""Places kept ready; each holds an open file and a few pictures."""

_THREADS = 2


class Scout:
    """Opens files at expected places in one thread, and hands them to a viewer in another."""

    def __init__(self, recording: Recording, *, skip: Iterable[Interval] = ()) -> None:
        self._recording = recording
        self._scenes = scenes_of(recording, union(skip))
        self._lock = Lock()
        self._expected: tuple[float, ...] = ()
        self._ready: dict[float, tuple[int, Reel]] = {}  # by recording second

    def expect(self, times: Iterable[float]) -> None:
        """Says where the person will probably look next, the likeliest first."""
        with self._lock:
            self._expected = tuple(times)[:MOST_PLACES]

    def take(self, scene: int, media_time: float) -> Reel | None:
        """A reel that holds what a scene's file shows at its own second; it is the caller's from now on."""
        with self._lock:
            for time, (number, reel) in self._ready.items():
                if number == scene and reel.holds(media_time):
                    del self._ready[time]
                    return reel
        return None

    def prepare(self, wanted: Callable[[], bool]) -> None:
        """Goes to the expected places, as long as that is wanted; leaves those that are expected no more."""
        with self._lock:
            expected = self._expected
            stale = [self._ready.pop(time)[1] for time in tuple(self._ready) if time not in expected]
        for reel in stale:
            reel.close()
        for time in expected:
            if time not in self._ready and not self._go_to(time, wanted):
                return

    def close(self) -> None:
        """Closes all files."""
        self.expect(())
        self.prepare(lambda: False)

    def _go_to(self, time: float, wanted: Callable[[], bool]) -> bool:
        """Prepares one place; False where that was given up."""
        number = scene_at(self._scenes, time)
        scene = self._scenes[number]
        if scene.position is None or not any(span.contains(time) for span in scene.readable):
            return True
        segment = self._recording.segments[scene.position]
        reel = Reel(segment, stretch=scene.stretch, most_bytes=0, threads=_THREADS)
        done = False
        try:
            with suppress(MediaError):  # said when the person really goes there
                reel.at(segment.media_time(time), wanted=wanted)
                done = True
        except AbandonedError:
            return False
        finally:
            if done:
                with self._lock:
                    self._ready[time] = number, reel
            else:
                reel.close()
        return True
