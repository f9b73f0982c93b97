"""The gate: on whom two bundles are compared, what is said of it, and what is refused."""

import pickle
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch

from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.snapshot import Role
from reviewer_app.domain.source import GridFrame
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs import loading
from reviewer_app.jobs.learn_request import Comparison
from reviewer_app.jobs.message import Heartbeat, Remark, StepsDone
from reviewer_app.jobs.request import LibraryPlace, ScanRequest
from reviewer_app.learning.bundle import WEIGHTS
from reviewer_app.media.video import RecordingFrames
from reviewer_app.store import promotions, recordings, traces
from tests.bundles_maker import make_bundles
from tests.conftest import FilmMaker
from tests.jobs.trials import (
    QuickPredictor,
    add_night,
    done,
    keep_snapshot,
    make_bundle,
    opened,
    question,
    starter_of,
    unlabelled,
)
from tests.learning.sealing import reseal
from tests.learning.test_bundle_damage import Payload, change_weights

ROLES = {"P1": Role.TRAIN, "P2": Role.VALIDATE, "P3": Role.HELD_OUT, "P4": Role.HELD_OUT}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network scores, but where a test is about just that."""
    monkeypatch.setattr(loading, "Predictor", QuickPredictor)


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library", tmp_path / "keys")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_bundles(tmp_path / "bundles")


@pytest.fixture
def hospital(place: LibraryPlace, folder: Path, film: FilmMaker) -> LibraryPlace:
    """Four patients, two of them held out, and a candidate that learned from the others."""
    with opened(place) as library:
        numbers = [add_night(library, film, patient, spasms=(4.0, 12.0)) for patient in ROLES]
        snapshot = keep_snapshot(library, ROLES, numbers[:2])
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot=snapshot)
    return place


def compared(place: LibraryPlace, folder: Path, **changes: Any) -> Comparison:
    answer: Comparison = done(question(place, folder, **changes))[1]
    return answer


def test_bundles_meet_on_finalised_time_of_held_out_patients_alone(
    hospital: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(hospital) as library:
        silent = recordings.add(library, unlabelled(film, "P3", night=1))
        before = traces.summaries(library)
    messages, found = done(question(hospital, folder))
    assert found.recordings == 2
    assert {number for number, _ in found.heads} == {3, 4}
    assert found.hours == pytest.approx(40 / 3600, rel=0.05)
    assert (found.current.name, found.candidate.name) == ("tiny", "candidate")
    assert any(isinstance(each, Remark) and f"Recording {silent} is left out" in each.text for each in messages)
    assert all(each.patients == 2 for each in found.figures)
    assert "cannot be told apart with 2 patients: at least 6" in found.advice
    assert found.may_be_promoted
    with opened(hospital) as library:
        assert traces.summaries(library) == before  # no trace on trial ever enters the library


def test_the_same_comparison_again_scans_nothing_and_says_the_same(hospital: LibraryPlace, folder: Path) -> None:
    first = compared(hospital, folder)
    for path in hospital.folder.parent.glob("*.mp4"):
        path.unlink()
    messages, second = done(question(hospital, folder))
    assert second == first
    assert not any(isinstance(each, StepsDone) for each in messages)


def test_a_decoder_that_stands_still_is_seen_by_the_beats_of_a_trial(
    hospital: LibraryPlace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = RecordingFrames.frames

    def slow(self: RecordingFrames, first: int, stop: int) -> Iterator[GridFrame]:
        for frame in frames(self, first, stop):
            if frame.number == 20:
                time.sleep(1.7)
            yield frame

    monkeypatch.setattr(RecordingFrames, "frames", slow)
    messages, _ = done(question(hospital, folder))
    beats = [each for each in messages if isinstance(each, Heartbeat) and each.at == "P3-0.mp4"]
    assert len(beats) > len(set(beats)), "it was at the same step when it was heard again"


def test_a_finished_scan_of_the_current_bundle_is_not_done_again(hospital: LibraryPlace, folder: Path) -> None:
    films = [hospital.folder.parent / f"{patient}-0.mp4" for patient in ("P3", "P4")]
    trial = compared(hospital, folder)
    for path in films:
        done(ScanRequest((path,), hospital, "tiny", (folder,), crop=WHOLE_PICTURE))
    shutil.rmtree(hospital.folder / "trainings")
    messages, again = done(question(hospital, folder))
    assert again.figures == trial.figures
    assert {each.what for each in messages if isinstance(each, StepsDone)} == {"scanning with candidate"}


def test_a_held_out_patient_from_whom_the_candidate_learned_elsewhere_does_not_count(
    hospital: LibraryPlace, folder: Path
) -> None:
    with opened(hospital) as library:
        other = keep_snapshot(library, {"P3": Role.TRAIN, "P1": Role.TRAIN})
    child = make_bundle(folder / "child", base=starter_of(folder), snapshot=other)
    make_bundle(folder / "grandchild", base=child, snapshot=other, seed=9)
    assert [number for number, _ in compared(hospital, folder, candidate="grandchild").heads] == [4]


def test_a_held_out_patient_spelled_in_two_ways_is_one_patient(
    hospital: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(hospital) as library:
        number = add_night(library, film, "P3", night=2, spasms=(6.0,))
        recordings.set_patient(library, number, " p3")
    found = compared(hospital, folder)
    assert found.recordings == 3
    assert all(each.patients == 2 for each in found.figures)


def test_whoever_was_learned_from_under_another_name_is_not_compared_on(
    hospital: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(hospital) as library:
        recordings.set_patient(library, 1, "P-01")
        other = add_night(library, film, "P1", night=1, spasms=(4.0,))
        recordings.set_patient(library, other, "p-01")
        keep_snapshot(library, {"P-01": Role.HELD_OUT, "P-02": Role.HELD_OUT}, [1])
        recordings.set_patient(library, 4, "P-02")
        recordings.set_patient(library, 2, "P-02")  # of whom the candidate learned: two that became one
    assert [number for number, _ in compared(hospital, folder).heads] == [3]


def test_whoever_is_held_out_stays_so_under_another_name(hospital: LibraryPlace, folder: Path) -> None:
    with opened(hospital) as library:
        keep_snapshot(library, {"P3": Role.HELD_OUT, "P4": Role.HELD_OUT}, [3, 4])
        recordings.set_patient(library, 3, "P-03")
        recordings.set_patient(library, 4, "")
    assert [number for number, _ in compared(hospital, folder).heads] == [3], "nobody is compared on whom nobody knows"


def test_a_bundle_of_another_library_is_compared_with_a_warning(hospital: LibraryPlace, folder: Path) -> None:
    make_bundle(folder / "stranger", base=starter_of(folder), snapshot="e" * 64)
    messages, found = done(question(hospital, folder, "stranger"))
    assert any(isinstance(each, Remark) and "snapshot of another library" in each.text for each in messages)
    assert found.may_be_promoted


def test_without_anybody_held_out_there_is_nothing_to_promote_on(
    place: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(place) as library:
        number = add_night(library, film, "P1")
        snapshot = keep_snapshot(library, {"P1": Role.TRAIN, "P2": Role.TRAIN}, [number])
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot=snapshot)
    found = compared(place, folder)
    assert not found.may_be_promoted
    assert found.figures == ()
    assert "nobody to compare on" in found.advice


def test_the_current_bundle_is_not_compared_with_itself(hospital: LibraryPlace, folder: Path) -> None:
    with pytest.raises(RequestError, match="current bundle already"):
        done(question(hospital, folder, "tiny"))


def test_without_an_operating_point_nothing_would_be_flagged(hospital: LibraryPlace, folder: Path) -> None:
    make_bundle(folder / "blind", base=starter_of(folder), snapshot="", points=())
    found = compared(hospital, folder, candidate="blind")
    assert not found.may_be_promoted
    assert "no operating point" in found.advice


def test_a_candidate_outside_the_folders_of_bundles_is_not_promoted(
    hospital: LibraryPlace, folder: Path, tmp_path: Path
) -> None:
    shutil.move(folder / "candidate", tmp_path / "elsewhere")
    found = compared(hospital, folder, candidate=str(tmp_path / "elsewhere"))
    assert not found.may_be_promoted
    assert "folder of bundles" in found.advice


def test_a_comparison_with_another_bundle_than_the_current_one_promotes_nothing(
    hospital: LibraryPlace, folder: Path
) -> None:
    make_bundle(folder / "third", seed=11)
    found = compared(hospital, folder, current="third")
    assert found.current.name == "third"
    assert not found.may_be_promoted
    assert "The current bundle is tiny" in found.advice


def test_files_that_went_away_leave_their_recording_out(hospital: LibraryPlace, folder: Path) -> None:
    (hospital.folder.parent / "P3-0.mp4").unlink()
    messages, found = done(question(hospital, folder))
    assert [number for number, _ in found.heads] == [4]
    assert any(isinstance(each, Remark) and "Recording 3 is left out" in each.text for each in messages)


# One patient alone


@pytest.fixture
def personal(place: LibraryPlace, folder: Path, film: FilmMaker) -> LibraryPlace:
    """A candidate that learned from the first 9 s of one patient's first night."""
    with opened(place) as library:
        number = add_night(library, film, "P1", spasms=(4.0, 14.0))
        snapshot = keep_snapshot(library, {"P1": Role.TRAIN}, [number], until=9.0)
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot=snapshot, patients=1)
    return place


def test_a_bundle_of_one_patient_is_tested_on_later_time_only(personal: LibraryPlace, folder: Path) -> None:
    found = compared(personal, folder)
    assert found.patient == "P1"
    assert found.hours == pytest.approx(11 / 3600, rel=0.05)
    assert found.may_be_promoted
    assert "recordings of that patient only" in found.advice


def test_a_renamed_patient_is_tested_on_what_is_later_than_all_learned_under_either_name(
    place: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(place) as library:
        number = add_night(library, film, "P1", spasms=(4.0, 18.0))
        before = keep_snapshot(library, {"P1": Role.TRAIN}, [number], until=14.0)
        recordings.set_patient(library, number, "P-01")
        after = keep_snapshot(library, {"P-01": Role.TRAIN}, [number], until=9.0)
    parent = make_bundle(folder / "parent", base=starter_of(folder), snapshot=before, patients=1)
    make_bundle(folder / "candidate", base=parent, snapshot=after, patients=1, seed=9)
    found = compared(place, folder)
    assert found.patient == "P-01"
    assert found.hours == pytest.approx(6 / 3600, rel=0.05)


def test_a_bundle_of_one_patient_without_later_time_cannot_be_promoted(
    place: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    with opened(place) as library:
        add_night(library, film, "P1", spasms=(4.0,))
        later = add_night(library, film, "P1", night=1, spasms=(4.0,))
        snapshot = keep_snapshot(library, {"P1": Role.TRAIN}, [later], until=20.0)
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot=snapshot, patients=1)
    found = compared(place, folder)
    assert not found.may_be_promoted
    assert "only after a test on what was recorded later" in found.advice


def test_a_bundle_of_one_patient_needs_a_later_spasm(place: LibraryPlace, folder: Path, film: FilmMaker) -> None:
    with opened(place) as library:
        number = add_night(library, film, "P1", spasms=(4.0,))
        snapshot = keep_snapshot(library, {"P1": Role.TRAIN}, [number], until=9.0)
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot=snapshot, patients=1)
    found = compared(place, folder)
    assert not found.may_be_promoted
    assert "No spasm was recorded after" in found.advice


def test_a_bundle_of_one_patient_of_another_library_cannot_be_promoted(hospital: LibraryPlace, folder: Path) -> None:
    make_bundle(folder / "stranger", base=starter_of(folder), snapshot="e" * 64, patients=1)
    found = compared(hospital, folder, candidate="stranger")
    assert not found.may_be_promoted
    assert "whom this library does not know" in found.advice


# Candidates that cannot be trusted


def flip(weights: Path) -> None:
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)


def cut_a_weight(weights: Path) -> None:
    tensors = safetensors.torch.load_file(weights)
    tensors["score.weight"] = tensors["score.weight"][:, :-1].contiguous()
    safetensors.torch.save_file(tensors, weights)
    reseal(weights.parent)


def no_numbers(weights: Path) -> None:
    change_weights(weights.parent, lambda tensors: tensors["score.weight"].fill_(float("nan")))


def other_scores(weights: Path) -> None:
    change_weights(weights.parent, lambda tensors: tensors["score.bias"].add_(1.0))


def a_pickle(weights: Path) -> None:
    payload = pickle.dumps(Payload(weights.parents[2] / "marker"))
    weights.write_bytes(payload + bytes(200_000))
    reseal(weights.parent)


@pytest.mark.parametrize("spoil", [flip, cut_a_weight, no_numbers, other_scores, a_pickle])
def test_a_candidate_that_cannot_be_trusted_is_refused_before_the_first_score(
    hospital: LibraryPlace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    def scores(*_: object, **__: object) -> None:
        raise AssertionError("something was scored")

    monkeypatch.setattr(loading, "Predictor", scores)
    spoil(folder / "candidate" / WEIGHTS)
    with pytest.raises(BundleError):
        done(question(hospital, folder))
    assert not (tmp_path / "marker").exists()
    with opened(hospital) as library:
        assert promotions.history(library) == ()
