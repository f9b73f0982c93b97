"""What an infant does over time: movements, and the exact truth about the spasms among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray


class MovementKind(StrEnum):
    """The movements a phantom can make; all but ``SPASM`` are mimics."""

    SPASM = "spasm"
    STARTLE = "startle"
    KICKING = "kicking"
    SLEEP_MYOCLONUS = "sleep_myoclonus"
    ARCHING = "arching"
    HICCUP = "hiccup"
    CRYING = "crying"
    STRETCH = "stretch"
    HEAD_TURN = "head_turn"
    CAREGIVER = "caregiver"
    SHUDDER = "shudder"
    FLAIL = "flail"
    SQUIRM = "squirm"
    CAMERA_BUMP = "camera_bump"
    LIGHT_CHANGE = "light_change"


class Semiology(StrEnum):
    """Which way a spasm pulls the body."""

    FLEXOR = "flexor"
    EXTENSOR = "extensor"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement on a shot's own clock, in seconds.

    Attributes:
        kind: What the infant (or somebody near it) does.
        start: Onset; the time before it is untouched by this movement.
        duration: From onset until the body is released.
        strength: From about 0.2 (a nod, the eyes) to 1 (the whole body).
        semiology: Given for spasms only; none means mixed.
        side: Asymmetry from -1 (the infant's left only) to 1 (right only).
        seed: Varies the details without changing the parameters above.
    """

    kind: MovementKind
    start: float
    duration: float
    strength: float
    semiology: Semiology | None = None
    side: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.duration <= 0:
            raise ValueError(f"a movement lasts longer than {self.duration} s")
        if not 0 <= self.strength <= 1:
            raise ValueError(f"strength lies between 0 and 1, not at {self.strength}")
        if not -1 <= self.side <= 1:
            raise ValueError(f"side lies between -1 and 1, not at {self.side}")

    @property
    def stop(self) -> float:
        """When the body is released."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class SpasmCourse:
    """The three phases of one spasm: fast onset, hold, slower release."""

    onset: float
    rise: float
    hold: float
    release: float

    @property
    def peak(self) -> float:
        """When the contraction is complete."""
        return self.onset + self.rise

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Gives the contraction at each time, from 0 to 1."""
        rising = np.clip((times - self.onset) / self.rise, 0.0, 1.0)
        falling = np.clip((times - self.peak - self.hold) / self.release, 0.0, 1.0)
        rising = rising * rising * (3.0 - 2.0 * rising)
        falling = falling * falling * (3.0 - 2.0 * falling)
        return rising * (1.0 - falling)


def spasm_course(spasm: Movement) -> SpasmCourse:
    """Divides a spasm's duration into rise (0.1-0.3 s), hold and release."""
    chance = np.random.default_rng((spasm.seed, 0x5A))
    rise = min(float(chance.uniform(0.10, 0.30)), 0.25 * spasm.duration)
    hold = float(chance.uniform(0.35, 0.6)) * (spasm.duration - rise)
    hold = min(hold, 1.5)
    return SpasmCourse(spasm.start, rise, hold, spasm.duration - rise - hold)


def spasm_activity(movements: Iterable[Movement], times: ArrayLike) -> NDArray[np.float32]:
    """Gives the truth: how far the body is into a spasm at each time, 0 to 1, whatever its strength."""
    moments = np.asarray(times, np.float64)
    activity = np.zeros(moments.shape)
    for movement in movements:
        if movement.kind is MovementKind.SPASM:
            activity = np.maximum(activity, spasm_course(movement).at(moments))
    return activity.astype(np.float32)
