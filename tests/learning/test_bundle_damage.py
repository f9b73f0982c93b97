"""Damaged and forged bundles, each refused before the first score and unexecuted."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import CARD, MANIFEST, WEIGHTS, load_bundle, read_bundle, verify_bundle
from tests.learning.sealing import reseal


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([MANIFEST, WEIGHTS, CARD]), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_refused(packed: Path, name: str, place: float, bit: int) -> None:
    path = packed / name
    good = path.read_bytes()
    bad = bytearray(good)
    bad[int(place * len(good))] ^= 1 << bit
    path.write_bytes(bad)
    try:
        with pytest.raises(BundleError):
            load_bundle(packed)
    finally:
        path.write_bytes(good)


@pytest.mark.parametrize("name", [WEIGHTS, CARD])
@pytest.mark.parametrize("keep", [0, 100, -1])
def test_a_cut_file_is_refused(copy: Path, name: str, keep: int) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:keep])

    with pytest.raises(BundleError, match="size"):
        read_bundle(copy)


@pytest.mark.parametrize("name", [MANIFEST, WEIGHTS, CARD])
def test_a_missing_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(BundleError):
        read_bundle(copy)


@pytest.mark.parametrize("name", [MANIFEST, WEIGHTS, CARD])
def test_a_link_to_a_file_elsewhere_is_refused(copy: Path, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (copy / name).rename(elsewhere)
    (copy / name).symlink_to(elsewhere)

    with pytest.raises(BundleError):
        read_bundle(copy)


def test_other_files_in_the_folder_are_never_opened(copy: Path) -> None:
    os.mkfifo(copy / "network.py")  # reading it would block for ever

    assert verify_bundle(copy).name == "tiny"


def change_weights(folder: Path, change: Callable[[dict[str, Tensor]], object]) -> None:
    tensors = safetensors.torch.load_file(folder / WEIGHTS)
    change(tensors)
    safetensors.torch.save_file(tensors, folder / WEIGHTS)
    reseal(folder)


def test_weights_that_are_not_finite_are_refused(copy: Path) -> None:
    def spoil(tensors: dict[str, Tensor]) -> None:
        tensors["score.weight"][0, 3] = float("nan")

    change_weights(copy, spoil)
    with pytest.raises(BundleError, match=r"not finite numbers \(score.weight\)"):
        load_bundle(copy)


def test_weights_of_another_shape_are_refused(copy: Path) -> None:
    def spoil(tensors: dict[str, Tensor]) -> None:
        tensors["score.weight"] = tensors["score.weight"][:, :-1].contiguous()

    change_weights(copy, spoil)
    with pytest.raises(BundleError, match=r"does not fit its network: score\.weight"):
        load_bundle(copy)


def test_missing_weights_are_refused(copy: Path) -> None:
    change_weights(copy, lambda tensors: tensors.pop("score.bias"))

    with pytest.raises(BundleError, match=r"lacks weights .* score\.bias"):
        load_bundle(copy)


def test_unknown_weights_are_refused(copy: Path) -> None:
    change_weights(copy, lambda tensors: tensors.update(extra=torch.zeros(3)))

    with pytest.raises(BundleError, match="does not know, such as extra"):
        load_bundle(copy)


def test_whole_numbers_in_place_of_weights_are_refused(copy: Path) -> None:
    change_weights(copy, lambda tensors: tensors.update({"score.bias": torch.zeros(1, dtype=torch.int64)}))

    with pytest.raises(BundleError, match=r"score\.bias"):
        load_bundle(copy)


def test_a_changed_weight_shows_in_the_golden_clip_even_when_all_hashes_fit(copy: Path) -> None:
    change_weights(copy, lambda tensors: tensors["score.bias"].add_(1.0))

    load_bundle(copy)
    with pytest.raises(BundleError, match="golden clip"):
        verify_bundle(copy)


def test_a_network_too_large_for_its_weights_is_refused_before_it_is_built(copy: Path) -> None:
    reseal(copy, lambda values: values["network"].update(embed_dim=256, stages=[48, 48, 48, 48]))

    with pytest.raises(BundleError, match="too small for its network"):
        load_bundle(copy)


class Payload:
    """Writes a marker when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.marker),)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_named_safetensors_is_refused_unread(copy: Path, tmp_path: Path, protocol: int) -> None:
    marker = tmp_path / "marker"
    payload = pickle.dumps(Payload(marker), protocol)
    (copy / WEIGHTS).write_bytes(payload + bytes(200_000))  # long enough not to be refused for its length
    reseal(copy)

    with pytest.raises(BundleError, match="pickle" if protocol >= 2 else "no safetensors"):
        load_bundle(copy)
    assert not marker.exists()
    pickle.loads(payload)
    assert marker.exists()  # the payload does work


def test_a_torch_archive_named_safetensors_is_refused_unread(copy: Path, tmp_path: Path) -> None:
    torch.save({"bomb": Payload(tmp_path / "marker"), "weights": torch.zeros(60_000)}, copy / WEIGHTS)
    reseal(copy)

    with pytest.raises(BundleError, match="is a pickle"):
        load_bundle(copy)
    assert not (tmp_path / "marker").exists()
