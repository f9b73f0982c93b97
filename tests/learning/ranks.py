"""What each process of ``torchrun`` runs in a test: ``ranks.py CLIPS WEIGHTS`` tunes Hiera and keeps its weights."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import torch

from reviewer_app.domain.recipe import PAPER
from reviewer_app.learning.clip_store import open_store
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, seeded_network
from reviewer_app.learning.tune import TuningClips, tune
from reviewer_app.learning.weights import write_weights
from tests.learning.squares import CLIP

# No BatchNorm: a clip's gradient does not depend on the clips beside it, so devices can share a batch as they like.
SPEC = NetworkSpec(architecture="hiera", embed_dim=16, stages=(1, 1, 1, 1), bins=0)


def tuned(clips: Path, *, batch: int) -> SpasmNetwork:
    torch.set_num_threads(1)
    network, store = seeded_network(SPEC, CLIP, seed=0), open_store(clips)
    recipe = replace(PAPER, epochs=2, batch=batch, learning_rate=1e-4, patience=2)
    for _ in tune(network, TuningClips(store, tuple(range(10)), (12, 13)), recipe, device="cpu"):
        pass
    return network


if __name__ == "__main__":
    write_weights(Path(sys.argv[2]) / f"{os.environ['RANK']}.safetensors", tuned(Path(sys.argv[1]), batch=2))
