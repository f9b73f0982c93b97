"""Exact pictures for people: what a recording shows at a second, and what comes before and after it.

A person sees the picture that the model gets for the same second: both follow ``ShowRule``. What is looked at is made
of *sights*, one after the other without a break: pictures, and stretches that have none.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from reviewer_app.domain.recording import Picture, Recording, Segment
from reviewer_app.domain.window import Interval, subtract, union
from reviewer_app.errors import MediaError
from reviewer_app.media.container import CONVERT
from reviewer_app.media.reel import Reel, Still, always
from reviewer_app.media.scenes import clipped, scene_at, scenes_of
from reviewer_app.media.scout import Scout
from reviewer_app.media.upright import upright

MOST_BYTES = 256 * 1024 * 1024
"""Memory for decoded pictures: 80 of full HD, one and a half thousand of a small film."""

REELS = 2
"""Files that stay open: beside the one on show, that on the other side of a border."""

_INSTANT = 1e-6
"""Seconds that are no time: where the clocks of file and recording meet, they differ by roundings."""


class Lack(StrEnum):
    """Why there is no picture."""

    GAP = "gap"  # no file covers this time
    UNDECODABLE = "undecodable"  # a file claims this time, but gives nothing for it


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch of a recording for which there is nothing to see."""

    interval: Interval  # recording seconds
    why: Lack


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """One picture of a recording, not yet converted."""

    interval: Interval  # recording seconds for which it is on show
    time: float  # the recording second of its time stamp, within the interval
    position: int  # of its segment in the recording
    media_time: float  # the file's own second
    picture: Picture  # how it shall look
    frame: VideoFrame  # as stored; ``Converter`` makes it upright pixels


Sight = ShownFrame | Missing


class Viewer:
    """Looks into a recording; keeps a few pictures around the last one, and at most ``REELS`` files open."""

    def __init__(
        self,
        recording: Recording,
        *,
        skip: Iterable[Interval] = (),
        scout: Scout | None = None,
        most_bytes: int = MOST_BYTES,
        threads: int = 0,
    ) -> None:
        """A viewer of ``recording``.

        Args:
            recording: What to look into.
            skip: Recording seconds that killed the decoder before: never decoded.
            scout: Has been where the person will probably go, and knows the same recording.
            most_bytes: Memory for decoded pictures.
            threads: Threads of the decoder; 0 takes as many as there are cores.
        """
        self._recording = recording
        self._scenes = scenes_of(recording, union(skip))
        self._scout = scout
        self._most_bytes = most_bytes // REELS
        self._threads = threads
        self._reels: OrderedDict[int, Reel] = OrderedDict()  # by scene, the one used last at the end

    def at(self, time: float, *, wanted: Callable[[], bool] = always) -> Sight:
        """What is on show at a recording second; before the start and behind the end, what is nearest.

        Args:
            time: The recording second.
            wanted: Asked between pictures whether the answer still matters.

        Raises:
            AbandonedError: It does not matter any more.
            MediaError: A file cannot be opened any more.
        """
        number = scene_at(self._scenes, time)
        scene = self._scenes[number]
        if scene.position is None:
            return Missing(scene.interval, Lack.GAP)
        inside = min(max(time, scene.interval.start), math.nextafter(scene.interval.stop, -math.inf))
        return self._seen(number, self._recording.segments[scene.position], inside, wanted)

    def after(self, sight: Sight, *, wanted: Callable[[], bool] = always) -> Sight | None:
        """The next picture or missing stretch; None at the end of the recording.

        Raises:
            AbandonedError: It does not matter any more.
            MediaError: A file cannot be opened any more.
        """
        stop = sight.interval.stop
        while stop < self._recording.seconds:
            following = self.at(stop, wanted=wanted)
            if not _is_same(following, sight) and following.interval.stop > stop:
                return following
            # Seconds of the file and of the recording differ by a rounding.
            stop = max(following.interval.stop, stop + _INSTANT)
        return None

    def before(self, sight: Sight, *, wanted: Callable[[], bool] = always) -> Sight | None:
        """The picture or missing stretch before; None at the start of the recording.

        Raises:
            AbandonedError: It does not matter any more.
            MediaError: A file cannot be opened any more.
        """
        start = sight.interval.start
        while start > 0:
            earlier = self.at(max(0.0, start - _INSTANT), wanted=wanted)
            if not _is_same(earlier, sight):
                return earlier
            start = min(earlier.interval.start, start - _INSTANT)
        return None

    def close(self) -> None:
        """Closes all files; looking again opens them anew."""
        for reel in self._reels.values():
            reel.close()
        self._reels.clear()

    def _seen(self, number: int, segment: Segment, time: float, wanted: Callable[[], bool]) -> Sight:
        scene = self._scenes[number]
        holes = subtract((scene.interval,), scene.readable)
        span = next((each for each in scene.readable if each.contains(time)), None)
        if span is None:
            return Missing(next(each for each in holes if each.contains(time)), Lack.UNDECODABLE)
        still = self._reel(number, segment, time).at(segment.media_time(time), wanted=wanted)
        shift = segment.interval.start - segment.first_pts
        interval = clipped((still.start + shift, still.stop + shift), span)
        if still.shown is None:
            around = union((interval, *holes), join=_INSTANT)
            return Missing(next((each for each in around if each.contains(time)), interval), Lack.UNDECODABLE)
        return _shown(still, interval, segment=segment, position=scene.position or 0)

    def _reel(self, number: int, segment: Segment, time: float) -> Reel:
        """The reel of a scene: the one in use, or a scout's that has been there already."""
        known = self._reels.get(number)
        if self._scout is not None and not (known and known.holds(segment.media_time(time))):
            scouted = self._scout.take(number, segment.media_time(time))
            if scouted is not None:
                self._put(number, scouted)
        if number not in self._reels:
            stretch = self._scenes[number].stretch
            self._put(number, Reel(segment, stretch=stretch, most_bytes=self._most_bytes, threads=self._threads))
        self._reels.move_to_end(number)
        return self._reels[number]

    def _put(self, number: int, reel: Reel) -> None:
        reel.most_bytes = self._most_bytes
        if number in self._reels:
            self._reels.pop(number).close()
        while len(self._reels) >= REELS:
            self._reels.popitem(last=False)[1].close()
        self._reels[number] = reel


class Converter:
    """Makes upright pixels of pictures; of use again and again, as preparing the scaler costs time."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def pixels(self, shown: ShownFrame, *, width: int, height: int) -> NDArray[np.uint8]:
        """The upright picture in this size: (height, width, 4), blue, green, red, opaque.

        Raises:
            MediaError: The picture is of a kind that cannot be converted.
        """
        across, down = (height, width) if shown.picture.rotation % 180 else (width, height)
        try:
            scaled = self._scaler.reformat(
                shown.frame, width=across, height=down, format="bgra", interpolation=Interpolation.BILINEAR, threads=1
            )
        except (FFmpegError, ValueError) as error:
            raise MediaError(f"A picture cannot be shown ({error}); {CONVERT}") from error
        whole = np.frombuffer(memoryview(scaled.planes[0]), np.uint32).reshape(down, -1)[:, :across]
        turned = np.ascontiguousarray(upright(whole, shown.picture))
        return turned.view(np.uint8).reshape(height, width, 4)


def _shown(still: Still, interval: Interval, *, segment: Segment, position: int) -> ShownFrame:
    assert still.shown is not None
    time = still.shown.stamp - segment.first_pts + segment.interval.start
    return ShownFrame(
        interval=interval,
        # Half a tick into what it is shown for, so that asking for this second gives this picture again.
        time=min(max(time, interval.start), interval.stop),
        position=position,
        media_time=still.shown.stamp,
        picture=segment.picture,
        frame=still.shown.frame,
    )


def _is_same(one: Sight, other: Sight) -> bool:
    """Whether two sights are the same picture, or parts of the same hole; a sliver by rounding belongs to anything."""
    if one.interval.seconds <= _INSTANT:
        return True
    if isinstance(one, Missing) or isinstance(other, Missing):
        return isinstance(one, Missing) and isinstance(other, Missing) and one.why is other.why
    return (one.position, one.media_time) == (other.position, other.media_time)
