"""The golden clip: scored before the first real one, so that a wrong device or a damaged network shows at once."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.learning.manifest import Golden
from reviewer_app.learning.network import SpasmNetwork

DEFAULT_SEED = 20240


def golden_clip(spec: ClipSpec, *, seed: int = DEFAULT_SEED) -> NDArray[np.uint8]:
    """A smooth moving pattern made from whole numbers alone, so that it is the same on every machine.

    With ``u`` and ``v`` the column and row scaled to 0-255, ``t`` the frame and ``c`` the channel, a pixel is the
    triangle wave ``|255 - w mod 510|`` of ``w = (2 + c) u + 3 v + (17 + seed mod 13) t + 61 c + seed mod 510``; inside
    a square that wanders with the frame it is inverted, so that something also moves suddenly.

    Returns:
        One clip (16, size, size, 3).
    """
    scaled = np.arange(spec.size, dtype=np.int64) * 255 // (spec.size - 1)
    t = np.arange(spec.frames, dtype=np.int64)[:, None, None, None]
    v, u = scaled[None, :, None, None], scaled[None, None, :, None]
    c = np.arange(3, dtype=np.int64)
    wave = np.abs(255 - ((2 + c) * u + 3 * v + (17 + seed % 13) * t + 61 * c + seed % 510) % 510)
    inside = (np.abs(u - (40 + 11 * t)) < 30) & (np.abs(v - (128 + 8 * (t % 5) * (t % 2 * 2 - 1))) < 40)
    clip: NDArray[np.uint8] = np.where(inside, 255 - wave, wave).astype(np.uint8)
    return clip


def make_golden(network: SpasmNetwork, spec: ClipSpec, *, seed: int = DEFAULT_SEED) -> Golden:
    """What a network says of the golden clip, computed in 32-bit arithmetic on the CPU."""
    clips = torch.from_numpy(golden_clip(spec, seed=seed)[None])
    with torch.inference_mode():
        logit, activity, _ = network(clips)
    return Golden(seed, float(logit[0]), tuple(float(value) for value in activity[0]))


def golden_error(golden: Golden, *, logit: float, activity: Sequence[float]) -> float:
    """The greatest distance in logit units from what should be said of the golden clip; infinite where it is none."""
    said, due = np.array([logit, *activity]), np.array([golden.logit, *golden.activity])
    if said.shape != due.shape or not np.isfinite(said).all():
        return math.inf
    return float(np.max(np.abs(said - due)))
