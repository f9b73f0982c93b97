"""The words of a shot: which scene, and all that its pixels depend on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reviewer_app.phantom.motion import Movement


class SceneKind(StrEnum):
    """Where the camera stands; the last two are kept out of training to test transfer."""

    WARD = "ward"
    PHONE = "phone"
    NURSERY = "nursery"
    CLINIC = "clinic"
    HOME = "home"


TRAINING_SCENES: Final = (SceneKind.WARD, SceneKind.PHONE, SceneKind.NURSERY)
FOREIGN_SCENES: Final = (SceneKind.CLINIC, SceneKind.HOME)


@dataclass(frozen=True, slots=True)
class ShotPlan:
    """All that a shot's pixels depend on.

    Attributes:
        kind: The place, with its furniture and camera.
        seed: Varies fidgeting, people and light within the shot.
        seconds: Length of the shot.
        movements: What happens, on the shot's clock.
        asleep: Eyes closed and little fidgeting.
        night: Infrared picture.
        patient_seed: Body, skin and clothes; the same infant through a night.
        camera_seed: Viewpoint and furniture; a fixed camera through a night.
    """

    kind: SceneKind
    seed: int
    seconds: float
    movements: tuple[Movement, ...] = ()
    asleep: bool = False
    night: bool = False
    patient_seed: int = 0
    camera_seed: int = 0
