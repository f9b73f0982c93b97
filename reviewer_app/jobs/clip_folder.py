"""Clips of single files, as the published recipe has them: ``spasm/``, ``not_spasm/`` and a table of their patients.

::

    patients.csv    file,patient,healthy: the file as seen from the folder, the patient's id, and yes or no
    spasm/          5-s files that show one
    not_spasm/      5-s files that show none
"""

import csv
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reviewer_app.domain.phrases import counted
from reviewer_app.domain.recording import Recording, Segment
from reviewer_app.domain.snapshot import SnapshotSource
from reviewer_app.domain.window import WINDOW_SECONDS
from reviewer_app.errors import RequestError
from reviewer_app.jobs.beat import Headway, alive_reading
from reviewer_app.jobs.message import Message, Remark, Stage, StepsDone
from reviewer_app.media.open import open_recording

TABLE = "patients.csv"
TARGETS = {"spasm": 1.0, "not_spasm": 0.0}
"""What the folder's name says of each clip in it."""

LEAST_SECONDS, MOST_SECONDS = WINDOW_SECONDS / 2, WINDOW_SECONDS * 1.5
"""A shorter clip would be padded by half and more; of a longer one nobody knows where its spasm is."""

_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the table says of a file."""

    patient: str
    healthy: bool


def read_clips(folder: Path) -> Generator[Message, None, tuple[SnapshotSource, ...]]:
    """One source for each clip of a folder, in order of their names; what cannot be used is named and left out.

    Raises:
        RequestError: there is no such folder or table, a clip's patient is not told, or the folder contradicts itself.
    """
    yield Stage("Looking at the clips")
    table = _read_table(folder / TABLE)
    files = [file for name in TARGETS for file in _files(folder / name)]
    if not files:
        raise RequestError(f"{folder} holds no clips: put them into {folder / 'spasm'} and {folder / 'not_spasm'}.")
    names = [file.relative_to(folder).as_posix() for file in files]
    if unknown := sorted(set(names) - set(table)):
        raise RequestError(f"{folder / TABLE} does not say whose clip {unknown[0]} is: a clip needs a patient.")
    if missing := sorted(set(table) - set(names)):
        yield Remark(f"{TABLE} names {counted(len(missing), 'files')} not in the folder, among them {missing[0]}.")
    sources: dict[str, SnapshotSource] = {}
    for done, (file, name) in enumerate(zip(files, names, strict=True), start=1):
        recording = yield from alive_reading("Looking at a clip", partial(_opened, file))
        told, known = table[name], sources.get(recording.identity)
        if told.healthy and target_of(file):
            raise RequestError(f"{name} shows a spasm, but {TABLE} calls its patient healthy.")
        if known is not None:
            _refuse_contradiction(known, file, told)
            yield Remark(f"{name} is the same clip as another one, and was taken once.")
        elif not LEAST_SECONDS <= recording.seconds <= MOST_SECONDS:
            yield Remark(f"{name} lasts {recording.seconds:.1f} s and was left out: clips are of 5 s.")
        else:
            camera = camera_of(recording.segments[0])
            sources[recording.identity] = SnapshotSource(
                told.patient, recording.identity, "", healthy=told.healthy, file=file, camera=camera
            )
        yield StepsDone(done, len(files), "Looking at the clips")
    return tuple(sources.values())


def _opened(file: Path, tell: Headway) -> Recording:
    return open_recording((file,), tell=tell)


def target_of(file: Path) -> float:
    """1 for a clip that shows a spasm, 0 for one that shows none."""
    return TARGETS[file.parent.name]


def camera_of(segment: Segment) -> str:
    """What a file's picture is like, in words."""
    picture = segment.picture
    return f"{picture.width}x{picture.height} {picture.codec}".strip()


def _files(folder: Path) -> Sequence[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise RequestError(f"{folder} cannot be read: {error.strerror}.") from error


def _read_table(path: Path) -> Mapping[str, _Told]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    except OSError as error:
        raise RequestError(
            f"{path} cannot be read ({error.strerror}): a table with the columns file, patient and healthy tells whose "
            "clips these are."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RequestError(f"{path} is no table: save it as CSV in UTF-8.") from error
    found: dict[str, _Told] = {}
    for number, row in enumerate(rows, start=2):
        name, patient, healthy = ((row.get(each) or "").strip() for each in ("file", "patient", "healthy"))
        if not name or not patient or healthy.lower() not in (*_YES, *_NO):
            raise RequestError(f"Row {number} of {path} needs a file, its patient, and yes or no under healthy.")
        if found.setdefault(name.replace("\\", "/"), told := _Told(patient, healthy.lower() in _YES)) != told:
            raise RequestError(f"Row {number} of {path} says of {name} what another row says otherwise.")
    return found


def _refuse_contradiction(known: SnapshotSource, file: Path, told: _Told) -> None:
    """One clip under two patients would be on two sides; one with two labels teaches nothing."""
    assert known.file is not None
    if known.patient != told.patient or target_of(known.file) != target_of(file):
        raise RequestError(
            f"{known.file.name} and {file.name} are the same clip, but of two patients or with two labels: correct "
            f"{TABLE} or the folders."
        )
