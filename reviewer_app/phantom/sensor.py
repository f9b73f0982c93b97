"""What a camera makes of light: exposure, colour, infrared, blur, noise, shake and compression."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.gestures import smooth
from reviewer_app.phantom.infant import Floats
from reviewer_app.phantom.motion import Movement, MovementKind
from reviewer_app.phantom.texture import Image

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sensor:
    """One camera's character.

    Attributes:
        seed: Of noise and shake.
        night: Infrared: grey, brighter in the middle.
        gain: Overall exposure.
        gamma: Contrast.
        tint: (3,) white balance.
        noise: Standard deviation in grey levels.
        blur: Sigma in pixels.
        vignette: How dark the corners are.
        shake: Of the hand, as a share of the picture's height.
        flicker: Slow breathing of automatic exposure.
        television: How strongly a screen elsewhere in the room lights it up and down.
        barrel: How much a wide-angle lens bows straight lines outwards.
        quality: JPEG quality of the compression inside the camera, or none.
    """

    seed: int
    night: bool
    gain: float
    gamma: float
    tint: Floats
    noise: float
    blur: float
    vignette: float
    shake: float
    flicker: float
    television: float
    barrel: float
    quality: int | None


def exposure(sensor: Sensor, movements: tuple[Movement, ...], times: Floats) -> Floats:
    """Gives the brightness over time: flicker, and lamps switched with the automatic exposure following."""
    chance = np.random.default_rng((sensor.seed, 0xE0))
    level = 1.0 + sensor.flicker * np.sin(2 * np.pi * times / chance.uniform(3, 9) + chance.uniform(0, 6))
    if sensor.television:
        cuts, shots = times / chance.uniform(0.7, 1.5), chance.uniform(-1, 1, 97)
        scene = np.floor(cuts + 0.4 * np.sin(2.1 * cuts)).astype(np.int64)
        level = level * (1 + sensor.television * shots[scene % len(shots)])
    for movement in movements:
        if movement.kind is MovementKind.LIGHT_CHANGE:
            factor = float(np.random.default_rng(movement.seed).choice([0.45, 0.6, 1.5, 1.9]))
            away = smooth((times - movement.start) / 0.12) * (
                1 - 0.8 * smooth((times - movement.start - 0.3) / movement.duration)
            )
            level = level * (1 + (factor - 1) * movement.strength * away)
    return level


def shake(sensor: Sensor, movements: tuple[Movement, ...], times: Floats) -> Floats:
    """Gives the picture's shift in heights and turn in radians, shape (moments, 3): a hand's sway, and bumps."""
    chance = np.random.default_rng((sensor.seed, 0x5E))
    sway = np.zeros((len(times), 3))
    for rate in (0.25, 0.7, 1.9, 4.5, 8.0):
        phase, size = chance.uniform(0, 6.3, 3), chance.normal(0, 1, 3)
        sway += sensor.shake * size / (1 + rate) * np.sin(2 * np.pi * rate * times[:, None] + phase)
    for movement in movements:
        if movement.kind is MovementKind.CAMERA_BUMP:
            bump = np.random.default_rng(movement.seed).normal(0, 0.05, 3) * movement.strength
            since = np.maximum(times - movement.start, 0)
            sway += bump * (np.exp(-3.5 * since) * np.sin(2 * np.pi * 3.0 * since))[:, None]
            sway += 0.6 * bump * smooth(since / 0.15)[:, None]
    return sway


def bowed(sensor: Sensor, size: tuple[int, int]) -> NDArray[np.float32]:
    """Gives for each pixel of the picture where a wide-angle lens takes it from, (H, W, 2)."""
    width, height = size
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    reach = (1 + sensor.barrel * (x * x + y * y)) / (1 + 2 * sensor.barrel)
    return np.stack([(x * reach + 1) * 0.5 * (width - 1), (y * reach + 1) * 0.5 * (height - 1)], axis=-1).astype(
        np.float32
    )


def vignette(sensor: Sensor, size: tuple[int, int]) -> Image:
    """Gives the lens' fall-off, (H, W, 1)."""
    x, y = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    return np.asarray(1 - sensor.vignette * 0.5 * (x * x + y * y), np.float32)[..., None]


def noise_tile(sensor: Sensor, size: tuple[int, int]) -> NDArray[np.int16]:
    """Draws noise a little larger than the picture, so that each moment can take another part of it."""
    chance = np.random.default_rng((sensor.seed, 0x01))
    shape = (size[1] + 32, size[0] + 32, 1 if sensor.night else 3)
    tile = chance.standard_normal(shape, np.float32)
    tile = tile * 0.75 + 0.66 * np.roll(tile, 1, axis=1)
    return np.repeat(np.rint(tile * sensor.noise), 3 if sensor.night else 1, axis=2).astype(np.int16)


def tone(sensor: Sensor, level: float) -> Picture:
    """Gives the table from light to grey levels, (1, 256, 3)."""
    light = np.linspace(0, 1, 256)[:, None] * sensor.gain * level * sensor.tint
    # Highlights roll off as film and phones let them.
    rolled = np.where(light < 0.8, light, 0.8 + 0.2 * np.tanh((light - 0.8) / 0.35))
    return np.asarray(np.clip(255 * (1.04 * rolled) ** sensor.gamma, 0, 255), np.uint8)[None]


def expose(picture: Picture, sensor: Sensor, tile: NDArray[np.int16], time: float, level: float) -> Picture:
    """Turns a clean picture into what the camera records at a time."""
    height, width = picture.shape[:2]
    if sensor.night:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    if sensor.blur > 0.3:
        picture = cv2.GaussianBlur(picture, (0, 0), sensor.blur)
    picture = cv2.LUT(picture, tone(sensor, level))
    x, y = np.random.default_rng((sensor.seed, round(time * 1000) & 0xFFFFFFFF)).integers(0, 32, 2)
    picture = cv2.add(picture, tile[y : y + height, x : x + width], dtype=cv2.CV_8U)
    if sensor.quality is not None:
        coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, sensor.quality])[1]
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(picture, np.uint8)
