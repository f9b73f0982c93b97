"""Weights put together from several: the running average of a training, and what was learned with what was there."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

Weights = dict[str, Tensor]


def weights_of(network: nn.Module) -> Weights:
    """A copy of a network's weights and counts as they are now."""
    return {name: value.detach().clone() for name, value in network.state_dict().items()}


def update_average(average: Weights, network: nn.Module, past: float) -> None:
    """Moves the average a little towards the weights; early on it follows closely, or it would stay near chance."""
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            average[name].lerp_(value, 1 - past)
        else:
            average[name].copy_(value)


def blend(into: Weights, start: Mapping[str, Tensor], network: nn.Module, share: float) -> None:
    """Fills ``into`` with the point on the line from the weights at the start to those learned.

    A network that was tuned on a few infants has learned these; the one that it started from knew many. Between the
    two lies one that does better than either on infants that neither has seen (Wortsman et al. 2022, "Robust
    fine-tuning of zero-shot models", there with a share of one half).

    Args:
        into: Is overwritten.
        start: Before the first step.
        network: Now.
        share: How much of what was learned is kept, 0 to 1.
    """
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            torch.lerp(start[name], value, share, out=into[name])
        else:
            into[name].copy_(value)
