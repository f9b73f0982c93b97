"""Draws and compresses one piece of a shot, in whichever process it is asked to."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt
from typing import Final

import av
import cv2
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream
from numpy.typing import NDArray

from reviewer_app.phantom.scene import ShotPlan, ShotRenderer
from reviewer_app.phantom.sound import SOUND_RATE, shot_sound

CLOCK: Final = Fraction(1, 90_000)
"""The unit of all presentation times; 25, 30 and odd rates alike fall on it."""

SOUND_FRAME: Final = 1024  # samples in one AAC packet
_LEAD: Final = 2 * SOUND_FRAME  # heard before a piece begins, so that its first packets fit the ones before
# Without macroblock-tree rate control: with it, one in a hundred encodings of equal pictures gave other bytes.
_OPTIONS: Final = {
    "preset": "veryfast", "crf": "27", "threads": "1", "g": "100", "bf": "0", "sc_threshold": "0", "mbtree": "0",
}  # fmt: skip
_SOUND_BITS: Final = 32_000  # per second
_MOST_DRAWN: Final = 360_000  # pixels


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a shot that one process draws at one time; it begins with a key frame."""

    shot: ShotPlan
    first: float  # seconds into the shot
    seconds: float
    size: tuple[int, int]  # width and height on show
    hand_held: bool
    sound: bool
    frame_rate: float = 25.0  # pictures a second that the camera aims at in good light

    @property
    def upright(self) -> bool:
        """Whether the stored picture lies on its side, as a phone held upright stores it."""
        return self.hand_held and self.size[1] > self.size[0]

    @property
    def stored_size(self) -> tuple[int, int]:
        """Width and height of the stored picture."""
        return (self.size[1], self.size[0]) if self.upright else self.size

    @property
    def drawn_size(self) -> tuple[int, int]:
        """Width and height at which pictures are drawn; larger ones are enlarged, as small lenses blur them anyway."""
        width, height = self.size
        scale = ceil(sqrt(width * height / _MOST_DRAWN))
        return width // scale, height // scale


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One compressed picture, decodable once those before it in the piece are."""

    time: float  # seconds from the piece's start
    data: bytes
    is_key: bool


@dataclass(frozen=True, slots=True)
class EncodedPiece:
    """The compressed pictures of a piece, and its sound in packets of 64 ms."""

    pictures: tuple[EncodedPicture, ...]
    sounds: tuple[bytes, ...]


def picture_times(piece: Piece) -> tuple[float, ...]:
    """When the camera takes its pictures, in seconds from the piece's start.

    A ward camera is regular, and at night exposes twice as long. A phone's clock jitters, drops a picture now and
    then, and slows down in dim light.
    """
    if not piece.hand_held:
        step = 2 if piece.shot.night else 1
        return tuple(i / piece.frame_rate for i in range(0, round(piece.seconds * piece.frame_rate), step))
    chance = np.random.default_rng((piece.shot.seed, round(piece.first), 0x7F))
    times, moment = [0.0], 0.0
    dim = float(chance.random()) < 0.3
    while True:
        moment += (1 / 24 if dim else 1 / 30) * (2 if chance.random() < 0.012 else 1)
        if moment >= piece.seconds - 0.01:
            return tuple(times)
        times.append(moment + float(chance.uniform(-0.003, 0.003)))


def set_up_video(target: VideoStream | VideoCodecContext, piece: Piece) -> None:
    """Gives every encoder of one night the same settings, so that their packets can follow one another."""
    target.width, target.height = piece.stored_size
    target.pix_fmt = "yuv420p"
    target.time_base = CLOCK
    target.framerate = Fraction(piece.frame_rate)
    target.options = dict(_OPTIONS)


def encode_piece(piece: Piece) -> EncodedPiece:
    """Draws and compresses; equal pieces give equal bytes in any process."""
    cv2.setNumThreads(1)  # the processes share the machine's cores among themselves
    return EncodedPiece(tuple(_encode_pictures(piece)), tuple(_encode_sound(piece)) if piece.sound else ())


def _encode_pictures(piece: Piece) -> Iterator[EncodedPicture]:
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, VideoCodecContext)
    set_up_video(encoder, piece)
    encoder.flags |= Flags.global_header
    renderer = ShotRenderer(piece.shot, size=piece.drawn_size)
    times = picture_times(piece)
    waiting = iter(times)

    def encoded(frame: av.VideoFrame | None) -> Iterator[EncodedPicture]:
        # Without B-frames packets leave in the order in which pictures went in.
        for packet in encoder.encode(frame):
            yield EncodedPicture(next(waiting), bytes(packet), packet.is_keyframe)

    for time in times:
        frame = av.VideoFrame.from_ndarray(_stored(renderer.frame(piece.first + time), piece), "rgb24")
        frame.pts, frame.time_base = round(time / CLOCK), CLOCK
        yield from encoded(frame.reformat(format="yuv420p"))
    yield from encoded(None)


def _stored(picture: NDArray[np.uint8], piece: Piece) -> NDArray[np.uint8]:
    if piece.drawn_size != piece.size:
        picture = cv2.resize(picture, piece.size, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(np.rot90(picture)) if piece.upright else picture


def _encode_sound(piece: Piece) -> Iterator[bytes]:
    """Packets for exactly the piece's own 64-ms frames, as if the shot had been compressed in one go."""
    encoder = av.CodecContext.create("aac", "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format = SOUND_RATE, "mono", "fltp"
    encoder.bit_rate, encoder.time_base = _SOUND_BITS, Fraction(1, SOUND_RATE)
    wanted = int(piece.seconds * SOUND_RATE) // SOUND_FRAME
    first = round(piece.first * SOUND_RATE)
    count = 2 * _LEAD + wanted * SOUND_FRAME
    samples = shot_sound(piece.shot, first - _LEAD, count)
    for start in range(0, count + 1, SOUND_FRAME):
        frame = None
        if start < count:
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + SOUND_FRAME], "fltp", "mono")
            frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, start - _LEAD, Fraction(1, SOUND_RATE)
        for packet in encoder.encode(frame):
            if packet.pts is not None and 0 <= packet.pts < wanted * SOUND_FRAME:
                yield bytes(packet)
