"""Decodes one file from a moment on and goes on behind damage, saying where pictures were lost.

Pictures come in the order in which they are shown, and the same ones wherever decoding starts. Decoding runs with frame
threads until the first error. Then the file is opened again with slice threads, which may be fed on after an error, and
is decoded so until the pictures have been sound for a while. (With frame threads, feeding on after errors can block the
closing of the file for ever: seen with PyAV 18.1 in 28 of 32 runs over one encrypted file.)
"""

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from av.codec.context import ThreadType
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from reviewer_app.domain.recording import Segment
from reviewer_app.errors import MediaError
from reviewer_app.media.avi import CountedTimes
from reviewer_app.media.container import open_container, video_stream

HEALED_AFTER = 10.0
"""Seconds of sound pictures after damage before decoding goes back to the faster kind of threads."""

STEPS_BACK = (0.0, 5.0, 30.0, math.inf)
"""Seconds before the wanted moment at which a key picture is looked for; in a transport stream a seek may land late."""

NEAR_THE_START = 1.0
"""Seconds; so close to a file's start, seeking saves nothing."""

MOST_ROUNDING = 0.0005
"""Seconds by which a time stamp may lie behind the true time because it was rounded to a tick: half a millisecond in
Matroska, less elsewhere. (AVI's long ticks are whole pictures, exact.)"""

MOST_READ_ERRORS = 100
"""Failed reads in a row, without a packet between them, after which the rest of a file is given up."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What of a file may be decoded, in its own seconds."""

    start: float = -math.inf  # nothing before is decoded; pictures begin with a key picture from here on
    stop: float = math.inf  # nothing from here on is decoded


@dataclass(frozen=True, slots=True)
class Decoded:
    """One sound picture."""

    frame: VideoFrame
    time: float  # the file's own second from which it is shown: up to half a tick before its time stamp
    stamp: float  # its time stamp, in the file's own seconds
    after_loss: bool  # pictures between this one and the one before could not be decoded


class _Outcome(Enum):
    END = auto()
    DAMAGED = auto()
    HEALED = auto()
    TOO_LATE = auto()  # the seek landed behind the wanted moment


class FileDecoder:
    """Decodes one segment's file; ``lost`` tells, once its pictures have ended, whether the last are missing."""

    def __init__(self, segment: Segment, *, stretch: Stretch, threads: int = 0) -> None:
        self._segment = segment
        self._stretch = stretch
        self._threads = threads
        self._last: int | None = None  # PTS of the picture given last
        self.lost = stretch.start > -math.inf

    def pictures(self, start: float) -> Generator[Decoded]:
        """Sound pictures from the one on show at the file's second ``start`` (or some before it) to the end.

        Raises:
            MediaError: The file cannot be opened any more.
        """
        careful = False
        steps = iter(STEPS_BACK)
        back = next(steps)
        outcome = None
        while outcome is not _Outcome.END:
            self._make_sure_it_is_there()
            with open_container(self._segment.path) as container:
                stream = video_stream(container, self._segment.path)
                stream.thread_type = ThreadType.SLICE if careful else ThreadType.AUTO
                stream.thread_count = self._threads
                wanted = start if self._last is None else float(self._last * _base(stream))
                run = _Pass(self._stretch, wanted=wanted, back=back, careful=careful)
                outcome = yield from self._forward(run.frames(container, stream), _base(stream))
            if outcome is _Outcome.TOO_LATE:
                back = next(steps)
            else:
                careful = outcome is _Outcome.DAMAGED
        # A drive that is taken away looks like the end of the file.
        self._make_sure_it_is_there()

    def _make_sure_it_is_there(self) -> None:
        if not self._segment.path.exists():
            raise MediaError(
                f"{self._segment.path.name} is gone; was its drive taken away? What was done so far is kept: "
                "put the file back and start again to go on from there."
            )

    def _forward(
        self, frames: Generator[VideoFrame | None, None, _Outcome], base: float
    ) -> Generator[Decoded, None, _Outcome]:
        """Gives every picture once, however often the file is opened; None among the frames marks a loss."""
        rounding = _rounding(base)
        while True:
            try:
                frame = next(frames)
            except StopIteration as stop:
                outcome: _Outcome = stop.value
                return outcome
            if frame is None:
                self.lost = True
                continue
            pts = _stamp(frame)
            if pts is None or (self._last is not None and pts <= self._last):
                continue
            yield Decoded(frame, pts * base - rounding, pts * base, self.lost)
            self._last, self.lost = pts, False


class _DamageError(Exception):
    """Something could not be read or decoded while frame threads run; the file must be closed now."""


class _Pass:
    """One opening of the file: seeks, decodes, and stops at damage unless it is careful."""

    def __init__(self, stretch: Stretch, *, wanted: float, back: float, careful: bool) -> None:
        self._stretch = stretch
        self._wanted = wanted
        self._back = back
        self._careful = careful
        self._damaged = False
        self._sound = True  # whether every picture since the last key picture could be decoded
        self._landed = math.inf  # PTS in seconds of the first packet read
        self._from_start = False

    def frames(self, container: InputContainer, stream: VideoStream) -> Generator[VideoFrame | None, None, _Outcome]:
        """Sound pictures in order of showing, None where some are lost."""
        self._seek(container, stream)
        base = _base(stream)
        wanted = _tick_on_show(self._wanted, base)
        healed_at: int | None = None
        begun = False
        try:
            for frame in self._decoded(container, stream):
                if frame is None:
                    healed_at = None
                    if begun or self._reached_back():
                        yield None
                    continue
                pts = _stamp(frame) or 0
                if not begun and pts > wanted and not self._reached_back():
                    return _Outcome.TOO_LATE
                begun = True
                yield frame
                if self._damaged:
                    healed_at = pts if healed_at is None else healed_at
                    if (pts - healed_at) * base > HEALED_AFTER:
                        return _Outcome.HEALED
        except _DamageError:
            return _Outcome.DAMAGED
        return _Outcome.END if begun or self._reached_back() else _Outcome.TOO_LATE

    def _seek(self, container: InputContainer, stream: VideoStream) -> None:
        base = _base(stream)
        target = self._wanted - self._back
        if target <= float((stream.start_time or 0) * base) + NEAR_THE_START:
            self._from_start = True
            return
        try:
            container.seek(_tick_on_show(target, base), stream=stream)
            self._sound = False
        except FFmpegError:
            self._from_start = True  # nothing to seek by; a failed seek leaves the place as it was

    def _reached_back(self) -> bool:
        """Whether nothing before the first picture could have been decoded."""
        return self._from_start or self._landed <= self._stretch.start

    def _decoded(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame | None]:
        """Pictures; None in place of those that could not be decoded or rest on one that could not.

        Until the first key picture after a seek, the decoder may give pictures that rest on what it never saw.
        """
        for packet in self._packets(container, stream):
            try:
                frames = stream.decode(packet)
            except FFmpegError as error:
                self._note_damage(error)
                yield None
                continue
            for frame in frames:
                if frame.is_corrupt:
                    if self._sound:
                        self._note_damage()
                elif frame.key_frame:
                    self._sound = True
                yield frame if self._sound else None

    def _note_damage(self, error: FFmpegError | None = None) -> None:
        if not self._careful:
            raise _DamageError from error
        self._damaged, self._sound = True, False

    def _packets(self, container: InputContainer, stream: VideoStream) -> "Iterator[Packet[VideoStream] | None]":
        """The packets that may be decoded, at last None to flush the decoder."""
        base = _base(stream)
        start, stop = self._stretch.start / base, self._stretch.stop / base
        waiting = start > -math.inf
        for packet in self._read(container, stream):
            stamp = packet.pts if packet.pts is not None else packet.dts
            if not packet.size or stamp is None:
                continue  # the container's own flush, or a picture that nobody could place
            self._landed = min(self._landed, float(stamp * base))
            waiting = waiting and not (packet.is_keyframe and stamp >= start)
            if stamp >= stop:
                break
            if not waiting:
                yield packet
        yield None

    def _read(self, container: InputContainer, stream: VideoStream) -> "Iterator[Packet[VideoStream]]":
        """All packets; in a careful pass, reading goes on after what cannot be read."""
        failures = 0
        counted = CountedTimes(stream) if container.format.name == "avi" else None
        while failures < MOST_READ_ERRORS:
            try:
                for packet in container.demux(stream):
                    failures = 0
                    if counted and counted.corrects(packet):
                        self._note_damage()
                    yield packet
                return
            except FFmpegError as error:
                failures += 1
                self._note_damage(error)


def _base(stream: VideoStream) -> float:
    return float(stream.time_base or 1 / 90_000)


def _rounding(base: float) -> float:
    """Seconds before its time stamp from which a picture is shown."""
    return min(base / 2, MOST_ROUNDING)


def _tick_on_show(time: float, base: float) -> int:
    """The latest time stamp that a picture on show at a second can have."""
    return math.floor((time + _rounding(base)) / base)


def _stamp(frame: VideoFrame) -> int | None:
    return frame.pts if frame.pts is not None else frame.dts
