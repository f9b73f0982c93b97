"""Where trainings lie in a library's folder, and that one process works on each.

::

    trainings/clips-<digest>/   pixels made from a snapshot; deleted after the training unless somebody wants them kept
    trainings/<name>/           what a stopped training goes on from
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reviewer_app.errors import RequestError, StoreError
from reviewer_app.store.lock import Hold

_PLAN = "training.json"


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


def begin_or_go_on(folder: Path, facts: Mapping[str, object], *, advice: str) -> None:
    """Notes what a training in a folder is, or makes sure that it is the one that was begun there.

    Args:
        folder: The training's own.
        facts: All that decides it.
        advice: What a person can do where another one was begun there.

    Raises:
        RequestError: Another training was begun there, or nothing can be written.
    """
    plan = folder / _PLAN
    digest = digest_of(facts)
    try:
        begun = json.loads(plan.read_text(encoding="utf-8"))["digest"] if plan.exists() else None
        if begun == digest:
            return
        if begun is None:
            beside = plan.with_name(_PLAN + ".new")
            beside.write_text(json.dumps({"digest": digest, "facts": facts}, indent=2, default=str), encoding="utf-8")
            beside.replace(plan)
            return
    except OSError as error:
        raise RequestError(f"The folder {folder} cannot be used: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RequestError(f"{plan} is damaged; delete its folder to start the training anew.") from error
    raise RequestError(f"Another training was begun in {folder}: of another snapshot, bundle or recipe. {advice}")
