"""The place of a process among those that train together: plain values, free of torch."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Seat:
    """A process's place among those that train together on this machine, each on a device of its own.

    Attributes:
        device: A word of ``devices.DEVICES``.
        rank: Which one it is, from 0.
        ranks: How many there are.
        meeting: A file that does not exist yet, by which they find one another.
    """

    device: str
    rank: int
    ranks: int
    meeting: Path

    def __post_init__(self) -> None:
        if not 0 <= self.rank < self.ranks:
            raise ValueError(f"not a place among {self.ranks}: {self.rank}")
