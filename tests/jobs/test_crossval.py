import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.recipe import Optimiser, Recipe
from reviewer_app.domain.snapshot import Role
from reviewer_app.errors import RequestError
from reviewer_app.jobs import crossval, tuning
from reviewer_app.jobs.learn_request import CrossValidation, CrossvalRequest
from reviewer_app.jobs.message import Learning, Message, Remark, Stage
from reviewer_app.learning.tune import TuningClips
from tests.jobs.studies import Infant, Study, make_study
from tests.jobs.trials import done, job_of

RECIPE = Recipe(epochs=8, batch=4, learning_rate=3e-3, optimiser=Optimiser.ADAMW, changes=())
TWO = (8.0, 20.0)
INFANTS = (
    Infant("a", Role.TRAIN, 30, TWO),
    Infant("b", Role.VALIDATE, 30, TWO),
    Infant("=c", Role.TRAIN, 30, TWO),
    Infant("d", Role.TRAIN, 30, ()),
    Infant("well", Role.TRAIN, 30, (), healthy=True),
    Infant("held", Role.HELD_OUT, 30, TWO),
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return make_study(tmp_path_factory.mktemp("study"), INFANTS)


def request_of(study: Study, bundles: Path, to: Path, **options: Any) -> CrossvalRequest:
    told = {"snapshot": study.identity, "base": "tiny", "recipe": RECIPE, "folds": 2, "device": "cpu"}
    return CrossvalRequest(study.place, bundle_folders=(bundles,), to=to, **{**told, **options})


def rows_of(table: Path) -> list[dict[str, str]]:
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


Whole = tuple[list[Message], CrossValidation]


@pytest.fixture(scope="module")
def whole(study: Study, bundles: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return done(request_of(study, bundles, tmp_path_factory.mktemp("whole")))


def test_every_window_of_everybody_with_epilepsy_is_predicted_once(whole: Whole, study: Study) -> None:
    _, found = whole
    rows = rows_of(found.predictions)
    sources, windows = study.snapshot.sources, study.snapshot.windows
    tested = [number for number, each in enumerate(windows) if sources[each.source].patient in {"a", "b", "=c", "d"}]
    assert sorted(int(row["window"]) for row in rows) == tested
    folds = {(row["patient"], row["fold"]) for row in rows}
    assert len(folds) == 4
    assert Counter(fold for _, fold in folds) == {"1": 2, "2": 2}
    for row in rows:
        window = windows[int(row["window"])]
        assert sources[window.source].patient == row["patient"].removeprefix("'")
        assert float(row["target"]) == window.target
        assert float(row["probability"]) == pytest.approx(1 / (1 + np.exp(-float(row["logit"]))))


def test_a_patient_that_a_spreadsheet_would_run_is_quoted_and_the_notice_stands_over_the_table(whole: Whole) -> None:
    _, found = whole
    assert {row["patient"] for row in rows_of(found.predictions)} == {"a", "b", "'=c", "d"}
    assert RESEARCH_NOTICE in found.predictions.read_text().splitlines()[0]


def test_figures_are_means_over_the_patients_that_allow_them(whole: Whole) -> None:
    _, found = whole
    figures = {figure.what: figure for figure in found.figures}
    rows = rows_of(found.predictions)
    right: dict[str, list[tuple[bool, bool]]] = {}
    for row in rows:
        right.setdefault(row["patient"], []).append((float(row["target"]) > 0.5, float(row["probability"]) >= 0.5))
    accuracy = [np.mean([truth == called for truth, called in each]) for each in right.values()]
    hits = [[called for truth, called in each if truth] for each in right.values()]
    sensitivity = [np.mean(each) for each in hits if each]
    assert figures["window accuracy at 0.5"].value == pytest.approx(np.mean(accuracy))
    assert figures["window sensitivity at 0.5"].value == pytest.approx(np.mean(sensitivity))
    counts = {what: figure.count for what, figure in figures.items()}
    # One of the four has no spasm: neither an area nor a sensitivity can be told of that one.
    assert counts == {
        "window AUC": 3,
        "window sensitivity at 0.5": 3,
        "window specificity at 0.5": 4,
        "window accuracy at 0.5": 4,
    }


def test_that_held_out_patients_take_no_part_is_said(whole: Whole) -> None:
    messages, _ = whole
    assert any(isinstance(m, Remark) and "Held-out patients take no part" in m.text for m in messages)


def test_a_stopped_cross_validation_goes_on_in_its_fold_to_the_same_predictions(
    whole: Whole, study: Study, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "SAVE_EVERY", 0.0)
    request = request_of(study, bundles, tmp_path)
    job = job_of(request)
    for message in job:
        if message == Stage("Fold 2 of 2"):
            break
    while not list((study.place.folder / "trainings").glob("crossval-*/fold-2/state.safetensors")):
        next(job)
    job.close()
    assert not (tmp_path / "predictions.csv").exists()
    messages, found = done(request)
    assert Stage("Fold 1 of 2") not in messages
    assert next(m for m in messages if isinstance(m, Learning)).step > 1
    assert found.predictions.read_bytes() == whole[1].predictions.read_bytes()
    assert found.figures == whole[1].figures


def test_a_recipe_that_may_end_early_never_looks_at_those_who_are_tested(
    study: Study, bundles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[set[str], set[str]]] = []

    def noted(store: Any, learned: tuple[int, ...], looked_at: tuple[int, ...] = ()) -> TuningClips:
        seen.append(
            ({store.labels[each].patient for each in learned}, {store.labels[each].patient for each in looked_at})
        )
        return TuningClips(store, learned, looked_at)

    monkeypatch.setattr(crossval, "TuningClips", noted)
    recipe = replace(RECIPE, patience=1, epochs=2)
    _, found = done(request_of(study, bundles, tmp_path, recipe=recipe, folds=3))
    tested = [{r["patient"].removeprefix("'") for r in rows_of(found.predictions) if r["fold"] == f} for f in "123"]
    assert [looked_at for _, looked_at in seen] == [tested[1], tested[2], tested[0]]
    for own, (learned, looked_at) in zip(tested, seen, strict=True):
        assert learned == {"a", "b", "=c", "d", "well"} - own - looked_at


def test_more_folds_than_patients_are_refused_in_a_sentence(study: Study, bundles: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"4 patients to test cannot be parted into 5 folds; give fewer"):
        done(request_of(study, bundles, tmp_path, folds=5))


def test_two_folds_leave_nobody_to_look_at_and_that_is_refused(study: Study, bundles: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs 3 folds or more"):
        done(request_of(study, bundles, tmp_path, recipe=replace(RECIPE, patience=1)))


def test_predictions_that_are_there_are_not_overwritten(study: Study, bundles: Path, tmp_path: Path) -> None:
    (tmp_path / "predictions.csv").write_text("precious")
    with pytest.raises(RequestError, match=r"already a predictions\.csv"):
        done(request_of(study, bundles, tmp_path))


def test_a_stopped_one_does_not_overwrite_what_another_has_written(
    study: Study, bundles: Path, tmp_path: Path, whole: Whole
) -> None:
    request = request_of(study, bundles, tmp_path / "own", recipe=replace(RECIPE, epochs=2))
    job = job_of(request)
    assert any(message == Stage("Fold 1 of 2") for message in job)
    job.close()
    theirs = whole[1].predictions
    before = theirs.read_bytes()
    with pytest.raises(RequestError, match=r"already a predictions\.csv"):
        done(replace(request, to=theirs.parent))
    assert theirs.read_bytes() == before


def test_a_fold_without_anything_to_learn_from_is_refused(bundles: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path, (Infant("a", seconds=30, onsets=TWO), Infant("b", seconds=30, onsets=())))
    with pytest.raises(RequestError, match="nothing to learn"):
        done(request_of(study, bundles, tmp_path / "to"))
