"""Phantom clips as learning wants them: the one place where drawing and learning meet.

Free of torch, so that the processes that draw clips start quickly and stay small.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.learning.augment import augmented
from reviewer_app.learning.dataset import LabelledClip
from reviewer_app.phantom.clip import CLIP_TIMES, holds_spasm, render_clip
from reviewer_app.phantom.motion import MovementKind, spasm_activity
from reviewer_app.phantom.scene import FOREIGN_SCENES, TRAINING_SCENES, SceneKind, ShotPlan, ShotRenderer
from reviewer_app.phantom.script import PhantomPlan, write_script
from reviewer_app.phantom.staging import draw_sensor
from reviewer_app.phantom.viewpoint import Framing

TRAINING_SEEDS: Final = 1_000_000_000
"""Training draws from here on; everything below is kept for validation and exams and is never trained on."""

POOL: Final = 512
"""Drawn clips that are remembered, so that another view of one comes some batches later and not beside it."""

NIGHT_SECONDS: Final = 600.0
_NIGHT_SEEDS: Final = 1_000_000
"""Nights from here on are cut into clips to learn from; those below are kept to calibrate on and for exams."""

_CLIPS_OF_A_SHOT: Final = 4
"""To set up a shot costs as much as to draw a window of it, so a few are cut from each."""

_TRIES: Final = 30
"""Places tried to find a window with, or without, a spasm."""

_AUGMENTATION, _NIGHT = 0xA6, 0x4E


@dataclass(frozen=True, slots=True)
class PhantomClips:
    """Makes the phantom clip of a seed.

    Attributes:
        size: Side of the frames, pixels.
        scenes: Where clips play.
        augment: Whether cameras are varied beyond what the phantoms do; not for clips that measure.
        views: How often each drawn clip is shown, augmented anew each time. To draw a clip costs three times as much as
            to learn from it, so a few views of each teach more in an hour than one.
    """

    size: int
    scenes: tuple[SceneKind, ...] = TRAINING_SCENES
    augment: bool = False
    views: int = 1

    def __post_init__(self) -> None:
        foreign = set(self.scenes) & set(FOREIGN_SCENES)
        if self.augment and foreign:
            raise ValueError(f"{', '.join(sorted(foreign))} are kept to test transfer and are never trained on")
        if self.views < 1 or (self.views > 1 and not self.augment):
            raise ValueError(f"{self.views} views of a clip that is not augmented are no views")

    def __call__(self, seed: int) -> LabelledClip:
        """The one clip that belongs to ``seed``."""
        if not self.augment:
            return _wild(self._drawing(seed), self.size, self.scenes)
        drawn = _remembered(self._drawing(seed), self.size, self.scenes)
        return augmented(drawn, np.random.default_rng((seed, _AUGMENTATION)))

    def _drawing(self, seed: int) -> int:
        """Which clip is drawn for a seed: a pool of clips is gone through ``views`` times before the next pool."""
        pool, within = divmod(seed, POOL * self.views)
        return pool * POOL + within % POOL


def _drawn(seed: int, size: int, scenes: tuple[SceneKind, ...]) -> LabelledClip:
    """Half of what is learned from is wilder than any night, half is cut out of nights as they will be scanned."""
    return _out_of_a_night(seed, size, scenes) if seed // _CLIPS_OF_A_SHOT % 2 else _wild(seed, size, scenes)


def _wild(seed: int, size: int, scenes: tuple[SceneKind, ...]) -> LabelledClip:
    clip = render_clip(seed, size=size, kinds=scenes)
    return LabelledClip(clip.frames, float(clip.has_spasm), clip.activity)


def _out_of_a_night(seed: int, size: int, scenes: tuple[SceneKind, ...]) -> LabelledClip:
    """A window of a night; as a rule every second one holds a spasm, where the shot has any."""
    plan, renderer = _shot(seed // _CLIPS_OF_A_SHOT, size, scenes)
    chance = np.random.default_rng((seed, _NIGHT))
    wanted = bool(chance.random() < 0.5)
    for start in _starts(plan, chance):
        seen = [replace(movement, start=movement.start - start) for movement in plan.movements]
        if holds_spasm(seen) == wanted:
            break
    frames = renderer.frames(start + CLIP_TIMES)
    return LabelledClip(frames, float(holds_spasm(seen)), spasm_activity(seen, CLIP_TIMES))


def _starts(plan: ShotPlan, chance: np.random.Generator) -> NDArray[np.float64]:
    """Places for a window: some anywhere, most where something begins, startles above all, the spasm's best mimic."""
    last = plan.seconds - WINDOW_SECONDS
    anywhere = chance.uniform(0, last, _TRIES)
    if not plan.movements or chance.random() < 0.3:
        return anywhere
    onsets = np.array([movement.start for movement in plan.movements])
    shares = np.array([6.0 if movement.kind is MovementKind.STARTLE else 1.0 for movement in plan.movements])
    begun = chance.choice(onsets, _TRIES, p=shares / shares.sum()) - chance.uniform(0.1, WINDOW_SECONDS - 0.6, _TRIES)
    return np.clip(begun, 0, last)


@lru_cache(maxsize=2)
def _shot(seed: int, size: int, scenes: tuple[SceneKind, ...]) -> tuple[ShotPlan, ShotRenderer]:
    """A shot of some night, looked at as closely as an automatic crop might."""
    chance = np.random.default_rng((seed, _NIGHT))
    scene = scenes[int(chance.integers(len(scenes)))]
    night = PhantomPlan(Path(), seconds=NIGHT_SECONDS, seed=_NIGHT_SEEDS + seed, scene=scene, files=1, clusters=1)
    shots = [take.shot for take in write_script(night).takes if take.shot.seconds > WINDOW_SECONDS]
    awake = [shot for shot in shots if not shot.asleep]
    chosen = awake if awake and chance.random() < 0.75 else shots
    plan = chosen[int(chance.integers(len(chosen)))]
    framing = Framing(float(chance.uniform(0.4, 1.1)), (float(chance.normal(0, 0.08)), float(chance.normal(0, 0.08))))
    sensor = draw_sensor(plan, height=size, wild=False)
    sensor = replace(sensor, quality=int(chance.integers(20, 95)))
    return plan, ShotRenderer(plan, size=(size, size), framing=framing, sensor=sensor, finer=1.5 if size < 100 else 1.0)


_remembered = lru_cache(maxsize=POOL)(_drawn)
