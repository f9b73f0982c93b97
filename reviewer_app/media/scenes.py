"""A recording as a row of scenes, each of which one file shows, or none."""

import math
from dataclasses import dataclass, field

from reviewer_app.domain.recording import Recording, Segment
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.media.decoder import Stretch
from reviewer_app.media.shown import ShowRule


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch of the recording that one file shows, or none."""

    interval: Interval
    position: int | None = None  # of the segment; None in a gap
    readable: tuple[Interval, ...] = ()  # what of it is worth decoding
    stretch: Stretch = field(default_factory=Stretch)  # what of the file may be decoded


def scenes_of(recording: Recording, skip: tuple[Interval, ...]) -> tuple[Scene, ...]:
    """The recording from start to end: where segments overlap, the earlier one is shown."""
    scenes = [Scene(gap, None) for gap in recording.gaps]
    taken: list[Interval] = []
    for position, segment in enumerate(recording.segments):
        for own in subtract((segment.interval,), taken):
            inside = [part for each in skip if (part := _common(each, own)) is not None]
            scenes += [Scene(part, position) for part in inside]
            for part in subtract((own,), inside):
                readable = tuple(clipped(span, part) for span in ShowRule(segment).readable)
                scenes.append(Scene(part, position, readable, _stretch_around(segment, part, skip)))
        taken.append(segment.interval)
    return tuple(sorted(scenes, key=lambda scene: scene.interval))


def _stretch_around(segment: Segment, part: Interval, skip: tuple[Interval, ...]) -> Stretch:
    """What of a segment may be decoded to see a part of it: from the skipped span before to the one after."""
    before = [span.stop for span in skip if segment.interval.start < span.stop <= part.start]
    after = [span.start for span in skip if span.start >= part.stop]
    return Stretch(
        segment.media_time(max(before)) if before else -math.inf,
        segment.media_time(min(after)) if after else math.inf,
    )


def _common(one: Interval, other: Interval) -> Interval | None:
    start, stop = max(one.start, other.start), min(one.stop, other.stop)
    return Interval(start, stop) if start < stop else None


def clipped(interval: tuple[float, float], *bounds: Interval) -> Interval:
    """The part of a stretch that lies within all bounds."""
    start = max(interval[0], *(bound.start for bound in bounds))
    return Interval(start, max(start, min(interval[1], *(bound.stop for bound in bounds))))


def scene_at(scenes: tuple[Scene, ...], time: float) -> int:
    """The number of the scene at a recording second; the last one from its end on."""
    return next((i for i, scene in enumerate(scenes) if time < scene.interval.stop), len(scenes) - 1)
