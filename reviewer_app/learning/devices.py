"""Where a training runs: the processor, a graphics card, several of them, or what ``torchrun`` has started."""

import logging
import os
from typing import Final, Literal

import torch
from lightning_fabric import Fabric
from lightning_fabric.plugins.environments.torchelastic import TorchElasticEnvironment

from reviewer_app.errors import RequestError

# It would tell the terminal which arithmetic it was asked for.
logging.getLogger("lightning_fabric").setLevel(logging.WARNING)

DEVICES: Final = ("auto", "cpu", "cuda", "mps")
"""Words for ``open_fabric``; ``auto`` takes a graphics card if there is one."""

# What is known of a lack of memory by its text alone: PyTorch's own on the processor, Apple's, and cuBLAS's.
_TEXTS: Final = ("out of memory", "can't allocate memory", "not enough memory", "CUBLAS_STATUS_ALLOC_FAILED")


def one_processor(*, half: bool = False) -> Fabric:
    """This machine's processor."""
    return Fabric(accelerator="cpu", devices=1, precision="bf16-mixed" if half else "32-true")


def open_fabric(device: str, *, half: bool = False) -> Fabric:
    """The device by its word; or this process's place among those that ``torchrun`` has started, on any machines.

    Raises:
        RequestError: There is no such device here.
    """
    if device not in DEVICES:
        raise RequestError(f"Nothing is trained on {device!r}: choose {', '.join(DEVICES)}.")
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    wanted = next(name for name in ("cuda", "mps", "cpu") if here[name]) if device == "auto" else device
    if not here[wanted]:
        raise RequestError(f"This machine has no graphics card that PyTorch can use as {wanted!r}; train on cpu.")
    precision: Literal["bf16-mixed", "32-true"] = "bf16-mixed" if half else "32-true"
    if not TorchElasticEnvironment.detect():
        return Fabric(accelerator=wanted, devices=1, precision=precision)
    here_alone, everywhere = int(os.environ["LOCAL_WORLD_SIZE"]), int(os.environ["WORLD_SIZE"])
    nodes = everywhere // here_alone
    fabric = Fabric(accelerator=wanted, devices=here_alone, num_nodes=nodes, strategy="ddp", precision=precision)
    fabric.launch()  # starts nothing, as torchrun has: it makes the processes know one another
    return fabric


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory was too small, of the card or of the machine."""
    told = str(error)
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(text in told for text in _TEXTS)


def device_words(fabric: Fabric) -> str:
    """The device in words, for sentences."""
    return "the graphics card" if fabric.device.type in ("cuda", "mps") else "this machine"
