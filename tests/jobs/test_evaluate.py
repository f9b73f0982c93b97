"""Evaluation end to end: scanned films, what raters finalised, a report that is whole or not there."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.annotation import Label, Matter
from reviewer_app.domain.clip import WHOLE_PICTURE
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.snapshot import Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.evaluation.background import Background, Origin
from reviewer_app.evaluation.results import evaluate_study
from reviewer_app.evaluation.study import Study
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.evaluate import gathered
from reviewer_app.jobs.learn_request import Evaluated, EvaluateRequest
from reviewer_app.jobs.message import Message, Remark, Stage
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.jobs.study import Gathered, background_of, gather, pseudonyms, published_threshold
from reviewer_app.learning.bundle import read_bundle
from reviewer_app.learning.manifest import Calibration, Json
from reviewer_app.store import raters, recordings, snapshots
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library
from reviewer_app.store.promotions import Decision, Promotion
from tests.jobs.test_process import drain
from tests.media_maker import Film, make_film
from tests.store import sayings

NAMES = ("Infant-Zoe", "Infant-Yan", "Anna Muster", "Bert Beispiel")


@pytest.fixture(scope="module")
def place(bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> LibraryPlace:
    """A library with three scanned recordings, two of which have finalised time; evaluations only read it."""
    folder = tmp_path_factory.mktemp("evaluated")
    found = LibraryPlace(folder / "library", folder / "keys")
    for number, patient in enumerate(("Infant-Zoe", "Infant-Yan", "Infant-Xia")):
        path = make_film(folder / f"{number}.mp4", Film(frames=300, first_number=1000 * number))
        how = ScanRequest(
            (path,), found, "tiny", (bundles,), crop=WHOLE_PICTURE, compute=Compute("torch", "f32", 1), patient=patient
        )
        drain(run_job(how, Control(get_context("spawn"))))
    with Library.open(found.folder, keys=choose_keys(found.key_folder)) as library:
        people = [raters.add(library, name) for name in ("Anna Muster", "Bert Beispiel")]
        for number, person in [(1, people[0]), (1, people[1]), (2, people[0])]:
            said = [sayings.made(sayings.statement(at)) for at in (6.0, 14.0)]
            unsure = sayings.made(sayings.statement(24.0, label=Label.UNSURE))
            whole = sayings.covered(0, 28, matter=Matter.FINALISED)
            sayings.told(library, number, person, *said, unsure, whole)
    return found


def request_for(place: LibraryPlace, bundles: Path, to: Path, **options: object) -> EvaluateRequest:
    request = EvaluateRequest(place, "tiny", (bundles,), to, **options)  # type: ignore[arg-type]
    copy: EvaluateRequest = pickle.loads(pickle.dumps(request))
    return copy


def evaluated(request: EvaluateRequest) -> tuple[Sequence[Message], Evaluated]:
    return drain(run_job(request, Control(get_context("spawn"))))


def study_of(request: EvaluateRequest) -> tuple[Study, Background]:
    found: tuple[Study, Background] = drain(gathered(request))[1]
    return found


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names_in(folder: Path) -> set[str]:
    whole = b"".join(files_in(folder).values())
    return {name for name in NAMES if name.encode() in whole}


def test_a_report_names_nobody_and_comes_out_the_same_again(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    request = request_for(place, bundles, tmp_path / "out")
    messages, result = evaluated(request)
    left_out = [each.text for each in messages if isinstance(each, Remark)]
    assert left_out == ["Recording 3 is left out: no rater has finalised any of its time."]
    page = result.report.read_text("utf-8")
    assert RESEARCH_NOTICE in page
    assert left_out[0] in page
    assert result.pdf.read_bytes().startswith(b"%PDF")
    files = files_in(tmp_path / "out")
    assert {"froc", "calibration", "clock"} <= {path.stem for path in files if path.suffix == ".svg"}
    assert {path.stem for path in files if path.suffix == ".svg"} == {p.stem for p in files if p.suffix == ".png"}
    assert {"measures.csv", "patients.csv", "windows.csv"} <= {path.name for path in files}
    figures = {each.what: each for each in result.figures}
    assert figures["window AUC, mean of patients"].count == 2
    assert names_in(result.folder) == set()

    _, again = evaluated(request)
    assert again.folder == tmp_path / "out-2"
    assert files_in(again.folder) == files


def test_names_change_no_figure(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    numbered, _ = study_of(request_for(place, bundles, tmp_path))
    named, _ = study_of(request_for(place, bundles, tmp_path, with_names=True))
    assert set(named.patients) | {words.rater for each in named.recordings for words in each.raters} == set(NAMES)
    assert numbered.patients == ("P1", "P2")
    pairs = zip(evaluate_study(named).windows, evaluate_study(numbered).windows, strict=True)
    assert all((one.mean, one.pooled) == (other.mean, other.pooled) for one, other in pairs)


def test_a_job_that_is_stopped_leaves_nothing(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    out = tmp_path / "reports"
    job = run_job(request_for(place, bundles, out / "one"), Control(get_context("spawn")))
    while next(job) != Stage("Drawing"):
        pass
    assert list(out.iterdir()) != []
    job.close()
    assert list(out.iterdir()) == []


def test_only_the_wanted_recordings_and_raters_count(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    study, background = study_of(request_for(place, bundles, tmp_path, recordings=(1, 1), raters=(2,)))
    assert [each.number for each in study.recordings] == [1]
    assert [words.rater for each in study.recordings for words in each.raters] == ["rater 1"]
    assert background.divided == 0
    assert (background.chosen_recordings, background.held_recordings, background.chosen_raters) == (1, 3, 1)
    whole, told = study_of(request_for(place, bundles, tmp_path))
    assert (told.chosen_recordings, told.held_recordings, told.chosen_raters) == (0, 3, 0)
    assert [each.number for each in whole.recordings] == [1, 2]
    assert whole.patients == ("P1", "P2")


def test_time_that_is_not_finalised_or_not_judged_does_not_count(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    study, _ = study_of(request_for(place, bundles, tmp_path))
    for each in study.recordings:
        assert max(span.stop for span in each.analysable) <= 28
        assert not any(span.contains(24.5) for span in each.analysable)
        assert [spasm.start for spasm in each.spasms] == [6.0, 14.0]


def test_two_spellings_are_one_patient_and_nobody_is_a_patient_alone(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    request = request_for(place, bundles, tmp_path, with_names=True)
    bundle = read_bundle(bundles / "tiny")
    with Library.open(place.folder, keys=choose_keys(place.key_folder)) as library:
        found = [each for number in (1, 2) if isinstance(each := gather(library, request, bundle, number), Gathered)]
    spelled = [replace(each, recording=replace(each.recording, patient=" infant-ZOE ")) for each in found[1:]]
    assert pseudonyms([found[0], *spelled], request) == {"infant-zoe": "Infant-Zoe"}
    nobody = [replace(each, recording=replace(each.recording, patient=" ")) for each in found]
    assert list(pseudonyms(nobody, request)) == ["recording 1", "recording 2"]


def test_what_patients_were_to_the_training_follows_from_its_snapshot(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    request = request_for(place, bundles, tmp_path)
    bundle = read_bundle(bundles / "tiny")
    roles = (("infant-yan ", Role.TRAIN), ("Infant-Wim", Role.HELD_OUT))
    with Library.open(place.folder, keys=choose_keys(place.key_folder)) as library:
        kept = snapshots.put(library, Snapshot(SnapshotRules(), (), (), roles), name="")
        found = [each for number in (1, 2) if isinstance(each := gather(library, request, bundle, number), Gathered)]

        def origins(snapshot: str, *ancestors: str) -> dict[str, Origin]:
            training: dict[str, Json] = {"data": {"snapshot": snapshot}, "note": "by hand"}
            if ancestors:
                training["ancestors"] = [{"name": "base", "snapshot": each} for each in ancestors]
            trained = replace(bundle, description=replace(bundle.description, training=training))
            told = background_of(library, found, request, trained)
            assert told.training[:2] == (("data", f'{{"snapshot": "{snapshot}"}}'), ("note", "by hand"))
            return dict(told.origins)

        assert origins(kept.identity) == {"P1": Origin.TRAINED, "P2": Origin.OUTSIDE}
        assert origins("0" * 64) == {}, "a snapshot of another library tells nothing of these patients"
        earlier = Snapshot(SnapshotRules(), (), (), (("infant-zoe", Role.TRAIN),))
        base = snapshots.put(library, earlier, name="").identity
        assert origins(kept.identity, base) == {"P1": Origin.TRAINED, "P2": Origin.TRAINED}, "the base has seen both"
        assert origins(kept.identity, "0" * 64) == {}, "whom the base has seen is not known here"


def test_whoever_was_renamed_after_the_training_is_no_stranger_to_it(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    request = request_for(place, bundles, tmp_path)
    bundle = read_bundle(bundles / "tiny")
    with Library.open(place.folder, keys=choose_keys(place.key_folder)) as library:
        identity = recordings.load(library, 1).identity
        sources = (SnapshotSource("Infant-Old", identity, "d" * 64),)
        kept = snapshots.put(library, Snapshot(SnapshotRules(), sources, (), (("Infant-Old", Role.TRAIN),)), name="")
        trained = replace(
            bundle, description=replace(bundle.description, training={"data": {"snapshot": kept.identity}})
        )

        def origins() -> dict[str, Origin]:
            both = [each for number in (1, 2) if isinstance(each := gather(library, request, bundle, number), Gathered)]
            return dict(background_of(library, both, request, trained).origins)

        assert origins() == {"P1": Origin.OUTSIDE, "P2": Origin.TRAINED}
        for number, patient, told in (
            (2, "infant-zoe", {"P1": Origin.TRAINED}),  # another recording of the same patient
            (1, "", {"P1": Origin.OUTSIDE, "P2": Origin.TRAINED}),  # of nobody now, and learned from all the same
        ):
            known = recordings.load(library, number).patient
            recordings.set_patient(library, number, patient)
            assert origins() == told
            recordings.set_patient(library, number, known)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"recordings": (9,)}, "no recording 9"),
        ({"raters": (9,)}, "no rater 9"),
        ({"recordings": (3,)}, "nothing to evaluate.*Recording 3 is left out"),
    ],
)
def test_what_cannot_be_evaluated_is_said(
    place: LibraryPlace, bundles: Path, tmp_path: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        evaluated(request_for(place, bundles, tmp_path / "out", **options))
    assert not (tmp_path / "out").exists()


def test_a_bundle_without_an_operating_point_is_refused(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    request = EvaluateRequest(place, "uncalibrated", (bundles,), tmp_path / "out")
    with pytest.raises(BundleError, match="no operating point"):
        evaluated(request)


def test_a_bundle_that_nobody_named_gives_way_to_the_current_one(
    place: LibraryPlace, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = replace(request_for(place, bundles, tmp_path), bundle="uncalibrated", by_default=True)
    with pytest.raises(BundleError, match="no operating point"):
        study_of(request)
    promoted = Promotion(Decision.PROMOTE, read_bundle(bundles / "tiny").identity, "tiny", "", "", "", "{}", "2026")
    monkeypatch.setattr("reviewer_app.store.promotions.history", lambda library: (promoted,))
    assert study_of(request)[0].bundle_name == "tiny"
    with pytest.raises(BundleError, match="no operating point"):
        study_of(replace(request, by_default=False))


def test_a_folder_that_cannot_be_written_is_said_at_once(place: LibraryPlace, bundles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="cannot be written"):
        evaluated(request_for(place, bundles, tmp_path / "file" / "out"))


def test_windows_are_called_where_the_network_itself_says_a_half_whatever_the_calibration_made_of_it(
    place: LibraryPlace, bundles: Path, tmp_path: Path
) -> None:
    assert study_of(request_for(place, bundles, tmp_path / "out"))[0].rules.threshold == 0.5
    assert published_threshold(Calibration(temperature=2.0, bias=-3.0)) == pytest.approx(1 / (1 + np.exp(3)), abs=1e-4)
