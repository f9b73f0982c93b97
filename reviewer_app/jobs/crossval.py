"""Cross-validation by patient: a training for each fold, tested on patients that it never saw."""

import csv
import shutil
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from reviewer_app.domain.fold import Fold, patient_folds
from reviewer_app.domain.snapshot import Role, Snapshot
from reviewer_app.errors import RequestError, StoreError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.clips import ClipOrder, Clips, clips_folder, make_clips
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.learn_request import CrossValidation, CrossvalRequest
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Remark, Stage
from reviewer_app.jobs.packing import LONG, by_patient, probabilities, window_figures
from reviewer_app.jobs.trainings import TRAININGS, begin, digest_of, held
from reviewer_app.jobs.tuning import Lesson, check_base, wants_fresh_head
from reviewer_app.learning.bundle import Bundle
from reviewer_app.learning.devices import require_devices
from reviewer_app.learning.measure import logits_of
from reviewer_app.learning.recipe_clips import StoredFrames
from reviewer_app.learning.tune import TuningClips
from reviewer_app.store import snapshots
from reviewer_app.store.sheet import guarded, write_csv

PREDICTIONS: Final = "predictions.csv"
HEADER: Final = ("window", "patient", "fold", "target", "logit", "probability")


@dataclass(frozen=True, slots=True)
class _Prediction:
    """What a training said of a window of a patient that it never saw."""

    window: int  # place in the snapshot
    patient: str
    fold: int  # from 1
    target: float
    logit: float

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of the table; numbers are written so that they can be read back to the last bit."""
        probability = float(probabilities(np.array([self.logit], np.float32))[0])
        return (
            str(self.window),
            guarded(self.patient),
            str(self.fold),
            *map(repr, (self.target, self.logit, probability)),
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """What all folds share."""

    request: CrossvalRequest
    base: Bundle
    clips: Clips
    folds: tuple[Fold, ...]
    fresh_head: bool
    folder: Path  # for what a stopped cross-validation goes on from


def crossvalidate(request: CrossvalRequest) -> Generator[Message, None, CrossValidation]:
    """Trains and tests fold by fold; a stopped cross-validation goes on in the fold where it was.

    Raises:
        RequestError: The request makes no sense, the machine lacks devices, or the snapshot holds too few patients.
        BundleError: The base cannot be used.
        MediaError: Files of the snapshot are missing or were replaced.
        StoreError: The library, the snapshot or the table cannot be read or written.
    """
    with open_library(request.library, hold=False) as library, ExitStack() as holds:
        base = yield from check_base(request, library)
        kept = snapshots.find(library, request.snapshot)
        folds = _folds(kept.snapshot, request)
        fresh = wants_fresh_head(base, request.fresh_head)
        told = {"snapshot": kept.identity, "base": base.identity, "fresh_head": fresh}
        told |= {"folds": request.folds, "recipe": asdict(request.recipe), "devices": request.devices}
        require_devices(request.device, request.devices)
        digest = digest_of(told)
        trainings = library.folder / TRAININGS
        folder, table = trainings / f"crossval-{digest[:16]}", writable_folder(request.to) / PREDICTIONS
        remarks = (f"snapshot {kept.identity}", f"base {base.name} {base.identity}", f"request {digest}")
        if table.exists() and not (folder.exists() and _is_under(table, remarks)):
            raise RequestError(f"There is already a {PREDICTIONS} in {request.to}; name another folder with --to.")
        order = ClipOrder(
            kept.snapshot,
            kept.identity,
            base.description.clip,
            frozenset((Role.TRAIN, Role.VALIDATE)),
            request.recipe.jitter,
            request.without_missing,
        )
        holds.enter_context(held(folder))
        begin(folder, digest, clips=clips_folder(trainings, order))
        holds.enter_context(held(clips_folder(trainings, order)))
        if any(role is Role.HELD_OUT for _, role in kept.snapshot.roles):
            yield Remark("Held-out patients take no part: they are for comparing bundles, not for choosing recipes.")
        clips = yield from make_clips(library, order, folder=trainings)
        trial = _Trial(request, base, clips, folds, fresh, folder)
        predictions = []
        for number in range(1, len(folds) + 1):
            predictions += yield from _predictions(trial, number)
        _write(table, predictions, remarks=remarks)
        shutil.rmtree(folder, ignore_errors=True)
        clips.leave(keep=request.keep_clips)
        known = [each for each in predictions if each.target != 0.5]
        patients = by_patient(
            [each.patient for each in known],
            probabilities(np.array([each.logit for each in known], np.float32)),
            np.array([each.target > 0.5 for each in known]),
        )
        return CrossValidation(window_figures(patients), table, len(folds))


def _folds(snapshot: Snapshot, request: CrossvalRequest) -> tuple[Fold, ...]:
    if request.recipe.patience and request.folds < 3:
        raise RequestError(
            "A recipe that may end early needs 3 folds or more: some to learn from, one to look at, one to test. Give "
            "more with --folds, or let it go through with --set patience=0."
        )
    try:
        return patient_folds(snapshot, count=request.folds, seed=request.recipe.seed)
    except ValueError as error:
        raise RequestError(f"{str(error).capitalize()}; give fewer with --folds, or label more patients.") from error


def _predictions(trial: _Trial, number: int) -> Generator[Message, None, list[_Prediction]]:
    """One fold's predictions, from its table where it was finished before."""
    table = trial.folder / f"fold-{number}.csv"
    if table.exists():
        return _read(table)
    yield Stage(f"Fold {number} of {len(trial.folds)}")
    fold = trial.folds[number - 1]
    tested = _places(trial.clips, fold.test)
    if not tested:
        yield Remark(f"Nothing of fold {number} can be tested: all of its windows were left out.")
        return []
    asked, folder = trial.request, trial.folder / f"fold-{number}"
    lesson = Lesson(
        base=trial.base,
        recipe=asked.recipe,
        fresh_head=trial.fresh_head,
        device=asked.device,
        devices=asked.devices,
        clips=_lesson_clips(trial, number),
        folder=folder,
    )
    network, _ = yield from lesson.run(name=f"Fold {number}: ")
    logits = yield from beating(
        f"Testing fold {number}", partial(logits_of, network, StoredFrames(trial.clips.store, tested)), limit=LONG
    )
    predictions = [
        _Prediction(
            trial.clips.numbers[place],
            trial.clips.patient(place),
            number,
            trial.clips.windows[place].target,
            float(logit),
        )
        for place, logit in zip(tested, logits, strict=True)
    ]
    _write(table, predictions)
    shutil.rmtree(folder, ignore_errors=True)
    return predictions


def _lesson_clips(trial: _Trial, number: int) -> TuningClips:
    """What a fold learns from; a recipe that ends early looks at the next fold's patients, never at those tested."""
    learned = set(trial.folds[number - 1].train)
    looked_at = set(trial.folds[number % len(trial.folds)].test) if trial.request.recipe.patience else set()
    return TuningClips(
        trial.clips.store, _places(trial.clips, learned - looked_at), _places(trial.clips, learned & looked_at)
    )


def _places(clips: Clips, patients: Sequence[str] | set[str]) -> tuple[int, ...]:
    return tuple(place for place in clips.store.present if clips.patient(place) in patients)


def _write(table: Path, predictions: Sequence[_Prediction], *, remarks: Sequence[str] = ()) -> None:
    """Writes a table whole or not at all."""
    beside = table.with_name(f"{table.name}.new")
    write_csv(beside, HEADER, [each.cells for each in predictions], remarks=remarks)
    try:
        beside.replace(table)
    except OSError as error:
        raise StoreError(f"{table} cannot be written: {error.strerror}.") from error


def _is_under(table: Path, remarks: Sequence[str]) -> bool:
    """Whether a table that ``_write`` wrote stands under these remarks."""
    with table.open(encoding="utf-8", errors="replace") as file:
        lines = [next(file, "").removeprefix("# ").rstrip() for _ in range(1 + len(remarks))]
    return lines[1:] == list(remarks)  # the first is the notice


def _read(table: Path) -> list[_Prediction]:
    """The predictions of a table that ``_write`` wrote."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [
            _Prediction(
                int(row["window"]),
                row["patient"].removeprefix("'"),
                int(row["fold"]),
                float(row["target"]),
                float(row["logit"]),
            )
            for row in rows
        ]
