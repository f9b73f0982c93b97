"""Where trainings lie in a library's folder, and that one process works on each.

::

    trainings/clips-<digest>/   pixels made from a snapshot; deleted after the training unless somebody wants them kept
    trainings/<name>/           what a stopped training goes on from
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


def is_reserved(name: str) -> bool:
    """Whether a training cannot be called so, since its folder would be taken for something else's."""
    return name.startswith(("clips-", "crossval-")) or name.endswith(".lock") or name == "traces"


def forget_clips(library: Path) -> None:
    """Deletes the pixels that stopped trainings left, which may show anybody; they can be made again.

    Those that a training works with are left to it: it deletes them at its end.

    Args:
        library: The library's folder.
    """
    for folder in library.glob("trainings/clips-*/"):
        with suppress(RequestError), held(folder):
            shutil.rmtree(folder, ignore_errors=True)


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
        hold.release()


def digest_of(facts: Mapping[str, object]) -> str:
    """The hex sha256 that stands for all that decides a training."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def begin(folder: Path, digest: str) -> None:
    """Notes in a training's folder which training it is, or makes sure that it is the one that was stopped there.

    Raises:
        RequestError: Another one was begun there, or nothing can be written.
    """
    note = folder / "training"
    try:
        if not note.exists():
            beside = folder / "training.new"
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
