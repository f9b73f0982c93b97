"""The plait of EEG leads: fast to the cap at one end and to the bed at the other."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from reviewer_app.phantom.bodies import CAP_KNOT, Part
from reviewer_app.phantom.figure import Figure, Limb, assemble
from reviewer_app.phantom.infant import Floats, Joint, Skeleton

_POINTS: Final = 9


@dataclass(frozen=True, slots=True)
class Cable:
    """One plait.

    Attributes:
        figure: Its pieces, hung on its own points.
        knot: (3,) where it leaves the cap, in the head's axes.
        anchor: (3,) where it is taped, in the room.
    """

    figure: Figure
    knot: Floats
    anchor: Floats

    def lie(self, infant: Skeleton) -> Skeleton:
        """Lets it sag between the cap and its anchor at each moment."""
        start = infant.places[:, Joint.HEAD] + infant.axes[:, Joint.HEAD] @ self.knot
        sag = 0.45 * start + 0.55 * self.anchor
        sag[:, 2] = np.minimum(start[:, 2], self.anchor[2]) * 0.5
        share = np.linspace(0, 1, _POINTS)[:, None, None]
        curve = (1 - share) ** 2 * start + 2 * share * (1 - share) * sag + share**2 * self.anchor
        axes = np.broadcast_to(np.eye(3), (len(start), _POINTS, 3, 3))
        return Skeleton(curve.swapaxes(0, 1), axes)


def lay_cable(rest: Skeleton, head: float, chance: np.random.Generator) -> Cable:
    """Tapes a plait to the bed beyond the resting infant's crown."""
    knot = np.array(CAP_KNOT) * head
    start = rest.places[0, Joint.HEAD] + rest.axes[0, Joint.HEAD] @ knot
    anchor = start + np.array([chance.normal(0, 0.22), chance.uniform(0.25, 0.6), 0.0])
    anchor[2] = 0.01
    at, thick = (0.0, 0.0, 0.0), 0.034 * head
    pieces = [Limb((i, at), (i + 1, at), (thick, thick), Part.STRAP) for i in range(_POINTS - 1)]
    return Cable(assemble(pieces, []), knot, anchor)
