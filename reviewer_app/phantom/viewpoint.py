"""Where cameras stand in each kind of scene, and how closely they frame the infant."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.infant import Floats


@dataclass(frozen=True, slots=True)
class Vantage:
    """Ranges that a scene's cameras are drawn from; angles in degrees.

    Attributes:
        elevation: Above the horizon.
        azimuth: Around the infant from its feet, to either side.
        distance: Metres.
        fill: Share of the picture that the infant spans.
        roll: Either way.
        turned: Whether the picture may stand on its side or head.
    """

    elevation: tuple[float, float]
    azimuth: float
    distance: tuple[float, float]
    fill: tuple[float, float]
    roll: float
    turned: bool = False


WARD: Final = Vantage((32, 75), 100, (1.6, 2.6), (0.40, 0.58), 4)
PHONE: Final = Vantage((35, 88), 110, (0.6, 1.3), (0.62, 0.95), 14, turned=True)
NURSERY: Final = Vantage((50, 89), 180, (1.0, 1.7), (0.45, 0.70), 8)
CLINIC: Final = Vantage((8, 48), 55, (0.8, 1.6), (0.40, 0.66), 5)
HOME: Final = Vantage((8, 42), 50, (1.0, 1.8), (0.36, 0.60), 9)


@dataclass(frozen=True, slots=True)
class Framing:
    """A closer crop than the scene's own: the infant's share of the picture and its place in it."""

    fill: float
    shift: tuple[float, float]


def aim(
    vantage: Vantage, chance: np.random.Generator, subject: Floats, *, size: tuple[int, int], framing: Framing | None
) -> Camera:
    """Places a camera and zooms until the infant spans its share of the picture.

    Args:
        vantage: Where such cameras stand.
        chance: Of the camera.
        subject: (n, 3) points that belong in the picture.
        size: Width and height.
        framing: Instead of the scene's own.
    """
    high = np.radians(chance.uniform(*vantage.elevation))
    round_ = np.radians(-90 + chance.uniform(-vantage.azimuth, vantage.azimuth))
    away = chance.uniform(*vantage.distance)
    fill, shift = chance.uniform(*vantage.fill), chance.normal(0, 0.03, 2)
    roll = np.radians(chance.uniform(-vantage.roll, vantage.roll))
    if vantage.turned and chance.random() < 0.3:
        roll += chance.choice([0.5, 1.0, 1.5]) * np.pi
    target = 0.5 * (subject.min(axis=0) + subject.max(axis=0))
    eye = target + away * np.array([np.cos(high) * np.cos(round_), np.cos(high) * np.sin(round_), np.sin(high)])
    camera = Camera.looking_at(target, eye, roll=float(roll), focal=1.0, centre=(0.0, 0.0))
    places, distance = camera.project(subject)
    pad = 0.05 / distance.min()
    low, high_ = places.min(axis=0) - pad, places.max(axis=0) + pad
    if framing is not None:
        fill, shift = framing.fill, np.array(framing.shift)
    focal = fill / float(np.max((high_ - low) / np.array(size)))
    centre = np.array(size) * (0.5 + shift) - focal * 0.5 * (low + high_)
    return replace(camera, focal=focal, centre=(float(centre[0]), float(centre[1])))
