import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest

from reviewer_app.errors import MediaError
from reviewer_app.media.container import open_container, plain_file, video_stream
from tests.conftest import FilmMaker


def refusal(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(MediaError) as caught, open_container(path) as container:
        video_stream(container, path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert str(path.parent) not in sentence  # folders may hold names
    assert "\n" not in sentence
    return sentence


@contextmanager
def listener() -> Iterator[tuple[int, list[int]]]:
    """A server on this machine; gives its port and a list that grows with every connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connections: list[int] = []
        server.settimeout(0.05)
        stop = threading.Event()

        def count() -> None:
            while not stop.is_set():
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    continue
                connections.append(1)

        thread = threading.Thread(target=count)
        thread.start()
        try:
            yield server.getsockname()[1], connections
        finally:
            stop.set()
            thread.join()


LISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}/a.ts\n#EXT-X-ENDLIST\n",
    "m3u": "#EXTM3U\n{url}/a.mp4\n",
    "ffconcat": "ffconcat version 1.0\nfile '{url}/a.mp4'\n",
    "concat": "file '{url}/a.mp4'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    "dash": "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><BaseURL>{url}/</BaseURL></MPD>",
    "asx": "<asx version='3.0'><entry><ref href='{url}/a.wmv'/></entry></asx>",
    "address": "{url}/a.mp4\n",
    "rtsp": "rtsp://127.0.0.1:{port}/a\n",
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_playlist_named_mp4_is_refused_and_connects_to_nobody(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "night.mp4"
    with listener() as (port, connections):
        path.write_text(LISTS[kind].format(url=f"http://127.0.0.1:{port}", port=port))
        assert "list of other files" in refusal(path)
        assert connections == []


def test_a_name_that_is_an_address_is_only_ever_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with listener() as (port, connections):
        for name in (f"http://127.0.0.1:{port}/a.mp4", f"tcp://127.0.0.1:{port}", "concat:a.mp4|b.mp4", "-"):
            with pytest.raises(MediaError, match="There is no file"), open_container(Path(name)):
                pass
        assert connections == []


def test_a_file_whose_name_looks_like_an_address_opens_as_a_file(
    film: FilmMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film("concat:night.mp4")
    monkeypatch.chdir(path.parent)
    with open_container(Path(path.name)) as container:
        assert len(container.streams.video) == 1


def test_a_concat_list_opens_no_other_file(tmp_path: Path) -> None:
    other = tmp_path / "other.mp4"
    os.mkfifo(other)
    opened = threading.Event()

    def write() -> None:
        os.close(os.open(other, os.O_WRONLY))  # waits until somebody opens the file to read
        opened.set()

    thread = threading.Thread(target=write)
    thread.start()
    path = tmp_path / "night.mp4"
    path.write_text("ffconcat version 1.0\nfile other.mp4\n")
    try:
        refusal(path)
        assert not opened.wait(0.1)
    finally:
        os.close(os.open(other, os.O_RDONLY | os.O_NONBLOCK))
        thread.join()


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "night.mp4"
    os.mkfifo(path)
    assert "is a pipe" in refusal(path)


def test_a_socket_is_refused(tmp_path: Path) -> None:
    # A socket's path must be short.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "s.mp4"
        server.bind(str(path))
        assert "is a socket" in refusal(path)


def test_devices_folders_and_odd_names_are_refused(tmp_path: Path) -> None:
    assert "is a device" in refusal(Path("/dev/zero"))
    assert "is a folder" in refusal(tmp_path)
    for path in (tmp_path / ("n" * 300), Path("a\0b.mp4")):
        with pytest.raises(MediaError, match="cannot be read"):
            plain_file(path)


def test_missing_dead_and_empty_files_are_told_apart(tmp_path: Path) -> None:
    link, empty = tmp_path / "link.mp4", tmp_path / "empty.mp4"
    link.symlink_to(tmp_path / "gone.mp4")
    empty.touch()
    assert "link to a file that is gone" in refusal(link)
    assert "There is no file" in refusal(tmp_path / "gone.mp4")
    assert "is empty" in refusal(empty)


def test_a_file_without_permission_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "night.mp4"
        path.write_bytes(b"1")
        path.chmod(0)
        Path(folder).chmod(0o755)
        am_root = os.geteuid() == 0
        if am_root:  # whom no permission stops
            os.seteuid(65534)
        try:
            assert "may not be read" in refusal(path)
        finally:
            if am_root:
                os.seteuid(0)


def test_eeg_alone_is_named_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "night.edf"
    path.write_bytes(b"0       " + b" " * 1000)
    assert "holds EEG and no video" in refusal(path)
    assert "holds EEG and no video" in refusal(path.rename(tmp_path / "night.mp4"))


def test_text_and_pictures_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "night.mp4"
    for content in (b"hello " * 100, b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500), b"\x89PNG\r\n\x1a\n" + bytes(500)):
        path.write_bytes(content)
        assert "no video of a known kind" in refusal(path)


def test_a_film_whose_index_was_never_written_says_so(film: FilmMaker) -> None:
    path = film()
    path.write_bytes(path.read_bytes()[:3000])
    assert "index is missing" in refusal(path)


def test_sound_without_video_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", 16_000)
        for i in range(4):
            frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
            frame.sample_rate, frame.pts = 16_000, i * 1024
            frame.planes[0].update(bytes(2048))
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
    assert "holds no video" in refusal(path)


def element(number: str, content: bytes) -> bytes:
    """One element of a Matroska file: its number, its length in eight bytes, its content."""
    return bytes.fromhex(number) + b"\x01" + len(content).to_bytes(7, "big") + content


def test_an_encrypted_webm_is_refused(tmp_path: Path) -> None:
    key = element("5035", element("47e1", b"\x05") + element("47e2", b"sixteen byte key"))
    encodings = element("6d80", element("6240", element("5033", b"\x01") + key))
    size = element("e0", element("b0", b"\x40") + element("ba", b"\x40"))
    track = element("d7", b"\x01") + element("73c5", b"\x01") + element("83", b"\x01") + element("86", b"V_VP9")
    block = element("a3", b"\x81\x00\x00\x80" + bytes(range(64)))
    path = tmp_path / "night.webm"
    path.write_bytes(
        element("1a45dfa3", element("4282", b"webm"))
        + element(
            "18538067",
            element("1654ae6b", element("ae", track + size + encodings))
            + element("1f43b675", element("e7", b"\0") + block),
        )
    )
    assert "is encrypted" in refusal(path)


def test_a_codec_that_is_not_on_the_list_says_how_to_convert(film: FilmMaker) -> None:
    sentence = refusal(film("night.avi", codec="huffyuv", pixel_format="yuv422p", frames=2))
    assert "huffyuv" in sentence
    assert "ffmpeg -i in" in sentence


def test_more_streams_than_any_camera_writes_are_refused(film: FilmMaker) -> None:
    path = film(frames=2)
    many = path.with_name("many.mkv")
    with av.open(str(path)) as source, av.open(str(many), "w") as out:
        packet = next(source.demux(source.streams.video[0]))
        streams = [out.add_stream_from_template(source.streams.video[0]) for _ in range(65)]
        for stream in streams:
            packet.stream = stream
            out.mux(packet)
    assert "65 streams" in refusal(many)


@pytest.mark.parametrize(("width", "height"), [(9000, 100), (8000, 8000)])
def test_pictures_larger_than_any_camera_makes_are_refused_before_decoding(
    film: FilmMaker, width: int, height: int
) -> None:
    path = film("night.avi", codec="mjpeg", pixel_format="yuvj420p", frames=2)
    content = bytearray(path.read_bytes())
    header = content.index(b"strf") + 8
    content[header + 4 : header + 12] = width.to_bytes(4, "little") + height.to_bytes(4, "little")
    # The pictures say so, too: the frame header of a JPEG holds height and width.
    at = content.index(b"\xff\xc0")
    while at >= 0:
        content[at + 5 : at + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
        at = content.find(b"\xff\xc0", at + 1)
    path.write_bytes(content)
    assert "no camera makes" in refusal(path)


def test_nothing_is_written_to_the_terminal(film: FilmMaker, capfd: pytest.CaptureFixture[str]) -> None:
    path = film()
    content = bytearray(path.read_bytes())
    content[200:2000] = bytes(1800)
    path.write_bytes(content)

    def decode() -> None:
        with open_container(path) as container:
            for packet in container.demux(video_stream(container, path)):
                packet.decode()

    with pytest.raises(MediaError, match="cannot be read to its end"):
        decode()
    assert capfd.readouterr() == ("", "")
