"""Furniture for each kind of scene."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.phantom.figure import Limb, Lump
from reviewer_app.phantom.furniture import Panel, panel, sheet
from reviewer_app.phantom.infant import Floats
from reviewer_app.phantom.posture import Posture
from reviewer_app.phantom.shading import Palette
from reviewer_app.phantom.texture import TILE, draw_colour, grain, paint_cloth, paint_plain


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands in a room.

    Attributes:
        panels: Flat parts.
        limbs: Bars and rolls, on the room's own axes.
        lumps: Cushions and toys.
    """

    panels: list[Panel]
    limbs: list[Limb]
    lumps: list[Lump]


def _colour_tile(chance: np.random.Generator, palette: Palette, light: tuple[float, float], vivid: float) -> int:
    colour = draw_colour(chance, light=light, vivid=vivid)
    return palette.add_material(palette.add_tile(paint_plain(colour, chance)))


def _room(chance: np.random.Generator, *, floor: float, half: float, pale: bool) -> list[Panel]:
    """Makes floor and two walls; ``half`` is how far the walls stand away."""
    ground = paint_plain(draw_colour(chance, light=(0.35, 0.8), vivid=0.3), chance, rough=0.05)
    if chance.random() < 0.5:
        seams = (np.arange(TILE) % 16) < 1
        ground[:, seams] *= 0.75
        ground *= np.repeat(chance.uniform(0.85, 1.1, 4), 16)[None, :, None]
    wall = paint_plain(
        draw_colour(chance, light=(0.6 if pale else 0.4, 0.95), vivid=0.2 if pale else 0.5), chance, rough=0.02
    )
    shadow = np.clip(1 + 0.1 * grain(chance, TILE, 12.0), 0.6, 1.2)[..., None]
    return [
        panel((-4, -4, floor), (8, 0, 0), (0, 8, 0), np.clip(ground, 0, 1), pitch=0.9),
        panel((-4, half, floor), (8, 0, 0), (0, 0, 3), np.clip(wall * shadow, 0, 1), pitch=3.0),
        panel((-half - 0.4, -4, floor), (0, 8, 0), (0, 0, 3), np.clip(wall * shadow * 0.92, 0, 1), pitch=3.0),
        panel((half + 0.4, -4, floor), (0, 8, 0), (0, 0, 3), np.clip(wall * shadow * 0.97, 0, 1), pitch=3.0),
    ]


def cot(chance: np.random.Generator, palette: Palette, *, hospital: bool) -> Furniture:
    """Builds a cot with bars: metal in a hospital, wood at home."""
    half, foot, crown = chance.uniform(0.32, 0.42), chance.uniform(-0.95, -0.7), chance.uniform(0.55, 0.75)
    top, thick = chance.uniform(0.22, 0.45), 0.007 if hospital else 0.012
    bar = _colour_tile(chance, palette, (0.6, 0.95) if hospital else (0.35, 0.95), 0.15 if hospital else 0.5)
    cloth = sheet(chance, wrinkles=chance.uniform(0.3, 1.0), pale=hospital)
    board = paint_plain(draw_colour(chance, light=(0.4, 0.95), vivid=0.4), chance)
    panels = _room(chance, floor=-0.7, half=chance.uniform(1.2, 2.2), pale=hospital)
    panels += [
        panel((-half, foot, 0), (2 * half, 0, 0), (0, crown - foot, 0), cloth, pitch=0.8),
        panel((-half, foot, -0.12), (2 * half, 0, 0), (0, 0, 0.12), cloth, pitch=0.8),
        panel((-half, foot, -0.12), (0, crown - foot, 0), (0, 0, 0.12), cloth, pitch=0.8),
        panel((half, foot, -0.12), (0, crown - foot, 0), (0, 0, 0.12), cloth, pitch=0.8),
        panel((-half, crown + 0.02, -0.2), (2 * half, 0, 0), (0, 0, top + 0.25), board, pitch=0.6, hides=True),
    ]
    limbs = []
    lowered = chance.random() < 0.4
    for side in (-1, 1):
        height = -0.05 if lowered and side > 0 else top
        x = side * (half + 0.02)
        for y in np.arange(foot, crown + 0.01, chance.uniform(0.075, 0.11)):
            limbs.append(Limb((0, (x, float(y), -0.25)), (0, (x, float(y), height)), (thick, thick), bar))
        limbs.append(Limb((0, (x, foot, height)), (0, (x, crown, height)), (0.016, 0.016), bar))
    for x in np.arange(-half, half + 0.01, 0.1):
        limbs.append(Limb((0, (float(x), foot - 0.02, -0.25)), (0, (float(x), foot - 0.02, top)), (thick, thick), bar))
    limbs.append(Limb((0, (-half, foot - 0.02, top)), (0, (half, foot - 0.02, top)), (0.016, 0.016), bar))
    lumps = _toys(chance, palette, half, crown)
    if hospital:
        panels += _monitor(chance)
        limbs.append(Limb((0, (half + 0.3, crown, -0.7)), (0, (half + 0.3, crown, 1.0)), (0.012, 0.012), bar))
    return Furniture(panels, limbs, lumps)


def bed(chance: np.random.Generator, palette: Palette) -> Furniture:
    """Makes a big bed, a mat or a blanket on the floor, with cushions and toys."""
    half, foot, crown = chance.uniform(0.5, 1.2), chance.uniform(-1.3, -0.6), chance.uniform(0.5, 1.0)
    cloth, under = sheet(chance, wrinkles=chance.uniform(0.4, 1.2)), sheet(chance, wrinkles=0.8)
    raised = chance.random() < 0.6
    panels = _room(chance, floor=-0.5 if raised else -0.02, half=chance.uniform(1.2, 2.5), pale=False)
    panels.append(
        panel((-half, foot, 0), (2 * half, 0, 0), (0, crown - foot, 0), cloth, pitch=chance.uniform(0.6, 1.4))
    )
    if raised:
        panels.append(panel((-half, foot, -0.4), (2 * half, 0, 0), (0, 0, 0.4), under, pitch=0.9))
        panels.append(panel((half, foot, -0.4), (0, crown - foot, 0), (0, 0, 0.4), under, pitch=0.9))
    if chance.random() < 0.4:
        x, y = chance.uniform(-0.4, 0.1), chance.uniform(-0.5, 0.1)
        panels.append(
            panel(
                (x, y, 0.004),
                (0.75, chance.uniform(-0.3, 0.3), 0),
                (chance.uniform(-0.2, 0.2), 0.75, 0),
                under,
                pitch=0.8,
            )
        )
    return Furniture(panels, [], _toys(chance, palette, half, crown))


def seat(chance: np.random.Generator, palette: Palette, posture: Posture, length: float) -> Furniture:
    """Builds a bouncer or reclining clinic seat behind the infant."""
    back, up = posture.root[:, 1], posture.root[:, 2]
    centre = np.array([0.0, 0.0, posture.height + 0.09 * length])
    cloth = paint_cloth(chance)
    frame = _colour_tile(chance, palette, (0.1, 0.6), 0.3)
    pad = palette.add_material(palette.add_tile(cloth))
    origin = centre - 0.11 * length * up
    low, high = origin - 0.36 * length * back, origin + 0.62 * length * back
    panels = _room(chance, floor=-0.25, half=chance.uniform(1.0, 2.0), pale=True)
    width = np.array([0.24 * length, 0, 0])
    panels.append(
        Panel(low - width, np.array([1.0, 0, 0]), back, (0.48 * length, float(np.linalg.norm(high - low))), cloth, 0.3)
    )
    front = low + np.array([0, -0.30 * length, 0.02])
    panels.append(
        Panel(
            front - width, np.array([1.0, 0, 0]), _unit(low - front), (0.48 * length, 0.30 * length), cloth * 0.9, 0.3
        )
    )
    limbs = []
    for sign in (-1, 1):
        edge = np.array([sign * 0.25 * length, 0, 0])
        limbs.append(Limb((0, _triple(low + edge)), (0, _triple(high + edge * 0.9)), (0.035, 0.03), pad))
        limbs.append(Limb((0, _triple(low + edge)), (0, _triple(front + edge)), (0.035, 0.03), pad))
        limbs.append(Limb((0, _triple(low + edge * 1.2)), (0, (sign * 0.3, 0.35, -0.25)), (0.012, 0.012), frame))
        limbs.append(Limb((0, _triple(high + edge * 1.1)), (0, (sign * 0.3, -0.5, -0.25)), (0.012, 0.012), frame))
    limbs.append(Limb((0, _triple(high - width)), (0, _triple(high + width)), (0.04, 0.04), pad))
    return Furniture(panels, limbs, [])


def sofa(chance: np.random.Generator, palette: Palette) -> Furniture:
    """Builds a sofa with its back behind the infant's crown and a table lamp's wall."""
    cloth = sheet(chance, wrinkles=0.35)
    pad = palette.add_material(palette.add_tile(paint_cloth(chance)))
    panels = _room(chance, floor=-0.45, half=1.1, pale=False)
    panels += [
        panel((-1.1, -0.55, 0), (2.2, 0, 0), (0, 1.1, 0), cloth, pitch=0.7),
        panel((-1.1, -0.55, -0.4), (2.2, 0, 0), (0, 0, 0.4), cloth * 0.85, pitch=0.7),
        panel((-1.1, 0.55, 0), (2.2, 0, 0), (0, 0.12, 0.55), cloth * 0.95, pitch=0.7),
    ]
    limbs = [Limb((0, (-1.1, 0.58, 0.55)), (0, (1.1, 0.58, 0.55)), (0.08, 0.08), pad)]
    limbs += [Limb((0, (s * 1.1, -0.5, 0.15)), (0, (s * 1.1, 0.55, 0.15)), (0.12, 0.12), pad) for s in (-1, 1)]
    lumps = [Lump(0, (float(chance.uniform(-0.9, 0.9)), 0.4, 0.15), (0.22, 0.08, 0.2), pad) for _ in range(2)]
    return Furniture(panels, limbs, lumps)


def _toys(chance: np.random.Generator, palette: Palette, half: float, crown: float) -> list[Lump]:
    lumps = []
    for _ in range(int(chance.integers(0, 4))):
        fur = _colour_tile(chance, palette, (0.3, 0.95), 0.8)
        size = chance.uniform(0.025, 0.06)
        x, y = chance.choice([-1, 1]) * chance.uniform(0.55, 0.9) * half, chance.uniform(-0.4, crown - 0.1)
        lumps.append(Lump(0, (x, y, size), (size, size * 1.2, size), fur))
        lumps.append(Lump(0, (x, y + size * 1.5, size * 1.3), (size * 0.75,) * 3, fur))
        lumps += [Lump(0, (x + s * 0.6 * size, y + size * 2.1, size * 1.6), (size * 0.3,) * 3, fur) for s in (-1, 1)]
    if chance.random() < 0.35:
        pillow = palette.add_material(palette.add_tile(paint_cloth(chance)))
        lumps.append(Lump(0, (0.0, min(0.32, crown - 0.15), -0.015), (min(0.22, 0.8 * half), 0.14, 0.05), pillow))
    return lumps


def _monitor(chance: np.random.Generator) -> list[Panel]:
    """Hangs a screen with traces on the wall side."""
    screen = np.full((TILE, TILE, 3), 0.04, np.float32)
    for row, colour in ((14, (0.1, 0.9, 0.2)), (30, (0.2, 0.7, 0.9)), (46, (0.9, 0.8, 0.1))):
        wave = (row + 5 * np.sin(np.arange(TILE) * chance.uniform(0.3, 0.8))).astype(int)
        screen[wave, np.arange(TILE)] = colour
    x, y = chance.uniform(-1.2, 0.9), chance.uniform(0.9, 1.1)
    return [panel((x, y, 0.35), (0.3, 0, 0), (0, 0, 0.24), screen, pitch=0.3)]


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector))


def _triple(vector: Floats) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])
