"""EEG files beside the video: probed, placed on the clock, refused in words."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import edfio
import numpy as np
import pytest

from reviewer_app.domain.recording import Fingerprint
from reviewer_app.errors import MediaError
from reviewer_app.media.eeg import EegProbe, eeg_file, is_eeg_file, probe_eeg, unique_names

RATE, SECONDS = 16, 4
KINDS: dict[str, tuple[Any, Any]] = {".bdf": (edfio.Bdf, edfio.BdfSignal)}
SAMPLES = np.round(np.sin(np.arange(RATE * SECONDS) / 5) * 100)


def write_eeg(path: Path, labels: tuple[str, ...] = ("Fp1", "Fp2")) -> Path:
    kind, signal = KINDS.get(path.suffix, (edfio.Edf, edfio.EdfSignal))
    kind(
        [signal(SAMPLES, RATE, label=label, physical_range=(-200, 200)) for label in labels],
        recording=edfio.Recording(startdate=date(2026, 3, 14)),
        starttime=time(20, 15, 30),
        data_record_duration=1,
        annotations=[edfio.EdfAnnotation(1.0, 0.5, "note")],
    ).write(path)
    return path


def write_brainvision(folder: Path, *, data_file: str = "a.eeg") -> Path:
    (folder / "a.eeg").write_bytes(np.zeros((RATE * SECONDS, 2), "<i2").tobytes())
    header = folder / "a.vhdr"
    header.write_text(
        "Brain Vision Data Exchange Header File Version 1.0\n\n[Common Infos]\nCodepage=UTF-8\n"
        f"DataFile={data_file}\nMarkerFile=a.vmrk\nDataFormat=BINARY\nDataOrientation=MULTIPLEXED\n"
        f"NumberOfChannels=2\nSamplingInterval={1e6 / RATE:g}\n\n[Binary Infos]\nBinaryFormat=INT_16\n\n"
        "[Channel Infos]\nCh1=Fp1,,0.1,µV\nCh2=Fp2,,0.1,µV\n",
        "utf-8",
    )
    (folder / "a.vmrk").write_text(
        "Brain Vision Data Exchange Marker File, Version 1.0\n\n[Common Infos]\nCodepage=UTF-8\nDataFile=a.eeg\n\n"
        "[Marker Infos]\nMk1=New Segment,,1,1,0,20260314201530000000\n",
        "utf-8",
    )
    return header


@pytest.mark.parametrize("name", ["a.edf", "a.bdf", "A.EDF"])
def test_edf_and_bdf_tell_start_length_and_channels(tmp_path: Path, name: str) -> None:
    probe = probe_eeg(write_eeg(tmp_path / name))
    assert probe.start == datetime(2026, 3, 14, 20, 15, 30)
    assert probe.seconds == SECONDS
    assert probe.channels == ("Fp1", "Fp2")
    assert probe.sampling_rates == (RATE, RATE)


def test_brainvision_is_read_through_its_header(tmp_path: Path) -> None:
    probe = probe_eeg(write_brainvision(tmp_path))
    assert (probe.start, probe.seconds) == (datetime(2026, 3, 14, 20, 15, 30), SECONDS)
    assert probe.channels == ("Fp1", "Fp2")
    assert not is_eeg_file(tmp_path / "a.eeg")
    assert is_eeg_file(tmp_path / "a.vhdr")


@pytest.mark.parametrize("elsewhere", ["../a.eeg", "/etc/hostname", r"..\a.eeg", "C:a.eeg"])
def test_a_header_that_names_a_file_elsewhere_is_refused(tmp_path: Path, elsewhere: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.eeg").write_bytes(bytes(RATE * SECONDS * 4))
    with pytest.raises(MediaError, match="another folder"):
        probe_eeg(write_brainvision(tmp_path / "inner", data_file=elsewhere))


def test_repeated_channel_names_become_unique() -> None:
    assert unique_names(["Fp1", "Fp1 (2)", "Fp1", "Fp1"]) == ("Fp1", "Fp1 (2)", "Fp1 (3)", "Fp1 (4)")


@pytest.mark.parametrize("suffix", [".vhdr", ".eeg", ".lay", ".data", ".txt"])
def test_nonsense_is_refused_in_one_sentence(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(np.random.default_rng(1).bytes(5000))
    with pytest.raises(MediaError, match=rf"^a\{suffix} [^\n]+\.$"):
        probe_eeg(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("suffix", [".edf", ".lay"])
def test_a_fifo_is_refused_without_waiting_for_it(tmp_path: Path, suffix: str) -> None:
    os.mkfifo(tmp_path / f"a{suffix}")
    with pytest.raises(MediaError, match="not a plain file"):
        probe_eeg(tmp_path / f"a{suffix}")


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    for suffix in (".edf", ".vhdr"):
        with pytest.raises(MediaError, match="cannot be read"):
            probe_eeg(tmp_path / f"a{suffix}")


def test_a_thousand_damaged_files_open_or_are_refused(tmp_path: Path) -> None:
    """Most damage is aimed at the header, where it can do harm."""
    sound = write_eeg(tmp_path / "sound.edf").read_bytes()
    path = tmp_path / "damaged.edf"
    refusals = []
    for seed in range(1000):
        chance = np.random.default_rng(seed)
        data = bytearray(sound)
        for _ in range(int(chance.integers(1, 9))):
            data[int(chance.integers(len(data) if chance.random() < 0.2 else 1024))] = int(chance.integers(256))
        if chance.random() < 0.2:
            del data[int(chance.integers(len(data))) :]
        path.write_bytes(data)
        try:
            probe = probe_eeg(path)
        except MediaError as refusal:
            refusals.append(str(refusal))
        else:
            assert len(probe.channels) in (1, 2, 3)
            assert 0 < probe.seconds <= 31 * 86400
    assert all(refusal.startswith("damaged.edf ") for refusal in refusals)
    assert 200 < len(refusals) < 1000


def placed(start: datetime | None, recording_start: datetime) -> float:
    probe = EegProbe(Path("a.edf"), start, 10.0, ("Fp1", "ECG"), (256.0, 512.0), ())
    file = eeg_file(probe, recording_start=recording_start, fingerprint=Fingerprint(1, "00"))
    assert file.sampling_rate == 512
    return file.start


def test_an_eeg_that_began_before_the_video_has_a_negative_start() -> None:
    assert placed(datetime(2026, 3, 14, 20, 15, 20), datetime(2026, 3, 14, 20, 15, 30, tzinfo=UTC)) == -10


def test_the_night_of_the_clock_change_is_an_hour_shorter() -> None:
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert placed(datetime(2026, 3, 29, 6, 0), evening) == timedelta(hours=7).total_seconds()


def test_an_eeg_without_a_date_cannot_be_placed() -> None:
    with pytest.raises(MediaError, match="when it began"):
        placed(None, datetime(2026, 3, 14, tzinfo=UTC))
