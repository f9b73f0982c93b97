"""EEG files beside the video: what they hold and when, read without trusting their headers."""

import configparser
import re
import stat
import struct
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import mne

from reviewer_app.domain.recording import EegFile, Fingerprint
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.edf import HIGHEST_RATE, MOST_SECONDS, read_edf_header, record_pieces

EEG_SUFFIXES: Final = frozenset({".edf", ".bdf", ".vhdr", ".eeg", ".lay", ".data"})
"""EDF and BDF, BrainVision, Nihon Kohden, Persyst, Nicolet."""

# MNE loads the module of a format when its reader is first called.
_READERS: Final[Mapping[str, Callable[[Path], Any]]] = {
    ".vhdr": lambda path: mne.io.read_raw_brainvision(path, preload=False, verbose="ERROR"),
    ".eeg": lambda path: mne.io.read_raw_nihon(path, preload=False, verbose="ERROR"),
    ".lay": lambda path: mne.io.read_raw_persyst(path, preload=False, verbose="ERROR"),
    ".data": lambda path: mne.io.read_raw_nicolet(path, ch_type="eeg", preload=False, verbose="ERROR"),
}
_TEXT_HEADERS: Final = (".vhdr", ".lay")
_MOST_HEADER_BYTES: Final = 16 * 1024 * 1024
_REFERENCE: Final = re.compile(r"\s*(?:DataFile|MarkerFile)\s*=\s*(.*)", re.IGNORECASE)
# What MNE's readers raise on damaged files; they check little and fail wherever the damage shows first.
_LIBRARY_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    configparser.Error,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class EegProbe:
    """What an EEG file says about itself, once its header has been checked against its size."""

    path: Path
    start: datetime | None  # wall clock as written, without a time zone; None where the file does not say
    seconds: float  # from the first sample to the end of the last one, pauses included
    channels: tuple[str, ...]  # made unique: a second "Fp1" is "Fp1 (2)"
    sampling_rates: tuple[float, ...]  # Hz, one per channel
    pieces: tuple[Interval, ...]  # seconds of the file that hold samples; several where it was paused


def is_eeg_file(path: Path) -> bool:
    """Whether the name is that of an EEG recording; an ``.eeg`` beside a ``.vhdr`` is that one's data."""
    suffix = path.suffix.lower()
    return suffix in EEG_SUFFIXES and not (suffix == ".eeg" and path.with_suffix(".vhdr").exists())


def probe_eeg(path: Path) -> EegProbe:
    """Reads the header only, after checking it.

    Raises:
        MediaError: The file is of no known kind, lies about its size or cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in (".edf", ".bdf"):
        return _probe_edf(path)
    if suffix in _READERS:
        return _probe_by_library(path)
    raise MediaError(f"{path.name} is not an EEG file that can be read; export it as EDF+.")


def _probe_edf(path: Path) -> EegProbe:
    header = read_edf_header(path)
    first, pieces = record_pieces(path, header)
    return EegProbe(
        path=path,
        start=None if header.start is None else header.start + timedelta(seconds=first),
        seconds=pieces[-1].stop,
        channels=unique_names(header.labels[i] for i in header.signals),
        sampling_rates=tuple(header.samples[i] / header.record_seconds for i in header.signals),
        pieces=pieces,
    )


def _probe_by_library(path: Path) -> EegProbe:
    try:
        _check_before_library(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its doubts about units and filters do not matter here
            raw = _READERS[path.suffix.lower()](path)
            rate, samples, start = float(raw.info["sfreq"]), int(raw.n_times), raw.info["meas_date"]
            channels = unique_names(raw.ch_names)
    except OSError as error:
        raise MediaError(f"{path.name} or a file that belongs to it cannot be read.") from error
    except _LIBRARY_FAULTS as error:
        raise MediaError(f"{path.name} is damaged or of an unknown version; export it as EDF+.") from error
    if not (channels and 0 < rate <= HIGHEST_RATE and 0 < samples / rate <= MOST_SECONDS):
        raise MediaError(
            f"{path.name} claims {len(channels)} channels of {samples} samples at {rate:g} Hz; it is damaged."
        )
    seconds = samples / rate
    return EegProbe(
        path=path,
        start=None if start is None else start.replace(tzinfo=None),  # the local time of the file, called UTC by MNE
        seconds=seconds,
        channels=channels,
        sampling_rates=(rate,) * len(channels),
        pieces=(Interval(0.0, seconds),),
    )


def _check_before_library(path: Path) -> None:
    """Refuses what is not a plain file, and a BrainVision header that names files in other folders."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise MediaError(f"{path.name} is not a plain file, so it is not opened.")
    if path.suffix.lower() not in _TEXT_HEADERS:
        return
    if path.stat().st_size > _MOST_HEADER_BYTES:
        raise MediaError(f"{path.name} is too large to be the header of an EEG recording.")
    for line in path.read_text("latin-1").splitlines():
        named = _REFERENCE.match(line)
        if named and any(sign in named[1] for sign in "/\\:"):
            raise MediaError(
                f"{path.name} names a file in another folder, which is not opened; keep its files together."
            )


def unique_names(labels: Iterable[str]) -> tuple[str, ...]:
    """Numbers the repeats, so that each channel can be named: Fp1, Fp1 (2)."""
    given = list(labels)
    taken = set(given)
    seen: set[str] = set()
    names = []
    for label in given:
        name = label
        if name in seen:
            name = next(n for n in (f"{label} ({i})" for i in count(2)) if n not in taken)
            taken.add(name)
        seen.add(name)
        names.append(name)
    return tuple(names)


def eeg_file(probe: EegProbe, *, recording_start: datetime, fingerprint: Fingerprint) -> EegFile:
    """Places an EEG file on a recording's clock; both clocks are taken to stand in the same time zone.

    Raises:
        MediaError: The file does not say when it began.
    """
    if probe.start is None:
        raise MediaError(f"{probe.path.name} does not say when it began, so it cannot be placed beside the video.")
    # Through UTC: subtracting two times of one zone ignores a change to or from summer time between them.
    start = probe.start.replace(tzinfo=recording_start.tzinfo).astimezone(UTC)
    return EegFile(
        path=probe.path,
        fingerprint=fingerprint,
        start=(start - recording_start.astimezone(UTC)).total_seconds(),
        seconds=probe.seconds,
        channels=probe.channels,
        sampling_rate=max(probe.sampling_rates),
    )
