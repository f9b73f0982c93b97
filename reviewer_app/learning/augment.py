"""Changes to a clip that leave its truth alone: what cameras, light and codecs do, not what infants do.

A network that has seen only one camera learns that camera. The changes are applied to stored pixels, before the step
from pixels to network input, because that is where a ward's camera differs from a phantom's.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.learning.dataset import LabelledClip

Pixels = NDArray[np.float32]  # (16, S, S, 3), 0-255


def augmented(clip: LabelledClip, chance: np.random.Generator) -> LabelledClip:
    """The clip as another camera, standing elsewhere, might have seen it."""
    frames = clip.frames.astype(np.float32)
    if chance.random() < 0.5:
        frames = frames[:, :, ::-1]
    if chance.random() < 0.3:
        # A bed is filmed from its side, its foot or its head: quarter turns, as in the published recipe.
        frames = np.rot90(frames, int(chance.integers(1, 4)), axes=(1, 2))
    for share, change in _CHANGES:
        if chance.random() < share:
            frames = change(frames, chance)
    return replace(clip, frames=np.clip(np.rint(frames), 0, 255).astype(np.uint8))


def _tone(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """Another exposure: contrast, brightness and gamma, the same in all frames."""
    scaled = np.power(np.clip(frames / 255, 0, 1), chance.uniform(0.6, 1.6), dtype=np.float32)
    return scaled * np.float32(255 * chance.uniform(0.6, 1.25)) + np.float32(chance.uniform(-25, 25))


def _flicker(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """An exposure that hunts: brightness wanders from frame to frame, or a lamp is switched."""
    if chance.random() < 0.3:
        step = np.zeros(len(frames), np.float32)
        step[int(chance.integers(1, len(frames))) :] = chance.uniform(-60, 60)
    else:
        step = np.cumsum(chance.normal(0, chance.uniform(0.5, 4), len(frames))).astype(np.float32)
    return frames + step[:, None, None, None]


def _sensor_noise(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """Grain that is new in every frame."""
    grain = chance.standard_normal(frames.shape[:3], np.float32)[..., None]
    return frames + np.float32(chance.uniform(1, 8)) * grain


def _blocks(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """A starved codec: blocks of 4 or 8 pixels that jump a little, some frames more than others."""
    block, size = int(chance.choice((4, 8))), frames.shape[1]
    cells = -(-size // block)
    coarse = chance.standard_normal((len(frames), cells, cells), np.float32)
    coarse *= (chance.random((len(frames), 1, 1)) < 0.5) * np.float32(chance.uniform(1, 6))
    noise = coarse.repeat(block, axis=1).repeat(block, axis=2)[:, :size, :size]
    return frames + noise[..., None]


def _move_camera(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """A camera that trembles, is knocked, pans or zooms: all of the picture moves at once, by pixels or by far."""
    count, size = frames.shape[:2]
    steps = chance.normal(0, chance.uniform(0.2, 1.2), (count, 2))
    if chance.random() < 0.5:
        steps = np.cumsum(steps, axis=0)  # a pan wanders, a tremble returns
    if chance.random() < 0.3:
        steps += np.arange(count)[:, None] * chance.normal(0, 0.02 * size, 2)
    zoom = 1 + np.linspace(0, chance.normal(0, 0.15), count) * (chance.random() < 0.3)
    place = np.arange(size) - size / 2
    rows, columns = (
        np.clip(np.rint(place * zoom[:, None] + size / 2 + steps[:, axis, None]), 0, size - 1).astype(int)
        for axis in (0, 1)
    )
    moved: Pixels = frames[np.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return moved


def _pass_by(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """Grown-ups, hands and toys between camera and infant: they cross, they reach in and draw back, they swing.

    They move as much of the picture as a spasm does, and sometimes as suddenly; what tells them apart is their shape.
    """
    frames = frames.copy()
    size = frames.shape[1]
    y, x = np.mgrid[:size, :size].astype(np.float32)
    for _ in range(int(chance.integers(1, 4))):
        path = _path(len(frames), chance) * size
        parts = [
            (chance.normal(0, 0.12, 2) * size, chance.uniform(0.04, 0.22, 2) * size, chance.uniform(0, np.pi))
            for _ in range(int(chance.integers(1, 4)))
        ]
        paint = (chance.uniform(0, 255, 3) + chance.normal(0, 25, (size, size, 1))).astype(np.float32)
        for image, middle in zip(frames, path, strict=True):
            for offset, radii, angle in parts:
                down, along = y - middle[0] - offset[0], x - middle[1] - offset[1]
                across = np.cos(angle) * down + np.sin(angle) * along
                beside = np.cos(angle) * along - np.sin(angle) * down
                inside = (across / radii[0]) ** 2 + (beside / radii[1]) ** 2 < 1
                image[inside] = paint[inside]
    return frames


def _path(count: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Where something that passes by is in each frame (count, 2); the picture spans 0 to 1."""
    time = np.arange(count) / count
    away, near = _beside(chance), chance.uniform(0.1, 0.9, 2)
    kind = chance.random()
    if kind < 0.4:  # crosses, within a second or in more than the window
        share = np.clip((time - chance.uniform(-0.5, 0.8)) / chance.uniform(0.2, 2.0), 0, 1)
        return away + (_beside(chance) - away) * share[:, None]
    if kind < 0.8:  # reaches in, stays, draws back
        start, rise, stay, fall = chance.uniform((-0.3, 0.05, 0.0, 0.05), (0.9, 0.4, 0.6, 0.5))
        share = np.interp(time, np.cumsum((start, rise, stay, fall)), (0, 1, 1, 0))
        return away + (near - away) * share[:, None]
    swing = np.sin(2 * np.pi * (time * chance.uniform(0.5, 8) + chance.random()))
    return near + chance.normal(0, 0.15, 2) * swing[:, None]


def _beside(chance: np.random.Generator) -> NDArray[np.float64]:
    """A place outside the picture."""
    angle = chance.uniform(0, 2 * np.pi)
    return 0.5 + 1.0 * np.array((np.sin(angle), np.cos(angle)))


def _jump(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """A picture that jumps: the camera is moved to another place, or another recording begins."""
    first = int(chance.integers(1, len(frames)))
    after = np.rot90(frames[first:], int(chance.integers(4)), axes=(1, 2))
    after = np.roll(after, chance.integers(0, frames.shape[1], 2), axis=(1, 2))
    return np.concatenate((frames[:first], after))


def _bars(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """A picture that is no square stands between black bars."""
    size = frames.shape[1]
    frames = frames.copy()
    first, last = (int(part) for part in chance.integers(0, size // 5, 2))
    upright = frames if chance.random() < 0.5 else frames.swapaxes(1, 2)
    upright[:, :first] = 0
    upright[:, size - last :] = 0
    return frames


def _cover(frames: Pixels, chance: np.random.Generator) -> Pixels:
    """Something that hides part of the picture throughout: a rail, a pillow, a caption."""
    size = frames.shape[1]
    height, width = (int(part) for part in chance.integers(size // 12, size // 3, 2))
    top, left = int(chance.integers(0, size - height)), int(chance.integers(0, size - width))
    frames = frames.copy()
    frames[:, top : top + height, left : left + width] = chance.uniform(0, 255)
    return frames


_CHANGES: Final[tuple[tuple[float, Callable[[Pixels, np.random.Generator], Pixels]], ...]] = (
    (0.25, _pass_by),
    (0.03, _jump),
    (0.2, _move_camera),
    (0.2, _cover),
    (0.6, _tone),
    (0.15, _flicker),
    (0.4, _sensor_noise),
    (0.2, _blocks),
    (0.15, _bars),
)
"""What may happen to a clip, in the order in which light passes lens, sensor and codec, with how often it does."""
