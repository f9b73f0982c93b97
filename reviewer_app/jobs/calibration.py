"""Probabilities that hold for whole nights, not for a snapshot's choice of windows.

A snapshot holds four windows without a spasm for each one with, a night hundreds: scores that come true on the first
promise too much on the second. A bias could be shifted by the two shares (King and Zeng 2001, "Logistic regression in
rare events data"; Saerens et al. 2002), but the draw is not by lot alone: what was flagged falsely goes first, and
windows around a spasm are taken several times. The validation recordings are scanned from end to end anyway, for
operating points, and their reviewed time is a sample with the night's own shares; so temperature and bias are fitted
there, and nothing is assumed about the draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.trace import frozen
from reviewer_app.domain.window import total_seconds
from reviewer_app.errors import BundleError
from reviewer_app.jobs.nights import Night
from reviewer_app.learning.calibrate import fit_temperature
from reviewer_app.learning.manifest import Calibration, Json

SOFTEST: Final = 8.0
"""The largest logit that a draft gives on the windows known before: a score near 1 is rounded to 6e-8, so that a larger
one could not be told from its neighbours any more."""


@dataclass(frozen=True, slots=True)
class NightCalibration:
    """A calibration and the time that it follows from."""

    calibration: Calibration
    hours: float  # reviewed and scored
    windows: int
    positive: int  # of them, with a spasm's onset

    def facts(self) -> dict[str, Json]:
        """For the bundle's card."""
        return {
            "what": "all reviewed time of the validation recordings",
            "hours": round(self.hours, 2),
            "windows": self.windows,
            "windows_with_spasms": self.positive,
        }


def soft_calibration(logits: NDArray[np.float32]) -> Calibration:
    """One under which scores can be turned back into logits; it promises nothing."""
    return Calibration(temperature=max(1.0, float(np.abs(logits).max(initial=0.0)) / SOFTEST))


def calibrated_on(nights: Sequence[Night], draft: Calibration) -> NightCalibration | None:
    """The calibration under which scores come true on the nights; None where they cannot tell, as without a spasm.

    Args:
        nights: Scanned by a bundle with the draft's calibration.
        draft: What the nights' scores follow from.
    """
    if not nights:
        return None
    scores, positive = (np.concatenate(each) for each in zip(*(night.windows() for night in nights), strict=True))
    try:
        found = fit_temperature(_logits(scores, draft), positive)
    except BundleError:
        return None
    hours = sum(total_seconds(night.analysable) for night in nights) / 3600
    return NightCalibration(found, hours, len(scores), int(positive.sum()))


def rescored(night: Night, draft: Calibration, final: Calibration) -> Night:
    """The night as a bundle with the final calibration would have scored it."""
    z = _logits(night.trace.scores, draft) / final.temperature + final.bias
    scores = (0.5 * (1 + np.tanh(z / 2))).astype(np.float32)
    return replace(night, trace=replace(night.trace, scores=frozen(scores)))


def _logits(scores: NDArray[np.floating], calibration: Calibration) -> NDArray[np.float64]:
    """What the network said; NaN where it was not asked."""
    p = np.clip(scores.astype(np.float64), np.finfo(np.float32).tiny, 1 - np.finfo(np.float32).epsneg)
    return np.asarray((np.log(p) - np.log1p(-p) - calibration.bias) * calibration.temperature)
