"""Dresses the infant and the grown-ups: which colours, clothes and faces a shot's people have."""

from dataclasses import dataclass

import numpy as np

from reviewer_app.phantom.bodies import COVERAGE, Build, Outfit, Part, build_infant
from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.infant import Floats, Physique, draw_physique
from reviewer_app.phantom.people import Adult, Attire, Role, build_adult
from reviewer_app.phantom.shading import Palette
from reviewer_app.phantom.texture import (
    Head,
    Image,
    draw_colour,
    draw_skin,
    paint_cloth,
    paint_face,
    paint_head,
    paint_plain,
)


@dataclass(frozen=True, slots=True)
class Infant:
    """One infant as drawn: the same through a night."""

    physique: Physique
    build: Build
    head: Head
    seed: int


def cast_infant(seed: int, palette: Palette, *, cap: float, foreign: bool) -> Infant:
    """Draws an infant and fills the first rows of the palette with its materials.

    Args:
        seed: The patient's.
        palette: Still empty.
        cap: How likely an EEG cap is.
        foreign: Wears the other make of cap, never seen in training.
    """
    chance = np.random.default_rng((seed, 0xCA))
    physique, skin = draw_physique(chance), draw_skin(chance)
    outfit = chance.choice(list(Outfit))
    dark = chance.random() < 0.6
    hair = np.array([0.10, 0.07, 0.05]) if dark else np.array([0.55, 0.40, 0.22]) * chance.uniform(0.6, 1.3)
    has_cap, bonnet = bool(chance.random() < cap), bool(chance.random() < 0.12)
    white = np.array([0.92, 0.92, 0.90])
    net = np.array([0.10, 0.35, 0.60]) if foreign else white * chance.uniform(0.75, 1.0)
    colour = net if has_cap else draw_colour(chance, light=(0.5, 0.95), vivid=0.7) if bonnet else None
    dummy = draw_colour(chance, light=(0.5, 0.95), vivid=0.9) if chance.random() < 0.12 else None
    iris = np.array([[0.22, 0.13, 0.07], [0.25, 0.38, 0.55], [0.30, 0.36, 0.25]])[chance.integers(3)]
    head = Head(skin, hair, chance.uniform(0.35, 0.8), iris, colour, has_cap, dummy)
    _dress(palette, chance, outfit, skin)
    build = build_infant(physique, leads=int(chance.integers(8, 16)) if has_cap else 0, chance=chance)
    return Infant(physique, build, head, seed)


def _dress(palette: Palette, chance: np.random.Generator, outfit: Outfit, skin: Floats) -> None:
    bare = palette.add_tile(paint_plain(skin, chance))
    suit, trousers = palette.add_tile(paint_cloth(chance)), palette.add_tile(paint_cloth(chance))
    white = palette.add_tile(paint_plain(np.array([0.93, 0.93, 0.92]), chance, rough=0.04))
    sock = palette.add_tile(paint_cloth(chance))
    lead = palette.add_tile(paint_plain(draw_colour(chance, light=(0.2, 0.9), vivid=0.8), chance))
    cover = palette.add_tile(paint_cloth(chance))
    legs = trousers if outfit is Outfit.PYJAMAS else suit
    sleeve, cuff, leg, shin, foot = COVERAGE[outfit]
    if outfit in (Outfit.NAPPY, Outfit.BODYSUIT) and chance.random() < 0.4:
        foot, sock_cloth = 2.0, sock
    else:
        sock_cloth = legs
    table = {
        Part.SKIN: (bare, bare, 2.0),
        Part.TRUNK: (bare if outfit is Outfit.NAPPY else suit, bare, 2.0),
        Part.NAPPY: (white if outfit is Outfit.NAPPY else legs, bare, 2.0),
        Part.SLEEVE: (suit, bare, sleeve),
        Part.CUFF: (suit, bare, cuff),
        Part.LEG: (legs, bare, leg),
        Part.SHIN: (legs, bare, shin),
        Part.SOCK: (sock_cloth, bare, foot),
        Part.HEAD: (bare, bare, 2.0),
        Part.LEAD: (lead, lead, 2.0),
        Part.HAND: (bare, bare, 2.0),
        Part.STRAP: (lead, lead, 2.0),
        Part.COVER: (cover, cover, 2.0),
    }
    for part in Part:
        palette.add_material(*table[part])


def cast_adult(
    role: Role, seed: int, palette: Palette, *, camera: Camera, rest: Floats, foreign: bool
) -> tuple[Adult, tuple[int, tuple[Image, Image]]]:
    """Draws a grown-up; gives them with their head's tag and its painted sides."""
    chance = np.random.default_rng((seed, 0xAA))
    skin = draw_skin(chance)
    scrubs = np.array([[0.25, 0.50, 0.62], [0.30, 0.58, 0.45], [0.92, 0.93, 0.95]])[chance.integers(3)]
    top = (
        paint_plain(np.array([0.55, 0.20, 0.35]) if foreign else scrubs, chance)
        if chance.random() < 0.5
        else paint_cloth(chance)
    )
    bare = palette.add_tile(paint_plain(skin, chance))
    shirt = palette.add_tile(top)
    legs = palette.add_tile(paint_plain(draw_colour(chance, light=(0.1, 0.6), vivid=0.3), chance))
    attire = Attire(
        top=palette.add_material(shirt, bare),
        forearm=palette.add_material(shirt, bare, float(chance.choice([0.0, 0.3, 2.0]))),
        hand=palette.add_material(bare),
        head=palette.add_material(bare),
        legs=palette.add_material(legs),
    )
    hair = np.array([0.10, 0.07, 0.05]) * chance.uniform(1, 5)
    head = Head(skin, hair, chance.uniform(0.3, 0.5), np.array([0.2, 0.14, 0.1]), None, False, None)
    front, back = paint_head(head, seed)
    painted = (paint_face(front, head, (0.7, 0.05, 0.0), shine=False), back)
    away = camera.axes[2] * [1, 1, 0] if abs(camera.axes[2, 2]) < 0.97 else np.array([0.0, 1.0, 0.0])
    away = away / np.linalg.norm(away)
    # Most keep out of the camera's line of sight.
    side = float(np.sign(away[0]) or 1.0) * (1 if chance.random() < 0.8 else -1)
    adult = Adult(role, build_adult(attire), side, seed, away, rest)
    return adult, (attire.head, painted)
