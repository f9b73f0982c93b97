"""A body as solids hung on joints, and those solids as a camera sees them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.infant import Floats, Skeleton
from reviewer_app.phantom.raster import Capsules, Ellipsoids


@dataclass(frozen=True, slots=True)
class Figure:
    """Capsules and ellipsoids in the axes of joints.

    Attributes:
        ends: (c, 2) the joints that carry both ends of each capsule.
        offsets: (1 or moments, c, 2, 3) the ends in those joints' axes, metres.
        radii: (c, 2) metres.
        limb_tags: (c,) materials.
        bearers: (e,) the joint that carries each ellipsoid.
        centres: (e, 3) in its axes.
        semis: (1 or moments, e, 3) semi-axes.
        lump_tags: (e,) materials.
    """

    ends: NDArray[np.int64]
    offsets: Floats
    radii: Floats
    limb_tags: NDArray[np.int64]
    bearers: NDArray[np.int64]
    centres: Floats
    semis: Floats
    lump_tags: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Limb:
    """One capsule of a figure: two (joint, offset) ends, two radii and a material."""

    start: tuple[int, tuple[float, float, float]]
    stop: tuple[int, tuple[float, float, float]]
    radii: tuple[float, float]
    tag: int


@dataclass(frozen=True, slots=True)
class Lump:
    """One ellipsoid of a figure: the joint that bears it, its centre there, semi-axes and a material."""

    joint: int
    centre: tuple[float, float, float]
    semi: tuple[float, float, float]
    tag: int


def assemble(limbs: list[Limb], lumps: list[Lump]) -> Figure:
    """Packs solids into arrays."""
    return Figure(
        ends=np.array([(limb.start[0], limb.stop[0]) for limb in limbs], np.int64).reshape(-1, 2),
        offsets=np.array([(limb.start[1], limb.stop[1]) for limb in limbs], float).reshape(1, -1, 2, 3),
        radii=np.array([limb.radii for limb in limbs], float).reshape(-1, 2),
        limb_tags=np.array([limb.tag for limb in limbs], np.int64),
        bearers=np.array([lump.joint for lump in lumps], np.int64),
        centres=np.array([lump.centre for lump in lumps], float).reshape(-1, 3),
        semis=np.array([lump.semi for lump in lumps], float).reshape(1, -1, 3),
        lump_tags=np.array([lump.tag for lump in lumps], np.int64),
    )


def limb_ends(figure: Figure, skeleton: Skeleton) -> Floats:
    """Puts both ends of every capsule into the room, shape (moments, c, 2, 3)."""
    axes = skeleton.axes[:, figure.ends]
    reach = np.einsum("tcijk,tcik->tcij", axes, np.broadcast_to(figure.offsets, axes.shape[:-1]))
    return np.asarray(skeleton.places[:, figure.ends] + reach)


def lump_places(figure: Figure, skeleton: Skeleton) -> Floats:
    """Puts every ellipsoid's centre into the room, shape (moments, e, 3)."""
    reach = np.einsum("tejk,ek->tej", skeleton.axes[:, figure.bearers], figure.centres)
    return np.asarray(skeleton.places[:, figure.bearers] + reach)


def seen_limbs(figure: Figure, skeleton: Skeleton, camera: Camera) -> Capsules:
    """Projects the capsules."""
    ends = limb_ends(figure, skeleton)
    moments, count = ends.shape[:2]
    places, distance = camera.project(ends)
    scale = camera.focal / distance
    middle = distance.mean(axis=2)
    own = camera.focal / middle
    towards = -(distance - middle[..., None]) * own[..., None]
    points = np.concatenate([places, towards[..., None]], axis=-1).reshape(-1, 2, 3).astype(np.float32)
    sideways = camera.turn(skeleton.axes[..., 0][:, figure.ends[:, 0]])
    return Capsules(
        frame=np.repeat(np.arange(moments), count),
        tag=np.tile(figure.limb_tags, moments),
        start=points[:, 0],
        stop=points[:, 1],
        radius=(figure.radii * scale).reshape(-1, 2).astype(np.float32),
        nearness=-middle.ravel().astype(np.float32),
        scale=own.ravel().astype(np.float32),
        across=sideways.reshape(-1, 3).astype(np.float32),
    )


def seen_lumps(figure: Figure, skeleton: Skeleton, camera: Camera) -> Ellipsoids:
    """Projects the ellipsoids."""
    centres = lump_places(figure, skeleton)
    moments, count = centres.shape[:2]
    places, distance = camera.project(centres)
    scale = camera.focal / distance
    axes = skeleton.axes[:, figure.bearers] * figure.semis[:, :, None, :]
    # Columns are the semi-axes; turn() wants vectors in the last place.
    turned = camera.turn(axes.swapaxes(-1, -2)).swapaxes(-1, -2) * scale[..., None, None]
    return Ellipsoids(
        frame=np.repeat(np.arange(moments), count),
        tag=np.tile(figure.lump_tags, moments),
        centre=np.concatenate([places, np.zeros((moments, count, 1))], axis=-1).reshape(-1, 3).astype(np.float32),
        axes=turned.reshape(-1, 3, 3).astype(np.float32),
        nearness=-distance.ravel().astype(np.float32),
        scale=scale.ravel().astype(np.float32),
    )
