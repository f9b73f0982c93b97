"""How the learning rate goes from the first step of a training to its last: arithmetic, nothing else."""

import math
from dataclasses import dataclass
from enum import StrEnum

from reviewer_app.domain.recipe import Recipe, Schedule


class Course(StrEnum):
    """What the rate does once it has climbed."""

    STEPS = "steps"  # multiplied by ``decay`` every ``decay_every`` steps
    COSINE = "cosine"  # half a cosine down to nothing, from the end of the climb
    HELD = "held"  # stays, and falls over the last ``decline`` of the steps; until then a longer training is the same


@dataclass(frozen=True, slots=True)
class Pace:
    """The steps of a training and the rate of each.

    Attributes:
        steps: All there are.
        highest: The rate after the climb.
        warm_up: Steps of the climb.
        course: What follows.
        decay: STEPS multiplies by this.
        decay_every: Steps between two such.
        decline: Last share of the steps in which HELD falls.
    """

    steps: int
    highest: float
    warm_up: int = 0
    course: Course = Course.HELD
    decay: float = 1.0
    decay_every: int = 1
    decline: float = 0.3

    def __post_init__(self) -> None:
        if self.steps < 1 or self.decay_every < 1 or self.highest <= 0 or self.warm_up < 0:
            raise ValueError(f"not a pace: {self}")
        if not 0 <= self.decline <= 1 or not 0 < self.decay <= 1:
            raise ValueError(f"not a pace: {self}")

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        climb = min(1.0, (step + 1) / (self.warm_up + 1))
        return self.highest * climb * self._share(step)

    def _share(self, step: int) -> float:
        match self.course:
            case Course.STEPS:
                # Whole steps since the beginning: the paper's epochs are counted from the first, warm-up or not.
                return self.decay ** (step // self.decay_every)
            case Course.COSINE:
                return _half_cosine((self.steps - step) / max(1, self.steps - self.warm_up))
            case Course.HELD:
                return _half_cosine((self.steps - step) / max(1.0, self.decline * self.steps))


def _half_cosine(left: float) -> float:
    """1 while the share that is left is 1 or more, 0 at the end."""
    return (1 - math.cos(math.pi * min(1.0, left))) / 2


def recipe_pace(recipe: Recipe, *, steps_of_epoch: int) -> Pace:
    """A recipe's schedule, counted in steps; its epochs are counted from 1 to the last."""
    return Pace(
        steps=recipe.epochs * steps_of_epoch,
        highest=recipe.learning_rate,
        warm_up=round(recipe.warm_up * steps_of_epoch),
        course=Course.STEPS if recipe.schedule is Schedule.STEPS else Course.COSINE,
        decay=recipe.decay,
        decay_every=recipe.decay_every * steps_of_epoch,
    )
