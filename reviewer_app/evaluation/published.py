"""Figures of other people's studies, from the counts that they printed: what follows from these, and what does not."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from reviewer_app.errors import RequestError
from reviewer_app.evaluation.confidence import Estimate, mean_over_patients, proportion
from reviewer_app.evaluation.scoring import share

COLUMNS = ("patient", "windows", "false")
SET = "set"
"""An optional column, for files that hold more than one set of patients."""


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """One row: windows without a spasm, and how many of them were called one."""

    name: str  # of the set
    patient: str  # empty where the row tells of the whole set
    windows: int
    false: int


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """What follows from the counts of one set of patients."""

    name: str
    windows: int
    false: int
    pooled: Estimate  # share of false windows; the interval takes windows as independent
    patients: int | None  # None where only totals were printed
    without_false: int | None  # patients without a false window
    mean: Estimate | None  # over patients
    note: str  # what the counts do not allow; empty where they allow everything

    def __str__(self) -> str:
        words = f"{self.name}: " if self.name else ""
        words += f"{self.false:,} of {self.windows:,} windows = {percent(self.pooled.value)}"
        if self.mean is not None:
            low, high = percent(self.mean.low), percent(self.mean.high)
            words += (
                f"; mean of {self.patients} patients {percent(self.mean.value)} (95 % CI {low} to {high}); "
                f"{self.without_false} of them without a false window"
            )
        return f"{words}. {self.note}".strip()


def percent(value: float) -> str:
    """A share as papers print it: two digits below 1 %, one above."""
    if math.isnan(value):
        return "not known"
    return f"{100 * value:.2f} %" if 0 < value < 0.01 else f"{100 * value:.1f} %"


def read_published(path: Path) -> tuple[PublishedSet, ...]:
    """Reads a CSV with the columns patient, windows, false, and perhaps set; sets in order of their names.

    A row without a patient gives a set's totals. A set may have rows of patients, or totals, or both, which must then
    agree.

    Raises:
        RequestError: the file cannot be read, or its counts contradict one another.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = sorted(_rows(path, csv.DictReader(file)), key=attrgetter("name"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RequestError(f"The counts in {path} cannot be read: {error}.") from error
    if not rows:
        raise RequestError(f"{path} holds no counts: give one row per patient below {','.join(COLUMNS)}.")
    return tuple(_set(path, name, list(group)) for name, group in groupby(rows, key=attrgetter("name")))


def _rows(path: Path, table: "csv.DictReader[str]") -> Iterator[PublishedCounts]:
    missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
    if missing:
        raise RequestError(f"{path} lacks the column {missing[0]}; it needs {', '.join(COLUMNS)}.")
    for number, row in enumerate(table, start=2):
        try:
            counts = PublishedCounts(row.get(SET) or "", row["patient"] or "", int(row["windows"]), int(row["false"]))
        except (TypeError, ValueError) as error:
            raise RequestError(f"Row {number} of {path} holds no whole numbers: {error}.") from error
        if not 0 <= counts.false <= counts.windows:
            raise RequestError(f"Row {number} of {path}: {counts.false} of {counts.windows} windows makes no sense.")
        yield counts


def _set(path: Path, name: str, rows: Sequence[PublishedCounts]) -> PublishedSet:
    patients = [row for row in rows if row.patient]
    totals = [row for row in rows if not row.patient]
    if len(totals) > 1 or len({row.patient for row in patients}) < len(patients):
        raise RequestError(f"{path} names a patient, or a total, of the set '{name}' twice.")
    windows, false = _sum(patients or totals)
    if patients and totals and _sum(totals) != (windows, false):
        told = _sum(totals)
        raise RequestError(
            f"In {path} the patients of the set '{name}' add up to {false} of {windows}, its total says {told[1]} of "
            f"{told[0]}."
        )
    pooled = proportion(false, windows, unit="windows")
    if not patients:
        note = (
            "Only totals are given: the mean over patients, its interval and the number of patients without a false "
            "alarm do not follow from them."
        )
        return PublishedSet(name, windows, false, pooled, None, None, None, note)
    shares = [share(row.false, row.windows) for row in patients]
    mean = mean_over_patients(shares, limits=(0.0, 1.0))
    left_out = len(patients) - mean.count
    note = f"{left_out} of the patients have no window and are left out of the mean." if left_out else ""
    return PublishedSet(name, windows, false, pooled, len(patients), sum(not row.false for row in patients), mean, note)


def _sum(rows: Iterable[PublishedCounts]) -> tuple[int, int]:
    listed = list(rows)
    return sum(row.windows for row in listed), sum(row.false for row in listed)
