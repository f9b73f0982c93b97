"""Which weights move, how fast, and by which rule."""

import torch
from torch import nn

from reviewer_app.domain.recipe import Optimiser
from reviewer_app.learning.network import HieraTrunk, SpasmNetwork

SHARE = "share"
"""Entry of a parameter group: what the group's rate is of the training's."""


def make_optimizer(
    network: SpasmNetwork, kind: Optimiser, *, rate: float, weight_decay: float, layer_decay: float = 1.0
) -> torch.optim.Optimizer:
    """The optimiser over all weights that learn, in groups of one depth.

    Args:
        network: Weights without a gradient are left out: the trunk's, where only the head learns.
        kind: What moves them.
        rate: Of the top group.
        weight_decay: ADAMW's, on matrices only; norms and biases have nothing to forget.
        layer_decay: Each block's rate is this times that of the block above.
    """
    top = len(trunk_blocks(network)) + 1
    grouped: dict[tuple[float, bool], list[nn.Parameter]] = {}
    for name, value in network.named_parameters():
        if value.requires_grad:
            share = layer_decay ** (top - _depth(name, top))
            grouped.setdefault((share, value.ndim > 1), []).append(value)
    groups = [
        {"params": values, "weight_decay": weight_decay if is_matrix else 0.0, SHARE: share}
        for (share, is_matrix), values in sorted(grouped.items(), key=lambda group: group[0])
    ]
    if kind is Optimiser.ADAM:
        # Adam's own decay goes through its running averages and does not do what the word says; the paper names none.
        return torch.optim.Adam([{**group, "weight_decay": 0.0} for group in groups], lr=rate)
    return torch.optim.AdamW(groups, lr=rate)


def set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Gives each group its share of the training's rate."""
    for group in optimizer.param_groups:
        group["lr"] = rate * group[SHARE]


def trunk_blocks(network: SpasmNetwork) -> nn.ModuleList | nn.Sequential:
    """The blocks of either family, from the picture up."""
    return network.trunk.hiera.blocks if isinstance(network.trunk, HieraTrunk) else network.trunk.blocks


def freeze_trunk(network: SpasmNetwork) -> None:
    """Lets only the heads learn."""
    network.trunk.requires_grad_(False)


def _depth(name: str, top: int) -> int:
    """0 for what meets the picture, 1 for the first block and so on, ``top`` for all that stands over the blocks."""
    words = name.split(".")
    if "blocks" in words:
        return int(words[words.index("blocks") + 1]) + 1
    return 0 if {"stem", "patch_embed"} & set(words) or "pos_embed" in name else top
