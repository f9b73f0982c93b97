"""A perspective camera, and solids as it sees them."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from reviewer_app.phantom.infant import Floats


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera.

    Attributes:
        eye: (3,) in the room, metres.
        axes: (3, 3) rows: to the right, down, and forward.
        focal: Pixels.
        centre: The optical centre in the picture, pixels.
    """

    eye: Floats
    axes: Floats
    focal: float
    centre: tuple[float, float]

    @classmethod
    def looking_at(cls, target: Floats, eye: Floats, *, roll: float, focal: float, centre: tuple[float, float]) -> Self:
        """Aims at a point; a roll of 0 keeps the room's vertical upright."""
        forward = (target - eye) / np.linalg.norm(target - eye)
        # Straight down there is no upright; the infant's crown is up then.
        up = np.array([0.0, 1.0, 0.0]) * (1 - abs(forward[1])) * 0.05 + np.array([0.0, 0.0, 1.0])
        right = np.cross(forward, up)
        right /= np.linalg.norm(right)
        down = np.cross(forward, right)
        turned = np.cos(roll) * right + np.sin(roll) * down, np.cos(roll) * down - np.sin(roll) * right
        return cls(eye, np.stack([*turned, forward]), focal, centre)

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """Gives pixel places (..., 2) and distances along the line of sight (...)."""
        seen = (points - self.eye) @ self.axes.T
        distance = np.maximum(seen[..., 2], 0.05)
        places = seen[..., :2] * (self.focal / distance)[..., None] + np.asarray(self.centre)
        return places, distance

    def turn(self, vectors: Floats) -> Floats:
        """Turns directions of the room into x right, y down, w towards the eye."""
        return np.asarray(vectors @ (self.axes * np.array([[1.0], [1.0], [-1.0]])).T)

    def zoomed(self, factor: float) -> Self:
        """Gives the same view on a picture that is larger by a factor."""
        return replace(self, focal=self.focal * factor, centre=(self.centre[0] * factor, self.centre[1] * factor))
