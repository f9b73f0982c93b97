"""Flags of a trace that is still growing, at an operating point that a person drags: only what changed is computed."""

from dataclasses import dataclass, replace

import numpy as np

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.annotation import Label, Rater
from reviewer_app.domain.event import Cluster, Curve, OperatingPoint, event_curve, find_clusters, pick_events
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.quality import NotAnalysable
from reviewer_app.domain.suggestion import suggest_not_analysable
from reviewer_app.domain.trace import Trace, TraceChunk
from reviewer_app.domain.window import FRAMES_PER_WINDOW, WindowGrid, subtract, union


@dataclass(frozen=True, slots=True)
class Picking:
    """A trace with its curve; flags come from the curve."""

    trace: Trace
    curve: Curve

    @classmethod
    def of(cls, trace: Trace) -> "Picking":
        """Everything computed anew."""
        return cls(trace, event_curve(trace))

    def grown(self, chunk: TraceChunk) -> "Picking":
        """With one more chunk; equal to computing everything anew, in the time of the chunk."""
        trace = self.trace.filled(chunk)
        # A grid frame's value depends on the windows that see it: those starting up to 15 frames before.
        reach = -(-FRAMES_PER_WINDOW // trace.grid.stride)
        first, stop = max(0, chunk.first - reach), min(trace.grid.count, chunk.stop + reach)
        outer = slice(max(0, first - reach), min(trace.grid.count, stop + reach))
        part = Trace(
            WindowGrid(outer.stop - outer.start, trace.grid.stride),
            trace.scores[outer],
            trace.states[outer],
            trace.activity[outer],
            trace.quality[outer],
        )
        fresh = event_curve(part).values
        values = self.curve.values.copy()
        if trace.bins == 0:
            values[first:stop] = fresh[first - outer.start : stop - outer.start]
        else:
            stride = trace.grid.stride
            left = 0 if first == 0 else first * stride
            right = len(values) if stop == trace.grid.count else stop * stride
            values[left:right] = fresh[left - outer.start * stride : right - outer.start * stride]
        return Picking(trace, replace(self.curve, values=values))

    def clusters(self, point: OperatingPoint, *, gap: float) -> tuple[Cluster, ...]:
        """Flags at an operating point, in their clusters."""
        if not np.any(self.curve.values >= point.enter):
            return ()
        return find_clusters(pick_events(self.curve, point), gap=gap)


@dataclass(frozen=True, slots=True)
class Adapted:
    """The same trace with scores adapted to this recording by the reviewer's verdicts."""

    adaptation: Adaptation
    picking: Picking

    @classmethod
    def of(cls, adaptation: Adaptation, trace: Trace) -> "Adapted":
        """An adaptation put on the trace that it was made of."""
        return cls(adaptation, Picking.of(adaptation.applied(trace)))

    def grown(self, chunk: TraceChunk) -> "Adapted":
        """With one more chunk of a scan, which brings the bundle's own scores."""
        return replace(self, picking=self.picking.grown(chunk))


def open_suggestions(trace: Trace, labels: Labels, rater: Rater) -> tuple[NotAnalysable, ...]:
    """Suggested stretches that no rater has accepted and this one has not refused."""
    accepted = [each.interval for each in labels.annotations if each.label is Label.NOT_ANALYSABLE]
    answered = union([*labels.refused_by(rater.rater_id), *accepted])
    return tuple(each for each in suggest_not_analysable(trace) if subtract((each.interval,), answered))
