"""Networks and bundles small enough to make in every test."""

from pathlib import Path

import torch

from reviewer_app.domain.clip import Channels, ClipSpec
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.learning.bundle import Bundle, write_bundle
from reviewer_app.learning.manifest import Calibration, Description, Licence
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, build_network

CLIP = ClipSpec(size=32, channels=Channels.MOTION)
NETWORK = NetworkSpec(architecture="motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)

HIERA_CLIP = ClipSpec(size=64)
HIERA = NetworkSpec(architecture="hiera", embed_dim=16, heads=1, stages=(1, 1, 1, 1))

HIERA_BASE = NetworkSpec(architecture="hiera", embed_dim=96, heads=1, stages=(2, 3, 16, 3))
"""The numbers of the published Hiera-B at 16 x 224 x 224, for what is compared with it; it is not tiny."""

POINTS = (
    OperatingPoint(0.8, 0.4, 0.5),
    OperatingPoint(0.5, 0.25, 2.0, sensitivity=0.9),
)


def tiny_network(spec: NetworkSpec = NETWORK, clip: ClipSpec = CLIP, *, seed: int = 0) -> SpasmNetwork:
    """A network with random weights, the same for the same seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build_network(spec, clip).eval()


def tiny_description(spec: NetworkSpec = NETWORK, clip: ClipSpec = CLIP) -> Description:
    """A description with every field filled."""
    return Description(
        name="tiny",
        network=spec,
        clip=clip,
        licence=Licence("Apache-2.0", "Made for a test."),
        calibration=Calibration(temperature=2.0, bias=-0.5),
        operating_points=POINTS,
        training={"data": "none", "seeds": [1, 2], "date": "2026-01-02", "parent": None},
        notice="Not trained at all.",
    )


def tiny_bundle(folder: Path, spec: NetworkSpec = NETWORK, clip: ClipSpec = CLIP) -> Bundle:
    """A bundle with random weights."""
    return write_bundle(folder, tiny_network(spec, clip), tiny_description(spec, clip))
