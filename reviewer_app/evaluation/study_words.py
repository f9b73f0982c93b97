"""How a report writes numbers: shares in per cent as in clinical papers, "unknown" where nothing could be counted."""

import math

from reviewer_app.evaluation.confidence import Estimate
from reviewer_app.evaluation.patients import Measure
from reviewer_app.evaluation.workload import Spread

UNKNOWN = "unknown"

_SHARES = frozenset(
    {
        "sensitivity",
        "specificity",
        "accuracy",
        "false_share",
        "spasm_sensitivity",
        "spasm_precision",
        "count_error",
        "cluster_sensitivity",
        "cluster_count_error",
    }
)
"""Measures that are read in per cent."""


def number(value: float, digits: int = 2) -> str:
    """A number with so many decimal places, thousands apart."""
    return UNKNOWN if math.isnan(value) else f"{value:,.{digits}f}"


def percent(value: float) -> str:
    """A share; with a place more where it is small, since one in a hundred windows is 7 false ones an hour."""
    if math.isnan(value):
        return UNKNOWN
    return f"{value:.2%}" if abs(value) < 0.02 and value else f"{value:.1%}"


def measured(key: str, value: float) -> str:
    """A measure's value as it is read."""
    return percent(value) if key in _SHARES else number(value)


def estimated(key: str, estimate: Estimate) -> str:
    """A figure with its interval; without one it says of how few it is."""
    value = measured(key, estimate.value)
    if math.isnan(estimate.low):
        return value if math.isnan(estimate.value) else f"{value} (interval unknown)"
    return f"{value} ({measured(key, estimate.low)} to {measured(key, estimate.high)})"


def measure_row(measure: Measure) -> tuple[str, str, str, str]:
    """Name, mean over patients, of how many, pooled."""
    return (
        measure.what,
        estimated(measure.key, measure.mean),
        str(measure.mean.count),
        estimated(measure.key, measure.pooled),
    )


MEASURE_HEAD = ("measure", "mean of patients (95 % CI)", "patients", "pooled (95 % CI)")
"""Of rows that ``measure_row`` makes."""


def quartiles(found: Spread) -> str:
    """A median with its quartiles, in seconds."""
    if not found.count:
        return UNKNOWN
    return f"{found.median:.2f} s ({found.lower:.2f} to {found.upper:.2f} s), {found.count} spasms"


def p_value(value: float) -> str:
    """A p as papers write it."""
    return UNKNOWN if math.isnan(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def hours(value: float) -> str:
    """Hours of recording time."""
    return f"{value:,.2f} h"
