"""When a file's pictures are shown and which of them are really in it, from its index or one pass over its packets."""

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from reviewer_app.errors import MediaError
from reviewer_app.media.container import CONVERT, plain_file
from reviewer_app.media.headway import Tell

LONGEST_HELD = 2.0
"""Seconds beyond its usual time for which one picture may stand for video, for opening and for scanning alike. Phones
with a variable frame rate hold one up to about a second; anything longer hides a spasm (1-2 s), so it counts as missing
video instead of as a still picture."""

MOST_REORDERED = 5.0
"""Seconds by which a picture may be stored behind one that is shown after it: 16 pictures at 3 frames/s."""

CUT_SHORT = 1.0
"""Seconds that a file must claim beyond its last packet to count as cut short; headers round."""

_TAIL = 64  # packets looked at to find the last picture's end: more than any codec reorders


@dataclass(frozen=True, slots=True)
class PacketTable:
    """The video packets of a file as far as they tell what can be shown; times are the file's own seconds."""

    first: float  # when the first picture is shown
    stop: float  # when the last picture that the file claims ends
    spans: tuple[tuple[float, float], ...]  # stretches for which packets are in the file, in order
    count: int  # pictures within the spans
    size: int  # bytes of all packets that are there
    cut_short: bool  # the file claims more than it holds


@dataclass(slots=True)
class _Rows:
    """One row per packet in stored order, in plain arrays: a night has a million of them."""

    times: "array[float]" = field(default_factory=lambda: array("d"))  # the file's own seconds
    keys: "array[int]" = field(default_factory=lambda: array("b"))  # 1 for a picture that stands alone
    present: "array[int]" = field(default_factory=lambda: array("b"))  # 1 where all its bytes are in the file
    shown: "array[int]" = field(default_factory=lambda: array("b"))  # 0 where an edit list hides it
    stop: float | None = None  # when the picture shown last ends, where known
    size: int = 0  # bytes of all that are there
    latest: float = 0.0  # end of the last packet of any stream


def read_packets(container: InputContainer, stream: VideoStream, path: Path, *, tell: Tell) -> PacketTable:
    """The packet table of a freshly opened file.

    The index of an MP4 or MOV is complete, so it answers at once; other files are passed over once, without decoding.

    Raises:
        MediaError: The file holds no pictures or its time stamps run backwards.
    """
    file_size = plain_file(path).size
    if len(stream.index_entries) > file_size:
        raise MediaError(f"{path.name} claims more pictures than it has bytes; it is damaged, copy it again.")
    indexed = "mp4" in container.format.name and stream.frames > 0 and len(stream.index_entries) > 0
    rows = _from_index(container, stream, file_size) if indexed else _from_pass(container, stream, path, tell)
    if not any(rows.shown):
        raise MediaError(f"{path.name} holds no pictures; it was cut off right at its start, copy it again.")
    return _table(rows, 0.0 if indexed else _claimed_stop(container, stream))


def _from_index(container: InputContainer, stream: VideoStream, file_size: int) -> _Rows:
    rows, base = _Rows(), float(stream.time_base or 0)
    entries = stream.index_entries
    for entry in entries:
        size = entry.size
        rows.times.append(entry.timestamp * base)
        rows.keys.append(entry.is_keyframe)
        rows.present.append(entry.pos + size <= file_size)
        rows.shown.append(not entry.is_discard)
        rows.size += size if rows.present[-1] else 0
    # The index holds decoding times, at most a few pictures before those of showing; the end is asked for exactly.
    if rows.present[-1]:
        rows.stop = _shown_until(container, stream, entries[max(0, len(entries) - _TAIL)].timestamp)
    return rows


def _shown_until(container: InputContainer, stream: VideoStream, timestamp: int) -> float | None:
    """When the last shown picture ends, from the last few packets: they are not stored in the order of showing."""
    ends = [
        packet.pts + packet.duration
        for packet in _packets(container, stream, since=timestamp)
        if packet.pts is not None and packet.duration and not packet.is_discard
    ]
    return max(ends) * float(stream.time_base or 0) if ends else None


def _from_pass(container: InputContainer, stream: VideoStream, path: Path, tell: Tell) -> _Rows:
    rows, base, number = _Rows(), float(stream.time_base or 0), stream.index
    newest, stop = -math.inf, 0
    for packet in _packets(container):
        tell(path)
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or not packet.size:
            continue
        if packet.stream_index != number:
            if packet.stream.type == "audio":
                rows.latest = max(rows.latest, float(stamp * packet.time_base))
            continue
        if stamp > newest:
            newest, stop = stamp, stamp + (packet.duration or 0)
        elif (newest - stamp) * base > MOST_REORDERED:
            raise MediaError(f"The time stamps of {path.name} run backwards; {CONVERT}")
        rows.times.append(stamp)
        rows.keys.append(packet.is_keyframe)
        rows.present.append(not packet.is_corrupt)  # FFmpeg hands out half a packet where the file breaks off
        rows.shown.append(not packet.is_discard)
        rows.size += packet.size
    times = np.frombuffer(rows.times)
    times *= base
    rows.stop = stop * base if stop > newest else None
    return rows


def _packets(
    container: InputContainer, stream: VideoStream | None = None, *, since: int | None = None
) -> "Iterator[Packet[Stream]]":
    """Packets up to the first that cannot be read: a file that breaks off still has its beginning."""
    try:
        if stream is not None and since is not None:
            container.seek(since, stream=stream, any_frame=True)
        yield from container.demux(*(() if stream is None else (stream,)))
    except FFmpegError:
        return


def _claimed_stop(container: InputContainer, stream: VideoStream) -> float:
    """When the header says that the video ends; 0 where it says nothing of its own."""
    kind = container.format.name
    if "mpeg" in kind:  # FFmpeg estimates these from the last packets, which the pass sees as well
        return 0.0
    start = float((stream.start_time or 0) * (stream.time_base or 0))
    if "matroska" in kind:  # the header counts from 0; the stream's own numbers are guesses from the first packets
        return (container.duration or 0) / av.time_base
    if "avi" in kind and stream.average_rate:  # FFmpeg shrinks the duration of a cut file, but keeps the frames claimed
        return start + float(stream.frames / stream.average_rate)
    return start + float((stream.duration or 0) * (stream.time_base or 0))


def _usual(times: NDArray[np.float64]) -> float:
    """The median time between neighbouring pictures."""
    steps = np.diff(times)
    steps = steps[steps > 0]
    return float(np.median(steps)) if len(steps) else 0.04


def _table(rows: _Rows, claimed: float) -> PacketTable:
    shown = np.array(rows.shown, bool)
    there = _decodable(np.array(rows.present, bool), np.array(rows.keys, bool))[shown]
    order = np.argsort(np.array(rows.times)[shown], kind="stable")
    times, complete = np.array(rows.times)[shown][order], bool(there[-1])
    there = there[order]
    usual = _usual(times)
    last = float(times[-1]) + usual
    if rows.stop is not None and rows.stop < times[-1] + LONGEST_HELD + usual:
        last = rows.stop if rows.stop > times[0] else last
    ends = np.append(times[1:], last)
    long = ends - times > LONGEST_HELD + usual
    ends[long] = times[long] + usual
    stop = float(ends[-1])
    cut_short = not complete or claimed > max(stop, rows.latest) + CUT_SHORT
    return PacketTable(
        first=float(times[0]),
        stop=max(stop, claimed) if cut_short else stop,
        spans=_runs(times, ends, there),
        count=int(there.sum()),
        size=rows.size,
        cut_short=cut_short,
    )


def _decodable(present: NDArray[np.bool_], keys: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Packets that are there and whose predecessors back to a key picture are there too, in stored order."""
    if not keys.any():  # the file does not say which pictures stand alone; the decoder will find out
        return present
    number = np.arange(len(present))
    last_missing = np.maximum.accumulate(np.where(present, -1, number))
    last_key = np.maximum.accumulate(np.where(keys & present, number, -1))
    return present & (last_key >= 0) & (last_missing < last_key)


def _runs(
    times: NDArray[np.float64], ends: NDArray[np.float64], there: NDArray[np.bool_]
) -> tuple[tuple[float, float], ...]:
    """Stretches without a missing picture and without a pause between two pictures."""
    joined = there[1:] & there[:-1] & (times[1:] <= ends[:-1])  # to the picture before
    starts = np.flatnonzero(there & np.r_[True, ~joined])
    stops = np.flatnonzero(there & np.r_[~joined, True])
    return tuple((float(times[i]), float(ends[j])) for i, j in zip(starts, stops, strict=True) if ends[j] > times[i])
