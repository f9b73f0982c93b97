"""EDF headers that lie, and the clocks of those that do not."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import edfio
import numpy as np
import pytest

from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.edf import read_edf_header, record_pieces

RATE, SECONDS = 32, 6
SIGNAL_FIELD = {"physical_min": 104, "physical_max": 112, "digital_min": 120, "digital_max": 128, "samples": 216}


def write_edf(path: Path, *, starttime: time = time(20, 15, 30), annotated: bool = True) -> Path:
    wave = np.sin(np.arange(RATE * SECONDS) / 5) * 100
    signals = [
        edfio.EdfSignal(wave, RATE, label=label, physical_dimension="uV", physical_range=(-200, 200))
        for label in ("Fp1", "Fp2")
    ]
    edfio.Edf(
        signals,
        recording=edfio.Recording(startdate=date(2026, 3, 14)),
        starttime=starttime,
        data_record_duration=1,
        annotations=[edfio.EdfAnnotation(1.0, 0.5, "note")] if annotated else None,
    ).write(path)
    return path


def patch(path: Path, position: int, text: bytes) -> Path:
    data = bytearray(path.read_bytes())
    data[position : position + len(text)] = text
    path.write_bytes(data)
    return path


def signal_position(field: str, *, signal: int = 0, count: int = 3) -> int:
    """Where a signal's field stands: fields of one kind lie together, ``SIGNAL_FIELD`` gives bytes before them."""
    return 256 + SIGNAL_FIELD[field] * count + 8 * signal


def pause(path: Path, onsets: list[float]) -> Path:
    """Makes a continuous EDF+ file one with pauses, by writing another start into each record."""
    header = read_edf_header(path)
    where = header.clock_bytes
    assert where is not None
    patch(path, 192, b"EDF+D")
    for i, onset in enumerate(onsets):
        stamp = f"+{onset:g}\x14\x14\x00".encode().ljust(where.stop - where.start, b"\x00")
        patch(path, header.header_bytes + i * header.record_bytes + where.start, stamp)
    return path


def test_a_sound_header_tells_its_counts_and_clock(tmp_path: Path) -> None:
    header = read_edf_header(write_edf(tmp_path / "a.edf"))
    assert header.start == datetime(2026, 3, 14, 20, 15, 30)
    assert (header.records, header.record_seconds, header.samples[:2]) == (SECONDS, 1.0, (RATE, RATE))
    assert header.signals == (0, 1)
    assert header.plus
    assert not header.paused


def test_a_fraction_of_a_second_stands_in_the_first_record(tmp_path: Path) -> None:
    path = write_edf(tmp_path / "a.edf", starttime=time(20, 15, 30, 250_000))
    assert record_pieces(path, read_edf_header(path)) == (0.25, (Interval(0, SECONDS),))


def test_pauses_divide_a_recording_into_pieces(tmp_path: Path) -> None:
    path = pause(write_edf(tmp_path / "a.edf"), [0, 1, 2, 10, 11, 40.5])
    assert record_pieces(path, read_edf_header(path)) == (0, (Interval(0, 3), Interval(10, 12), Interval(40.5, 41.5)))


@pytest.mark.parametrize("onsets", [[0, 1, 0.5, 3, 4, 5], [0, 1, 2, 3, 4, 9e8]])
def test_records_that_jump_about_are_refused(tmp_path: Path, onsets: list[float]) -> None:
    path = pause(write_edf(tmp_path / "a.edf"), onsets)
    with pytest.raises(MediaError, match=r"a\.edf"):
        record_pieces(path, read_edf_header(path))


LIES: dict[str, Callable[[Path], object]] = {
    "never closed": lambda path: patch(path, 236, b"-1      "),
    "goes on beyond its end": lambda path: patch(path, 236, b"5       "),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "shorter than its own header": lambda path: path.write_bytes(path.read_bytes()[:700]),
    "header size": lambda path: patch(path, 184, b"99999999"),
    "claims 0 signals": lambda path: patch(path, 252, b"0   "),
    "claims 9999 signals": lambda path: patch(path, 252, b"9999"),
    "number of signals": lambda path: patch(path, 252, b"x1  "),
    "claims 99999999 data records": lambda path: patch(path, 236, b"99999999"),
    "length of a data record": lambda path: patch(path, 244, b"nan     "),
    "data records of 0 s": lambda path: patch(path, 244, b"0       "),
    "days": lambda path: patch(path, 244, b"900000  "),
    "digital range": lambda path: patch(path, signal_position("digital_min"), b"32767   "),
    "physical range": lambda path: patch(path, signal_position("physical_min", signal=1), b"200     "),
    "samples in 1 s": lambda path: patch(path, signal_position("samples"), b"9999999 "),
    "not an EDF": lambda path: path.write_bytes(b"#EXTM3U\n" * 100),
}


@pytest.mark.parametrize("reason", LIES)
def test_a_header_that_lies_is_refused(tmp_path: Path, reason: str) -> None:
    path = write_edf(tmp_path / "a.edf")
    LIES[reason](path)
    with pytest.raises(MediaError, match=reason) as refusal:
        read_edf_header(path)
    assert "a.edf" in str(refusal.value)


def test_blank_and_impossible_dates_are_unknown_not_errors(tmp_path: Path) -> None:
    for stamp in (b"        20.15.30", b"31.02.2620.15.30", b"01.01.0124.00.00"):
        assert read_edf_header(patch(write_edf(tmp_path / "a.edf"), 168, stamp)).start is None


def test_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not a plain file"):
        read_edf_header(tmp_path)
