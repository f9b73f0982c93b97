"""Sets the stage for a shot: chooses infant, posture, furniture, camera, light and company from its seeds."""

from dataclasses import replace
from typing import Final

import numpy as np

from reviewer_app.phantom.acting import Actor
from reviewer_app.phantom.bodies import Cover, build_cover
from reviewer_app.phantom.cable import lay_cable
from reviewer_app.phantom.camera import Camera
from reviewer_app.phantom.casting import Infant, cast_adult, cast_infant
from reviewer_app.phantom.figure import Figure, assemble
from reviewer_app.phantom.furniture import View, draw_backdrop
from reviewer_app.phantom.infant import Floats, Skeleton
from reviewer_app.phantom.motion import MovementKind
from reviewer_app.phantom.people import Role
from reviewer_app.phantom.posture import Posture, Support, draw_posture
from reviewer_app.phantom.rooms import Furniture, bed, cot, seat, sofa
from reviewer_app.phantom.sensor import Sensor
from reviewer_app.phantom.shading import Light, Palette
from reviewer_app.phantom.stage import Faces, Stage, expression_painter
from reviewer_app.phantom.viewpoint import CLINIC, HOME, NURSERY, PHONE, WARD, Framing, aim
from reviewer_app.phantom.words import SceneKind, ShotPlan

VANTAGES: Final = {
    SceneKind.WARD: WARD,
    SceneKind.PHONE: PHONE,
    SceneKind.NURSERY: NURSERY,
    SceneKind.CLINIC: CLINIC,
    SceneKind.HOME: HOME,
}
# How often each support is seen in each scene.
SUPPORTS: Final = {
    SceneKind.WARD: ((Support.SUPINE, 0.85), (Support.SIDE, 0.15)),
    SceneKind.PHONE: ((Support.SUPINE, 0.62), (Support.SIDE, 0.08), (Support.SEAT, 0.15), (Support.HELD, 0.15)),
    SceneKind.NURSERY: ((Support.SUPINE, 0.85), (Support.SIDE, 0.15)),
    SceneKind.CLINIC: ((Support.SEAT, 1.0),),
    SceneKind.HOME: ((Support.HELD, 0.55), (Support.SUPINE, 0.45)),
}
CAPS: Final = {
    SceneKind.WARD: 0.7,
    SceneKind.PHONE: 0.08,
    SceneKind.NURSERY: 0.02,
    SceneKind.CLINIC: 0.6,
    SceneKind.HOME: 0.0,
}


def set_stage(plan: ShotPlan, *, size: tuple[int, int], framing: Framing | None = None) -> Stage:
    """Sets everything up for a plan at one picture size."""
    palette = Palette()
    fixed = np.random.default_rng((plan.camera_seed, list(SceneKind).index(plan.kind)))
    chance = np.random.default_rng((plan.seed, 0x57))
    foreign = plan.kind in (SceneKind.CLINIC, SceneKind.HOME)
    infant = cast_infant(plan.patient_seed, palette, cap=CAPS[plan.kind], foreign=foreign)
    supports, shares = zip(*SUPPORTS[plan.kind], strict=True)
    # The support belongs to the furniture, so it stays through a night.
    support = Support(fixed.choice(supports, p=shares))
    if support is Support.SIDE and chance.random() < 0.6:
        support = Support.SUPINE
    usual, posture = draw_posture(support, fixed), draw_posture(support, chance)
    if support in (Support.SEAT, Support.HELD):
        posture = replace(posture, root=usual.root)
    actor = Actor(infant.physique, posture, plan.movements, plan.seed, plan.asleep, float(chance.uniform(0.3, 1.0)))
    resting = _at_rest(actor)
    rest = resting.places[0]
    # A fixed camera is aimed once, not anew at each attitude; a crop follows the infant.
    usually = _at_rest(replace(actor, posture=usual)).places[0] if framing is None else rest
    furniture = _furnish(plan.kind, fixed, palette, posture, infant)
    camera = aim(VANTAGES[plan.kind], fixed, usually, size=size, framing=framing)
    lamp, light = _light(plan, fixed, camera)
    roles = _roles(plan, chance, support)
    seeds = chance.integers(0, 2**31, len(roles))
    cast = [
        cast_adult(role, int(number), palette, camera=camera, rest=rest, foreign=foreign)
        for role, number in zip(roles, seeds, strict=True)
    ]
    materials = palette.packed(tuple(tag for _, (tag, _) in cast), ())
    faces = []
    texels = [materials.texels]
    for _, (_, painted) in cast:
        faces.append(np.array([sum(map(len, texels))]))
        texels.append(np.concatenate([side.reshape(-1, 3) for side in painted]))
    materials = palette.packed(tuple(tag for _, (tag, _) in cast), tuple(faces))
    all_texels = np.concatenate(texels)
    things = assemble(furniture.limbs, furniture.lumps)
    backdrop = draw_backdrop(furniture.panels, things, materials, View(camera, light, size))
    still = np.clip(backdrop.picture * 255, 0, 255).astype(np.uint8)
    return Stage(
        size=size,
        camera=camera,
        light=light,
        lamp=lamp,
        infant=infant,
        actor=actor,
        cover=_cover(chance, infant, support),
        cable=lay_cable(resting, infant.physique.head, chance) if infant.head.electrodes else None,
        adults=tuple(adult for adult, _ in cast),
        materials=materials,
        faces=Faces(expression_painter(infant, shine=plan.night), all_texels),
        backdrop=backdrop,
        still=still,
    )


def _at_rest(actor: Actor) -> Skeleton:
    """Gives the joints before anything moves."""
    calm = Actor(actor.physique, actor.posture, (), actor.seed, True, 0.0)
    return calm.skeleton(calm.pose(np.zeros(1)))


def _cover(chance: np.random.Generator, infant: Infant, support: Support) -> Figure | None:
    cover = Cover(chance.choice(list(Cover), p=(0.72, 0.16, 0.12)))
    return None if cover is Cover.NONE or support is Support.HELD else build_cover(infant.physique, cover)


def _furnish(
    kind: SceneKind, chance: np.random.Generator, palette: Palette, posture: Posture, infant: Infant
) -> Furniture:
    if posture.support is Support.SEAT:
        return seat(chance, palette, posture, infant.physique.length)
    if kind is SceneKind.WARD:
        return cot(chance, palette, hospital=True)
    if kind is SceneKind.NURSERY:
        return cot(chance, palette, hospital=False)
    if kind is SceneKind.HOME:
        return sofa(chance, palette)
    return bed(chance, palette)


def _light(plan: ShotPlan, chance: np.random.Generator, camera: Camera) -> tuple[Floats, Light]:
    """Draws a lamp; at night it is the camera's own infrared."""
    high, around = np.radians(chance.uniform(35, 85)), chance.uniform(0, 2 * np.pi)
    lamp = np.array([np.cos(high) * np.cos(around), np.cos(high) * np.sin(around), np.sin(high)])
    hard = 0.75 if plan.kind is SceneKind.CLINIC else chance.uniform(0.35, 0.65)
    warmth = chance.normal(0, 0.07)
    colour = np.array([1 + warmth, 1.0, 1 - warmth]) * hard
    ambient = np.array([1 - 0.3 * warmth, 1.0, 1 + 0.3 * warmth]) * (1.02 - hard)
    if plan.night:
        lamp = -camera.axes[2] + 0.15 * lamp
        lamp = lamp / np.linalg.norm(lamp)
        colour, ambient = np.full(3, 0.78), np.full(3, 0.22)
    return lamp, Light(camera.turn(lamp), camera.turn(np.array([0.0, 0.0, 1.0])), colour, ambient)


def _roles(plan: ShotPlan, chance: np.random.Generator, support: Support) -> list[Role]:
    roles = []
    if support is Support.HELD:
        roles.append(Role.HOLDER)
    if any(movement.kind is MovementKind.CAREGIVER for movement in plan.movements):
        roles.append(Role.CARER)
    if plan.kind is not SceneKind.HOME and chance.random() < (0.3 if plan.kind is not SceneKind.PHONE else 0.15):
        roles.append(Role.PASSER)
    if chance.random() < (0.25 if plan.kind is not SceneKind.HOME else 0.7) and support is not Support.HELD:
        roles.append(Role.SITTER)
    return roles


def draw_sensor(plan: ShotPlan, *, height: int, wild: bool) -> Sensor:
    """Draws a camera's faults.

    Args:
        plan: Of the shot.
        height: Of the picture; blur grows with it.
        wild: Spread wider than any one site's cameras, for training.
    """
    chance = np.random.default_rng((plan.camera_seed, plan.night, 0x5E))
    spread = 2.0 if wild else 1.0
    phone = plan.kind in (SceneKind.PHONE, SceneKind.HOME)
    night = plan.night
    return Sensor(
        seed=plan.seed,
        night=night,
        gain=float(np.clip(np.exp(chance.normal(0.02, 0.11 * spread)), 0.6, 1.5)),
        gamma=float(np.clip(np.exp(chance.normal(-0.02, 0.13 * spread)), 0.6, 1.6)),
        tint=np.ones(3) if night else np.clip(chance.normal(1, 0.035 * spread, 3), 0.8, 1.2),
        noise=float(chance.uniform(3, 8) if night else chance.uniform(0.5, 3 * spread)),
        blur=float(chance.uniform(0.0008, 0.0025) * height * (1.6 if wild and chance.random() < 0.3 else 1)),
        vignette=float(chance.uniform(0.3, 0.9) if night else chance.uniform(0, 0.25)),
        shake=float(chance.uniform(0.002, 0.012)) if phone else 0.0,
        flicker=float(chance.uniform(0, 0.03)) if not wild else float(chance.uniform(0, 0.06)),
        television=float(chance.uniform(0.05, 0.2)) if plan.kind is SceneKind.HOME else 0.0,
        barrel=float(chance.uniform(0.1, 0.3)) if plan.kind is SceneKind.CLINIC else 0.0,
        quality=None,
    )
