"""What one video file holds: when its pictures are shown, how they look, and which of them can be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import cast

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from reviewer_app.domain.recording import Picture
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.container import CONVERT, open_container, plain_file, video_stream
from reviewer_app.media.headway import Tell, nobody
from reviewer_app.media.orientation import Orientation, read_orientation
from reviewer_app.media.packets import PacketTable, read_packets

LONGEST = 31 * 86400.0
"""Seconds; a file that claims to last longer lies."""

HIGHEST_RATE = 1000.0
"""Frames/s; a file that claims more lies."""

_FIRST_PACKETS = 250  # tried for a first picture at each place; 10 s of an ordinary camera
_PLACES = (0.25, 0.5, 0.75)  # of the file, tried where its beginning cannot be decoded
_LATE = 1.0  # seconds by which the first decodable picture may follow the first packet without counting as a hole
_ODDEST_PIXEL = 8  # width to height of one pixel, or the reverse, that a display would still apply


@dataclass(frozen=True, slots=True)
class Probe:
    """One video file, opened once and found usable."""

    picture: Picture
    first_pts: float  # the file's own seconds at which its first picture is shown
    seconds: float  # from there to the end of the last picture it claims
    readable: tuple[Interval, ...]  # seconds after ``first_pts`` that can be decoded; empty means all
    has_sound: bool
    tags: Mapping[str, str] = field(default_factory=dict)  # of the container: dates above all
    modified: float = 0.0  # seconds since 1970
    remarks: tuple[str, ...] = ()


def probe(path: Path, *, tell: Tell = nobody) -> Probe:
    """Looks into a video file without decoding more than its first picture.

    Raises:
        MediaError: The file is refused or nothing in it can be shown.
    """
    modified = plain_file(path).modified
    with open_container(path) as container:
        stream = video_stream(container, path)
        frame, shown = _first_picture(container, stream, path, tell)
        picture, remarks = _picture(stream, frame, path)
        sound, tags = bool(container.streams.audio), dict(container.metadata)
        several = sum(video.width > 0 for video in container.streams.video) > 1
    with open_container(path) as container:
        table = read_packets(container, video_stream(container, path), path, tell=tell)
    first, spans = _since_first_picture(table, shown)
    seconds = table.stop - first
    _check_times(path, seconds, table, spans)
    # Interlaced files may keep the two halves of a picture in packets of their own, so that counting counts double.
    rate = picture.frame_rate if frame.interlaced_frame else table.count / _total(spans)
    whole = spans == ((first, table.stop),)
    if several:
        remarks += (f"{path.name} holds several video streams; the one that players show is used.",)
    if not whole:
        remarks += (_holes(path, seconds, spans, cut_short=table.cut_short),)
    return Probe(
        picture=replace(picture, frame_rate=rate, bit_rate=table.size * 8 / _total(spans)),
        first_pts=first,
        seconds=seconds,
        readable=() if whole else tuple(Interval(start - first, stop - first) for start, stop in spans),
        has_sound=sound,
        tags=tags,
        modified=modified,
        remarks=remarks,
    )


def _first_picture(
    container: InputContainer, stream: VideoStream, path: Path, tell: Tell
) -> tuple[VideoFrame, float | None]:
    """The first picture that can be decoded, and when it is shown.

    It carries the display matrix and proves that the codec works. A file whose beginning is damaged is tried at a few
    places further on; what else can be decoded before that place is not known then, nor the time.
    """
    # Frame threads can deadlock in close() after a packet that cannot be decoded.
    stream.thread_type = "NONE"
    encrypted = False
    for place in (0.0, *_PLACES):
        if place and not _seek(container, stream, place):
            break
        for packet in islice(_readable(container.demux(stream)), _FIRST_PACKETS):
            tell(path)
            encrypted = encrypted or packet.has_sidedata("encryption_info")
            if encrypted:
                raise MediaError(f"{path.name} is encrypted; export it again without encryption.")
            frame = _decoded(packet)
            if frame is not None:
                return frame, None if place else float(frame.time or 0)
    raise MediaError(f"No picture of {path.name} can be decoded: it is damaged or encrypted; copy or export it again.")


def _seek(container: InputContainer, stream: VideoStream, place: float) -> bool:
    start, seconds = container.start_time or 0, container.duration or 0
    try:
        container.seek(start + int(seconds * place))
    except FFmpegError:
        return False
    stream.codec_context.flush_buffers()
    return seconds > 0


def _readable(packets: "Iterable[Packet[VideoStream]]") -> "Iterable[Packet[VideoStream]]":
    try:
        yield from packets
    except FFmpegError:
        return


def _decoded(packet: "Packet[VideoStream]") -> VideoFrame | None:
    """The picture that this packet completes; None where it does not, or is damaged."""
    try:
        frames = packet.decode()
    except FFmpegError:
        return None
    return next((frame for frame in frames if frame.pts is not None), None)


def _picture(stream: VideoStream, frame: VideoFrame, path: Path) -> tuple[Picture, tuple[str, ...]]:
    """How the pictures look once they are shown, and what is odd about them."""
    remarks: list[str] = []
    way = _orientation(frame)
    if not way.makes_sense:
        remarks.append(f"{path.name} asks for a rotation that makes no sense; it is shown as stored.")
    if frame.interlaced_frame:
        remarks.append(f"{path.name} is interlaced; movement shows comb lines.")
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, _ODDEST_PIXEL) <= aspect <= _ODDEST_PIXEL:
        remarks.append(f"{path.name} claims a pixel shape that makes no sense; its pixels are taken as square.")
        aspect = Fraction(1)
    width, height = round(frame.width * aspect), frame.height
    if way.rotation % 180:
        width, height = height, width
    context = stream.codec_context
    shown = Picture(
        width=width,
        height=height,
        rotation=way.rotation,
        mirrored=way.mirrored,
        codec=context.codec.canonical_name,
        pixel_format=frame.format.name,
        frame_rate=float(stream.average_rate or 0),
    )
    return shown, tuple(remarks)


def _orientation(frame: VideoFrame) -> Orientation:
    # PyAV types this as a dictionary, but it is a container of its own.
    sides = cast(Iterable[SideData], frame.side_data)
    matrices = [bytes(side) for side in sides if side.type.name == "DISPLAYMATRIX"]
    return read_orientation(matrices[0]) if matrices else Orientation()


def _since_first_picture(table: PacketTable, shown: float | None) -> tuple[float, tuple[tuple[float, float], ...]]:
    """Where the file's clock starts, and its readable spans from the first picture on.

    The first picture may follow the first packet: a recorder that was switched on between two key pictures, or pictures
    that lean on one before the cut. Where it follows late, the time before it counts as unreadable.
    """
    shown = table.first if shown is None else shown
    first = shown if abs(shown - table.first) <= _LATE else table.first
    from_shown = ((max(start, shown), stop) for start, stop in table.spans)
    return first, tuple((start, stop) for start, stop in from_shown if stop > start)


def _check_times(path: Path, seconds: float, table: PacketTable, spans: tuple[tuple[float, float], ...]) -> None:
    if seconds > LONGEST:
        raise MediaError(
            f"{path.name} claims to last {seconds / 86400:.0f} days; its time stamps are damaged; {CONVERT}"
        )
    if not spans:
        raise MediaError(f"{path.name} is cut short before its first whole picture; copy it again.")
    if table.count / _total(spans) > HIGHEST_RATE:
        raise MediaError(f"{path.name} claims more than {HIGHEST_RATE:.0f} pictures a second; {CONVERT}")


def _total(spans: tuple[tuple[float, float], ...]) -> float:
    return sum(stop - start for start, stop in spans)


def _holes(path: Path, seconds: float, spans: tuple[tuple[float, float], ...], *, cut_short: bool) -> str:
    why = "is cut short" if cut_short else "has holes"
    return f"{path.name} {why}: {_total(spans):.1f} s of the {seconds:.1f} s that it claims can be read."
