"""Scores adapted to one recording: what a head that was fitted to a rater's verdicts makes of each window."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.trace import Trace, frozen

WIDE = 1.96
"""Deviations to either side of a score's logit that hold 95 %."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A head fitted to one recording, and its scores; it holds for no other recording."""

    head: NDArray[np.float64]  # (features + 1,) on plain embeddings, the bias last
    scores: NDArray[np.float32]  # (windows,) probability 0-1; NaN where the trace had none
    deviations: NDArray[np.float32]  # (windows,) how unsure each score's logit is; NaN likewise
    rater_id: int  # whose verdicts it learned from
    verdicts: int  # how many
    sureness: float  # share of draws of held-out verdicts in which it does better than the bundle's own head
    ledger_head: str  # digest of the last thing said before

    def __post_init__(self) -> None:
        if self.scores.shape != self.deviations.shape:
            raise ValueError(f"{self.scores.shape} scores with {self.deviations.shape} deviations")

    def applied(self, trace: Trace) -> Trace:
        """The trace it was made of, or one grown since, with its scores; when in a window something is stays as it was.

        Windows that were scored only afterwards keep the bundle's own score: without one they would look empty.
        """
        if self.scores.shape != trace.scores.shape:
            raise ValueError(f"an adaptation of {len(self.scores)} windows for a trace of {len(trace.scores)}")
        return replace(trace, scores=frozen(np.where(np.isnan(self.scores), trace.scores, self.scores)))

    def interval(self, window: int) -> tuple[float, float]:
        """Between which a window's score lies with 95 % probability, as far as the verdicts tell; NaN without one."""
        score = float(np.clip(self.scores[window], 1e-6, 1 - 1e-6))
        logit, reach = np.log(score / (1 - score)), WIDE * float(self.deviations[window])
        low, high = 1 / (1 + np.exp(-(logit + np.array([-reach, reach]))))
        return float(low), float(high)
