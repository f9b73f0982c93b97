from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import torch
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE, ClipSpec, Crop, Resampling
from reviewer_app.domain.recording import Picture
from reviewer_app.domain.window import FRAME_STEP, frame_time
from reviewer_app.media.crop import padded
from reviewer_app.media.prepare import FramePreparer, filled_part, moments
from reviewer_app.media.video import RecordingFrames
from tests import media_maker
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of

TRILINEAR = ClipSpec(size=40, resampling=Resampling.TRILINEAR)
AREA = ClipSpec(size=64)


def at_30_frames_a_second(path: Path, seconds: float) -> list[NDArray[np.uint8]]:
    """For each thirtieth of a second the latest picture of the file."""
    with av.open(str(path)) as container:
        shown = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]
    return [
        next(pixels for time, pixels in reversed(shown) if time <= n / 30 + 1e-6).astype(np.uint8)
        for n in range(int(seconds * 30))
    ]


def by_torch(pictures: list[NDArray[np.uint8]], size: int) -> NDArray[np.float32]:
    video = torch.from_numpy(np.stack(pictures)).permute(3, 0, 1, 2)[None].float()
    clip = torch.nn.functional.interpolate(video, size=(16, size, size), mode="trilinear", align_corners=False)
    return np.asarray(clip[0].permute(1, 2, 3, 0).numpy())


@pytest.mark.parametrize("variable", [False, True])
def test_trilinear_equals_torch_within_one_grey_level(film: FilmMaker, variable: bool) -> None:
    steps = np.random.default_rng(5).choice([1 / 30, 1 / 15, 0.3, 0.5], p=[0.6, 0.3, 0.05, 0.05], size=239)
    options = {"times": [0.0, *np.cumsum(steps).tolist()]} if variable else {"fps": 30.0}
    path = film(frames=240, **options)
    pictures = at_30_frames_a_second(path, 7.5)
    for first in (0, 8):  # window 8 of stride 1 begins at 2.5 s, the 75th picture
        frames = RecordingFrames(recording_of(path), TRILINEAR).frames(first, first + 16)
        ours = np.stack([frame.pixels for frame in frames if frame.pixels is not None]).astype(np.float32)
        start = round(first * 0.3125 * 30)
        theirs = by_torch(pictures[start : start + 150], 40)
        assert np.abs(ours - np.rint(theirs)).max() <= 1


# All end less than 1/60 s after the middle of a cell; the last two mix their last picture with the one before.
@pytest.mark.parametrize(("frames", "fps"), [(43, 25.0), (90, 25.0), (66, 60.0), (122, 60.0)])
def test_trilinear_repeats_the_last_picture_beyond_the_end_as_torch_does(
    film: FilmMaker, frames: int, fps: float
) -> None:
    path, seconds = film(frames=frames, fps=fps), frames / fps
    cells = round(seconds / FRAME_STEP)
    assert 0 < seconds - frame_time(cells - 1) < 1 / 60
    made = list(RecordingFrames(recording_of(path), TRILINEAR).frames(0, cells))
    assert not any(frame.undecodable for frame in made)
    ours = np.stack([frame.pixels for frame in made if frame.pixels is not None]).astype(np.float32)
    theirs = by_torch(at_30_frames_a_second(path, 5.0), 40)[:cells]
    assert np.abs(ours - np.rint(theirs)).max() <= 1


def test_trilinear_takes_the_two_pictures_around_the_half_pixel_position() -> None:
    assert moments(0, Resampling.TRILINEAR) == (4 / 30, 5 / 30)
    assert moments(8, Resampling.TRILINEAR) == (79 / 30, 80 / 30)


def picture_of(pixels: NDArray[np.uint8], pixel_format: str = "yuv444p") -> VideoFrame:
    return VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format=pixel_format)


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.repeat(np.random.default_rng(1).integers(0, 256, (height, width, 1), np.uint8), 3, axis=2)


def test_area_averages_every_pixel_it_shrinks() -> None:
    pixels = noise(512, 512)
    ours = FramePreparer(AREA, crop=WHOLE_PICTURE, picture=Picture(512, 512)).pixels(0, [picture_of(pixels)])
    means = pixels.reshape(64, 8, 64, 8, 3).mean(axis=(1, 3))
    assert np.abs(ours - means).max() <= 2


@pytest.mark.parametrize("pixel_format", ["yuv420p", "nv12", "yuv420p10le", "gbrp"])
def test_a_crop_shows_only_what_lies_in_it(pixel_format: str) -> None:
    pixels = np.zeros((240, 320, 3), np.uint8)
    pixels[60:180, 40:160] = 200
    crop = Crop(40 / 320, 60 / 240, 160 / 320, 180 / 240)
    preparer = FramePreparer(AREA, crop=crop, picture=Picture(320, 240))
    ours = preparer.pixels(0, [picture_of(pixels, pixel_format)])
    assert np.abs(ours.astype(int) - 200).max() <= 3


@pytest.mark.parametrize("resampling", Resampling)
def test_a_crop_of_a_turned_picture_is_the_part_that_a_person_pointed_at(resampling: Resampling) -> None:
    shown = np.zeros((320, 240, 3), np.uint8)
    shown[200:320, 0:120] = 200  # lower left, as displayed
    stored = np.ascontiguousarray(np.rot90(shown)[:, ::-1])  # mirrored first, then turned clockwise by 90 degrees
    picture = Picture(240, 320, rotation=90, mirrored=True)
    crop = Crop(0, 200 / 320, 120 / 240, 1)
    spec = ClipSpec(size=64, resampling=resampling)
    ours = FramePreparer(spec, crop=crop, picture=picture).pixels(0, [picture_of(stored)] * len(moments(0, resampling)))
    assert np.abs(ours.astype(int) - 200).max() <= 3


def test_area_keeps_the_aspect_of_pixels_that_are_not_square() -> None:
    # 200 x 200 stored pixels, each twice as wide as high.
    preparer = FramePreparer(AREA, crop=WHOLE_PICTURE, picture=Picture(400, 200))
    ours = preparer.pixels(0, [picture_of(np.full((200, 200, 3), 200, np.uint8))])
    rows = np.flatnonzero(ours[:, 32, 0] > 100)
    assert (rows[0], rows[-1]) == (16, 47)


def test_a_change_of_resolution_shows_the_same_scene() -> None:
    preparer = FramePreparer(AREA, crop=Crop(0.25, 0.25, 0.75, 0.75), picture=Picture(320, 320))
    large = np.zeros((320, 320, 3), np.uint8)
    large[80:160, 80:160] = 220
    small = large[::2, ::2]
    before, after = (preparer.pixels(0, [picture_of(np.ascontiguousarray(each))]) for each in (large, small))
    assert np.abs(before.astype(int) - after).mean() < 2


@pytest.mark.parametrize(("codec", "pixel_format"), [("libx264", "yuv420p"), ("libx265", "yuv420p10le")])
@pytest.mark.parametrize(("colorspace", "full"), [(1, False), (5, False), (5, True)])
def test_colours_follow_the_matrix_and_range_that_the_file_names(
    tmp_path: Path, codec: str, pixel_format: str, colorspace: int, full: bool
) -> None:
    colours = np.array([[200, 40, 40], [40, 200, 40], [40, 40, 200], [180, 180, 60]], np.uint8)
    pixels = np.repeat(np.repeat(colours.reshape(2, 2, 3), 64, axis=0), 64, axis=1)
    path = tmp_path / "colours.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 128, 128, pixel_format
        stream.codec_context.colorspace, stream.codec_context.color_range = colorspace, 2 if full else 1
        stream.codec_context.options = {"crf": "4", "x265-params": "log-level=none:pools=none"}
        for i in range(10):
            frame = VideoFrame.from_ndarray(pixels, format="rgb24").reformat(
                format=pixel_format, dst_colorspace=colorspace, dst_color_range=2 if full else 1
            )
            frame.pts = i
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    ours = next(RecordingFrames(recording_of(path), AREA).frames(0, 1)).pixels
    assert ours is not None
    middles = ours[16::32, 16::32].reshape(4, 3)
    assert np.abs(middles.astype(int) - colours).max() <= 4


def test_measures_hardly_depend_on_the_size_of_the_clips() -> None:
    picture = picture_of(np.asarray(cv2.GaussianBlur(noise(480, 854), (0, 0), 4), np.uint8))
    one, other = (
        FramePreparer(ClipSpec(size=size), crop=WHOLE_PICTURE, picture=Picture(854, 480)).measured(picture)
        for size in (64, 224)
    )
    assert (one.grey.shape, other.grey.shape) == ((72, 128), (63, 112))
    assert one.quality[:2] == pytest.approx(other.quality[:2], rel=0.02, abs=0.1)
    assert one.quality[2] == pytest.approx(other.quality[2], rel=0.3)


def bright_corner(_number: int, width: int = 128, height: int = 96) -> NDArray[np.uint8]:
    """A grey picture whose upper left eighth of width and height is white."""
    picture = np.full((height, width, 3), 60, np.uint8)
    picture[: height // 8, : width // 8] = 250
    return picture


@pytest.mark.parametrize(
    ("options", "crop"),
    [
        ({"width": 320, "height": 96}, WHOLE_PICTURE),
        ({"width": 96, "height": 320}, WHOLE_PICTURE),
        ({"width": 320, "height": 96, "rotation": 90}, WHOLE_PICTURE),
        ({"width": 320, "height": 96, "rotation": 180, "mirrored": True}, WHOLE_PICTURE),
        ({"width": 320, "height": 160, "pixel_aspect": Fraction(4, 3)}, WHOLE_PICTURE),
        ({"width": 320, "height": 192}, Crop(0, 0, 0.45, 0.5)),
        ({"width": 320, "height": 192}, Crop(0, 0, 0.9, 0.9)),
    ],
)
@pytest.mark.parametrize("spec", [ClipSpec(size=160), ClipSpec(size=160, resampling=Resampling.TRILINEAR)])
def test_the_part_that_a_crop_fills_is_where_the_clip_shows_it(
    film: FilmMaker, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], crop: Crop, spec: ClipSpec
) -> None:
    monkeypatch.setattr(media_maker, "paint_number", bright_corner)
    recording = recording_of(film(frames=10, **options))
    picture = recording.segments[0].picture
    (frame,) = RecordingFrames(recording, spec, crop=crop).frames(0, 1)
    assert frame.pixels is not None
    place = padded(crop, picture)
    filled = filled_part(spec, crop=place, picture=picture)
    grey = frame.pixels.mean(axis=2)
    # What is not black, and the white corner: both in pixels of the clip, and by what is told of them.
    assert edges(grey > 30) == pytest.approx(
        np.array([filled.left, filled.right, filled.top, filled.bottom]) * 160, abs=2
    )
    across = (filled.right - filled.left) / (place.right - place.left)
    down = (filled.bottom - filled.top) / (place.bottom - place.top)
    right, bottom = filled.left + (1 / 8 - place.left) * across, filled.top + (1 / 8 - place.top) * down
    assert edges(grey > 155) == pytest.approx(np.array([filled.left, right, filled.top, bottom]) * 160, abs=2)


def edges(lit: NDArray[np.bool_]) -> list[int]:
    """Left, right, top and bottom of what is lit."""
    columns, rows = np.flatnonzero(lit.any(axis=0)), np.flatnonzero(lit.any(axis=1))
    return [int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1]
