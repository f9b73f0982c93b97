"""How far a figure can be trusted: 95 % intervals by resampling patients, of means over them, and for proportions.

Windows, spasms and hours of one patient resemble one another, so treating them as independent makes intervals far too
narrow. Patients are drawn with replacement, each with all that belongs to it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.stats import norm, t

from reviewer_app.domain.phrases import counted

LEVEL = 0.95
DRAWS = 2000
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval and what was resampled for it."""

    value: float
    low: float
    high: float
    count: int  # units
    unit: str  # patients where there were several, else what stood in for them

    def __str__(self) -> str:
        return f"{self.value:.3g} (95 % CI {self.low:.3g}–{self.high:.3g}, {counted(self.count, self.unit)})"


def bootstrap(
    values: Sequence[Value],
    patients: Sequence[str],
    statistic: Callable[[Sequence[Value]], float],
    *,
    unit: str,
    seed: int,
    draws: int = DRAWS,
) -> Estimate:
    """A statistic with the percentiles that it has when patients are drawn anew, each with all its values.

    With a single patient the values themselves are drawn; the estimate then says so by its unit, and its interval
    speaks of that patient only. A single value has no interval: drawing it again and again teaches nothing. Draws for
    which the statistic is NaN (all windows of one kind, say) are left out.

    Args:
        values: What the statistic is calculated from, such as one ``RecordingScores`` per recording.
        patients: Whose each value is.
        statistic: Takes values, in any number and repeated, and gives one figure.
        unit: What one value is, in the plural, for estimates on one patient.
        seed: The same seed gives the same interval.
        draws: How often to draw.
    """
    if not values or len(values) != len(patients):
        raise ValueError(f"{len(values)} values of {len(patients)} patients cannot be resampled")
    groups: dict[str, list[Value]] = {}
    for value, patient in zip(values, patients, strict=True):
        groups.setdefault(patient, []).append(value)
    by_patient = len(groups) > 1
    units = list(groups.values()) if by_patient else [[value] for value in values]
    if len(units) == 1:
        return Estimate(statistic(values), math.nan, math.nan, 1, unit)
    random = np.random.default_rng(seed)
    outcomes = []
    for _ in range(draws):
        drawn = random.integers(len(units), size=len(units))
        outcomes.append(statistic([value for i in drawn for value in units[i]]))
    known = np.array([each for each in outcomes if not math.isnan(each)])
    edge = (1 - LEVEL) / 2
    low, high = np.quantile(known, [edge, 1 - edge]) if len(known) else (math.nan, math.nan)
    return Estimate(statistic(values), float(low), float(high), len(units), "patients" if by_patient else unit)


def mean_over_patients(values: Sequence[float], *, limits: tuple[float, float] = (-math.inf, math.inf)) -> Estimate:
    """The mean of one value per patient with the interval of Student's t, cut where the measure itself ends.

    Patients with NaN, whose windows do not allow the measure, are left out, as Miron et al. 2025 do; the paper's
    interval of 0 to 3.4 % around 1.6 % shows that theirs, too, is symmetric and cut at 0.

    Args:
        values: One per patient.
        limits: The lowest and the highest value that the measure can have.
    """
    known = np.array([each for each in values if not math.isnan(each)])
    if len(known) < 2:
        return Estimate(float(known.sum()) if len(known) else math.nan, math.nan, math.nan, len(known), "patients")
    mean = float(known.mean())
    reach = float(t.ppf((1 + LEVEL) / 2, len(known) - 1)) * float(known.std(ddof=1)) / math.sqrt(len(known))
    lowest, highest = limits
    return Estimate(mean, max(lowest, mean - reach), min(highest, mean + reach), len(known), "patients")


def proportion(successes: int, trials: int, *, unit: str) -> Estimate:
    """A proportion of independent trials with Wilson's interval, which holds near 0 and 1 and for few trials."""
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no proportion")
    if trials == 0:
        return Estimate(math.nan, 0.0, 1.0, 0, unit)
    z = float(norm.ppf((1 + LEVEL) / 2))
    value = successes / trials
    weight = 1 + z * z / trials
    centre = (value + z * z / (2 * trials)) / weight
    reach = z / weight * math.sqrt(value * (1 - value) / trials + (z / (2 * trials)) ** 2)
    # With no or only successes the formula ends at 0 or 1 exactly, which rounding would miss by a hair.
    low, high = (centre - reach if successes else 0.0), (centre + reach if successes < trials else 1.0)
    return Estimate(value, low, high, trials, unit)
