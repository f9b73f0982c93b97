"""The sound of a recording as one stream without breaks: silence where there is none, so that it stays in step."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.filter.context import FilterContext
from av.stream import Discard
from numpy.typing import NDArray

from reviewer_app.domain.recording import Recording, Segment
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.container import open_container

SOUND_RATE: Final = 48_000
"""Samples a second of what is given out, whatever the file holds."""

SOUND_CODECS: Final = frozenset(
    (
        *("aac", "mp3", "mp2", "ac3", "eac3", "opus", "vorbis", "flac", "alac", "wmav1", "wmav2"),
        *("amrnb", "amrwb", "amr_nb", "amr_wb", "mp3float", "adpcm_ima_wav", "adpcm_ima_qt", "adpcm_ms", "adpcm_g726"),
        *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_u8", "pcm_f32le"),
        *("pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd"),
    )
)
"""Codecs that are decoded: what phones, cameras and recorders write."""

_BLOCK: Final = SOUND_RATE // 5
"""Samples of silence that are given at a time."""

_STEP: Final = SOUND_RATE // 25
"""Samples by which time stamps may stray before they are believed more than the count of samples."""

Samples = NDArray[np.int16]
"""(n, 2): left and right."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How loud an interval is, for drawing."""

    interval: Interval  # recording seconds
    low: NDArray[np.float32]  # (columns,) -1 to 0
    high: NDArray[np.float32]  # (columns,) 0 to 1
    has_sound: bool  # whether any file there has a sound track that can be read


def sound_from(recording: Recording, time: float) -> Iterator[Samples]:
    """All sound from a recording second to the end, in blocks; silence in gaps and where it cannot be read."""
    while time < recording.seconds:
        segment = recording.segment_at(time)
        if segment is None:
            ahead = [each.interval.start for each in recording.segments if each.interval.start > time]
            stop = min(ahead, default=recording.seconds)
            yield from _silence(round((stop - time) * SOUND_RATE))
        else:
            stop = segment.interval.stop
            yield from _segment_sound(segment, time, stop)
        time = stop


def has_sound(recording: Recording, interval: Interval) -> bool:
    """Whether any file of an interval has a sound track that can be read."""
    return any(_has_track(segment.path) for segment in recording.segments if segment.interval.overlap(interval) > 0)


def envelope(recording: Recording, interval: Interval, *, columns: int) -> Envelope:
    """The lowest and highest sample of each of so many equal parts of an interval."""
    if not has_sound(recording, interval):
        nothing = np.zeros(columns, np.float32)
        return Envelope(interval, nothing, nothing, has_sound=False)
    count = max(columns, round(interval.seconds * SOUND_RATE))
    samples = np.zeros((count, 2), np.int16)
    filled = 0
    for block in sound_from(recording, interval.start):
        part = block[: count - filled]
        samples[filled : filled + len(part)] = part
        filled += len(part)
        if filled >= count:
            break
    starts = np.arange(columns) * count // columns
    low = np.minimum.reduceat(samples.min(axis=1), starts).astype(np.float32) / 32768
    high = np.maximum.reduceat(samples.max(axis=1), starts).astype(np.float32) / 32768
    return Envelope(interval, np.minimum(low, 0), np.maximum(high, 0), has_sound=True)


class Tempo:
    """Makes sound faster or slower and keeps its pitch."""

    def __init__(self, rate: float) -> None:
        graph = Graph()
        self._source = graph.add(
            "abuffer", f"sample_rate={SOUND_RATE}:sample_fmt=s16:channel_layout=stereo:time_base=1/{SOUND_RATE}"
        )
        tempo = graph.add("atempo", f"{rate:.4f}")
        # atempo works on packed samples and gives what it was given.
        self._sink: FilterContext = graph.add("abuffersink")
        self._source.link_to(tempo)
        tempo.link_to(self._sink)
        graph.configure(auto_buffer=False)
        self._graph = graph
        self._given = 0

    def changed(self, samples: Samples) -> Samples:
        """What comes out for a block; blocks belong to one stream and come in order."""
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples.reshape(1, -1)), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = SOUND_RATE, self._given
        self._given += len(samples)
        self._source.push(frame)
        blocks = []
        while True:
            try:
                out = self._sink.pull()
            except (BlockingIOError, EOFError):  # nothing more until more is given
                break
            assert isinstance(out, AudioFrame)
            blocks.append(_stereo(out))
        return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.int16)


def _silence(count: int) -> Iterator[Samples]:
    while count > 0:
        yield np.zeros((min(count, _BLOCK), 2), np.int16)
        count -= _BLOCK


def _segment_sound(segment: Segment, start: float, stop: float) -> Iterator[Samples]:
    """Exactly the samples between two recording seconds within a segment."""
    left = round((stop - start) * SOUND_RATE)
    with closing(_decoded(segment, segment.media_time(start))) as decoded:
        given = 0
        for time, block in decoded:
            for part in _in_step(
                block, round((time - segment.media_time(start)) * SOUND_RATE) - given, first=not given
            ):
                inside = part[: left - given]
                given += len(inside)
                yield inside
            if given >= left:
                return
    yield from _silence(left - given)


def _in_step(block: Samples, ahead: int, *, first: bool) -> Iterator[Samples]:
    """A block, with silence before it where its time stamp is ahead, or cut where that is behind."""
    if ahead > _STEP:
        yield from _silence(ahead)
    late = -ahead if ahead < -_STEP or (first and ahead < 0) else 0
    if late < len(block):
        yield block[late:]


def _decoded(segment: Segment, start: float) -> Generator[tuple[float, Samples]]:
    """Blocks of sound with the file's second at which each begins; nothing where there is no track, or it fails."""
    try:
        with open_container(segment.path) as container:
            stream = _track(container)
            if stream is None:
                return
            for other in container.streams:
                if other is not stream:
                    other.discard = Discard.all
            yield from _blocks(container, stream, start)
    except MediaError:
        return  # the picture says what is wrong with the file; sound has nothing to add


def _blocks(container: InputContainer, stream: AudioStream, start: float) -> Iterator[tuple[float, Samples]]:
    base = float(stream.time_base or 1 / SOUND_RATE)
    resampler = AudioResampler(format="s16", layout="stereo", rate=SOUND_RATE)
    _seek(container, stream, start, base)
    for packet in container.demux(stream):
        try:
            frames = stream.decode(packet)
        except FFmpegError:
            continue  # a damaged packet; its time stays silent
        for frame in frames:
            if frame.pts is None:
                continue
            time = frame.pts * base
            if time + frame.samples / frame.sample_rate <= start:
                continue
            try:
                parts = resampler.resample(frame)
            except (FFmpegError, ValueError):  # the sound changed its kind in mid-file
                resampler = AudioResampler(format="s16", layout="stereo", rate=SOUND_RATE)
                continue
            yield time, np.concatenate([_stereo(part) for part in parts]) if parts else np.zeros((0, 2), np.int16)


def _seek(container: InputContainer, stream: AudioStream, start: float, base: float) -> None:
    if start <= float((stream.start_time or 0) * base):
        return
    try:
        container.seek(int(start / base), stream=stream)
    except FFmpegError:
        return  # nothing to seek by: what comes before is decoded and left out


def _track(container: InputContainer) -> AudioStream | None:
    """The sound that a player would play, where it can be decoded safely."""
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream) or stream.codec_context is None:
        return None
    return stream if stream.codec_context.codec.canonical_name in SOUND_CODECS else None


def _has_track(path: Path) -> bool:
    try:
        with open_container(path) as container:
            return _track(container) is not None
    except MediaError:
        return False


def _stereo(frame: AudioFrame) -> Samples:
    return np.asarray(frame.to_ndarray(), np.int16).reshape(-1, 2)
