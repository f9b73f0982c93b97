"""Looks into a recording at places spread over all of it, without decoding what lies between."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from reviewer_app.domain.recording import Picture, Recording, Segment
from reviewer_app.media.container import open_container, video_stream
from reviewer_app.media.headway import Tell
from reviewer_app.media.upright import stored_size, upright

APART = 0.3
"""Seconds between the pictures of a burst: a limb moves visibly, a lamp does not."""

HEIGHT = 360
"""Pixels to which sampled pictures are brought: enough to find a person in, little to copy."""

_PICTURES = 3
_MOST_DECODED = 300  # pictures after which a burst is given up


@dataclass(frozen=True, slots=True)
class Burst:
    """A few upright pictures that follow each other by ``APART``."""

    pictures: tuple[NDArray[np.uint8], ...]  # each (height, width, 3) RGB


def sample_bursts(recording: Recording, *, count: int, tell: Tell) -> Iterator[Burst]:
    """Up to ``count`` bursts spread evenly over the recording's video; fewer where it is damaged or short.

    Each begins at the key picture before its place, so that little is decoded. A file is left at its first error.

    Raises:
        MediaError: A file cannot be opened any more.
    """
    step = recording.seconds / count
    times = [(i + 0.5) * step for i in range(count)]
    placed = [(segment, time) for time in times if (segment := recording.segment_at(time)) is not None]
    for segment, group in groupby(placed, key=lambda each: each[0]):
        tell(segment.path)
        with open_container(segment.path) as container:
            stream = video_stream(container, segment.path)
            stream.thread_type = "SLICE"  # frame threads would decode ahead what is thrown away at the next place
            places = [segment.media_time(time) for _, time in group]
            yield from _bursts(container, stream, segment, places, tell)


def _bursts(
    container: InputContainer, stream: VideoStream, segment: Segment, places: list[float], tell: Tell
) -> Iterator[Burst]:
    base = float(stream.time_base or 1 / 90_000)
    reached = -math.inf
    for place in places:
        if place <= reached:
            continue
        try:
            container.seek(int(place / base), stream=stream)
            # In a short recording several places follow the same key picture: each shows what comes after the last.
            pictures, reached = _burst(container, stream, segment, after=reached, tell=tell)
        except FFmpegError:
            return
        if len(pictures) > 1:
            yield Burst(tuple(pictures))


def _burst(
    container: InputContainer, stream: VideoStream, segment: Segment, *, after: float, tell: Tell
) -> tuple[list[NDArray[np.uint8]], float]:
    """The pictures of one burst and the second where it ended."""
    pictures: list[NDArray[np.uint8]] = []
    base = float(stream.time_base or 1 / 90_000)
    time = due = after
    for i, frame in enumerate(container.decode(stream)):
        tell(segment.path)
        time = (frame.pts or 0) * base
        if time >= due:
            pictures.append(glance(frame, segment.picture))
            due = time + APART
        if len(pictures) == _PICTURES or i > _MOST_DECODED:
            break
    return pictures, time


def glance(frame: VideoFrame, picture: Picture) -> NDArray[np.uint8]:
    """A decoded picture as a person sees it, small enough to look for people in: (height, width, 3) RGB."""
    width, height = stored_size(picture)
    scale = min(1.0, HEIGHT / min(width, height))
    small = frame.reformat(
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
        format="rgb24",
        interpolation=Interpolation.AREA,
        threads=1,
    )
    return np.ascontiguousarray(upright(np.asarray(small.to_ndarray(), np.uint8), picture))
