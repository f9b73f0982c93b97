import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reviewer_app.domain.event import choose_operating_point, event_curve, pick_events
from reviewer_app.domain.recipe import Optimiser, Recipe
from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import BundleError, MediaError, RequestError, StoreError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import FinetuneRequest, Trained
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Learning, Message, Remark
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.learning.bundle import load_bundle, verify_bundle, write_bundle
from reviewer_app.learning.fit_state import saved_standing
from reviewer_app.learning.manifest import Description, Licence
from reviewer_app.learning.network import seeded_network
from reviewer_app.media.decoder import FileDecoder
from reviewer_app.store import snapshots
from reviewer_app.store.forget import forget
from tests.bundles_maker import CLIP, SPEC
from tests.jobs.studies import Infant, Study, make_study

RECIPE = Recipe(epochs=12, batch=8, learning_rate=3e-3, optimiser=Optimiser.ADAMW, jitter=1, balance=True)
SHORT = replace(RECIPE, epochs=12, batch=4, changes=(), balance=False)
INFANTS = (
    Infant("a"),
    Infant("b", onsets=(9.0, 24.0, 50.0)),
    Infant("c", Role.VALIDATE, 240, (15.0, 60.0, 120.0, 180.0, 220.0)),
    Infant("d", Role.VALIDATE, 240, (20.0, 40.0, 100.0, 150.0)),
    Infant("e", Role.HELD_OUT),
)

Told = tuple[list[Message], Trained, Path]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return make_study(tmp_path_factory.mktemp("study"), INFANTS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Too short for operating points, and quick."""
    infants = (Infant("a", seconds=30, onsets=(8.0, 20.0)), Infant("b", Role.VALIDATE, 30, (10.0, 22.0)))
    return make_study(tmp_path_factory.mktemp("small"), infants)


def request_of(study: Study, bundles: Path, to: Path, **options: Any) -> FinetuneRequest:
    told = {"snapshot": study.identity[:12], "name": "tuned", "base": "tiny", "recipe": RECIPE, "device": "cpu"}
    return FinetuneRequest(study.place, bundle_folders=(bundles,), to=to, **{**told, **options})


def finished(job: Generator[Message, None, Any]) -> tuple[list[Message], Any]:
    messages = []
    while True:
        try:
            messages.append(next(job))
        except StopIteration as stop:
            return messages, stop.value


def done(request: Any) -> tuple[list[Message], Any]:
    return finished(run_job(request, Control(get_context("spawn"))))


@pytest.fixture(scope="module")
def tuned(study: Study, bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One training, during which it is noted which files are decoded."""
    to, decoded = tmp_path_factory.mktemp("tuned"), NotedDecoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reviewer_app.media.video.FileDecoder", decoded)
        messages, trained = done(request_of(study, bundles, to))
    assert set(decoded.paths) == set(study.films[:4]), "a held-out patient's film was decoded"
    return messages, trained, to


class NotedDecoder:
    """Makes decoders and notes what they read."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def __call__(self, segment: Any, **options: Any) -> FileDecoder:
        self.paths.append(segment.path)
        return FileDecoder(segment, **options)


def test_a_tuned_bundle_is_whole_and_tells_where_it_comes_from(tuned: Told, study: Study) -> None:
    _, trained, to = tuned
    bundle = verify_bundle(to / "tuned")
    training: dict[str, Any] = dict(bundle.description.training)
    assert trained.bundle.identity == bundle.identity
    assert trained.epochs == training["epochs"] == 12
    assert training["data"]["snapshot"] == study.identity
    assert (training["data"]["patients"], training["data"]["validation_patients"]) == (2, 2)
    assert training["base"]["name"] == "tiny"
    assert training["validated_on"] == "other patients"
    nights = training["calibrated_on"]
    assert nights["what"].startswith("all reviewed time")
    assert 0 < nights["windows_with_spasms"] < nights["windows"]
    assert bundle.description.licence.spdx == "Apache-2.0"
    assert "4 patients" in bundle.description.notice


def test_it_has_learned_what_its_validation_patients_show(tuned: Told) -> None:
    _, trained, _ = tuned
    figures = {figure.what: figure for figure in trained.validation}
    assert figures["window AUC"].value == pytest.approx(1.0, abs=0.02)
    assert (figures["window AUC"].count, figures["window AUC"].unit) == (2, "patients")
    assert [figure.unit for figure in trained.validation] == ["patients"] * 5, "one patient's spasms are alike"
    assert trained.bundle.operating_points


def test_its_events_lie_at_the_right_second_of_a_recording_that_it_never_saw(tuned: Told, study: Study) -> None:
    """The event curve multiplies score and activity: both heads must follow the trunk."""
    _, trained, to = tuned
    place = LibraryPlace(to / "library", to / "keys")
    _, report = done(ScanRequest((study.films[4],), place, "tuned", (to,), compute=Compute(threads=1)))
    point = choose_operating_point(trained.bundle.operating_points, 8.0)
    events = pick_events(event_curve(report.trace), point)
    assert [event.peak for event in events] == pytest.approx(INFANTS[4].onsets, abs=1.5)


def test_the_door_hears_how_far_the_training_is(tuned: Told) -> None:
    messages, _, _ = tuned
    told = [message for message in messages if isinstance(message, Learning)]
    assert (told[-1].step, told[-1].epoch, told[-1].epochs) == (told[-1].steps, 12, 12)
    looks = [each for each in told if each.validation]
    assert [name for name, _ in looks[-1].validation] == ["loss", "window AUC"]
    assert len(looks) == 12
    assert all(each.clips_per_second > 0 for each in told)


def test_clips_and_states_are_gone_afterwards_unless_the_clips_shall_stay(
    tuned: Told, study: Study, small: Study, bundles: Path, tmp_path: Path
) -> None:
    folder = study.place.folder / "trainings"
    assert list(folder.iterdir()) == [], "not even a lock or what a draft scored"
    done(request_of(small, bundles, tmp_path, recipe=SHORT, name="kept", keep_clips=True))
    open_library(small.place).close()  # the next start sweeps
    assert len(list((small.place.folder / "trainings").glob("clips-*/clips.uint8"))) == 1


SCRIPT = """
import pickle, sys
import torch
from multiprocessing import get_context
from reviewer_app.jobs import tuning
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.run import run_job
if __name__ == "__main__":
    torch.set_num_threads(1)
    tuning.SAVE_EVERY = 0.0
    for _ in run_job(pickle.loads(sys.stdin.buffer.read()), Control(get_context("spawn"))):
        pass
"""


@pytest.mark.usefixtures("one_thread")
def test_a_training_killed_in_the_middle_goes_on_to_equal_weights(small: Study, bundles: Path, tmp_path: Path) -> None:
    recipe = replace(SHORT, epochs=20, patience=15)
    whole = request_of(small, bundles, tmp_path / "whole", recipe=recipe, name="killed")
    _, uninterrupted = done(whole)
    request = replace(whole, to=tmp_path / "again")
    state = small.place.folder / "trainings" / "killed" / "state.safetensors"
    process = subprocess.Popen([sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(request))
    process.stdin.close()
    while not state.exists() or saved_standing(state).step < 2:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert state.exists()
    assert not (tmp_path / "again" / "killed").exists()
    messages, resumed = done(request)
    first = next(message for message in messages if isinstance(message, Learning))
    assert first.step > 1, "it began anew"
    one, other = (load_bundle(each / "killed").network().state_dict() for each in (whole.to, request.to))
    assert all(np.array_equal(one[name].numpy(), other[name].numpy()) for name in one)
    assert resumed.validation == uninterrupted.validation
    assert resumed.bundle.identity == uninterrupted.bundle.identity


def test_a_bundle_that_cannot_be_written_costs_no_training(small: Study, bundles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    request = request_of(small, bundles, tmp_path / "file", recipe=SHORT, name="unpacked")
    with pytest.raises(BundleError):
        done(request)
    messages, trained = done(replace(request, to=tmp_path / "bundles"))
    assert not any(isinstance(message, Learning) for message in messages)
    assert trained.epochs == 12


def test_a_job_killed_after_packing_answers_with_what_it_packed(small: Study, bundles: Path, tmp_path: Path) -> None:
    request = request_of(small, bundles, tmp_path, recipe=SHORT, name="packed")
    _, trained = done(request)
    messages, again = done(request)
    assert not any(isinstance(message, Learning) for message in messages)
    assert again.bundle == trained.bundle
    assert again.epochs == trained.epochs
    told = {each.what: each.value if each.value is None else round(each.value, 4) for each in trained.validation}
    assert {each.what: each.value for each in again.validation} == told


def test_a_name_that_is_taken_is_refused_before_any_work(small: Study, bundles: Path, tmp_path: Path) -> None:
    (tmp_path / "tuned").mkdir()
    with pytest.raises(RequestError, match="already something called tuned"):
        done(request_of(small, bundles, tmp_path))


def test_another_recipe_under_the_name_of_a_stopped_training_is_refused(
    small: Study, bundles: Path, tmp_path: Path
) -> None:
    request = request_of(small, bundles, tmp_path, recipe=RECIPE, name="stopped")
    job = run_job(request, Control(get_context("spawn")))
    while not isinstance(next(job), Learning):
        pass
    job.close()
    with pytest.raises(RequestError, match="A training called stopped was begun with another"):
        done(replace(request, recipe=replace(RECIPE, seed=1)))


def test_two_trainings_of_one_name_at_once_are_refused(small: Study, bundles: Path, tmp_path: Path) -> None:
    request = request_of(small, bundles, tmp_path, name="twice")
    job = run_job(request, Control(get_context("spawn")))
    while not isinstance(next(job), Learning):
        pass
    with pytest.raises(RequestError, match="Another training works in twice"):
        done(request)
    job.close()


@pytest.mark.parametrize("name", ["Tuned", "clips-1", "crossval-2", "traces", "my.lock", "../up"])
def test_a_name_that_makes_no_bundle_is_refused(small: Study, bundles: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match="cannot be called"):
        done(request_of(small, bundles, tmp_path, name=name))


def test_a_base_that_is_not_here_is_named_with_how_to_get_it(small: Study, bundles: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"no bundle called hiera-base-k400.*bundle fetch.*--base starter"):
        done(request_of(small, bundles, tmp_path, base="hiera-base-k400"))


def test_an_unknown_snapshot_is_refused(small: Study, bundles: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no snapshot"):
        done(request_of(small, bundles, tmp_path, snapshot="ffff"))


def test_a_missing_film_is_refused_or_left_out(bundles: Path, tmp_path: Path) -> None:
    roles = {"a": Role.TRAIN, "b": Role.TRAIN, "c": Role.VALIDATE}
    infants = [Infant(name, role, 30, (8.0, 20.0)) for name, role in roles.items()]
    study = make_study(tmp_path, infants)
    study.films[0].unlink()
    request = request_of(study, bundles, tmp_path / "bundles", recipe=SHORT)
    with pytest.raises(MediaError, match=r"a\.mp4.*--without-missing"):
        done(request)
    _, trained = done(replace(request, without_missing=True))
    training: dict[str, Any] = dict(load_bundle(trained.bundle.folder).description.training)
    assert training["data"]["patients"] == 1


def test_validation_patients_of_one_kind_are_refused(bundles: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path, (Infant("a", seconds=30, onsets=(8.0,)), Infant("b", Role.VALIDATE, 30, ())))
    with pytest.raises(RequestError, match="validation patients' windows are not of both kinds"):
        done(request_of(study, bundles, tmp_path / "bundles"))


def test_one_patient_alone_is_judged_by_later_time(bundles: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path, (Infant("a", seconds=120, onsets=(10.0, 25.0, 40.0, 80.0, 100.0)),))
    messages, trained = done(request_of(study, bundles, tmp_path / "bundles", recipe=SHORT))
    assert any(isinstance(m, Remark) and "later part" in m.text for m in messages)
    training: dict[str, Any] = dict(load_bundle(trained.bundle.folder).description.training)
    assert training["data"]["personal"] is True
    assert training["validated_on"] == "later time of the same patients"
    assert list(training["validated_since"].values()) == [60.0]  # in the pause between the third spasm and the fourth
    assert "one patient, for recordings of that patient" in trained.bundle.notice


def of_files(study: Study) -> Study:
    """The same windows, of clip files that no library knows."""
    pairs = zip(study.snapshot.sources, study.films, strict=True)
    snapshot = replace(study.snapshot, sources=tuple(replace(source, file=film) for source, film in pairs))
    with open_library(study.place) as library:
        kept = snapshots.put(library, snapshot, name="files")
        for number in range(1, len(study.films) + 1):
            forget(library, number, rater=None)
    return replace(study, snapshot=snapshot, identity=kept.identity)


def test_clip_files_make_a_bundle_without_operating_points_and_that_is_said(bundles: Path, tmp_path: Path) -> None:
    infants = (Infant("a", seconds=30, onsets=(8.0, 20.0)), Infant("b", Role.VALIDATE, 30, (10.0, 22.0)))
    study = of_files(make_study(tmp_path, infants))
    messages, trained = done(request_of(study, bundles, tmp_path / "bundles", recipe=SHORT))
    assert any(isinstance(m, Remark) and "picks no events" in m.text for m in messages)
    assert any(isinstance(m, Remark) and "on whole nights they run high" in m.text for m in messages)
    assert "run high" in str(load_bundle(trained.bundle.folder).description.training["calibrated_on"])
    assert trained.bundle.operating_points == ()
    assert len(trained.validation) == 4


def test_clip_files_without_a_patient_to_validate_on_are_refused(bundles: Path, tmp_path: Path) -> None:
    study = of_files(make_study(tmp_path, (Infant("a", seconds=30, onsets=(8.0, 20.0)),)))
    with pytest.raises(RequestError, match="clip files do not tell the order of time"):
        done(request_of(study, bundles, tmp_path / "bundles", recipe=SHORT))


def test_one_patient_with_one_spasm_is_refused(bundles: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path, (Infant("a", seconds=30, onsets=(10.0,)),))
    with pytest.raises(RequestError, match="later windows are not of both kinds"):
        done(request_of(study, bundles, tmp_path / "bundles"))


def test_a_bundle_inherits_a_non_commercial_licence(small: Study, tmp_path: Path) -> None:
    told = Description("bound", SPEC, CLIP, Licence("CC-BY-NC-4.0", "By Meta."))
    write_bundle(tmp_path / "bases" / "bound", seeded_network(SPEC, CLIP, seed=1), told)
    _, trained = done(request_of(small, tmp_path / "bases", tmp_path / "own", base="bound", recipe=SHORT))
    assert trained.bundle.licence == "CC-BY-NC-4.0"
    assert "not for commercial use" in trained.bundle.notice
