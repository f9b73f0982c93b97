from dataclasses import replace

import numpy as np
import pytest
import torch

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.errors import BundleError
from reviewer_app.learning.network import (
    ClipInput,
    NetworkSpec,
    build_network,
    motion_channels,
)
from tests.learning.tiny import HIERA_BASE

HIERA = NetworkSpec(architecture="hiera", embed_dim=16, heads=1, stages=(1, 1, 1, 1), bins=8)
CONVOLUTION = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION)
FAMILIES = pytest.mark.parametrize("spec", [HIERA, CONVOLUTION], ids=lambda spec: spec.architecture)


def noise(count: int, *, size: int = 32, seed: int = 0) -> torch.Tensor:
    pixels = np.random.default_rng(seed).integers(0, 256, (count, 16, size, size, 3), np.uint8)
    return torch.from_numpy(pixels)


@FAMILIES
@pytest.mark.parametrize("bins", [0, 1, 4, 8, 16])
def test_every_network_gives_a_logit_the_activity_and_an_embedding(spec: NetworkSpec, bins: int) -> None:
    network = build_network(replace(spec, bins=bins), CLIP).eval()
    logit, activity, embedding = network(noise(3))
    assert logit.shape == (3,)
    assert activity.shape == (3, bins)
    assert embedding.shape[0] == 3
    assert embedding.ndim == 2


@FAMILIES
def test_the_logit_is_a_logit_and_has_not_met_a_sigmoid_or_softmax(spec: NetworkSpec) -> None:
    network = build_network(spec, CLIP).eval()
    with torch.no_grad():
        network.score.bias.fill_(-7.5)
        network.score.weight.zero_()
    assert network(noise(1))[0].tolist() == [-7.5]


@FAMILIES
def test_a_score_does_not_depend_on_the_clips_beside_it(spec: NetworkSpec) -> None:
    torch.manual_seed(0)
    network = build_network(spec, CLIP).eval()
    clips = noise(3)
    with torch.no_grad():
        together, alone = network(clips)[0][1:2], network(clips[1:2])[0]
    torch.testing.assert_close(together, alone, rtol=1e-5, atol=1e-6)


@FAMILIES
def test_activity_is_told_in_the_order_of_time(spec: NetworkSpec) -> None:
    torch.manual_seed(1)
    network = build_network(spec, CLIP).eval()
    still = torch.full((1, 16, 32, 32, 3), 90, dtype=torch.uint8)
    changed = still.clone()
    changed[:, 15, 8:24, 8:24] = 220
    with torch.no_grad():
        difference = (network(changed)[1] - network(still)[1]).abs().squeeze()
    assert difference.argmax() == 7


@FAMILIES
def test_a_spec_survives_the_manifest(spec: NetworkSpec) -> None:
    assert NetworkSpec.from_json(spec.to_json()) == spec


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"architecture": "resnet"}, "architecture"),
        ({"architecture": "os.system"}, "architecture"),
        ({"embed_dim": "96"}, "whole numbers"),
        ({"embed_dim": True}, "whole numbers"),
        ({"embed_dim": 100_000}, "channels"),
        ({"heads": 7}, "channels"),
        ({"stages": [2, 3]}, "four numbers"),
        ({"stages": [2, 3, 999, 1]}, "four numbers"),
        ({"stages": "2,3"}, "whole numbers"),
        ({"bins": 5}, "bins"),
        ({"bins": -8}, "bins"),
        ({"drop_path": float("nan")}, "drop_path"),
        ({"dropout": 1.0}, "dropout"),
        ({"extra": 1}, "unknown entries: extra"),
    ],
)
def test_a_nonsense_spec_is_refused_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(BundleError, match=words):
        NetworkSpec.from_json({**HIERA.to_json(), **change})


def test_a_spec_with_a_missing_entry_is_refused() -> None:
    values = HIERA.to_json()
    del values["heads"]
    with pytest.raises(BundleError, match="heads"):
        NetworkSpec.from_json(values)
    with pytest.raises(BundleError, match="names and values"):
        NetworkSpec.from_json(["hiera"])


def test_clips_that_do_not_divide_into_patches_are_refused() -> None:
    with pytest.raises(BundleError, match="multiple of 32"):
        build_network(HIERA, replace(CLIP, size=72))


def test_rgb_input_is_scaled_once_and_normalised_per_channel() -> None:
    spec = ClipSpec(size=32, mean=(0.5, 0.4, 0.3), deviation=(0.5, 0.2, 0.1))
    pixels = torch.zeros((1, 16, 32, 32, 3), dtype=torch.uint8)
    pixels[..., 1] = 255
    values = ClipInput(spec)(pixels)
    assert values.shape == (1, 3, 16, 32, 32)
    torch.testing.assert_close(values[0, :, 0, 0, 0], torch.tensor([-1.0, 3.0, -3.0]))


def test_motion_channels_equal_their_definition() -> None:
    pixels = noise(2, seed=3).float().permute(0, 4, 1, 2, 3) / 255
    grey = (pixels * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1, 1)).sum(dim=1).numpy()
    from_median, from_before, brightness = motion_channels(pixels).unbind(dim=1)
    expected = np.abs(grey - np.median(grey, axis=1, keepdims=True))
    np.testing.assert_allclose(from_median.numpy(), expected, atol=1e-6)
    np.testing.assert_allclose(from_before[:, 1:].numpy(), np.abs(np.diff(grey, axis=1)), atol=1e-6)
    assert float(from_before[:, 0].max()) == 0
    np.testing.assert_allclose(brightness.numpy(), grey, atol=1e-6)


def test_hiera_base_has_the_parameters_of_the_published_checkpoint() -> None:
    names = {name for name, _ in build_network(HIERA_BASE, ClipSpec(size=32)).named_parameters()}
    trunk = {name.removeprefix("trunk.hiera.") for name in names if name.startswith("trunk.hiera.")}
    assert {"pos_embed_spatial", "pos_embed_temporal", "patch_embed.proj.weight", "norm.bias"} <= trunk
    assert "blocks.23.attn.qkv.weight" in trunk
    assert "blocks.2.proj.weight" in trunk
    assert "blocks.24.norm1.weight" not in trunk
