"""What the machine has to compute with, as far as a machine without a graphics card can tell."""

import pytest
import torch

from reviewer_app.learning.engines import graphics_cards, pytorch_knows_nvidia


@pytest.mark.parametrize(
    ("cuda", "mps", "names"),
    [
        (True, False, ("NVIDIA card 0", "NVIDIA card 1")),
        (False, True, ("Apple graphics",)),
        (False, False, ()),
    ],
)
def test_cards_are_named(cuda: bool, mps: bool, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"NVIDIA card {number}")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert graphics_cards() == names


@pytest.mark.parametrize(("version", "knows"), [("13.0", True), (None, False)])
def test_a_pytorch_for_processors_alone_is_known(
    version: str | None, knows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.version, "cuda", version)
    assert pytorch_knows_nvidia() is knows


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no NVIDIA card")
def test_the_card_of_this_machine_is_named() -> None:
    assert graphics_cards()[0] == torch.cuda.get_device_name(0)
    assert pytorch_knows_nvidia()
