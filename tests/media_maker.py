"""Makes short films whose pixels spell the number of each frame, so that a wrong frame fails loudly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(height, width, 3) RGB."""

COLUMNS, ROWS = 6, 4
"""Blocks of the picture, each black or white: 16 bits of number, 4 of check, 4 corners that say which way is up."""

WHOLE = (0.0, 0.0, 1.0, 1.0)
_CORNERS = (0, COLUMNS - 1, COLUMNS * (ROWS - 1), COLUMNS * ROWS - 1)  # left to right, top to bottom
_UPRIGHT = (True, True, True, False)  # only the lower right corner is black
_CODE = [block for block in range(COLUMNS * ROWS) if block not in _CORNERS]
_TICKS = 90_000  # time base of what is written, fine enough for any time that a test wants
_SAMPLE_RATE = 16_000


@dataclass(frozen=True, slots=True)
class Film:
    """What a test film is like; the file name's suffix decides the container."""

    frames: int = 50
    fps: float = 25.0
    width: int = 128  # stored pixels, before rotation
    height: int = 96
    codec: str = "libx264"
    pixel_format: str = "yuv420p"
    first_number: int = 0  # spelled by the first frame
    first_pts: float = 0.0  # seconds; negative times are hidden by an edit list (mp4, mov)
    times: Sequence[float] | None = None  # seconds of each frame after the first; overrides fps: a variable frame rate
    rotation: int = 0  # clockwise degrees that a player must turn the stored picture by
    mirrored: bool = False  # a player must flip it left to right first
    pixel_aspect: Fraction = Fraction(1)
    keyframe_every: int = 12
    b_frames: int = 0
    sound: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)  # of the container, such as creation_time
    muxer: Mapping[str, str] = field(default_factory=dict)  # options such as movflags
    encoder: Mapping[str, str] = field(default_factory=dict)
    paint: Callable[[float], Pixels] | None = None  # the picture of a second, as a person sees it; None spells numbers

    @property
    def seconds(self) -> tuple[float, ...]:
        """When each frame is shown, from the first one on."""
        return tuple(self.times) if self.times is not None else tuple(i / self.fps for i in range(self.frames))


def make_film(path: Path, film: Film | None = None) -> Path:
    """Writes a film; the picture that a person sees after rotation and mirroring is upright."""
    film = film or Film()
    with av.open(str(path), "w", options=dict(film.muxer)) as out:
        out.metadata.update(film.tags)
        video = _video_stream(out, film)
        sound = out.add_stream("aac", _SAMPLE_RATE) if film.sound else None
        for i, second in enumerate(film.seconds):
            for packet in video.encode(_frame(film, i, second)):
                out.mux(packet)
        for packet in video.encode(None):
            out.mux(packet)
        if sound is not None:
            _add_sound(out, sound, film)
    return path


def paint_number(number: int, width: int = 128, height: int = 96) -> Pixels:
    """The picture that spells a number."""
    blocks = np.zeros(COLUMNS * ROWS, bool)
    blocks[list(_CORNERS)] = _UPRIGHT
    blocks[_CODE] = [bool((number | _check(number) << 16) >> bit & 1) for bit in range(20)]
    down = np.arange(height) * ROWS // height
    across = np.arange(width) * COLUMNS // width
    grey = np.where(blocks.reshape(ROWS, COLUMNS)[down][:, across], 235, 20).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def read_number(pixels: Pixels, box: tuple[float, float, float, float] = WHOLE) -> int:
    """The number that an upright picture spells.

    Args:
        pixels: The picture, of any size.
        box: Left, top, right, bottom of the whole film in fractions of this picture, where it was cropped or padded.

    Raises:
        AssertionError: The picture is turned, mirrored, mixed from two frames, or no picture of ours.
    """
    left, top, right, bottom = box
    lit = []
    for block in range(COLUMNS * ROWS):
        x = left + (right - left) * (block % COLUMNS + 0.5) / COLUMNS
        y = top + (bottom - top) * (block // COLUMNS + 0.5) / ROWS
        row, column = int(y * pixels.shape[0]), int(x * pixels.shape[1])
        lit.append(float(pixels[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].mean()) > 127)
    assert tuple(lit[corner] for corner in _CORNERS) == _UPRIGHT, "the picture is turned, mirrored or not ours"
    bits = sum(lit[block] << i for i, block in enumerate(_CODE))
    number = bits & 0xFFFF
    assert bits >> 16 == _check(number), "the picture spells no valid number"
    return number


def _check(number: int) -> int:
    return (number * 7 + (number >> 4) * 3 + (number >> 9) * 5 + 9) % 16


def _video_stream(out: av.container.OutputContainer, film: Film) -> VideoStream:
    stream = out.add_stream(film.codec, rate=Fraction(film.fps).limit_denominator(1001))
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = film.width, film.height, film.pixel_format
    context = stream.codec_context
    # Codecs for AVI count frames, the others may use any time base.
    base = (
        Fraction(1, _TICKS) if film.codec in {"libx264", "libx265", "libvpx-vp9", "mjpeg"} else 1 / Fraction(film.fps)
    )
    if not out.name.endswith(".avi"):
        context.time_base = base
    context.sample_aspect_ratio = film.pixel_aspect
    context.gop_size, context.max_b_frames = film.keyframe_every, film.b_frames
    if film.codec == "libx264":
        context.options = {"preset": "ultrafast", "crf": "18", "x264-params": f"bframes={film.b_frames}:scenecut=0"}
    if film.codec == "libx265":
        context.options = {"preset": "ultrafast", "x265-params": "log-level=none:pools=none"}
    context.options = {**context.options, **film.encoder}
    context.thread_count = 1
    if film.rotation or film.mirrored:
        # FFmpeg counts degrees counter-clockwise, and its flip comes after the turn, which turns the turn round.
        stream.set_display_rotation(film.rotation if film.mirrored else -film.rotation, hflip=film.mirrored)
    return stream


def _frame(film: Film, i: int, second: float) -> VideoFrame:
    turned = film.rotation % 180 == 90
    width, height = (film.height, film.width) if turned else (film.width, film.height)
    shown = film.paint(second) if film.paint else paint_number(film.first_number + i, width, height)
    stored = np.rot90(shown, film.rotation // 90)  # counter-clockwise, undone by the player's clockwise turn
    if film.mirrored:
        stored = stored[:, ::-1]
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(stored), format="rgb24").reformat(format=film.pixel_format)
    frame.time_base = Fraction(1, _TICKS)
    frame.pts = round((film.first_pts + second) * _TICKS)
    return frame


def _add_sound(out: av.container.OutputContainer, stream: AudioStream, film: Film) -> None:
    seconds = film.seconds[-1] + 1 / film.fps
    wave = np.sin(np.arange(int(seconds * _SAMPLE_RATE)) * 2 * np.pi * 440 / _SAMPLE_RATE)
    for start in range(0, len(wave), 1024):
        part = (wave[None, start : start + 1024] * 8000).astype(np.int16)
        frame = AudioFrame.from_ndarray(part, format="s16", layout="mono")
        frame.sample_rate, frame.time_base = _SAMPLE_RATE, Fraction(1, _SAMPLE_RATE)
        frame.pts = round(film.first_pts * _SAMPLE_RATE) + start
        for packet in stream.encode(frame):
            out.mux(packet)
    for packet in stream.encode(None):
        out.mux(packet)
