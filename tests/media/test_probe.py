from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.recording import Picture
from reviewer_app.domain.window import frame_time, total_seconds
from reviewer_app.errors import MediaError
from reviewer_app.media.container import open_container, video_stream
from reviewer_app.media.packets import LONGEST_HELD
from reviewer_app.media.probe import Probe, probe
from reviewer_app.media.video import RecordingFrames
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of
from tests.media_maker import Pixels, read_number


def shown(path: Path) -> list[tuple[float, Pixels]]:
    """What FFmpeg itself gives for a file, up to its first fault: the file's own second and the stored picture."""
    pictures: list[tuple[float, Pixels]] = []
    try:
        with open_container(path) as container:
            stream = video_stream(container, path)
            stream.thread_type = "NONE"
            for frame in container.decode(stream):
                pictures.append((float(frame.time or 0), frame.to_ndarray(format="rgb24").astype(np.uint8)))
    except MediaError:
        return pictures
    return pictures


def turned(pixels: Pixels, picture: Picture) -> Pixels:
    """A stored picture as a person sees it."""
    pixels = pixels[:, ::-1] if picture.mirrored else pixels
    return np.rot90(pixels, -picture.rotation // 90)


@pytest.mark.parametrize("name", ["night.mp4", "night.mov", "night.mkv"])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_and_mirror_make_the_picture_upright(
    film: FilmMaker, name: str, rotation: int, mirrored: bool
) -> None:
    path = film(name, frames=3, rotation=rotation, mirrored=mirrored)
    picture = probe(path).picture
    pixels = turned(shown(path)[2][1], picture)
    assert read_number(pixels) == 2
    assert (picture.height, picture.width) == pixels.shape[:2]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("night.mp4", {}),
        ("night.mp4", {"b_frames": 3}),
        ("night.mp4", {"first_pts": 10.0}),
        ("night.mp4", {"first_pts": 3.5, "b_frames": 2}),
        ("night.mp4", {"muxer": {"movflags": "frag_keyframe+empty_moov"}}),
        ("night.mov", {"codec": "libx265", "pixel_format": "yuv420p10le", "frames": 10}),
        ("night.mkv", {"first_pts": 3.0, "sound": True}),
        ("night.webm", {"codec": "libvpx-vp9", "frames": 20}),
        ("night.avi", {"codec": "mpeg4"}),
        ("night.avi", {"codec": "mjpeg", "pixel_format": "yuvj422p"}),
        ("night.ts", {"b_frames": 2, "sound": True}),
        ("night.mpg", {"codec": "mpeg2video"}),
        ("night.mp4", {"times": (0.0, 0.1, 0.5, 0.53, 2.0, 2.01)}),
        ("night.mkv", {"times": (0.0, 0.1, 0.5, 0.53, 2.0, 2.01)}),
    ],
)
def test_the_first_picture_shown_is_second_0_and_the_last_one_is_within(
    film: FilmMaker, name: str, options: dict[str, object]
) -> None:
    path = film(name, **options)
    found, pictures = probe(path), shown(path)
    assert found.first_pts == pytest.approx(pictures[0][0], abs=1e-6)
    assert found.readable == ()
    last = pictures[-1][0] - pictures[0][0]
    assert last < found.seconds < last + 0.5
    mean = found.picture.frame_rate * found.seconds
    assert mean == pytest.approx(len(pictures), abs=0.01)


def test_a_constant_rate_film_lasts_as_long_as_its_frames(film: FilmMaker) -> None:
    for name in ("night.mp4", "night.mkv", "night.avi"):
        codec = "mpeg4" if name.endswith("avi") else "libx264"
        assert probe(film(name, frames=50, fps=25, codec=codec)).seconds == pytest.approx(2.0, abs=1e-6)


def test_pictures_hidden_by_an_edit_list_are_not_counted(film: FilmMaker) -> None:
    for b_frames in (0, 3):
        path = film(first_pts=-0.4, b_frames=b_frames, muxer={"avoid_negative_ts": "disabled"})
        found = probe(path)
        assert read_number(shown(path)[0][1]) == 10
        assert (found.first_pts, found.readable) == (0.0, ())
        assert found.seconds == pytest.approx(1.6, abs=1e-6)
        assert found.picture.frame_rate == pytest.approx(25)


def test_pixels_that_are_not_square_widen_the_picture(film: FilmMaker) -> None:
    picture = probe(film(pixel_aspect=Fraction(4, 3), rotation=90)).picture
    assert (picture.width, picture.height) == (96, 171)


def test_a_rotation_that_makes_no_sense_is_ignored_and_said(film: FilmMaker) -> None:
    path = film(rotation=90)
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 44
    content[at : at + 36] = bytes(36)
    path.write_bytes(content)
    found = probe(path)
    assert found.picture.rotation == 0
    assert "rotation that makes no sense" in found.remarks[0]


def test_codec_pixels_sound_and_rates_are_noted(film: FilmMaker) -> None:
    found = probe(film(sound=True, pixel_format="yuv444p", fps=12.5))
    assert (found.picture.codec, found.picture.pixel_format, found.has_sound) == ("h264", "yuv444p", True)
    assert found.picture.frame_rate == pytest.approx(12.5)
    assert found.picture.bit_rate > 1000


def cut(path: Path, share: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return path


def check_spans(found: Probe, path: Path, *, claimed: float) -> None:
    """The file keeps its full claim, and only what FFmpeg really decodes counts as readable."""
    decoded = len(shown(path)) / 25
    assert found.seconds == pytest.approx(claimed, abs=0.3)
    assert 0.5 < decoded < claimed - 1
    assert found.readable[0].start == 0
    assert total_seconds(found.readable) == pytest.approx(decoded, abs=0.13)
    assert any("is cut short" in remark for remark in found.remarks)


@pytest.mark.parametrize("b_frames", [0, 2])
def test_a_cut_mp4_claims_its_full_length_and_reads_what_is_there(film: FilmMaker, b_frames: int) -> None:
    path = cut(film(frames=250, b_frames=b_frames, muxer={"movflags": "faststart"}), 0.6)
    check_spans(probe(path), path, claimed=10)


@pytest.mark.parametrize(("name", "codec"), [("night.mkv", "libx264"), ("night.avi", "mpeg4")])
def test_a_cut_mkv_or_avi_claims_its_full_length_and_reads_what_is_there(
    film: FilmMaker, name: str, codec: str
) -> None:
    path = cut(film(name, frames=250, codec=codec), 0.6)
    check_spans(probe(path), path, claimed=10)


def test_a_cut_transport_stream_ends_where_its_packets_end(film: FilmMaker) -> None:
    path = cut(film("night.ts", frames=250), 0.6)
    found = probe(path)
    assert found.seconds == pytest.approx(len(shown(path)) / 25, abs=0.13)


def test_sound_that_outlasts_the_video_is_no_cut(film: FilmMaker, tmp_path: Path) -> None:
    long = film("long.mkv", sound=True, frames=150)
    path = tmp_path / "night.mkv"
    with av.open(str(long)) as source, av.open(str(path), "w") as out:
        copies = [out.add_stream_from_template(stream) for stream in source.streams]
        for packet in source.demux():
            if packet.size and (packet.stream_index == 1 or float((packet.pts or 0) * packet.time_base) < 2):
                packet.stream = copies[packet.stream_index]
                out.mux(packet)
    found = probe(path)
    assert found.readable == ()
    assert found.seconds == pytest.approx(2.0, abs=0.1)


def test_packets_lost_in_a_transport_stream_leave_a_hole_up_to_the_next_key_picture(film: FilmMaker) -> None:
    path = film("night.ts", frames=250, keyframe_every=50, width=320, height=240)
    content = bytearray(path.read_bytes())
    lost = len(content) // 2 // 188 * 188
    content[lost : lost + 188] = b""
    path.write_bytes(content)
    before, after = probe(path).readable
    assert before.start == 0
    assert 4 < before.stop < after.start
    assert after.start % 2 == pytest.approx(0, abs=1e-3)  # key pictures come every 2 s
    assert after.stop == pytest.approx(10, abs=1e-3)


def test_a_pause_between_two_pictures_holds_no_video(film: FilmMaker) -> None:
    times = [i / 25 for i in range(50)] + [60 + i / 25 for i in range(50)]
    for name in ("night.mp4", "night.mkv"):
        found = probe(film(name, times=times))
        assert found.seconds == pytest.approx(62, abs=0.05)
        assert [(round(span.start, 1), round(span.stop, 1)) for span in found.readable] == [(0, 2), (60, 62)]


@pytest.mark.parametrize("name", ["night.mp4", "night.mkv"])
def test_what_opening_calls_a_pause_is_what_scanning_calls_undecodable(film: FilmMaker, name: str) -> None:
    for pause in (LONGEST_HELD - 0.1, LONGEST_HELD + 0.1):
        times = [i / 25 + (pause if i >= 50 else 0.0) for i in range(150)]
        recording = recording_of(film(name, times=times))
        readable = recording.segments[0].readable or (recording.segments[0].interval,)
        frames = list(RecordingFrames(recording, ClipSpec(size=32)).frames(0, 19))
        unreadable = [k for k in range(19) if not any(span.contains(frame_time(k)) for span in readable)]
        assert bool(unreadable) == (pause > LONGEST_HELD)
        assert [frame.number for frame in frames if frame.undecodable] == unreadable


def spoil(path: Path, count: int) -> Path:
    """Overwrites the first packets with bytes that no decoder takes."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size][:count]
    content = bytearray(path.read_bytes())
    for packet in packets:
        body = content.index(bytes(packet), packet.pos)
        content[body : body + packet.size] = b"\xff" * packet.size
    path.write_bytes(content)
    return path


def test_a_beginning_that_cannot_be_decoded_is_not_readable(film: FilmMaker) -> None:
    found = probe(spoil(film("night.mkv", frames=250, keyframe_every=50), 50))
    assert found.seconds == pytest.approx(10, abs=0.05)
    assert found.readable[0].start == pytest.approx(2.0, abs=0.01)


def test_a_long_damaged_beginning_does_not_hide_the_rest(film: FilmMaker) -> None:
    # The first whole picture is shown at 12 s; the first place tried after the beginning lies at 16 s.
    found = probe(spoil(film("night.mkv", frames=1600, keyframe_every=50), 280))
    assert found.seconds == pytest.approx(64, abs=0.05)
    assert found.readable[0].start == pytest.approx(12, abs=0.01)


def test_an_encrypted_mp4_is_refused(film: FilmMaker) -> None:
    locked = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": "00" * 16, "encryption_kid": "11" * 16}
    with pytest.raises(MediaError, match="is encrypted"):
        probe(film(muxer=locked))


def test_a_film_that_claims_a_century_is_refused(film: FilmMaker) -> None:
    with pytest.raises(MediaError, match="days"):
        probe(film("night.mkv", times=(0.0, 0.04, 86400.0 * 365 * 20)))


def test_more_than_a_thousand_pictures_a_second_are_refused(film: FilmMaker) -> None:
    with pytest.raises(MediaError, match="pictures a second"):
        probe(film(fps=1500))


def test_time_stamps_that_run_backwards_are_refused(film: FilmMaker, tmp_path: Path) -> None:
    one, two = film("one.ts", frames=300), film("two.ts")
    both = tmp_path / "both.ts"
    both.write_bytes(one.read_bytes() + two.read_bytes())
    with pytest.raises(MediaError, match="run backwards"):
        probe(both)
