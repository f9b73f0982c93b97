"""Makes tiny bundles with random weights, which score fast and say nothing of spasms."""

from pathlib import Path

from reviewer_app.domain.clip import Channels, ClipSpec, CropPolicy
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.learning.bundle import write_bundle
from reviewer_app.learning.manifest import Description, Licence
from reviewer_app.learning.network import NetworkSpec, seeded_network

SPEC = NetworkSpec("motion_conv", embed_dim=8, stages=(1, 1, 1, 1), bins=8)
CLIP = ClipSpec(size=32, channels=Channels.MOTION, crop=CropPolicy.WHOLE)
POINTS = (OperatingPoint(0.6, 0.4, 1.0, 0.5), OperatingPoint(0.05, 0.03, 60.0, 0.9))


def make_bundles(folder: Path) -> Path:
    """Fills a folder with a bundle called ``tiny`` and one called ``uncalibrated``, which has no operating point."""
    for name, points in (("tiny", POINTS), ("uncalibrated", ())):
        told = Description(name, SPEC, CLIP, Licence("Apache-2.0"), operating_points=points, notice="Random weights.")
        write_bundle(folder / name, seeded_network(SPEC, CLIP, seed=3), told)
    return folder
