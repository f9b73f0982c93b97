"""What stands in the room: flat panels with textures, and rounded things, drawn once for a shot."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.figure import Figure, seen_limbs, seen_lumps
from reviewer_app.phantom.infant import Floats, Skeleton
from reviewer_app.phantom.raster import draw_capsules, draw_ellipsoids, nearest
from reviewer_app.phantom.shading import Light, Materials, albedo, shade
from reviewer_app.phantom.texture import Image, grain, paint_cloth

FAR: Final = -1e6
# A hand laid on a bed sinks in by this much, metres.
_SKIN: Final = 0.03


@dataclass(frozen=True, slots=True)
class Panel:
    """A flat rectangle.

    Attributes:
        corner: (3,) metres.
        along: (3,) unit vector of its first side; ``aside`` of its second.
        aside: (3,) unit vector.
        extent: Lengths of both sides, metres.
        texture: Image repeated over it.
        pitch: How many metres one repeat covers.
        hides: Whether it can stand before the infant; the surface that carries it never does.
    """

    corner: Floats
    along: Floats
    aside: Floats
    extent: tuple[float, float]
    texture: Image
    pitch: float
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The still part of a shot.

    Attributes:
        picture: (H, W, 3) float, 0-1.
        depth: (H, W) minus the distance of what can hide the infant, else ``FAR``.
        solid: (H, W) minus the distance of anything, for the grown-ups.
    """

    picture: Image
    depth: Image
    solid: Image


def panel(corner: tuple[float, float, float], along: tuple[float, float, float], aside: tuple[float, float, float],
          texture: Image, *, pitch: float, hides: bool = False) -> Panel:  # fmt: skip
    """Makes a panel from a corner and its two sides."""
    first, second = np.array(along, float), np.array(aside, float)
    lengths = float(np.linalg.norm(first)), float(np.linalg.norm(second))
    return Panel(np.array(corner, float), first / lengths[0], second / lengths[1], lengths, texture, pitch, hides)


def sheet(chance: np.random.Generator, *, wrinkles: float, pale: bool = False) -> Image:
    """Paints a bed sheet whose wrinkles catch the light; hospitals' are pale."""
    cloth = paint_cloth(chance)
    # Most bedding is washed out or plain.
    plainer = chance.choice([0.0, 0.5, 0.75, 0.95])
    mean = cloth.mean(axis=(0, 1))
    wash = 0.35 * mean + 0.65 * np.array([0.90, 0.92, 0.94]) if pale else np.clip(mean * 1.25, 0, 0.95)
    cloth = cloth + max(plainer, 0.75 * pale) * (wash.astype(np.float32) - cloth)
    slopes = _slopes()
    slope = np.roll(slopes[chance.integers(len(slopes))], tuple(chance.integers(0, 256, 2)), axis=(0, 1))
    lit = np.clip(1 + np.float32(0.5 * wrinkles) * slope, 0.6, 1.25)[..., None]
    return np.asarray(np.tile(cloth, (4, 4, 1)) * lit, np.float32)


@cache
def _slopes() -> Image:
    """Makes a stack of folds' slopes, (n, 256, 256), once for all sheets."""
    chance = np.random.default_rng(0x510)
    stack = []
    for _ in range(6):
        folds = 1.6 * grain(chance, 256, 16.0) + 0.45 * grain(chance, 256, 7.0) + 0.08 * grain(chance, 256, 2.5)
        stack.append(np.gradient(folds, axis=1) + 0.6 * np.gradient(folds, axis=0))
    return np.asarray(stack, np.float32)


@dataclass(frozen=True, slots=True)
class View:
    """How a shot is looked at: through which camera, in what light, at what width and height."""

    camera: Camera
    light: Light
    size: tuple[int, int]


def draw_backdrop(panels: list[Panel], things: Figure, materials: Materials, view: View) -> Backdrop:
    """Draws panels and things with hidden parts removed."""
    camera, light, size = view.camera, view.light, view.size
    width, height = size
    rays = _rays(camera, size)
    picture = np.full((height * width, 3), 0.25, np.float32)
    depth = np.full(height * width, FAR, np.float32)
    hiding = np.full(height * width, FAR, np.float32)
    forward = rays @ camera.axes[2].astype(np.float32)
    eye = camera.eye.astype(np.float32)
    for flat in panels:
        normal = np.cross(flat.along, flat.aside)
        along, aside, across = (side.astype(np.float32) for side in (flat.along, flat.aside, normal))
        slant, start = rays @ across, eye - flat.corner.astype(np.float32)
        reach = -(start @ across) / np.where(np.abs(slant) < 1e-6, np.float32(1e-6), slant)
        first, second = start @ along + reach * (rays @ along), start @ aside + reach * (rays @ aside)
        far = -(reach * forward)
        inside = (
            (reach > 0)
            & (first >= 0)
            & (first <= flat.extent[0])
            & (second >= 0)
            & (second <= flat.extent[1])
            & (far > depth)
        )
        seen = np.flatnonzero(inside)
        if not len(seen):
            continue
        facing = camera.turn(normal * -np.sign(normal @ (flat.corner - camera.eye)))
        lit = (
            max(0.0, 0.35 + 0.65 * float(facing @ light.lamp)) * light.colour
            + (0.62 + 0.38 * float(facing @ light.up)) * light.ambient
        )
        span = float(reach[seen].mean()) / camera.focal / flat.pitch
        texture = _softened(flat.texture, span * flat.texture.shape[0])
        side = texture.shape[0]
        column = (first[seen] * (side / flat.pitch)).astype(np.int64) % side
        row = (second[seen] * (side / flat.pitch)).astype(np.int64) % side
        picture[seen] = texture[row, column] * lit.astype(np.float32)
        depth[seen] = far[seen]
        hiding[seen] = far[seen] if flat.hides else FAR
    _place_things(picture, (depth, hiding), things, materials, view)
    return Backdrop(
        picture.reshape(height, width, 3), hiding.reshape(height, width), depth.reshape(height, width) - _SKIN
    )


def _softened(texture: Image, texels: float) -> Image:
    """Shrinks a texture for pixels that span several of its texels, lest it shimmer."""
    side = texture.shape[0]
    smaller = side
    while smaller > 4 and smaller * 1.5 * texels > 2 * side:
        smaller //= 2
    if smaller == side:
        return texture
    return np.asarray(cv2.resize(texture, (smaller, smaller), interpolation=cv2.INTER_AREA), np.float32)


def _rays(camera: Camera, size: tuple[int, int]) -> NDArray[np.float32]:
    x, y = np.meshgrid(np.arange(size[0]) - camera.centre[0], np.arange(size[1]) - camera.centre[1])
    local = np.stack([x.ravel() / camera.focal, y.ravel() / camera.focal, np.ones(x.size)], axis=1)
    return np.asarray(local @ camera.axes, np.float32)


def _place_things(
    picture: Image, depths: tuple[Image, Image], things: Figure, materials: Materials, view: View
) -> None:
    if not len(things.limb_tags) + len(things.lump_tags):
        return
    depth, hiding = depths
    camera, size = view.camera, view.size
    room = Skeleton(np.zeros((1, 1, 3)), np.eye(3)[None, None])
    seen = nearest(
        [
            draw_capsules(seen_limbs(things, room, camera), size),
            draw_ellipsoids(seen_lumps(things, room, camera), size),
        ],
        len(depth),
    )
    shown = seen.depth > depth[seen.pixel]
    colours = shade(seen, albedo(seen, materials, len(depth)), view.light)
    picture[seen.pixel[shown]] = colours[shown]
    # Bars stand before the infant; cushions give way under it.
    stiff = shown & (seen.local[2] == 0)
    hiding[seen.pixel[stiff]] = seen.depth[stiff]
    depth[seen.pixel[shown]] = seen.depth[shown]
