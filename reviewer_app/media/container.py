"""Opens one media file for reading, and refuses what could hang, reach out, or never be a recording.

FFmpeg opens whatever a file's content asks for: a playlist named ``.mp4`` makes it fetch addresses, a FIFO makes it
wait for ever. So a path is looked at before FFmpeg sees it, and FFmpeg may use ordinary files only, of the containers
that cameras and recorders write. Whoever in this room reads a video goes through ``open_container``.
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import av.logging
from av.codec.codec import UnknownCodecError
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.stream import VideoStream

from reviewer_app.errors import MediaError

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf"
"""Containers of phones, cameras and EEG recorders; playlists, image lists and network formats are left out."""

CODECS = frozenset(
    (
        *("h264", "hevc", "av1", "vp8", "vp9"),
        *("mpeg1video", "mpeg2video", "mpeg4", "msmpeg4v2", "msmpeg4v3", "h263"),
        *("wmv1", "wmv2", "wmv3", "vc1"),
        *("mjpeg", "dvvideo", "prores", "ffv1", "rawvideo"),
    )
)
"""Codecs that are decoded; rarely used decoders are where files find room for mischief."""

MOST_PIXELS = 40_000_000
MOST_PIXELS_A_SIDE = 8192
MOST_STREAMS = 64
PATIENCE = 20.0
"""Seconds after which FFmpeg gives up opening or reading from a drive that does not answer."""

CONVERT = "convert it first: ffmpeg -i in -c:v libx264 -crf 18 out.mp4"
EEG_SUFFIXES = frozenset({".edf", ".bdf", ".gdf", ".vhdr", ".eeg", ".lay", ".data", ".e", ".cnt", ".set"})
"""What EEG systems name their recordings, readable here or not."""

_HEAD_BYTES = 4096
_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file", "max_pixels": str(MOST_PIXELS)}
_LISTS = (
    b"#extm3u",
    b"ffconcat",
    b"file ",
    b"[playlist]",
    b"<?xml",
    b"<mpd",
    b"<smil",
    b"<asx",
    b"http",
    b"rtsp",
    b"v=0",
)

_EEG_HEADS = (b"0       ", b"\xffBIOSEMI", b"Brain Vision", b"BrainVision")

# FFmpeg writes file names and addresses to stderr, which ends in logs.
av.logging.set_level(None)


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file that is safe to open: it is on a disk and it is not empty."""

    size: int  # bytes
    modified: float  # seconds since 1970
    head: bytes  # the first 4 KiB


def plain_file(path: Path) -> PlainFile:
    """Makes sure that opening the path will neither wait nor be anything but a file.

    Raises:
        MediaError: There is nothing, a folder, a device, a pipe or a socket; or it is empty or locked.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise MediaError(f"{path.name} is {_kind(found.st_mode)}, not a video file; choose a file.")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise MediaError(f"{path.name} is a link to a file that is gone; choose the file itself.") from error
        raise MediaError(f"There is no file {path.name}; was it moved, or its drive taken away?") from error
    except PermissionError as error:
        raise MediaError(f"{path.name} may not be read by this user; ask for permission to read it.") from error
    except (OSError, ValueError) as error:
        raise MediaError(f"{path.name} cannot be read ({error}); copy it to a local drive and try again.") from error
    if not head:
        raise MediaError(f"{path.name} is empty; copy it again from where it was recorded.")
    return PlainFile(found.st_size, found.st_mtime, head)


@contextmanager
def open_container(path: Path) -> Iterator[InputContainer]:
    """Opens a video file; FFmpeg's errors while it is open leave as ours.

    Raises:
        MediaError: The file is refused, no video, or stopped being readable.
    """
    head = plain_file(path).head
    try:
        container = av.open(
            # Absolute, so that no name such as "concat:a" or "http:b" is taken for a protocol.
            str(path.absolute()),
            mode="r",
            options=_OPTIONS,
            metadata_errors="replace",
            timeout=(PATIENCE, PATIENCE),
        )
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(_why_unopened(path, head)) from error
    try:
        with container:
            yield container
    except FFmpegError as error:
        raise MediaError(f"{path.name} cannot be read to its end ({error.strerror}); {CONVERT}") from error


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The video stream that a player would show, once it is known to be one that can be decoded safely.

    Raises:
        MediaError: There is no video, too much of it, or it is encrypted or of a codec that is not decoded here.
    """
    name = path.name
    if len(container.streams) > MOST_STREAMS:
        raise MediaError(f"{name} claims {len(container.streams)} streams, more than any camera writes; {CONVERT}")
    stream = container.streams.best("video")
    if not isinstance(stream, VideoStream) or Disposition.attached_pic in stream.disposition:
        raise MediaError(f"{name} holds no video, only sound or data; choose the video file of this recording.")
    if "enc_key_id" in stream.metadata:
        raise MediaError(f"{name} is encrypted; export it again without encryption.")
    context = stream.codec_context
    if context is None:
        raise MediaError(f"{name} uses an unknown codec, or is damaged; copy it again, or {CONVERT}")
    if context.codec.canonical_name not in CODECS:
        raise MediaError(f"{name} uses the codec {context.codec.canonical_name}, not decoded here; {CONVERT}")
    if min(stream.width, stream.height) < 1:  # also where FFmpeg met more than MOST_PIXELS and gave up
        raise MediaError(f"{name} claims no picture size, or one that no camera makes; it is damaged, copy it again.")
    if max(stream.width, stream.height) > MOST_PIXELS_A_SIDE or stream.width * stream.height > MOST_PIXELS:
        raise MediaError(f"{name} claims pictures of {stream.width} x {stream.height} pixels, which no camera makes.")
    return stream


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def _why_unopened(path: Path, head: bytes) -> str:
    """One sentence on why FFmpeg refused a file, from how the file begins."""
    name, start = path.name, head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(_EEG_HEADS) or path.suffix.lower() in EEG_SUFFIXES:
        return f"{name} holds EEG and no video; choose the video, or the folder that holds both."
    if start.startswith(_LISTS):
        return f"{name} is a list of other files or addresses, not a video; choose the videos themselves."
    if head[4:8] == b"ftyp":
        return (
            f"{name} is cut short or damaged: its index is missing; copy it again, or repair it with a tool for that."
        )
    return f"{name} is no video of a known kind, or is damaged; copy it again, or {CONVERT}"


def missing_codecs() -> tuple[str, ...]:
    """Those of ``CODECS`` that the installed FFmpeg cannot decode."""
    return tuple(sorted(name for name in CODECS if not _is_decodable(name)))


def _is_decodable(name: str) -> bool:
    try:
        av.Codec(name, "r")
    except UnknownCodecError:
        return False
    return True
