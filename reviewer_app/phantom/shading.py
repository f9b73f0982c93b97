"""Colour of what is seen: material, light from a lamp and from the room, shadow where bodies turn away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.infant import Floats
from reviewer_app.phantom.raster import Singles, Surface
from reviewer_app.phantom.texture import FACE, TILE, TILE_METRES, Image


@dataclass(frozen=True, slots=True)
class Light:
    """What lights a shot, in pixel axes (x right, y down, w towards the eye).

    Attributes:
        lamp: (3,) unit vector towards the lamp.
        up: (3,) the room's vertical.
        colour: (3,) of the lamp.
        ambient: (3,) of the room.
    """

    lamp: Floats
    up: Floats
    colour: Floats
    ambient: Floats


@dataclass(frozen=True, slots=True)
class Materials:
    """A table of materials; a tag is its row.

    Attributes:
        texels: (n, 3) all tiles and heads in one column.
        cloth: (m,) where a material's tile starts.
        bare: (m,) the tile beyond where the cloth ends.
        cover: (m,) the share of a limb that cloth covers; 2 covers its round end too.
        heads: The tag of each head.
        faces: Per head, (moments,) where its painted front starts for each frame; the back follows.
    """

    texels: Singles
    cloth: NDArray[np.int64]
    bare: NDArray[np.int64]
    cover: Singles
    heads: tuple[int, ...]
    faces: tuple[NDArray[np.int64], ...]


class Palette:
    """Collects tiles and materials until they are packed."""

    def __init__(self) -> None:
        self._tiles: list[Image] = []
        self._length = 0
        self._rows: list[tuple[int, int, float]] = []

    def add_tile(self, tile: Image) -> int:
        """Takes a tile and says where it starts."""
        start = self._length
        self._tiles.append(tile.reshape(-1, 3))
        self._length += len(self._tiles[-1])
        return start

    def add_material(self, cloth: int, bare: int | None = None, cover: float = 2.0) -> int:
        """Adds a row to the table and gives its tag."""
        self._rows.append((cloth, cloth if bare is None else bare, cover))
        return len(self._rows) - 1

    def packed(self, heads: tuple[int, ...], faces: tuple[NDArray[np.int64], ...]) -> Materials:
        """Packs everything collected."""
        return Materials(
            texels=np.concatenate(self._tiles).astype(np.float32),
            cloth=np.array([row[0] for row in self._rows], np.int64),
            bare=np.array([row[1] for row in self._rows], np.int64),
            cover=np.array([row[2] for row in self._rows], np.float32),
            heads=heads,
            faces=faces,
        )


def albedo(surface: Surface, materials: Materials, pixels_per_frame: int) -> Singles:
    """Looks up the colour of every pixel's material, shape (p, 3)."""
    across, share, _, along = surface.local
    tag = surface.tag
    start = np.where(share < materials.cover[tag], materials.cloth[tag], materials.bare[tag])
    row = (along * (TILE / TILE_METRES)).astype(np.int64) & (TILE - 1)
    column = ((across + 1.0) * (0.25 * TILE)).astype(np.int64) & (TILE - 1)
    index = start + row * TILE + column
    for head, faces in zip(materials.heads, materials.faces, strict=True):
        mine = np.flatnonzero(tag == head)
        if len(mine):
            x, y, z, _ = surface.local[:, mine]
            column = np.minimum(((x * 0.5 + 0.5) * FACE).astype(np.int64), FACE - 1)
            row = np.minimum(((0.5 - y * 0.5) * FACE).astype(np.int64), FACE - 1)
            base = faces[surface.pixel[mine] // pixels_per_frame] + (z < 0) * (FACE * FACE)
            index[mine] = base + row * FACE + column
    return np.asarray(materials.texels[index])


def shade(surface: Surface, colours: Singles, light: Light) -> Singles:
    """Lights the colours of a surface, shape (p, 3)."""
    nx, ny, nw = surface.normal
    lamp, up = light.lamp.astype(np.float32), light.up.astype(np.float32)
    lit = np.clip(0.35 + 0.65 * (nx * lamp[0] + ny * lamp[1] + nw * lamp[2]), 0, 1)
    sky = 0.62 + 0.38 * (nx * up[0] + ny * up[1] + nw * up[2])
    rim = 0.72 + 0.28 * nw
    glow = lit[:, None] * light.colour.astype(np.float32) + sky[:, None] * light.ambient.astype(np.float32)
    return np.asarray(colours * glow * rim[:, None], np.float32)
