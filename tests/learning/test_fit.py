import math
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.errors import RequestError
from reviewer_app.learning.dataset import ClipBatch, ClipStream, LabelledClip, batch_of
from reviewer_app.learning.fit import FitPlan, TrainingProgress, batch_loss, fit
from reviewer_app.learning.measure import validate
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, build_network
from reviewer_app.learning.pace import Pace

pytestmark = pytest.mark.usefixtures("one_thread")

SPEC = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION, mean=(0.03, 0.03, 0.45), deviation=(0.06, 0.06, 0.225))
PLAN = FitPlan(pace=Pace(6, 3e-3, warm_up=2), batch=4, report=0.0, validate=3, save=0.0)


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
    plan = replace(PLAN, pace=replace(PLAN.pace, steps=60), batch=16, validate=60, average=0.9)
    *_, last = fit(fresh(spec), ClipStream(jerk, 0), plan, validation=unseen())
    assert last.validation[0].auc > 0.9


def test_the_course_of_activity_is_learned_too() -> None:
    network, truth = fresh(), unseen()["unseen"]
    plan = replace(PLAN, pace=replace(PLAN.pace, steps=80), batch=16, average=0.9)
    for _ in fit(network, ClipStream(jerk, 0), plan, validation={}):
        pass
    with torch.no_grad():
        course = network(torch.from_numpy(truth.frames))[1].numpy()
    bins = truth.activity.reshape(-1, 8, 2).max(axis=2).ravel()
    assert area_under_curve(course.ravel(), bins > 0) > 0.9


def test_messages_say_where_the_training_stands() -> None:
    messages = list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation=unseen()))
    assert [message.step for message in messages] == [1, 2, 3, 4, 5, 6]
    assert [message.learned for message in messages] == [4] * 6
    assert [[seen.name for seen in message.validation] for message in messages] == [[], [], ["unseen"]] * 2
    assert [message.rate for message in messages] == [PLAN.pace.rate(step) for step in range(6)]
    assert all(isinstance(message, TrainingProgress) and math.isfinite(message.loss) for message in messages)
    assert all(0 <= message.waited <= message.seconds for message in messages)


def test_messages_come_no_more_often_than_asked_for() -> None:
    messages = list(fit(fresh(), ClipStream(jerk, 0), replace(PLAN, report=1000.0), validation={}))
    assert [(message.step, message.learned) for message in messages] == [(6, 24)]


def test_two_trainings_with_the_same_seeds_end_with_the_same_weights() -> None:
    spec = replace(SPEC, dropout=0.3)
    networks = [fresh(spec), fresh(spec)]
    for network in networks:
        list(fit(network, ClipStream(jerk, 0), PLAN, validation={}))
    assert_equal_weights(*(weights(network) for network in networks))


@pytest.mark.parametrize("changes", [{}, {"average": 0.9}, {"patience": 2}, {"blend": 0.5}], ids=str)
def test_a_training_that_was_stopped_goes_on_to_the_same_weights(changes: dict[str, float], tmp_path: Path) -> None:
    plan: FitPlan = replace(PLAN, **changes)  # type: ignore[arg-type]
    spec = replace(SPEC, dropout=0.3)
    whole = fresh(spec)
    list(fit(whole, ClipStream(jerk, 0), plan, validation=unseen()))

    stopped = fit(fresh(spec), ClipStream(jerk, 0), plan, validation=unseen(), state=tmp_path / "state.safetensors")
    while next(stopped).step < 4:
        pass
    stopped.close()
    resumed = fresh(spec) if "blend" in changes else build_network(spec, CLIP)
    messages = list(fit(resumed, ClipStream(jerk, 0), plan, validation=unseen(), state=tmp_path / "state.safetensors"))
    assert [message.step for message in messages] == [5, 6]
    assert_equal_weights(weights(whole), weights(resumed))


def test_a_training_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    done, again = fresh(), build_network(SPEC, CLIP)
    list(fit(done, ClipStream(jerk, 0), PLAN, validation={}, state=tmp_path / "state"))
    assert list(fit(again, ClipStream(jerk, 0), PLAN, validation={}, state=tmp_path / "state")) == []
    assert_equal_weights(weights(done), weights(again))


def test_the_network_ends_with_the_averaged_weights() -> None:
    averaged, last = fresh(), fresh()
    list(fit(averaged, ClipStream(jerk, 0), replace(PLAN, average=0.9), validation={}))
    list(fit(last, ClipStream(jerk, 0), PLAN, validation={}))
    assert not torch.equal(averaged.score.weight, last.score.weight)


def test_the_network_ends_between_where_it_began_and_what_it_learned() -> None:
    learned, kept = fresh(), fresh()
    list(fit(learned, ClipStream(jerk, 0), PLAN, validation={}))
    list(fit(kept, ClipStream(jerk, 0), replace(PLAN, blend=0.25), validation={}))
    began, end = weights(fresh()), weights(learned)
    for name, value in weights(kept).items():
        expected = began[name] + 0.25 * (end[name] - began[name]) if value.is_floating_point() else end[name]
        torch.testing.assert_close(value, expected, msg=name)


@pytest.mark.parametrize("patience", [0, 5])
def test_what_is_looked_at_on_the_way_is_blended_too(patience: int) -> None:
    network = fresh()
    plan = replace(PLAN, pace=Pace(6, 1e-4), validate=6, blend=0.25, patience=patience)
    *_, last = fit(network, ClipStream(jerk, 0), plan, validation=unseen())
    assert validate(network, "", unseen()["unseen"]).loss == pytest.approx(last.validation[0].loss)


def test_a_training_without_gain_ends_early_with_its_best_weights() -> None:
    # Wild steps: what the first looks have seen is not reached again.
    plan = replace(PLAN, pace=Pace(60, 0.3), validate=2, patience=3)
    network = fresh()
    seen = [message for message in fit(network, ClipStream(jerk, 0), plan, validation=unseen()) if message.validation]
    losses = [message.validation[0].loss for message in seen]
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 3
    assert [message.ended for message in seen] == [False] * (best + 3) + [True]
    assert validate(network, "unseen", unseen()["unseen"]).loss == pytest.approx(losses[best])


def test_parts_of_a_batch_add_up_to_the_whole() -> None:
    # Without BatchNorm a clip's gradient does not depend on the clips beside it.
    spec = NetworkSpec(architecture="hiera", embed_dim=16, stages=(1, 1, 1, 1))
    whole, divided = fresh(spec), fresh(spec)
    plan = replace(PLAN, pace=Pace(1, 1e-2), batch=7)
    list(fit(whole, ClipStream(jerk, 0), plan, validation={}))
    list(fit(divided, ClipStream(jerk, 0), replace(plan, parts=3), validation={}))
    for name, value in weights(whole).items():
        torch.testing.assert_close(weights(divided)[name], value, atol=1e-4, rtol=1e-3)


def test_a_frozen_trunk_stays_as_it_is_to_the_last_bit() -> None:
    network = fresh(replace(SPEC, dropout=0.3))
    before = weights(network)
    list(fit(network, ClipStream(jerk, 0), replace(PLAN, frozen_trunk=True), validation={}))
    after = weights(network)
    assert_equal_weights(*({name: each[name] for name in each if name.startswith("trunk")} for each in (before, after)))
    assert not torch.equal(before["score.weight"], after["score.weight"])
    assert not torch.equal(before["activity.weight"], after["activity.weight"])


def test_the_state_of_another_training_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.safetensors"
    list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}, state=state, identity="this"))
    other = fresh(replace(SPEC, embed_dim=16))
    with pytest.raises(RequestError, match=r"state\.safetensors is not the state"):
        next(fit(other, ClipStream(jerk, 0), PLAN, validation={}, state=state, identity="this"))
    with pytest.raises(RequestError, match="not the state"):
        next(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}, state=state, identity="that"))
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


class _Greedy(torch.nn.Module):
    """Stands for a device whose memory holds so many clips and no more."""

    def __init__(self, network: SpasmNetwork, most: int, error: Exception) -> None:
        super().__init__()
        self.network, self.most, self.error = network, most, error

    def forward(self, clips: torch.Tensor) -> object:
        if self.training and len(clips) > self.most:
            raise self.error
        return self.network(clips)


@pytest.mark.parametrize(
    "error",
    [torch.OutOfMemoryError("CUDA out of memory."), RuntimeError("DefaultCPUAllocator: can't allocate memory")],
    ids=["card", "machine"],
)
def test_where_memory_is_too_small_the_batch_is_halved_and_said_so(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(monkeypatch, clips=1, error=error)
    messages = list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}))
    assert "too small for 4 clips at once; going on with 2" in messages[0].remark
    assert "too small for 2 clips at once; going on with 1" in messages[0].remark
    assert [message.remark for message in messages[1:]] == [""] * 5


def test_a_memory_too_small_for_one_clip_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    grant(monkeypatch, clips=0, error=MemoryError())
    with pytest.raises(RequestError, match="too small for one clip"):
        list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}))


def test_any_other_error_of_a_step_is_not_taken_for_a_lack_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    grant(monkeypatch, clips=0, error=RuntimeError("shapes differ"))
    with pytest.raises(RuntimeError, match="shapes differ"):
        list(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}))


def grant(monkeypatch: pytest.MonkeyPatch, *, clips: int, error: Exception) -> None:
    """Lets no more than so many clips through a training network at once."""
    setup = Fabric.setup

    def small(self: Fabric, network: SpasmNetwork, *optimizers: torch.optim.Optimizer) -> object:
        module, optimizer = setup(self, network, *optimizers)
        return _Greedy(module, clips, error), optimizer

    monkeypatch.setattr(Fabric, "setup", small)
    monkeypatch.setattr(Fabric, "no_backward_sync", lambda self, module, enabled: nullcontext())


def test_a_nonsense_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        replace(PLAN, batch=0)
    with pytest.raises(ValueError, match="not a training"):
        replace(PLAN, average=1.0)
    for nonsense in ({"blend": 0.0}, {"blend": 1.5}, {"blend": 0.5, "average": 0.9}):
        with pytest.raises(ValueError, match="averaged or blended"):
            replace(PLAN, **nonsense)  # type: ignore[arg-type]


def test_a_training_that_has_lost_its_way_says_so() -> None:
    plan = replace(PLAN, pace=Pace(6, 1e20), clip_norm=0.0)
    with pytest.raises(RequestError, match="its loss is no number any more"):
        list(fit(fresh(), ClipStream(jerk, 0), plan, validation={}))


def test_devices_that_found_other_states_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where each machine has a folder of its own, and only the first one's holds the state."""
    state = tmp_path / "state.safetensors"
    list(fit(fresh(), ClipStream(jerk, 0), replace(PLAN, pace=Pace(2, 3e-3)), validation={}, state=state))
    monkeypatch.setattr(Fabric, "broadcast", lambda self, step: step + 1)
    with pytest.raises(RequestError, match="not found the same state"):
        next(fit(fresh(), ClipStream(jerk, 0), PLAN, validation={}, state=state))
