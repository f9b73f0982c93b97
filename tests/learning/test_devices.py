import os

import pytest
import torch

from reviewer_app.errors import RequestError
from reviewer_app.learning.devices import device_words, is_out_of_memory, one_processor, open_fabric, require_devices


def test_the_processor_is_always_there() -> None:
    assert open_fabric("cpu").device.type == one_processor().device.type == "cpu"
    assert device_words(one_processor()) == "this machine"


def test_a_card_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(RequestError, match="no graphics card that PyTorch can use as 'cuda'"):
        open_fabric("cuda")
    with pytest.raises(RequestError, match="choose auto, cpu, cuda, mps"):
        open_fabric("abacus")


def test_a_lack_of_memory_is_known_by_its_class_or_text() -> None:
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory."))
    assert is_out_of_memory(RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried ..."))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory"))
    assert not is_out_of_memory(RuntimeError("shapes differ"))


def test_devices_that_are_not_there_are_told_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    require_devices("cpu", 4)
    require_devices("auto", 1)
    for device, count, words in (
        ("cpu", 5, "room for 4 at once, not 5"),
        ("cpu", 0, "at least one device, not 0"),
        ("auto", 2, "no graphics card .* give --device cpu"),
        ("cuda", 2, "no graphics card that PyTorch can use as 'cuda'"),
    ):
        with pytest.raises(RequestError, match=words):
            require_devices(device, count)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    require_devices("auto", 2)
    with pytest.raises(RequestError, match="has 2 graphics cards that PyTorch can use, not 3"):
        require_devices("auto", 3)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(RequestError, match="has one graphics card that PyTorch can use, not 2"):
        require_devices("cuda", 2)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    with pytest.raises(RequestError, match="leave --devices at 1"):
        require_devices("mps", 2)
