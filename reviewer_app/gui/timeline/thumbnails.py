"""Small pictures of a recording at any second, found by a thread of their own; the latest wish wins."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Condition

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtGui import QImage

from reviewer_app.domain.recording import Picture, Recording
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.reel import AbandonedError
from reviewer_app.media.viewer import Converter, Lack, Missing, Viewer

IDLE = 3.0
"""Seconds without a wish after which the thread ends and the files are closed."""

LAST_WORDS = 5000
"""Milliseconds that ending all searches waits at most."""

MOST_KEPT = 100
"""Pictures; some 15 MB at the usual size of letters."""

MOST_BYTES = 32 * 1024 * 1024
"""Memory for decoded pictures between a key picture and the wanted one; only the last one is of use here."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One small picture that somebody would like to see."""

    time: float  # recording second
    box: tuple[int, int]  # device pixels that it may fill


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """What was found for a wish."""

    wish: Wish
    image: QImage | None  # None where there is no picture
    lack: Lack | None = None  # why there is none


_running: set[_Finder] = set()
"""A QThread that is destroyed while it runs takes the program down, so each is kept here until it has ended."""


class Thumbnails(QObject):
    """Finds small pictures; has a thread only while there is something to find, and never waits for it.

    Signals:
        found: A ``Thumbnail``. Wishes that were replaced by a later one are passed over.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recording: Recording | None = None
        self._skip: tuple[Interval, ...] = ()
        self._finder: _Finder | None = None
        self._kept: OrderedDict[Wish, Thumbnail] = OrderedDict()

    def look_into(self, recording: Recording | None, *, skip: tuple[Interval, ...] = ()) -> None:
        """Takes another recording, or none; what was found in the one before is forgotten.

        Args:
            recording: What to look into.
            skip: Recording seconds that killed the decoder before: never decoded.
        """
        self.rest()
        self._recording, self._skip = recording, skip
        self._kept.clear()

    def ask(self, wish: Wish) -> None:
        """Has a picture found, in place of the one wished for before; returns at once."""
        if self._recording is None:
            return
        known = self._kept.get(wish)
        if known is not None:
            self.found.emit(known)
        elif self._finder is None or not self._finder.ask(wish):
            self._finder = _Finder(self._recording, self._skip, wish)
            self._finder.found.connect(self._tell)
            self._finder.begin()

    def rest(self) -> None:
        """Forgets the wish, and lets the files be closed soon."""
        if self._finder is not None:
            self._finder.dismiss()
            self._finder = None

    def _tell(self, finder: QThread, thumbnail: Thumbnail) -> None:
        if finder is not self._finder:
            return  # of another recording, perhaps
        self._kept[thumbnail.wish] = thumbnail
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.found.emit(thumbnail)


class _Finder(QThread):
    """Obeys the latest wish, and ends when there has been none for a while or when it is dismissed."""

    found = Signal(object, object)  # itself, and the thumbnail

    def __init__(self, recording: Recording, skip: tuple[Interval, ...], wish: Wish) -> None:
        super().__init__()
        self._recording = recording
        self._skip = skip
        self._changed = Condition()
        self._wish: Wish | None = wish
        self._serial = 0  # grows with whatever makes the current search pointless
        self._leaving = False  # no wish will be looked at any more
        self._converter = Converter()
        self.finished.connect(self._let_go)

    def begin(self) -> None:
        """Starts; the thread is kept alive until it has ended."""
        _running.add(self)
        self.start(QThread.Priority.LowPriority)

    def ask(self, wish: Wish) -> bool:
        """Whether the wish is taken on; it is not when the thread is about to end."""
        with self._changed:
            if self._leaving:
                return False
            self._wish = wish
            self._serial += 1
            self._changed.notify_all()
            return True

    def dismiss(self) -> None:
        """Ends the thread after the picture that it decodes now; returns at once."""
        with self._changed:
            self._leaving = True
            self._serial += 1
            self._changed.notify_all()

    def run(self) -> None:
        """Finds what is wished for; Qt calls this in the new thread."""
        viewer = Viewer(self._recording, skip=self._skip, most_bytes=MOST_BYTES, threads=1)
        try:
            while (taken := self._next()) is not None:
                thumbnail = self._look(viewer, *taken)
                if thumbnail is not None:
                    self.found.emit(self, thumbnail)
        finally:
            viewer.close()

    def _next(self) -> tuple[Wish, int] | None:
        """The latest wish; None where the thread shall end."""
        with self._changed:
            self._changed.wait_for(lambda: self._wish is not None or self._leaving, IDLE)
            wish, self._wish = self._wish, None
            self._leaving = self._leaving or wish is None
            return None if self._leaving or wish is None else (wish, self._serial)

    def _look(self, viewer: Viewer, wish: Wish, serial: int) -> Thumbnail | None:
        try:
            sight = viewer.at(wish.time, wanted=lambda: self._serial == serial)
            if isinstance(sight, Missing):
                return Thumbnail(wish, None, sight.why)
            width, height = fitted(sight.picture, wish.box)
            pixels = self._converter.pixels(sight, width=width, height=height)
        except AbandonedError:
            return None
        except MediaError:  # the file is gone, or of a format that cannot be converted
            return Thumbnail(wish, None, Lack.UNDECODABLE)
        # The copy owns its pixels; an image around an array would not keep the array alive.
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        return Thumbnail(wish, image)

    def _let_go(self) -> None:
        _running.discard(self)


def end_all_thumbnails() -> bool:
    """Ends all searches and waits until none is left; for the end of the program.

    Returns:
        Whether all have ended.
    """
    finders = tuple(_running)
    for finder in finders:
        finder.dismiss()
    deadline = QDeadlineTimer(LAST_WORDS)
    ended = [finder.wait(deadline) for finder in finders]
    _running.difference_update(finder for finder in finders if finder.isFinished())
    return all(ended)


def fitted(picture: Picture, box: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture that fills a box, never larger than it was recorded."""
    scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
