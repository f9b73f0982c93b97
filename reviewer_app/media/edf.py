"""EDF and BDF headers, read without believing them: every count is held against the size of the file."""

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError

MOST_SIGNALS: Final = 2048
MOST_SECONDS: Final = 31 * 86400.0
HIGHEST_RATE: Final = 100_000.0  # Hz
MOST_RECORD_BYTES: Final = 64 * 1024 * 1024
MOST_RECORDS: Final = 2_000_000  # a day in tenths of a second holds 864,000

_FIXED: Final = 256  # bytes before the signals' part, and per signal in it
# Widths of one signal's fields; the header holds each field for all signals, one field after the other.
_LABEL, _PHYSICAL_MIN, _PHYSICAL_MAX, _DIGITAL_MIN, _DIGITAL_MAX, _SAMPLES = 0, 3, 4, 5, 6, 8
_WIDTHS: Final = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
_INTEGER: Final = re.compile(rb"[+-]?\d{1,8}")
_DECIMAL: Final = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
_CLOCK: Final = re.compile(rb"(\d\d).(\d\d).(\d\d)")
_ONSET: Final = re.compile(rb"([+-]\d{1,9}(?:\.\d{1,9})?)\x14\x14")
_ANNOTATIONS: Final = ("EDF Annotations", "BDF Annotations")


@dataclass(frozen=True, slots=True)
class EdfHeader:
    """The counts and clocks of a checked header; what it says of the patient is never read."""

    start: datetime | None  # of the header, whole seconds; None where it is blank or impossible
    labels: tuple[str, ...]  # one per signal, annotation signals included
    samples: tuple[int, ...]  # per data record, one per signal
    records: int
    record_seconds: float
    header_bytes: int
    sample_bytes: int  # 2 in EDF, 3 in BDF
    plus: bool  # EDF+ or BDF+: the first annotation of each record tells when it begins
    paused: bool  # EDF+D: records need not follow one another at once

    @property
    def record_bytes(self) -> int:
        """Size of one data record."""
        return sum(self.samples) * self.sample_bytes

    @property
    def signals(self) -> tuple[int, ...]:
        """Which entries hold samples rather than annotations."""
        return tuple(i for i, label in enumerate(self.labels) if label not in _ANNOTATIONS)

    @property
    def clock_bytes(self) -> slice | None:
        """Where in a record its start is written; None where the file has no annotation signal."""
        for i, label in enumerate(self.labels):
            if label in _ANNOTATIONS:
                first = sum(self.samples[:i]) * self.sample_bytes
                return slice(first, first + self.samples[i] * self.sample_bytes)
        return None


def read_edf_header(path: Path) -> EdfHeader:
    """Reads and checks everything that later reading relies on.

    Raises:
        MediaError: The header contradicts itself or the size of the file.
    """
    try:
        size = _size_of_regular_file(path)
        with path.open("rb") as file:
            return _read(path, file, size)
    except OSError as error:
        raise MediaError(f"{path.name} cannot be read: {error.strerror or 'the drive gave no reason'}.") from error


def _size_of_regular_file(path: Path) -> int:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise MediaError(f"{path.name} is not a plain file, so it is not opened.")
    return state.st_size


def _read(path: Path, file: BinaryIO, size: int) -> EdfHeader:
    head = file.read(_FIXED)
    if len(head) < _FIXED or head[:8] not in (b"0       ", b"\xffBIOSEMI"):
        raise MediaError(f"{path.name} is not an EDF or BDF file.")
    count = _integer(path, head[252:256], "number of signals")
    if not 1 <= count <= MOST_SIGNALS:
        raise _lie(path, f"claims {count} signals")
    if _integer(path, head[184:192], "size of the header") != _FIXED * (count + 1):
        raise _lie(path, "gives a header size that does not fit its number of signals")
    rest = file.read(_FIXED * count)
    if len(rest) < _FIXED * count:
        raise _lie(path, "is shorter than its own header")
    header = _parse(path, head, _columns(rest, count))
    _check(path, header, size)
    return header


def _columns(rest: bytes, count: int) -> list[list[bytes]]:
    columns, position = [], 0
    for width in _WIDTHS:
        columns.append([rest[position + i * width : position + (i + 1) * width] for i in range(count)])
        position += width * count
    return columns


def _parse(path: Path, head: bytes, columns: Sequence[Sequence[bytes]]) -> EdfHeader:
    binary = head[0] == 0xFF
    labels = tuple(_text(label) for label in columns[_LABEL])
    for i, label in enumerate(labels):
        if label not in _ANNOTATIONS:
            _check_ranges(path, [column[i] for column in columns], label, bits=24 if binary else 16)
    reserved = head[192:197]
    return EdfHeader(
        start=_start(head[168:184]),
        labels=labels,
        samples=tuple(_integer(path, field, "number of samples") for field in columns[_SAMPLES]),
        records=_integer(path, head[236:244], "number of data records"),
        record_seconds=_decimal(path, head[244:252], "length of a data record"),
        header_bytes=_FIXED * (len(labels) + 1),
        sample_bytes=3 if binary else 2,
        plus=reserved in (b"EDF+C", b"EDF+D", b"BDF+C", b"BDF+D"),
        paused=reserved in (b"EDF+D", b"BDF+D"),
    )


def _check_ranges(path: Path, fields: Sequence[bytes], label: str, *, bits: int) -> None:
    lowest, highest = (_integer(path, fields[i], "digital range") for i in (_DIGITAL_MIN, _DIGITAL_MAX))
    if not -(2 ** (bits - 1)) <= lowest < highest < 2 ** (bits - 1):
        raise _lie(path, f"gives channel {label or '?'} the digital range {lowest} to {highest}")
    lower, upper = (_decimal(path, fields[i], "physical range") for i in (_PHYSICAL_MIN, _PHYSICAL_MAX))
    if lower == upper:
        raise _lie(path, f"gives channel {label or '?'} the physical range {lower:g} to {upper:g}")


def _check(path: Path, header: EdfHeader, size: int) -> None:
    if header.records == -1:
        raise MediaError(f"{path.name} was never closed by its recorder; export it again from there.")
    if not 1 <= header.records <= MOST_RECORDS or not 0 < header.record_seconds <= MOST_SECONDS:
        raise _lie(path, f"claims {header.records} data records of {header.record_seconds:g} s")
    if header.records * header.record_seconds > MOST_SECONDS:
        raise _lie(path, f"claims to last {header.records * header.record_seconds / 86400:.0f} days")
    if not header.signals:
        raise MediaError(f"{path.name} holds annotations only and no EEG.")
    if min(header.samples) < 1 or max(header.samples) / header.record_seconds > HIGHEST_RATE:
        raise _lie(path, f"claims up to {max(header.samples)} samples in {header.record_seconds:g} s")
    if header.record_bytes > MOST_RECORD_BYTES:
        raise _lie(path, f"claims data records of {header.record_bytes} bytes")
    expected = header.header_bytes + header.records * header.record_bytes
    if size != expected:
        what = "is cut off" if size < expected else "goes on beyond its end"
        raise MediaError(f"{path.name} {what}: its header announces {expected} bytes, the file has {size}.")


def record_pieces(path: Path, header: EdfHeader) -> tuple[float, tuple[Interval, ...]]:
    """Where samples lie: seconds from the header's clock to the first one, and the pieces counted from there.

    Raises:
        MediaError: The records of a paused recording do not say when they begin, or run backwards.
    """
    if not header.paused:
        first = 0.0
        if header.plus and header.clock_bytes is not None:
            first = float(_onsets(path, header, count=1)[0])
        return first, (Interval(0.0, header.records * header.record_seconds),)
    onsets = _onsets(path, header, count=header.records)
    steps = np.diff(onsets)
    # Onsets are written with few decimals, so neighbours may seem to touch or overlap by a little.
    slack = 0.01 * header.record_seconds
    if steps.size and steps.min() < header.record_seconds - slack:
        raise _lie(path, "lets its data records run backwards")
    breaks = np.flatnonzero(steps > header.record_seconds + slack) + 1
    firsts, lasts = np.r_[0, breaks], np.r_[breaks, header.records] - 1
    begins, ends = onsets[firsts] - onsets[0], onsets[lasts] - onsets[0] + header.record_seconds
    return float(onsets[0]), tuple(Interval(float(a), float(b)) for a, b in zip(begins, ends, strict=True))


def _onsets(path: Path, header: EdfHeader, *, count: int) -> NDArray[np.float64]:
    where = header.clock_bytes
    if where is None:
        raise _lie(path, "has pauses but no record of when they were")
    data = np.memmap(path, np.uint8, "r", offset=header.header_bytes, shape=(header.records, header.record_bytes))
    onsets = np.empty(count)
    for i in range(count):
        found = _ONSET.match(data[i, where].tobytes())
        if found is None or not 0 <= float(found[1]) <= MOST_SECONDS:
            raise _lie(path, f"does not say when its data record {i + 1} begins")
        onsets[i] = float(found[1])
    return onsets


def _start(fields: bytes) -> datetime | None:
    date, time = _CLOCK.fullmatch(fields[:8]), _CLOCK.fullmatch(fields[8:])
    if date is None or time is None:
        return None
    day, month, year = (int(part) for part in date.groups())
    hour, minute, second = (int(part) for part in time.groups())
    try:
        # The format's own rule: 85 to 99 are the years 1985 to 1999.
        return datetime(year + (1900 if year >= 85 else 2000), month, day, hour, minute, second)
    except ValueError:
        return None


def _text(field: bytes) -> str:
    return "".join(c if c.isprintable() else "?" for c in field.decode("latin-1")).strip()


def _integer(path: Path, field: bytes, what: str) -> int:
    digits = field.strip()
    if not _INTEGER.fullmatch(digits):
        raise _lie(path, f"gives no usable {what}")
    return int(digits)


def _decimal(path: Path, field: bytes, what: str) -> float:
    digits = field.strip()
    if not _DECIMAL.fullmatch(digits):
        raise _lie(path, f"gives no usable {what}")
    return float(digits)


def _lie(path: Path, claim: str) -> MediaError:
    return MediaError(f"{path.name} {claim}; the file is damaged, so export it again from the recorder.")
