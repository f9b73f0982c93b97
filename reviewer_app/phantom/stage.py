"""Draws a set stage: the infant, its shadow and the people near it, before a still backdrop."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from reviewer_app.phantom.acting import Actor
from reviewer_app.phantom.bodies import Part
from reviewer_app.phantom.cable import Cable
from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.casting import Infant
from reviewer_app.phantom.figure import Figure, limb_ends, lump_places, seen_limbs, seen_lumps
from reviewer_app.phantom.furniture import FAR, Backdrop
from reviewer_app.phantom.infant import Floats, Skeleton
from reviewer_app.phantom.people import Adult, act
from reviewer_app.phantom.posture import Support
from reviewer_app.phantom.raster import Surface, draw_capsules, draw_ellipsoids, nearest
from reviewer_app.phantom.sensor import Picture
from reviewer_app.phantom.shading import Light, Materials, albedo, shade
from reviewer_app.phantom.texture import FACE, Image, paint_face, paint_head

# Pictures wider than this show grown-ups at half the resolution.
_FINE: Final = 320


@dataclass(slots=True)
class Faces:
    """Paints each expression of one head once, when it is first needed.

    Attributes:
        paint: Paints one expression: both sides as texels.
        texels: All that came before, then the expressions.
    """

    paint: Callable[[tuple[float, float, float]], NDArray[np.float32]]
    texels: NDArray[np.float32]
    known: dict[tuple[float, float, float], int] = field(default_factory=dict)

    def starts(self, face: Floats) -> NDArray[np.int64]:
        """Gives where the texels of each moment's expression start."""
        states = [(round(e * 3) / 3, round(m * 3) / 3, round(f * 2) / 2) for e, m, f in face.tolist()]
        new = [state for state in dict.fromkeys(states) if state not in self.known]
        if new:
            painted = [self.texels]
            for state in new:
                self.known[state] = sum(map(len, painted))
                painted.append(self.paint(state))
            self.texels = np.concatenate(painted)
        return np.array([self.known[state] for state in states], np.int64)


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that a shot draws.

    Attributes:
        size: Width and height drawn.
        camera: Its view.
        light: On everything that moves.
        lamp: (3,) towards the lamp, in the room.
        infant: Its body.
        actor: What it does.
        cover: Cloth over the legs, or none.
        cable: Leads of an EEG cap, or none.
        adults: Who else is there.
        materials: All tiles; texels of the infant's face come last.
        faces: The infant's expressions.
        backdrop: What stands still.
        still: Its picture.
    """

    size: tuple[int, int]
    camera: Camera
    light: Light
    lamp: Floats
    infant: Infant
    actor: Actor
    cover: Figure | None
    cable: Cable | None
    adults: tuple[Adult, ...]
    materials: Materials
    faces: Faces
    backdrop: Backdrop
    still: Picture

    def draw(self, times: Floats) -> Picture:
        """Draws the moments, (moments, H, W, 3), as light, before any camera fault."""
        pose = self.actor.pose(times)
        skeleton = self.actor.skeleton(pose)
        figure = self.infant.build.posed(pose, self.infant.physique)
        width, height = self.size
        pictures = np.repeat(self.still[None], len(times), axis=0)
        if self.actor.posture.support is not Support.HELD:
            self._shadow(pictures, figure, skeleton)
        before = np.broadcast_to(self.backdrop.depth, (len(times), height, width))
        if self.adults:
            cast = [(adult.figure, act(adult, skeleton, self.actor.movements, times)) for adult in self.adults]
            before = self._company(pictures, cast)
        starts = self.faces.starts(pose.face)
        dressed = [(figure, skeleton)]
        if self.cover is not None:
            dressed.append((self.cover, skeleton))
        if self.cable is not None:
            dressed.append((self.cable.figure, self.cable.lie(skeleton)))
        seen, colours = self._lit(dressed, self.camera, self.size, starts)
        shown = seen.depth > before.reshape(-1)[seen.pixel]
        pictures.reshape(-1, 3)[seen.pixel[shown]] = colours[shown]
        return pictures

    def _lit(
        self, cast: list[tuple[Figure, Skeleton]], camera: Camera, size: tuple[int, int], starts: NDArray[np.int64]
    ) -> tuple[Surface, Picture]:
        """Draws bodies with hidden parts removed; gives their pixels and colours."""
        surfaces = []
        for body, joints in cast:
            surfaces.append(draw_capsules(seen_limbs(body, joints, camera), size))
            surfaces.append(draw_ellipsoids(seen_lumps(body, joints, camera), size))
        seen = nearest(surfaces, len(starts) * size[0] * size[1])
        table = self.materials
        others = tuple(np.full(len(starts), start[0]) for start in table.faces)
        materials = replace(
            table, texels=self.faces.texels, heads=(int(Part.HEAD), *table.heads), faces=(starts, *others)
        )
        colours = shade(seen, albedo(seen, materials, size[0] * size[1]), self.light)
        return seen, np.clip(colours * 255, 0, 255).astype(np.uint8)

    def _company(self, pictures: Picture, cast: list[tuple[Figure, Skeleton]]) -> Image:
        """Draws the grown-ups, coarser in big pictures, and gives the depth before which the infant is seen."""
        width, height = self.size
        coarse = 2 if width > _FINE else 1
        small = (-(-width // coarse), -(-height // coarse))
        count = len(pictures)
        seen, colours = self._lit(cast, self.camera.zoomed(1 / coarse), small, np.zeros(count, np.int64))
        layer = np.zeros((count, small[1], small[0], 3), np.uint8)
        depth = np.full((count, small[1], small[0]), FAR, np.float32)
        layer.reshape(-1, 3)[seen.pixel], depth.reshape(-1)[seen.pixel] = colours, seen.depth
        before = np.empty((count, height, width), np.float32)
        for i, picture in enumerate(pictures):
            near = cv2.resize(depth[i], (small[0] * coarse, small[1] * coarse), interpolation=cv2.INTER_NEAREST)[
                :height, :width
            ]
            shown = (near > self.backdrop.solid).view(np.uint8)
            if shown.any():
                soft = cv2.resize(layer[i], (small[0] * coarse, small[1] * coarse), interpolation=cv2.INTER_LINEAR)[
                    :height, :width
                ]
                cv2.copyTo(soft, shown, picture)
            before[i] = np.maximum(near, self.backdrop.depth)
        return before

    def _shadow(self, pictures: Picture, figure: Figure, skeleton: Skeleton) -> None:
        """Darkens the surface under the infant where the lamp does not reach."""
        posture = self.actor.posture
        lying = posture.support is not Support.SEAT
        normal = np.array([0.0, 0, 1]) if lying else posture.root[:, 2]
        origin = np.zeros(3) if lying else np.array([0, 0, posture.height]) - 0.02 * normal
        towards = self.lamp + 0.6 * normal
        towards = towards / np.linalg.norm(towards)
        slope = max(float(towards @ normal), 0.5)

        def fallen(points: Floats) -> tuple[NDArray[np.int32], Floats]:
            on_plane = points - (((points - origin) @ normal) / slope)[..., None] * towards
            places, distance = self.camera.project(on_plane)
            return np.rint(np.clip(places * 0.5, -2000, 4000)).astype(np.int32), self.camera.focal * 0.5 / distance

        limbs = 12
        ends, scale = fallen(limb_ends(figure, skeleton)[:, :limbs])
        lumps, lump_scale = fallen(lump_places(figure, skeleton)[:, :4])
        width, height = self.size
        away = float(np.linalg.norm(self.camera.eye - origin))
        soft = max(0.8, 0.009 * self.camera.focal / away)
        thick = np.maximum(1, 2 * figure.radii[:limbs].mean(axis=1) * scale[:, :, 0]).astype(int).tolist()
        wide = (figure.semis[:, :4, 0] * lump_scale).astype(int).tolist()
        lines, spots = ends.tolist(), lumps.tolist()
        for i, picture in enumerate(pictures):
            mask = np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8)
            for (start, stop), width_here in zip(lines[i], thick[i], strict=True):
                cv2.line(mask, start, stop, 255, width_here)
            for place, radius in zip(spots[i], wide[i], strict=True):
                cv2.circle(mask, place, radius, 255, -1)
            mask = cv2.GaussianBlur(mask, (0, 0), soft)
            full = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)
            share = cv2.LUT(full, _DARKEN)
            cv2.multiply(picture, cv2.merge([share, share, share]), picture, 1 / 255)


_DARKEN = np.rint(255 * (1 - 0.48 * np.linspace(0, 1, 256) ** 1.2)).astype(np.uint8)


def expression_painter(infant: Infant, *, shine: bool) -> Callable[[tuple[float, float, float]], NDArray[np.float32]]:
    """Gives what paints one of this infant's expressions."""
    front, back = paint_head(infant.head, infant.seed)

    def paint(state: tuple[float, float, float]) -> NDArray[np.float32]:
        face = paint_face(front, infant.head, state, shine=shine)
        return np.concatenate([face.reshape(FACE * FACE, 3), back.reshape(FACE * FACE, 3)])

    return paint
