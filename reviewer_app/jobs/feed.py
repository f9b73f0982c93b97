"""Decoding ahead in a thread, so that the decoder and the network work at the same time."""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.source import FrameSource, GridFrame
from reviewer_app.domain.trace import WindowState
from reviewer_app.domain.window import FRAMES_PER_WINDOW, LEAST_FRAMES, WindowGrid
from reviewer_app.errors import SpasmReviewerError

AHEAD = 96
"""Grid frames that may wait between decoder and network: 30 s of video, at most 15 MB at 224 pixels."""


class FrameFeed:
    """Iterates over grid frames that a thread decodes; gives None every ``patience`` seconds without one.

    Closing it (or leaving its ``with``) stops the thread and waits for it: no file stays open behind.
    """

    def __init__(self, source: FrameSource, frames: range, *, patience: float = 0.5) -> None:
        self._source = source
        self._range = frames
        self._patience = patience
        self._queue: queue.Queue[GridFrame | SpasmReviewerError | None] = queue.Queue(AHEAD)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._decode, name="decoder", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._thread.join()

    def __iter__(self) -> Iterator[GridFrame | None]:
        while True:
            try:
                item = self._queue.get(timeout=self._patience)
            except queue.Empty:
                if not self._thread.is_alive() and self._queue.empty():
                    raise RuntimeError("the decoder thread ended without a word") from None
                yield None
                continue
            if item is None:
                return
            if isinstance(item, SpasmReviewerError):
                raise item
            yield item

    def _decode(self) -> None:
        frames = self._source.frames(self._range.start, self._range.stop)
        try:
            for frame in frames:
                if not self._put(frame):
                    return
            self._put(None)
        except SpasmReviewerError as error:
            self._put(error)

    def _put(self, item: GridFrame | SpasmReviewerError | None) -> bool:
        while not self._closing.is_set():
            try:
                self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False


@dataclass(frozen=True, slots=True)
class WindowFrames:
    """The sixteen grid frames of one window, some of them perhaps without a picture."""

    window: int
    frames: tuple[GridFrame, ...]

    @property
    def state(self) -> WindowState:
        """Whether the window can be scored and, if not, why not."""
        if sum(frame.pixels is not None for frame in self.frames) >= LEAST_FRAMES:
            return WindowState.SCORED
        return WindowState.UNDECODABLE if any(frame.undecodable for frame in self.frames) else WindowState.GAP

    def clip(self) -> NDArray[np.uint8]:
        """The window's pixels (16, size, size, 3); a missing frame shows the picture before it, or the next one."""
        pixels = [frame.pixels for frame in self.frames]
        shown = next(each for each in pixels if each is not None)
        held = []
        for each in pixels:
            shown = shown if each is None else each
            held.append(shown)
        return np.stack(held)


def windows_of(
    feed: Iterable[GridFrame | None], grid: WindowGrid, *, seen_by: Callable[[GridFrame], None]
) -> Iterator[WindowFrames | None]:
    """Slides over the frames of a feed, showing each to ``seen_by``; None where the feed had nothing for a while."""
    seen: deque[GridFrame] = deque(maxlen=FRAMES_PER_WINDOW)
    for frame in feed:
        if frame is None:
            yield None
            continue
        seen_by(frame)
        seen.append(frame)
        first = frame.number - FRAMES_PER_WINDOW + 1
        if len(seen) == FRAMES_PER_WINDOW and first % grid.stride == 0:
            yield WindowFrames(first // grid.stride, tuple(seen))
