"""From scored recordings with known spasms to a bundle's calibration and its table of operating points."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.errors import BundleError
from reviewer_app.learning.manifest import Calibration

RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""False alarms per hour for which a table offers a point."""

LEAVE_RATIO = 0.5
"""An event lasts while its curve stays over this share of the threshold that it had to reach."""

MOST_STEPS = 100
SMALLEST_STEP = 1e-10


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> Calibration:
    """The temperature and bias under which validation logits become honest probabilities.

    Minimises the cross-entropy of ``sigmoid(logit / temperature + bias)`` by Newton's method. Targets are drawn in
    from 0 and 1 as Platt (1999) does, so that classes that do not overlap still have an answer.

    The probabilities hold for the share of spasms among these very windows: with the bias free, their mean is that
    share. Windows in another mix than the time to be scored give other probabilities than are wanted there.

    Args:
        logits: Of validation windows, (n,).
        labels: True where the window holds a spasm, (n,).

    Raises:
        BundleError: One class is missing, or higher logits do not go with spasms.
    """
    x, positive = np.asarray(logits, np.float64), np.asarray(labels, bool)
    if x.shape != positive.shape or x.ndim != 1 or not np.isfinite(x).all():
        raise ValueError(f"logits and labels must be finite and of one length, not {x.shape} and {positive.shape}")
    hits, misses = int(positive.sum()), int((~positive).sum())
    if not hits or not misses:
        raise BundleError("A calibration needs validation windows with and without spasms; one kind is missing.")
    target = np.where(positive, (hits + 1) / (hits + 2), 1 / (misses + 2))
    # Logits of any size become values around 1, so that one starting point does for all.
    scale = float(np.std(x)) or 1.0
    slope, bias = _newton(x / scale, target)
    if slope <= 0:
        raise BundleError("On the validation windows spasms do not score higher than the rest; nothing to calibrate.")
    return Calibration(temperature=scale / slope, bias=bias)


def _newton(x: NDArray[np.float64], target: NDArray[np.float64]) -> tuple[float, float]:
    design = np.stack((x, np.ones_like(x)))  # (2, n)
    weights = np.array([1.0, 0.0])
    for _ in range(MOST_STEPS):
        p = 0.5 * (1 + np.tanh(weights @ design / 2))
        curvature = (design * (p * (1 - p))) @ design.T + 1e-12 * len(x) * np.eye(2)
        step = np.linalg.solve(curvature, design @ (p - target))
        # Halved until the loss falls: far out, where p is flat, a whole step overshoots.
        before = _cross_entropy(weights @ design, target)
        while _cross_entropy((weights - step) @ design, target) > before and np.abs(step).max() > SMALLEST_STEP:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() <= SMALLEST_STEP:
            break
    return float(weights[0]), float(weights[1])


def _cross_entropy(z: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    return float(np.mean(np.logaddexp(0, z) - target * z))


def operating_points(
    false_peaks: ArrayLike, *, hours: float, spasm_peaks: ArrayLike, floor: float = 0.0
) -> tuple[OperatingPoint, ...]:
    """The table of thresholds by the false alarms per hour that they gave on validation recordings.

    A rate is offered only where the recorded hours can show it: at 0.25 an hour the first alarm takes four hours, and
    fewer hours without one prove nothing. Rates that lead to the same threshold share one point.

    Args:
        false_peaks: Heights of candidate events that are no spasm, (n,), 0-1; picked with a threshold near zero.
        hours: Analysable recorded hours in which the candidates were found.
        spasm_peaks: The highest candidate that belongs to each true spasm, (m,); 0 for a spasm without any.
        floor: The threshold with which candidates were picked; what there is below, nobody counted.

    Returns:
        Points from few false alarms to many; their rates are those that were counted, at most the rate offered.
    """
    false, true = np.asarray(false_peaks, np.float64), np.asarray(spasm_peaks, np.float64)
    both = np.concatenate((false, true))
    if false.ndim != 1 or true.ndim != 1 or not np.all((both >= 0) & (both <= 1)):
        raise ValueError("peaks must be one-dimensional and lie between 0 and 1")
    if not 0 < hours < np.inf:
        raise ValueError(f"not a number of hours: {hours}")
    # Half way between neighbouring peaks, so that a threshold stands clear of the peaks that it parts.
    levels = np.unique(np.concatenate((both[both > floor], [floor, 1.0])))
    thresholds = (levels[:-1] + levels[1:]) / 2
    counts = len(false) - np.searchsorted(np.sort(false), thresholds)
    points: dict[float, OperatingPoint] = {}
    for rate in RATES:
        allowed = np.flatnonzero(counts <= rate * hours)
        if rate * hours < 1 or len(allowed) == 0:
            continue
        enter, count = float(thresholds[allowed[0]]), int(counts[allowed[0]])
        found = float(np.mean(true >= enter)) if len(true) else float("nan")
        points.setdefault(enter, OperatingPoint(enter, LEAVE_RATIO * enter, count / hours, found))
    return tuple(points.values())
