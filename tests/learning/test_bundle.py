"""Bundles: what is packed is what is scored with, and is found, listed and described."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import (
    CARD,
    MANIFEST,
    Bundle,
    find_bundle,
    list_bundles,
    load_bundle,
    read_bundle,
    verify_bundle,
    write_bundle,
)
from reviewer_app.learning.golden import golden_clip
from reviewer_app.learning.network import NetworkSpec
from tests.learning.tiny import CLIP, HIERA, HIERA_CLIP, NETWORK, tiny_bundle, tiny_description, tiny_network


@pytest.mark.parametrize(("spec", "clip"), [(NETWORK, CLIP), (HIERA, HIERA_CLIP)], ids=["motion_conv", "hiera"])
def test_a_packed_network_scores_as_it_did_before(tmp_path: Path, spec: NetworkSpec, clip: ClipSpec) -> None:
    network = tiny_network(spec, clip)
    tiny_bundle(tmp_path / "tiny", spec, clip)
    clips = torch.from_numpy(golden_clip(clip, seed=5)[None])

    loaded = load_bundle(tmp_path / "tiny").network()

    with torch.inference_mode():
        for before, after in zip(network(clips), loaded(clips), strict=True):
            assert torch.equal(before, after)


def test_everything_told_is_read_back(packed: Path) -> None:
    bundle = verify_bundle(packed)

    told = tiny_description()
    assert replace(bundle.description, operating_points=()) == replace(told, operating_points=())
    assert repr(bundle.description.operating_points) == repr(told.operating_points)  # one is NaN, which equals nothing
    assert bundle.name == "tiny"
    assert bundle.is_calibrated


def test_the_identity_is_the_hash_of_the_manifest(packed: Path) -> None:
    assert read_bundle(packed).identity == hashlib.sha256((packed / MANIFEST).read_bytes()).hexdigest()


def test_the_same_network_and_description_give_the_same_bundle(packed: Path, tmp_path: Path) -> None:
    again = tiny_bundle(tmp_path / "again")

    assert again.identity == read_bundle(packed).identity


def test_a_folder_without_a_bundle_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="is not a bundle"):
        load_bundle(tmp_path)


def test_a_bundle_never_overwrites_another(packed: Path) -> None:
    with pytest.raises(BundleError, match="already something"):
        tiny_bundle(packed)


def test_a_description_of_another_network_leaves_nothing_behind(tmp_path: Path) -> None:
    other = replace(NETWORK, stages=(2, 1, 1, 1))

    with pytest.raises(BundleError, match="lacks weights"):
        write_bundle(tmp_path / "new", tiny_network(), tiny_description(other))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(BundleError, match="cannot be written"):
        tiny_bundle(tmp_path / "file" / "bundle")


def test_the_network_being_trained_stays_in_training(tmp_path: Path) -> None:
    network = tiny_network().train()

    write_bundle(tmp_path / "new", network, tiny_description())
    assert network.training


def test_a_list_names_the_good_and_says_why_of_the_bad(packed: Path, tmp_path: Path) -> None:
    for name in ("a", "b", ".bundle-being-written"):
        shutil.copytree(packed, tmp_path / name)
    (tmp_path / "b" / CARD).unlink()
    (tmp_path / "no bundle").mkdir()

    good, bad = list_bundles([tmp_path, tmp_path / "missing"])

    assert isinstance(good, Bundle)
    assert good.folder == tmp_path / "a"
    assert isinstance(bad, BundleError)
    assert "b: " in str(bad)


def test_a_bundle_is_found_by_name_and_by_path(packed: Path) -> None:
    assert find_bundle("tiny", [packed.parent]) == packed
    assert find_bundle(str(packed), []) == packed
    with pytest.raises(BundleError, match="there are: tiny"):
        find_bundle("huge", [packed.parent])
    with pytest.raises(BundleError, match="none yet"):
        find_bundle("huge", [])


def test_the_card_tells_licence_notice_and_limits(packed: Path) -> None:
    card = (packed / CARD).read_text(encoding="utf-8")

    for told in (
        RESEARCH_NOTICE,
        "Not trained at all.",
        "Apache-2.0. Made for a test.",
        "| 2 | 90% | 0.5000 | 0.2500 |",
    ):
        assert told in card


def test_the_golden_clip_is_the_same_on_every_machine() -> None:
    clip = golden_clip(ClipSpec(size=64), seed=7)

    assert clip.shape == (16, 64, 64, 3)
    assert hashlib.sha256(clip.tobytes()).hexdigest().startswith("cbb6f5a1ad9faa9c")
    assert np.abs(np.diff(clip.astype(int), axis=0)).mean() > 10  # it moves
