"""Hiera as trained on Kinetics-400: which checkpoints are known, and how one becomes a bundle to fine-tune from.

The weights are Meta's, under CC-BY-NC-4.0: never part of this program, fetched when a person asks for them or taken
from a file, and every bundle made from them says so.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from reviewer_app.domain.clip import Channels, ClipSpec, Resampling
from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import LARGEST_FILE, Bundle, write_bundle
from reviewer_app.learning.manifest import Description, Json, Licence
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, build_network
from reviewer_app.learning.weights import check_start, fill, parse_weights

LICENCE = Licence(
    spdx="CC-BY-NC-4.0",
    notes=(
        "The weights derive from Hiera trained on Kinetics-400, (c) Meta Platforms, Inc. and affiliates, "
        "https://github.com/facebookresearch/hiera. Not for commercial use; name the source; "
        "https://creativecommons.org/licenses/by-nc/4.0/."
    ),
)

UNTRAINED_NOTICE = (
    "The last layer of this model is untrained, so its scores mean nothing yet: fine-tune it before use. "
    "Its weights are not for commercial use (CC-BY-NC-4.0)."
)

CLASSES = 400
HEAD = "head.projection"
TRUNK = "trunk.hiera."

CLIP = ClipSpec(size=224, resampling=Resampling.TRILINEAR, channels=Channels.RGB)
"""What Hiera saw on Kinetics-400: 224 pixels, colour values around 0.45 with deviation 0.225."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A published checkpoint, as far as it is known to this release of the program.

    Attributes:
        name: What a person types.
        repository: On huggingface.co.
        revision: The commit there, or the beginning of it that the hub's pages print.
        file: Its name there.
        sha256: Of the file; None where this release's makers could not see it, and the hub has to be asked.
        largest_bytes: No more than this is ever downloaded.
        network: The numbers of the network, but for its head.
    """

    name: str
    repository: str
    revision: str
    file: str
    sha256: str | None
    largest_bytes: int
    network: NetworkSpec


def read_checkpoints(manifest: Path) -> dict[str, Checkpoint]:
    """The known checkpoints by name, from the program's own resource file."""
    known = json.loads(manifest.read_text(encoding="utf-8"))
    return {
        name: Checkpoint(
            name=name,
            repository=values["repository"],
            revision=values["revision"],
            file=values["file"],
            sha256=values["sha256"],
            largest_bytes=values["largest_bytes"],
            network=NetworkSpec(
                architecture="hiera",
                embed_dim=values["embed_dim"],
                heads=values["heads"],
                stages=tuple(values["stages"]),
            ),
        )
        for name, values in known.items()
    }


def import_checkpoint(file: Path, folder: Path, *, known: Mapping[str, Checkpoint], date: str, seed: int = 0) -> Bundle:
    """Makes a bundle from a checkpoint on disk; its 400 classes give way to one fresh logit.

    Args:
        file: A safetensors file with the names that Hiera uses.
        folder: The bundle to be; its last part becomes the bundle's name.
        known: The checkpoints that the file may be.
        date: When this is done, for the bundle's provenance.
        seed: Decides the fresh logit's weights.

    Raises:
        BundleError: The file is no such checkpoint, or the folder cannot be written.
    """
    data = _read(file)
    tensors = parse_weights(data, name=file.name)
    checkpoint = _recognised(tensors, known=known, name=file.name)
    network = _with_fresh_logit(tensors, checkpoint.network, seed=seed, name=file.name)
    training: dict[str, Json] = {
        "date": date,
        "parent": {
            "name": checkpoint.name,
            "repository": f"https://huggingface.co/{checkpoint.repository}",
            "sha256": hashlib.sha256(data).hexdigest(),
        },
        "recipe": "none yet: Hiera pre-trained and fine-tuned on Kinetics-400, its head replaced by one fresh logit",
        "seed": seed,
    }
    try:
        description = Description(
            name=folder.name,
            network=checkpoint.network,
            clip=CLIP,
            licence=LICENCE,
            training=training,
            notice=UNTRAINED_NOTICE,
        )
    except ValueError as error:
        raise BundleError(f"The bundle cannot be named so: {error}.") from error
    return write_bundle(folder, network, description)


def _read(file: Path) -> bytes:
    # Anything that is no plain file could block for ever or never end.
    if not file.is_file():
        raise BundleError(f"{file} is not a file.")
    size = file.stat().st_size
    if size > LARGEST_FILE:
        raise BundleError(f"{file.name} is far larger than any checkpoint that this program knows.")
    try:
        with file.open("rb") as stream:
            head = stream.read(16)
            check_start(head, name=file.name)
            return head + stream.read()
    except OSError as error:
        raise BundleError(f"{file.name} cannot be read: {error.strerror}.") from error


def _recognised(tensors: Mapping[str, Tensor], *, known: Mapping[str, Checkpoint], name: str) -> Checkpoint:
    patches, blocks = tensors.get("patch_embed.proj.weight"), {key.split(".")[1] for key in tensors if ".attn." in key}
    for checkpoint in known.values():
        spec = checkpoint.network
        if patches is not None and (len(patches), len(blocks)) == (spec.embed_dim, sum(spec.stages)):
            return checkpoint
    raise BundleError(f"{name} is none of the Hiera checkpoints that this program knows: {', '.join(known)}.")


def _with_fresh_logit(tensors: Mapping[str, Tensor], spec: NetworkSpec, *, seed: int, name: str) -> SpasmNetwork:
    head = tensors.get(f"{HEAD}.weight")
    if head is None or len(head) != CLASSES:
        raise BundleError(f"{name} has no head of {CLASSES} classes: it was not trained on Kinetics-400.")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build_network(spec, CLIP)
    fresh = {key: values for key, values in network.state_dict().items() if not key.startswith(TRUNK)}
    trunk = {TRUNK + key: values for key, values in tensors.items() if not key.startswith(HEAD)}
    fill(network, {**fresh, **trunk}, name=name)
    return network
