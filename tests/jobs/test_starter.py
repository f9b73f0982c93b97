import multiprocessing
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Never

import numpy as np
import pytest
import torch

from reviewer_app import paths
from reviewer_app.domain.notice import RESEARCH_NOTICE, STARTER_NOTICE
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs import starter
from reviewer_app.jobs.message import BundleFacts, StepsDone
from reviewer_app.jobs.phantom_nights import NIGHT_SECONDS, NightOutcome
from reviewer_app.jobs.request import StarterRequest
from reviewer_app.jobs.starter import ExamClips, finish_starter, night_plans, starter_clip, train_starter
from reviewer_app.learning.bundle import load_bundle, verify_bundle
from reviewer_app.learning.dataset import ClipBatch
from reviewer_app.learning.fit import FitPlan
from reviewer_app.learning.measure import logits_of
from reviewer_app.learning.network import SpasmNetwork, seeded_network
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES, SceneKind

FAMILY = starter.FAMILIES["motion_conv"]
SHIPPED = paths.bundle_folders()[0] / "starter"


def request(to: Path, **changes: object) -> StarterRequest:
    return StarterRequest(**{"to": to, "clips": 64, "seed": 1, "calibration_hours": 0.01, **changes})  # type: ignore[arg-type]


def network() -> SpasmNetwork:
    torch.set_num_threads(1)
    return seeded_network(FAMILY.network, starter_clip(FAMILY.size), seed=0).eval()


def agreeing_exam(of: SpasmNetwork, *, agrees: bool = True) -> ExamClips:
    """Clips whose labels are what the network happens to say, or the opposite."""
    frames = np.random.default_rng(0).integers(0, 256, (12, 16, 64, 64, 3), np.uint8)
    for i, clip in enumerate(frames):
        clip[:] = clip // (i + 1)
    logits = logits_of(of, frames)
    labels = ((logits > np.median(logits)) == agrees).astype(np.float32)
    batch = ClipBatch(frames, labels, np.zeros((12, 16), np.float32))
    return ExamClips(batch, batch)


def test_a_trained_network_becomes_a_bundle_that_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "TRAINING_SCENES", (SceneKind.WARD,))
    monkeypatch.setattr(starter, "EXAM_SCENES", (SceneKind.HOME,))
    to, trained = tmp_path / "starter", network()
    job = finish_starter(trained, request(to), agreeing_exam(trained))
    try:
        while True:
            next(job)
    except StopIteration as end:
        facts = end.value
    assert isinstance(facts, BundleFacts)
    assert facts.folder == to
    assert facts.notice == STARTER_NOTICE
    assert facts.size < 16_000_000
    assert RESEARCH_NOTICE in facts.card
    assert "starter train --to starter --clips 64 --seed 1 --family motion_conv" in facts.card
    training = verify_bundle(to).description.training
    assert training["scenes_never_trained_on"] == [str(scene) for scene in FOREIGN_SCENES]
    assert training["window_auc_on_unseen_clips"] == {"known scenes": 1.0, "foreign scenes": 1.0}
    # A few seconds of calibration show no rate of false alarms, and no operating point is made up.
    assert facts.operating_points == ()


def test_a_network_that_learned_nothing_is_not_packed(tmp_path: Path) -> None:
    trained = network()
    with pytest.raises(BundleError, match="do not score higher"):
        list(finish_starter(trained, request(tmp_path / "starter"), agreeing_exam(trained, agrees=False)))
    assert list(tmp_path.iterdir()) == []


class BegunError(Exception):
    """Tells what a training began with, and ends it."""

    def __init__(self, network: SpasmNetwork, plan: FitPlan) -> None:
        self.network, self.plan = network, plan


def begun(asked: StarterRequest, monkeypatch: pytest.MonkeyPatch) -> BegunError:
    def begin(trained: SpasmNetwork, _: object, plan: FitPlan, **__: object) -> None:
        raise BegunError(trained, plan)

    monkeypatch.setattr(starter, "EXAM_CLIPS", 4)
    monkeypatch.setattr(starter, "fit", begin)
    with pytest.raises(BegunError) as raised:
        list(train_starter(asked))
    return raised.value


def test_a_training_goes_on_from_an_earlier_starter_with_smaller_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = begun(request(tmp_path / "one"), monkeypatch)
    going_on = begun(request(tmp_path / "two", start=SHIPPED), monkeypatch)
    earlier = load_bundle(SHIPPED).network().state_dict()
    assert all(torch.equal(value, earlier[name]) for name, value in going_on.network.state_dict().items())
    assert not all(torch.equal(value, earlier[name]) for name, value in fresh.network.state_dict().items())
    assert all(each.requires_grad for each in going_on.network.parameters())
    assert going_on.plan.pace.highest == fresh.plan.pace.highest / 2


def test_a_starter_of_another_family_cannot_be_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no starter of the family hiera: begin from nothing"):
        next(train_starter(request(tmp_path / "starter", family="hiera", start=SHIPPED)))


def test_a_starter_tells_what_it_went_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "_outcomes", nothing_seen)
    trained = network()
    list(finish_starter(trained, request(tmp_path / "starter", start=SHIPPED), agreeing_exam(trained)))
    training = verify_bundle(tmp_path / "starter").description.training
    assert training["goes_on_from"] == load_bundle(SHIPPED).description.training
    assert str(training["command"]).endswith(f"--calibration-hours 0.01 --from {SHIPPED.name}")
    assert training["learning_rate"] == FAMILY.learning_rate / 2


def nothing_seen(*_: object) -> Generator[Never, None, tuple[NightOutcome, ...]]:
    """A few seconds in which nothing was found."""
    yield from ()
    return (NightOutcome(SceneKind.WARD, 0.01, (), (), (), ()),)


def test_closing_a_training_ends_its_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "EXAM_CLIPS", 4)
    with closing(train_starter(request(tmp_path / "starter"))) as job:
        steps = (each for each in job if isinstance(each, StepsDone))
        assert next(steps) == StepsDone(1, 2, "training")
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()
    assert not (tmp_path / "starter").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"family": "resnet"}, "motion_conv or hiera"),
        ({"clips": 3}, "32 clips or more"),
        ({"seed": -1}, "seed from 0"),
        ({"calibration_hours": float("nan")}, "hours"),
        ({"calibration_hours": 1e9}, "hours"),
    ],
)
def test_a_nonsense_request_is_refused_before_any_work(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        next(train_starter(request(tmp_path / "starter", **changes)))


def test_an_existing_folder_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "starter").mkdir()
    with pytest.raises(RequestError, match="already something"):
        next(train_starter(request(tmp_path / "starter")))


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match=r"The folder \S+file cannot be written: .* Name another with --to"):
        next(train_starter(request(tmp_path / "file" / "starter")))


def test_nonsense_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="clips"):
        next(train_starter(request(tmp_path / "new" / "starter", clips=3)))
    assert not (tmp_path / "new").exists()


def test_nights_are_short_different_and_half_of_them_without_a_cluster() -> None:
    plans = night_plans(TRAINING_SCENES, hours=1.0, first_seed=100)
    assert sum(plan.seconds for plan in plans) == 3 * 3600
    assert {plan.seconds for plan in plans} == {NIGHT_SECONDS}
    assert len({plan.seed for plan in plans}) == len(plans)
    assert sum(plan.clusters for plan in plans) == len(plans) // 2
