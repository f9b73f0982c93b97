"""Traces of bundles on trial: files that outlast a stop, and that never pass for scores once they are damaged."""

from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.domain.window import FRAME_STEP, Interval, WindowGrid
from reviewer_app.errors import RequestError
from reviewer_app.jobs import trial_trace
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.sweep import Shape, Sweep
from reviewer_app.jobs.trainings import TRAININGS
from reviewer_app.jobs.trial_trace import TrialTrace, forget_trials, trial_path
from tests.jobs.fakes import FakeScorer, FakeSource
from tests.store.examples import identity, night

SHAPE = Shape(WindowGrid(100), 8, features=0)
UNDECODABLE = range(60, 90)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return trial_path(tmp_path / TRAININGS, identity(night()))


def swept(kept: TrialTrace, scorer: FakeScorer | None = None) -> Sweep:
    control = Control(get_context("spawn"))
    return Sweep(kept, FakeSource(undecodable=UNDECODABLE), scorer or FakeScorer(), control, 0)


def filled(path: Path | None) -> TrialTrace:
    kept = TrialTrace.begun(SHAPE, path)
    list(swept(kept).messages())
    return kept


def same(one: TrialTrace, other: TrialTrace) -> None:
    for name in ("scores", "states", "activity", "quality"):
        np.testing.assert_array_equal(getattr(one.trace, name), getattr(other.trace, name))
    assert one.holes == other.holes


def test_a_finished_trace_is_read_back_with_its_holes(path: Path) -> None:
    kept = filled(path)
    assert kept.holes == (Interval(60 * FRAME_STEP, 90 * FRAME_STEP),)
    same(TrialTrace.begun(SHAPE, path), kept)
    assert TrialTrace.begun(SHAPE, path).missing() == ()


def test_a_stopped_scan_goes_on_and_gives_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_trace, "SAVE_EVERY", 1)
    whole = filled(None)
    messages = swept(TrialTrace.begun(SHAPE, path)).messages()
    while not path.exists():
        next(messages)
    messages.close()
    again, scorer = TrialTrace.begun(SHAPE, path), FakeScorer()
    left = sum(map(len, again.missing()))
    assert 0 < left < 100
    list(swept(again, scorer).messages())
    assert sum(scorer.batches) <= left
    np.testing.assert_array_equal(again.trace.scores, whole.trace.scores)


@pytest.mark.parametrize("keep", [0, 10, 1000, -5])
def test_a_cut_file_is_scanned_anew(path: Path, keep: int) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:keep])
    assert sum(map(len, TrialTrace.begun(SHAPE, path).missing())) == 100
    assert not path.exists()


def test_a_file_of_another_shape_is_scanned_anew(path: Path) -> None:
    filled(path)
    assert TrialTrace.begun(Shape(WindowGrid(90), 8, features=0), path).trace.grid.count == 90
    assert not path.exists()


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "trainings").write_text("in the way")
    with pytest.raises(RequestError, match="cannot be kept"):
        filled(trial_path(tmp_path / TRAININGS, identity(night())))


def test_they_go_with_their_recording_and_leave_others_alone(tmp_path: Path) -> None:
    mine = [trial_path(tmp_path, identity(night(), bundle=bundle)) for bundle in "ab"]
    mine.append(trial_path(tmp_path / "stopped-training", identity(night(), bundle="draft")))
    other = trial_path(tmp_path, identity(night(mark="z")))
    for path in (*mine, other):
        filled(path)
    assert len({*mine, other}) == 4
    forget_trials(tmp_path, night().identity)
    assert not any(path.exists() for path in mine)
    assert other.exists()
    assert "P7" not in other.name
