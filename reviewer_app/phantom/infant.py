"""An infant's skeleton in three dimensions: joints, their limits, proportions and forward kinematics.

Body axes at rest: x to the infant's left, y towards the crown, z to the front. Arms and legs hang along -y. Every joint
turns by three angles: bend (flexion), spread (abduction, or leaning sideways) and turn (outward rotation), counted
alike on both sides.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Joint(IntEnum):
    """The joints from the pelvis outwards; a parent always has the smaller number."""

    PELVIS = 0
    SPINE = 1
    CHEST = 2
    NECK = 3
    HEAD = 4
    CROWN = 5
    LEFT_SHOULDER = 6
    LEFT_ELBOW = 7
    LEFT_WRIST = 8
    LEFT_HAND = 9
    RIGHT_SHOULDER = 10
    RIGHT_ELBOW = 11
    RIGHT_WRIST = 12
    RIGHT_HAND = 13
    LEFT_HIP = 14
    LEFT_KNEE = 15
    LEFT_ANKLE = 16
    LEFT_FOOT = 17
    RIGHT_HIP = 18
    RIGHT_KNEE = 19
    RIGHT_ANKLE = 20
    RIGHT_FOOT = 21


BEND, SPREAD, TURN = 0, 1, 2
SHOULDERS: Final = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
ELBOWS: Final = (Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW)
WRISTS: Final = (Joint.LEFT_WRIST, Joint.RIGHT_WRIST)
HANDS: Final = (Joint.LEFT_HAND, Joint.RIGHT_HAND)
HIPS: Final = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
KNEES: Final = (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)
ANKLES: Final = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
FEET: Final = (Joint.LEFT_FOOT, Joint.RIGHT_FOOT)
TRUNK: Final = (Joint.SPINE, Joint.CHEST)

PARENTS: Final = (-1, 0, 1, 2, 3, 4, 2, 6, 7, 8, 2, 10, 11, 12, 0, 14, 15, 16, 0, 18, 19, 20)
JOINT_COUNT: Final = len(PARENTS)


def _limits() -> Floats:
    """Ranges of motion of infants, in degrees, shape (joints, 3, 2); what does not turn has no range."""
    limits = np.zeros((JOINT_COUNT, 3, 2))
    limits[Joint.SPINE] = [(-30, 55), (-25, 25), (-25, 25)]
    limits[Joint.CHEST] = [(-25, 40), (-20, 20), (-25, 25)]
    limits[Joint.NECK] = [(-45, 55), (-35, 35), (-45, 45)]
    limits[Joint.HEAD] = [(-20, 25), (-15, 15), (-40, 40)]
    for side in (0, 1):
        limits[SHOULDERS[side]] = [(-45, 175), (-35, 120), (-70, 95)]
        limits[ELBOWS[side]] = [(0, 145), (0, 0), (-20, 20)]
        limits[WRISTS[side]] = [(-60, 75), (-20, 25), (-80, 80)]
        limits[HIPS[side]] = [(-10, 135), (-20, 75), (-45, 80)]
        limits[KNEES[side]] = [(0, 145), (0, 0), (-5, 5)]
        limits[ANKLES[side]] = [(-45, 55), (-20, 20), (-10, 10)]
    return np.radians(limits)


JOINT_LIMITS: Final = _limits()


def _senses() -> Floats:
    """Signs that turn anatomical angles into rotations about x, z and y."""
    senses = np.ones((JOINT_COUNT, 3))
    for joint in (*SHOULDERS, *ELBOWS, *WRISTS, *HIPS):
        senses[joint, BEND] = -1
    senses[Joint.RIGHT_SHOULDER : Joint.RIGHT_HAND + 1, SPREAD:] = -1
    senses[Joint.RIGHT_HIP : Joint.RIGHT_FOOT + 1, SPREAD:] = -1
    return senses


_SENSES: Final = _senses()


@dataclass(frozen=True, slots=True)
class Physique:
    """One infant's proportions, in metres.

    Attributes:
        length: From crown to heel.
        head: Height of the head; a quarter of the length in newborns, less later.
        trunk: From the hips to the base of the neck.
        arm: From shoulder to wrist.
        leg: From hip to ankle.
        plump: Thickness of the limbs against the average.
    """

    length: float
    head: float
    trunk: float
    arm: float
    leg: float
    plump: float

    def offsets(self) -> Floats:
        """Gives each joint's place in its parent's axes at rest, shape (joints, 3)."""
        places = np.zeros((JOINT_COUNT, 3))
        trunk, head, size = self.trunk, self.head, self.length
        places[Joint.SPINE] = (0, 0.30 * trunk, -0.008)
        places[Joint.CHEST] = (0, 0.34 * trunk, 0.0)
        places[Joint.NECK] = (0, 0.36 * trunk, 0.0)
        places[Joint.HEAD] = (0, 0.16 * head, 0.01)
        places[Joint.CROWN] = (0, 0.90 * head, 0.0)
        for side, sign in enumerate((1, -1)):
            places[SHOULDERS[side]] = (sign * 0.118 * size, 0.27 * trunk, 0.0)
            places[ELBOWS[side]] = (0, -0.53 * self.arm, 0)
            places[WRISTS[side]] = (0, -0.47 * self.arm, 0)
            places[HANDS[side]] = (0, -0.085 * size, 0)
            places[HIPS[side]] = (sign * 0.066 * size, -0.01, 0)
            places[KNEES[side]] = (0, -0.52 * self.leg, 0)
            places[ANKLES[side]] = (0, -0.48 * self.leg, 0)
            places[FEET[side]] = (0, -0.028 * size, 0.105 * size)
        return places


def draw_physique(chance: np.random.Generator) -> Physique:
    """Draws an infant between birth and eighteen months."""
    age = chance.uniform(0.0, 1.0)
    length = (0.50 + 0.30 * age) * chance.normal(1.0, 0.035)
    head = length * (0.268 - 0.035 * age) * chance.normal(1.0, 0.03)
    trunk = length * 0.325 * chance.normal(1.0, 0.03)
    arm = length * (0.262 + 0.025 * age) * chance.normal(1.0, 0.04)
    leg = length * (0.305 + 0.055 * age) * chance.normal(1.0, 0.04)
    return Physique(length, head, trunk, arm, leg, float(np.clip(chance.normal(1.14, 0.12), 0.85, 1.45)))


@dataclass(frozen=True, slots=True)
class Pose:
    """A body's attitude at several moments.

    Attributes:
        angles: (moments, joints, 3) radians: bend, spread, turn.
        root: (moments, 3, 3) the pelvis' axes in the room.
        place: (moments, 3) the pelvis in the room, metres.
        face: (moments, 3) eyes open, mouth open, flush; each 0 to 1.
        fist: (moments, 2) how closed the left and right hand are.
        breath: (moments,) depth of inspiration, -1 to 1.
    """

    angles: Floats
    root: Floats
    place: Floats
    face: Floats
    fist: Floats
    breath: Floats


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where the joints are and how they are turned: (moments, joints, 3) and (moments, joints, 3, 3)."""

    places: Floats
    axes: Floats


def within_limits(angles: Floats) -> Floats:
    """Holds joint angles to what an infant's joints allow."""
    return np.clip(angles, JOINT_LIMITS[..., 0], JOINT_LIMITS[..., 1])


def rotations(bend: Floats | float, spread: Floats | float, turn: Floats | float) -> Floats:
    """Rotates about x, then the new z, then the new y; shape (..., 3, 3)."""
    ca, sa, cb, sb, cc, sc = (f(v) for v in (bend, spread, turn) for f in (np.cos, np.sin))
    matrix = np.empty((*np.shape(bend), 3, 3))
    matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 0, 2] = cb * cc, -sb, cb * sc
    matrix[..., 1, 0] = ca * sb * cc + sa * sc
    matrix[..., 1, 1] = ca * cb
    matrix[..., 1, 2] = ca * sb * sc - sa * cc
    matrix[..., 2, 0] = sa * sb * cc - ca * sc
    matrix[..., 2, 1] = sa * cb
    matrix[..., 2, 2] = sa * sb * sc + ca * cc
    return matrix


def place_joints(physique: Physique, pose: Pose) -> Skeleton:
    """Puts every joint into the room (forward kinematics); bones keep their length."""
    turned = within_limits(pose.angles) * _SENSES
    local = rotations(turned[..., BEND], turned[..., SPREAD], turned[..., TURN])
    offsets = physique.offsets()
    places = np.empty(pose.angles.shape)
    axes = np.empty((*pose.angles.shape, 3))
    places[:, 0], axes[:, 0] = pose.place, pose.root
    for joint, parent in enumerate(PARENTS[1:], start=1):
        places[:, joint] = places[:, parent] + axes[:, parent] @ offsets[joint]
        axes[:, joint] = axes[:, parent] @ local[:, joint]
    return Skeleton(places, axes)
