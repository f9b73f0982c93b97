import pytest
import torch

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.recipe import Optimiser
from reviewer_app.learning.groups import make_optimizer, set_rate
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, give_fresh_head, seeded_network

MOTION = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
HIERA = NetworkSpec(architecture="hiera", embed_dim=16, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION)


def rates(network: SpasmNetwork, optimizer: torch.optim.Optimizer) -> dict[str, float]:
    by_weight = {id(value): group["lr"] for group in optimizer.param_groups for value in group["params"]}
    return {name: by_weight[id(value)] for name, value in network.named_parameters() if id(value) in by_weight}


def test_each_block_learns_slower_than_the_one_above() -> None:
    network = seeded_network(MOTION, CLIP, seed=0)
    optimizer = make_optimizer(network, Optimiser.ADAMW, rate=1.0, weight_decay=0.1, layer_decay=0.5)
    set_rate(optimizer, 0.8)
    found = rates(network, optimizer)
    assert len(found) == len(list(network.parameters()))
    assert found["score.weight"] == found["activity.bias"] == found["trunk.gather.0.weight"] == 0.8
    assert found["trunk.blocks.3.space.0.weight"] == pytest.approx(0.4)
    assert found["trunk.blocks.0.time.1.bias"] == pytest.approx(0.05)
    assert found["trunk.stem.0.weight"] == pytest.approx(0.025)


def test_hiera_s_rates_follow_its_depth_too() -> None:
    network = seeded_network(HIERA, CLIP, seed=0)
    found = rates(network, make_optimizer(network, Optimiser.ADAM, rate=1.0, weight_decay=0.0, layer_decay=0.5))
    assert found == dict.fromkeys(found, 1.0)  # until the training's rate is set
    optimizer = make_optimizer(network, Optimiser.ADAM, rate=1.0, weight_decay=0.0, layer_decay=0.5)
    set_rate(optimizer, 1.0)
    found = rates(network, optimizer)
    assert found["score.weight"] == found["trunk.hiera.norm.weight"] == 1.0
    assert found["trunk.hiera.blocks.3.attn.qkv.weight"] == 0.5
    assert found["trunk.hiera.blocks.0.mlp.fc1.bias"] == 0.0625
    assert found["trunk.hiera.patch_embed.proj.weight"] == found["trunk.hiera.pos_embed_spatial"] == 0.03125


def test_only_matrices_forget_and_only_under_adamw() -> None:
    network = seeded_network(MOTION, CLIP, seed=0)
    for kind, expected in ((Optimiser.ADAMW, 0.1), (Optimiser.ADAM, 0.0)):
        optimizer = make_optimizer(network, kind, rate=1.0, weight_decay=0.1)
        assert type(optimizer) is (torch.optim.AdamW if kind is Optimiser.ADAMW else torch.optim.Adam)
        decays = {id(value): group["weight_decay"] for group in optimizer.param_groups for value in group["params"]}
        for value in network.parameters():
            assert decays[id(value)] == (expected if value.ndim > 1 else 0.0)


def test_a_fresh_head_follows_from_its_seed_and_leaves_the_trunk_alone() -> None:
    network, other = (seeded_network(MOTION, CLIP, seed=0) for _ in range(2))
    give_fresh_head(network, seed=1)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, other.state_dict()[name])}
    assert changed == {"score.weight", "score.bias"}
    assert network.score.bias.item() == 0.0
    give_fresh_head(other, seed=1)
    assert torch.equal(network.score.weight, other.score.weight)
    give_fresh_head(other, seed=2)
    assert not torch.equal(network.score.weight, other.score.weight)


def test_a_fresh_head_spreads_logits_by_about_one_on_a_normalised_embedding() -> None:
    network = seeded_network(NetworkSpec(architecture="hiera", embed_dim=96), CLIP, seed=0)
    heads = []
    for seed in range(50):
        give_fresh_head(network, seed=seed)
        heads.append(network.score.weight.norm().item())
    assert sum(heads) / len(heads) == pytest.approx(1.0, abs=0.05)
