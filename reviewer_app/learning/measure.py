"""How a network does on clips that it does not learn from: logits and what they are worth."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from reviewer_app.domain.ranking import area_under_curve
from reviewer_app.learning.devices import is_out_of_memory
from reviewer_app.learning.network import SpasmNetwork

_BATCH: Final = 32


class Frames(Protocol):
    """Clips that can be had a slice at a time: an array in memory, or clips on disk."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> NDArray[np.uint8]: ...


class Examples(Protocol):
    """Clips with their labels, to look at and never to learn from."""

    @property
    def frames(self) -> Frames:
        """Clips (n, 16, S, S, 3)."""
        ...

    @property
    def labels(self) -> NDArray[np.float32]:
        """0 to 1, (n,)."""
        ...


@dataclass(frozen=True, slots=True)
class StoredExamples:
    """Examples on disk."""

    frames: Frames
    labels: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Validation:
    """What a look at clips that are never learned from has shown."""

    name: str
    loss: float  # mean cross-entropy of the window's label
    auc: float  # NaN where one kind of clip is missing


def validate(network: SpasmNetwork, name: str, examples: Examples, *, half: bool = False) -> Validation:
    """Looks at the examples with the network as it scores."""
    logits = logits_of(network, examples.frames, half=half)
    sure = examples.labels != 0.5  # a window on which raters are torn is right on neither side
    auc = area_under_curve(logits[sure], examples.labels[sure] > 0.5)
    return Validation(name, cross_entropy(logits, examples.labels), auc)


@torch.no_grad()
def logits_of(network: SpasmNetwork, frames: Frames, *, half: bool = False, batch: int = _BATCH) -> NDArray[np.float32]:
    """The window logits of clips, in batches, on the device where the network is, with the network as it scores."""
    network.eval()
    device = next(network.parameters()).device
    parts: list[Tensor] = []
    first = 0
    while first < len(frames):
        try:
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
                clips = torch.from_numpy(frames[first : first + batch]).to(device)
                parts.append(network(clips)[0].float().cpu())
            first += batch
        except (RuntimeError, MemoryError) as error:
            if batch == 1 or not is_out_of_memory(error):
                raise
            batch //= 2
    return torch.cat(parts).numpy()


def cross_entropy(logits: NDArray[np.float32], labels: NDArray[np.float32]) -> float:
    """The mean cross-entropy, in nats; 0.693 is what a coin would get."""
    return float(np.mean(np.logaddexp(0, logits.astype(np.float64)) - labels * logits))
