"""What a measurement gives: a value, what it shall be, and what the machine could do at best."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float | None  # None where this machine does not tell
    unit: str
    target: float | None = None  # the most that it should be; None where it is only told
    limit: float | None = None  # the least that was possible here, measured in the same run

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none, or no value."""
        return None if self.target is None or self.value is None else self.value <= self.target

    @property
    def ratio(self) -> float | None:
        """How many times the limit it is."""
        return self.value / self.limit if self.value is not None and self.limit else None

    def to_json(self) -> dict[str, Any]:
        """As the command line reads it."""
        return {
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "target": self.target,
            "met": self.is_met,
            "limit": self.limit,
            "ratio": self.ratio,
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """How many durations are spread, in milliseconds."""

    middle: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """From durations in seconds.

        Raises:
            ValueError: there are none.
        """
        if not seconds:
            raise ValueError("no durations were measured")
        middle, p95, p99, most = (float(each) * 1000 for each in np.percentile(seconds, (50, 95, 99, 100)))
        return cls(middle, p95, p99, most)
