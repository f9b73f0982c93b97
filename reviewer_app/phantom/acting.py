"""From a script of movements to the joints in the room at any moment."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.phantom.gestures import Attitude, fidget, perform
from reviewer_app.phantom.infant import (
    BEND,
    TRUNK,
    Floats,
    Joint,
    Physique,
    Pose,
    Skeleton,
    place_joints,
    rotations,
    within_limits,
)
from reviewer_app.phantom.motion import Movement
from reviewer_app.phantom.posture import Posture, Support


@dataclass(frozen=True, slots=True)
class Actor:
    """One infant with all that it will do in a shot.

    Attributes:
        physique: Its proportions.
        posture: The attitude it moves from.
        movements: On the shot's clock.
        seed: Varies the fidgeting.
        asleep: Eyes closed and little fidgeting.
        restless: How lively the background movement is, 0 to 1.
    """

    physique: Physique
    posture: Posture
    movements: tuple[Movement, ...]
    seed: int
    asleep: bool
    restless: float

    def pose(self, times: Floats) -> Pose:
        """Gives the attitude at each time, joint limits kept."""
        count = len(times)
        body = Attitude(
            times=times,
            angles=np.repeat(self.posture.angles[None], count, axis=0),
            tilt=np.zeros((count, 3)),
            shift=np.zeros((count, 3)),
            face=np.tile([0.0 if self.asleep else 0.9, 0.05, 0.1], (count, 1)),
            fist=np.full((count, 2), 0.75),
            breath=np.zeros(count),
        )
        fidget(body, seed=self.seed, restless=self.restless * (0.2 if self.asleep else 1.0))
        for movement in self.movements:
            perform(body, movement)
        angles = within_limits(body.angles)
        arched = np.minimum(angles[:, TRUNK, BEND].sum(axis=1), 0.0)
        root = self.posture.root @ rotations(body.tilt[:, 0] - 0.5 * arched, body.tilt[:, 2], body.tilt[:, 1])
        return Pose(angles, root, body.shift, np.clip(body.face, 0, 1), np.clip(body.fist, 0, 1), body.breath)

    def skeleton(self, pose: Pose) -> Skeleton:
        """Puts the joints into the room, the trunk resting on what carries it."""
        free = place_joints(self.physique, pose)
        size = self.physique.length
        thickness = size * np.array([0.085, 0.085, 0.09, 0.09])
        lying = self.posture.support in (Support.SUPINE, Support.SIDE)
        bearing = (
            free.places[:, [Joint.PELVIS, Joint.SPINE, Joint.CHEST, Joint.HEAD], 2] - pose.place[:, None, 2] - thickness
        )
        lowest = bearing.min(axis=1) if lying else np.full(len(bearing), -size * 0.09)
        move = np.zeros((len(lowest), 1, 3))
        move[:, 0, :2] = -(free.places[:, Joint.SPINE, :2] - pose.place[:, :2])
        move[:, 0, 2] = self.posture.height - lowest
        return Skeleton(free.places + move, free.axes)
