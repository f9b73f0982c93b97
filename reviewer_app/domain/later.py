"""One patient's time parted in earlier and later, where there is nobody else to validate on."""

from collections.abc import Sequence

EARLIEST, LATEST = 0.5, 0.85
"""Shares of the spasms that may lie before the cut: enough to learn from, and enough left to be judged by."""


def time_cut(onsets: Sequence[float]) -> float | None:
    """The second that parts a patient's spasms into those that are learned from and the later ones that judge.

    It lies in the middle of the longest pause around two thirds of the spasms, as those of one cluster are too much
    alike to stand on both sides.

    Args:
        onsets: Of all known spasms, in seconds on one clock.

    Returns:
        None where there are fewer than two spasms.
    """
    known = sorted(set(onsets))
    if len(known) < 2:
        return None
    first = max(1, round(EARLIEST * len(known)))
    last = max(first, min(len(known) - 1, round(LATEST * len(known))))
    widest = max(range(first, last + 1), key=lambda place: known[place] - known[place - 1])
    return (known[widest - 1] + known[widest]) / 2
