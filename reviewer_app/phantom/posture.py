"""How an infant lies, sits or is held before it moves."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from reviewer_app.phantom.infant import (
    ANKLES,
    ELBOWS,
    HIPS,
    JOINT_COUNT,
    KNEES,
    SHOULDERS,
    WRISTS,
    Floats,
    Joint,
    rotations,
    within_limits,
)


class Support(StrEnum):
    """What carries the infant."""

    SUPINE = "supine"
    SIDE = "side"
    SEAT = "seat"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Posture:
    """An attitude to move from.

    Attributes:
        support: What carries the infant.
        angles: (joints, 3) radians.
        root: (3, 3) the pelvis' axes in the room.
        height: Of the surface under the pelvis, metres above the mattress.
    """

    support: Support
    angles: Floats
    root: Floats
    height: float


def draw_posture(support: Support, chance: np.random.Generator) -> Posture:
    """Draws an attitude that infants take on such a support."""
    angles = np.zeros((JOINT_COUNT, 3))
    angles[Joint.SPINE] = (chance.normal(8, 5), chance.normal(0, 6), chance.normal(0, 5))
    angles[Joint.CHEST] = (chance.normal(4, 4), chance.normal(0, 4), chance.normal(0, 4))
    angles[Joint.NECK] = (chance.normal(6, 8), chance.normal(0, 10), chance.normal(0, 20))
    angles[Joint.HEAD] = (0, 0, chance.normal(0, 16))
    _lay_arms(angles, chance)
    _lay_legs(angles, chance)
    root, height = np.eye(3), 0.0
    if support is Support.SIDE:
        roll = np.radians(chance.uniform(55, 90)) * chance.choice([-1, 1])
        root = rotations(0.0, 0.0, float(roll))
        for side in (0, 1):
            angles[SHOULDERS[side]] = (chance.uniform(45, 90), chance.uniform(-20, 20), 0)
            angles[HIPS[side]] = (chance.uniform(35, 95), chance.uniform(-10, 12), 0)
    elif support is Support.SEAT:
        root = rotations(float(np.radians(chance.uniform(28, 58))), 0.0, 0.0)
        height = 0.14
        angles[Joint.SPINE, 0] = chance.uniform(12, 25)
        for side in (0, 1):
            angles[HIPS[side], 0] = chance.uniform(55, 90)
            angles[SHOULDERS[side], 0] = chance.uniform(5, 60)
    elif support is Support.HELD:
        tilt = np.radians(chance.uniform(15, 65))
        lean, roll = np.radians((chance.normal(0, 8), chance.normal(0, 18)))
        root = rotations(float(tilt), float(lean), float(roll))
        height = 0.22
        for side in (0, 1):
            angles[HIPS[side], 0] = chance.uniform(50, 95)
    return Posture(support, within_limits(np.radians(angles)), root, height)


def _lay_arms(angles: Floats, chance: np.random.Generator) -> None:
    style = chance.integers(4)
    for side in (0, 1):
        if style == 0:  # both hands up beside the head
            shoulder, elbow = (chance.uniform(-5, 25), chance.uniform(70, 105), chance.uniform(60, 90)), (60, 115)
        elif style == 1:  # before the chest
            shoulder, elbow = (chance.uniform(25, 60), chance.uniform(5, 35), chance.uniform(-20, 20)), (70, 125)
        elif style == 2:  # beside the trunk
            shoulder, elbow = (chance.uniform(0, 25), chance.uniform(15, 45), chance.uniform(-10, 40)), (15, 80)
        else:  # each arm for itself
            shoulder = (chance.uniform(0, 90), chance.uniform(0, 95), chance.uniform(-30, 80))
            elbow = (10, 120)
        angles[SHOULDERS[side]] = shoulder
        angles[ELBOWS[side], 0] = chance.uniform(*elbow)
        angles[WRISTS[side]] = (chance.uniform(-20, 40), 0, chance.uniform(-40, 40))


def _lay_legs(angles: Floats, chance: np.random.Generator) -> None:
    bend, spread = chance.uniform(20, 85), chance.uniform(18, 55)
    for side in (0, 1):
        angles[HIPS[side]] = (bend + chance.normal(0, 10), spread + chance.normal(0, 6), chance.uniform(5, 45))
        angles[KNEES[side], 0] = np.clip(bend * chance.uniform(0.7, 1.4) + chance.normal(10, 10), 5, 125)
        angles[ANKLES[side]] = (chance.uniform(-10, 30), chance.normal(0, 6), 0)
