"""Checkpoints of Kinetics-400: Hiera's own names become a bundle that says what it still lacks."""

import math
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch
from hiera import Hiera, hiera_base_16x224
from torch import Tensor

from reviewer_app.domain.clip import Channels, CropPolicy, Resampling
from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import verify_bundle
from reviewer_app.learning.golden import golden_clip
from reviewer_app.learning.kinetics import (
    CLIP,
    TRUNK,
    UNTRAINED_NOTICE,
    Checkpoint,
    import_checkpoint,
    read_checkpoints,
)
from reviewer_app.learning.network import NetworkSpec, build_network
from tests.learning.tiny import HIERA_BASE

RESOURCES = Path(__file__).parents[2] / "resources" / "hiera_checkpoints.json"
SMALL = Checkpoint(
    name="hiera-small-test",
    repository="nobody/nothing",
    revision="0" * 40,
    file="model.safetensors",
    sha256=None,
    largest_bytes=10**7,
    network=NetworkSpec(architecture="hiera", embed_dim=16, heads=1, stages=(1, 1, 1, 1)),
)
KNOWN = {SMALL.name: SMALL}


def published(classes: int = 400) -> Hiera:
    """A network as Hiera's authors publish them, but small and with random weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(11)
        model = hiera_base_16x224(num_classes=classes, embed_dim=16, num_heads=1, stages=(1, 1, 1, 1))
    return model.eval()


@pytest.fixture(scope="module")
def model() -> Hiera:
    return published()


@pytest.fixture
def checkpoint(model: Hiera, tmp_path: Path) -> Path:
    return save(tmp_path, model.state_dict())


def save(folder: Path, tensors: dict[str, Tensor]) -> Path:
    safetensors.torch.save_file(tensors, folder / "model.safetensors")
    return folder / "model.safetensors"


def test_an_imported_checkpoint_computes_what_hiera_computes(model: Hiera, checkpoint: Path, tmp_path: Path) -> None:
    import_checkpoint(checkpoint, tmp_path / "mine", known=KNOWN, date="2026-01-02")

    bundle = verify_bundle(tmp_path / "mine")
    clip = torch.from_numpy(golden_clip(bundle.description.clip)[None])
    pixels = (clip.permute(0, 4, 1, 2, 3).float() / 255 - 0.45) / 0.225
    with torch.inference_mode():
        _, activity, embedding = bundle.network()(clip)
        features, head = model.head.projection.in_features, model.head
        model.head = torch.nn.Identity()
        theirs = model(pixels)
        model.head = head
    assert embedding.shape == (1, features)
    assert torch.allclose(embedding, theirs, atol=1e-4)
    assert activity.shape == (1, 0)


def test_an_imported_bundle_says_what_it_lacks_and_what_binds_it(checkpoint: Path, tmp_path: Path) -> None:
    bundle = import_checkpoint(checkpoint, tmp_path / "mine", known=KNOWN, date="2026-01-02")

    told = bundle.description
    assert told.notice == UNTRAINED_NOTICE
    assert told.licence.spdx == "CC-BY-NC-4.0"
    assert not bundle.is_calibrated
    assert (told.clip.size, told.clip.resampling, told.clip.channels) == (224, Resampling.TRILINEAR, Channels.RGB)
    assert told.clip.crop is CropPolicy.MOVEMENT
    assert told.training["date"] == "2026-01-02"
    card = (tmp_path / "mine" / "card.md").read_text(encoding="utf-8")
    assert "untrained" in card
    assert "CC-BY-NC-4.0" in card


def test_the_fresh_logit_is_decided_by_its_seed(checkpoint: Path, tmp_path: Path) -> None:
    bundles = [
        import_checkpoint(checkpoint, tmp_path / name, known=KNOWN, date="2026-01-02", seed=seed)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]

    first, same, other = (bundle.weights.sha256 for bundle in bundles)
    assert first == same
    assert first != other


def test_the_random_numbers_of_others_are_left_alone(checkpoint: Path, tmp_path: Path) -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)

    import_checkpoint(checkpoint, tmp_path / "mine", known=KNOWN, date="2026-01-02")

    assert torch.equal(torch.rand(3), expected)


def test_the_real_base_checkpoint_would_fit() -> None:
    """Hiera's own network of that name has exactly the weights that ours wants, but for the head."""
    theirs = {TRUNK + key: each.shape for key, each in hiera_base_16x224().state_dict().items() if "head." not in key}
    ours = {key: each.shape for key, each in build_network(HIERA_BASE, CLIP).state_dict().items()}

    assert ours == {**theirs, "score.weight": (1, 768), "score.bias": (1,)}


def test_the_known_checkpoints_hold_together() -> None:
    known = read_checkpoints(RESOURCES)

    assert known["hiera-base-k400"].network == HIERA_BASE
    for name, checkpoint in known.items():
        assert name == checkpoint.name
        assert checkpoint.repository.startswith("facebook/hiera_")
        assert checkpoint.sha256 is None or len(checkpoint.sha256) == 64
        spec = checkpoint.network
        # Per block attention and MLP hold about 12 x the square of the width, four bytes each.
        least = 4 * sum(12 * n * (spec.embed_dim * 2**i) ** 2 for i, n in enumerate(spec.stages))
        assert 0.9 * least < checkpoint.largest_bytes < 1.3 * least


def test_a_pth_file_is_refused_unread_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "hiera_base_16x224.pth"
    torch.save({"model_state": published().state_dict()}, path)

    with pytest.raises(BundleError, match=r"is a pickle .* not read.* bundle fetch"):
        import_checkpoint(path, tmp_path / "mine", known=KNOWN, date="2026-01-02")
    assert not (tmp_path / "mine").exists()


def test_an_old_pickle_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps({"a": 1}, protocol=0))

    with pytest.raises(BundleError, match="no safetensors file"):
        import_checkpoint(path, tmp_path / "mine", known=KNOWN, date="2026-01-02")


def test_a_checkpoint_of_unknown_size_is_refused_with_those_that_are_known(checkpoint: Path, tmp_path: Path) -> None:
    other = {"big": replace(SMALL, network=HIERA_BASE)}

    with pytest.raises(BundleError, match=r"none of the Hiera checkpoints .* big"):
        import_checkpoint(checkpoint, tmp_path / "mine", known=other, date="2026-01-02")


def test_a_checkpoint_of_another_training_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, published(classes=1000).state_dict())

    with pytest.raises(BundleError, match="not trained on Kinetics-400"):
        import_checkpoint(path, tmp_path / "mine", known=KNOWN, date="2026-01-02")


def test_a_checkpoint_with_a_number_that_is_none_is_refused(model: Hiera, tmp_path: Path) -> None:
    tensors = {key: each.clone() for key, each in model.state_dict().items()}
    tensors["norm.weight"][0] = math.inf

    with pytest.raises(BundleError, match=r"not finite numbers \(norm\.weight\)"):
        import_checkpoint(save(tmp_path, tensors), tmp_path / "mine", known=KNOWN, date="2026-01-02")


def test_a_checkpoint_that_lacks_a_block_is_refused(model: Hiera, tmp_path: Path) -> None:
    tensors = {key: each for key, each in model.state_dict().items() if key != "blocks.2.mlp.fc1.bias"}

    with pytest.raises(BundleError, match=r"lacks weights .* trunk\.hiera\.blocks\.2\.mlp\.fc1\.bias"):
        import_checkpoint(save(tmp_path, tensors), tmp_path / "mine", known=KNOWN, date="2026-01-02")


def test_something_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="is not a file"):
        import_checkpoint(tmp_path, tmp_path / "mine", known=KNOWN, date="2026-01-02")


def test_a_name_that_no_bundle_may_have_is_refused(checkpoint: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be named so"):
        import_checkpoint(checkpoint, tmp_path / "My Model", known=KNOWN, date="2026-01-02")
