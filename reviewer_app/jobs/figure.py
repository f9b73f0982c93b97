"""An estimate as a figure that a door can print."""

import math

from reviewer_app.evaluation.confidence import Estimate
from reviewer_app.jobs.message import Figure


def figure_of(what: str, estimate: Estimate) -> Figure:
    """The figure under its name; what is not known is None, as NaN has no place in JSON."""
    value, low, high = (None if math.isnan(each) else each for each in (estimate.value, estimate.low, estimate.high))
    return Figure(what, value, low, high, estimate.count, estimate.unit)
