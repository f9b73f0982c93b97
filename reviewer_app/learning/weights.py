"""Reads and writes weight files; the only format is safetensors, which holds numbers and nothing that can run."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from reviewer_app.errors import BundleError

LONGEST_HEADER = 16 * 1024**2
FLOATS = {"F32", "F16", "BF16"}
KINDS = FLOATS | {"I64"}  # batch normalisation counts its batches in an integer

# A pickle opens with its protocol byte, a zip archive (what torch.save writes) with PK.
PICKLE_STARTS = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


def parse_weights(data: bytes, *, name: str) -> dict[str, Tensor]:
    """The tensors of a safetensors file, refused before parsing if it is anything else.

    Args:
        data: The whole file; the caller has hashed these very bytes, so nothing can change in between.
        name: How the file is called in a refusal.

    Raises:
        BundleError: It is not a safetensors file, or holds numbers that are not finite.
    """
    check_start(data, name=name)
    _check_header(data, name=name)
    try:
        tensors: dict[str, Tensor] = safetensors.torch.load(data)
    except safetensors.SafetensorError as error:
        raise BundleError(f"{name} is damaged or no safetensors file; get the file again.") from error
    for key, values in tensors.items():
        if values.is_floating_point() and not bool(torch.isfinite(values).all()):
            raise BundleError(f"{name} holds weights that are not finite numbers ({key}); the model cannot be used.")
    return tensors


def check_start(data: bytes, *, name: str) -> None:
    """Refuse a pickle by its first bytes, whatever the file is called.

    Raises:
        BundleError: It is a pickle, or an archive with one inside.
    """
    if data.startswith(PICKLE_STARTS):
        raise BundleError(
            f"{name} is a pickle (what torch.save writes), which can run code when it is read, so it was not read. "
            "Get the same weights as a safetensors file; for Hiera, `spasm-reviewer bundle fetch` does."
        )


def _check_header(data: bytes, *, name: str) -> None:
    length = struct.unpack("<Q", data[:8])[0] if len(data) >= 8 else len(data)
    if length > min(len(data) - 8, LONGEST_HEADER):
        raise BundleError(f"{name} is damaged or no safetensors file; get the file again.")
    try:
        header = json.loads(data[8 : 8 + length])
        kinds = {entry["dtype"] for key, entry in header.items() if key != "__metadata__"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BundleError(f"{name} is damaged or no safetensors file; get the file again.") from error
    if not kinds <= KINDS:
        raise BundleError(f"{name} holds numbers of a kind this program does not use: {', '.join(sorted(kinds))}.")


def fill(network: nn.Module, tensors: Mapping[str, Tensor], *, name: str) -> None:
    """Put weights into a network whose names and shapes they match exactly.

    Raises:
        BundleError: A name is missing or unknown, a shape or the kind of number differs.
    """
    wanted = network.state_dict()
    if missing := sorted(wanted.keys() - tensors.keys()):
        raise BundleError(f"{name} lacks weights that its network needs, such as {missing[0]}.")
    if unknown := sorted(tensors.keys() - wanted.keys()):
        raise BundleError(f"{name} holds weights that its network does not know, such as {unknown[0]}.")
    for key, values in tensors.items():
        if values.shape != wanted[key].shape or values.is_floating_point() != wanted[key].is_floating_point():
            have, need = tuple(values.shape), tuple(wanted[key].shape)
            raise BundleError(f"{name} does not fit its network: {key} has shape {have}, not {need}.")
    network.load_state_dict(dict(tensors), strict=True)


def write_weights(path: Path, network: nn.Module) -> None:
    """Save a network's weights; the same weights always give the same bytes."""
    tensors = {key: values.detach().cpu().contiguous() for key, values in network.state_dict().items()}
    safetensors.torch.save_file(tensors, str(path))
