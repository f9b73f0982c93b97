"""The EEG shows what it should at each spasm, begins before the video, and does not name the truth."""

from datetime import datetime, timedelta
from pathlib import Path

import edfio
import numpy as np
import pytest
from numpy.typing import NDArray

from reviewer_app.phantom.eeg import EEG_LEAD, write_eeg
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology
from reviewer_app.phantom.scene import SceneKind, ShotPlan
from reviewer_app.phantom.script import NightScript, ScriptFile, Take
from reviewer_app.phantom.truth import truth_of

ONSETS = (10.0, 30.0, 50.0, 70.0)
SHOT = ShotPlan(
    SceneKind.WARD,
    1,
    88.0,
    tuple(Movement(MovementKind.SPASM, onset, 1.5, 1.0, Semiology.FLEXOR, side=0.9) for onset in ONSETS),
)
SCRIPT = NightScript("PHANTOM-0001", datetime(2026, 3, 14, 20, 0), (ScriptFile((Take(SHOT, 0.0, 88.0),)),))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("eeg") / "a.edf"
    for _ in write_eeg(path, SCRIPT, truth_of(SCRIPT), seed=3):
        pass
    return path


def samples(edf: edfio.Edf, label: str, start: float, stop: float) -> NDArray[np.float64]:
    signal = edf.get_signal(label)
    rate = signal.sampling_frequency
    return np.asarray(signal.data[int((start + EEG_LEAD) * rate) : int((stop + EEG_LEAD) * rate)])


def test_the_eeg_begins_before_the_video_and_outlasts_it(written: Path) -> None:
    edf = edfio.read_edf(written)
    assert datetime.combine(edf.startdate, edf.starttime) == SCRIPT.start - timedelta(seconds=EEG_LEAD)
    assert edf.duration > EEG_LEAD + 88
    assert len(edf.signals) == 22
    assert edf.patient.code == "PHANTOM-0001"


def test_slow_waves_are_as_high_as_in_hypsarrhythmia(written: Path) -> None:
    edf = edfio.read_edf(written)
    for label in ("EEG Fp1", "EEG Cz", "EEG O2"):
        quiet = samples(edf, label, 16, 28)
        assert 250 < np.percentile(quiet, 99) - np.percentile(quiet, 1) < 1500
        assert np.abs(edf.get_signal(label).data).max() < 2500


def test_each_spasm_brings_a_slow_wave_and_then_a_flat_stretch(written: Path) -> None:
    edf = edfio.read_edf(written)
    usual = np.median([samples(edf, "EEG Cz", onset - 5, onset - 1).std() for onset in ONSETS])
    flat = [samples(edf, "EEG Cz", onset + 0.8, onset + 1.4).std() for onset in ONSETS]
    slow = [np.ptp(samples(edf, "EEG Cz", onset - 0.3, onset + 0.8)) for onset in ONSETS]
    assert max(flat) < 0.5 * usual
    assert min(slow) > 500


def test_muscle_swells_and_fades_and_follows_the_side(written: Path) -> None:
    edf = edfio.read_edf(written)
    right = [samples(edf, "EMG Deltoid R", onset, onset + 1.5) for onset in ONSETS]
    left = [samples(edf, "EMG Deltoid L", onset, onset + 1.5) for onset in ONSETS]
    assert np.std(right) > 3 * np.std(left)
    first, middle, last = (np.std([part[i : i + 96] for part in right]) for i in (0, 144, 288))
    assert middle > 2 * first
    assert middle > 2 * last
    assert samples(edf, "EMG Deltoid R", 20, 25).std() < 0.1 * middle


def test_the_file_does_not_tell_the_reviewer_where_spasms_are(written: Path) -> None:
    assert b"spasm" not in written.read_bytes().lower()
    assert [annotation.onset for annotation in edfio.read_edf(written).annotations] == [0]


def test_the_same_seed_writes_the_same_bytes(written: Path, tmp_path: Path) -> None:
    for _ in write_eeg(tmp_path / "b.edf", SCRIPT, truth_of(SCRIPT), seed=3):
        pass
    assert (tmp_path / "b.edf").read_bytes() == written.read_bytes()
