"""Where trainings lie in a library's folder, and that one process works on each.

::

    trainings/clips-<digest>/   pixels made from a snapshot; deleted after the training unless somebody wants them kept,
                                which ``kept`` in it says
    trainings/<name>/           what a stopped training goes on from; ``clips`` in it names the folder of its clips
    trainings/crossval-<digest>/  what a stopped cross-validation goes on from
    trainings/traces/           scores of bundles on trial
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reviewer_app.errors import RequestError, StoreError
from reviewer_app.store.lock import Hold

TRAININGS = "trainings"
"""Folder in a library's."""

TRACES = "traces"
"""Folder of scores of bundles on trial; in a training's own folder, of that training's draft."""

NOTE, CLIPS, KEPT = "training", "clips", "kept"


def is_reserved(name: str) -> bool:
    """Whether a training cannot be called so, since its folder would be taken for something else's."""
    return name.startswith(("clips-", "crossval-")) or name.endswith(".lock") or name == TRACES


def forget_clips(library: Path) -> None:
    """Deletes the pixels that stopped trainings left, which may show anybody; they can be made again.

    Those that a training works with are left to it: it deletes them at its end.

    Args:
        library: The library's folder.
    """
    for folder in library.glob(f"{TRAININGS}/clips-*/"):
        remove_unless_held(folder)


def sweep(library: Path) -> None:
    """Deletes what no training can go on from: clips of trainings that are gone, and locks that nobody holds.

    Clips show patients and lie there unencrypted, so those of a training that ended without a word go at the next
    start. Those of a stopped training stay with it, and so do those that somebody wanted kept.

    Args:
        library: The library's folder.
    """
    trainings = library / TRAININGS
    wanted = clips_in_use(trainings)
    for folder in trainings.glob("clips-*/"):
        if wanted is not None and folder.name not in wanted and not (folder / KEPT).exists():
            remove_unless_held(folder)
    for lock in trainings.glob("*.lock"):
        with suppress(StoreError):
            Hold(lock).remove()


def remove_unless_held(folder: Path) -> None:
    """Deletes a folder of a training, unless a process works with it."""
    with suppress(RequestError), held(folder):
        shutil.rmtree(folder, ignore_errors=True)


def clips_in_use(trainings: Path) -> set[str] | None:
    """Folders of clips that a stopped training goes on with; None where one does not say which."""
    folders = [note.parent for note in trainings.glob(f"*/{NOTE}")]
    names = {clips_of(folder) for folder in folders}
    return None if "" in names else names


def clips_of(training: Path) -> str:
    """The name of the folder with a training's clips; empty where it does not say."""
    try:
        name = (training / CLIPS).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
    return name if name.startswith("clips-") and Path(name).name == name else ""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Works alone in a folder, which is made if need be; another process is told so.

    Raises:
        RequestError: Another process works there, or it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # pixels and weights are nobody else's business
        hold = Hold(folder.with_name(f"{folder.name}.lock"))
    except OSError as error:
        raise RequestError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    except StoreError as error:
        raise RequestError(f"Another training works in {folder.name} already; wait until it has ended.") from error
    try:
        yield
    finally:
        hold.remove()


def digest_of(facts: Mapping[str, object]) -> str:
    """The hex sha256 that stands for all that decides a training."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def begin(folder: Path, digest: str, *, clips: Path) -> None:
    """Notes in a training's folder which training it is, or makes sure that it is the one that was stopped there.

    Args:
        folder: The training's.
        digest: Of all that decides it.
        clips: Folder of its clips; as long as it is noted here nobody sweeps it away.

    Raises:
        RequestError: Another one was begun there, or nothing can be written.
    """
    note = folder / NOTE
    try:
        if not note.exists():
            (folder / CLIPS).write_text(clips.name, encoding="ascii")
            beside = folder / f"{NOTE}.new"
            beside.write_text(digest, encoding="ascii")
            beside.replace(note)
        begun = note.read_bytes()
    except OSError as error:
        raise RequestError(f"The folder {folder} cannot be written: {error.strerror}.") from error
    if begun != digest.encode("ascii"):
        raise RequestError(
            f"A training called {folder.name} was begun with another snapshot, base, recipe or number of devices, and "
            "stopped: ask for the same to go on with it, or give this one another name. To give it up, delete "
            f"{folder}."
        )
