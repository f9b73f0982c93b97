"""Draws shaded solids: tapered capsules and ellipsoids, many at once, each pixel seen by the ray through it.

All solids of all frames are cut into rows of pixels, and every step below works on one flat array of pixels: thirty
limbs in sixteen frames cost a few dozen array operations, not thousands. Coordinates are pixels: x to the right, y
down, w towards the eye.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
_FLAT: Final = 1e-3
# What is farther away than this, in metres, is not sorted by depth.
_FARTHEST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Capsules:
    """Limbs: two balls and the hull between them. All arrays have one entry for each.

    Attributes:
        frame: Which picture it is drawn into.
        tag: Which material it has.
        start: (n, 3) x, y, w of one end.
        stop: (n, 3) of the other.
        radius: (n, 2) at both ends.
        nearness: (n,) what to add to w for the depth that solids are compared by.
        scale: (n,) pixels a metre.
        across: (n, 3) the limb's own sideways axis in pixel axes, to wrap texture around it.
    """

    frame: NDArray[np.int64]
    tag: NDArray[np.int64]
    start: Singles
    stop: Singles
    radius: Singles
    nearness: Singles
    scale: Singles
    across: Singles


@dataclass(frozen=True, slots=True)
class Ellipsoids:
    """Rounded bodies.

    Attributes:
        frame: Which picture it is drawn into.
        tag: Which material it has.
        centre: (n, 3) x, y, w.
        axes: (n, 3, 3) columns are the semi-axes as vectors in pixel axes.
        nearness: As for capsules.
        scale: As for capsules.
    """

    frame: NDArray[np.int64]
    tag: NDArray[np.int64]
    centre: Singles
    axes: Singles
    nearness: Singles
    scale: Singles


@dataclass(frozen=True, slots=True)
class Surface:
    """What is seen, pixel by pixel.

    Attributes:
        pixel: (p,) flat index into (frames, height, width).
        tag: (p,) material.
        normal: (3, p) x right, y down, w towards the eye.
        local: (4, p) where on the solid. A capsule: -1 to 1 across, 0-1 along, 0, metres along. An ellipsoid: the unit
            vector in its own axes, then metres along.
        depth: (p,) metres, larger is nearer.
    """

    pixel: NDArray[np.int64]
    tag: NDArray[np.int64]
    normal: Singles
    local: Singles
    depth: Singles


def _rows(
    x: tuple[Singles, Singles], y: tuple[Singles, Singles], size: tuple[int, int]
) -> tuple[NDArray[np.int64], Singles, Singles]:
    """Lists the pixels of boxes: the box each belongs to, and its x and y."""
    width, height = size
    left, right = (
        np.clip(np.floor(x[0]), 0, width).astype(np.int64),
        np.clip(np.ceil(x[1]) + 1, 0, width).astype(np.int64),
    )
    top, bottom = (
        np.clip(np.floor(y[0]), 0, height).astype(np.int64),
        np.clip(np.ceil(y[1]) + 1, 0, height).astype(np.int64),
    )
    across, down = np.maximum(right - left, 0), np.maximum(bottom - top, 0)
    across[down == 0] = 0
    down[across == 0] = 0
    box = np.repeat(np.arange(len(across)), down)
    row = np.arange(len(box)) - np.repeat(np.cumsum(down) - down, down) + top[box]
    return box, row.astype(np.float32), left[box].astype(np.float32)


def _spread(box: NDArray[np.int64], start: Singles, count: NDArray[np.int64]) -> tuple[NDArray[np.int64], Singles]:
    """Turns row spans into pixels: the span each belongs to, and its x."""
    span = np.repeat(np.arange(len(box)), count)
    first = start.astype(np.int64) - (np.cumsum(count) - count)
    return span, (np.arange(len(span)) + first[span]).astype(np.float32)


def draw_capsules(solids: Capsules, size: tuple[int, int]) -> Surface:
    """Finds every pixel of every capsule, hidden ones included."""
    width, height = size
    delta = solids.stop - solids.start
    flat = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), _FLAT)
    ux, uy = delta[:, 0] / flat, delta[:, 1] / flat
    length = np.sqrt(flat**2 + delta[:, 2] ** 2)
    thick = solids.radius.max(axis=1)
    x0, y0 = solids.start[:, 0], solids.start[:, 1]
    low = np.minimum(solids.start, solids.stop) - thick[:, None]
    high = np.maximum(solids.start, solids.stop) + thick[:, None]
    box, row, _ = _rows((low[:, 0], high[:, 0]), (low[:, 1], high[:, 1]), size)
    # A row meets the limb's strip only between two parallels to its axis.
    steep = np.maximum(np.abs(uy), 1e-4)
    middle = x0[box] + (row - y0[box]) * (ux / np.where(uy >= 0, steep, -steep))[box]
    half = (thick / steep)[box]
    left = np.clip(np.floor(np.maximum(middle - half, low[box, 0])), 0, width)
    right = np.clip(np.ceil(np.minimum(middle + half, high[box, 0])) + 1, 0, width)
    span, px = _spread(box, left, np.maximum(right - left, 0).astype(np.int64))
    body = box[span]
    # Per solid: what every pixel needs, gathered once.
    taper = solids.radius[:, 1] - solids.radius[:, 0]
    known = np.stack([x0, y0, ux, uy, flat, delta[:, 2] / length, solids.radius[:, 0], taper]).astype(np.float32)
    gx, gy, gux, guy, gflat, rise, r0, dr = known.take(body, axis=1, mode="clip")
    dx, dy = px - gx, row[span] - gy
    along, off = dx * gux + dy * guy, dy * gux - dx * guy
    radius = r0 + dr * np.clip(along / gflat, 0, 1)
    bulge = np.sqrt(np.maximum(radius * radius - off * off, 0))
    share = np.clip((along + bulge * rise) / gflat, 0, 1)
    radius = r0 + dr * share
    beyond = along - share * gflat
    left_over = radius * radius - beyond * beyond - off * off
    seen = np.flatnonzero(left_over > 0)
    body, share, beyond, off, radius = body[seen], share[seen], beyond[seen], off[seen], radius[seen]
    gux, guy = gux[seen], guy[seen]
    nw = np.sqrt(left_over[seen])
    inverse = 1.0 / radius
    normal = np.stack([(beyond * gux - off * guy) * inverse, (beyond * guy + off * gux) * inverse, nw * inverse])
    depth = (solids.start[body, 2] + share * delta[body, 2] + nw) / solids.scale[body] + solids.nearness[body]
    across = (normal * solids.across[body].T).sum(axis=0)
    pixel = (solids.frame[body] * height + row[span][seen].astype(np.int64)) * width + px[seen].astype(np.int64)
    # Round ends go on measuring along the axis, so that stripes run over them.
    ending = beyond * (flat / length).astype(np.float32)[body] + nw * rise[seen]
    metres = (share * length[body] + ending) / solids.scale[body]
    local = np.stack([across, share, np.zeros_like(share), metres])
    return Surface(pixel, solids.tag[body], normal, local.astype(np.float32), depth.astype(np.float32))


def draw_ellipsoids(solids: Ellipsoids, size: tuple[int, int]) -> Surface:
    """Finds every pixel of every ellipsoid, hidden ones included."""
    width, height = size
    inverse = np.linalg.inv(solids.axes)
    quadric = inverse.transpose(0, 2, 1) @ inverse
    reach = np.sqrt((solids.axes**2).sum(axis=2))
    low, high = solids.centre - reach, solids.centre + reach
    box, row, left = _rows((low[:, 0], high[:, 0]), (low[:, 1], high[:, 1]), size)
    right = np.clip(np.ceil(high[box, 0]) + 1, 0, width)
    span, px = _spread(box, left, np.maximum(right - left, 0).astype(np.int64))
    body = box[span]
    known = np.stack(
        [*(quadric[:, i, j] for i, j in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))), *solids.centre[:, :2].T]
    )
    q00, q01, q02, q11, q12, q22, gx, gy = known.take(body, axis=1, mode="clip")
    dx, dy = px - gx, row[span] - gy
    half = q02 * dx + q12 * dy
    rest = half * half - q22 * (q00 * dx * dx + 2 * q01 * dx * dy + q11 * dy * dy - 1.0)
    seen = np.flatnonzero(rest > 0)
    body, dx, dy = body[seen], dx[seen], dy[seen]
    dw = (np.sqrt(rest[seen]) - half[seen]) / q22[seen]
    turn = inverse.reshape(-1, 9).T.take(body, axis=1, mode="clip")
    unit = [turn[i] * dx + turn[i + 1] * dy + turn[i + 2] * dw for i in (0, 3, 6)]
    normal = np.stack([turn[i] * unit[0] + turn[i + 3] * unit[1] + turn[i + 6] * unit[2] for i in (0, 1, 2)])
    normal /= np.sqrt((normal * normal).sum(axis=0))
    high_metres = np.sqrt((solids.axes[:, :, 1] ** 2).sum(axis=1)) / solids.scale
    local = np.stack([*unit, unit[1] * high_metres[body]])
    depth = (solids.centre[body, 2] + dw) / solids.scale[body] + solids.nearness[body]
    pixel = (solids.frame[body] * height + row[span][seen].astype(np.int64)) * width + px[seen].astype(np.int64)
    return Surface(
        pixel, solids.tag[body], normal.astype(np.float32), local.astype(np.float32), depth.astype(np.float32)
    )


def nearest(surfaces: list[Surface], pixels: int) -> Surface:
    """Keeps of each pixel only what lies nearest to the eye."""
    pixel = np.concatenate([s.pixel for s in surfaces])
    depth = np.concatenate([s.depth for s in surfaces])
    if not len(pixel):
        return surfaces[0]
    # 16-bit keys are sorted by radix, several times faster than floats. Their steps are the same in every batch.
    key = np.clip((depth + _FARTHEST) * (65535.0 / _FARTHEST), 0, 65535).astype(np.uint16)
    order = np.argsort(key, kind="stable")
    front = np.full(pixels, -1, np.int64)
    front[pixel[order]] = order
    kept = front[front >= 0]
    tag = np.concatenate([s.tag for s in surfaces])
    normal = np.concatenate([s.normal for s in surfaces], axis=1)
    local = np.concatenate([s.local for s in surfaces], axis=1)
    return Surface(pixel[kept], tag[kept], normal[:, kept], local[:, kept], depth[kept])
