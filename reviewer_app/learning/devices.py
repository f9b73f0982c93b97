"""Where a training runs: the processor, a graphics card, several of them, or what ``torchrun`` has started."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, Literal

import torch
from lightning_fabric import Fabric
from lightning_fabric.plugins.environments.lightning import LightningEnvironment
from lightning_fabric.plugins.environments.torchelastic import TorchElasticEnvironment
from lightning_fabric.strategies.ddp import DDPStrategy
from torch import Tensor
from torch.distributed import FileStore  # type: ignore[attr-defined]  # documented, yet not in its __all__

from reviewer_app.errors import RequestError
from reviewer_app.learning.seat import Seat

# It would tell the terminal which arithmetic it was asked for.
logging.getLogger("lightning_fabric").setLevel(logging.WARNING)

DEVICES: Final = ("auto", "cpu", "cuda", "mps")
"""Words for ``open_fabric``; ``auto`` takes a graphics card if there is one."""

# What is known of a lack of memory by its text alone: PyTorch's own on the processor, Apple's, and cuBLAS's.
_TEXTS: Final = ("out of memory", "can't allocate memory", "not enough memory", "CUBLAS_STATUS_ALLOC_FAILED")

_PATIENCE: Final = timedelta(days=1)
"""How long one device waits for the others: one alone looks at the validation clips. A dead one is noticed at once."""

_LOOPBACK: Final = {"linux": "lo", "darwin": "lo0", "win32": "Loopback Pseudo-Interface 1"}


def one_processor(*, half: bool = False) -> Fabric:
    """This machine's processor."""
    return Fabric(accelerator="cpu", devices=1, precision="bf16-mixed" if half else "32-true")


def open_fabric(device: str | Seat, *, half: bool = False) -> Fabric:
    """The device by its word; this process's seat; or its place among those that ``torchrun`` started, on any machines.

    Raises:
        RequestError: There is no such device here.
    """
    wanted = _kind(device.device if isinstance(device, Seat) else device)
    precision: Literal["bf16-mixed", "32-true"] = "bf16-mixed" if half else "32-true"
    if isinstance(device, Seat):
        strategy = _take(device, wanted)
        fabric = Fabric(accelerator=wanted, devices=device.ranks, strategy=strategy, precision=precision)
        fabric.launch()
        return fabric
    if not TorchElasticEnvironment.detect():
        return Fabric(accelerator=wanted, devices=1, precision=precision)
    here_alone, everywhere = int(os.environ["LOCAL_WORLD_SIZE"]), int(os.environ["WORLD_SIZE"])
    nodes = everywhere // here_alone
    fabric = Fabric(accelerator=wanted, devices=here_alone, num_nodes=nodes, strategy=_sharing(), precision=precision)
    fabric.launch()  # starts nothing, as torchrun has: it makes the processes know one another
    return fabric


def require_devices(device: str, count: int) -> None:
    """Makes sure that a training can have so many devices of this machine, before it does anything.

    Raises:
        RequestError: There are not so many; the text says how many there are.
    """
    if count < 1:
        raise RequestError(f"A training needs at least one device, not {count}.")
    kind = _kind(device)
    if count == 1:
        return
    if kind == "cuda" and (there := torch.cuda.device_count()) < count:
        cards = "one graphics card" if there == 1 else f"{there} graphics cards"
        raise RequestError(f"This machine has {cards} that PyTorch can use, not {count}; take fewer.")
    if kind == "mps":
        raise RequestError("This machine has one graphics card for all of its work; take one device.")
    if kind == "cpu" and device == "auto":
        raise RequestError(
            f"This machine has no graphics card that PyTorch can use, let alone {count}. To train in {count} processes "
            "on its processor, name that as the device (cpu)."
        )
    if kind == "cpu" and (cores := os.cpu_count() or 1) < count:
        raise RequestError(
            f"This machine's processor has room for {cores} at once, not {count}: more processes would only wait for "
            "one another. Take fewer."
        )


def _kind(device: str) -> str:
    """The device that a word means here."""
    if device not in DEVICES:
        raise RequestError(f"Nothing is trained on {device!r}: choose {', '.join(DEVICES)}.")
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    wanted = next(name for name in ("cuda", "mps", "cpu") if here[name]) if device == "auto" else device
    if not here[wanted]:
        raise RequestError(f"This machine has no graphics card that PyTorch can use as {wanted!r}; train on cpu.")
    return wanted


def _take(seat: Seat, kind: str) -> DDPStrategy:
    """Joins the others of this machine: they meet by a file, and what they must open stays within the machine.

    Both backends listen on ports that the system chooses, as there is no other way between processes; they are told to
    do so on the loopback interface alone, whatever the environment said before. NCCL's status service, and its ways to
    other machines that do not go by this interface, are switched off.
    """
    loopback = _LOOPBACK.get(sys.platform, "lo")
    os.environ |= {
        "GLOO_SOCKET_IFNAME": loopback,
        "NCCL_SOCKET_IFNAME": f"={loopback}",
        "NCCL_RAS_ENABLE": "0",
        "NCCL_NET": "Socket",
        "LOCAL_RANK": str(seat.rank),  # where Fabric looks for it
        "MASTER_PORT": "0",  # nobody is to look for a free one
    }
    with_nccl = kind == "cuda" and torch.distributed.is_nccl_available()
    torch.distributed.init_process_group(
        "nccl" if with_nccl else "gloo",
        # By the file itself: of an init_method, torch would take an umlaut or a space in a path for part of an address.
        store=FileStore(str(seat.meeting), seat.ranks),
        rank=seat.rank,
        world_size=seat.ranks,
        timeout=_PATIENCE,
        device_id=torch.device("cuda", seat.rank) if with_nccl else None,
    )
    return _sharing(LightningEnvironment())


def _sharing(environment: LightningEnvironment | None = None) -> DDPStrategy:
    # Looking for unused weights costs a walk through the graph, and keeps the gradients in the packets that they were
    # in at the first step. Packed anew after it, as they would be otherwise, three devices or more add them up in
    # another order, and a training that goes on after a stop would differ in the last bits: with three processes and
    # a million weights it did in 177 of 248 tensors, and so in none.
    return DDPStrategy(cluster_environment=environment, timeout=_PATIENCE, find_unused_parameters=True)


def mean_over_devices(fabric: Fabric, value: Tensor) -> Tensor:
    """The mean of what each device has found, known to all of them; nobody waits for it before it is read."""
    if fabric.world_size > 1:
        torch.distributed.all_reduce(value)
        value /= fabric.world_size
    return value


@contextmanager
def memory_explained(fabric: Fabric) -> Iterator[None]:
    """Tells a lack of memory in a sentence, wherever in a training it shows.

    Raises:
        RequestError: Memory was too small.
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise RequestError(
            f"The memory of {device_words(fabric)} is too small to train this network; take a smaller network, or "
            "train only its head (frozen_trunk)."
        ) from error


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory was too small, of the card or of the machine."""
    told = str(error)
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(text in told for text in _TEXTS)


def device_words(fabric: Fabric) -> str:
    """The device in words, for sentences."""
    return "the graphics card" if fabric.device.type in ("cuda", "mps") else "this machine"
