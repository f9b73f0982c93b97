"""A shot: one camera looking at one infant for a while."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.infant import Floats
from reviewer_app.phantom.sensor import Picture, Sensor, bowed, expose, exposure, noise_tile, shake, vignette
from reviewer_app.phantom.staging import draw_sensor, set_stage
from reviewer_app.phantom.viewpoint import Framing
from reviewer_app.phantom.words import FOREIGN_SCENES, TRAINING_SCENES, SceneKind, ShotPlan

__all__ = ["FOREIGN_SCENES", "TRAINING_SCENES", "SceneKind", "ShotPlan", "ShotRenderer"]


class ShotRenderer:
    """Draws any moment of a shot; the same plan, size and time always give the same picture.

    Args:
        plan: The shot.
        size: Width and height.
        framing: A closer crop than the scene's own.
        sensor: The camera's faults instead of the scene's own.
        finer: How many times finer than the picture solids are drawn; small pictures need it.
    """

    def __init__(self, plan: ShotPlan, *, size: tuple[int, int], framing: Framing | None = None,
                 sensor: Sensor | None = None, finer: float = 1.0) -> None:  # fmt: skip
        self._plan = plan
        self._size = size
        drawn = (round(size[0] * finer), round(size[1] * finer))
        self._stage = set_stage(plan, size=drawn, framing=framing)
        faults = sensor or draw_sensor(plan, height=size[1], wild=False)
        # Cameras set their own exposure by what they see most of: the still part.
        metered = float(np.clip(0.44 / max(float(self._stage.still.mean()) / 255, 0.05), 0.7, 2.4))
        self._sensor = replace(faults, gain=faults.gain * metered)
        self._tile = noise_tile(self._sensor, size)
        self._bowed = bowed(self._sensor, size) if self._sensor.barrel else None
        if self._sensor.vignette:
            dark = vignette(self._sensor, size)
            self._vignette: NDArray[np.uint8] | None = np.repeat(np.rint(dark * 255).astype(np.uint8), 3, axis=2)
        else:
            self._vignette = None

    def frame(self, time: float) -> Picture:
        """Draws the shot at ``time`` seconds as (H, W, 3) RGB."""
        return np.asarray(self.frames(np.array([time]))[0])

    def frames(self, times: Floats) -> Picture:
        """Draws several moments at once, faster than one by one: (moments, H, W, 3) RGB."""
        clean = self._stage.draw(times)
        sways = shake(self._sensor, self._plan.movements, times)
        levels = exposure(self._sensor, self._plan.movements, times)
        return np.stack([self._record(*seen) for seen in zip(clean, sways, levels, times, strict=True)])

    def _record(self, picture: Picture, sway: Floats, level: float, time: float) -> Picture:
        width, height = self._size
        if np.any(sway):
            finer = picture.shape[0] / height
            turn = cv2.getRotationMatrix2D(
                (picture.shape[1] / 2, picture.shape[0] / 2), float(np.degrees(0.5 * sway[2])), 1.0
            )
            turn[:, 2] += sway[:2] * height * finer
            picture = cv2.warpAffine(
                picture, turn, (picture.shape[1], picture.shape[0]), borderMode=cv2.BORDER_REPLICATE
            )
        if picture.shape[0] != height:
            picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        if self._bowed is not None:
            picture = cv2.remap(picture, self._bowed, None, cv2.INTER_LINEAR)
        if self._vignette is not None:
            picture = cv2.multiply(picture, self._vignette, scale=1 / 255)
        return expose(picture, self._sensor, self._tile, time, level)
