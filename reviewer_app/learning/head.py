"""A bundle's last layer alone, read without loading the network: adaptation starts from it and must start fast."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from reviewer_app.errors import BundleError

MANIFEST, WEIGHTS = "bundle.json", "weights.safetensors"
LARGEST_MANIFEST = 1024**2
WEIGHT, BIAS = "score.weight", "score.bias"


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic regression on the network's embedding, the bundle's calibration included."""

    weight: NDArray[np.float64]  # (features,)
    bias: float

    def logits(self, embeddings: NDArray[np.floating]) -> NDArray[np.float64]:
        """Of embeddings (n, features); NaN where a window has none."""
        return (embeddings.astype(np.float32) @ self.weight.astype(np.float32)).astype(np.float64) + self.bias


def read_head(identity: str, folders: Iterable[Path], *, name: str) -> Head:
    """The head of the bundle with this identity.

    The identity is the sha256 of ``bundle.json``, which was checked key by key when the bundle scored; so the numbers
    in it need no second check, and the weights are what they were then if their hash is the one that stands there.

    Args:
        identity: Of the bundle that made a trace.
        folders: Where bundles lie.
        name: What to call it where it is not found.

    Raises:
        BundleError: It is not on this machine, or its weights were altered.
    """
    for path in (path for folder in folders for path in sorted(folder.glob(f"*/{MANIFEST}"))):
        try:
            said = path.read_bytes() if path.stat().st_size <= LARGEST_MANIFEST else b""
            if hashlib.sha256(said).hexdigest() == identity:
                return _head(json.loads(said), (path.parent / WEIGHTS).read_bytes(), name)
        except OSError as error:
            raise BundleError(f"The bundle {name} cannot be read: {error.strerror}.") from error
    raise BundleError(
        f"The bundle {name} that scored this recording is not on this machine, so there is no head to start from. "
        "Import it, or scan again with another one."
    )


def _head(manifest: dict[str, dict[str, dict[str, object]]], data: bytes, name: str) -> Head:
    if hashlib.sha256(data).hexdigest() != manifest["files"][WEIGHTS]["sha256"]:
        raise BundleError(f"{WEIGHTS} of the bundle {name} was altered; get the bundle again.")
    try:
        tensors = safetensors.numpy.load(data)
        weight, bias = tensors[WEIGHT].astype(np.float64).ravel(), float(tensors[BIAS].ravel()[0])
    except (safetensors.SafetensorError, KeyError) as error:
        raise BundleError(f"{WEIGHTS} of the bundle {name} has no head to start from.") from error
    calibration = manifest["calibration"]
    temperature, shift = (float(str(calibration[key])) for key in ("temperature", "bias"))
    return Head(weight / temperature, bias / temperature + shift)
