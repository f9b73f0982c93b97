"""Painted surfaces: cloth, skin, and the face with its hair or EEG cap."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
TILE: Final = 64
FACE: Final = 128
# A tile of cloth is this many metres wide.
TILE_METRES: Final = 0.16


def _canvas(colour: NDArray[np.float64], side: int = TILE) -> Image:
    return np.broadcast_to(np.asarray(colour, np.float32), (side, side, 3)).copy()


@cache
def _clouds(side: int, sigma: float) -> Image:
    """Makes a stack of seamless cloudy noise, once: blurring it anew for every tile would cost more than drawing."""
    noise = np.random.default_rng((side, int(100 * sigma))).standard_normal((6, side, side)).astype(np.float32)
    pad = int(3 * sigma) + 1
    blurred = np.stack(
        [cv2.GaussianBlur(np.pad(n, pad, mode="wrap"), (0, 0), sigma)[pad:-pad, pad:-pad] for n in noise]
    )
    return np.asarray(blurred / blurred.std(), np.float32)


def grain(chance: np.random.Generator, side: int, sigma: float) -> Image:
    """Gives seamless cloudy noise of unit variance."""
    clouds = _clouds(side, sigma)
    down, across = chance.integers(0, side, 2)
    return np.roll(clouds[chance.integers(len(clouds))], (down, across), axis=(0, 1))


def draw_colour(chance: np.random.Generator, *, light: tuple[float, float], vivid: float) -> NDArray[np.float64]:
    """Draws an RGB colour (0-1) of some lightness and at most some vividness."""
    value, hue, saturation = chance.uniform(*light), chance.uniform(0, 1), vivid * chance.uniform(0, 1)
    wheel = 0.5 + 0.5 * np.cos(2 * np.pi * (hue + np.array([0.0, -1 / 3, 1 / 3])))
    return np.asarray(value * (1 - saturation + saturation * wheel))


def draw_skin(chance: np.random.Generator) -> NDArray[np.float64]:
    """Draws a skin colour from very light to very dark."""
    light, dark = np.array([0.96, 0.78, 0.69]), np.array([0.36, 0.22, 0.15])
    share = chance.beta(0.9, 1.5)
    return np.asarray((light + share * (dark - light)) * chance.normal(1, 0.02, 3))


def paint_cloth(chance: np.random.Generator) -> Image:
    """Paints a seamless tile of cloth: plain, striped, dotted, checked or with small figures."""
    base = draw_colour(chance, light=(0.45, 0.97), vivid=0.55)
    mark = draw_colour(chance, light=(0.15, 0.95), vivid=0.9)
    tile = _canvas(base)
    style = chance.integers(5)
    if style == 1:
        width = int(chance.choice([4, 8, 16]))
        tile[(np.arange(TILE) // (width // 2)) % 2 == 0] = mark
    elif style == 2:
        step = int(chance.choice([16, 32]))
        for y in range(0, TILE + 1, step):
            for x in range(0, TILE + 1, step):
                cv2.circle(tile, (x + (y // step) % 2 * step // 2, y), max(2, step // 6), mark.tolist(), -1)
    elif style == 3:
        lines = (np.arange(TILE) // 8) % 2 == 0
        tile[lines] = 0.5 * tile[lines] + 0.5 * mark
        tile[:, lines] = 0.5 * tile[:, lines] + 0.5 * mark
    elif style == 4:
        for _ in range(9):
            x, y = (int(v) for v in chance.integers(6, TILE - 6, 2))
            cv2.ellipse(tile, (x, y), (5, 3), float(chance.uniform(0, 180)), 0, 360, mark.tolist(), -1)
    weave = 1.0 + 0.05 * grain(chance, TILE, 1.0) + 0.06 * grain(chance, TILE, 6.0)
    return np.clip(tile * weave[..., None], 0, 1).astype(np.float32)


def paint_plain(colour: NDArray[np.float64], chance: np.random.Generator, *, rough: float = 0.03) -> Image:
    """Paints a seamless tile of nearly one colour, such as skin."""
    spots = 1.0 + rough * grain(chance, TILE, 4.0)
    return np.clip(_canvas(colour) * spots[..., None], 0, 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """How one infant's head looks.

    Attributes:
        skin: RGB, 0-1.
        hair: RGB; drawn down to ``hairline``.
        hairline: Height on the head, -1 chin to 1 crown.
        iris: RGB.
        cap: RGB of an EEG cap or bonnet, or none.
        electrodes: Whether the cap has them.
        dummy: RGB of a pacifier, or none.
    """

    skin: NDArray[np.float64]
    hair: NDArray[np.float64]
    hairline: float
    iris: NDArray[np.float64]
    cap: NDArray[np.float64] | None
    electrodes: bool
    dummy: NDArray[np.float64] | None


def paint_head(head: Head, seed: int) -> tuple[Image, Image]:
    """Paints the front and the back of a head, still without a face, as seen from straight ahead and behind."""
    chance = np.random.default_rng((seed, 0xFA))
    sides = (paint_plain(head.skin, chance), paint_plain(head.skin, chance))
    front, back = (cv2.resize(side, (FACE, FACE), interpolation=cv2.INTER_LINEAR) for side in sides)
    _cover_crown(front, back, head, chance)
    return front, back


def paint_face(front: Image, head: Head, state: tuple[float, float, float], *, shine: bool) -> Image:
    """Paints an expression on the front of a head.

    Args:
        front: Stays as it is.
        head: Whose.
        state: How open the eyes are, how open the mouth, how red from crying or effort; each 0-1.
        shine: Infrared makes pupils bright.
    """
    blush = 1 - state[2] * np.array([0.0, 0.13, 0.13], np.float32)
    image = np.asarray(front * blush, np.float32)
    _paint_features(image, head, head.skin * blush, state, shine=shine)
    return image


def _spot(x: float, y: float) -> tuple[int, int]:
    """Gives subpixel (1/16) drawing coordinates of a place on the face, -1 to 1, y up."""
    return round((x * 0.5 + 0.5) * FACE * 16), round((0.5 - y * 0.5) * FACE * 16)


def _oval(
    image: Image,
    place: tuple[float, float],
    semi: tuple[float, float],
    colour: NDArray[np.float64],
    *,
    turn: float = 0.0,
) -> None:
    size = (round(semi[0] * FACE * 8), round(semi[1] * FACE * 8))
    points = cv2.ellipse2Poly((0, 0), size, round(turn), 0, 360, 12) + np.array(_spot(*place))
    cv2.fillPoly(image, [points.astype(np.int32)], np.asarray(colour, float).tolist(), cv2.LINE_AA, 4)


def _paint_features(
    image: Image, head: Head, skin: NDArray[np.float64], state: tuple[float, float, float], *, shine: bool
) -> None:
    eyes, mouth, flush = state
    shade, red = skin * np.array([0.88, 0.83, 0.81]), skin * np.array([0.98, 0.72, 0.70])
    lips = skin * np.array([0.88, 0.58, 0.58])
    pupil = np.full(3, 2.2 if shine else 0.04)
    for side in (-1, 1):
        _oval(image, (side * 0.44, -0.42), (0.20, 0.15), skin * (1 - (0.05 + 0.15 * flush) * np.array([0, 1, 1])))
        _oval(image, (side * 0.34, -0.09), (0.17, 0.095), shade)
        if eyes > 0.15:
            _oval(image, (side * 0.34, -0.10), (0.145, 0.095 * eyes), np.array([0.93, 0.92, 0.90]))
            _oval(image, (side * 0.34, -0.10), (0.085, 0.088 * eyes), head.iris)
            _oval(image, (side * 0.34, -0.10), (0.045, min(0.05, 0.085 * eyes)), pupil)
            _oval(image, (side * 0.34 - 0.03, -0.07), (0.02, 0.02 * eyes), np.array([1.0] * 3))
        _oval(image, (side * 0.34, -0.09 + 0.10 * eyes - 0.06), (0.14, 0.014), shade * 0.5)
        _oval(image, (side * 0.35, 0.13 - 0.04 * flush), (0.15, 0.02), 0.5 * skin + 0.5 * head.hair, turn=side * 8)
    _oval(image, (0, -0.33), (0.10, 0.035), shade)
    if head.dummy is not None and mouth < 0.4:
        _oval(image, (0, -0.60), (0.23, 0.16), head.dummy)
        _oval(image, (0, -0.60), (0.09, 0.08), head.dummy * 0.7)
        return
    _oval(image, (0, -0.58), (0.19 + 0.06 * mouth, 0.05 + 0.17 * mouth), lips)
    if mouth > 0.2:
        _oval(image, (0, -0.59), (0.15 + 0.05 * mouth, 0.14 * mouth), np.array([0.28, 0.06, 0.07]))
        _oval(image, (0, -0.65), (0.10, 0.06 * mouth), np.array([0.72, 0.33, 0.33]))
    else:
        _oval(image, (0, -0.575), (0.16, 0.012), lips * 0.6)
    _oval(image, (0, -0.80), (0.10, 0.03), red)


def _cover_crown(front: Image, back: Image, head: Head, chance: np.random.Generator) -> None:
    axis = (np.arange(FACE, dtype=np.float32) + 0.5) / FACE * 2 - 1
    x, y = axis[None, :], -axis[:, None]
    edge = y - head.hairline - 0.10 * np.cos(5 * x) - 0.55 * x**2 * (y < 0.4)
    strands = (1.0 + 0.09 * cv2.resize(grain(chance, TILE, 1.5), (FACE, FACE)))[..., None] * head.hair
    amount = np.clip(edge * 10, 0, 1)[..., None] * 0.9
    front += amount * (strands - front)
    behind = np.clip((y + 0.62) * 8, 0, 1)[..., None] * np.ones_like(amount) * 0.9
    back += behind * (strands - back)
    if head.cap is None:
        return
    for side, low in ((front, 0.22), (back, -0.45)):
        edge = y - low + 0.22 * x**2 * (side is front)
        cloth = np.clip(edge * 14, 0, 1)[..., None] * np.ones((1, FACE, 1), np.float32)
        folds = (1 + 0.06 * cv2.resize(grain(chance, TILE, 3.0), (FACE, FACE)))[..., None]
        side[...] += cloth * (head.cap * folds - side)
        if head.electrodes:
            for row in np.arange(low + 0.12, 0.95, 0.24):
                for column in np.arange(-0.8, 0.81, 0.32):
                    spot = _spot(float(column), float(row))
                    cv2.circle(side, spot, 56, (0.93, 0.93, 0.88), -1, cv2.LINE_AA, 4)
                    cv2.circle(side, spot, 26, (0.25, 0.25, 0.3), -1, cv2.LINE_AA, 4)
    if head.electrodes:
        for sign in (-1, 1):
            start, stop = _spot(sign * 0.85, 0.25), _spot(sign * 0.42, -0.92)
            cv2.line(front, start, stop, head.cap.tolist(), 3, cv2.LINE_AA, 4)
