"""What is under review, where the scores were adapted to the recording by the reviewer's own verdicts."""

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.event import Curve
from reviewer_app.gui.learn.offer import Offer
from reviewer_app.gui.picking import Adapted, Picking
from reviewer_app.gui.reading import Reading


class AdaptiveReading(Reading):
    """A reading whose flags may follow an adapted curve; the bundle's own stays on show and alone goes out."""

    @property
    def base_curve(self) -> Curve | None:
        """The bundle's own, whatever flags are picked on; None before the first scan, and in blind mode."""
        return self.picking.curve if self.picking and not self.blind else None

    @property
    def adapted_curve(self) -> Curve | None:
        """The one adapted to this recording; None where none is offered, and in blind mode."""
        return self.adapted.picking.curve if self.adapted and not self.blind else None

    def set_adaptation(self, adaptation: Adaptation | None, offer: Offer) -> None:
        """Shows scores adapted by the reviewer's verdicts, or none any more, and what is to be said of them."""
        picked = self._picked
        trace = self.picking.trace if self.picking else None
        self.adapted = Adapted.of(adaptation, trace) if adaptation is not None and trace is not None else None
        self.follows_adapted = self.follows_adapted and self.adapted is not None
        self.offer = offer
        self._pick_anew(picked)

    def set_offer(self, offer: Offer) -> None:
        """Says something else of adapting, while the scores stay."""
        self.offer = offer
        self.adaptation_changed.emit()

    def follow_adapted(self, follows: bool) -> None:
        """Lets flags be picked on the adapted curve, or on the bundle's own again."""
        picked = self._picked
        self.follows_adapted = follows and self.adapted is not None
        self._pick_anew(picked)

    def _pick_anew(self, before: Picking | None) -> None:
        if self._picked is not before:
            self._pick()
            self.candidates_changed.emit()
            self.trace_changed.emit()
        self.adaptation_changed.emit()
