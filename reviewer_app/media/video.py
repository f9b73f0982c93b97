"""The frames of a recording's grid, decoded exactly: the same pixels for the same second, wherever a scan starts."""

import math
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import groupby

from av.video.frame import VideoFrame

from reviewer_app.domain.clip import WHOLE_PICTURE, ClipSpec, Crop
from reviewer_app.domain.recording import Recording, Segment
from reviewer_app.domain.source import GridFrame
from reviewer_app.domain.window import FRAMES_PER_WINDOW, Interval, frame_time, union
from reviewer_app.media.crop import padded
from reviewer_app.media.decoder import Decoded, FileDecoder, Stretch
from reviewer_app.media.headway import Tell, nobody
from reviewer_app.media.person import PersonDetector
from reviewer_app.media.prepare import FramePreparer, moments
from reviewer_app.media.quality import Measured
from reviewer_app.media.sample import glance
from reviewer_app.media.shown import ShowRule


class RecordingFrames:
    """Decodes and prepares the frames of a recording's grid.

    ``ShowRule`` says which picture that is. Where decoding fails, or no picture comes for long, frames are undecodable:
    the file claims that time and gives nothing for it.
    """

    def __init__(
        self,
        recording: Recording,
        spec: ClipSpec,
        *,
        crop: Crop = WHOLE_PICTURE,
        skip: tuple[Interval, ...] = (),
        threads: int = 0,
        tell: Tell = nobody,
        detector: PersonDetector | None = None,
    ) -> None:
        """Frames of ``recording`` by ``spec``.

        Args:
            recording: What to decode.
            spec: How the frames shall be.
            crop: The part of the displayed picture to look at; padded to a square.
            skip: Recording seconds that killed the decoder before: never decoded, so undecodable.
            threads: Threads of the decoder; 0 takes as many as there are cores.
            tell: Hears of each decoded picture.
            detector: Says how visible a person is where the crop looks, once in every window; None leaves it unknown.
        """
        self._recording = recording
        self._spec = spec
        self._crop = crop
        self._skip = union(skip)
        self._threads = threads
        self._tell = tell
        self._detector = detector

    def frames(self, first: int, stop: int) -> Iterator[GridFrame]:
        """Grid frames ``first`` to ``stop - 1``; closing the iterator closes the files.

        Raises:
            MediaError: A file cannot be opened any more; frames given before stay valid.
        """
        before: Measured | None = None
        # One frame earlier, so that the first frame's motion does not depend on where a scan was resumed.
        numbers = range(max(0, first - 1), stop)
        for (segment, skipped), group in groupby(numbers, key=self._place):
            for frame, measured in self._frames_of(segment, list(group), skipped=skipped):
                if frame.number >= first:
                    yield _with_motion(frame, measured, before)
                before = measured

    def _place(self, number: int) -> tuple[int | None, bool]:
        """The position of the segment that a grid frame lies in, None in a gap; and whether it shall be skipped."""
        time = frame_time(number)
        found = (i for i, segment in enumerate(self._recording.segments) if segment.interval.contains(time))
        return next(found, None), any(span.contains(time) for span in self._skip)

    def _frames_of(
        self, position: int | None, numbers: Sequence[int], *, skipped: bool
    ) -> Iterator[tuple[GridFrame, Measured | None]]:
        if position is None or skipped:
            yield from ((GridFrame(number, None, undecodable=position is not None), None) for number in numbers)
            return
        segment = self._recording.segments[position]
        picture, crop = segment.picture, padded(self._crop, segment.picture)
        preparer = FramePreparer(self._spec, crop=crop, picture=picture)
        rule = ShowRule(segment)
        moments_of = [self._moments(number, rule) for number in numbers]
        # By the middle of the cell: a moment before it may lie in what must not be decoded.
        stretch = self._stretch_around(segment, frame_time(numbers[0]))
        decoder = FileDecoder(segment, stretch=stretch, threads=self._threads)
        shown = self._shown(segment, [time for times in moments_of for time in times], decoder, rule)
        with closing(shown):
            for number, times in zip(numbers, moments_of, strict=True):
                pictures = [next(shown) for _ in times]
                frame, measured = _prepared(preparer, number, pictures)
                # At grid frames that do not depend on where a scan was resumed; each window holds exactly one.
                if self._detector and number % FRAMES_PER_WINDOW == 0 and pictures[0] is not None:
                    visibility = self._detector.visibility(glance(pictures[0], picture), within=crop)
                    frame = replace(frame, visibility=visibility)
                yield frame, measured

    def _moments(self, number: int, rule: ShowRule) -> tuple[float, ...]:
        """The recording seconds of the pictures that make a frame, none of them beyond an edge of what can be read."""
        times = moments(number, self._spec.resampling)
        return tuple(rule.nearest(time, within=frame_time(number)) for time in times)

    def _shown(
        self, segment: Segment, times: Sequence[float], decoder: FileDecoder, rule: ShowRule
    ) -> Generator[VideoFrame | None]:
        """The picture on show at each of the rising recording seconds; None where there is none."""
        self._tell(segment.path)
        with closing(decoder.pictures(segment.media_time(times[0]))) as pictures:
            held: Decoded | None = None
            coming = next(pictures, None)
            for time in times:
                media_time = segment.media_time(time)
                while coming is not None and coming.time <= media_time:
                    held, coming = coming, next(pictures, None)
                    self._tell(segment.path)
                if not rule.is_readable(time):
                    yield None
                elif held is None:
                    yield coming.frame if coming and rule.shown_from(coming) <= media_time else None
                else:
                    lost = decoder.lost if coming is None else coming.after_loss
                    yield held.frame if media_time < rule.shown_until(held, coming, lost=lost) else None

    def _stretch_around(self, segment: Segment, time: float) -> Stretch:
        """What of a segment may be decoded to see the given second: from the skipped span before to the one after."""
        before = [span.stop for span in self._skip if span.stop <= time and span.stop > segment.interval.start]
        after = [span.start for span in self._skip if span.start > time]
        return Stretch(
            segment.media_time(max(before)) if before else -math.inf,
            segment.media_time(min(after)) if after else math.inf,
        )


def _prepared(
    preparer: FramePreparer, number: int, pictures: Sequence[VideoFrame | None]
) -> tuple[GridFrame, Measured | None]:
    there = [picture for picture in pictures if picture is not None]
    if len(there) < len(pictures):
        return GridFrame(number, None, undecodable=True), None
    measured = preparer.measured(there[0])
    return GridFrame(number, preparer.pixels(number, there), quality=measured.quality), measured


def _with_motion(frame: GridFrame, measured: Measured | None, before: Measured | None) -> GridFrame:
    if measured is None or before is None:
        return frame
    return replace(frame, motion=measured.motion_since(before))
