"""Backups of a library, and how long each of them is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ALWAYS = 8
"""Backups kept in any case: the newest ones, which are those of four hours of work."""

PERIODS: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (lambda time: time.date(), 12),
    (lambda time: time.isocalendar()[:2], 10),
    (lambda time: (time.year, time.month), 12),
)
"""Of the last 12 days, 10 weeks and 12 months that have backups, the newest one of each is kept."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of a library's database."""

    path: Path
    made_at: datetime  # UTC
    size: int  # bytes


def thinned(known: Iterable[Backup]) -> tuple[Backup, ...]:
    """The backups that need be kept no longer."""
    ordered = sorted(known, key=lambda backup: backup.made_at, reverse=True)
    kept = {backup.path for backup in ordered[:ALWAYS]}
    for period, count in PERIODS:
        newest: dict[object, Path] = {}
        for backup in ordered:
            newest.setdefault(period(backup.made_at), backup.path)
        kept.update(list(newest.values())[:count])
    return tuple(backup for backup in ordered if backup.path not in kept)
