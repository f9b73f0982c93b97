"""The resumable state of a training: weights, their average and the optimizer's memory, in one file without pickle."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from reviewer_app.errors import RequestError


@dataclass(frozen=True, slots=True)
class FitState:
    """What changes while a network is trained."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    average: dict[str, Tensor]  # the averaged weights, by the network's names


def save_state(path: Path, state: FitState, *, step: int) -> None:
    """Writes the state; a reader, or a power cut, meets the whole old one or the whole new one."""
    tensors = {f"weight/{name}": value for name, value in state.network.state_dict().items()}
    tensors |= {f"average/{name}": value for name, value in state.average.items()}
    for index, memory in state.optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer/{index}/{name}": value for name, value in memory.items()}
    beside = path.with_name(path.name + ".new")
    save_file({name: value.contiguous() for name, value in tensors.items()}, beside, metadata={"step": str(step)})
    beside.replace(path)


def load_state(path: Path, state: FitState) -> int:
    """Fills network, average and optimizer from a saved state, if there is one.

    Returns:
        Steps already done; 0 where nothing was saved.

    Raises:
        RequestError: The file is not the state of this training.
    """
    if not path.exists():
        return 0
    try:
        with safe_open(path, framework="pt") as file:
            step = int(file.metadata()["step"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        state.network.load_state_dict(_part(tensors, "weight/"))
        for name, value in _part(tensors, "average/").items():
            state.average[name].copy_(value)
        _fill_optimizer(state.optimizer, _part(tensors, "optimizer/"))
    except (SafetensorError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise RequestError(f"{path.name} is not the state of this training; move it away to start anew.") from error
    return step


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _fill_optimizer(optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    memory: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        index, entry = name.split("/")
        memory.setdefault(int(index), {})[entry] = value
    optimizer.load_state_dict({"state": memory, "param_groups": optimizer.state_dict()["param_groups"]})
