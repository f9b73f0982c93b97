"""Grown-ups near the infant: hands that handle it, people who pass, sit beside it or hold it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from reviewer_app.phantom.figure import Figure, Limb, Lump, assemble
from reviewer_app.phantom.gestures import plateau, smooth
from reviewer_app.phantom.infant import Floats, Joint, Skeleton
from reviewer_app.phantom.motion import Movement, MovementKind

HIP, CHEST, HEAD, FOOT = 0, 1, 2, 3
SHOULDER, ELBOW, WRIST, FINGERS = (4, 5), (6, 7), (8, 9), (10, 11)
_JOINTS: Final = 12
_UPPER, _FORE, _HAND = 0.30, 0.26, 0.10


class Role(StrEnum):
    """Why a grown-up is in the picture."""

    CARER = "carer"
    PASSER = "passer"
    SITTER = "sitter"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Adult:
    """One grown-up.

    Attributes:
        role: What they do.
        figure: Their solids.
        side: -1 or 1: which side of the infant they keep to.
        seed: Varies place and pace.
        away: (3,) level direction from the camera past the infant; who walks by keeps beyond it.
        rest: (joints, 3) the infant's joints before it moves; who sits by it or holds it keeps to those.
    """

    role: Role
    figure: Figure
    side: float
    seed: int
    away: Floats
    rest: Floats


@dataclass(frozen=True, slots=True)
class Attire:
    """Material tags of one grown-up: clothes, forearms, hands, head, legs."""

    top: int
    forearm: int
    hand: int
    head: int
    legs: int


def build_adult(attire: Attire) -> Figure:
    """Hangs an adult's solids on its joints."""
    at = (0.0, 0.0, 0.0)
    limbs = [
        Limb((HIP, at), (CHEST, (0, -0.10, 0)), (0.155, 0.15), attire.top),
        Limb((SHOULDER[0], at), (SHOULDER[1], at), (0.07, 0.07), attire.top),
        Limb((CHEST, (0, 0.05, 0)), (HEAD, (0, 0.05, 0.01)), (0.06, 0.055), attire.hand),
    ]
    for i, sign in enumerate((1, -1)):
        limbs.append(Limb((SHOULDER[i], at), (ELBOW[i], at), (0.062, 0.046), attire.top))
        limbs.append(Limb((ELBOW[i], at), (WRIST[i], at), (0.045, 0.030), attire.forearm))
        limbs.append(Limb((WRIST[i], at), (FINGERS[i], (0, 0, -0.03)), (0.036, 0.030), attire.hand))
        for spread in (-0.03, -0.01, 0.01, 0.03):
            limbs.append(
                Limb(
                    (FINGERS[i], (spread, 0, -0.02)),
                    (FINGERS[i], (spread * 1.4, 0.0, 0.045)),
                    (0.012, 0.010),
                    attire.hand,
                )
            )
        limbs.append(Limb((HIP, (sign * 0.09, 0, 0)), (FOOT, (sign * 0.1, 0.06, 0)), (0.105, 0.06), attire.legs))
    lumps = [
        Lump(CHEST, (0, -0.08, 0), (0.20, 0.22, 0.125), attire.top),
        Lump(HEAD, (0, 0.13, 0.03), (0.078, 0.125, 0.10), attire.head),
        Lump(HEAD, (0, 0.11, 0.13), (0.013, 0.02, 0.018), attire.hand),
    ]
    return assemble(limbs, lumps)


def _bend_arm(shoulder: Floats, hand: Floats, outwards: Floats) -> tuple[Floats, Floats, Floats]:
    """Finds elbow, wrist and fingertips for a hand that reaches for a place (two-bone inverse kinematics)."""
    way = hand - shoulder
    distance = np.linalg.norm(way, axis=-1, keepdims=True)
    direction = way / np.maximum(distance, 1e-6)
    reach = np.clip(distance - _HAND, 0.12, 0.985 * (_UPPER + _FORE))
    along = (_UPPER**2 - _FORE**2 + reach**2) / (2 * reach)
    aside = np.sqrt(np.maximum(_UPPER**2 - along**2, 0))
    bulge = outwards - (outwards * direction).sum(axis=-1, keepdims=True) * direction
    bulge /= np.maximum(np.linalg.norm(bulge, axis=-1, keepdims=True), 1e-6)
    wrist = shoulder + reach * direction
    return shoulder + along * direction + aside * bulge, wrist, wrist + 0.6 * _HAND * direction


def _stand(hip: Floats, yaw: Floats, lean: Floats, hands: Floats) -> Skeleton:
    """Stands an adult up: hips (t, 3), facing and leaning angles (t,), hand targets (t, 2, 3)."""
    count = len(hip)
    zero = np.zeros(count)
    forward = np.stack([np.cos(yaw), np.sin(yaw), zero], axis=1)
    left = np.stack([-np.sin(yaw), np.cos(yaw), zero], axis=1)
    spine = np.cos(lean)[:, None] * np.array([0, 0, 1.0]) + np.sin(lean)[:, None] * forward
    places = np.empty((count, _JOINTS, 3))
    axes = np.empty((count, _JOINTS, 3, 3))
    axes[:] = np.stack([left, spine, np.cross(left, spine)], axis=-1)[:, None]
    places[:, HIP], places[:, CHEST] = hip, hip + 0.46 * spine
    places[:, HEAD] = places[:, CHEST] + 0.145 * spine
    places[:, FOOT] = hip * np.array([1, 1, 0]) - np.array([0, 0, 0.75])
    for i, sign in enumerate((1, -1)):
        places[:, SHOULDER[i]] = places[:, CHEST] + sign * 0.18 * left
        outwards = sign * 0.6 * left - np.array([0, 0, 1.0])
        bent = _bend_arm(places[:, SHOULDER[i]], hands[:, i], outwards)
        for joint, place in zip((ELBOW[i], WRIST[i], FINGERS[i]), bent, strict=True):
            places[:, joint] = place
        y = bent[2] - bent[1]
        z = y / np.linalg.norm(y, axis=1, keepdims=True)
        x = np.cross(spine, z)
        x /= np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-6)
        axes[:, FINGERS[i]] = np.stack([x, np.cross(z, x), z], axis=-1)
    return Skeleton(places, axes)


def act(adult: Adult, infant: Skeleton, movements: tuple[Movement, ...], times: Floats) -> Skeleton:
    """Puts a grown-up into the room at each time."""
    chance = np.random.default_rng((adult.seed, 0xAD))
    if adult.role is Role.CARER:
        return _care(adult, infant, movements, times, chance)
    if adult.role is Role.PASSER:
        return _walk(adult, times, chance)
    if adult.role is Role.HOLDER:
        return _hold(adult, times, chance)
    return _sit(adult, times, chance)


def _care(
    adult: Adult, infant: Skeleton, movements: tuple[Movement, ...], times: Floats, chance: np.random.Generator
) -> Skeleton:
    busy = np.zeros(len(times))
    for movement in movements:
        if movement.kind is MovementKind.CAREGIVER:
            busy = np.maximum(busy, plateau(times, movement, rise=0.5, fall=0.6))
    place = chance.uniform(-0.35, 0.25)
    hip = np.stack(
        [adult.side * (0.78 + 0.5 * (1 - busy)), np.full(len(times), place), np.full(len(times), 0.12)], axis=1
    )
    yaw = np.full(len(times), np.pi if adult.side > 0 else 0.0) + chance.normal(0, 0.15)
    lean = 0.15 + 0.75 * busy
    goals = chance.choice(
        [Joint.CHEST, Joint.SPINE, Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW],
        2,
        replace=False,
    )
    forward = np.stack([np.cos(yaw), np.sin(yaw), np.zeros(len(times))], axis=1)
    hands = np.empty((len(times), 2, 3))
    for i in (0, 1):
        rest = hip + 0.3 * forward + np.array([0, (0.2 if i else -0.2) * adult.side, 0.2])
        goal = infant.places[:, goals[i]] + np.array([0, 0, 0.075])
        used = busy if i == 0 or chance.random() < 0.7 else 0 * busy
        hands[:, i] = rest + used[:, None] * (goal - rest)
    return _stand(hip, yaw, lean, hands)


def _walk(adult: Adult, times: Floats, chance: np.random.Generator) -> Skeleton:
    lap = chance.uniform(9, 20)
    speed = chance.uniform(0.5, 1.0) * chance.choice([-1, 1])
    along = speed * (np.mod(times + chance.uniform(0, lap), lap) - 0.5 * lap)
    step = 2 * np.pi * 1.8 * times
    across = np.array([-adult.away[1], adult.away[0], 0.0])
    hip = chance.uniform(0.75, 1.3) * adult.away + along[:, None] * across
    hip[:, 2] = 0.25 + 0.02 * np.sin(step)
    heading = np.sign(speed) * across
    yaw = np.full(len(times), np.arctan2(heading[1], heading[0]))
    forward = np.stack([np.cos(yaw), np.sin(yaw), np.zeros(len(times))], axis=1)
    swing = 0.18 * np.sin(step / 2)[:, None] * forward
    hands = np.stack([hip + swing + 0.16 * forward - [0, 0, 0.05], hip - swing + 0.16 * forward - [0, 0, 0.05]], axis=1)
    return _stand(hip, yaw, np.full(len(times), 0.05), hands)


def _sit(adult: Adult, times: Floats, chance: np.random.Generator) -> Skeleton:
    sway = 0.015 * np.sin(2 * np.pi * times / chance.uniform(3, 7))
    hip = np.stack(
        [
            np.full(len(times), adult.side * chance.uniform(0.55, 0.8)),
            chance.uniform(-0.2, 0.5) + sway,
            np.full(len(times), 0.05),
        ],
        axis=1,
    )
    yaw = np.full(len(times), (np.pi if adult.side > 0 else 0.0) + chance.normal(0, 0.4))
    near = adult.rest.mean(axis=0) + np.array([adult.side * 0.2, chance.uniform(-0.2, 0.2), 0.05])
    moved = smooth(np.sin(2 * np.pi * times / chance.uniform(4, 9) + chance.uniform(0, 6)))[:, None]
    hands = np.stack(
        [near + moved * np.array([0, 0.12, 0.1]), near + np.array([adult.side * 0.1, -0.25, 0.0]) + 0 * moved], axis=1
    )
    return _stand(hip, yaw, 0.2 + sway, hands)


def _hold(adult: Adult, times: Floats, chance: np.random.Generator) -> Skeleton:
    """Puts the lap and chest behind the infant and both forearms around it."""
    sway = 0.012 * np.sin(2 * np.pi * times / chance.uniform(2.5, 5))
    chest, hip = adult.rest[Joint.CHEST], adult.rest[Joint.PELVIS]
    seat = np.array([chest[0], chest[1] + 0.20, hip[2] - 0.22]) + sway[:, None] * np.array([1.0, 0.0, 0.0])
    hands = np.stack([hip + np.array([-0.10, -0.10, 0.02]), chest + np.array([0.13, -0.14, 0.02])])
    hands = hands + sway[:, None, None] * np.array([1.0, 0.0, 0.0])
    return _stand(seat, np.full(len(times), -np.pi / 2), np.full(len(times), -0.08), hands)
