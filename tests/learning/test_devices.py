import os
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from reviewer_app.errors import RequestError
from reviewer_app.learning import devices
from reviewer_app.learning.devices import device_words, is_out_of_memory, one_processor, open_fabric, require_devices
from reviewer_app.learning.seat import Seat


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
        ("auto", 2, "no graphics card .* name that as the device"),
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
    with pytest.raises(RequestError, match="take one device"):
        require_devices("mps", 2)


class NotedFabric:
    """Stands for Fabric where there are no cards."""

    def __init__(self, **options: object) -> None:
        self.options, self.is_launched = options, False

    def launch(self) -> None:
        self.is_launched = True


@pytest.mark.skipif(sys.platform != "linux", reason="the interface has another name there")
def test_graphics_cards_of_one_machine_talk_by_nccl_and_within_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[dict[str, Any]] = []
    monkeypatch.setattr(devices, "Fabric", NotedFabric)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.distributed, "is_nccl_available", lambda: True)
    monkeypatch.setattr(
        torch.distributed, "init_process_group", lambda backend, **options: joined.append({"by": backend, **options})
    )
    monkeypatch.setattr(os, "environ", {"NCCL_SOCKET_IFNAME": "eth0", "NCCL_RAS_ENABLE": "1"})
    fabric = open_fabric(Seat("cuda", 1, 3, tmp_path / "a meeting in Zürich"))
    assert isinstance(fabric, NotedFabric)
    assert fabric.is_launched
    assert (fabric.options["accelerator"], fabric.options["devices"]) == ("cuda", 3)
    [told] = joined
    assert (told["by"], told["rank"], told["world_size"]) == ("nccl", 1, 3)
    assert told["device_id"] == torch.device("cuda", 1)
    assert told["store"].path == str(tmp_path / "a meeting in Zürich")
    assert (os.environ["NCCL_SOCKET_IFNAME"], os.environ["NCCL_RAS_ENABLE"]) == ("=lo", "0")
    assert os.environ["NCCL_NET"] == "Socket"


def test_a_seat_is_one_of_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a place among 2: 2"):
        Seat("cpu", 2, 2, tmp_path / "meeting")
