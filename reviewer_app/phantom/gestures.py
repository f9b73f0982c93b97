"""How each kind of movement pulls a body about: spasms, their mimics, and restless background."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from reviewer_app.phantom.infant import (
    ANKLES,
    BEND,
    ELBOWS,
    HIPS,
    JOINT_COUNT,
    KNEES,
    SHOULDERS,
    SPREAD,
    TURN,
    WRISTS,
    Floats,
    Joint,
)
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology, spasm_course

ARM_JOINTS: Final = tuple((SHOULDERS[i], ELBOWS[i], WRISTS[i]) for i in (0, 1))
LEG_JOINTS: Final = tuple((HIPS[i], KNEES[i], ANKLES[i]) for i in (0, 1))
AXIAL: Final = (Joint.SPINE, Joint.CHEST, Joint.NECK, Joint.HEAD)


@dataclass(frozen=True, slots=True)
class Attitude:
    """A pose in the making, changed in place by one movement after the other; fields as in ``Pose``.

    Attributes:
        times: (moments,) seconds on the shot's clock.
        angles: (moments, joints, 3) radians.
        tilt: (moments, 3) small turns of the whole body, radians.
        shift: (moments, 3) of the whole body, metres.
        face: (moments, 3) eyes open, mouth open, flush.
        fist: (moments, 2).
        breath: (moments,).
    """

    times: Floats
    angles: Floats
    tilt: Floats
    shift: Floats
    face: Floats
    fist: Floats
    breath: Floats

    def pull(self, joint: int, degrees: tuple[float, float, float] | Floats, weight: Floats) -> None:
        """Draws a joint towards an attitude; weight 1 is all the way."""
        self.angles[:, joint] += weight[:, None] * (np.radians(degrees) - self.angles[:, joint])

    def add(self, joint: int, axis: int, degrees: Floats) -> None:
        """Turns a joint on top of what it does."""
        self.angles[:, joint, axis] += np.radians(degrees)

    def look(self, feature: int, value: float, weight: Floats) -> None:
        """Draws one feature of the face towards a value."""
        self.face[:, feature] += weight * (value - self.face[:, feature])


def smooth(x: Floats) -> Floats:
    """Eases from 0 to 1 as x goes from 0 to 1."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


def plateau(times: Floats, movement: Movement, *, rise: float, fall: float) -> Floats:
    """Eases in at the movement's start and out at its stop."""
    return smooth((times - movement.start) / rise) * smooth((movement.stop - times) / fall)


def pulse(times: Floats, start: float, *, rise: float, hold: float, fall: float) -> Floats:
    """Rises, holds and falls once."""
    return smooth((times - start) / rise) * (1.0 - smooth((times - start - rise - hold) / fall))


def _side_weights(side: float) -> tuple[float, float]:
    return 1.0 - max(0.0, side), 1.0 - max(0.0, -side)


def _spasm(body: Attitude, spasm: Movement, chance: np.random.Generator) -> None:
    course = spasm_course(spasm)
    weight = course.at(body.times)
    strength = spasm.strength
    semiology = spasm.semiology or Semiology.MIXED
    axial_share, limb_share = 0.30 + 0.65 * strength, 0.16 + 0.80 * strength
    flexed_trunk = semiology is not Semiology.EXTENSOR
    if flexed_trunk:
        bends = {
            Joint.SPINE: chance.uniform(14, 32),
            Joint.CHEST: chance.uniform(10, 22),
            Joint.NECK: chance.uniform(28, 46),
            Joint.HEAD: 10,
        }
    else:
        bends = {
            Joint.SPINE: chance.uniform(-15, -6),
            Joint.CHEST: -10,
            Joint.NECK: chance.uniform(-36, -24),
            Joint.HEAD: -12,
        }
    for joint, bend in bends.items():
        body.pull(joint, (bend, 0.0, chance.normal(0, 5)), weight * axial_share)
    flexed_arms = semiology is Semiology.FLEXOR or (semiology is Semiology.MIXED and chance.random() < 0.25)
    flexed_legs = semiology is Semiology.FLEXOR or (
        semiology is Semiology.MIXED and not flexed_arms and chance.random() < 0.6
    )
    arm = (
        (chance.uniform(55, 95), chance.uniform(-5, 35), chance.uniform(-10, 20))
        if flexed_arms
        else (chance.uniform(35, 85), chance.uniform(55, 100), chance.uniform(0, 30))
    )
    elbow = chance.uniform(45, 115) if flexed_arms else chance.uniform(2, 14)
    leg = (
        (chance.uniform(80, 118), chance.uniform(5, 35), 15.0)
        if flexed_legs
        else (chance.uniform(2, 40), chance.uniform(8, 32), 5.0)
    )
    knee = chance.uniform(25, 115) if flexed_legs else chance.uniform(0, 8)
    quiver = 2.5 * np.sin(2 * np.pi * chance.uniform(8, 12) * body.times) * weight * strength
    for side, share in enumerate(_side_weights(spasm.side)):
        lag = chance.uniform(0.0, 0.04)
        pull = course.at(body.times - lag) * limb_share * share
        body.pull(SHOULDERS[side], arm, pull)
        body.pull(ELBOWS[side], (elbow, 0, 0), pull)
        body.pull(WRISTS[side], (chance.uniform(-10, 40), 0, 0), pull)
        body.pull(HIPS[side], leg, pull)
        body.pull(KNEES[side], (knee, 0, 0), pull)
        body.pull(ANKLES[side], (-15.0 if flexed_legs else 35.0, 0, 0), pull)
        body.add(SHOULDERS[side], BEND, quiver * share)
        body.add(HIPS[side], BEND, quiver * share)
        body.fist[:, side] += pull * ((1.0 if flexed_arms else chance.uniform(0, 1)) - body.fist[:, side])
    body.look(0, 1.0, weight * (0.4 + 0.6 * strength))
    body.look(1, chance.uniform(0.0, 0.5), weight * strength)
    body.look(2, 0.6, weight * strength)


def _startle(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    strength = 0.4 + 0.6 * movement.strength
    rise = chance.uniform(0.10, 0.20)
    out = pulse(body.times, movement.start, rise=rise, hold=0.15, fall=0.35) * strength
    embrace = pulse(
        body.times, movement.start + rise + 0.25, rise=0.4, hold=0.2, fall=max(0.4, movement.duration - 1.2)
    )
    wide = (chance.uniform(15, 50), chance.uniform(85, 110), chance.uniform(30, 70))
    for side, share in enumerate(_side_weights(movement.side)):
        body.pull(SHOULDERS[side], wide, out * share)
        body.pull(ELBOWS[side], (chance.uniform(5, 25), 0, 0), out * share)
        body.pull(SHOULDERS[side], (85, -12, 0), embrace * strength * share)
        body.pull(ELBOWS[side], (75, 0, 0), embrace * strength * share)
        body.fist[:, side] *= 1.0 - out
        body.add(HIPS[side], BEND, -18 * out)
        body.add(KNEES[side], BEND, -25 * out + 12 * embrace)
    body.add(Joint.NECK, BEND, -12 * out)
    body.look(0, 1.0, out)


def _kicking(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=0.4, fall=0.5) * (0.35 + 0.65 * movement.strength)
    rate = chance.uniform(0.7, 2.2)
    together = chance.random() < 0.3
    for side in (0, 1):
        phase = (
            2 * np.pi * rate * (body.times - movement.start) + (0 if together else np.pi * side) + chance.normal(0, 0.3)
        )
        kick = amount * (0.5 + 0.5 * np.sin(phase)) ** chance.uniform(1.0, 2.5)
        body.add(HIPS[side], BEND, chance.uniform(35, 75) * kick - 20 * amount)
        body.add(KNEES[side], BEND, chance.uniform(40, 90) * kick - 35 * amount)
        wave = amount * np.sin(phase * chance.uniform(0.6, 1.2) + chance.uniform(0, 6))
        body.add(SHOULDERS[side], BEND, chance.uniform(0, 35) * wave)
        body.add(ELBOWS[side], BEND, chance.uniform(0, 35) * wave)
    body.tilt[:, 1] += np.radians(4) * amount * np.sin(2 * np.pi * rate * body.times)


def _sleep_myoclonus(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    side, is_arm = int(chance.integers(2)), bool(chance.random() < 0.65)
    near, far, _ = ARM_JOINTS[side] if is_arm else LEG_JOINTS[side]
    push = chance.uniform(25, 60) * (0.4 + 0.6 * movement.strength) * chance.choice([-1, 1])
    start = movement.start
    while start < movement.stop - 0.1:
        jerk = pulse(body.times, start, rise=0.07, hold=0.03, fall=chance.uniform(0.12, 0.3)) * chance.uniform(0.5, 1.0)
        body.add(near, BEND, push * jerk)
        body.add(near, SPREAD, 0.5 * push * jerk)
        body.add(far, BEND, abs(push) * jerk)
        start += chance.uniform(0.25, 1.2)


def _arching(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    rise = min(chance.uniform(0.6, 1.3), 0.4 * movement.duration)
    amount = plateau(body.times, movement, rise=rise, fall=0.9 * rise) * (0.4 + 0.6 * movement.strength)
    for joint, bend in ((Joint.SPINE, -20), (Joint.CHEST, -14), (Joint.NECK, -38), (Joint.HEAD, -15)):
        body.pull(joint, (bend, chance.normal(0, 8), chance.normal(0, 12)), amount)
    for side in (0, 1):
        body.pull(SHOULDERS[side], (chance.uniform(-20, 40), chance.uniform(30, 80), 20), 0.7 * amount)
        body.pull(HIPS[side], (chance.uniform(0, 20), 20, 0), 0.8 * amount)
        body.pull(KNEES[side], (chance.uniform(10, 50), 0, 0), 0.7 * amount)
    body.look(0, 0.2, amount)
    body.look(2, 0.7, amount)


def _hiccup(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    start = movement.start
    size = 0.5 + 0.5 * movement.strength
    while start < movement.stop:
        jerk = pulse(body.times, start, rise=0.08, hold=0.02, fall=0.25) * size
        body.add(Joint.CHEST, BEND, -9 * jerk)
        body.add(Joint.SPINE, BEND, 7 * jerk)
        body.add(Joint.NECK, BEND, 11 * jerk)
        for side in (0, 1):
            body.add(SHOULDERS[side], BEND, 10 * jerk)
            body.add(HIPS[side], BEND, 5 * jerk)
        body.breath[:] += 1.5 * jerk
        body.look(1, 0.35, jerk)
        start += chance.uniform(1.2, 3.2)


def _crying(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=0.5, fall=0.6)
    rate, sob = chance.uniform(2.5, 4.5), chance.uniform(0.5, 1.0)
    sobs = 0.6 + 0.4 * np.sin(2 * np.pi * sob * body.times)
    for side in (0, 1):
        shake = np.sin(2 * np.pi * rate * body.times + chance.uniform(0, 6)) * amount * movement.strength
        body.add(SHOULDERS[side], BEND, chance.uniform(6, 18) * shake)
        body.add(ELBOWS[side], BEND, chance.uniform(6, 18) * shake)
        body.add(
            HIPS[side], BEND, chance.uniform(5, 22) * np.sin(2 * np.pi * sob * 1.7 * body.times + 3 * side) * amount
        )
        body.add(
            KNEES[side], BEND, chance.uniform(5, 25) * np.sin(2 * np.pi * sob * 1.7 * body.times + 3 * side) * amount
        )
        body.fist[:, side] += amount * (1 - body.fist[:, side])
    body.add(Joint.NECK, TURN, 14 * amount * np.sin(2 * np.pi * 0.4 * body.times + chance.uniform(0, 6)))
    body.add(Joint.CHEST, BEND, 3 * amount * np.sin(2 * np.pi * rate * body.times))
    body.look(0, 0.05, amount)
    body.face[:, 1] += amount * sobs * (1 - body.face[:, 1])
    body.look(2, 1.0, amount)


def _stretch(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    rise = 0.35 * movement.duration
    amount = plateau(body.times, movement, rise=rise, fall=rise) * (0.5 + 0.5 * movement.strength)
    for side in (0, 1):
        body.pull(SHOULDERS[side], (chance.uniform(110, 165), chance.uniform(0, 40), 0), amount)
        body.pull(ELBOWS[side], (chance.uniform(10, 60), 0, 0), amount)
        body.pull(HIPS[side], (5, 15, 0), amount * chance.uniform(0.5, 1))
        body.pull(KNEES[side], (5, 0, 0), amount * chance.uniform(0.5, 1))
    body.pull(Joint.NECK, (-20, chance.normal(0, 12), chance.normal(0, 20)), 0.8 * amount)
    body.pull(Joint.SPINE, (-14, chance.normal(0, 10), 0), amount)
    body.look(0, 0.0, amount)
    body.look(1, 0.8, amount * (chance.random() < 0.5))


def _head_turn(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=chance.uniform(0.3, 0.9), fall=0.7) * movement.strength
    turn = chance.choice([-1, 1]) * chance.uniform(40, 85)
    body.add(Joint.NECK, TURN, 0.6 * turn * amount)
    body.add(Joint.HEAD, TURN, 0.5 * turn * amount)


def _caregiver(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=0.5, fall=0.5) * (0.4 + 0.6 * movement.strength)
    style = chance.integers(4)
    since = body.times - movement.start
    if style == 0:  # patting
        pats = np.abs(np.sin(np.pi * chance.uniform(1.2, 2.5) * since)) ** 3 * amount
        body.shift[:, 2] -= 0.012 * pats
        body.shift[:, 0] += 0.008 * pats
    elif style == 1:  # legs lifted for a nappy
        lift = pulse(
            body.times,
            movement.start + 0.5,
            rise=chance.uniform(0.3, 0.8),
            hold=max(0.2, movement.duration - 2.2),
            fall=0.7,
        )
        for side in (0, 1):
            body.pull(HIPS[side], (110, 15, 0), lift * movement.strength)
            body.pull(KNEES[side], (chance.uniform(20, 70), 0, 0), lift * movement.strength)
    elif style == 2:  # rocked by a hand on the trunk
        sway = np.sin(2 * np.pi * chance.uniform(0.7, 1.5) * since) * amount
        body.shift[:, 0] += 0.025 * sway
        body.tilt[:, 1] += np.radians(9) * sway
    else:  # one arm taken
        side = int(chance.integers(2))
        moved = pulse(body.times, movement.start + 0.4, rise=0.35, hold=0.5 * movement.duration, fall=0.5)
        body.pull(SHOULDERS[side], (chance.uniform(20, 110), chance.uniform(0, 90), 0), moved)
        body.pull(ELBOWS[side], (chance.uniform(10, 60), 0, 0), moved)


def _shudder(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=0.25, fall=0.35) * (0.4 + 0.6 * movement.strength)
    shake = np.sin(2 * np.pi * chance.uniform(5, 8) * body.times) * amount
    body.add(Joint.NECK, TURN, 7 * shake)
    body.add(Joint.CHEST, TURN, 5 * shake)
    for side in (0, 1):
        body.add(SHOULDERS[side], SPREAD, 7 * shake)
        body.add(ELBOWS[side], BEND, 18 * amount + 7 * shake)


def _flail(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    """Throws limbs about one after the other, never all at once and without the trunk."""
    limbs = [*ARM_JOINTS, *LEG_JOINTS]
    chosen = chance.permutation(4)[: chance.integers(1, 4)]
    start = movement.start
    for limb in chosen:
        near, far, _ = limbs[limb]
        while_out = pulse(
            body.times,
            start,
            rise=chance.uniform(0.12, 0.4),
            hold=chance.uniform(0.1, 0.8),
            fall=chance.uniform(0.3, 0.8),
        )
        while_out = while_out * (0.4 + 0.6 * movement.strength)
        body.add(near, BEND, chance.choice([-1, 1]) * chance.uniform(30, 80) * while_out)
        body.add(near, SPREAD, chance.uniform(-30, 50) * while_out)
        body.add(far, BEND, chance.choice([-1, 1]) * chance.uniform(30, 90) * while_out)
        start += chance.uniform(0.3, 0.9)


def _squirm(body: Attitude, movement: Movement, chance: np.random.Generator) -> None:
    amount = plateau(body.times, movement, rise=chance.uniform(0.5, 1.2), fall=0.8) * movement.strength
    turn = chance.choice([-1, 1])
    body.tilt[:, 1] += np.radians(chance.uniform(12, 35)) * turn * amount
    body.add(Joint.SPINE, SPREAD, chance.uniform(-18, 18) * amount)
    body.add(Joint.NECK, TURN, 30 * turn * amount)
    for side in (0, 1):
        body.add(HIPS[side], BEND, chance.uniform(-30, 45) * amount)
        body.add(KNEES[side], BEND, chance.uniform(-30, 45) * amount)
        body.add(SHOULDERS[side], BEND, chance.uniform(-20, 50) * amount)


Gesture = Callable[[Attitude, Movement, np.random.Generator], None]

# Camera bumps and changing light move no joint; the scene sees to them.
_GESTURES: Final[Mapping[MovementKind, Gesture]] = {
    MovementKind.SPASM: _spasm,
    MovementKind.STARTLE: _startle,
    MovementKind.KICKING: _kicking,
    MovementKind.SLEEP_MYOCLONUS: _sleep_myoclonus,
    MovementKind.ARCHING: _arching,
    MovementKind.HICCUP: _hiccup,
    MovementKind.CRYING: _crying,
    MovementKind.STRETCH: _stretch,
    MovementKind.HEAD_TURN: _head_turn,
    MovementKind.CAREGIVER: _caregiver,
    MovementKind.SHUDDER: _shudder,
    MovementKind.FLAIL: _flail,
    MovementKind.SQUIRM: _squirm,
}


def perform(body: Attitude, movement: Movement) -> None:
    """Changes the attitude by one movement, wherever its times overlap."""
    gesture = _GESTURES.get(movement.kind)
    if gesture is not None and body.times[-1] >= movement.start and body.times[0] <= movement.stop + 3.0:
        gesture(body, movement, np.random.default_rng((movement.seed, 0xB0)))


def fidget(body: Attitude, *, seed: int, restless: float) -> None:
    """Moves every joint a little all the time: slow sway, and now and then a limb put elsewhere.

    Args:
        body: Changed in place.
        seed: Of the shot.
        restless: 0 lies still, 1 is lively.
    """
    chance = np.random.default_rng((seed, 0xF1))
    cell, cells = chance.uniform(1.6, 3.5), 64
    levels = chance.standard_normal((cells, JOINT_COUNT, 3))
    when = chance.uniform(0.0, 0.6, (cells, JOINT_COUNT, 1))
    slot = np.floor(body.times / cell).astype(np.int64)
    inside = body.times / cell - slot
    step = smooth((inside[:, None, None] - when[slot % cells]) / 0.35)
    here, there = levels[slot % cells], levels[(slot + 1) % cells]
    reach = np.full((JOINT_COUNT, 3), 1.5)
    for near, far, end in (*ARM_JOINTS, *LEG_JOINTS):
        reach[near], reach[far], reach[end] = 9.0, 12.0, 9.0
    reach[list(AXIAL)] = (1.5, 2.5, 4.0)
    reach[Joint.NECK] = (3.0, 4.0, 10.0)
    body.angles[...] += np.radians(reach) * restless * (here + step * (there - here))
    rate = chance.uniform(0.5, 0.9)
    body.breath[...] += np.sin(2 * np.pi * rate * body.times)
    body.add(Joint.CHEST, BEND, -0.8 * np.sin(2 * np.pi * rate * body.times))
    blink = np.sin(2 * np.pi * body.times / chance.uniform(2.2, 4.0)) > 0.98
    body.face[:, 0] *= 1.0 - 0.9 * blink
    body.fist[...] = np.clip(body.fist + 0.25 * restless * here[:, :2, 0], 0, 1)
