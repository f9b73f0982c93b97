"""Training clips: five seconds of a random infant, with the truth about spasms in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import FRAME_STEP, FRAMES_PER_WINDOW, WINDOW_SECONDS
from reviewer_app.phantom.motion import Movement, MovementKind, Semiology, spasm_activity, spasm_course
from reviewer_app.phantom.scene import TRAINING_SCENES, SceneKind, ShotPlan, ShotRenderer
from reviewer_app.phantom.staging import draw_sensor
from reviewer_app.phantom.viewpoint import Framing

# The middle of each cell of the frame grid.
CLIP_TIMES: Final = (np.arange(FRAMES_PER_WINDOW, dtype=np.float64) + 0.5) * FRAME_STEP

_MIMICS: Final = (
    (MovementKind.STARTLE, 0.17, (0.9, 1.8)),
    (MovementKind.FLAIL, 0.17, (1.5, 3.0)),
    (MovementKind.KICKING, 0.13, (2.0, 5.0)),
    (MovementKind.SLEEP_MYOCLONUS, 0.08, (1.0, 4.0)),
    (MovementKind.ARCHING, 0.08, (2.0, 4.0)),
    (MovementKind.HICCUP, 0.05, (4.0, 6.0)),
    (MovementKind.CRYING, 0.08, (4.0, 7.0)),
    (MovementKind.STRETCH, 0.06, (2.0, 4.0)),
    (MovementKind.HEAD_TURN, 0.04, (1.5, 4.0)),
    (MovementKind.CAREGIVER, 0.05, (2.5, 5.0)),
    (MovementKind.SHUDDER, 0.03, (1.0, 3.0)),
    (MovementKind.SQUIRM, 0.04, (2.0, 4.0)),
    (MovementKind.CAMERA_BUMP, 0.01, (1.0, 2.0)),
    (MovementKind.LIGHT_CHANGE, 0.01, (1.0, 3.0)),
)


@dataclass(frozen=True, slots=True)
class PhantomClip:
    """One window of pixels with its truth.

    Attributes:
        frames: (16, S, S, 3) uint8 RGB.
        activity: (16,) float32 spasm activity at the frame times.
        has_spasm: Whether some spasm's rise, onset to peak, lies in the window.
        kind: Where it was seen.
        movements: All that happens in it.
    """

    frames: NDArray[np.uint8]
    activity: NDArray[np.float32]
    has_spasm: bool
    kind: SceneKind
    movements: tuple[Movement, ...]


def holds_spasm(movements: Sequence[Movement], *, seconds: float = WINDOW_SECONDS) -> bool:
    """Says whether some spasm's onset and peak both lie in the window."""
    courses = [spasm_course(m) for m in movements if m.kind is MovementKind.SPASM]
    return any(course.onset >= 0 and course.peak < seconds for course in courses)


def render_clip(
    seed: int, *, size: int = 64, kinds: Sequence[SceneKind] = TRAINING_SCENES, spasm_share: float = 0.5
) -> PhantomClip:
    """Draws one training clip; everything follows from the seed.

    Args:
        seed: Of everything.
        size: Side of the square frames, pixels.
        kinds: Scenes to draw from.
        spasm_share: How many clips hold a spasm.
    """
    chance = np.random.default_rng((seed, 0xC1))
    kind = kinds[int(chance.integers(len(kinds)))]
    asleep = bool(chance.random() < 0.25)
    movements = [*_background(chance, asleep=asleep)]
    if chance.random() < spasm_share:
        movements += _spasms(chance)
    plan = ShotPlan(
        kind=kind,
        seed=int(chance.integers(2**31)),
        seconds=WINDOW_SECONDS,
        movements=tuple(movements),
        asleep=asleep,
        night=bool(chance.random() < (0.1 if kind is SceneKind.PHONE else 0.35)),
        patient_seed=int(chance.integers(2**31)),
        camera_seed=int(chance.integers(2**31)),
    )
    fill = chance.uniform(0.55, 1.1) if chance.random() < 0.8 else chance.uniform(0.35, 0.55)
    framing = Framing(float(fill), (float(chance.normal(0, 0.07)), float(chance.normal(0, 0.07))))
    sensor = draw_sensor(plan, height=size, wild=True)
    if chance.random() < 0.5:
        sensor = replace(sensor, quality=int(chance.integers(18, 80)))
    if kind is SceneKind.PHONE:
        sensor = replace(sensor, shake=float(chance.uniform(0.0, 0.03)))
    renderer = ShotRenderer(plan, size=(size, size), framing=framing, sensor=sensor, finer=1.5 if size < 100 else 1.0)
    return PhantomClip(
        renderer.frames(CLIP_TIMES), spasm_activity(movements, CLIP_TIMES), holds_spasm(movements), kind, plan.movements
    )


def _spasms(chance: np.random.Generator) -> list[Movement]:
    """Draws one spasm in the window, often a second of the same cluster 5 to 8 s away."""
    semiology = Semiology(chance.choice(list(Semiology), p=(0.35, 0.22, 0.43)))
    strength, side = float(chance.uniform(0.25, 1.0)), float(np.clip(chance.normal(0, 0.2), -0.8, 0.8))
    first = float(chance.uniform(0.0, WINDOW_SECONDS - 0.7))
    onsets = [first]
    if chance.random() < 0.6:
        onsets.append(first + float(chance.choice([-1, 1]) * chance.uniform(3.2, 8.0)))
    return [
        Movement(
            MovementKind.SPASM,
            onset,
            float(np.clip(np.exp(chance.normal(np.log(1.3), 0.4)), 0.5, 3.0)),
            float(np.clip(strength + chance.normal(0, 0.1), 0.2, 1.0)),
            semiology,
            side,
            int(chance.integers(2**31)),
        )
        for onset in onsets
    ]


def _background(chance: np.random.Generator, *, asleep: bool) -> list[Movement]:
    """Draws mimics and ordinary movement: none to three of them in or across the window."""
    kinds, shares, spans = zip(*_MIMICS, strict=True)
    count = int(chance.choice(4, p=(0.12, 0.38, 0.33, 0.17)))
    weights = np.array(shares)
    if asleep:
        awake_only = [MovementKind.CRYING, MovementKind.KICKING]
        weights = weights * [
            0.2 if kind in awake_only else 4.0 if kind is MovementKind.SLEEP_MYOCLONUS else 1.0 for kind in kinds
        ]
    chosen = chance.choice(len(kinds), count, p=weights / weights.sum())
    return [
        Movement(
            kinds[i],
            float(chance.uniform(-1.0, WINDOW_SECONDS - 0.5)),
            float(chance.uniform(*spans[i])),
            float(chance.uniform(0.35, 1.0)),
            side=float(np.clip(chance.normal(0, 0.15), -0.8, 0.8)),
            seed=int(chance.integers(2**31)),
        )
        for i in chosen
    ]
