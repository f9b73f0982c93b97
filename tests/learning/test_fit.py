import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.errors import RequestError
from reviewer_app.learning.dataset import ClipBatch, ClipStream, LabelledClip, batch_of
from reviewer_app.learning.fit import FitPlan, TrainingProgress, batch_loss, fit
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, build_network

SPEC = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION, mean=(0.03, 0.03, 0.45), deviation=(0.06, 0.06, 0.225))
PLAN = FitPlan(steps=6, batch=4, report=2, validate=3, save=2, learning_rate=3e-3, warm_up=2)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    # Networks this small lose more to waiting threads than they gain.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def jerk(seed: int) -> LabelledClip:
    """A square that jumps aside for two frames, or lies still, on a noisy ground."""
    chance = np.random.default_rng(seed)
    frames = chance.integers(80, 90, (16, 32, 32, 3), np.uint8)
    y, x = chance.integers(2, 14, 2)
    onset = int(chance.integers(3, 12))
    activity = np.zeros(16, np.float32)
    activity[onset : onset + 2] = seed % 2
    for time in range(16):
        aside = 6 if activity[time] else 0
        frames[time, y : y + 10, x + aside : x + aside + 10] = 200
    return LabelledClip(frames, float(seed % 2), activity)


def unseen() -> dict[str, ClipBatch]:
    return {"unseen": batch_of([jerk(seed) for seed in range(10_000, 10_032)])}


def fresh(spec: NetworkSpec = SPEC) -> SpasmNetwork:
    torch.manual_seed(0)
    return build_network(spec, CLIP)


def weights(network: SpasmNetwork) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def assert_equal_weights(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> None:
    for name, value in first.items():
        assert torch.equal(value, second[name]), name


@pytest.mark.parametrize(
    "spec",
    [SPEC, NetworkSpec(architecture="hiera", embed_dim=16, stages=(1, 1, 1, 1), bins=8)],
    ids=lambda spec: spec.architecture,
)
def test_both_families_learn_to_tell_a_jerk_from_rest(spec: NetworkSpec) -> None:
    plan = replace(PLAN, steps=60, batch=16, report=30, validate=60, average=0.9)
    *_, last = fit(fresh(spec), ClipStream(jerk, 0), plan, validation=unseen())
    assert dict(last.aucs)["unseen"] > 0.9


def test_the_course_of_activity_is_learned_too() -> None:
    network, truth = fresh(), unseen()["unseen"]
    plan = replace(PLAN, steps=80, batch=16, average=0.9)
    for _ in fit(network, ClipStream(jerk, 0), plan, validation={}):
        pass
    with torch.no_grad():
        course = network(torch.from_numpy(truth.frames))[1].numpy()
    bins = truth.activity.reshape(-1, 8, 2).max(axis=2).ravel()
    assert area_under_curve(course.ravel(), bins >= 0.5) > 0.9


def test_messages_say_where_the_training_stands() -> None:
    messages = list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation=unseen()))
    assert [message.step for message in messages] == [2, 3, 4, 6]
    assert [message.clips for message in messages] == [8, 12, 16, 24]
    assert [bool(message.aucs) for message in messages] == [False, True, False, True]
    assert all(isinstance(message, TrainingProgress) and math.isfinite(message.loss) for message in messages)


def test_two_trainings_with_the_same_seeds_end_with_the_same_weights() -> None:
    spec = replace(SPEC, dropout=0.3)
    networks = [fresh(spec), fresh(spec)]
    for network in networks:
        list(fit(network, ClipStream(jerk, 0), PLAN, validation={}))
    assert_equal_weights(*(weights(network) for network in networks))


def test_a_killed_training_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    spec = replace(SPEC, dropout=0.3)
    whole = fresh(spec)
    list(fit(whole, ClipStream(jerk, 0), PLAN, validation={}))

    killed = fit(fresh(spec), ClipStream(jerk, 0), PLAN, validation={}, state=tmp_path / "state.safetensors")
    while next(killed).step < 4:
        pass
    killed.close()
    resumed = build_network(spec, CLIP)
    messages = list(fit(resumed, ClipStream(jerk, 0), PLAN, validation={}, state=tmp_path / "state.safetensors"))
    assert messages[0].step > 4
    assert_equal_weights(weights(whole), weights(resumed))


def test_the_network_ends_with_the_averaged_weights() -> None:
    averaged, last = fresh(), fresh()
    list(fit(averaged, ClipStream(jerk, 0), PLAN, validation={}))
    list(fit(last, ClipStream(jerk, 0), replace(PLAN, average=0.0), validation={}))
    assert not torch.equal(averaged.score.weight, last.score.weight)


def test_the_state_of_another_network_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.safetensors"
    list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}, state=state))
    other = fresh(replace(SPEC, embed_dim=16))
    with pytest.raises(RequestError, match=r"state\.safetensors is not the state"):
        next(fit(other, ClipStream(jerk, 0), PLAN, validation={}, state=state))
    state.write_bytes(b"nothing of the kind")
    with pytest.raises(RequestError, match="not the state"):
        next(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}, state=state))


def test_unknown_activity_does_not_touch_the_loss() -> None:
    network = fresh().eval()
    batch = unseen()["unseen"]
    unknown = ClipBatch(batch.frames, batch.labels, np.full_like(batch.activity, np.nan))
    label_only = batch_loss(network, batch, replace(PLAN, activity_weight=0.0))
    torch.testing.assert_close(batch_loss(network, unknown, PLAN), label_only)
    assert batch_loss(network, batch, PLAN) > label_only


def test_the_rate_climbs_is_held_and_falls() -> None:
    plan = FitPlan(steps=1000, learning_rate=1e-3, warm_up=100, decline=0.3)
    rates = [plan.rate(step) for step in range(1000)]
    assert rates[0] == pytest.approx(1e-3 / 101)
    assert rates[150:700] == [1e-3] * 550
    assert rates[850] == pytest.approx(0.5e-3)
    assert rates[-1] < 1e-6


def test_a_training_given_more_steps_has_begun_the_same_way() -> None:
    short, long = FitPlan(steps=1000), FitPlan(steps=2000)
    assert [short.rate(step) for step in range(700)] == [long.rate(step) for step in range(700)]


def test_a_nonsense_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        FitPlan(steps=0)
    with pytest.raises(ValueError, match="not a training"):
        FitPlan(steps=1, learning_rate=-1)
