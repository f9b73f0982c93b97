"""What trainings leave in a library's folder and somebody may want: told with the room it takes, and removed."""

import os
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from reviewer_app.errors import RequestError, StoreError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.learn_request import Leftover, LeftoverKind, ListLeftovers, RemoveLeftover
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.trainings import NOTE, TRACES, TRAININGS, clips_in_use, clips_of, held, sweep
from reviewer_app.store.lock import Hold

_BLOCK = 512
"""Bytes in a block of ``st_blocks``; clips that are yet to be made take less room than their file's size."""


def list_leftovers(request: ListLeftovers) -> Generator[Message, None, tuple[Leftover, ...]]:
    """What lies there, with the room that it takes."""
    return (yield from beating("Looking at what trainings left", partial(leftovers, request.library.folder)))


def remove_leftover(request: RemoveLeftover) -> Generator[Message, None, Leftover]:
    """Deletes one of them; a training is given up with that.

    Raises:
        RequestError: There is none of that name, or a training works with it.
    """
    return (yield from beating(f"Removing {request.name}", partial(_remove, request.library.folder, request.name)))


def leftovers(library: Path) -> tuple[Leftover, ...]:
    """All that trainings left in a library's folder, by name; clips of stopped trainings count with these."""
    return tuple(sorted(_leftovers(library / TRAININGS), key=lambda each: each.name))


def _leftovers(trainings: Path) -> Iterator[Leftover]:
    wanted = clips_in_use(trainings) or set()
    for folder in trainings.glob("*/"):
        if folder.name.startswith("clips-"):
            if folder.name not in wanted:
                yield _leftover(folder, LeftoverKind.CLIPS)
        elif folder.name == TRACES:
            yield _leftover(folder, LeftoverKind.SCORES)
        elif (folder / NOTE).exists():
            kind = LeftoverKind.CROSSVAL if folder.name.startswith("crossval-") else LeftoverKind.TRAINING
            yield _leftover(folder, kind, clips=clips_of(folder))


def _leftover(folder: Path, kind: LeftoverKind, *, clips: str = "") -> Leftover:
    files = [file.stat() for each in (folder, *([folder.with_name(clips)] if clips else [])) for file in _files(each)]
    changed = max((each.st_mtime for each in files), default=folder.stat().st_mtime)
    return Leftover(
        folder.name,
        kind,
        sum(getattr(each, "st_blocks", -(-each.st_size // _BLOCK)) * _BLOCK for each in files),
        datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds"),
        in_use=_is_held(folder),
    )


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _is_held(folder: Path) -> bool:
    lock = folder.with_name(f"{folder.name}.lock")
    if not lock.exists():
        return False
    try:
        Hold(lock).remove()
    except StoreError:
        return True
    return False


def _remove(library: Path, name: str) -> Leftover:
    found = next((each for each in leftovers(library) if each.name == name), None)
    if found is None:
        raise RequestError(f"No training left anything called {name} in {library / TRAININGS}.")
    with held(library / TRAININGS / name):
        shutil.rmtree(library / TRAININGS / name, ignore_errors=True)
    sweep(library)
    return found
