"""How well scores put what is a spasm above what is none, whatever their scale."""

import numpy as np
from numpy.typing import NDArray


def area_under_curve(scores: NDArray[np.floating], positive: NDArray[np.bool_]) -> float:
    """The chance that a positive outscores a negative, ties counting half; NaN without both kinds.

    Args:
        scores: One each, (n,), all known.
        positive: Which of them are of what is looked for, (n,).
    """
    above, others = scores[positive], np.sort(scores[~positive])
    if not len(above) or not len(others):
        return float("nan")
    below = np.searchsorted(others, above, side="left")
    up_to = np.searchsorted(others, above, side="right")
    return float((below + up_to).sum() / (2 * len(above) * len(others)))
