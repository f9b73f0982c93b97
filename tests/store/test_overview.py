from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.ledger import reversal
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, recordings, traces
from reviewer_app.store.library import Library
from reviewer_app.store.overview import missing_files, overview
from tests.store import examples, sayings


def test_every_recording_is_shown_with_its_scans_and_what_stands_of_each_rater(library: Library) -> None:
    number, (anna, ben, _) = sayings.begun(library, "Anna", "Ben", "Cora")
    half = examples.begin(library, windows=100)
    traces.append(library, half, examples.chunk(0, 40))
    examples.begin(library, bundle="d", windows=10)
    other = recordings.add(library, examples.night(mark="f", patient=""))
    first = sayings.made(sayings.statement(10))
    sayings.told(library, number, anna, first, sayings.made(sayings.statement(20)), sayings.covered(0, 60))
    sayings.told(library, number, anna, sayings.changed(first, sayings.statement(10, label=Label.UNSURE)))
    gone = sayings.told(library, number, ben, sayings.made(sayings.statement(20)))
    sayings.told(library, other, ben, sayings.made(sayings.statement(30)))
    ledger.append(library, number, reversal(gone, made_at=sayings.WHEN))
    one, two = overview(library)
    night = examples.night()
    assert (one.recording_id, one.identity, one.patient, one.seconds) == (number, night.identity, "P7", 130)
    assert one.start == night.start
    assert one.paths == (Path("/nights/one.mp4"), Path("/nights/two.mp4"))
    assert one.eeg_paths == (Path("/nights/night.edf"),)
    assert [(scan.bundle_name, scan.stored, scan.grid.count) for scan in one.scans] == [
        ("starter 1", 40, 100),
        ("starter 1", 0, 10),
    ]
    assert one.newest_scan == one.scans[1]
    assert one.annotations == ((anna, 2),)
    assert (two.newest_scan, two.annotations, two.patient) == (None, ((ben, 1),), "")


def test_only_files_that_are_away_are_missing(tmp_path: Path) -> None:
    (tmp_path / "there.mp4").touch()
    assert missing_files([tmp_path / "there.mp4", tmp_path / "away.mp4"]) == (tmp_path / "away.mp4",)


def test_a_patient_is_named_and_taken_back(library: Library) -> None:
    number = recordings.add(library, examples.night())
    recordings.set_patient(library, number, "P9")
    assert recordings.load(library, number) == examples.night(patient="P9")
    recordings.set_patient(library, number, "")
    assert recordings.load(library, number) == replace(examples.night(), patient="")
    with pytest.raises(StoreError, match=r"NOT SAVED\. .*no recording 9"):
        recordings.set_patient(library, 9, "P1")
