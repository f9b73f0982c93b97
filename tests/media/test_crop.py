from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.recording import Picture
from reviewer_app.errors import MediaError
from reviewer_app.media.crop import BURSTS, automatic_crop, padded, person_crop
from reviewer_app.media.person import PersonDetector
from tests.media.by_hand import recording_of

Draw = Callable[[NDArray[np.uint8], int], None]


def film_of(path: Path, draw: Draw, *, frames: int = 300) -> Path:
    """A film of a still, grainy room at 10 frames/s with something drawn into each picture."""
    random = np.random.default_rng(0)
    room = random.integers(60, 160, (18, 32, 3)).astype(np.uint8).repeat(10, axis=0).repeat(10, axis=1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.codec_context.gop_size = 20
        stream.codec_context.options = {"preset": "ultrafast", "crf": "23"}
        for i in range(frames):
            grain = random.integers(-3, 4, (180, 320, 1))
            pixels = np.clip(room + grain, 0, 255).astype(np.uint8)
            draw(pixels, i)
            out.mux(stream.encode(VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def infant(pixels: NDArray[np.uint8], i: int) -> None:
    """Small movement at x 200-260, y 100-150 in every picture."""
    x, y = 200 + 5 * (i % 6), 100 + 7 * (i % 4)
    pixels[y : y + 25, x : x + 30] = 230


def infant_and_nurse(pixels: NDArray[np.uint8], i: int) -> None:
    infant(pixels, i)
    if 100 <= i < 130:  # for a tenth of the time, somebody large walks through on the left
        x = (i - 100) * 4
        pixels[:, x : x + 60] = 20


def holds(crop: Crop, left: float, top: float, right: float, bottom: float) -> bool:
    return crop.left <= left and crop.top <= top and crop.right >= right and crop.bottom >= bottom


@pytest.mark.parametrize("draw", [infant, infant_and_nurse])
def test_the_crop_holds_where_something_moves_again_and_again(tmp_path: Path, draw: Draw) -> None:
    recording = recording_of(film_of(tmp_path / "night.mp4", draw))
    crop = automatic_crop(recording)
    assert holds(crop, 205 / 320, 105 / 180, 250 / 320, 140 / 180)
    width, height = (crop.right - crop.left) * 320, (crop.bottom - crop.top) * 180
    assert width == pytest.approx(height)
    assert 0.35 * 180 <= height <= 0.75 * 180
    told: list[Path] = []
    assert automatic_crop(recording, tell=told.append) == crop
    assert len(told) > BURSTS, "each picture of each burst is a step"


def test_where_nothing_moves_the_whole_picture_is_taken(tmp_path: Path) -> None:
    assert automatic_crop(recording_of(film_of(tmp_path / "still.mp4", lambda pixels, i: None))) == WHOLE_PICTURE


def test_a_camera_that_moves_says_nothing(tmp_path: Path) -> None:
    def shake(pixels: NDArray[np.uint8], i: int) -> None:
        pixels[:] = np.roll(pixels, (i % 5) * 4, axis=1)

    assert automatic_crop(recording_of(film_of(tmp_path / "hand.mp4", shake, frames=100))) == WHOLE_PICTURE


@pytest.mark.parametrize(
    ("crop", "expected"),
    [
        (Crop(0.4, 0.4, 0.5, 0.5), Crop(0.4, 0.45 - 8 / 90, 0.5, 0.45 + 8 / 90)),  # 16 x 9 becomes 16 x 16
        (Crop(0.9, 0.9, 1.0, 1.0), Crop(0.9, 1 - 16 / 90, 1.0, 1.0)),  # moved up to stay inside
        (Crop(0.0, 0.3, 1.0, 0.5), Crop(0.0, 0.0, 1.0, 1.0)),  # a square of 160 does not fit into 90
        (WHOLE_PICTURE, WHOLE_PICTURE),
    ],
)
def test_a_crop_is_padded_to_a_square_of_displayed_pixels(crop: Crop, expected: Crop) -> None:
    found = padded(crop, Picture(160, 90))
    assert (found.left, found.top, found.right, found.bottom) == pytest.approx(
        (expected.left, expected.top, expected.right, expected.bottom)
    )


def field(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def integer(number: int, value: int) -> bytes:
    return varint(number << 3) + varint(value)


def tensor(name: str, values: NDArray[np.float32]) -> bytes:
    sizes = b"".join(integer(1, size) for size in values.shape)
    return sizes + integer(2, 1) + field(8, name.encode()) + field(9, values.astype("<f4").tobytes())


def value_info(name: str, shape: tuple[int, ...]) -> bytes:
    sizes = b"".join(field(1, integer(1, size)) for size in shape)
    return field(1, name.encode()) + field(2, field(1, integer(1, 1) + field(2, sizes)))


def node(kind: str, inputs: str, output: str, attributes: bytes = b"") -> bytes:
    named = b"".join(field(1, name.encode()) for name in inputs.split())
    return field(1, named + field(2, output.encode()) + field(4, kind.encode()) + attributes)


def detector_that_answers(path: Path, answer: NDArray[np.float32]) -> Path:
    """An ONNX network that gives ``answer`` whatever it sees: its brightest value, times 0, plus the answer."""
    nodes = (
        node("Reshape", "picture shape", "row")
        + node("ReduceMax", "row", "top", field(5, field(1, b"axes") + integer(20, 7) + integer(8, 2)))
        + node("Mul", "top zero", "nothing")
        + node("Add", "nothing answer", "found")
    )
    shape = integer(1, 3) + integer(2, 7) + field(8, b"shape") + field(9, np.array([1, 1, -1], "<i8").tobytes())
    constants = (shape, tensor("zero", np.zeros(1, np.float32)), tensor("answer", answer))
    graph = nodes + field(2, b"detector") + b"".join(field(5, constant) for constant in constants)
    graph += field(11, value_info("picture", (1, 3, 640, 640))) + field(12, value_info("found", answer.shape))
    path.write_bytes(integer(1, 7) + field(7, graph) + field(8, field(1, b"") + integer(2, 13)))
    return path


def answers() -> list[NDArray[np.float32]]:
    """One person at x 160-320, y 80-240 of 640, in both forms in which YOLO networks answer."""
    new = np.zeros((1, 84, 20), np.float32)
    new[0, :5, 7] = (240, 160, 160, 160, 0.9)
    new[0, 5, 3] = 0.9  # a bicycle
    old = np.zeros((1, 20, 85), np.float32)
    old[0, 7, :6] = (240, 160, 160, 160, 0.9, 0.9)
    return [new, old]


@pytest.mark.parametrize("answer", answers(), ids=["84 by N", "N by 85"])
def test_a_person_is_found_where_the_detector_says(tmp_path: Path, answer: NDArray[np.float32]) -> None:
    detector = PersonDetector(detector_that_answers(tmp_path / "yolo.onnx", answer))
    (box,) = detector.find(np.zeros((360, 640, 3), np.uint8))
    assert (box.left, box.right) == pytest.approx((0.25, 0.5))
    assert (box.top, box.bottom) == pytest.approx((80 / 360, 240 / 360))


@pytest.mark.parametrize("answer", answers(), ids=["84 by N", "N by 85"])
def test_a_person_is_visible_where_the_network_looks_and_nowhere_else(
    tmp_path: Path, answer: NDArray[np.float32]
) -> None:
    detector = PersonDetector(detector_that_answers(tmp_path / "yolo.onnx", answer))
    picture = np.zeros((360, 640, 3), np.uint8)
    sureness = 0.9 if answer.shape[1] == 84 else 0.9 * 0.9
    assert detector.visibility(picture, within=Crop(0.2, 0.2, 0.6, 0.8)) == pytest.approx(sureness)
    assert detector.visibility(picture, within=Crop(0.6, 0.0, 1.0, 1.0)) == 0


def test_the_crop_holds_the_person(tmp_path: Path) -> None:
    recording = recording_of(film_of(tmp_path / "night.mp4", infant, frames=60))
    crop = person_crop(recording, detector_that_answers(tmp_path / "yolo.onnx", answers()[0]), pictures=4)
    assert holds(crop, 0.25, 80 / 360, 0.5, 240 / 360)
    assert crop.right < 0.65


def test_a_file_that_is_no_detector_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(MediaError, match=r"broken\.onnx is no person detector"):
        PersonDetector(path)
    with pytest.raises(MediaError, match="There is no person detector"):
        PersonDetector(tmp_path / "missing.onnx")


def test_a_network_that_answers_in_another_form_is_refused(tmp_path: Path) -> None:
    path = detector_that_answers(tmp_path / "classes.onnx", np.zeros((1, 10, 1), np.float32))
    with pytest.raises(MediaError, match="shape"):
        PersonDetector(path).find(np.zeros((360, 640, 3), np.uint8))
