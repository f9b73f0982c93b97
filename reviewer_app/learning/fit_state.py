"""The resumable state of a training: weights, copies of them and the optimiser's memory, in one file without pickle."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from reviewer_app.errors import RequestError

AVERAGE: Final = "average"
BEST: Final = "best"
"""Copies of the weights that a training may keep beside them."""

_STANDING = "standing"


@dataclass(frozen=True, slots=True)
class FitState:
    """What changes while a network is trained."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    copies: Mapping[str, dict[str, Tensor]]  # the averaged and the best weights, by their names and the network's


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a training stands, beside its weights."""

    step: int = 0  # steps done
    best: float | None = None  # lowest loss on clips that are never learned from
    best_step: int = 0  # after which it was seen
    looks_without_gain: int = 0  # since then
    ended: bool = False  # before its time, as nothing was gained any more
    threads: int = 0  # of the processor: sums are rounded otherwise on another number of them

    @property
    def kept(self) -> str:
        """Which copy of the weights is the result, if there is one: the best that was seen, else the average."""
        return AVERAGE if self.best is None else BEST


def save_state(path: Path, state: FitState, standing: Standing, *, identity: str = "") -> None:
    """Writes the state; a reader, or a power cut, meets the whole old one or the whole new one.

    Args:
        path: The file.
        state: What it shall hold.
        standing: Where the training stands.
        identity: What is trained, on what and how: the state of another training is never taken up.

    Raises:
        RequestError: The disk is full or gone.
    """
    tensors = {f"weight/{name}": value for name, value in state.network.state_dict().items()}
    for kind, weights in state.copies.items():
        tensors |= {f"{kind}/{name}": value for name, value in weights.items()}
    for index, memory in state.optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer/{index}/{name}": value for name, value in memory.items()}
    told = {_STANDING: json.dumps(asdict(standing)), "identity": identity}
    beside = path.with_name(path.name + ".new")
    try:
        save_file({name: value.cpu().contiguous() for name, value in tensors.items()}, beside, metadata=told)
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
        beside.replace(path)
    except (OSError, SafetensorError) as error:
        raise RequestError(f"The training cannot be kept in {path.parent}: {error}. Make room there.") from error


def load_state(path: Path, state: FitState, *, identity: str = "") -> Standing:
    """Fills network, copies and optimiser from a saved state, if there is one.

    Returns:
        Where the training stands; at its beginning, if nothing was saved.

    Raises:
        RequestError: The file is not the state of this training.
    """
    if not path.exists():
        return Standing()
    try:
        with safe_open(path, framework="pt") as file:
            told = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        if told["identity"] != identity:
            raise ValueError("of another training")
        standing = Standing(**json.loads(told[_STANDING]))
        state.network.load_state_dict(_part(tensors, "weight/"))
        for kind, weights in state.copies.items():
            saved = _part(tensors, f"{kind}/")
            for name, value in weights.items():
                value.copy_(saved[name])
        _fill_optimizer(state.optimizer, _part(tensors, "optimizer/"))
    except (SafetensorError, OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise RequestError(f"{path.name} is not the state of this training; move it away to start anew.") from error
    return standing


def load_kept(path: Path, network: nn.Module, *, identity: str) -> None:
    """Fills a network with the weights that the training in a file has kept.

    Raises:
        RequestError: The file is not the state of this training.
    """
    try:
        standing = saved_standing(path)
        with safe_open(path, framework="pt") as file:
            if file.metadata()["identity"] != identity:
                raise ValueError("of another training")
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        network.load_state_dict(_part(tensors, f"{standing.kept}/") or _part(tensors, "weight/"))
    except (SafetensorError, OSError, RuntimeError, KeyError, ValueError) as error:
        raise RequestError(f"{path.name} is not the state of this training; move it away to start anew.") from error


def saved_standing(path: Path) -> Standing:
    """Where the training in a file stands.

    Raises:
        RequestError: The file is not the state of a training.
    """
    try:
        with safe_open(path, framework="pt") as file:
            return Standing(**json.loads(file.metadata()[_STANDING]))
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise RequestError(f"{path.name} is not the state of a training; move it away to start anew.") from error


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _fill_optimizer(optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    memory: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        index, entry = name.split("/")
        memory.setdefault(int(index), {})[entry] = value
    optimizer.load_state_dict({"state": memory, "param_groups": optimizer.state_dict()["param_groups"]})
