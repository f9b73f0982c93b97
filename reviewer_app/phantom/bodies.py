"""The infant's flesh and clothes: which solids hang on which joints, and of what material each is."""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final

import numpy as np

from reviewer_app.phantom.figure import Figure, Limb, Lump, assemble
from reviewer_app.phantom.infant import (
    ANKLES,
    ELBOWS,
    FEET,
    HIPS,
    KNEES,
    SHOULDERS,
    WRISTS,
    Floats,
    Joint,
    Physique,
    Pose,
)


class Part(IntEnum):
    """The infant's materials, in the order of the wardrobe's table."""

    SKIN = 0
    TRUNK = 1
    NAPPY = 2
    SLEEVE = 3
    CUFF = 4
    LEG = 5
    SHIN = 6
    SOCK = 7
    HEAD = 8
    LEAD = 9
    HAND = 10
    STRAP = 11
    COVER = 12


class Cover(StrEnum):
    """What lies over the legs."""

    NONE = "none"
    BLANKET = "blanket"
    SACK = "sack"


# Where the leads gather to a plait, in heads from the base of the skull.
CAP_KNOT: Final = (0.0, 1.15, -0.15)


class Outfit(StrEnum):
    """What the infant wears."""

    NAPPY = "nappy"
    BODYSUIT = "bodysuit"
    SLEEPSUIT = "sleepsuit"
    PYJAMAS = "pyjamas"


# How far down each limb cloth reaches: sleeve, cuff, leg, shin, sock.
COVERAGE: Final = {
    Outfit.NAPPY: (0.0, 0.0, 0.0, 0.0, 0.0),
    Outfit.BODYSUIT: (0.55, 0.0, 0.16, 0.0, 0.0),
    Outfit.SLEEPSUIT: (2.0, 0.93, 2.0, 2.0, 2.0),
    Outfit.PYJAMAS: (2.0, 0.8, 2.0, 0.85, 0.0),
}


@dataclass(frozen=True, slots=True)
class Build:
    """One infant's body, ready to be posed.

    Attributes:
        figure: With open hands.
        fingers: The figure's capsules that are fingers, left then right.
        belly: The figure's ellipsoid that breathes.
    """

    figure: Figure
    fingers: tuple[tuple[int, ...], tuple[int, ...]]
    belly: int

    def posed(self, pose: Pose, physique: Physique) -> Figure:
        """Closes the hands and fills the chest as a pose says."""
        offsets = np.repeat(self.figure.offsets, len(pose.fist), axis=0)
        reach = 0.036 * physique.length
        for side, sign in enumerate((1, -1)):
            curl = 0.25 + 2.0 * pose.fist[:, side]
            for finger in self.fingers[side]:
                offsets[:, finger, 1, 0] = offsets[:, finger, 0, 0] - sign * reach * np.sin(curl)
                offsets[:, finger, 1, 1] = offsets[:, finger, 0, 1] - reach * np.cos(curl)
        semis = np.repeat(self.figure.semis, len(pose.breath), axis=0)
        semis[:, self.belly] *= 1.0 + 0.045 * pose.breath[:, None]
        return replace(self.figure, offsets=offsets, semis=semis)


def build_infant(physique: Physique, *, leads: int, chance: np.random.Generator) -> Build:
    """Hangs solids on the skeleton.

    Args:
        physique: Proportions.
        leads: How many EEG leads leave the cap; none without a cap.
        chance: Varies thickness.
    """
    size, plump = physique.length, physique.plump
    limbs = [
        Limb(
            (Joint.NECK, (0, 0.0, 0)),
            (Joint.HEAD, (0, 0.02 * size, 0.01 * size)),
            (0.05 * size, 0.05 * size),
            Part.SKIN,
        ),
        Limb(
            (SHOULDERS[0], (-0.012 * size, 0, 0)),
            (SHOULDERS[1], (0.012 * size, 0, 0)),
            (0.045 * size, 0.045 * size),
            Part.TRUNK,
        ),
    ]
    limbs += [limb for side in (0, 1) for limb in _limbs(size, plump, side)]
    lumps = _lumps(physique)
    belly = 1
    fingers: list[tuple[int, ...]] = []
    for side, sign in enumerate((1, -1)):
        first = len(limbs)
        limbs += _hand(size, side, sign)
        fingers.append(tuple(range(first, first + 4)))
    limbs += _leads(physique, leads, chance)
    return Build(assemble(limbs, lumps), (fingers[0], fingers[1]), belly)


def _limbs(size: float, plump: float, side: int) -> list[Limb]:
    at = (0.0, 0.0, 0.0)
    shoulder, elbow, wrist = 0.040 * size * plump, 0.031 * size * plump, 0.022 * size * plump
    hip, knee, ankle = 0.062 * size * plump, 0.043 * size * plump, 0.028 * size * plump
    heel, toe = (0.0, -0.012 * size, -0.018 * size), (0.0, 0.0, -0.02 * size)
    return [
        Limb((SHOULDERS[side], at), (ELBOWS[side], at), (shoulder, elbow), Part.SLEEVE),
        Limb((ELBOWS[side], at), (WRISTS[side], at), (elbow * 1.04, wrist), Part.CUFF),
        Limb((HIPS[side], at), (KNEES[side], at), (hip, knee), Part.LEG),
        Limb((KNEES[side], at), (ANKLES[side], at), (knee, ankle), Part.SHIN),
        Limb((ANKLES[side], heel), (FEET[side], toe), (0.028 * size, 0.024 * size), Part.SOCK),
    ]


def _lumps(physique: Physique) -> list[Lump]:
    size, head, plump = physique.length, physique.head, 0.6 + 0.4 * physique.plump
    lumps = [
        Lump(Joint.CHEST, (0, 0.12 * physique.trunk, 0), (0.128 * size, 0.125 * size, 0.088 * size), Part.TRUNK),
        Lump(
            Joint.SPINE,
            (0, 0.10 * physique.trunk, 0.012 * size),
            (0.122 * size * plump, 0.14 * size, 0.097 * size * plump),
            Part.TRUNK,
        ),
        Lump(Joint.PELVIS, (0, 0.01 * size, 0), (0.122 * size, 0.108 * size, 0.095 * size), Part.NAPPY),
        Lump(Joint.HEAD, (0, 0.44 * head, 0.10 * head), (0.405 * head, 0.50 * head, 0.45 * head), Part.HEAD),
        Lump(Joint.HEAD, (0, 0.34 * head, 0.525 * head), (0.042 * head, 0.050 * head, 0.042 * head), Part.HAND),
    ]
    for sign in (1, -1):
        lumps.append(
            Lump(
                Joint.HEAD,
                (sign * 0.40 * head, 0.38 * head, 0.05 * head),
                (0.05 * head, 0.11 * head, 0.075 * head),
                Part.SKIN,
            )
        )
    for side in (0, 1):
        lumps.append(Lump(WRISTS[side], (0, -0.038 * size, 0), (0.017 * size, 0.036 * size, 0.029 * size), Part.HAND))
    return lumps


def _hand(size: float, side: int, sign: int) -> list[Limb]:
    thick = (0.0095 * size, 0.008 * size)
    limbs = []
    for place in (-0.021, -0.007, 0.007, 0.021):
        knuckle = (0.0, -0.066 * size, place * size)
        limbs.append(Limb((WRISTS[side], knuckle), (WRISTS[side], (0.0, -0.1 * size, place * size)), thick, Part.HAND))
    thumb = (-sign * 0.012 * size, -0.062 * size, 0.036 * size)
    limbs.append(
        Limb(
            (WRISTS[side], (0.0, -0.03 * size, 0.022 * size)),
            (WRISTS[side], thumb),
            (0.011 * size, 0.009 * size),
            Part.HAND,
        )
    )
    return limbs


def _leads(physique: Physique, count: int, chance: np.random.Generator) -> list[Limb]:
    """Draws leads from the cap that gather to a plait at the crown."""
    head = physique.head
    knot = _three(np.array(CAP_KNOT) * head)
    limbs = []
    for _ in range(count):
        direction = chance.normal(0, 1, 3) + np.array([0.0, 1.0, 0.4])
        direction /= np.linalg.norm(direction)
        place: Floats = np.array([0.0, 0.44, 0.10]) + direction * np.array([0.42, 0.51, 0.46])
        limbs.append(
            Limb((Joint.HEAD, _three(place * head)), (Joint.HEAD, knot), (0.010 * head, 0.012 * head), Part.LEAD)
        )
    return limbs


def _three(vector: Floats) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])


def build_cover(physique: Physique, cover: Cover) -> Figure:
    """Lays cloth over the legs as rolls that follow them: a sack reaches up the chest, a blanket spreads sideways."""
    size = physique.length
    wide = 0.045 * size if cover is Cover.BLANKET else 0.01 * size
    limbs, tag = [], int(Part.COVER)
    bones = (HIPS, 0.52 * physique.leg, (0.108, 0.080)), (KNEES, 0.48 * physique.leg, (0.080, 0.062))
    for joints, bone, (near, far) in bones:
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
            thick = (near + share * (far - near)) * size
            ends = [(joint, (sign * wide, -share * bone, 0.0)) for joint, sign in zip(joints, (1, -1), strict=True)]
            limbs.append(Limb(ends[0], ends[1], (thick, thick), tag))
    for share in (0.35, 0.7, 1.0):
        thick = (0.060 - 0.022 * share) * size
        foot = [
            (ANKLES[i], (sign * wide, -0.028 * share * size, 0.105 * share * size)) for i, sign in ((0, 1), (1, -1))
        ]
        limbs.append(Limb(foot[0], foot[1], (thick, thick), tag))
    lumps = [Lump(Joint.PELVIS, (0, 0.02 * size, 0.0), (0.14 * size + wide, 0.12 * size, 0.112 * size), tag)]
    if cover is Cover.SACK:
        lumps.append(
            Lump(Joint.SPINE, (0, 0.10 * physique.trunk, 0.012 * size), (0.136 * size, 0.15 * size, 0.112 * size), tag)
        )
        lumps.append(Lump(Joint.CHEST, (0, 0.11 * physique.trunk, 0), (0.135 * size, 0.115 * size, 0.098 * size), tag))
    return assemble(limbs, lumps)
